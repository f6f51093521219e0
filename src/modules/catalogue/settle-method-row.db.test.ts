import { describe, expect, it } from 'vitest'
import { Forbidden, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { instant } from '#kernel/plain-date.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, testDb } from '#test/db.ts'
import { catalogueLines, kiteMethod, kiteRecord } from '#test/kite-permit.ts'
import { type SettledRow, settledRowOf } from './catalogue-store.ts'
import { catalogueHistory } from './catalogue-history.ts'
import { findFeeAsOf } from './fee-as-of.ts'
import { importProcedures } from './import-procedures.ts'
import type { Decision } from './method-rows.ts'
import type { LimitUnit } from './procedure-record.ts'
import { findCurrentRevision } from './revisions.ts'
import { searchProcedures } from './search-procedures.ts'
import { SettleMethodRow, settleMethodRow } from './settle-method-row.ts'

const { ctx, pool } = await testDb()
const load = (...lines: Parameters<typeof catalogueLines>[0]) => importProcedures(ctx(), catalogueLines(lines))

const open = kiteRecord({
  methods: [
    kiteMethod({ time_limit: { amount: 1, unit: null }, time_limit_raw: '1' }),
    kiteMethod({ channel: 'online', time_limit: null, time_limit_raw: 'Không quy định' }),
    kiteMethod({ channel: 'postal', description: 'Trường hợp ban ngày' }),
    kiteMethod({ channel: 'postal', time_limit: { amount: 5, unit: 'day' }, description: 'Trường hợp ban đêm' }),
    kiteMethod({ channel: 'other', time_limit: { amount: 0, unit: 'day' }, fee: { items: [{ type: null, amount_vnd: 0, note: '10.000 đồng' }], free: null, conflict: true } }),
    kiteMethod({ channel: 'other', time_limit: { amount: 0, unit: 'day' } }),
  ],
})
await load(open)
const current = async () => (await findCurrentRevision(ctx(), '1.999001'))!

const settle = async (row: number, facts: Partial<SettleMethodRow>) =>
  settleMethodRow(
    ctx(),
    SettleMethodRow.parse({
      submissionKey: newId(NOW),
      revisionId: (await current()).id,
      row,
      limit: { amount: 3, unit: 'working-day' },
      reason: 'Trình tự thực hiện ghi rõ ba ngày',
      sourceText: 'trong 03 ngày làm việc',
      ...facts,
    }),
  )

describe('settling a method row', () => {
  it('says what each row leaves open and guesses nothing', async () => {
    const { methods } = await current()
    expect(methods.map((m) => m.toSettle)).toEqual([['unit-missing'], ['limit-missing'], ['limit-varies'], ['limit-varies'], ['limit-zero', 'fee-conflict'], ['limit-zero']])
    expect(methods.every((m) => !m.settled && m.limit === null)).toBe(true)
  })

  it.each([
    ['no-such-row', 9, {}],
    ['limit-not-countable', 1, { limit: { amount: 1.5, unit: 'day' } }],
    ['limit-not-countable', 1, { limit: { amount: 0, unit: 'day' } }],
    ['cutoff-needs-in-day', 1, { inDayCutoffMinutes: 900 }],
    ['cutoff-needs-in-day', 2, { limit: null, inDayCutoffMinutes: 900 }],
    ['case-missing', 3, {}],
    ['fee-missing', 5, {}],
  ] as const)('refuses with %s', async (code, row, facts) => {
    expect(await settle(row, facts)).toMatchObject({ ok: false, error: { code } })
  })

  it('in-day with a cut-off of 15:00 (C5), no limit by law, a case, a fee', async () => {
    expect(await settle(1, { limit: { amount: 0, unit: 'working-day' }, inDayCutoffMinutes: 900 })).toMatchObject({ ok: true })
    expect(await settle(2, { limit: null })).toMatchObject({ ok: true })
    expect(await settle(4, { limit: { amount: 5, unit: 'day' }, appliesWhen: 'Thả ban đêm' })).toMatchObject({ ok: true })
    expect(await settle(5, { limit: { amount: 0.5, unit: 'working-day' }, fee: { kind: 'amount', amountVnd: 10_000 } })).toMatchObject({ ok: true })
    const { methods } = await current()
    expect(methods.map((m) => [m.settled, m.limit, m.inDayCutoff])).toEqual([
      [true, { amount: 0, unit: 'working-day' }, 54_000_000],
      [true, null, undefined],
      [false, null, undefined],
      [true, { amount: 5, unit: 'day' }, undefined],
      [true, { amount: 0.5, unit: 'working-day' }, undefined],
      [false, null, undefined],
    ])
    expect(methods[3]?.appliesWhen).toBe('Thả ban đêm')
    expect(methods[4]?.fee.chosen).toEqual({ kind: 'amount', amountVnd: 10_000 })
  })

  it('is seen by search at once, and can be corrected', async () => {
    expect((await searchProcedures(ctx(), { q: '1.999001' })).procedures[0]?.rowsToSettle).toBe(2)
    expect(await settle(3, { appliesWhen: 'Thả ban ngày' })).toMatchObject({ ok: true })
    expect(await settle(3, { appliesWhen: 'Thả ban ngày, trời quang' })).toMatchObject({ ok: true })
    expect((await current()).methods[2]?.appliesWhen).toBe('Thả ban ngày, trời quang')
    expect((await searchProcedures(ctx(), { q: '1.999001' })).procedures[0]?.rowsToSettle).toBe(1)
  })

  it('stays when the same revision is imported again; a new revision asks again', async () => {
    await load(open)
    expect((await current()).methods[0]?.settled).toBe(true)
    const old = await current()
    await load({ ...open, conditions: 'Gió dưới cấp 6.' })
    expect((await current()).methods[0]).toMatchObject({ settled: false, limit: null, toSettle: ['unit-missing'] })
    const stale = SettleMethodRow.parse({ submissionKey: newId(NOW), revisionId: old.id, row: 1, limit: null, reason: 'Không có thời hạn', sourceText: 'không quy định' })
    expect(await settleMethodRow(ctx(), stale)).toMatchObject({ ok: false, error: { code: 'not-current' } })
  })

  it('a row that says everything is not for us to change', async () => {
    await load(kiteRecord({ code: '1.999002' }))
    const revision = (await findCurrentRevision(ctx(), '1.999002'))!
    expect(await settle(1, { revisionId: revision.id })).toMatchObject({ ok: false, error: { code: 'nothing-to-settle' } })
  })

  it('the same submission twice is one decision; the same key for another one is refused', async () => {
    const key = newId(NOW)
    await settle(1, { submissionKey: key })
    await settle(1, { submissionKey: key })
    const { rows } = await pool.query<{ n: number }>("select count(*)::int as n from log.event where type = 'procedure.row-settled' and data->>'revisionId' = $1", [(await current()).id])
    expect(rows[0]?.n).toBe(1)
    await expect(settle(1, { submissionKey: key, limit: { amount: 9, unit: 'day' } })).rejects.toThrow(Stale)
  })

  it('needs the permission', async () => {
    const input = SettleMethodRow.parse({ submissionKey: newId(NOW), revisionId: (await current()).id, row: 1, limit: null, reason: 'không được phép', sourceText: 'không rõ' })
    await expect(settleMethodRow(ctx({ actor: { kind: 'anonymous' } }), input)).rejects.toThrow(Forbidden)
  })
})

describe('replay', () => {
  type Logged = Omit<Decision, 'limit' | 'settledAt'> & { readonly limit: { readonly amount: string; readonly unit: LimitUnit } | null }
  /** The row that the events lead to: the last decision on a row of a revision holds. */
  const folded = async () => {
    const { rows: streams } = await sql<{ stream: Uuid }>`select distinct stream from log.event where type = 'procedure.row-settled'`.execute(ctx().db)
    const rows = new Map<string, SettledRow>()
    for (const { stream } of streams) {
      for (const event of await readStream(ctx().db, 'other', stream)) {
        if (event.type !== 'procedure.row-settled') continue
        const data = event.data as Logged
        const limit = data.limit === null ? null : { amount: Number(data.limit.amount), unit: data.limit.unit }
        rows.set(`${data.revisionId} ${data.n}`, settledRowOf(stream, { ...data, limit, settledAt: event.at }))
      }
    }
    return [...rows.values()]
  }
  const inOrder = (rows: readonly SettledRow[]) =>
    rows
      .map((row) => ({ ...row, limit_amount: row.limit_amount === null ? null : Number(row.limit_amount) }))
      .sort((a, b) => `${a.revision_id} ${a.n}`.localeCompare(`${b.revision_id} ${b.n}`))

  it('of settlements gives the rows of catalogue.settled_row, column by column (decision 10)', async () => {
    const later = ctx({ now: instant(NOW + 60_000) })
    const facts = { limit: { amount: 0, unit: 'working-day' }, inDayCutoffMinutes: 900, reason: 'Trả ngay trong ngày làm việc', sourceText: 'trả kết quả ngay trong ngày' }
    await settleMethodRow(later, SettleMethodRow.parse({ ...facts, submissionKey: newId(NOW), revisionId: (await current()).id, row: 1 }))
    const { rows } = await sql<SettledRow>`select * from catalogue.settled_row`.execute(ctx().db)
    expect(rows.length).toBeGreaterThan(4)
    expect(inOrder(rows)).toEqual(inOrder(await folded()))
  })
})

describe('a fee that was decided anew', () => {
  it('is still the old one on papers of before: printed again, a receipt says what was said at reception', async () => {
    const revision = await current()
    const decide = (amountVnd: number, day: number) =>
      settleMethodRow(
        ctx({ now: instant(NOW + day * 86_400_000) }),
        SettleMethodRow.parse({ submissionKey: newId(NOW), revisionId: revision.id, row: 5, limit: { amount: 0, unit: 'working-day' }, appliesWhen: 'Ban ngày', fee: { kind: 'amount', amountVnd }, reason: 'Nghị quyết của Hội đồng nhân dân', sourceText: '10.000 đồng' }),
      )
    await decide(10_000, 20)
    await decide(25_000, 30)
    await catchUp(ctx(), catalogueHistory)
    const chosenOn = async (day: number) => (await findFeeAsOf(ctx(), revision.id, 5, instant(NOW + day * 86_400_000)))?.chosen
    expect(await chosenOn(25)).toEqual({ kind: 'amount', amountVnd: 10_000 })
    expect(await chosenOn(31)).toEqual({ kind: 'amount', amountVnd: 25_000 })
    expect(await findFeeAsOf(ctx(), revision.id, 99, NOW)).toBeUndefined()
  })
})
