/** Reads procedures into the catalogue from JSON-lines files. */
import { access, constants } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type ImportReport, importProcedures, readCatalogueFiles } from '#modules/catalogue'
import { CannotStart } from '#platform/config/cannot-start.ts'
import { openInstallation } from '../open.ts'

export const help = `motcua import-procedures FILE… [--json]

Reads procedures, one JSON object a line (schema: data/procedures/README.md), into the catalogue. A new code
is created, a changed record becomes the next revision, the same record changes nothing; running it again is
harmless. A bad line is reported and never stops the rest. Works whether or not the program is running.

  --json   one line {read, created, revised, unchanged, settled, rejected:[{file, line, procedure|null, error, reason}]}
           error: not-json, not-utf8, not-nfc, missing-field, wrong-type, bad-code, bad-unit,
           negative-amount, duplicate-in-file, too-large

Exit code: 0 all files were read to the end (rejected lines stand in the report), 1 a file or the database
could not be opened, 2 used wrongly.`

export const run = async (args: string[]): Promise<number> => {
  const { values, positionals: files } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } })
  if (files.length === 0) {
    console.error('import-procedures: name at least one file. See --help.')
    return 2
  }
  for (const file of files) {
    await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
      throw new CannotStart(`${file} cannot be read${error.code === 'ENOENT' ? ': there is no such file' : ''}.`)
    })
  }
  const installation = await openInstallation({ job: 'import-procedures' })
  try {
    const started = Date.now()
    const onProgress = ({ read }: { read: number }) => {
      if (Date.now() - started > 2_000) console.error(`${read} lines read…`)
    }
    const report = await importProcedures(installation.ctx(), readCatalogueFiles(files), { onProgress })
    console.log(values.json === true ? JSON.stringify(report) : summary(report))
    return 0
  } finally {
    await installation.close()
  }
}

const summary = (r: ImportReport): string =>
  [
    `${r.read} lines read: ${r.created} procedures created, ${r.revised} revised, ${r.unchanged} unchanged, ${r.rejected.length} rejected.`,
    ...(r.settled > 0 ? [`${r.settled} method rows settled by the decisions that the product ships.`] : []),
    ...r.rejected.map((bad) => `${bad.file}:${bad.line}: ${bad.procedure === null ? '' : `${bad.procedure} `}${bad.error}: ${bad.reason}`),
  ].join('\n')
