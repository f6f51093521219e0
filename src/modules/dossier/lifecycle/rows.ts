/** PURE. The one place where rows are built (decision 10): commands, seed and replay all write what `rowsOf` says. Keys are column names; moments are milliseconds. */
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant, PlainDate } from '#kernel/plain-date.ts'
import { heldAt } from './custody.ts'
import { type ConsultationRow, consultationRows } from './consultation-rows.ts'
import { type DetourRows, detourRows, waitColumns } from './detour-rows.ts'
import { type ApologyDraftRow, type ApologyRow, type ExtensionColumns, apologyDraftRows, apologyRows, extensionColumns } from './extension-rows.ts'
import { type EarlierAttemptRow, type JourneyColumns, earlierAttemptRows, journeyColumns } from './journey-rows.ts'
import { type CorrectionColumns, type CorrectionRows, correctionColumns, correctionRows } from './correction-rows.ts'
import { type InspectionRow, inspectionRows } from './inspection-rows.ts'
import type { ResultDraft } from './results.ts'
import type { DossierState, FileKept } from './state.ts'
import { by } from './row-parts.ts'
import { nationalCode } from './status.ts'
import { endedAtOf, financeOf, handOverOf, syncOf } from './tracks.ts'

export type DossierRow = ExtensionColumns & JourneyColumns & CorrectionColumns & {
  id: Uuid
  seq: number
  version: number
  status: string
  national_code: number
  /** Somebody still has it: the predicate of the queues' partial indexes. */
  open: boolean
  regime: string
  procedure_code: string
  revision_id: Uuid
  method_n: number
  channel: string
  desk_id: Uuid
  receiving_agency_id: Uuid
  agency_id: Uuid
  division_id: Uuid
  applicant_id: Uuid
  applicant_kind: string
  applicant_name: string
  applicant_number: string | null
  applicant_phone: string | null
  applicant_address: string | null
  applicant_email: string | null
  submitter_id: Uuid | null
  submitter_name: string | null
  submitter_phone: string | null
  submitter_relation: string | null
  /** In halves: 3 = one and a half. The log and the rows keep no fractions. */
  limit_halves: number
  limit_unit: string
  submitted_at: Instant | null
  intake_due_at: Instant | null
  calendar_version: number | null
  process: string | null
  received_at: Instant | null
  received_by_person: Uuid | null
  received_by_post: Uuid | null
  effective_start: Instant | null
  due_original_at: Instant | null
  /** By the law, with every wait and without any extension. */
  due_law_at: Instant | null
  due_at: Instant | null
  paused_at: Instant | null
  awaited_until: PlainDate | null
  proposed_at: Instant | null
  ended_at: Instant | null
  finance: string
  hand_over: string
  sync: string
  provisional: boolean
  explanation: Json
  sets: number
  delivery: string
  delivery_address: string | null
  remark: string | null
  secret: string
  step: string | null
  step_entered_at: Instant | null
  step_due_at: Instant | null
  holder_unit_id: Uuid | null
  holder_post_id: Uuid | null
  approved_by_person: Uuid | null
  approved_by_post: Uuid | null
  refused_at: Instant | null
  refused_by_person: Uuid | null
  refused_by_post: Uuid | null
  refusal_ground: string | null
  refusal_reason: string | null
  refusal_basis: string | null
  number: string | null
  number_on: PlainDate | null
  finished_at: Instant | null
  returned_at: Instant | null
  returned_by_person: Uuid | null
  returned_by_post: Uuid | null
  recipient_kind: string | null
  recipient_name: string | null
  recipient_number: string | null
  recipient_signature: string | null
}

type StepRow = {
  dossier_id: Uuid
  n: number
  step: string
  unit_id: Uuid
  post_id: Uuid | null
  entered_at: Instant
  due_at: Instant | null
  left_at: Instant | null
  left_by_person: Uuid | null
  left_by_post: Uuid | null
  left_as: string | null
  note: string | null
}
type ComponentRow = { dossier_id: Uuid; n: number; name: string; originals: number; copies: number }
type AttachmentRow = { dossier_id: Uuid; n: number; component: number | null; file_id: Uuid; name: string; type: string; size: number }
type ResultRow = {
  dossier_id: Uuid
  n: number
  kind: string
  title: string
  number: string
  issued_on: PlainDate
  file_id: Uuid | null
  file_name: string | null
  file_type: string | null
  file_size: number | null
  template: string | null
  template_version: string | null
  fields: Json
  approved_by_person: Uuid | null
  approved_by_post: Uuid | null
  issued_by_person: Uuid | null
  issued_by_post: Uuid | null
  issued_at: Instant
  replaces: number | null
  replaced_by: number | null
}
type NoteRow = { dossier_id: Uuid; n: number; at: Instant; by_person: Uuid | null; by_post: Uuid | null; text: string }
type FormRow = { dossier_id: Uuid; slug: string; version: string; answers: Json }
type CompletionRequestRow = {
  dossier_id: Uuid
  n: number
  asked_at: Instant
  by_person: Uuid | null
  by_post: Uuid | null
  items: Json
  reason: string
  until: PlainDate | null
  answered_at: Instant | null
}
type ResultDraftRow = {
  dossier_id: Uuid
  drafted_at: Instant
  by_person: Uuid | null
  by_post: Uuid | null
  kind: string
  title: string
  template: string | null
  template_version: string | null
  fields: Json
  file_id: Uuid | null
  file_name: string | null
  file_type: string | null
  file_size: number | null
}
/** `kind` dossier: the code of this program; the others are aliases (domain.md §3.2). */
type CodeRow = { code: string; id: Uuid; kind: 'dossier' | 'old' | 'foreign' | 'receipt' }

export type Rows = DetourRows & CorrectionRows & {
  readonly dossier: readonly DossierRow[]
  readonly step: readonly StepRow[]
  readonly component: readonly ComponentRow[]
  readonly attachment: readonly AttachmentRow[]
  readonly result: readonly ResultRow[]
  readonly note: readonly NoteRow[]
  readonly form: readonly FormRow[]
  readonly completion_request: readonly CompletionRequestRow[]
  readonly result_draft: readonly ResultDraftRow[]
  readonly apology_draft: readonly ApologyDraftRow[]
  readonly apology: readonly ApologyRow[]
  readonly earlier_attempt: readonly EarlierAttemptRow[]
  readonly consultation: readonly ConsultationRow[]
  readonly inspection: readonly InspectionRow[]
  readonly code: readonly CodeRow[]
}

export const rowsOf = (state: DossierState): Rows => ({
  dossier: [dossierRow(state)],
  step: state.custody.map((c) => ({
    dossier_id: state.id,
    n: c.n,
    step: c.step,
    unit_id: c.unitId,
    post_id: c.postId,
    entered_at: c.enteredAt,
    due_at: c.dueAt,
    left_at: c.leftAt,
    left_by_person: c.leftBy?.personId ?? null,
    left_by_post: c.leftBy?.postId ?? null,
    left_as: c.leftAs,
    note: c.note,
  })),
  component: state.components.map((c) => ({ dossier_id: state.id, n: c.n, name: c.name, originals: c.originals, copies: c.copies })),
  attachment: state.attachments.map((a) => ({ dossier_id: state.id, n: a.n, component: a.component, file_id: a.fileId, name: a.name, type: a.type, size: a.size })),
  result: state.results.map((r) => ({
    dossier_id: state.id,
    n: r.n,
    kind: r.kind,
    title: r.title,
    number: r.number,
    issued_on: r.issuedOn,
    ...fileColumns(r.file),
    ...templateColumns(r),
    ...by('approved_by', r.approvedBy),
    ...by('issued_by', r.issuedBy),
    issued_at: r.issuedAt,
    replaces: r.replaces,
    replaced_by: r.replacedBy,
  })),
  note: state.notes.map((n) => ({ dossier_id: state.id, n: n.n, at: n.at, ...by('by', n.by), text: n.text })),
  form: state.form === null ? [] : [{ dossier_id: state.id, ...state.form }],
  completion_request: state.completionRequests.map((r) => ({
    dossier_id: state.id, n: r.n, asked_at: r.at, ...by('by', r.by), items: r.items, reason: r.reason, until: r.until, answered_at: r.answeredAt,
  })),
  result_draft: state.resultDraft === null ? [] : [draftRow(state.id, state.resultDraft)],
  apology_draft: apologyDraftRows(state),
  apology: apologyRows(state),
  earlier_attempt: earlierAttemptRows(state),
  consultation: consultationRows(state),
  inspection: inspectionRows(state),
  ...detourRows(state),
  ...correctionRows(state),
  code: state.code === null ? [] : [{ code: state.code, id: state.id, kind: 'dossier' }],
})

const draftRow = (id: Uuid, draft: ResultDraft): ResultDraftRow => ({
  dossier_id: id, drafted_at: draft.at, ...by('by', draft.by), kind: draft.kind, title: draft.title, ...templateColumns(draft), ...fileColumns(draft.file),
})

const fileColumns = (file: FileKept | null) => ({ file_id: file?.fileId ?? null, file_name: file?.name ?? null, file_type: file?.type ?? null, file_size: file?.size ?? null })

const templateColumns = (drawn: Pick<ResultDraft, 'template' | 'fields'>) => ({
  template: drawn.template?.slug ?? null, template_version: drawn.template?.version ?? null, fields: { ...drawn.fields },
})

const dossierRow = (s: DossierState): DossierRow => {
  const held = heldAt(s)
  return {
    id: s.id,
    seq: s.seq,
    version: s.version,
    status: s.status,
    national_code: nationalCode(s.status),
    open: held !== undefined,
    regime: s.regime,
    procedure_code: s.procedureCode,
    revision_id: s.revisionId,
    method_n: s.methodN,
    channel: s.channel,
    desk_id: s.deskId,
    receiving_agency_id: s.receivingAgencyId,
    agency_id: s.agencyId,
    division_id: s.divisionId,
    applicant_id: s.applicantId,
    applicant_kind: s.applicant.kind,
    applicant_name: s.applicant.name,
    applicant_number: s.applicant.personalNumber,
    applicant_phone: s.applicant.phone,
    applicant_address: s.applicant.address,
    applicant_email: s.applicant.email,
    submitter_id: s.submitterId,
    submitter_name: s.submitter?.name ?? null,
    submitter_phone: s.submitter?.phone ?? null,
    submitter_relation: s.submitter?.relation ?? null,
    limit_halves: s.limit.amount * 2,
    limit_unit: s.limit.unit,
    submitted_at: s.submittedAt,
    intake_due_at: s.intakeDueAt,
    calendar_version: s.calendarVersion,
    process: s.processDigest,
    received_at: s.receivedAt,
    received_by_person: s.receivedBy?.personId ?? null,
    received_by_post: s.receivedBy?.postId ?? null,
    effective_start: s.effectiveStart,
    due_original_at: s.dueOriginalAt,
    due_law_at: s.dueLawAt,
    due_at: s.dueAt,
    ...waitColumns(s),
    ended_at: endedAtOf(s),
    finance: financeOf(s),
    hand_over: handOverOf(s),
    sync: syncOf(s),
    provisional: s.provisional,
    explanation: JSON.parse(s.explanation) as Json,
    sets: s.sets,
    delivery: s.delivery,
    delivery_address: s.deliveryAddress,
    remark: s.remark,
    secret: s.secret,
    step: held?.step ?? null,
    step_entered_at: held?.enteredAt ?? null,
    step_due_at: held?.dueAt ?? null,
    holder_unit_id: held?.unitId ?? null,
    holder_post_id: held?.postId ?? null,
    approved_by_person: s.approvedBy?.personId ?? null,
    approved_by_post: s.approvedBy?.postId ?? null,
    refused_at: s.refusal?.at ?? null,
    refused_by_person: s.refusal?.by.personId ?? null,
    refused_by_post: s.refusal?.by.postId ?? null,
    refusal_ground: s.refusal?.ground ?? null,
    refusal_reason: s.refusal?.reason ?? null,
    refusal_basis: s.refusal?.legalBasis ?? null,
    number: s.numbered?.number ?? null,
    number_on: s.numbered?.issuedOn ?? null,
    finished_at: s.finishedAt,
    returned_at: s.handOver?.at ?? null,
    returned_by_person: s.handOver?.by.personId ?? null,
    returned_by_post: s.handOver?.by.postId ?? null,
    recipient_kind: s.handOver?.recipient.kind ?? null,
    recipient_name: s.handOver?.recipient.name ?? null,
    recipient_number: s.handOver?.recipient.idNumber ?? null,
    recipient_signature: s.handOver?.recipient.signature ?? null,
    ...extensionColumns(s),
    ...journeyColumns(s),
    ...correctionColumns(s),
  }
}
