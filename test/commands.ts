/**
 * Every command of the program, with what it takes to be refused: walked by `refusals.db.test.ts`.
 * A command that is exported by a module and missing here fails the test "every command stands in the list".
 */
import {
  CreateAccount, SignIn, type Permission, beginSecondFactor, changePassword, confirmIdentity, confirmSecondFactor, createAccount, disableAccount, enableAccount, giveSecondFactor, resetPassword, resetSecondFactor, signIn,
} from '#modules/access'
import { RemoveCalendarDay, SetCalendarDay, SetOfficeHours, importCalendar, moveClock, removeCalendarDay, setCalendarDay, setOfficeHours } from '#modules/calendar'
import { SettleMethodRow, importProcedures, settleMethodRow } from '#modules/catalogue'
import { BeginUpload, ContinueUpload, beginUpload, continueUpload, storeUpload, sweepUploads } from '#modules/documents'
import {
  AcceptSubmission, AddNote, ApologiseForDossier, ActOnMany, ApproveDossier, AssignDossier, DraftResult, CollectResult, CompleteSubmission, ExtendDossier, ForwardDossier, GiveGuidance, IssueResult,
  PublishLayout, ReceiveDossier, RefuseSubmission, RequestCompletion, ReturnResult, SaveDraft, SendBackDossier, SubmitDossier, TakeDossier, acceptSubmission,
  apologiseForDossier, extendDossier, runLateness,
  addNote, adoptDrafts, actOnMany, approveDossier, assignDossier, draftResult, collectResult, completeSubmission, dropDraft, forwardDossier, giveGuidance, issueResult,
  lookUpDossier, publishLayout, receiveDossier, refuseSubmission, requestCompletion, returnResult, saveDraft, sendBackDossier, startDraft, submitDossier,
  sweepDrafts, sweepWrongLookUps, takeDossier, tellMorningWork,
} from '#modules/dossier'
import { CorrectEntries, CorrectPayment, CorrectProcedure, CorrectReception, CorrectResult, ReopenDossier, correctEntries, correctPayment, correctProcedure, correctReception, correctResult, reopenDossier } from '#modules/dossier'
import {
  CancelInspection, PlanInspection, RecordInspection, SignInspection, cancelInspection, planInspection, recordInspection, signInspection,
  AnswerConsultation, AskConsultation, RecallConsultation, answerConsultation, askConsultation, recallConsultation,
  AnswerSupplement, ApproveSupplement, ConfirmPayment, HaltDossier, ProposeSupplement, RequestPayment, ResumeDossier, ReturnSupplement, StopDossier, WithdrawDossier, WithdrawMyDossier,
  answerSupplement, approveSupplement, confirmPayment, haltDossier, lapseSupplements, proposeSupplement, recordSupplement, requestPayment, resumeDossier, returnSupplement, stopDossier,
  withdrawDossier, withdrawMyDossier, LinkAttempt, UnlinkAttempt, linkAttempt, unlinkAttempt,
} from '#modules/dossier'
import {
  ChangePerson, ChangeUnitContact, ChangeUnitRemit, ClosePost, CloseUnit, CreatePost, EndAbsence, FillPost, FoundUnit, GiveDelegation, LeavePost, RecordAbsence, RegisterCitizen, RegisterPerson, RenameUnit,
  RevokeDelegation, changePerson, closePost, closeUnit, createPost, endAbsence, fillPost, foundUnit, giveDelegation, leavePost, recordAbsence, registerCitizen,
  changeUnitContact, changeUnitRemit, registerPerson, renameUnit, revokeDelegation, seedDemoCity,
} from '#modules/organisation'
import { SetAssignmentRule, setAssignmentRule } from '#modules/process'
import { EditMessageTemplate, ResendDelivery, SetMessageSettings, SetPreference, deliverMessage, editMessageTemplate, resendDelivery, sendMessage, setMessageSettings, setPreference, sweepMessages, wakeMessages } from '#modules/notification'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { NOW } from './db.ts'

export type CommandCase = {
  /** As exported: `setCalendarDay`. */
  readonly name: string
  /** undefined: open to whoever is not signed in. 'self': any account, on its own things. 'system': the program itself. */
  readonly permission: Permission | 'self' | 'system' | undefined
  readonly run: (ctx: Ctx) => Promise<unknown>
}

const id = () => newId(NOW)
/** What every act on a dossier names. */
const on = () => ({ submissionKey: id(), dossierId: id(), version: 1 })
const keyed = () => ({ submissionKey: id() })
const NOWHERE = { providers: {}, publicUrl: '', cityName: () => '' }
const NOTHING: AsyncIterable<never> = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }) }

/** Input is parsed by the command's own schema, so that a case which is no longer well-formed fails loudly instead of being refused for its shape. */
export const COMMANDS: readonly CommandCase[] = [
  // access
  { name: 'signIn', permission: undefined, run: (ctx) => signIn(ctx, SignIn.parse({ username: 'khong.co', password: 'sai mật khẩu', address: '192.0.2.1' })) },
  { name: 'createAccount', permission: 'account.manage', run: (ctx) => createAccount(ctx, CreateAccount.parse({ ...keyed(), personId: id(), username: 'dang.dung', password: 'Mua-mua-Hue-2026' })) },
  { name: 'resetPassword', permission: 'account.manage', run: (ctx) => resetPassword(ctx, { userId: id(), password: 'Mua-mua-Hue-2026' }) },
  { name: 'beginSecondFactor', permission: 'self', run: (ctx) => beginSecondFactor(ctx) },
  { name: 'confirmSecondFactor', permission: 'self', run: (ctx) => confirmSecondFactor(ctx, { code: '123456', sessionId: id() }) },
  { name: 'giveSecondFactor', permission: 'self', run: (ctx) => giveSecondFactor(ctx, { cookie: 'no.cookie', code: '123456' }) },
  { name: 'resetSecondFactor', permission: 'account.manage', run: (ctx) => resetSecondFactor(ctx, id()) },
  { name: 'disableAccount', permission: 'account.manage', run: (ctx) => disableAccount(ctx, id()) },
  { name: 'enableAccount', permission: 'account.manage', run: (ctx) => enableAccount(ctx, id()) },
  { name: 'confirmIdentity', permission: 'person.register', run: (ctx) => confirmIdentity(ctx, id()) },
  { name: 'changePassword', permission: 'self', run: (ctx) => changePassword(ctx, { current: 'Mua-mua-Hue-2026', next: 'Nang-nang-Hue-2027', sessionId: id() }) },
  // organisation
  { name: 'foundUnit', permission: 'organisation.edit', run: (ctx) => foundUnit(ctx, FoundUnit.parse({ ...keyed(), code: 'H57.99', name: 'Đội diều', shortName: 'Diều', kind: 'division', parentId: id(), validFrom: '2026-01-01' })) },
  { name: 'renameUnit', permission: 'organisation.edit', run: (ctx) => renameUnit(ctx, RenameUnit.parse({ ...keyed(), unitId: id(), name: 'Đội diều', shortName: 'Diều', from: '2026-01-01' })) },
  { name: 'changeUnitContact', permission: 'organisation.edit', run: (ctx) => changeUnitContact(ctx, ChangeUnitContact.parse({ ...keyed(), unitId: id(), address: '', phone: '', from: '2026-01-01' })) },
  { name: 'changeUnitRemit', permission: 'organisation.edit', run: (ctx) => changeUnitRemit(ctx, ChangeUnitRemit.parse({ ...keyed(), unitId: id(), remit: 'office' })) },
  { name: 'closeUnit', permission: 'organisation.edit', run: (ctx) => closeUnit(ctx, CloseUnit.parse({ ...keyed(), unitId: id(), on: '2026-01-01' }), async () => 0) },
  { name: 'createPost', permission: 'organisation.edit', run: (ctx) => createPost(ctx, CreatePost.parse({ ...keyed(), unitId: id(), role: 'clerk', title: 'Văn thư', validFrom: '2026-01-01' })) },
  { name: 'fillPost', permission: 'organisation.edit', run: (ctx) => fillPost(ctx, FillPost.parse({ ...keyed(), postId: id(), personId: id(), from: '2026-01-01' })) },
  { name: 'leavePost', permission: 'organisation.edit', run: (ctx) => leavePost(ctx, LeavePost.parse({ ...keyed(), postId: id(), personId: id(), on: '2026-01-01' })) },
  { name: 'closePost', permission: 'organisation.edit', run: (ctx) => closePost(ctx, ClosePost.parse({ ...keyed(), postId: id(), on: '2026-01-01' })) },
  { name: 'giveDelegation', permission: 'delegation.give', run: (ctx) => giveDelegation(ctx, GiveDelegation.parse({ ...keyed(), fromPostId: id(), toPostId: id(), documentNumber: '7/GUQ-UBND', documentOn: '2026-11-20', from: '2026-11-20', lastDay: '2026-12-31', powers: ['dossier.approve'] })) },
  { name: 'revokeDelegation', permission: 'delegation.give', run: (ctx) => revokeDelegation(ctx, RevokeDelegation.parse({ ...keyed(), delegationId: id() })) },
  { name: 'recordAbsence', permission: 'absence.record', run: (ctx) => recordAbsence(ctx, RecordAbsence.parse({ ...keyed(), personId: id(), from: '2026-11-20', lastDay: '2026-11-22' })) },
  { name: 'endAbsence', permission: 'absence.record', run: (ctx) => endAbsence(ctx, EndAbsence.parse({ ...keyed(), absenceId: id() })) },
  { name: 'registerCitizen', permission: undefined, run: (ctx) => registerCitizen(ctx, RegisterCitizen.parse({ ...keyed(), personalNumber: '046090001234', name: 'Đặng Dũng', birthOn: '1990-01-01', phone: '0905123456', password: 'Mua-mua-Hue-2026', address: '192.0.2.1' })) },
  { name: 'registerPerson', permission: 'person.register', run: (ctx) => registerPerson(ctx, RegisterPerson.parse({ ...keyed(), kind: 'individual', name: 'Đặng Dũng' })) },
  { name: 'changePerson', permission: 'person.register', run: (ctx) => changePerson(ctx, ChangePerson.parse({ ...keyed(), personId: id(), name: 'Đặng Dũng' })) },
  { name: 'seedDemoCity', permission: 'system', run: (ctx) => seedDemoCity(ctx) },
  // calendar
  { name: 'importCalendar', permission: 'calendar.edit', run: (ctx) => importCalendar(ctx) },
  { name: 'setCalendarDay', permission: 'calendar.edit', run: (ctx) => setCalendarDay(ctx, SetCalendarDay.parse({ ...keyed(), date: '2026-12-31', kind: 'holiday', name: 'Lễ hội diều', source: 'QĐ 1/QĐ-UBND', status: 'announced' })) },
  { name: 'removeCalendarDay', permission: 'calendar.edit', run: (ctx) => removeCalendarDay(ctx, RemoveCalendarDay.parse({ ...keyed(), date: '2026-11-24', reason: 'Nhập nhầm ngày' })) },
  { name: 'setOfficeHours', permission: 'calendar.edit', run: (ctx) => setOfficeHours(ctx, SetOfficeHours.parse({ ...keyed(), agencyId: null, sessions: [{ opens: '07:30', closes: '11:30' }], validFrom: '2026-01-01' })) },
  { name: 'moveClock', permission: 'clock.move', run: (ctx) => moveClock(ctx, { ...keyed(), to: NOW + 3_600_000 }) },
  // catalogue
  { name: 'importProcedures', permission: 'catalogue.import', run: (ctx) => importProcedures(ctx, NOTHING) },
  { name: 'settleMethodRow', permission: 'catalogue.settle', run: (ctx) => settleMethodRow(ctx, SettleMethodRow.parse({ ...keyed(), revisionId: id(), row: 1, limit: { amount: 3, unit: 'working-day' }, reason: 'Theo trình tự thực hiện', sourceText: 'trong thời hạn 3 ngày làm việc' })) },
  // process
  { name: 'setAssignmentRule', permission: 'organisation.edit', run: (ctx) => setAssignmentRule(ctx, SetAssignmentRule.parse({ ...keyed(), unitId: id(), rule: 'round-robin', keepOfficer: true, from: '2026-11-20' })) },
  // documents
  { name: 'beginUpload', permission: 'self', run: (ctx) => beginUpload(ctx, BeginUpload.parse({ name: 'to-khai.pdf', size: 10 })) },
  { name: 'continueUpload', permission: 'self', run: (ctx) => continueUpload(ctx, ContinueUpload.parse({ id: id(), offset: 0 }), NOTHING) },
  { name: 'storeUpload', permission: 'self', run: (ctx) => storeUpload(ctx, { name: 'to-khai.pdf', content: NOTHING }) },
  { name: 'sweepUploads', permission: 'jobs.manage', run: (ctx) => sweepUploads(ctx) },
  // dossier
  { name: 'startDraft', permission: undefined, run: (ctx) => startDraft(ctx, { procedureCode: '9.000001', revisionId: id(), agencyId: id(), methodRow: 1 }, 'cookie') },
  { name: 'saveDraft', permission: undefined, run: (ctx) => saveDraft(ctx, SaveDraft.parse({ id: id() }), 'cookie') },
  { name: 'dropDraft', permission: undefined, run: (ctx) => dropDraft(ctx, id(), 'cookie') },
  { name: 'adoptDrafts', permission: 'self', run: (ctx) => adoptDrafts(ctx, 'cookie') },
  { name: 'sweepDrafts', permission: 'system', run: (ctx) => sweepDrafts(ctx) },
  { name: 'lookUpDossier', permission: undefined, run: (ctx) => lookUpDossier(ctx, { code: 'H57.12-20261120-0000001', secret: '0000', address: '192.0.2.1' }) },
  { name: 'sweepWrongLookUps', permission: 'system', run: (ctx) => sweepWrongLookUps(ctx) },
  { name: 'receiveDossier', permission: 'dossier.receive', run: (ctx) => receiveDossier(ctx, ReceiveDossier.parse({ ...keyed(), deskId: id(), procedureCode: '9.000001', methodRow: 1, applicantId: id(), components: [] })) },
  { name: 'submitDossier', permission: 'self', run: (ctx) => submitDossier(ctx, SubmitDossier.parse({ ...keyed(), procedureCode: '9.000001', revisionId: id(), methodRow: 1, agencyId: id(), components: [], otherUploadIds: [], delivery: 'counter' })) },
  { name: 'acceptSubmission', permission: 'dossier.receive', run: (ctx) => acceptSubmission(ctx, AcceptSubmission.parse(on())) },
  { name: 'requestCompletion', permission: 'dossier.receive', run: (ctx) => requestCompletion(ctx, RequestCompletion.parse({ ...on(), items: ['Ảnh con diều'], reason: 'Ảnh bị mờ' })) },
  { name: 'refuseSubmission', permission: 'dossier.receive', run: (ctx) => refuseSubmission(ctx, RefuseSubmission.parse({ ...on(), ground: 'not-eligible', reason: 'Diều quá dài' })) },
  { name: 'collectResult', permission: 'self', run: (ctx) => collectResult(ctx, CollectResult.parse(on())) },
  { name: 'completeSubmission', permission: 'self', run: (ctx) => completeSubmission(ctx, CompleteSubmission.parse(on())) },
  { name: 'giveGuidance', permission: 'dossier.receive', run: (ctx) => giveGuidance(ctx, GiveGuidance.parse({ ...keyed(), deskId: id(), kind: 'refusal', procedureCode: null, person: { name: 'Đặng Dũng' }, items: [], reason: 'Không thuộc thẩm quyền' })) },
  { name: 'assignDossier', permission: 'dossier.assign', run: (ctx) => assignDossier(ctx, AssignDossier.parse({ ...on(), postId: id() })) },
  { name: 'takeDossier', permission: 'dossier.examine', run: (ctx) => takeDossier(ctx, TakeDossier.parse(on())) },
  { name: 'publishLayout', permission: 'papers.edit', run: (ctx) => publishLayout(ctx, PublishLayout.parse({ ...keyed(), slug: 'receipt', layout: '2025', content: '{}', validFrom: '2026-11-20', note: 'Sửa chân trang' })) },
  { name: 'forwardDossier', permission: 'dossier.read', run: (ctx) => forwardDossier(ctx, ForwardDossier.parse(on())) },
  { name: 'sendBackDossier', permission: 'dossier.read', run: (ctx) => sendBackDossier(ctx, SendBackDossier.parse({ ...on(), to: 'HANDLE', reason: 'Thiếu chữ ký' })) },
  { name: 'approveDossier', permission: 'dossier.approve', run: (ctx) => approveDossier(ctx, ApproveDossier.parse(on())) },
  { name: 'actOnMany', permission: 'dossier.approve', run: (ctx) => actOnMany(ctx, ActOnMany.parse({ action: 'approve', items: [on()] })) },
  { name: 'actOnMany', permission: 'dossier.assign', run: (ctx) => actOnMany(ctx, ActOnMany.parse({ action: 'assign', items: [on()], postId: id() })) },
  { name: 'actOnMany', permission: 'dossier.examine', run: (ctx) => actOnMany(ctx, ActOnMany.parse({ action: 'take', items: [on()] })) },
  { name: 'actOnMany', permission: 'dossier.read', run: (ctx) => actOnMany(ctx, ActOnMany.parse({ action: 'forward', items: [on()] })) },
  { name: 'draftResult', permission: 'dossier.read', run: (ctx) => draftResult(ctx, DraftResult.parse({ ...on(), title: 'Giấy phép thả diều', template: 'thong-bao', fields: { to: 'Đặng Dũng' } })) },
  { name: 'issueResult', permission: 'dossier.issue', run: (ctx) => issueResult(ctx, IssueResult.parse({ ...on(), title: 'Giấy phép thả diều', number: '01/GP-UBND', issuedOn: '2026-11-20' })) },
  { name: 'returnResult', permission: 'dossier.return', run: (ctx) => returnResult(ctx, ReturnResult.parse({ ...on(), recipient: { kind: 'self', name: 'Đặng Dũng', idNumber: '046090001234', signature: 'Ký nhận tại quầy' } })) },
  { name: 'extendDossier', permission: 'dossier.approve', run: (ctx) => extendDossier(ctx, ExtendDossier.parse({ ...on(), dueOn: '2026-12-01', reason: 'workload' })) },
  { name: 'apologiseForDossier', permission: 'dossier.approve', run: (ctx) => apologiseForDossier(ctx, ApologiseForDossier.parse({ ...on(), reason: 'workload' })) },
  { name: 'runLateness', permission: 'system', run: (ctx) => runLateness(ctx) },
  { name: 'proposeSupplement', permission: 'dossier.examine', run: (ctx) => proposeSupplement(ctx, ProposeSupplement.parse({ ...on(), items: [{ place: { kind: 'paper', component: 1 }, reason: 'unreadable', text: 'Chụp lại' }], until: '2026-12-31' })) },
  { name: 'approveSupplement', permission: 'dossier.read', run: (ctx) => approveSupplement(ctx, ApproveSupplement.parse(on())) },
  { name: 'returnSupplement', permission: 'dossier.read', run: (ctx) => returnSupplement(ctx, ReturnSupplement.parse({ ...on(), reason: 'Ghi rõ hơn' })) },
  { name: 'answerSupplement', permission: 'self', run: (ctx) => answerSupplement(ctx, AnswerSupplement.parse(on())) },
  { name: 'recordSupplement', permission: 'dossier.receive', run: (ctx) => recordSupplement(ctx, AnswerSupplement.parse(on())) },
  { name: 'lapseSupplements', permission: 'system', run: (ctx) => lapseSupplements(ctx) },
  { name: 'requestPayment', permission: 'dossier.examine', run: (ctx) => requestPayment(ctx, RequestPayment.parse({ ...on(), amount: 20_000, noticeNumber: '1/TB', noticeOn: '2026-11-20', dueOn: '2026-12-20' })) },
  { name: 'confirmPayment', permission: 'dossier.receive', run: (ctx) => confirmPayment(ctx, ConfirmPayment.parse({ ...on(), paidOn: '2026-11-20', evidence: 'Biên lai 1' })) },
  { name: 'haltDossier', permission: 'dossier.approve', run: (ctx) => haltDossier(ctx, HaltDossier.parse({ ...on(), reason: 'Có khiếu nại' })) },
  { name: 'resumeDossier', permission: 'dossier.approve', run: (ctx) => resumeDossier(ctx, ResumeDossier.parse(on())) },
  { name: 'stopDossier', permission: 'dossier.approve', run: (ctx) => stopDossier(ctx, StopDossier.parse({ ...on(), ground: 'other', reason: 'Bãi diều đóng cửa', legalBasis: 'Điều 10' })) },
  { name: 'withdrawMyDossier', permission: 'self', run: (ctx) => withdrawMyDossier(ctx, WithdrawMyDossier.parse(on())) },
  { name: 'withdrawDossier', permission: 'dossier.receive', run: (ctx) => withdrawDossier(ctx, WithdrawDossier.parse({ ...on(), evidence: 'Đơn ngày 20/11/2026' })) },
  { name: 'linkAttempt', permission: 'dossier.read', run: (ctx) => linkAttempt(ctx, LinkAttempt.parse({ ...on(), code: 'H57.12-20261120-0000001', reason: 'Cùng một việc' })) },
  { name: 'unlinkAttempt', permission: 'dossier.read', run: (ctx) => unlinkAttempt(ctx, UnlinkAttempt.parse({ ...on(), attempt: 1, reason: 'Việc khác' })) },
  { name: 'correctEntries', permission: 'dossier.read', run: (ctx) => correctEntries(ctx, CorrectEntries.parse({ ...on(), reason: 'Ghi nhầm', name: 'Đặng Dũng', personalNumber: '', phone: '', address: '', email: '', delivery: 'counter', deliveryAddress: '' })) },
  { name: 'correctPayment', permission: 'dossier.read', run: (ctx) => correctPayment(ctx, CorrectPayment.parse({ ...on(), reason: 'Ghi nhầm', amount: 20_000, noticeNumber: '1/TB', noticeOn: '2026-11-20', dueOn: '2026-12-20' })) },
  { name: 'correctProcedure', permission: 'dossier.read', run: (ctx) => correctProcedure(ctx, CorrectProcedure.parse({ ...on(), reason: 'Chọn nhầm', procedureCode: '9.000001', methodRow: 1 })) },
  { name: 'correctReception', permission: 'dossier.read', run: (ctx) => correctReception(ctx, CorrectReception.parse({ ...on(), reason: 'Nhập muộn', receivedOn: '2026-11-20', receivedTime: '08:00' })) },
  { name: 'correctResult', permission: 'dossier.approve', run: (ctx) => correctResult(ctx, CorrectResult.parse({ ...on(), reason: 'Sai tên', kind: 'granted', title: 'Giấy phép thả diều', issuedOn: '2026-11-20' })) },
  { name: 'reopenDossier', permission: 'dossier.approve', run: (ctx) => reopenDossier(ctx, ReopenDossier.parse({ ...on(), reason: 'Sai tên', to: 'HANDLE' })) },
  { name: 'askConsultation', permission: 'dossier.examine', run: (ctx) => askConsultation(ctx, AskConsultation.parse({ ...on(), question: 'Có vướng dây điện không?', units: [{ unitId: id(), amount: 3, unit: 'working-day' }] })) },
  { name: 'answerConsultation', permission: 'dossier.advise', run: (ctx) => answerConsultation(ctx, AnswerConsultation.parse({ ...on(), n: 1, stance: 'agree' })) },
  { name: 'recallConsultation', permission: 'dossier.examine', run: (ctx) => recallConsultation(ctx, RecallConsultation.parse({ ...on(), n: 1, reason: 'Hỏi nhầm' })) },
  { name: 'planInspection', permission: 'dossier.examine', run: (ctx) => planInspection(ctx, PlanInspection.parse({ ...on(), at: NOW + 86_400_000, place: 'Bãi thả bến Ngự' })) },
  { name: 'cancelInspection', permission: 'dossier.examine', run: (ctx) => cancelInspection(ctx, CancelInspection.parse({ ...on(), reason: 'Trời mưa' })) },
  { name: 'recordInspection', permission: 'dossier.examine', run: (ctx) => recordInspection(ctx, RecordInspection.parse({ ...on(), beganAt: NOW, endedAt: NOW, place: 'Bãi thả', people: [{ name: 'Đặng Dũng', capacity: 'Chủ hồ sơ' }], findings: 'Bãi rộng' })) },
  { name: 'signInspection', permission: 'dossier.examine', run: (ctx) => signInspection(ctx, SignInspection.parse(on())) },
  { name: 'addNote', permission: 'dossier.read', run: (ctx) => addNote(ctx, AddNote.parse({ ...on(), text: 'Đã gọi điện' })) },
  // notification
  { name: 'setPreference', permission: 'self', run: (ctx) => setPreference(ctx, SetPreference.parse({ ...keyed(), channels: ['sms'], lang: 'vi', digest: true, urgent: true })) },
  { name: 'setMessageSettings', permission: 'messages.manage', run: (ctx) => setMessageSettings(ctx, SetMessageSettings.parse({ ...keyed(), quietFrom: 1260, quietTo: 420, window: 5, channels: ['sms'] })) },
  { name: 'editMessageTemplate', permission: 'messages.manage', run: (ctx) => editMessageTemplate(ctx, EditMessageTemplate.parse({ ...keyed(), kind: 'received', version: 'x', texts: null })) },
  { name: 'resendDelivery', permission: 'messages.manage', run: (ctx) => resendDelivery(ctx, ResendDelivery.parse({ ...keyed(), deliveryId: id() })) },
  { name: 'sendMessage', permission: 'system', run: (ctx) => sendMessage(ctx, NOWHERE, id()) },
  { name: 'deliverMessage', permission: 'system', run: (ctx) => deliverMessage(ctx, NOWHERE, id()) },
  { name: 'wakeMessages', permission: 'system', run: (ctx) => wakeMessages(ctx) },
  { name: 'sweepMessages', permission: 'system', run: (ctx) => sweepMessages(ctx) },
  { name: 'tellMorningWork', permission: 'system', run: (ctx) => tellMorningWork(ctx) },
]
