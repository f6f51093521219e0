/** What a new database is given before it opens: the catalogue that the product ships, and in demo mode the city. Done again only for new data. */
import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { importShippedProcedures } from '#modules/catalogue'
import { sql } from '#platform/db/db.ts'
import type { Installation } from './open.ts'
import { slowly } from './open.ts'
import { DATA } from './places.ts'

type Step = {
  readonly name: string
  readonly line: string
  /** Folders of `data/` that it reads: when a release changes them, it runs again. Every step is harmless when repeated. */
  readonly reads: readonly string[]
  readonly demoOnly?: boolean
  readonly run: (installation: Installation, progress: (line: string) => void) => Promise<void>
}

const STEPS: readonly Step[] = [
  {
    name: 'catalogue',
    line: 'Importing the catalogue of procedures…',
    reads: ['procedures', 'catalogue'],
    run: async (installation) => void (await importShippedProcedures(installation.ctx(), join(DATA, 'procedures'))),
  },
]

export const firstRun = async (installation: Installation, progress: (line: string) => void): Promise<void> => {
  for (const step of STEPS) {
    if (step.demoOnly === true && installation.mode !== 'demo') continue
    const key = `done.${step.name}.${await digestOf(step.reads)}`
    const { rows } = await sql<{ done: boolean }>`select exists (select from platform.setting where key = ${key}) as done`.execute(installation.db)
    if (rows[0]?.done === true) continue
    await slowly(progress, step.line, () => step.run(installation, progress))
    await sql`insert into platform.setting (key, value) values (${key}, 'true') on conflict (key) do nothing`.execute(installation.db)
  }
}

const digestOf = async (folders: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of (await readdir(join(DATA, folder)).catch(() => [])).sort()) hash.update(name).update(await readFile(join(DATA, folder, name)))
  }
  return hash.digest('hex').slice(0, 16)
}
