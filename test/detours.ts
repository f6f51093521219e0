/** Lives that leave the straight road, by the commands of the program: enough of them to fill every table that a detour writes. */
import { Readable } from 'node:stream'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf, plainDate } from '#kernel/plain-date.ts'
import { getCurrentRevision } from '#modules/catalogue'
import { storeUpload } from '#modules/documents'
import {
  AnswerConsultation, AnswerSupplement, AskConsultation, PlanInspection, ProposeSupplement, RecordInspection, SignInspection, SubmitDossier, acceptSubmission, answerConsultation, answerSupplement, askConsultation, approveSupplement, confirmPayment, getDossierView, haltDossier, planInspection, proposeSupplement, recordInspection, signInspection, requestPayment,
  resumeDossier, stopDossier, submitDossier,
} from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { NOW } from './db.ts'
import { type Ward, key, must, newCitizen, sendAlong } from './factories.ts'

export const on = async (ctx: Ctx, dossierId: Uuid) => ({ submissionKey: key(NOW), dossierId, version: (await getDossierView(ctx, dossierId)).version })

export const ANSWERS = {
  requester: { fullName: 'Nguyễn Đăng Diều', personalId: '046190000001', phone: '0905123456', address: 'Số 1 Lê Lợi' },
  request: { content: 'Xin thả diều', declaration: true },
}

/** Filed on line with the general form, received, with the case officer. `ctx` is the system's, at the moment of all. */
export const onlineInHand = async (ctx: Ctx, ward: Ward): Promise<{ readonly id: Uuid; readonly citizen: Ctx }> => {
  const personId = await newCitizen(ctx)
  const citizen: Ctx = { ...ctx, actor: { kind: 'person', userId: key(NOW), personId, posts: [] } }
  const { id: revisionId } = await getCurrentRevision(ctx, '1.999001')
  const wish = SubmitDossier.parse({ submissionKey: key(NOW), procedureCode: '1.999001', revisionId, methodRow: 2, agencyId: ward.agency.id, form: { slug: 'chung', answers: ANSWERS }, components: [], otherUploadIds: [], delivery: 'counter' })
  const { id } = must(await submitDossier(citizen, wish))
  must(await acceptSubmission({ ...ctx, actor: ward.receiver }, await on(ctx, id)))
  await sendAlong(ctx, ward, id, ['forward-desk', 'assign'])
  return { id, citizen }
}

export const proposalOf = (change: Partial<ProposeSupplement> = {}) => ({
  items: [
    { place: { kind: 'field' as const, at: '/request/content' }, reason: 'wrong-entry', text: 'Ghi rõ thả diều ở đâu' },
    { place: { kind: 'paper' as const, component: 3, page: 1 }, reason: 'unreadable', text: 'Chụp lại ảnh con diều' },
  ],
  until: plainDate('2026-12-15'),
  ...change,
})

export const asked = async (ctx: Ctx, ward: Ward, id: Uuid): Promise<void> => {
  must(await proposeSupplement({ ...ctx, actor: ward.caseOfficer }, ProposeSupplement.parse({ ...(await on(ctx, id)), ...proposalOf() })))
  must(await approveSupplement({ ...ctx, actor: ward.leader }, await on(ctx, id)))
}

export const photo = async (ctx: Ctx): Promise<Uuid> => must(await storeUpload(ctx, { name: 'Ảnh diều mới.pdf', content: Readable.from([Buffer.from('%PDF-1.7\n% Con diều mới\n%%EOF\n')]) })).id

/** Asked for papers and answered, paid, halted and resumed, stopped: a row in every table of a detour. */
export const everyDetour = async (ctx: Ctx, ward: Ward): Promise<Uuid> => {
  const { id, citizen } = await onlineInHand(ctx, ward)
  await asked(ctx, ward, id)
  must(await answerSupplement(citizen, AnswerSupplement.parse({ ...(await on(ctx, id)), fields: { 'request.content': ['Xin thả diều ở bến Ngự'] }, papers: [{ n: 3, uploadIds: [await photo(citizen)] }] })))
  const adviser = { ...ctx, actor: ward.signer }
  must(await askConsultation({ ...ctx, actor: ward.caseOfficer }, AskConsultation.parse({ ...(await on(ctx, id)), question: 'Bãi thả có vướng dây điện không?', units: [{ unitId: ward.agency.id, amount: 3, unit: 'working-day' }], uploadIds: [await photo({ ...ctx, actor: ward.caseOfficer })] })))
  must(await answerConsultation(adviser, AnswerConsultation.parse({ ...(await on(ctx, id)), n: 1, stance: 'agree-if', text: 'Thả cách đường dây 100 mét', uploadIds: [await photo(adviser)] })))
  const officer = { ...ctx, actor: ward.caseOfficer }
  must(await planInspection(officer, PlanInspection.parse({ ...(await on(ctx, id)), at: ctx.now + 86_400_000, place: 'Bãi thả bến Ngự' })))
  const visit = { beganAt: ctx.now, endedAt: ctx.now, place: 'Bãi thả bến Ngự', people: [{ name: 'Nguyễn Đăng Diều', capacity: 'Chủ hồ sơ' }], findings: 'Bãi rộng hai nghìn mét vuông' }
  must(await recordInspection(officer, RecordInspection.parse({ ...(await on(ctx, id)), ...visit, uploadIds: [await photo(officer)] })))
  must(await signInspection(officer, SignInspection.parse({ ...(await on(ctx, id)), uploadId: await photo(officer) })))
  const today = dateOf(ctx.now)
  must(await requestPayment({ ...ctx, actor: ward.caseOfficer }, { ...(await on(ctx, id)), amount: 20_000, noticeNumber: '15/TB-CCT', noticeOn: today, dueOn: plainDate('2026-12-31') }))
  must(await confirmPayment({ ...ctx, actor: ward.receiver }, { ...(await on(ctx, id)), paidOn: today, evidence: 'Biên lai 000123' }))
  must(await haltDossier({ ...ctx, actor: ward.signer }, { ...(await on(ctx, id)), reason: 'Có đơn khiếu nại' }))
  must(await resumeDossier({ ...ctx, actor: ward.signer }, await on(ctx, id)))
  must(await stopDossier({ ...ctx, actor: ward.signer }, { ...(await on(ctx, id)), ground: 'other', reason: 'Bãi thả diều đã đóng cửa', legalBasis: 'Điều 10 Quy chế thả diều' }))
  return id
}
