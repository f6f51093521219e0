/** What a new database is given before it opens: the catalogue that the product ships, and in demo mode a city with its history. Done again only for new data. */
import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { importCalendar } from '#modules/calendar'
import { importShippedProcedures } from '#modules/catalogue'
import { seedDemoCity } from '#modules/organisation'
import { dateOf, dayNumber, instantAt, plainDate } from '#kernel/plain-date.ts'
import { reproducibly } from '#platform/chance.ts'
import { CannotStart } from '#platform/config/cannot-start.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { analyse, buildIndexes } from '#platform/db/set-indexes-aside.ts'
import { makeHistory } from './make-history.ts'
import type { Installation } from './open.ts'
import { slowly } from './open.ts'
import { DATA } from './places.ts'

type Step = {
  readonly name: string
  readonly line: string
  /** Folders of `data/` that it reads: when a release changes them, it runs again. Every step is harmless when repeated. */
  readonly reads: readonly string[]
  readonly demoOnly?: boolean
  /** @param ctx of the founding, or of now */
  readonly run: (ctx: Ctx, installation: Installation) => Promise<void>
}

const STEPS: readonly Step[] = [
  { name: 'calendar', line: 'Importing the calendar…', reads: ['calendars'], run: async (ctx) => void (await importCalendar(ctx)) },
  {
    name: 'catalogue',
    line: 'Importing the catalogue of procedures…',
    reads: ['procedures', 'catalogue'],
    run: async (ctx) => void (await importShippedProcedures(ctx, join(DATA, 'procedures'))),
  },
  {
    name: 'city',
    line: 'Seeding the demo city…',
    reads: [],
    demoOnly: true,
    run: async (ctx) => {
      const seeded = await seedDemoCity(ctx)
      if (!seeded.ok) throw new CannotStart(`The demo city was not seeded: ${seeded.error.code === 'other-city' ? `this database holds ${seeded.error.name}` : 'this is a production database'}.`)
    },
  },
  {
    name: 'history',
    line: 'Inventing a year of work for the demo city…',
    reads: [],
    demoOnly: true,
    // Where there are dossiers already, of `motcua seed` or of somebody's work, they stand.
    run: async (_, installation) => void (await makeHistory(installation, { ...DEMO_HISTORY, asOf: dateOf(installation.ctx().now) })),
  },
]

/** What a demo begins with. */
const DEMO_HISTORY = { dossiers: 3_000, open: 300, seed: 1 }

/** A demo is founded on the first day of its city, and always alike: the same seed gives the same log. */
const FOUNDED = instantAt(dayNumber(plainDate('2025-07-01')))

/** The ctx of a demo that holds nothing yet; afterwards and in production, now and chance are real. */
const isFounding = async (installation: Installation): Promise<boolean> =>
  installation.mode === 'demo' && (await sql<{ empty: boolean }>`select not exists (select from log.event) as empty`.execute(installation.db)).rows[0]?.empty === true

/** @param without steps to leave out, by name: they are done at another first run */
export const firstRun = async (installation: Installation, progress: (line: string) => void, without: readonly string[] = []): Promise<void> => {
  let worked = (await buildIndexes(installation.ownerUrl)) > 0
  const founding = await isFounding(installation)
  for (const step of STEPS) {
    if ((step.demoOnly === true && installation.mode !== 'demo') || without.includes(step.name)) continue
    const key = `done.${step.name}.${await digestOf(step.reads)}`
    const { rows } = await sql<{ done: boolean }>`select exists (select from platform.setting where key = ${key}) as done`.execute(installation.db)
    if (rows[0]?.done === true) continue
    const ctx = installation.ctx()
    await slowly(progress, step.line, () =>
      founding ? reproducibly(step.name, () => step.run({ ...ctx, now: FOUNDED, actor: { kind: 'system', job: 'seed' } }, installation)) : step.run(ctx, installation),
    )
    await sql`insert into platform.setting (key, value) values (${key}, 'true') on conflict (key) do nothing`.execute(installation.db)
    worked = true
  }
  if (worked) await analyse(installation.ownerUrl)
}

const digestOf = async (folders: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of (await readdir(join(DATA, folder)).catch(() => [])).sort()) hash.update(name).update(await readFile(join(DATA, folder, name)))
  }
  return hash.digest('hex').slice(0, 16)
}
