import { describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import { testDb } from '#test/db.ts'
import { expectReplayEquals } from '#test/replay.ts'
import { catalogueLines, kiteMethod, kiteRecord } from '#test/kite-permit.ts'
import { catalogueHistory, listProcedureHistory } from './catalogue-history.ts'
import { importProcedures } from './import-procedures.ts'
import { findCurrentRevision, getRevision, listRevisions } from './revisions.ts'
import { searchProcedures } from './search-procedures.ts'

const { ctx, pool } = await testDb()
const load = (...lines: Parameters<typeof catalogueLines>[0]) => importProcedures(ctx(), catalogueLines(lines))

const events = async (type: string) => (await pool.query<{ n: number }>('select count(*)::int as n from log.event where type = $1', [type])).rows[0]?.n

describe('import-procedures', () => {
  it('a new code is created, the same record changes nothing, a changed one is the next revision', async () => {
    expect(await load(kiteRecord())).toMatchObject({ read: 1, created: 1, revised: 0, unchanged: 0, rejected: [] })
    expect(await load(kiteRecord())).toMatchObject({ read: 1, created: 0, revised: 0, unchanged: 1 })
    expect(await load(kiteRecord({ provenance: { repo: 'elsewhere' }, flags: ['no-steps'], raw: { methods: 'x' } }))).toMatchObject({ unchanged: 1 })
    expect(await load(kiteRecord({ conditions: 'Không thả diều gần sân bay.' }))).toMatchObject({ revised: 1 })
    const revisions = await listRevisions(ctx(), '1.999001')
    expect(revisions.map((r) => [r.n, r.isCurrent])).toEqual([[2, true], [1, false]])
    expect(await events('procedure.imported')).toBe(1)
    expect(await events('procedure.revised')).toBe(1)
  })

  it('a revision never changes: the program itself may not update or delete one', async () => {
    await expect(pool.query("update catalogue.revision set name = 'x'")).rejects.toThrow(/permission denied/)
    await expect(pool.query('delete from catalogue.revision')).rejects.toThrow(/permission denied/)
  })

  it('an earlier record that comes back is the earlier revision, not a third one', async () => {
    expect(await load(kiteRecord())).toMatchObject({ revised: 1 })
    const revisions = await listRevisions(ctx(), '1.999001')
    expect(revisions.map((r) => [r.n, r.isCurrent])).toEqual([[2, false], [1, true]])
  })

  it('keeps every row of the methods table, merges none, and repairs the split applicant', async () => {
    const revision = await findCurrentRevision(ctx(), '1.999001')
    expect(revision?.methods.map((m) => [m.n, m.channel, m.limit, m.settled])).toEqual([
      [1, 'in-person', { amount: 3, unit: 'working-day' }, true],
      [2, 'online', { amount: 3, unit: 'working-day' }, true],
      [3, 'postal', { amount: 3, unit: 'working-day' }, true],
    ])
    expect(revision?.subjects).toEqual(['Công dân Việt Nam', 'Tổ chức (không bao gồm doanh nghiệp, HTX)'])
    expect((await getRevision(ctx(), revision!.id)).digest).toBe(revision?.digest)
  })

  it('half an hour is a limit too: its digest stands although canonical JSON knows no fractions', async () => {
    const half = kiteRecord({ code: '1.999002', methods: [kiteMethod({ time_limit: { amount: 0.5, unit: 'hour' } })] })
    expect(await load(half)).toMatchObject({ created: 1 })
    expect(await load(half)).toMatchObject({ unchanged: 1 })
  })

  it('is found at once by search after it was imported', async () => {
    await load(kiteRecord({ code: '1.999003', name: 'Cấp lại giấy phép thả diều' }))
    const { procedures } = await searchProcedures(ctx(), { q: 'cap lai giay phep tha dieu' })
    expect(procedures[0]?.code).toBe('1.999003')
  })

  it('only an administrator or the system may import', async () => {
    await expect(importProcedures(ctx({ actor: { kind: 'anonymous' } }), catalogueLines([]))).rejects.toThrow(Forbidden)
  })

  it('history is read off the log and the same after replay from nothing', async () => {
    await expectReplayEquals(ctx(), catalogueHistory, ['catalogue.history'])
    const revision = await findCurrentRevision(ctx(), '1.999001')
    expect((await listProcedureHistory(ctx(), revision!.procedureId)).map((h) => h.type)).toEqual(['procedure.revised', 'procedure.revised', 'procedure.imported'])
  })
})

const method = (change: Record<string, unknown>) => kiteRecord({ code: '1.999010', methods: [kiteMethod(change)] })

const without = (field: string) => Object.fromEntries(Object.entries(kiteRecord({ code: '1.999010' })).filter(([key]) => key !== field))

describe('a broken line is named and never stops the rest', () => {
  const latin1 = Buffer.from(JSON.stringify(kiteRecord()).replaceAll('ế', '\u00ea'), 'latin1')

  it.each([
    ['not-json', '{"code": "1.999010",'],
    ['not-json', 'thả diều'],
    ['not-utf8', latin1],
    ['not-utf8', '{"code":"1.999010","name":"\\ud800"}'],
    ['not-nfc', JSON.stringify(kiteRecord({ name: 'Thả diều'.normalize('NFD') }))],
    ['not-nfc', '{"code":"1.999010","name":"die\\u0302\\u0300u"}'],
    ['missing-field', without('name')],
    ['missing-field', without('methods')],
    ['missing-field', kiteRecord({ levels: [] })],
    ['wrong-type', kiteRecord({ steps: 'Nộp hồ sơ' })],
    ['wrong-type', kiteRecord({ name: null })],
    ['wrong-type', kiteRecord({ levels: ['village'] })],
    ['wrong-type', kiteRecord({ wind: 'strong' })],
    ['wrong-type', method({ channel: 'by-kite' })],
    ['wrong-type', '[]'],
    ['bad-code', kiteRecord({ code: '1.99' })],
    ['bad-code', kiteRecord({ code: '0.999001' })],
    ['bad-unit', method({ time_limit: { amount: 3, unit: 'week' } })],
    ['negative-amount', method({ time_limit: { amount: -3, unit: 'day' } })],
    ['negative-amount', method({ fee: { items: [{ type: 'phi', amount_vnd: -1, note: null }], free: false } })],
    ['duplicate-in-file', kiteRecord({ code: '1.999020', name: 'Lần thứ hai' })],
    ['too-large', JSON.stringify(kiteRecord({ conditions: 'x'.repeat(1_000_001) }))],
  ])('%s (%#)', async (error, line) => {
    const report = await load(kiteRecord({ code: '1.999020' }), line, '', kiteRecord({ code: '1.999021' }))
    expect(report.rejected.map((r) => [r.line, r.error])).toEqual([[2, error]])
    expect(report.read).toBe(3)
    expect(report.rejected[0]?.reason).not.toBe('')
  })

  it('names the procedure where its code can be read', async () => {
    const report = await load(kiteRecord({ code: '1.99' }), '{')
    expect(report.rejected.map((r) => r.procedure)).toEqual(['1.99', null])
  })
})
