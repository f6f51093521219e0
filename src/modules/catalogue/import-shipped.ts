import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '#platform/ctx.ts'
import { readLines } from '#platform/files/read-lines.ts'
import { type ImportOptions, type ImportReport, type SourceLine, importProcedures } from './import-procedures.ts'
import { MAX_LINE_BYTES } from './read-line.ts'

/** The lines of these files, one file after the other. @throws the error of the file system */
export async function* readCatalogueFiles(paths: readonly string[]): AsyncGenerator<SourceLine> {
  for (const file of paths) for await (const { line, bytes } of readLines(file, MAX_LINE_BYTES + 1)) yield { file, line, bytes }
}

/**
 * Imports what the product ships, with what it settles. For the first run; harmless at any other time.
 * @param directory `data/procedures`
 */
export const importShippedProcedures = async (ctx: Ctx, directory: string, options: ImportOptions = {}): Promise<ImportReport> => {
  const files = (await readdir(directory)).filter((f) => f.endsWith('.jsonl')).sort()
  return importProcedures(ctx, readCatalogueFiles(files.map((f) => join(directory, f))), options)
}
