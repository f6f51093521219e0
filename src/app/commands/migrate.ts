/** Brings the database to this release without starting the city: for a deployment that wants it as a step of its own. */
import { parseArgs } from 'node:util'
import { openInstallation } from '../open.ts'
import { newestMigration } from '../places.ts'

export const help = `motcua migrate [--json]

Starts or finds the database of DATA_DIR (or DATABASE_URL) and brings it to this release: tables, yearly
partitions up to the year after next, roles, epoch of the log. A second time changes nothing. "serve" does the
same by itself.

  --json   one line {newest, mode}

Exit code: 0 up to date, 1 could not (one sentence says why), 2 used wrongly.`

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
  const installation = await openInstallation({ job: 'migrate' })
  try {
    const newest = await newestMigration()
    console.log(values.json === true ? JSON.stringify({ newest, mode: installation.mode }) : `The database is up to date (${newest}, ${installation.mode}).`)
    return 0
  } finally {
    await installation.close()
  }
}
