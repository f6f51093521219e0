/**
 * A month of a ward, day by day with a moving `now`: dossiers come in every morning, some are done in time, some late, some never, and every night the
 * lateness run is killed at random moments and begun again. Nothing passes its date with neither result nor letter unseen, and nothing is made twice.
 * Some minutes, so not in the quick check. MONTH_DOSSIERS: how many (2,000). MONTH_SEED: repeats a month's choices.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, dateOf, instant } from '#kernel/plain-date.ts'
import { isWorkingDate, shippedCalendar, workingDateAfter, workingDatesBetween } from '#modules/calendar'
import { type LateTab, isPastDue, lateList, runLateness, actOnMany } from '#modules/dossier'
import { createDb, createPool } from '#platform/db/pool.ts'
import { columnsOf, keyOf, loadState } from '../src/modules/dossier/dossier-store.ts'
import { rowsOf } from '../src/modules/dossier/lifecycle/rows.ts'
import { type TestDb, testDb } from './db.ts'
import { type Officer, type Ward, WHOLE_WAY, key, kiteProcedure, newCitizen, newOfficer, newWard, receivedDossier, sendAlong } from './factories.ts'
import { kiteMethod } from './kite-permit.ts'

const DOSSIERS = Number(process.env['MONTH_DOSSIERS'] ?? '2000')
const SEED = Number(process.env['MONTH_SEED'] ?? Date.now() % 1_000_000)
const HOUR = 3_600_000
const WORKING_DAYS = 22
const PER_DAY = Math.ceil(DOSSIERS / WORKING_DAYS)
/** Monday 2 November 2026, midnight in Vietnam. The 24th is a holiday. */
const FIRST = Date.UTC(2026, 10, 1, 17)
const calendar = shippedCalendar()

/** Mulberry32. @returns from 0 up to 1 */
let state = SEED
const chance = (): number => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

const db: TestDb = await testDb({ max: 8 })
const { ctx, owner, url } = db
let ward: Ward
let chair: Officer
let control: Officer

/** A dossier of the month, and when somebody will have done it: null never. */
type Case = { readonly id: Uuid; readonly doneOn: number | null }
const open = new Map<Uuid, Case>()
const counts = { received: 0, done: 0, letters: 0, killed: 0, unharmed: 0 }

beforeAll(async () => {
  await kiteProcedure(ctx(), {
    methods: [
      kiteMethod(),
      kiteMethod({ channel: 'online', time_limit: { amount: 7, unit: 'working-day' }, time_limit_raw: '7 Ngày làm việc' }),
      kiteMethod({ channel: 'postal', time_limit: { amount: 1, unit: 'working-day' }, time_limit_raw: '1 Ngày làm việc' }),
    ],
  })
  ward = await newWard(ctx())
  chair = await newOfficer(ctx(), ward.agency, 'chair', 'Cao Chủ Tịch')
  control = await newOfficer(ctx(), ward.division, 'control-officer', 'Đinh Kiểm Soát')
})

const at = (day: number, hours: number): Instant => instant(Math.round(FIRST + day * MS_PER_DAY + hours * HOUR))

/** Everything in flight of the run is cut off, as when the machine dies: what it had committed stays, the rest is gone. */
const runUntilDone = async (now: Instant, kills: number): Promise<void> => {
  for (let n = 0; n < kills; n += 1) {
    const pool = createPool(url, { max: 2 })
    pool.on('error', () => undefined)
    pool.on('connect', (client) => client.on('error', () => undefined))
    const run = runLateness({ ...ctx({ now }), actor: { kind: 'system', job: 'lateness' }, db: createDb(pool) }).then(() => 'done' as const, () => 'cut' as const)
    await sleep(chance() * 30)
    const pids = await owner.query<{ pid: number }>(`select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query ilike '%dossier%' and state <> 'idle'`)
    for (const { pid } of pids.rows) await owner.query('select pg_terminate_backend($1)', [pid])
    if ((await run) === 'cut') counts.killed += 1
    else counts.unharmed += 1
    await pool.end().catch(() => undefined)
  }
  const last = await runLateness({ ...ctx({ now }), actor: { kind: 'system', job: 'lateness' } })
  expect(last.left).toBe(0)
}

type Row = { id: Uuid; status: string; due_at: Instant | null; due_original_at: Instant; limit_unit: 'working-day'; apology_kind: string | null; extensions: number; late_level: number; late_for: Instant | null }
const openRows = async (): Promise<readonly Row[]> => (await db.pool.query<Row>(`select id, status, due_at, due_original_at, limit_unit, apology_kind, extensions, late_level, late_for from dossier.dossier where open and status in ('received', 'processing')`)).rows
const listed = async (actor: Officer, now: Instant, tab: LateTab) => lateList(ctx({ actor, now }), tab)

const receiveSome = async (day: number): Promise<void> => {
  for (let n = 0; n < PER_DAY && counts.received < DOSSIERS; n += 1) {
    const methodRow = chance() < 0.6 ? 1 : chance() < 0.7 ? 2 : 3
    const now = at(day, 8 + chance() * 8)
    const { id } = await receivedDossier(ctx({ now }), ward, { applicantId: citizen, methodRow })
    const limit = [3, 7, 1][methodRow - 1]!
    const fate = chance()
    // Most in time, some a little or much late, some never in this month.
    const doneAfter = fate < 0.72 ? Math.ceil(limit * chance()) : fate < 0.9 ? limit + 1 + Math.floor(chance() * 8) : null
    open.set(id, { id, doneOn: doneAfter === null ? null : day + doneAfter })
    counts.received += 1
  }
}
let citizen: Uuid

const finishSome = async (day: number): Promise<void> => {
  for (const { id, doneOn } of open.values()) {
    if (doneOn === null || doneOn > day) continue
    await sendAlong(ctx({ now: at(day, 16) }), ward, id, chance() < 0.8 ? WHOLE_WAY : WHOLE_WAY.slice(0, -1))
    open.delete(id)
    counts.done += 1
  }
}

/** The head signs most of what waits; the rest stays on the list. */
const signSome = async (day: number): Promise<void> => {
  const { rows } = await listed(ward.signer, at(day, 9), 'letters')
  const items = rows.filter(() => chance() < 0.7).map((r) => ({ dossierId: r.id, version: r.version, submissionKey: key(at(day, 9)) }))
  if (items.length === 0) return
  const outcomes = await actOnMany(ctx({ actor: ward.signer, now: at(day, 9) }), { action: 'apologise', items })
  expect(outcomes.filter((o) => o.outcome !== 'done')).toEqual([])
  counts.letters += outcomes.length
}

/** In the morning, the run done: every promise that breaks soon has its letter before the signer, every broken one its mark. */
const morning = async (day: number): Promise<void> => {
  const now = at(day, 7)
  const today = dateOf(now)
  for (const row of await openRows()) {
    if (row.due_at === null) continue
    const dueOn = dateOf(row.due_at)
    if (dueOn >= today && dueOn <= workingDateAfter(calendar, today, 1)) {
      expect(row.apology_kind === 'extension' || row.extensions > 0, `${row.id} is due on ${dueOn}, and on ${today} no letter waits`).toBe(true)
    }
    if (dueOn < today) {
      expect(row.late_for, `${row.id} was due on ${dueOn} and is not marked late`).toBe(row.due_at)
      const days = workingDatesBetween(calendar, dueOn, today)
      expect(row.late_level, `${row.id}: ${days} days`).toBe([1, 2, 3, 5].filter((after) => days >= after).length)
    }
  }
}

/** At the end of the day: what is past its date stands on the list of that very day, before the signer, the chair and the control office. */
const evening = async (day: number): Promise<void> => {
  const now = at(day, 18)
  const late = (await openRows()).filter((row) => isPastDue({ dueAt: row.due_at, limitUnit: row.limit_unit }, now))
  for (const actor of [ward.signer, chair, control]) {
    const { rows, counts: shown } = await listed(actor, now, 'late')
    expect(shown.late).toBe(late.length)
    const ids = new Set(late.map((row) => row.id))
    expect(rows.every((row) => ids.has(row.id))).toBe(true)
    expect(rows).toHaveLength(Math.min(200, late.length))
  }
  expect((await listed(chair, now, 'escalated')).counts.escalated).toBe(late.filter((row) => row.late_level >= 3).length)
}

describe('a month of a ward', () => {
  it(`${DOSSIERS} dossiers, the nightly run killed at random moments`, async () => {
    citizen = await newCitizen(ctx({ now: at(0, 1) }))
    for (let day = 0; counts.received < DOSSIERS || day < 35; day += 1) {
      await runUntilDone(at(day, 5), chance() < 0.5 ? 1 + Math.floor(chance() * 3) : 0)
      await morning(day)
      if (!isWorkingDate(calendar, dateOf(at(day, 8)))) continue
      await signSome(day)
      await receiveSome(day)
      await finishSome(day)
      await evening(day)
    }
    process.stderr.write(`month: seed ${SEED}, ${JSON.stringify(counts)}\n`)
    expect(counts.killed).toBeGreaterThan(0)
  }, 3_600_000)

  it('no letter, mark or escalation was made twice for the same promise', async () => {
    const { rows } = await db.pool.query<{ type: string; n: number; most: number }>(
      `select type, count(*)::int as n, max(times)::int as most from (
         select stream, type, data->>'about' as about, data->>'kind' as kind, data->>'level' as level, count(*) as times
           from log.event where kind = 'dossier' and type in ('dossier.apology-drafted', 'dossier.extended', 'dossier.apologised', 'dossier.marked-late', 'dossier.escalated')
          group by 1, 2, 3, 4, 5) e group by type order by type`,
    )
    expect(rows.map((r) => [r.type, r.most])).toEqual([
      ['dossier.apologised', 1], ['dossier.apology-drafted', 1], ['dossier.escalated', 1], ['dossier.extended', 1], ['dossier.marked-late', 1],
    ])
    process.stderr.write(`month: ${rows.map((r) => `${r.type} ${r.n}`).join(', ')}\n`)
    const { rows: twice } = await db.pool.query('select dossier_id from dossier.apology where kind = $1 group by 1 having count(*) > 1', ['extension'])
    expect(twice).toEqual([])
  })

  it('every letter with a new date went out at least one working day before the old one, but for what was due within a day of its reception', async () => {
    const { rows } = await db.pool.query<{ sent_at: Instant; about: Instant; received_at: Instant; timely: boolean }>(
      `select a.sent_at, a.about, d.received_at, a.timely from dossier.apology a join dossier.dossier d on d.id = a.dossier_id where a.kind = 'extension'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const before = workingDatesBetween(calendar, dateOf(row.sent_at), dateOf(row.about))
      expect(row.timely).toBe(before >= 1)
    }
  })

  it('the rows are what the events give', async () => {
    const { rows: some } = await db.pool.query<{ id: Uuid }>('select id from dossier.dossier order by late_level desc, extensions desc, id limit 200')
    for (const { id } of some) {
      const expected = rowsOf(await loadState(ctx(), id))
      for (const table of ['dossier', 'apology', 'apology_draft'] as const) {
        const { rows } = await db.pool.query(`select ${columnsOf(table).join(', ')} from dossier.${table} where ${table === 'dossier' ? 'id' : 'dossier_id'} = $1 order by ${keyOf(table).join(', ')}`, [id])
        expect(rows, table).toEqual(expected[table])
      }
    }
  })
})
