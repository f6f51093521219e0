/** A history of five hundred dossiers: what is promised of one of any size. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dayNumber, instant, instantAt, plainDate } from '#kernel/plain-date.ts'
import { importCalendar } from '#modules/calendar'
import { importShippedProcedures } from '#modules/catalogue'
import {
  addNote, approveDossier, assignDossier, forwardDossier, getDossierView, issueResult, officerQueue, receiveDossier, returnResult, sendBackDossier, takeDossier,
} from '#modules/dossier'
import { seedDemoCity } from '#modules/organisation'
import { auditSubscription, fillAudit, readAlongForAudit } from '#modules/transparency'
import { reproducibly } from '#platform/chance.ts'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { verifyLog } from '#platform/log/verify.ts'
import { type TestDb, testDb } from '#test/db.ts'
import { key, must } from '#test/factories.ts'
import { expectReplayEquals } from '#test/replay.ts'
import { INTEGRITY_CHECKS } from '../../../app/integrity-checks.ts'
import { TABLE_NAMES, columnsOf, keyOf, loadState, readEvents } from '../dossier-store.ts'
import { rowsOf } from '../lifecycle/rows.ts'
import type { DossierState, Happened } from '../lifecycle/state.ts'
import { seedHistory, writePart } from './seed-history.ts'

const wish = { dossiers: 500, open: 50, seed: 7, asOf: plainDate('2026-11-20') }
const END = instantAt(dayNumber(wish.asOf))
const FOUNDED = instantAt(dayNumber(plainDate('2025-07-01')))

const [one, two] = [await testDb(), await testDb()]
const { ctx, pool, owner } = one
const sealsDir = mkdtempSync(join(tmpdir(), 'motcua-history-'))
afterAll(() => rmSync(sealsDir, { recursive: true }))

const found = (db: TestDb): Promise<void> =>
  reproducibly('city', async () => {
    const founding = db.ctx({ now: FOUNDED })
    await importCalendar(founding)
    await importShippedProcedures(founding, join(import.meta.dirname, '../../../../data/procedures'))
    must(await seedDemoCity(founding))
  })

let ids: readonly Uuid[]
let transactions: readonly string[]
beforeAll(async () => {
  await found(one)
  transactions = must(await seedHistory(ctx(), one.url, wish, { alongside: [readAlongForAudit] })).transactions
  ids = (await pool.query<{ id: Uuid }>('select id from dossier.dossier order by id')).rows.map((r) => r.id)
})

const verify = (db = one) => verifyLog(db.ctx().db, { sealsDir, integrityChecks: INTEGRITY_CHECKS })

describe('a history', () => {
  it('is the same from the same number, seed and day, on another new database, and whoever writes which part of it: the same root', async () => {
    await found(two)
    for (const n of [1, 0]) await writePart(two.ctx(), two.url, wish, { n, of: 2 })
    const [first, second] = [await verify(one), await verify(two)]
    expect(first).toMatchObject({ ok: true, firstBad: null })
    expect(second.root).toBe(first.root)
    expect(second.events).toBe(first.events)
  })

  it('has as many as were asked for, of them as many open; in every step, at the inbox and with applicants', async () => {
    const { rows } = await pool.query<{ n: number; open: number; steps: string[] }>(
      'select count(*)::int as n, count(*) filter (where open)::int as open, array_agg(distinct step) filter (where open) as steps from dossier.dossier',
    )
    expect(rows[0]).toMatchObject({ n: 500, open: 50 })
    expect(rows[0]?.steps).toEqual(expect.arrayContaining(['INTAKE', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK', 'RETURN']))
  })

  it('ends where its day begins: nothing lies in the future, nor before the two-tier city', async () => {
    const { rows } = await pool.query<{ first: Instant; last: Instant }>(`select min(at) as first, max(at) as last from log.event where kind = 'dossier'`)
    expect(rows[0]?.first).toBeGreaterThan(FOUNDED)
    expect(rows[0]?.last).toBeLessThan(END)
  })

  it('decision 24: the codes of an agency and day are 1, 2, 3 … in the order of reception, and the counter stands at the last', async () => {
    const { rows } = await pool.query<{ wrong: number; counters: number }>(`
      with coded as (
        select c.code, split_part(c.code, '-', 1) as agency, split_part(c.code, '-', 2) as day, split_part(c.code, '-', 3)::int as n,
               row_number() over (partition by split_part(c.code, '-', 1), split_part(c.code, '-', 2) order by coalesce(d.submitted_at, d.received_at)) as expected,
               to_char(coalesce(d.submitted_at, d.received_at) at time zone 'Asia/Ho_Chi_Minh', 'YYYYMMDD') as on_day
          from dossier.code c join dossier.dossier d on d.id = c.id)
      select (select count(*)::int from coded where n <> expected or day <> on_day) as wrong,
             (select count(*)::int from dossier.code_counter k
               where k.last <> (select max(n) from coded where agency = k.agency and day = to_char(k.day, 'YYYYMMDD'))) as counters`)
    expect(rows[0]).toEqual({ wrong: 0, counters: 0 })
  })

  it('results are numbered without a gap in agency, series and year, in the order of issue; the series goes on behind them', async () => {
    const { rows } = await pool.query<{ used: number; wrong: number; series: number }>(`
      with numbered as (select *, row_number() over (partition by agency_id, series, year order by at) as expected from dossier.number_used)
      select (select count(*)::int from numbered) as used, (select count(*)::int from numbered where n <> expected) as wrong,
             (select count(*)::int from dossier.number_series s where s.last <> (select max(n) from numbered u where (u.agency_id, u.series, u.year) = (s.agency_id, s.series, s.year))) as series`)
    expect(rows[0]?.used).toBeGreaterThan(400)
    expect(rows[0]).toMatchObject({ wrong: 0, series: 0 })
  })

  it('is like life: some 8 % late, Mondays busiest, nobody at the counter on a Sunday, more than half filed on line', async () => {
    const { rows } = await pool.query<{ late: number; sundays: number; online: number; monday: number; friday: number }>(`
      select count(*) filter (where finished_on > due_on)::float8 / nullif(count(*) filter (where finished_at is not null), 0) as late,
             count(*) filter (where channel = 'counter' and extract(isodow from received_on) = 7)::int as sundays,
             avg((channel = 'online')::int)::float8 as online,
             count(*) filter (where extract(isodow from received_on) = 1)::int as monday, count(*) filter (where extract(isodow from received_on) = 5)::int as friday
        from dossier.dossier`)
    const { late, sundays, online, monday, friday } = rows[0]!
    expect(late).toBeGreaterThan(0.045)
    expect(late).toBeLessThan(0.12)
    expect(sundays).toBe(0)
    expect(online).toBeGreaterThan(0.4)
    expect(monday).toBeGreaterThan(friday)
  })

  it('is not made twice, nor beside dossiers that are there', async () => {
    expect(await seedHistory(ctx(), one.url, wish)).toEqual({ ok: false, error: { code: 'dossiers-already', dossiers: 500 } })
  })
})

describe('seeded rows', () => {
  it('every column of every table is what the events fold to (decision 10)', async () => {
    const states: DossierState[] = []
    for (const id of ids) states.push(await loadState(ctx(), id))
    for (const table of TABLE_NAMES) {
      const { rows } = await sql<object>`
        select ${sql.raw(columnsOf(table).join(', '))} from ${sql.table(`dossier.${table}`)} order by ${sql.raw(keyOf(table).map((k) => `${k} collate "C"`.replace(/^(id|dossier_id|n) collate "C"$/, '$1')).join(', '))}`.execute(ctx().db)
      const folded = states.flatMap((state): readonly object[] => rowsOf(state)[table])
      const sorted = table === 'code' ? folded.toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1)) : folded
      expect(rows, table).toEqual(sorted)
    }
  })

  it('the audit that is written beside a history is the audit that its subscription reads, the founding of the city included', async () => {
    await fillAudit(ctx(), transactions)
    await expectReplayEquals(ctx(), auditSubscription, ['transparency.audit_entry'])
  })

  it('a life made by the commands, with the same moments and people, has the same rows: ids, code and secret apart', async () => {
    const lives = await Promise.all(ids.map(async (id) => ({ id, state: await loadState(ctx(), id) })))
    const whole = lives.filter(({ state }) => state.status === 'returned' && state.channel === 'counter' && state.handOver?.recipient.kind === 'self')
    for (const { id, state } of [...whole.filter((l) => l.state.steps.length === 7).slice(0, 3), ...whole.filter((l) => l.state.steps.length === 5).slice(0, 2)]) {
      const again = await liveAgain(state, await readEvents(ctx(), id))
      expect(bare(again)).toEqual(bare(state))
    }
    expect(whole.length).toBeGreaterThan(50)
  })
})

const codeOf = (row: object): string => ('code' in row ? String(row.code) : '')

/** Rows without what is different by nature. */
const bare = (state: DossierState) => JSON.parse(JSON.stringify(rowsOf(state)).replaceAll(state.id, 'id').replaceAll(state.code ?? '?', 'code').replaceAll(`"${state.secret}"`, '"secret"')) as unknown

const heldPost = async (postId: Uuid): Promise<HeldPost> => {
  const { rows } = await pool.query<HeldPost>(
    'select p.id as "postId", p.role, p.unit_id as "unitId", u.agency_id as "agencyId" from organisation.pub_post p join organisation.pub_unit u on u.id = p.unit_id where p.id = $1',
    [postId],
  )
  return rows[0]!
}

const asOf = async ({ at, by }: Happened) => {
  const actor: Actor = { kind: 'person', userId: by.personId!, personId: by.personId!, posts: by.postId === null ? [] : [await heldPost(by.postId)] }
  return ctx({ now: at, actor })
}

/** The same again, act by act, by the program's commands. */
const liveAgain = async (state: DossierState, events: readonly Happened[]): Promise<DossierState> => {
  const [first] = events
  const received = must(
    await receiveDossier(await asOf(first!), {
      submissionKey: key(first!.at), deskId: state.deskId, procedureCode: state.procedureCode, methodRow: state.methodN, applicantId: state.applicantId,
      ...(state.submitter !== null && state.submitterId !== null && { submitter: { personId: state.submitterId, relation: state.submitter.relation } }),
      components: state.components.map(({ n, originals, copies }) => ({ n, originals, copies, uploadIds: [] })), otherUploadIds: [], sets: state.sets,
      delivery: state.delivery, ...(state.deliveryAddress !== null && { deliveryAddress: state.deliveryAddress }),
    }),
  )
  for (const event of events.filter((e) => !['dossier.received', 'dossier.code-issued', 'dossier.attempts-linked'].includes(e.type))) {
    const { version } = await getDossierView(ctx(), received.id)
    await doAgain(await asOf(event), event, { submissionKey: key(event.at), dossierId: received.id, version })
  }
  return loadState(ctx(), received.id)
}

const doAgain = async (by: ReturnType<TestDb['ctx']>, event: Happened, on: { submissionKey: Uuid; dossierId: Uuid; version: number }): Promise<unknown> => {
  switch (event.type) {
    case 'dossier.forwarded':
      return must(await forwardDossier(by, { ...on, ...(event.data.note !== null && { note: event.data.note }) }))
    case 'dossier.assigned':
      return must(await assignDossier(by, { ...on, postId: event.data.to.postId! }))
    case 'dossier.taken':
      return must(await takeDossier(by, on))
    case 'dossier.approved':
      return must(await approveDossier(by, on))
    case 'dossier.sent-back':
      return must(await sendBackDossier(by, { ...on, to: 'HANDLE', reason: event.data.reason }))
    case 'dossier.noted':
      return must(await addNote(by, { ...on, text: event.data.text }))
    case 'dossier.result-issued': {
      const { kind, title, number, issuedOn } = event.data
      return must(await issueResult(by, { ...on, kind, title, number, issuedOn }))
    }
    case 'dossier.result-returned': {
      const { name, idNumber, signature } = event.data.recipient
      return must(await returnResult(by, { ...on, recipient: { kind: 'self', name, idNumber: idNumber ?? '', signature } }))
    }
    default:
      throw new Error(`not done by an officer: ${event.type}`)
  }
}

describe('the day after', () => {
  it('intake goes on at a seeded desk: number 1 of a day without any, behind the others on one that has some', async () => {
    const { rows } = await pool.query<{ agency: string; day: string; last: number }>(`select agency, to_char(day, 'YYYY-MM-DD') as day, last from dossier.code_counter where agency = 'H57.12' order by day desc limit 1`)
    const { agency, day, last } = rows[0]!
    expect(agency).toBe('H57.12')
    const now = instant(END + 9 * 3_600_000)
    expect(await codeReceived(now)).toBe('H57.12-20261120-0000001')
    expect(await codeReceived(instantAt(dayNumber(plainDate(day)), 23 * 3_600_000))).toBe(`H57.12-${day.replaceAll('-', '')}-${String(last + 1).padStart(7, '0')}`)
  })

  it('officers find work: something due on the day or before it, and what is new', async () => {
    const { rows } = await pool.query<{ post_id: Uuid; n: number }>(
      `select holder_post_id as post_id, count(*)::int as n from dossier.dossier where open and holder_post_id is not null group by 1 order by 2 desc limit 1`,
    )
    const post = await heldPost(rows[0]!.post_id)
    const { rows: holders } = await pool.query<{ id: Uuid }>('select person_id as id from organisation.pub_tenure where post_id = $1', [post.postId])
    const queue = await officerQueue(ctx({ now: instant(END + 3_600_000), actor: { kind: 'person', userId: holders[0]!.id, personId: holders[0]!.id, posts: [post] } }))
    expect(JSON.stringify(queue)).toContain('H57.')
  })

  const codeReceived = async (now: Instant): Promise<string> => {
    const { rows } = await pool.query<{ post: Uuid; person: Uuid; desk: Uuid }>(`
      select p.id as post, t.person_id as person, p.unit_id as desk from organisation.pub_unit a join organisation.pub_unit u on u.agency_id = a.id and u.kind = 'commune-desk'
        join organisation.pub_post p on p.unit_id = u.id and p.role = 'desk-officer' join organisation.pub_tenure t on t.post_id = p.id where a.code = 'H57.12' limit 1`)
    const { post, person, desk } = rows[0]!
    const { rows: people } = await pool.query<{ id: Uuid }>('select applicant_id as id from dossier.dossier limit 1')
    const actor: Actor = { kind: 'person', userId: person, personId: person, posts: [await heldPost(post)] }
    const received = must(
      await receiveDossier(ctx({ now, actor }), { submissionKey: key(now), deskId: desk, procedureCode: '1.004873', methodRow: 1, applicantId: people[0]!.id, components: [], otherUploadIds: [], sets: 1, delivery: 'counter' }),
    )
    return received.code
  }
})

describe('verify on a seeded log', () => {
  const planted: readonly (readonly [what: string, table: string, change: string])[] = [
    ['event-changed', 'log.event', `update log.event set data = data || '{"note": "x"}' where (stream, seq) = (select stream, max(seq) from log.event where kind = 'dossier' group by stream order by stream limit 1)`],
    ['private-changed', 'log.private', `update log.private set value = '"x"' where (stream, seq, path) = (select stream, seq, path from log.private where kind = 'dossier' order by 1, 2, 3 limit 1)`],
    ['head-differs', 'log.head', `update log.head set hash = sha256(hash) where stream = (select stream from log.head where kind = 'dossier' order by stream limit 1)`],
  ]
  for (const [what, table, change] of planted) {
    it(`is red for a planted fault: ${what}`, async () => {
      const client = await owner.connect()
      try {
        const undo = `create temp table before_${table.replace('.', '_')} as select * from ${table} where kind = 'dossier'`
        await client.query(undo)
        await client.query(`alter table ${table} disable trigger user`)
        await client.query(change)
        const seen = await verify()
        expect(seen.ok).toBe(false)
        expect(seen.faults.map((f) => f.what)).toContain(what)
      } finally {
        client.release()
      }
    })
  }
})
