/** Decision 20: the public look-up needs two things known, tells strangers nothing, and cannot be guessed at. */
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import { getReceipt, lookUpDossier, sweepWrongLookUps } from '#modules/dossier'
import { NOW, testDb } from '#test/db.ts'
import { statementsOf } from '#test/statements.ts'
import { type Ward, kiteProcedure, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx, owner, pool } = await testDb()
let ward: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx(), 'H57.12')
})
const stranger = (minutes = 0) => ctx({ actor: { kind: 'anonymous' }, now: instant(NOW + minutes * 60_000) })
const wrong = { ok: false, error: { code: 'no-match' } }
const kite = async () => {
  const applicantId = await newCitizen(ctx(), { name: 'Đặng Thị Khuyên', phone: null })
  const submitter = { personId: await newCitizen(ctx(), { name: 'Người Nộp Thay' }), relation: 'Con đẻ' }
  const dossier = await receivedDossier(ctx(), ward, { applicantId, submitter })
  return { ...dossier, receipt: await getReceipt(ctx(), dossier.id) }
}

/** The answer to a wrong secret, and what it asked of the database. */
const statements = async (code: string, address: string) => {
  let answer: unknown
  const seen = await statementsOf(pool, async () => (answer = await lookUpDossier(stranger(), { code, secret: '0000', address })))
  return { answer, seen }
}
const fromOnePlace = (i: number) => lookUpDossier(stranger(), { code: `H57.12-20261120-8${String(i).padStart(6, '0')}`, secret: '0000', address: '203.0.113.9' })

describe('look-up', () => {
  it("shows where it is and why that date, by the receipt's four characters or the phone's last four digits", async () => {
    const { id, code, receipt } = await kite()
    await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
    const bySecret = await lookUpDossier(stranger(), { code, secret: receipt.lookUpSecret.toLowerCase(), address: '::1' })
    const byPhone = await lookUpDossier(stranger(), { code: ` ${code.toLowerCase()} `, secret: receipt.submitter!.phone!.slice(-4), address: '::1' })
    expect(byPhone).toEqual(bySecret)
    expect(bySecret).toMatchObject({
      ok: true,
      value: {
        code, status: 'processing', nationalCode: 4, applicantInitials: 'Đ. T. K.', procedureName: 'Cấp giấy phép thả diều', punctuality: 'within',
        held: { step: 'HANDLE', unit: ward.division.name, post: 'Công chức tư pháp – hộ tịch' },
        timeline: [{ what: 'received', unit: ward.desk.name }, { what: 'forward', step: 'ASSIGN' }, { what: 'assign', step: 'HANDLE' }],
      },
    })
    expect(JSON.stringify(bySecret)).not.toMatch(/Khuyên|Người Nộp|Trần Văn Gió|Hoàng Thị Sáo/)
  })

  it('the same answer, by the same statements, for an unknown code and a wrong secret', async () => {
    const { code } = await kite()
    const known = await statements(code, 'a')
    const unknown = await statements('H57.12-20261120-9999999', 'b')
    expect(known.answer).toEqual(wrong)
    expect(unknown).toEqual(known)
    expect(known.seen).toHaveLength(1)
  })

  it('five wrong per code and hour: then the right one does not help either, until the hour is over', async () => {
    const { code, receipt } = await kite()
    const guess = (secret: string, minutes = 0, address = `${secret}`) => lookUpDossier(stranger(minutes), { code, secret, address })
    for (const secret of ['1111', '2222', '3333', '4444', '5555']) expect(await guess(secret)).toEqual(wrong)
    expect(await guess(receipt.lookUpSecret, 1)).toEqual({ ok: false, error: { code: 'too-many-tries', retryAt: NOW + 3_600_000 } })
    expect(await guess(receipt.lookUpSecret, 61)).toMatchObject({ ok: true })
  })

  it('twenty guesses at once count as twenty', async () => {
    const { code } = await kite()
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => lookUpDossier(stranger(), { code, secret: String(1000 + i), address: String(i) })))
    expect(answers.filter((a) => !a.ok && a.error.code === 'no-match')).toHaveLength(5)
  })

  it('thirty wrong per address, whatever the code', async () => {
    for (let i = 0; i < 30; i += 1) expect(await fromOnePlace(i)).toEqual(wrong)
    expect(await fromOnePlace(31)).toMatchObject({ error: { code: 'too-many-tries' } })
    expect((await owner.query("select count(*)::int as n from dossier.wrong_look_up where address like '%203.0%'")).rows[0].n).toBe(0)
  })

  it('counters are swept after a day', async () => {
    expect(await sweepWrongLookUps(ctx({ now: instant(NOW + 25 * 3_600_000) }))).toBeGreaterThan(0)
    expect((await owner.query('select count(*)::int as n from dossier.wrong_look_up')).rows[0].n).toBe(0)
  })
})
