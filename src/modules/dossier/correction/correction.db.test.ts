/** Corrections and re-openings on a real database: what is printed, shown and counted afterwards, on both sides of the counter. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, instant, plainDate } from '#kernel/plain-date.ts'
import {
  CorrectEntries, correctEntries, correctProcedure, correctResult, getControlSlip, getDossierView, getMyDossier, getReceipt, getRegister, lookUpDossier, officerQueue, previewProcedure, renderControlSlips, renderReceipt, renderRegister, reopenDossier,
} from '#modules/dossier'
import { sql } from '#platform/db/db.ts'
import { ENTRIES, GLIDER, everyCorrection, gliderProcedure } from '#test/corrections.ts'
import { testDb } from '#test/db.ts'
import { on } from '#test/detours.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { flat, pdfText } from '#test/pdf.ts'

const { ctx } = await testDb()
const at = (day: string, time = '09:00'): Instant => instant(Date.parse(`2026-${day}T${time}:00+07:00`))
const as = (actor: Officer, now: Instant) => ctx({ actor, now })
const URL = 'https://motcua.example'
let ward: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  await gliderProcedure(ctx())
  ward = await newWard(ctx())
})

const rowOf = async (id: Uuid) => (await sql<Record<string, unknown>>`select * from dossier.dossier where id = ${id}`.execute(ctx().db)).rows[0]!
/** Received on Friday 20 November as a kite permit, due on Thursday the 26th; examined from that day on. */
const inHand = async (applicantId?: Uuid): Promise<Uuid> => {
  const { id } = await receivedDossier(ctx({ now: at('11-20') }), ward, applicantId === undefined ? {} : { applicantId })
  await sendAlong(ctx({ now: at('11-20') }), ward, id, ['forward-desk', 'assign'])
  return id
}
const glider = async (id: Uuid, now: Instant, actor: Officer = ward.leader) =>
  correctProcedure(as(actor, now), { ...(await on(ctx({ now }), id)), reason: 'Chọn nhầm thủ tục khi tiếp nhận', procedureCode: GLIDER, methodRow: 1 })

describe('a wrong procedure', () => {
  it('shows its date before anything is done; then the dossier is the right one everywhere, and the old receipt says that it was replaced', async () => {
    const applicantId = await newCitizen(ctx(), { name: 'Tôn Nữ Thuý Hoà', phone: '0905998877' })
    const id = await inHand(applicantId)
    const now = at('11-23')
    const preview = (await previewProcedure(as(ward.leader, now), id, GLIDER))!
    expect([preview.division, preview.rows.map((r) => r.dueAt)]).toEqual([ward.division.name, [at('12-07', '17:30')]])
    must(await glider(id, now))
    const view = await getDossierView(as(ward.caseOfficer, now), id)
    expect(view).toMatchObject({ procedureCode: GLIDER, dueAt: preview.rows[0]?.dueAt, dueOriginalAt: at('11-26', '17:30'), receiptEditions: 2, held: { step: 'HANDLE', postId: ward.caseOfficer.posts[0]!.postId } })
    expect(view.timeline.at(-1)?.changes?.map((c) => [c.field, c.before, c.after])).toEqual([
      ['procedure', 'Cấp giấy phép thả diều (1.999001)', `Cấp giấy phép bay tàu lượn (${GLIDER})`], ['limit', '3 ngày làm việc', '10 ngày làm việc'], ['due', '26/11/2026 17:30', '07/12/2026 17:30'],
    ])
    expect((await officerQueue(as(ward.caseOfficer, now))).rows.find((r) => r.id === id)?.dueAt).toBe(view.dueAt)

    const text = async (edition?: number) => flat(await pdfText(await renderReceipt(await getReceipt(as(ward.receiver, now), id, 'office', edition), URL)))
    const [old, right] = [await text(1), await text()]
    for (const words of ['Cấp giấy phép thả diều', 'Bản này đã được thay bởi giấy lập ngày 23/11/2026, hẹn trả 07/12/2026 17:30', 'ngày 20 tháng 11 năm 2026']) expect(old).toContain(words)
    for (const words of ['Cấp giấy phép bay tàu lượn', 'Bản này thay cho giấy lập ngày 20/11/2026, hẹn trả 26/11/2026 17:30', '17 giờ 30 phút, ngày 07 tháng 12 năm 2026']) expect(right).toContain(words)
    expect(old).not.toContain('thay cho')
    await expect(getReceipt(as(ward.receiver, now), id, 'office', 3)).rejects.toThrow(NotFound)

    const found = await lookUpDossier(ctx({ actor: { kind: 'anonymous' }, now }), { code: view.code ?? '', secret: '8877', address: '192.0.2.7' })
    expect(found.ok ? found.value.corrections : []).toMatchObject([{ kind: 'procedure', due: { from: at('11-26', '17:30'), to: at('12-07', '17:30') } }])
    expect(JSON.stringify(found), 'reasons stay in the office').not.toContain('Chọn nhầm')
    const own: Officer = { kind: 'person', userId: key(now), personId: applicantId, posts: [] }
    const mine = await getMyDossier(as(own, now), id)
    expect([mine.receiptEditions, mine.corrections.length, mine.timeline.at(-1)?.what]).toEqual([2, 1, 'correct-procedure'])
    expect(JSON.stringify(mine), 'reasons stay in the office').not.toContain('Chọn nhầm')

    const printed = await getControlSlip(as(ward.caseOfficer, now), id)
    // The head acted, but it lay with the officer.
    const holder = view.custody.at(-1)?.who.post ?? ''
    expect(printed.rows.map((r) => r.to).slice(-2)).toEqual(Array(2).fill(`${holder}, ${ward.division.name}`))
    const slip = flat(await pdfText(await renderControlSlips([printed], URL)))
    expect(slip).toContain('ngày 07 tháng 12 năm 2026; đính chính ngày 23/11/2026, trước đó 17 giờ 30 phút, ngày 26 tháng 11 năm 2026')
    expect(slip).toContain('Đính chính thủ tục: Chọn nhầm thủ tục khi tiếp nhận')
    const register = flat(await pdfText(await renderRegister(must(await getRegister(as(ward.signer, now), { text: view.code ?? '' })))))
    expect(register).toContain('26/11/2026; nay là 07/12/2026')
    expect(register.replace(/\s/g, ''), 'a narrow column').toContain('Đínhchính23/11/2026')
  })

  it('the same paper stays ticked under its number in the right list, the others are gone', async () => {
    const { id } = await receivedDossier(ctx({ now: at('11-20') }), ward, { components: [{ n: 1, originals: 1, copies: 0, uploadIds: [] }, { n: 3, originals: 2, copies: 0, uploadIds: [] }] })
    must(await glider(id, at('11-20', '10:00')))
    const { rows } = await sql<{ n: number; name: string; originals: number }>`select n, name, originals from dossier.component where dossier_id = ${id}`.execute(ctx().db)
    expect(rows).toEqual([{ n: 1, name: 'Ảnh con diều', originals: 2 }])
  })

  it('whoever examines it may not, nor the head of another ward; an unknown procedure is said', async () => {
    const id = await inHand()
    const other = await newWard(ctx(), undefined, 'phường Cánh Cò')
    await expect(glider(id, at('11-23'), ward.caseOfficer)).rejects.toThrow(Forbidden)
    await expect(glider(id, at('11-23'), other.signer)).rejects.toThrow(Forbidden)
    await expect(previewProcedure(as(other.signer, at('11-23')), id, GLIDER)).rejects.toThrow(Forbidden)
    const unknown = await correctProcedure(as(ward.leader, at('11-23')), { ...(await on(ctx(), id)), reason: 'x', procedureCode: '9.999999', methodRow: 1 })
    expect(unknown.ok ? '' : unknown.error.code).toBe('procedure-unknown')
  })
})

describe('entries', () => {
  it('filed under somebody else’s number, it leaves that person’s account; what they were called before is kept in the log and not in the clear', async () => {
    const [wrong, right] = [await newCitizen(ctx(), { personalNumber: '046190000007' }), await newCitizen(ctx(), { personalNumber: '046190000009' })]
    const id = await inHand(wrong)
    must(await correctEntries(as(ward.receiver, at('11-20')), CorrectEntries.parse({ ...(await on(ctx(), id)), reason: 'Ghi nhầm người', ...ENTRIES })))
    expect(await rowOf(id)).toMatchObject({ applicant_id: right, applicant_name: 'Nguyễn Đăng Diễu', delivery: 'postal', corrected_at: at('11-20') })
    const account = (personId: Uuid): Officer => ({ kind: 'person', userId: key(at('11-20')), personId, posts: [] })
    expect((await getMyDossier(as(account(right), at('11-20')), id)).applicant.name).toBe('Nguyễn Đăng Diễu')
    await expect(getMyDossier(as(account(wrong), at('11-20')), id)).rejects.toThrow(NotFound)
    // A number that nobody on record has: the dossier of somebody who is not on record yet.
    const another = await inHand(wrong)
    must(await correctEntries(as(ward.receiver, at('11-20')), CorrectEntries.parse({ ...(await on(ctx(), another)), reason: 'Ghi nhầm người', ...ENTRIES, personalNumber: '046190000099' })))
    await expect(getMyDossier(as(account(wrong), at('11-20')), another)).rejects.toThrow(NotFound)
    const { rows } = await sql<{ data: string }>`select data::text from log.event where stream = ${id} and type = 'dossier.entries-corrected'`.execute(ctx().db)
    expect(rows[0]?.data).not.toMatch(/Diễu|Diều|04619000000|0905000009|Lê Lợi|Ghi nhầm/)
  })
})

describe('after the end', () => {
  it('a replaced result says so to whoever scans its code, and waits at the desk; statistics keep the first finish', async () => {
    const id = await inHand()
    await sendAlong(ctx({ now: at('11-25') }), ward, id, ['forward', 'forward-review', 'approve', 'issue', 'return'])
    must(await correctResult(as(ward.signer, at('11-30')), { ...(await on(ctx(), id)), reason: 'Sai tên', kind: 'granted', title: 'Giấy phép thả diều', issuedOn: plainDate('2026-11-30') }))
    expect(await rowOf(id)).toMatchObject({ status: 'finished', hand_over: 'ready', finished_at: at('11-25'), ended_at: at('11-25'), reopened_at: at('11-30') })
    const { rows } = await sql<{ n: number; replaces: number | null; replaced_by: number | null }>`select n, replaces, replaced_by from dossier.result where dossier_id = ${id} order by n`.execute(ctx().db)
    expect(rows).toEqual([{ n: 1, replaces: null, replaced_by: 2 }, { n: 2, replaces: 1, replaced_by: null }])
    const { code } = await getDossierView(as(ward.signer, at('11-30')), id)
    const { rows: secrets } = await sql<{ secret: string }>`select secret from dossier.dossier where id = ${id}`.execute(ctx().db)
    const found = await lookUpDossier(ctx({ actor: { kind: 'anonymous' }, now: at('11-30') }), { code: code ?? '', secret: secrets[0]?.secret ?? '', address: '192.0.2.8' })
    expect(found.ok ? found.value.result : null).toMatchObject({ issuedOn: '2026-11-30', replaces: '2026-11-25' })
    const slip = flat(await pdfText(await renderControlSlips([await getControlSlip(as(ward.caseOfficer, at('11-30')), id)], URL)))
    expect(slip).toContain('Nguyễn Đăng Diều')
    expect(slip).toContain('Thay kết quả: Sai tên')
  })

  // Ten working days from Friday 20 November end on Monday 7 December.
  it('a procedure put right while it is open again: row, look-up, newest receipt and register show one date, and count the first finish by it; the citizen waits to the last', async () => {
    const id = await inHand()
    const steps = ['forward', 'forward-review', 'approve', 'issue', 'return'] as const
    await sendAlong(ctx({ now: at('11-30') }), ward, id, steps)
    expect(await rowOf(id)).toMatchObject({ due_at: at('11-26', '17:30'), ended_at: at('11-30'), last_ended_at: null })
    must(await reopenDossier(as(ward.signer, at('12-01')), { ...(await on(ctx(), id)), reason: 'Khiếu nại đúng', to: 'HANDLE' }))
    must(await glider(id, at('12-02'), ward.signer))
    await sendAlong(ctx({ now: at('12-03') }), ward, id, steps)
    const now = at('12-04', '10:00')
    const row = await rowOf(id)
    expect(row).toMatchObject({ finished_at: at('11-30'), ended_at: at('11-30'), last_ended_at: at('12-03') })
    const { code, dueAt, punctuality, journey } = await getDossierView(as(ward.signer, now), id)
    const receipt = await getReceipt(as(ward.receiver, now), id)
    const found = await lookUpDossier(ctx({ actor: { kind: 'anonymous' }, now }), { code: code ?? '', secret: row['secret'] as string, address: '192.0.2.9' })
    const [line] = must(await getRegister(as(ward.signer, now), { text: code ?? '' })).rows
    expect([row['due_at'], dueAt, receipt.dueAt, found.ok ? found.value.dueAt : null, line?.dueAt]).toEqual(Array(5).fill(at('12-07', '17:30')))
    expect([punctuality, found.ok ? found.value.punctuality : null]).toEqual(['early', 'early'])
    expect([journey.time.until, journey.time.over]).toEqual([at('12-03'), true])
    const { rows } = await sql<{ kind: string; to_at: Instant }>`select kind, to_at from dossier.due_change where dossier_id = ${id} order by n`.execute(ctx().db)
    expect([rows.map((r) => r.kind), rows.at(-1)?.to_at]).toEqual([['reopening', 'correction'], dueAt])
  })

  it('a stopped end leaves its row when the dossier is opened again, and its first finish stays', async () => {
    const id = await everyCorrection(ctx(), ward)
    const row = await rowOf(id)
    expect(row).toMatchObject({ status: 'processing', open: true, finished_at: null, step: 'HANDLE' })
    expect(row['ended_at'], 'kept for the statistics').not.toBeNull()
    await expect(on(ctx(), id).then((input) => reopenDossier(ctx({ actor: ward.leader }), { ...input, reason: 'x', to: 'HANDLE' }))).rejects.toThrow(Forbidden)
  })
})
