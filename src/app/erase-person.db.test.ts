/** Decision 5: a person has what is kept about them erased, by the command that operations gives; the log stays whole. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { createAccount, signIn } from '#modules/access'
import { getCurrentRevision } from '#modules/catalogue'
import { storeUpload } from '#modules/documents'
import { CorrectEntries, SubmitDossier, correctEntries, dossierMessages, getDossierView, giveGuidance, refuseSubmission, reopenDossier, returnResult, startDraft, submitDossier } from '#modules/dossier'
import { getPerson } from '#modules/organisation'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { createPool } from '#platform/db/pool.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { verifyLog } from '#platform/log/verify.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, WHOLE_WAY, key, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { erasePerson } from './erase-person.ts'
import { INTEGRITY_CHECKS } from './integrity-checks.ts'

const { ctx, owner, url } = await testDb()
const privacy = createPool(url, { role: 'privacy', max: 1 })
let ward: Ward
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-erase-'))
  useFileStore(diskStore(folder))
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})
afterAll(async () => {
  await privacy.end()
  await rm(folder, { recursive: true, force: true })
})

const citizen = (personId: Uuid) => ({ kind: 'person' as const, userId: key(NOW), personId, posts: [] })
const on = async (dossierId: Uuid) => ({ submissionKey: key(NOW), dossierId, version: (await getDossierView(ctx(), dossierId)).version })
const PASSWORD = 'Diều-bay-cao-2026'
const PDF = Buffer.from('%PDF-1.7\nĐơn xin thả diều\n%%EOF\n')
async function* bytes() {
  yield PDF
}
const erase = async (personId: Uuid, dryRun = false) => erasePerson(ctx(), privacy, { person: await getPerson(ctx(), personId), reason: 'request-of-the-person', dryRun })

/** Every text of every table, the log's own apart, in which the words occur. */
const tablesWith = async (words: RegExp): Promise<readonly string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    "select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('access', 'dossier', 'documents', 'organisation', 'log', 'notification', 'platform', 'transparency') order by 1",
  )
  const found: string[] = []
  for (const { name } of rows) {
    const all = await owner.query<{ text: string | null }>(`select string_agg(t::text, ' ') as text from ${name} t`)
    if (words.test(all.rows[0]?.text ?? '')) found.push(name)
  }
  return found
}

describe('a person who asks to be forgotten', () => {
  it('is gone from the log and from every table: name, number, phone, username, names of files, whom the result went to; verify stays green', async () => {
    const personId = await newCitizen(ctx(), { name: 'Công Tằng Tôn Nữ Khuyên', phone: '0905444777', personalNumber: '046190987654', address: '3 Kim Long' })
    const { userId } = must(await createAccount(ctx(), { submissionKey: key(NOW), personId, username: 'khuyen.cong.tang', password: PASSWORD, mustChangePassword: false }))
    const scan = must(await storeUpload(ctx({ actor: ward.receiver }), { name: 'đơn của bà Khuyên.pdf', content: bytes(), announced: PDF.length })).id
    const { id } = await receivedDossier(ctx(), ward, { applicantId: personId, otherUploadIds: [scan], remark: 'Gọi bà Khuyên trước' })
    await sendAlong(ctx(), ward, id, WHOLE_WAY)
    const words = /Khuyên|Khuyen|khuyen|0905444777|046190987654|Kim Long|Nguyễn Đăng Diều/
    expect(await tablesWith(words)).toEqual(expect.arrayContaining(['access."user"', 'documents.file_2026', 'dossier.dossier_2026', 'log.private_dossier_2026', 'log.private_other', 'organisation.person']))

    const counted = must(await erase(personId, true))
    expect(counted).toMatchObject({ dossiers: 1, accounts: 1 })
    expect(must(await erase(personId))).toEqual(counted)
    expect(await tablesWith(/Khuyên|Khuyen|khuyen|0905444777|046190987654|Kim Long/)).toEqual([])
    expect(await getPerson(ctx(), personId)).toMatchObject({ name: 'đã xóa', personalNumber: null })
    expect(await getDossierView(ctx(), id)).toMatchObject({ status: 'returned', applicant: { name: 'đã xóa' }, attachments: [{ name: 'đã xóa' }], results: [{ number: '12/GP-UBND', title: 'đã xóa' }] })
    expect(await signIn(ctx(), { username: 'khuyen.cong.tang', password: PASSWORD, address: '10.0.0.9', agent: '' })).toMatchObject({ ok: false })
    expect((await owner.query('select username from access.user where id = $1', [userId])).rows).toEqual([{ username: `da-xoa-${userId}` }])
    expect(await verifyLog(ctx().db, { integrityChecks: INTEGRITY_CHECKS })).toMatchObject({ ok: true, firstBad: null })
    // Given again after a kill, it finds nothing left.
    expect(must(await erase(personId)).values).toBe(0)
  })

  it('is told that dossiers are still open, and nothing is touched', async () => {
    const personId = await newCitizen(ctx(), { name: 'Trần Thị Còn Hồ Sơ' })
    await receivedDossier(ctx(), ward, { applicantId: personId })
    expect(await erase(personId)).toEqual({ ok: false, error: { code: 'dossiers-open', count: 1 } })
    expect((await getPerson(ctx(), personId)).name).toBe('Trần Thị Còn Hồ Sơ')
  })

  it('who holds a post is refused: the name stands under what was signed', async () => {
    expect(await erase(ward.signer.personId)).toMatchObject({ ok: false, error: { code: 'holds-post' } })
  })

  it('of a dossier that was only brought for somebody else, loses the own part', async () => {
    const [applicantId, submitterId] = [await newCitizen(ctx(), { name: 'Lê Thị Đứng Tên' }), await newCitizen(ctx(), { name: 'Lê Văn Nộp Thay' })]
    const { id } = await receivedDossier(ctx(), ward, { applicantId, submitter: { personId: submitterId, relation: 'Con trai' } })
    await sendAlong(ctx(), ward, id, WHOLE_WAY)
    must(await erase(submitterId))
    expect(await getDossierView(ctx(), id)).toMatchObject({ applicant: { name: 'Lê Thị Đứng Tên' }, submitter: { name: 'đã xóa' } })
  })

  it('filed for by a stranger before they were on record, sent home by a counter, brought and fetched for others, begun and never sent: the number stands nowhere afterwards', async () => {
    const [number, phone] = ['046190765432', '0905765432']
    const kite = await getCurrentRevision(ctx(), '1.999001')
    const stranger = citizen(await newCitizen(ctx(), { name: 'Trần Văn Lạ' }))
    const filing = SubmitDossier.parse({
      submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter',
      form: { slug: 'chung', answers: { requester: { fullName: 'Hồ Thị Bay', personalId: number, phone, address: '7 Chi Lăng' }, request: { content: 'Xin thả diều', declaration: true } } },
      onBehalf: { applicant: { kind: 'individual', name: 'Hồ Thị Bay', personalNumber: number, phone, address: null }, capacity: 'guardian', authorisationUploadIds: [] },
    })
    const filed = must(await submitDossier(ctx({ actor: stranger }), filing))
    must(await refuseSubmission(ctx({ actor: ward.receiver }), { ...(await on(filed.id)), ground: 'other', reason: `Số ${number} không khớp` }))

    const personId = await newCitizen(ctx(), { name: 'Hồ Thị Bay', phone, personalNumber: number })
    const { userId } = must(await createAccount(ctx(), { submissionKey: key(NOW), personId, username: number, password: PASSWORD, mustChangePassword: false }))
    const account = { kind: 'person' as const, userId, personId, posts: [] }
    const self = ctx({ actor: account })
    must(await startDraft(self, { procedureCode: kite.code, revisionId: kite.id, agencyId: ward.agency.id, methodRow: 2, fields: { 'requester.personalId': [number] } }, undefined))
    must(await storeUpload(self, { name: `${number}.pdf`, content: bytes(), announced: PDF.length }))
    await giveGuidance(ctx({ actor: ward.receiver }), { submissionKey: key(NOW), deskId: ward.desk.id, kind: 'completion', procedureCode: kite.code, person: { name: 'hồ thị bay', phone: '+84905765432' }, items: [`Bản sao căn cước ${number}`], reason: 'Thiếu' })
    const brought = await receivedDossier(ctx(), ward, { submitter: { personId, relation: 'Mẹ' } })
    await sendAlong(ctx(), ward, brought.id, WHOLE_WAY.slice(0, -1))
    must(await returnResult(ctx({ actor: ward.receiver }), { ...(await on(brought.id)), recipient: { kind: 'authorised', name: 'Hồ Thị Bay', idNumber: number, signature: 'Đã ký sổ', authorisation: 'Giấy ủy quyền' } }))
    const fetched = await receivedDossier(ctx(), ward, { applicantId: await newCitizen(ctx(), { name: 'Đỗ Thị Ở Lại' }) })
    await sendAlong(ctx(), ward, fetched.id, WHOLE_WAY.slice(0, -1))
    must(await returnResult(ctx({ actor: ward.receiver }), { ...(await on(fetched.id)), recipient: { kind: 'authorised', name: 'Hồ Thị Bay', idNumber: number, signature: 'Đã ký sổ', authorisation: 'Giấy ủy quyền' } }))
    // They fetched a result; then it was opened again, and somebody else took the next one.
    const again = await receivedDossier(ctx(), ward, { applicantId: await newCitizen(ctx(), { name: 'Đỗ Thị Ở Lại' }) })
    await sendAlong(ctx(), ward, again.id, WHOLE_WAY.slice(0, -1))
    must(await returnResult(ctx({ actor: ward.receiver }), { ...(await on(again.id)), recipient: { kind: 'authorised', name: 'Hồ Thị Bay', idNumber: number, signature: 'Đã ký sổ', authorisation: 'Giấy ủy quyền' } }))
    must(await reopenDossier(ctx({ actor: ward.signer }), { ...(await on(again.id)), reason: 'Ghi sai khu vực', to: 'SIGN' }))
    await sendAlong(ctx(), ward, again.id, WHOLE_WAY.slice(-3))
    // Filed under their number by mistake, and put right.
    const misfiled = await receivedDossier(ctx(), ward, { applicantId: personId })
    await newCitizen(ctx(), { name: 'Đỗ Thị Đúng', personalNumber: '046190999001' })
    must(await correctEntries(ctx({ actor: ward.receiver }), CorrectEntries.parse({ ...(await on(misfiled.id)), reason: 'Nhầm người', name: 'Đỗ Thị Đúng', personalNumber: '046190999001', phone: '', address: '', email: '', delivery: 'counter', deliveryAddress: '' })))
    await sendAlong(ctx(), ward, misfiled.id, WHOLE_WAY)
    await catchUp(ctx(), dossierMessages)

    const words = /046190765432|905765432|Hồ Thị Bay|hồ thị bay|ho thi bay/
    expect(await tablesWith(words)).toEqual(expect.arrayContaining(['access."user"', 'documents.upload', 'dossier.dossier_2026', 'dossier.draft', 'dossier.form_2026', 'dossier.guidance', 'log.private_dossier_2026', 'log.private_other', 'organisation.person']))
    const counted = must(await erase(personId, true))
    expect(counted).toMatchObject({ dossiers: 5, guidance: 1, accounts: 1, waiting: 2 })
    expect(must(await erase(personId))).toEqual(counted)
    expect(await tablesWith(words)).toEqual([])
    // What is others' stays.
    expect(await getDossierView(ctx(), filed.id)).toMatchObject({ status: 'refused', applicant: { name: 'đã xóa' } })
    expect((await getDossierView(ctx(), fetched.id)).applicant.name).toBe('Đỗ Thị Ở Lại')
    expect((await getDossierView(ctx(), misfiled.id)).applicant.name).toBe('Đỗ Thị Đúng')
    expect((await getDossierView(ctx(), brought.id)).results).toMatchObject([{ title: 'Giấy phép thả diều' }])
    expect(await verifyLog(ctx().db, { integrityChecks: INTEGRITY_CHECKS })).toMatchObject({ ok: true, firstBad: null })
  })

  it('who was never put on record is found by the number that was said of them; one whose number is another’s on record is left alone', async () => {
    const number = '046190555001'
    const kite = await getCurrentRevision(ctx(), '1.999001')
    const said = { kind: 'individual' as const, name: 'Mai Thị Vắng', personalNumber: number, phone: null, address: null }
    const filing = SubmitDossier.parse({ submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter', onBehalf: { applicant: said, capacity: 'guardian', authorisationUploadIds: [] } })
    const { id } = must(await submitDossier(ctx({ actor: citizen(await newCitizen(ctx())) }), filing))
    const asked = { person: { id: null, personalNumber: number, name: null, phone: null }, reason: 'request-of-the-person' as const }
    expect(await erasePerson(ctx(), privacy, asked)).toMatchObject({ ok: false, error: { code: 'dossiers-open' } })
    must(await refuseSubmission(ctx({ actor: ward.receiver }), { ...(await on(id)), ground: 'other', reason: 'Không đúng' }))
    expect(must(await erasePerson(ctx(), privacy, asked))).toMatchObject({ personId: null, dossiers: 1, accounts: 0 })
    expect(await tablesWith(/046190555001|Mai Thị Vắng/)).toEqual([])
  })
})
