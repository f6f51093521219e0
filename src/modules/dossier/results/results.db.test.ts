import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, type PlainDate, addDays, dateOf, instant, plainDate } from '#kernel/plain-date.ts'
import { openFile, storeUpload } from '#modules/documents'
import { approveDossier, correctResult, draftResult, getDossierView, getDraftPaper, issueResult, mayReadDossier, openDossierFile, proposeDrafts } from '#modules/dossier'
import { leavePost } from '#modules/organisation'
import { type FileStore } from '#platform/files/file-store.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { closePdf } from '#platform/pdf/render-pdf.ts'
import { NOW, SYSTEM, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, must, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { flat, missingGlyphs, pdfCodes, pdfText, withPdfTools } from '#test/pdf.ts'

const db = await testDb()
const folder = await mkdtemp(join(tmpdir(), 'motcua-result-'))
const store = diskStore(folder)
useFileStore(store)
afterAll(async () => {
  await closePdf()
  await rm(folder, { recursive: true, force: true })
})

const SITE = 'https://motcua.hue.gov.vn'
const TODAY = dateOf(NOW)
let ward: Ward
beforeAll(async () => {
  await kiteProcedure(db.ctx())
  ward = await newWard(db.ctx(), 'H57.12', 'phường Thuận Hóa')
})

const versionOf = async (id: Uuid, at: Ward = ward) => (await getDossierView(db.ctx({ actor: at.signer }), id)).version
const on = async (dossierId: Uuid, at: Ward = ward) => ({ submissionKey: key(NOW), dossierId, version: await versionOf(dossierId, at) })
const FIELDS = { to: 'Đặng Thị Dũng Khuyên', content: 'Ông/Bà được thả diều tại Thừa Thiên Huế cũ.\nKhông thả dưới đường dây điện.' }
const draft = async (id: Uuid, at: Ward = ward, change: object = {}) =>
  draftResult(db.ctx({ actor: at.caseOfficer }), { ...(await on(id, at)), kind: 'granted', title: 'Thông báo về việc thả diều', template: 'thong-bao', fields: FIELDS, ...change })
/** At the clerk's, drafted by a template and signed. */
const signed = async (at: Ward = ward, now: Instant = NOW): Promise<Uuid> => {
  const { id } = await receivedDossier(db.ctx({ now }), at)
  await sendAlong(db.ctx({ now }), at, id, ['forward-desk', 'assign'])
  must(await draft(id, at))
  await sendAlong(db.ctx({ now }), at, id, ['forward', 'forward-review', 'approve'])
  return id
}
const issue = async (id: Uuid, at: Ward = ward, now: Instant = NOW, issuedOn: PlainDate = dateOf(now)) =>
  issueResult(db.ctx({ actor: at.clerk, now }), { ...(await on(id, at)), issuedOn }, SITE)
const numberOf = async (id: Uuid, at: Ward = ward) => (await getDossierView(db.ctx({ actor: at.clerk }), id)).results[0]?.number

describe('drafting', () => {
  it('proposes the refusal to resolve and the general papers for every procedure, filled from the dossier', async () => {
    const { id } = await receivedDossier(db.ctx(), ward)
    const proposals = await proposeDrafts(db.ctx({ actor: ward.receiver }), id)
    expect(proposals.map((p) => p.template.slug)).toEqual(['thong-bao', 'quyet-dinh', 'tu-choi-giai-quyet'])
    expect(proposals[0]?.fields['to']).toBe('Nguyễn Đăng Diều')
    expect(proposals[1]?.fields['about']).toBe('Cấp giấy phép thả diều')
  })

  it('is refused to who has not got the dossier: another officer, the desk, another ward, a post that was left', async () => {
    const { id } = await receivedDossier(db.ctx(), ward)
    await sendAlong(db.ctx(), ward, id, ['forward-desk', 'assign'])
    const input = { ...(await on(id)), kind: 'granted' as const, title: 'Giấy', template: 'thong-bao', fields: FIELDS }
    const second = await newOfficer(db.ctx(), ward.division, 'case-officer', 'Nguyễn Thị Khác')
    const refused = await draftResult(db.ctx({ actor: second }), input)
    expect(refused.ok ? '' : refused.error.code).toBe('held-by-other')
    const elsewhere = await newWard(db.ctx())
    await expect(draftResult(db.ctx({ actor: elsewhere.caseOfficer }), input)).rejects.toThrow(Forbidden)
    await expect(draftResult(db.ctx({ actor: ward.receiver }), input)).rejects.toThrow(Forbidden)
    await expect(draftResult(db.ctx({ actor: { ...ward.caseOfficer, posts: [] } }), input)).rejects.toThrow(Forbidden)
  })

  it('is refused with the labels of what is missing, for a template of another procedure, and with nothing in it', async () => {
    const { id } = await receivedDossier(db.ctx(), ward)
    await sendAlong(db.ctx(), ward, id, ['forward-desk', 'assign'])
    const codeOf = async (change: object) => {
      const answer = await draft(id, ward, change)
      return answer.ok ? 'drafted' : answer.error
    }
    expect(await codeOf({ fields: { to: 'Đặng Dũng', content: ' ' } })).toEqual({ code: 'fields-missing', labels: ['Nội dung'] })
    expect(await codeOf({ template: 'giay-khai-sinh' })).toEqual({ code: 'template-unknown', template: 'giay-khai-sinh' })
    expect(await codeOf({ template: 'tu-choi-giai-quyet' })).toEqual({ code: 'other-kind', template: 'tu-choi-giai-quyet' })
    expect(await codeOf({ template: undefined })).toEqual({ code: 'draft-empty' })
  })

  it('shows the signer the draft, without a number; after a new draft the page that was shown is stale', () =>
    withPdfTools(async () => {
      const { id } = await receivedDossier(db.ctx(), ward)
      await sendAlong(db.ctx(), ward, id, ['forward-desk', 'assign'])
      must(await draft(id))
      await sendAlong(db.ctx(), ward, id, ['forward', 'forward-review'])
      const shown = await on(id)
      const paper = await getDraftPaper(db.ctx({ actor: ward.signer }), id, SITE)
      const words = paper.kind === 'pdf' ? flat(await pdfText(paper.pdf)) : ''
      expect(words).toContain('DỰ THẢO')
      expect(words).toContain('Kính gửi: Đặng Thị Dũng Khuyên')
      must(await draftResult(db.ctx({ actor: ward.signer }), { ...(await on(id)), kind: 'granted', title: 'Thông báo', template: 'thong-bao', fields: { ...FIELDS, content: 'Chỉ thả ban ngày.' } }))
      await expect(approveDossier(db.ctx({ actor: ward.signer }), shown)).rejects.toThrow(Stale)
    }))
})

describe('numbering and issuing', () => {
  it('NĐ 30/2020: the drawn paper bears number, day, authority and signer; it is the file of the result, and the QR leads to the look-up', () =>
    withPdfTools(async () => {
      const own = await newWard(db.ctx(), undefined, 'phường Phú Xuân')
      const id = await signed(own)
      must(await issue(id, own))
      const view = await getDossierView(db.ctx({ actor: own.clerk }), id)
      const [result] = view.results
      expect(result).toMatchObject({ number: '01/TB-UBND', issuedOn: TODAY, title: 'Thông báo về việc thả diều', template: { slug: 'thong-bao' }, fields: FIELDS })
      const file = await openFile(db.ctx({ actor: own.clerk }), { owner: id, id: result!.file!.fileId }, mayReadDossier)
      const pdf = await buffer(file.content)
      const words = flat(await pdfText(pdf))
      for (const expected of ['ỦY BAN NHÂN DÂN PHƯỜNG PHÚ XUÂN', 'Số: 01/TB-UBND', 'Ngày 20 tháng 11 năm 2026', 'TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH', 'Phạm Văn Trời', 'Thừa Thiên Huế cũ', 'Lưu: VT, hồ sơ.']) expect(words).toContain(expected)
      expect(words).not.toContain('DỰ THẢO')
      expect(missingGlyphs(pdf)).toBe(0)
      expect(await pdfCodes(pdf, 1)).toEqual([{ kind: 'QR-Code', text: `${SITE}/tra-cuu?ma=${view.code}` }])
    }))

  it('twelve results at two clerks at once: consecutive numbers, no gap', async () => {
    const own = await newWard(db.ctx())
    const other = await newOfficer(db.ctx(), own.agency, 'clerk', 'Lê Thị Hai')
    const ids = []
    for (let i = 0; i < 12; i += 1) ids.push(await signed(own))
    await Promise.all(ids.map((id, i) => issue(id, i % 2 === 0 ? own : { ...own, clerk: other }).then(must)))
    const numbers = await Promise.all(ids.map((id) => numberOf(id, own)))
    expect(numbers.toSorted()).toEqual(Array.from({ length: 12 }, (_, i) => `${String(i + 1).padStart(2, '0')}/TB-UBND`))
  })

  it('the store fails after the number was given: sent again, the same form goes on with the same number', async () => {
    const own = await newWard(db.ctx())
    const id = await signed(own)
    const input = { ...(await on(id, own)), issuedOn: TODAY }
    const clerk = db.ctx({ actor: own.clerk })
    const broken: FileStore = { ...store, put: () => Promise.reject(new Error('the power went out')) }
    useFileStore(broken)
    await expect(issueResult(clerk, input, SITE)).rejects.toThrow('the power went out')
    useFileStore(store)
    const between = await getDossierView(clerk, id)
    expect(between.numbered?.number).toBe('01/TB-UBND')
    expect(between.results).toEqual([])
    const first = must(await issueResult(clerk, input, SITE))
    expect(must(await issueResult(clerk, input, SITE))).toEqual(first)
    expect(await numberOf(id, own)).toBe('01/TB-UBND')
    const next = await signed(own)
    must(await issue(next, own))
    expect(await numberOf(next, own)).toBe('02/TB-UBND')
  })

  it('the same form twice at the same moment: one result, one number', async () => {
    const own = await newWard(db.ctx())
    const id = await signed(own)
    const input = { ...(await on(id, own)), issuedOn: TODAY }
    const answers = await Promise.all([1, 2].map(() => issueResult(db.ctx({ actor: own.clerk }), input, SITE)))
    expect(answers.map((a) => a.ok)).toEqual([true, true])
    expect((await getDossierView(db.ctx({ actor: own.clerk }), id)).results).toHaveLength(1)
    const next = await signed(own)
    must(await issue(next, own))
    expect(await numberOf(next, own)).toBe('02/TB-UBND')
  })

  it('processes.md §9: a number typed by the clerk is kept as typed, and the series does not give it again', async () => {
    const own = await newWard(db.ctx())
    const [first, second, third] = [await signed(own), await signed(own), await signed(own)]
    must(await issueResult(db.ctx({ actor: own.clerk }), { ...(await on(first, own)), number: '2/TB-UBND', issuedOn: TODAY }, SITE))
    must(await issue(second, own))
    must(await issue(third, own))
    expect([await numberOf(first, own), await numberOf(second, own), await numberOf(third, own)]).toEqual(['2/TB-UBND', '01/TB-UBND', '03/TB-UBND'])
  })

  it('processes.md §9: the series begins again at 01 on 1 January', async () => {
    const own = await newWard(db.ctx())
    const newYear = instant(Date.UTC(2026, 11, 31, 17, 0, 1))
    const [old, fresh] = [await signed(own), await signed(own)]
    must(await issue(old, own, instant(newYear - 2000)))
    must(await issue(fresh, own, newYear))
    expect(await numberOf(old, own)).toBe('01/TB-UBND')
    expect(await numberOf(fresh, own)).toBe('01/TB-UBND')
    expect((await getDossierView(db.ctx({ actor: own.clerk }), fresh)).results[0]?.issuedOn).toBe('2027-01-01')
  })

  it('a day in the future is refused, and no number is spent on it', async () => {
    const own = await newWard(db.ctx())
    const id = await signed(own)
    const refused = await issue(id, own, NOW, addDays(TODAY, 1))
    expect(refused.ok ? '' : refused.error.code).toBe('issued-in-future')
    must(await issue(id, own))
    expect(await numberOf(id, own)).toBe('01/TB-UBND')
  })

  it('a result written elsewhere: the file of the draft is issued; a scan of the signed paper goes before it', async () => {
    const own = await newWard(db.ctx())
    const { id } = await receivedDossier(db.ctx(), own)
    await sendAlong(db.ctx(), own, id, ['forward-desk', 'assign'])
    const upload = must(await storeUpload(db.ctx({ actor: own.caseOfficer }), { name: 'Dự thảo.pdf', content: Readable.from([Buffer.from('%PDF-1.7\nDự thảo\n%%EOF\n')]) }))
    must(await draft(id, own, { template: undefined, uploadId: upload.id }))
    await sendAlong(db.ctx(), own, id, ['forward', 'forward-review', 'approve'])
    must(await issue(id, own))
    const [result] = (await getDossierView(db.ctx({ actor: own.clerk }), id)).results
    expect(result).toMatchObject({ number: '01/QĐ-UBND', template: null })
    expect(result?.file?.fileId).toBe(upload.id)
  })

  it('nobody without the clerk’s post issues, nor who has left it', async () => {
    const own = await newWard(db.ctx())
    const id = await signed(own)
    const input = { ...(await on(id, own)), issuedOn: TODAY }
    await expect(issueResult(db.ctx({ actor: own.signer }), input)).rejects.toThrow(Forbidden)
    must(await leavePost(db.ctx({ actor: SYSTEM }), { submissionKey: key(NOW), postId: own.clerk.posts[0]!.postId, personId: own.clerk.personId, on: plainDate('2026-11-19') }))
    await expect(issueResult(db.ctx({ actor: { ...own.clerk, posts: [] } }), input)).rejects.toThrow(Forbidden)
    expect((await getDossierView(db.ctx({ actor: own.signer }), id)).numbered).toBe(null)
  })
})

describe('a result that replaces another, drawn anew by its template', () => {
  const replaced = async (id: Uuid, at: Ward, change: object = {}) =>
    correctResult(db.ctx({ actor: at.signer }), { ...(await on(id, at)), reason: 'Sai tên', kind: 'granted', title: 'Thông báo về việc thả diều', issuedOn: TODAY, fields: { ...FIELDS, to: 'Đặng Thị Dũng Khuyến' }, ...change }, SITE)

  it('bears the next number and what is right now, signed by whoever replaces it; the old file stays byte for byte', () =>
    withPdfTools(async () => {
      const own = await newWard(db.ctx(), undefined, 'phường Phú Hội')
      const id = await signed(own)
      must(await issue(id, own))
      const pdfOf = async (n: number) => {
        const { results } = await getDossierView(db.ctx({ actor: own.clerk }), id)
        return buffer((await openFile(db.ctx({ actor: own.clerk }), { owner: id, id: results[n - 1]!.file!.fileId }, mayReadDossier)).content)
      }
      const old = await pdfOf(1)
      must(await replaced(id, own))
      const [first, second] = (await getDossierView(db.ctx({ actor: own.clerk }), id)).results
      expect([first?.replacedBy, second?.replaces]).toEqual([2, 1])
      expect(second).toMatchObject({ number: '02/TB-UBND', template: { slug: 'thong-bao' }, fields: { to: 'Đặng Thị Dũng Khuyến' }, approvedBy: { personId: own.signer.personId } })
      const words = flat(await pdfText(await pdfOf(2)))
      for (const expected of ['Số: 02/TB-UBND', 'Kính gửi: Đặng Thị Dũng Khuyến', 'Phạm Văn Trời']) expect(words).toContain(expected)
      expect((await pdfOf(1)).equals(old)).toBe(true)
      const savedAs = async (n: number) => (await openDossierFile(db.ctx({ actor: own.clerk }), { owner: id, id: (n === 1 ? first : second)!.file!.fileId }, mayReadDossier)).name
      expect([await savedAs(1), await savedAs(2)]).toEqual(['Đã được thay - Thông báo về việc thả diều.pdf', 'Thông báo về việc thả diều.pdf'])
    }))

  it('many at once lose no number and share none: what was drawn with a number that somebody else took is drawn again', async () => {
    const own = await newWard(db.ctx())
    const ids = [await signed(own), await signed(own), await signed(own)]
    for (const id of ids) must(await issue(id, own))
    await Promise.all(ids.map((id) => replaced(id, own).then(must)))
    const numbers = await Promise.all(ids.map(async (id) => (await getDossierView(db.ctx({ actor: own.clerk }), id)).results[1]?.number))
    expect(numbers.sort()).toEqual(['04/TB-UBND', '05/TB-UBND', '06/TB-UBND'])
  })

  it('is refused with what is missing, for the other outcome, and where none was drawn here; nobody but the head', async () => {
    const own = await newWard(db.ctx())
    const id = await signed(own)
    must(await issue(id, own))
    expect(await replaced(id, own, { fields: { to: 'Đặng Dũng' } })).toMatchObject({ ok: false, error: { code: 'fields-missing', labels: ['Nội dung'] } })
    expect(await replaced(id, own, { kind: 'declined' })).toMatchObject({ ok: false, error: { code: 'other-kind' } })
    await expect(replaced(id, { ...own, signer: own.clerk })).rejects.toThrow(Forbidden)
    const { id: plain } = await receivedDossier(db.ctx(), own)
    await sendAlong(db.ctx(), own, plain, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    expect(await replaced(plain, own)).toMatchObject({ ok: false, error: { code: 'template-unknown' } })
  })
})
