/** Tells the lives of some places in the order of their reception and writes them by COPY, up to 2,000 dossiers a transaction (decision 3). */
import type pg from 'pg'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { peopleCopy, registrationOf } from '#modules/organisation'
import { type CopyTable, openCopy } from '#platform/db/copy-rows.ts'
import { type OpenReadAlong, copyEvents } from '#platform/log/copy-events.ts'
import type { Salt } from '#platform/log/append.ts'
import { TABLE_NAMES, type TableName, cellsOf, columnsOf } from '../dossier-store.ts'
import { rowsOf } from '../lifecycle/rows.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { Chance } from './chance.ts'
import { earlierTries } from './earlier-tries.ts'
import { residentsOf } from './invent-residents.ts'
import { type HistoryWish, type PlacePlan, isDeclined, numberFormOf } from './plan-history.ts'
import type { Setting } from './read-setting.ts'
import { tellLife } from './tell-life.ts'

/** `transactions`: their numbers. */
export type Written = { readonly dossiers: number; readonly events: number; readonly transactions: readonly string[] }

export type WriteOptions = { readonly progress?: (written: Written) => void; readonly alongside?: readonly OpenReadAlong[] }

const BATCH = 2_000
/** Of a dossier and its new people, on average over a batch. */
const EVENTS_AT_MOST = 30
const SYSTEM = { kind: 'system', job: 'seed' } as const

/** The code counters of its places are left as if the program had given the codes. */
export const writeHistory = async (
  client: pg.ClientBase,
  setting: Setting,
  wish: HistoryWish,
  plans: readonly PlacePlan[],
  { progress = () => undefined, alongside = [] }: WriteOptions = {},
): Promise<Written> => {
  const order = inOrder(plans)
  const residents = plans.map((plan) => residentsOf(setting, plan, wish.seed))
  const tries = plans.map(() => earlierTries())
  let salts = new Chance(wish.seed)
  const copies = await openCopies(client, () => salts.bytes(16), alongside)
  const { log, people, tables, used } = copies
  let events = 0
  const transactions: string[] = []
  for (let from = 0; from < order.length; from += BATCH) {
    const batch = order.slice(from, from + BATCH)
    await client.query('begin')
    transactions.push(await log.begin(batch.length * EVENTS_AT_MOST))
    const counters = new Map<string, Counter>()
    const numbers = new Map<string, Series>()
    for (const { plan: p, n } of batch) {
      const plan = plans[p]!
      // The same salts whoever writes it, and beside whatever else.
      salts = new Chance(wish.seed, plan.place.index, plan.key[n]!, 6)
      const { state, events: told, arrivals } = tellLife(setting, wish, plan, n, residents[p]!, tries[p]!)
      for (const { id, at, applicant } of arrivals) {
        const { event, row } = registrationOf(id, applicant)
        people.add(row)
        events += log.add({ kind: 'other', stream: id, events: [{ ...event, at }] }).length
      }
      events += log.add({ kind: 'dossier', stream: state.id, events: told }).length
      const rows = rowsOf(state)
      for (const { name, copy } of tables) for (const row of rows[name]) copy.add(cellsOf(name, row))
      count(counters, plan, n)
      note(numbers, used, wish, plan, n, state)
    }
    await send(client, copies, [...counters.values()], [...numbers.values()])
    await client.query('commit')
    progress({ dossiers: from + batch.length, events, transactions })
  }
  return { dossiers: order.length, events, transactions }
}

const openCopies = async (client: pg.ClientBase, salt: Salt, alongside: readonly OpenReadAlong[]) => {
  const tables: { readonly name: TableName; readonly copy: CopyTable }[] = []
  for (const name of TABLE_NAMES) tables.push({ name, copy: await openCopy(client, `dossier.${name}`, columnsOf(name)) })
  return {
    // Every event of a history has its own moment.
    log: await copyEvents(client, { now: 0 as Instant, actor: SYSTEM }, salt, alongside),
    people: await peopleCopy(client),
    tables,
    used: await openCopy(client, 'dossier.number_used', ['agency_id', 'series', 'year', 'n', 'dossier_id', 'at']),
  }
}
type Copies = Awaited<ReturnType<typeof openCopies>>

type Counter = { readonly agency: string; readonly day: string; readonly last: number }

const count = (counters: Map<string, Counter>, plan: PlacePlan, n: number): void => {
  const [agency, day, last] = [plan.place.agencyCode, dateOf(plan.intakeAt[n] as Instant), plan.codeN[n]!]
  counters.set(`${agency} ${day}`, { agency, day, last })
}

type Series = { readonly agency_id: Uuid; readonly series: string; readonly year: number; readonly last: number }

/** The numbers of results, as `takeNumber` leaves them. */
const note = (numbers: Map<string, Series>, used: CopyTable, wish: HistoryWish, plan: PlacePlan, n: number, state: DossierState): void => {
  const result = state.results[0]
  if (result === undefined) return
  const offer = plan.place.offers[plan.offer[n]!]!
  const { series, year } = numberFormOf(offer, isDeclined(wish, plan.place, plan.key[n]!), result.issuedOn)
  const [key, number] = [`${offer.agencyId} ${series} ${year}`, plan.resultN[n]!]
  used.add([offer.agencyId, series, year, number, state.id, result.issuedAt])
  numbers.set(key, { agency_id: offer.agencyId, series, year, last: Math.max(number, numbers.get(key)?.last ?? 0) })
}

const send = async (client: pg.ClientBase, { log, people, tables, used }: Copies, counters: readonly Counter[], numbers: readonly Series[]): Promise<void> => {
  for (const copy of [log, people, ...tables.map((t) => t.copy), used]) await copy.flush()
  await client.query(
    `insert into dossier.code_counter (agency, day, last)
     select agency, day, last from jsonb_to_recordset($1::jsonb) as c(agency text, day date, last int)
     on conflict (agency, day) do update set last = greatest(code_counter.last, excluded.last)`,
    [JSON.stringify(counters)],
  )
  await client.query(
    `insert into dossier.number_series (agency_id, series, year, last)
     select agency_id, series, year, last from jsonb_to_recordset($1::jsonb) as s(agency_id uuid, series text, year smallint, last int)
     on conflict (agency_id, series, year) do update set last = greatest(number_series.last, excluded.last)`,
    [JSON.stringify(numbers)],
  )
}

/** Across the places by the moment of reception, so that the keys grow. */
const inOrder = (plans: readonly PlacePlan[]): readonly { readonly plan: number; readonly n: number }[] =>
  plans
    .flatMap((plan, p) => Array.from({ length: plan.count }, (_, n) => ({ plan: p, n, at: plan.intakeAt[n]! })))
    .sort((a, b) => a.at - b.at || a.plan - b.plan || a.n - b.n)
