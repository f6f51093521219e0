/** What a new database is given before it opens: the catalogue that the product ships, and in demo mode the city. Done again only for new data. */
import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { importCalendar } from '#modules/calendar'
import { importShippedProcedures } from '#modules/catalogue'
import { seedDemoCity } from '#modules/organisation'
import { CannotStart } from '#platform/config/cannot-start.ts'
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
  { name: 'calendar', line: 'Importing the calendar…', reads: ['calendars'], run: async (installation) => void (await importCalendar(installation.ctx())) },
  {
    name: 'catalogue',
    line: 'Importing the catalogue of procedures…',
    reads: ['procedures', 'catalogue'],
    run: async (installation) => void (await importShippedProcedures(installation.ctx(), join(DATA, 'procedures'))),
  },
  {
    name: 'city',
    line: 'Seeding the demo city…',
    reads: [],
    demoOnly: true,
    run: async (installation) => {
      const seeded = await seedDemoCity(installation.ctx())
      if (!seeded.ok) throw new CannotStart(`The demo city was not seeded: ${seeded.error.code === 'other-city' ? `this database holds ${seeded.error.name}` : 'this is a production database'}.`)
    },
  },
]

export const firstRun = async (installation: Installation, progress: (line: string) => void): Promise<void> => {
  let worked = false
  for (const step of STEPS) {
    if (step.demoOnly === true && installation.mode !== 'demo') continue
    const key = `done.${step.name}.${await digestOf(step.reads)}`
    const { rows } = await sql<{ done: boolean }>`select exists (select from platform.setting where key = ${key}) as done`.execute(installation.db)
    if (rows[0]?.done === true) continue
    await slowly(progress, step.line, () => step.run(installation, progress))
    await sql`insert into platform.setting (key, value) values (${key}, 'true') on conflict (key) do nothing`.execute(installation.db)
    worked = true
  }
  if (worked) await analyse(installation.ownerUrl)
}

/** Full tables without statistics get bad plans until the server looks at them by itself; only the owner may ask it to. */
const analyse = async (ownerUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'motcua analyse' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

const digestOf = async (folders: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of (await readdir(join(DATA, folder)).catch(() => [])).sort()) hash.update(name).update(await readFile(join(DATA, folder, name)))
  }
  return hash.digest('hex').slice(0, 16)
}
