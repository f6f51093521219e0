/** Printed from the pages: by whom, for whom, and that what is printed is what the record says. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { instant, plainDate } from '#kernel/plain-date.ts'
import type { ProcedureRevision } from '#modules/catalogue'
import { acceptSubmission, collectResult, draftResult, getDossierView, getMyDossier, giveGuidance, issueResult, refuseSubmission, requestCompletion, stopDossier, submitDossier } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { closePdf } from '#platform/pdf/render-pdf.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { flat, missingGlyphs, pdfPages, pdfText, withPdfTools } from '#test/pdf.ts'
import { dateCell, readSpreadsheet } from '#test/spreadsheet.ts'
import type { View } from '../http.ts'
import { paperRoutes } from './routes.ts'

const db = await testDb()
const folder = await mkdtemp(join(tmpdir(), 'motcua-papers-'))
useFileStore(diskStore(folder))
afterAll(async () => {
  await closePdf()
  await rm(folder, { recursive: true, force: true })
})

const view: View = { lang: 'vi', path: '/', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }
const ask = (actor: Actor, path: string) => {
  const app = new Hono()
  for (const route of paperRoutes) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: db.ctx({ actor }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] }))
  app.onError((error, c) => c.text(error.message, error instanceof Forbidden ? 403 : error instanceof NotFound ? 404 : 500))
  return app.request(`http://mot-cua.test${path}`)
}
const pdfOf = async (actor: Actor, path: string): Promise<Buffer> => {
  const answer = await ask(actor, path)
  expect(answer.status, path).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  return Buffer.from(await answer.arrayBuffer())
}
const wordsOf = async (actor: Actor, path: string): Promise<string> => {
  const pdf = await pdfOf(actor, path)
  expect(missingGlyphs(pdf)).toBe(0)
  return flat(await pdfText(pdf))
}
const STATUS = { own: 200, officer: 200, otherWard: 403, stranger: 404 } as const

let ward: Ward
let other: Ward
let kite: ProcedureRevision
let applicant: Actor
let stranger: Actor
beforeAll(async () => {
  kite = await kiteProcedure(db.ctx())
  ward = await newWard(db.ctx(), 'H57.12', 'phường Thuận Hóa')
  other = await newWard(db.ctx(), 'H57.13', 'phường Phú Xuân')
  const account = async (name: string): Promise<Actor> => ({ kind: 'person', userId: key(NOW), personId: await newCitizen(db.ctx(), { name, address: '5 Nguyễn Huệ, Thừa Thiên Huế cũ' }), posts: [] })
  applicant = await account('Đặng Thị Dũng Khuyên')
  stranger = await account('Hồ Thị Sáo')
})

const submit = async (delivery: 'counter' | 'online' = 'counter'): Promise<Uuid> =>
  must(await submitDossier(db.ctx({ actor: applicant }), { submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [{ n: 1, uploadIds: [] }], otherUploadIds: [], delivery })).id
const on = async (dossierId: Uuid) => ({ submissionKey: key(NOW), dossierId, version: (await getDossierView(db.ctx({ actor: ward.receiver }), dossierId)).version })

/** Desk and applicant may; another ward, and somebody else's account, may not. */
const onlyTheirs = async (id: Uuid, paper: string): Promise<void> => {
  expect((await ask(applicant, `/tai-khoan/ho-so/${id}/${paper}`)).status).toBe(STATUS.own)
  expect((await ask(ward.receiver, `/mot-cua/ho-so/${id}/${paper}`)).status).toBe(STATUS.officer)
  expect((await ask(other.receiver, `/mot-cua/ho-so/${id}/${paper}`)).status).toBe(STATUS.otherWard)
  expect((await ask(stranger, `/tai-khoan/ho-so/${id}/${paper}`)).status).toBe(STATUS.stranger)
  expect((await ask(applicant, `/mot-cua/ho-so/${id}/${paper}`)).status).toBe(403)
}

describe('what the desk answered on line', () => {
  it('the request to complete is printed for desk and applicant, word for word', () =>
    withPdfTools(async () => {
      const id = await submit()
      expect((await ask(ward.receiver, `/mot-cua/ho-so/${id}/phieu-bo-sung.pdf`)).status).toBe(404)
      must(await requestCompletion(db.ctx({ actor: ward.receiver }), { ...(await on(id)), items: ['Ảnh con diều chụp từ dưới đất', 'Đơn có chữ ký'], reason: 'Ảnh bị mờ' }))
      const words = await wordsOf(applicant, `/tai-khoan/ho-so/${id}/phieu-bo-sung.pdf`)
      for (const expected of ['Đặng Thị Dũng Khuyên', 'Ảnh con diều chụp từ dưới đất', 'Đơn có chữ ký', 'Lý do: Ảnh bị mờ', 'Hoàng Thị Sáo', '5 Nguyễn Huệ, Thừa Thiên Huế cũ']) expect(words).toContain(expected)
      await onlyTheirs(id, 'phieu-bo-sung.pdf')
    }))

  it('the refusal likewise; there is no receipt of what was refused', () =>
    withPdfTools(async () => {
      const id = await submit()
      must(await refuseSubmission(db.ctx({ actor: ward.receiver }), { ...(await on(id)), ground: 'not-eligible', reason: 'Dưới đường dây điện không được thả diều', legalBasis: 'Điều 3 Nghị định 1/2020/NĐ-DIỀU' }))
      const words = await wordsOf(applicant, `/tai-khoan/ho-so/${id}/phieu-tu-choi.pdf`)
      for (const expected of ['Không đủ điều kiện theo quy định.', 'Dưới đường dây điện', 'Điều 3 Nghị định 1/2020/NĐ-DIỀU']) expect(words).toContain(expected)
      await onlyTheirs(id, 'phieu-tu-choi.pdf')
      expect((await ask(applicant, `/tai-khoan/ho-so/${id}/giay-tiep-nhan.pdf`)).status).toBe(404)
    }))

  it('guidance at the counter, before there is a dossier, is printed by the desk that gave it', () =>
    withPdfTools(async () => {
      const { id } = await giveGuidance(db.ctx({ actor: ward.receiver }), { submissionKey: key(NOW), deskId: ward.desk.id, kind: 'refusal', procedureCode: null, person: { name: 'Đặng Dũng' }, items: [], reason: 'Việc này do Công an phường giải quyết' })
      expect(await wordsOf(ward.receiver, `/mot-cua/huong-dan/${id}.pdf`)).toContain('Việc này do Công an phường giải quyết')
      expect((await ask(other.receiver, `/mot-cua/huong-dan/${id}.pdf`)).status).toBe(403)
      expect((await ask(applicant, `/mot-cua/huong-dan/${id}.pdf`)).status).toBe(403)
    }))
})

describe('a dossier on its way', () => {
  it('accepted from on line, its receipt is there for the applicant, and the secret in it', () =>
    withPdfTools(async () => {
      const id = await submit()
      must(await acceptSubmission(db.ctx({ actor: ward.receiver }), await on(id)))
      const { secret } = await getMyDossier(db.ctx({ actor: applicant }), id)
      const words = await wordsOf(applicant, `/tai-khoan/ho-so/${id}/giay-tiep-nhan.pdf`)
      for (const expected of [secret, 'Lệ phí: 20.000', 'Đơn đề nghị thả diều', 'Hoàng Thị Sáo']) expect(words).toContain(expected)
      expect((await ask(stranger, `/tai-khoan/ho-so/${id}/giay-tiep-nhan.pdf`)).status).toBe(404)
    }))

  it('the control slip has every passing, the result is the applicant’s own, the draft is not', () =>
    withPdfTools(async () => {
      const id = await submit()
      must(await acceptSubmission(db.ctx({ actor: ward.receiver }), await on(id)))
      await sendAlong(db.ctx(), ward, id, ['forward-desk', 'assign'])
      must(await draftResult(db.ctx({ actor: ward.caseOfficer }), { ...(await on(id)), kind: 'granted', title: 'Thông báo', template: 'thong-bao', fields: { to: 'Đặng Thị Dũng Khuyên', content: 'Được thả diều.' } }))
      expect(await wordsOf(ward.signer, `/xu-ly/ho-so/${id}/du-thao.pdf`)).toContain('DỰ THẢO')
      await sendAlong(db.ctx(), ward, id, ['forward', 'forward-review', 'approve'])
      must(await issueResult(db.ctx({ actor: ward.clerk }), { ...(await on(id)), issuedOn: plainDate('2026-11-20') }, 'http://mot-cua.test'))
      const slip = await wordsOf(ward.leader, `/xu-ly/ho-so/${id}/phieu-kiem-soat.pdf`)
      for (const expected of ['1. Giao: Đặng Thị Dũng Khuyên', 'Trần Văn Gió', 'Phân công', 'Đã ký duyệt', 'Đã cấp số, phát hành', 'Trước hạn', 'Có kết quả lúc 08 giờ 00 phút']) expect(slip).toContain(expected)
      expect(await wordsOf(applicant, `/tai-khoan/ho-so/${id}/ket-qua/1`)).toContain('Được thả diều.')
      expect((await ask(applicant, `/tai-khoan/ho-so/${id}/ket-qua/2`)).status).toBe(404)
      expect((await ask(stranger, `/tai-khoan/ho-so/${id}/ket-qua/1`)).status).toBe(404)
      for (const paper of ['du-thao.pdf', 'phieu-kiem-soat.pdf']) {
        expect((await ask(applicant, `/xu-ly/ho-so/${id}/${paper}`)).status).toBe(403)
        expect((await ask(other.signer, `/xu-ly/ho-so/${id}/${paper}`)).status).toBe(403)
      }
    }))

  it('a result delivered on line is handed over by taking it out: account and moment are the evidence, once, and only then the file is given', async () => {
    const id = await submit('online')
    must(await acceptSubmission(db.ctx({ actor: ward.receiver }), await on(id)))
    await sendAlong(db.ctx(), ward, id, ['forward-desk', 'assign'])
    must(await draftResult(db.ctx({ actor: ward.caseOfficer }), { ...(await on(id)), kind: 'granted', title: 'Thông báo', template: 'thong-bao', fields: { to: 'Đặng Thị Dũng Khuyên', content: 'Được thả diều.' } }))
    await sendAlong(db.ctx(), ward, id, ['forward', 'forward-review', 'approve'])
    must(await issueResult(db.ctx({ actor: ward.clerk }), { ...(await on(id)), issuedOn: plainDate('2026-11-20') }, 'http://mot-cua.test'))
    const early = await ask(applicant, `/tai-khoan/ho-so/${id}/ket-qua/1`)
    expect([early.status, early.headers.get('location')]).toEqual([303, `/tai-khoan/ho-so/${id}#ket-qua`])
    const input = await on(id)
    await expect(collectResult(db.ctx({ actor: stranger }), input)).rejects.toThrow(Forbidden)
    await expect(collectResult(db.ctx({ actor: ward.receiver }), input)).rejects.toThrow(Forbidden)
    const both = await Promise.all([1, 2].map(() => collectResult(db.ctx({ actor: applicant }), input)))
    expect(both[0]).toMatchObject({ ok: true, value: { status: 'returned' } })
    expect(both[1]).toEqual(both[0])
    const { handOver } = await getMyDossier(db.ctx({ actor: applicant }), id)
    const { userId, personId } = applicant as Extract<Actor, { kind: 'person' }>
    expect(handOver).toEqual({ at: NOW, by: { personId, postId: null }, recipient: { kind: 'electronic', name: 'Đặng Thị Dũng Khuyên', idNumber: null, signature: `Tự nhận bản điện tử bằng tài khoản ${userId}` } })
    expect((await ask(applicant, `/tai-khoan/ho-so/${id}/ket-qua/1`)).status).toBe(200)
    expect((await ask(stranger, `/tai-khoan/ho-so/${id}/ket-qua/1`)).status).toBe(404)
  })

  it('the notice that it was stopped: ground, basis, who signed; for its applicant, who has it from the day of the act', () =>
    withPdfTools(async () => {
      const id = await submit()
      must(await acceptSubmission(db.ctx({ actor: ward.receiver }), await on(id)))
      await sendAlong(db.ctx(), ward, id, ['forward-desk', 'assign'])
      expect((await ask(applicant, `/tai-khoan/ho-so/${id}/thong-bao-dung.pdf`)).status).toBe(404)
      must(await stopDossier(db.ctx({ actor: ward.signer }), { ...(await on(id)), ground: 'dispute', reason: 'Bãi thả diều đang có tranh chấp.', legalBasis: 'Điều 5 Nghị định 1/2020/NĐ-DIỀU' }))
      const words = await wordsOf(applicant, `/tai-khoan/ho-so/${id}/thong-bao-dung.pdf`)
      for (const expected of ['THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ', 'Đặng Thị Dũng Khuyên', 'Bãi thả diều đang có tranh chấp.', 'Điều 5 Nghị định 1/2020/NĐ-DIỀU', 'Phạm Văn Trời']) expect(words).toContain(expected)
      expect(await wordsOf(ward.signer, `/xu-ly/ho-so/${id}/thong-bao-dung.pdf`)).toBe(words)
      expect((await ask(other.signer, `/xu-ly/ho-so/${id}/thong-bao-dung.pdf`)).status).toBe(403)
      expect((await ask(stranger, `/tai-khoan/ho-so/${id}/thong-bao-dung.pdf`)).status).toBe(404)
    }))

  it('several in one file; one that is not theirs refuses them all', () =>
    withPdfTools(async () => {
      const ids = [(await receivedDossier(db.ctx(), ward)).id, (await receivedDossier(db.ctx(), ward)).id]
      expect(await pdfPages(await pdfOf(ward.receiver, `/mot-cua/in-loat.pdf?ids=${ids.join(',')}`))).toBe(4)
      expect(await pdfPages(await pdfOf(ward.receiver, `/mot-cua/in-loat.pdf?ids=${ids[0]}&ids=${ids[1]}&loai=phieu-kiem-soat`))).toBe(2)
      const foreign = (await receivedDossier(db.ctx(), other)).id
      expect((await ask(ward.receiver, `/mot-cua/in-loat.pdf?ids=${ids[0]},${foreign}`)).status).toBe(403)
      expect((await ask(ward.receiver, '/mot-cua/in-loat.pdf')).status).toBe(404)
      expect((await ask(ward.receiver, `/mot-cua/in-loat.pdf?ids=${Array.from({ length: 51 }, () => key(NOW)).join(',')}`)).status).toBe(422)
    }))
})

describe('the register', () => {
  it('on paper and as a spreadsheet: the same lines, those of this desk only', () =>
    withPdfTools(async () => {
      const desk = await newWard(db.ctx(), 'H57.14', 'phường Kim Long')
      const codes: string[] = []
      for (let i = 0; i < 3; i += 1) codes.push((await receivedDossier(db.ctx({ now: instant(NOW + i) }), desk, { applicantId: await newCitizen(db.ctx(), { name: `Đặng Dũng ${i}` }) })).code)
      const words = await wordsOf(desk.receiver, '/so-theo-doi.pdf?tu=2026-11-01&den=2026-11-30')
      for (const code of codes) expect(words).toContain(code)
      expect(words).toContain('Từ ngày 01/11/2026 đến ngày 30/11/2026')
      expect(words).toContain('Cộng: 3 hồ sơ.')
      const answer = await ask(desk.receiver, '/so-theo-doi.xlsx')
      expect(answer.headers.get('content-disposition')).toContain('so-theo-doi-2026-11-20.xlsx')
      const sheet = readSpreadsheet(new Uint8Array(await answer.arrayBuffer()))
      expect(sheet.cell(1, 1)).toBe('SỔ THEO DÕI HỒ SƠ')
      expect([5, 6, 7].map((row) => [2, 5].map((column) => sheet.cell(row, column)))).toEqual(codes.map((code, i) => [code, `Đặng Dũng ${i}`]))
      expect(sheet.cell(5, 8)).toBeCloseTo(dateCell(Date.UTC(2026, 10, 20, 8, 0)), 8)
      expect(sheet.rowCount).toBe(7)
    }))

  it('a day without dossiers is an empty register, not an error; nobody without the right gets one', () =>
    withPdfTools(async () => {
      expect(await wordsOf(ward.receiver, '/so-theo-doi.pdf?tu=2026-01-01&den=2026-01-02')).toContain('Không có hồ sơ nào.')
      for (const path of ['/so-theo-doi.pdf', '/so-theo-doi.xlsx']) {
        expect((await ask(applicant, path)).status).toBe(403)
        expect((await ask(ward.receiver, `${path}?don-vi=${other.desk.id}`)).status).toBe(403)
      }
    }))
})
