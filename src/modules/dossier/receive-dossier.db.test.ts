/** Counter intake on a real database: what stands in the rows, the log and the receipt afterwards, and who may not. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, dateOf, instant, isoInstant } from '#kernel/plain-date.ts'
import type { ProcedureRevision } from '#modules/catalogue'
import { getDossierView, getReceipt, receiveDossier } from '#modules/dossier'
import { closeUnit } from '#modules/organisation'
import { sql } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, kiteReception, must, newCitizen, newWard, receivedDossier } from '#test/factories.ts'
import { kiteMethod } from '#test/kite-permit.ts'
import { columnsOf, loadState, TABLE_NAMES, keyOf } from './dossier-store.ts'
import { rowsOf } from './lifecycle/rows.ts'

const { ctx, owner } = await testDb()
let ward: Ward
let kite: ProcedureRevision
let applicantId: Uuid
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx(), 'H57.12')
  applicantId = await newCitizen(ctx(), { name: 'Đặng Thị Khuyên', phone: '0905123456', personalNumber: '046190000001', address: '5 Nguyễn Huệ' })
})
const atDesk = (now: Instant = NOW) => ctx({ now, actor: ward.receiver })
const countOf = async (table: string): Promise<number> => Number((await owner.query(`select count(*) as n from ${table}`)).rows[0].n)

const codeOf = async (change: Parameters<typeof kiteReception>[2]) => {
  const outcome = await receiveDossier(atDesk(), kiteReception(atDesk(), ward, change))
  return outcome.ok ? 'received' : outcome.error.code
}

describe('receiving at the counter', () => {
  it('issues the code of the day, the due date and its explanation, and hands the dossier to the desk', async () => {
    const received = must(await receiveDossier(atDesk(), kiteReception(atDesk(), ward, { applicantId, remark: 'Diều hình cá chép' })))
    expect([received.code, isoInstant(received.dueAt)]).toEqual(['H57.12-20261120-0000001', '2026-11-26T17:30:00+07:00'])
    const view = await getDossierView(atDesk(), received.id)
    expect(view).toMatchObject({
      status: 'received', regime: 'nd309-2026', revisionId: kite.id, procedureName: 'Cấp giấy phép thả diều', channel: 'counter', agencyId: ward.agency.id,
      divisionId: ward.division.id, punctuality: 'within', components: [{ n: 1, name: 'Đơn đề nghị thả diều', originals: 1, copies: 0 }],
      held: { step: 'RECEIVE', unitId: ward.desk.id, postId: null, who: { unit: ward.desk.name } },
    })
    expect(view.steps.map((s) => s.key)).toEqual(['RECEIVE', 'ASSIGN', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK', 'RETURN'])
    expect(view.explanation.reduce((n, line) => n + line.counted, 0)).toBe(3)
    expect(view.explanation.map((line) => line.reason)).toEqual(expect.arrayContaining(['weekend', 'holiday']))
    expect(view.actions.map((a) => a.action)).toEqual(['forward', 'withdraw', 'correct-entries', 'note', 'link-attempt'])
    expect(view.timeline).toMatchObject([{ what: 'received', actor: { post: 'Công chức tiếp nhận', person: 'Hoàng Thị Sáo' } }])
  })

  it('decision 10: the rows are what the fold of the log gives, column by column', async () => {
    const { id } = await receivedDossier(ctx(), ward, { applicantId })
    const rows = rowsOf(await loadState(ctx(), id))
    for (const table of TABLE_NAMES) {
      const owned = table === 'dossier' || table === 'code' ? 'id' : 'dossier_id'
      const { rows: stored } = await sql<object>`select ${sql.raw(columnsOf(table).join(', '))} from ${sql.table(`dossier.${table}`)} where ${sql.ref(owned)} = ${id} order by ${sql.raw(keyOf(table).join(', '))}`.execute(ctx().db)
      expect(stored, table).toEqual(rows[table])
    }
  })

  it('decision 5: nothing personal stands in the events', async () => {
    await receivedDossier(ctx(), ward, { applicantId, remark: 'Con của bà Khuyên' })
    const { rows } = await owner.query("select string_agg(data::text || actor::text, '') as all from log.event where kind = 'dossier'")
    expect(rows[0].all).not.toMatch(/Khuyên|0905123456|046190000001|Nguyễn Huệ/)
  })

  it('decision 17: a double click and a replay get the first answer, other input is stale', async () => {
    const input = kiteReception(atDesk(), ward, { applicantId })
    const before = await countOf('dossier.dossier')
    const [a, b] = await Promise.all([receiveDossier(atDesk(), input), receiveDossier(atDesk(), input)])
    const c = await receiveDossier(atDesk(instant(NOW + 60_000)), input)
    expect([b, c]).toEqual([a, a])
    expect(await countOf('dossier.dossier')).toBe(before + 1)
    await expect(receiveDossier(atDesk(), { ...input, sets: 2 })).rejects.toThrow(Stale)
  })

  it('decision 18: sixty at once get sixty codes without a gap', async () => {
    const other = await newWard(ctx(), 'H57.13')
    const codes = await Promise.all(Array.from({ length: 60 }, () => receivedDossier(ctx(), other, { applicantId }).then((d) => d.code)))
    expect([...codes].sort()).toEqual(Array.from({ length: 60 }, (_, i) => `H57.13-20261120-${String(i + 1).padStart(7, '0')}`))
  })

  it('a refused reception leaves nothing: no row, no code, and the key may be used again', async () => {
    const before = [await countOf('dossier.code'), await countOf('platform.request')]
    const input = kiteReception(atDesk(), ward, { applicantId, methodRow: 9 })
    expect(await receiveDossier(atDesk(), input)).toEqual({ ok: false, error: { code: 'no-such-row', methodRow: 9 } })
    expect(await receiveDossier(atDesk(), { ...input, methodRow: 1, otherUploadIds: [key(NOW)] })).toMatchObject({ ok: false, error: { code: 'upload-gone' } })
    expect([await countOf('dossier.code'), await countOf('platform.request')]).toEqual(before)
    expect(await receiveDossier(atDesk(), { ...input, methodRow: 1 })).toMatchObject({ ok: true })
  })

  it('what cannot be received: unknown, replaced, not settled, of another agency, by post to nowhere', async () => {
    const unsettled = await kiteProcedure(ctx(), { code: '1.999002', methods: [kiteMethod({ time_limit: { amount: 3, unit: null } })] })
    const elsewhere = await kiteProcedure(ctx(), { code: '1.999003', levels: ['province'], levels_raw: 'Cấp tỉnh' })
    expect(await codeOf({ applicantId, procedureCode: '9.000000' })).toBe('procedure-unknown')
    expect(await codeOf({ applicantId, revisionId: unsettled.id })).toBe('revision-replaced')
    expect(await codeOf({ applicantId, procedureCode: unsettled.code })).toBe('row-not-settled')
    expect(await codeOf({ applicantId, procedureCode: elsewhere.code })).toBe('not-offered')
    expect(await codeOf({ applicantId, delivery: 'postal' })).toBe('address-missing')
    await expect(codeOf({ applicantId: key(NOW) })).rejects.toThrow(NotFound)
  })

  it('a ward that will be merged next month receives until then, and no longer', async () => {
    const merged = await newWard(ctx(), 'H57.15')
    const merging = instant(NOW + 30 * MS_PER_DAY)
    must(await closeUnit(ctx(), { submissionKey: key(NOW), unitId: merged.division.id, on: dateOf(merging), successors: [ward.division.id] }, async () => 0))
    const at = (now: Instant) => receiveDossier(ctx({ now, actor: merged.receiver }), kiteReception(ctx({ now }), merged, { applicantId }))
    expect((await at(NOW)).ok).toBe(true)
    expect(await at(merging)).toMatchObject({ ok: false, error: { code: 'not-offered' } })
  })

  it("refuses the neighbour's desk officer, a case officer, a citizen, and who stands outside", async () => {
    const other = await newWard(ctx(), 'H57.14')
    const input = kiteReception(ctx(), ward, { applicantId })
    for (const actor of [other.receiver, ward.caseOfficer, { ...ward.receiver, posts: [] }, { kind: 'anonymous' as const }]) {
      await expect(receiveDossier(ctx({ actor }), input)).rejects.toThrow(Forbidden)
    }
  })

  it('the receipt says what form 01 of the regime prints', async () => {
    const { id, code } = await receivedDossier(ctx(), ward, { applicantId, sets: 2, components: [{ n: 1, originals: 1, copies: 1, uploadIds: [] }, { n: 3, originals: 0, copies: 0, uploadIds: [] }] })
    const receipt = await getReceipt(atDesk(), id)
    expect(receipt).toMatchObject({
      form: { regime: 'nd309-2026', number: '01', symbol: 'TNHS', title: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả' },
      code, sets: 2, limit: '3 ngày làm việc', receivedBy: 'Hoàng Thị Sáo', desk: { agency: ward.agency.name, name: ward.desk.name },
      applicant: { name: 'Đặng Thị Khuyên', phone: '0905123456' }, lookUpSecret: expect.stringMatching(/^[A-Z][A-Z2-9]{3}$/),
      fees: [{ name: 'Lệ phí', amount: 20_000 }], resultDelivery: ward.desk.name,
    })
    expect(receipt.papers.map((p) => [p.kind, p.quantity])).toEqual([['original', 1], ['copy', 1], ['from-database', 1]])
    expect(receipt.dueReason).toContain('Nhận Thứ Sáu 20/11/2026; 3 ngày làm việc; không tính: ')
    expect(receipt.dueReason).toContain('Ngày Văn hóa Việt Nam')
  })
})
