export { codeIntegrity } from './code-integrity.ts'
export type { Acted, ActRefusal } from './act.ts'
export { AddNote, addNote } from './add-note.ts'
export { type ApprovalOutcome, ApproveDossier, ApproveDossiers, approveDossier, approveDossiers } from './approve-dossiers.ts'
export { AssignDossier, assignDossier } from './assign-dossier.ts'
export { DESK_LISTS, type DayRow, type DeskBoard, type DeskList, type ReadyResult, countSubmissions, deskBoard, listDeskDay, listReadyToReturn } from './desk-board.ts'
export { type DossierView, getDossierView, mayReadDossier } from './dossier-view.ts'
export {
  type DraftRefusal,
  SaveDraft,
  StartDraft,
  adoptDrafts,
  dropDraft,
  findCompletionDraft,
  getDraft,
  listMyDrafts,
  newDraftBearer,
  saveDraft,
  startDraft,
  sweepDrafts,
} from './draft/draft.ts'
export type { Draft, DraftFields, DraftPapers } from './draft/draft-store.ts'
export { dossierErasures } from './erasure-subscription.ts'
export { fileIntegrity } from './file-integrity.ts'
export { type DraftTitle, findDraftTitles } from './draft-titles.ts'
export { ForwardDossier, forwardDossier } from './forward-dossier.ts'
export { IssueResult, issueResult } from './issue-result.ts'
export type { AvailableAction } from './lifecycle/lifecycle.ts'
export { type ReceptionRefusal, lacksAddress } from './lifecycle/reception.ts'
export { isPastDue } from './lifecycle/punctuality.ts'
export { type CustodyStep, REFUSAL_GROUNDS, type RefusalGround, isProcessStep } from './lifecycle/state.ts'
export { type Action, statusGroup, statusTitle } from './lifecycle/status.ts'
export { type LikelyDuplicate, likelyDuplicates } from './likely-duplicates.ts'
export { stepTitle } from './step-title.ts'
export { type PublicDossier, lookUpDossier } from './look-up-dossier.ts'
export { type QueueRow, officerQueue } from './officer-queue.ts'
export { getReceipt } from './receipt.ts'
export type { Receipt } from './papers/receipt-data.ts'
export type { PrintedFor } from './papers/open-for-print.ts'
export { getControlSlip } from './papers/get-control-slip.ts'
export { type GuidanceLetter, getCompletionRequest, getGuidanceLetter, getRefusal } from './papers/get-letters.ts'
export { type RegisterTooLong, getRegister } from './papers/get-register.ts'
export { renderCompletionRequest, renderControlSlips, renderReceipt, renderReceipts, renderRefusal, renderRegister } from './papers/render-papers.ts'
export { registerXlsx } from './papers/register-xlsx.ts'
export { type DraftProposal, DraftResult, type DraftResultRefusal, draftResult, proposeDrafts } from './results/draft-result.ts'
export { type DraftPaper, getDraftPaper } from './results/render-result.ts'
export { findTemplate, resultTemplatesFor } from './results/shipped-templates.ts'
export type { ResultField, ResultTemplate } from './results/template.ts'
export { ReceiveDossier, type ReceivedDossier, receiveDossier } from './receive-dossier.ts'
export { ReturnResult, returnResult } from './return-result.ts'
export { type FoundDossier, searchDossiers } from './search-dossiers.ts'
export { SendBackDossier, sendBackDossier } from './send-back-dossier.ts'
export { sweepWrongLookUps } from './sweep-look-ups.ts'
export { TakeDossier, takeDossier } from './take-dossier.ts'
export { type Tally, type UnitBoard, unitBoard } from './board/unit-board.ts'
export type { RegisterFilter } from './register/filter.ts'
export { REGISTER_PAGE, type RegisterLine, type RegisterPage, findInRegister } from './register/find-in-register.ts'
export { type RegisterChoices, registerChoices } from './register/register-choices.ts'
export { LATENESS, type Lateness } from './register/lateness.ts'
export { type RegisterEntry, registerRows } from './register/register-rows.ts'
export { type HistoryRefusal, type HistorySeeded, historyRefusal, seedHistory, writePart } from './history/seed-history.ts'
export { type HistoryWish, firstDayOf } from './history/plan-history.ts'
export { type Guidance, getGuidance, listGuidance } from './guidance/find-guidance.ts'
export { GiveGuidance, giveGuidance } from './guidance/give-guidance.ts'
export { AcceptSubmission, RefuseSubmission, RequestCompletion, acceptSubmission, refuseSubmission, requestCompletion } from './submission/answer-submission.ts'
export { CompleteSubmission, type CompletionRefusal, completeSubmission } from './submission/complete-submission.ts'
export { type Inbox, type InboxRow, intakeInbox } from './submission/intake-inbox.ts'
export { type MyDossier, type OwnDossier, getMyDossier, listMyDossiers, mayReadOwnDossier } from './submission/my-dossiers.ts'
export { SubmitDossier, type SubmissionRefusal, type SubmittedDossier, submitDossier } from './submission/submit-dossier.ts'
