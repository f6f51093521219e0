/** Folders of the installed program. The bundle lies in `dist/`, the sources in `src/app/`: both find the package by its `package.json`. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const find = (from: string): string => (existsSync(join(from, 'package.json')) || dirname(from) === from ? from : find(dirname(from)))

export const ROOT = find(dirname(fileURLToPath(import.meta.url)))
export const MIGRATIONS = join(ROOT, 'db/migrations')
export const DATA = join(ROOT, 'data')

/** The name that a database of this release has last in its list. */
export const newestMigration = async (): Promise<string> => (await readdir(MIGRATIONS)).filter((f) => f.endsWith('.sql')).sort().at(-1) ?? ''
