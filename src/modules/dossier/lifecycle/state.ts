/** PURE. What a dossier is, folded from its events: `evolve`. Nothing else builds a state, and rows are built from it alone (decision 10). */
import type { StepKey, StepUnit } from '#modules/process'
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant, PlainDate } from '#kernel/plain-date.ts'
import type { Status } from './status.ts'

/** Who did it. Both null: the system. */
export type By = { readonly personId: Uuid | null; readonly postId: Uuid | null }

/** A person as at that moment, personal. `đã xóa` after an erasure. */
export type PersonSnapshot = {
  readonly kind: 'individual' | 'organisation'
  readonly name: string
  readonly personalNumber: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly email: string | null
}

export type Channel = 'counter' | 'online' | 'postal'
export type Delivery = 'counter' | 'postal' | 'online'

export type LimitKept = { readonly amount: number; readonly unit: 'working-day' | 'day' | 'month' | 'hour' }

/** A step of the process that the dossier started with. */
export type KeptStep = { readonly key: StepKey; readonly minutes: number; readonly untimed: boolean; readonly unit: StepUnit; readonly unitId: Uuid }

type ComponentHeld = { readonly n: number; readonly name: string; readonly originals: number; readonly copies: number }
/** `fileId`: of the file in `documents`; `digest`: SHA-256 of its content, hexadecimal. */
export type FileKept = { readonly fileId: Uuid; readonly digest: string; readonly name: string; readonly type: string; readonly size: number }
/** `component` = number of the component that it is a scan of; null: another paper. */
export type Attachment = FileKept & { readonly n: number; readonly component: number | null }

/** Where a submission is before it is received: at the desk to be looked at, or with the applicant to be completed (the desk watches). */
export type CustodyStep = StepKey | 'INTAKE' | 'COMPLETION'
/** A step of the process, not a waiting place before it. */
export const isProcessStep = (step: CustodyStep): step is StepKey => step !== 'INTAKE' && step !== 'COMPLETION'

/** One interval of custody: who had the dossier from when to when. They follow each other without gap. */
export type Custody = {
  readonly n: number
  readonly step: CustodyStep
  readonly unitId: Uuid
  /** The post that it was given to; null: the unit's, whoever takes it. */
  readonly postId: Uuid | null
  readonly enteredAt: Instant
  readonly dueAt: Instant | null
  readonly leftAt: Instant | null
  readonly leftBy: By | null
  /** How it left: forward, assign, send-back, … */
  readonly leftAs: string | null
  readonly note: string | null
}

/** `declined`: a written refusal to resolve is a result too (domain.md §2.2). */
export type ResultKind = 'granted' | 'declined'
/** The electronic form as it was filled in. `answers` is personal. `version`: digest of the form's content. */
export type FormKept = { readonly slug: string; readonly version: string; readonly answers: Json }
/** Which layout a result is drawn by. */
export type TemplateKept = { readonly slug: string; readonly version: string }
/** What the officer proposes to sign; the last one counts. `fields` of the template as filled in, `file` where it was written elsewhere. */
export type ResultDraft = {
  readonly at: Instant
  readonly by: By
  readonly kind: ResultKind
  readonly title: string
  readonly template: TemplateKept | null
  readonly fields: Readonly<Record<string, string>>
  readonly file: FileKept | null
}
/** Number and date given by the clerk before the paper is drawn with them. */
export type Numbered = { readonly at: Instant; readonly by: By; readonly number: string; readonly issuedOn: PlainDate }

/** Form 02 before reception: everything that is missing, asked for once (NĐ 309/2026 Art 8). */
export type CompletionRequest = {
  readonly n: number
  readonly at: Instant
  readonly by: By
  readonly items: readonly string[]
  readonly reason: string
  readonly until: PlainDate | null
  readonly answeredAt: Instant | null
}

export const REFUSAL_GROUNDS = ['not-competent', 'not-eligible', 'incomplete-after-request', 'duplicate', 'other'] as const
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number]
/** Form 03: not received. Different from a refusal to resolve, which is a result. */
export type IntakeRefusal = { readonly at: Instant; readonly by: By; readonly ground: RefusalGround; readonly reason: string; readonly legalBasis: string | null }

type IssuedResult = {
  readonly n: number
  readonly kind: ResultKind
  readonly title: string
  readonly number: string
  readonly issuedOn: PlainDate
  readonly file: FileKept | null
  readonly template: TemplateKept | null
  readonly fields: Readonly<Record<string, string>>
  readonly approvedBy: By
  readonly issuedBy: By
  readonly issuedAt: Instant
}
/** `electronic`: released to the applicant's account · `postal`: handed to the postman. */
export type Recipient = {
  readonly kind: 'self' | 'authorised' | 'electronic' | 'postal'
  readonly name: string
  /** Number of the identity paper that was looked at; null where nobody stood at the counter. */
  readonly idNumber: string | null
  /** The evidence: what was signed, which authorisation was shown, the number of the mail item. */
  readonly signature: string
}
type HandOver = { readonly at: Instant; readonly by: By; readonly recipient: Recipient }
type Note = { readonly n: number; readonly at: Instant; readonly by: By; readonly text: string }

export type DossierState = {
  readonly id: Uuid
  /** Number of the last event. */
  readonly seq: number
  /** Number of the last event that moved it: what a page sends back. Notes, numbers and erasures do not count. */
  readonly version: number
  readonly status: Status
  readonly code: string | null
  readonly secret: string
  readonly regime: string
  readonly procedureCode: string
  readonly revisionId: Uuid
  readonly methodN: number
  readonly channel: Channel
  readonly deskId: Uuid
  /** The agency of the desk: place of reception. */
  readonly receivingAgencyId: Uuid
  /** The competent agency and its division in charge. */
  readonly agencyId: Uuid
  readonly divisionId: Uuid
  readonly applicantId: Uuid
  readonly applicant: PersonSnapshot
  readonly submitterId: Uuid | null
  readonly submitter: (PersonSnapshot & { readonly relation: string }) | null
  readonly limit: LimitKept
  /** On line: the moment of filing; null at a counter. */
  readonly submittedAt: Instant | null
  /** By when the desk must answer the submission: its own limit of 8 working hours. */
  readonly intakeDueAt: Instant | null
  /** From here to `dueAt`: null, and no steps, until it is received. */
  readonly calendarVersion: number | null
  readonly processDigest: string | null
  readonly steps: readonly KeptStep[]
  readonly receivedAt: Instant | null
  readonly receivedBy: By | null
  readonly effectiveStart: Instant | null
  readonly dueOriginalAt: Instant | null
  readonly dueAt: Instant | null
  readonly provisional: boolean
  /** `ExplanationLine[]` of the deadline clock as JSON text: the log keeps no fractions (decision 6). */
  readonly explanation: string
  readonly components: readonly ComponentHeld[]
  readonly attachments: readonly Attachment[]
  /** Số lượng hồ sơ (bộ). */
  readonly sets: number
  readonly delivery: Delivery
  readonly deliveryAddress: string | null
  readonly remark: string | null
  readonly form: FormKept | null
  readonly completionRequests: readonly CompletionRequest[]
  readonly refusal: IntakeRefusal | null
  readonly custody: readonly Custody[]
  readonly resultDraft: ResultDraft | null
  readonly numbered: Numbered | null
  readonly approvedBy: By | null
  readonly results: readonly IssuedResult[]
  readonly finishedAt: Instant | null
  readonly handOver: HandOver | null
  readonly notes: readonly Note[]
}

/** Where it goes: part of every event that moves it. `dueAt` of the step, never later than the dossier's. */
export type Destination = { readonly step: StepKey; readonly unitId: Uuid; readonly postId: Uuid | null; readonly dueAt: Instant | null }

/** Where a submission waits, before there is a process. */
type Waiting = { readonly step: 'INTAKE' | 'COMPLETION'; readonly unitId: Uuid; readonly postId: null; readonly dueAt: Instant | null }

type Filed = Pick<
  DossierState,
  | 'secret' | 'regime' | 'procedureCode' | 'revisionId' | 'methodN' | 'channel' | 'deskId' | 'receivingAgencyId' | 'agencyId' | 'divisionId'
  | 'applicantId' | 'applicant' | 'submitterId' | 'submitter' | 'limit' | 'components' | 'attachments' | 'sets' | 'delivery' | 'deliveryAddress' | 'remark'
>
/** What the clock and the process make of a reception. */
type Clocked = Pick<DossierState, 'steps' | 'provisional' | 'explanation'> & {
  readonly calendarVersion: number
  readonly processDigest: string
  readonly effectiveStart: Instant
  readonly dueAt: Instant
  readonly to: Destination
}

export type Received = Filed & Clocked
export type Submitted = Filed & { readonly form: FormKept | null; readonly to: Waiting & { readonly dueAt: Instant } }
/** The desk may correct the way of filing; the regime is that of the day of reception. */
export type Accepted = Pick<DossierState, 'regime' | 'methodN' | 'limit' | 'components'> & Clocked
/** `attachments`: only the new ones. `form`: null where it stays as it was. */
export type Completed = { readonly form: FormKept | null; readonly components: DossierState['components']; readonly attachments: readonly Attachment[]; readonly note: string | null; readonly to: Waiting & { readonly dueAt: Instant } }

export type DossierEvent =
  | { readonly type: 'dossier.received'; readonly data: Received }
  | { readonly type: 'dossier.submitted'; readonly data: Submitted }
  | { readonly type: 'dossier.accepted'; readonly data: Accepted }
  | { readonly type: 'dossier.completion-requested'; readonly data: Pick<CompletionRequest, 'items' | 'reason' | 'until'> & { readonly to: Waiting } }
  | { readonly type: 'dossier.completed'; readonly data: Completed }
  | { readonly type: 'dossier.refused'; readonly data: Pick<IntakeRefusal, 'ground' | 'reason' | 'legalBasis'> }
  | { readonly type: 'dossier.code-issued'; readonly data: { readonly code: string } }
  | { readonly type: 'dossier.forwarded' | 'dossier.assigned' | 'dossier.taken' | 'dossier.approved'; readonly data: { readonly to: Destination; readonly note: string | null } }
  | { readonly type: 'dossier.sent-back'; readonly data: { readonly to: Destination; readonly reason: string } }
  | { readonly type: 'dossier.result-drafted'; readonly data: Pick<ResultDraft, 'kind' | 'title' | 'template' | 'fields' | 'file'> }
  | { readonly type: 'dossier.numbered'; readonly data: Pick<Numbered, 'number' | 'issuedOn'> }
  | {
      readonly type: 'dossier.result-issued'
      readonly data: {
        readonly kind: ResultKind
        readonly title: string
        readonly number: string
        readonly issuedOn: PlainDate
        readonly file: FileKept | null
        /** Left out in events of before there were templates. */
        readonly template?: TemplateKept | null
        readonly fields?: Readonly<Record<string, string>>
        readonly to: Destination
      }
    }
  | { readonly type: 'dossier.result-returned'; readonly data: { readonly recipient: Recipient } }
  | { readonly type: 'dossier.noted'; readonly data: { readonly text: string } }

/** Personal values were taken out of the log for good (decision 5). No dossier decides that: it finds them read `đã xóa`. */
type Erased = { readonly type: 'privacy.erased' }

/** An event with what the log knows of it. */
export type Happened = (DossierEvent | Erased) & { readonly seq: number; readonly at: Instant; readonly by: By }

/** Who has it now; undefined after the result was handed over. */
export const heldAt = (state: DossierState): Custody | undefined => state.custody.find((c) => c.leftAt === null)

/** @throws RangeError for an event out of turn: a bug or a changed log */
export const evolve = (state: DossierState, event: Happened): DossierState => {
  if (event.seq !== state.seq + 1) throw new RangeError(`event ${event.seq} after ${state.seq}`)
  // A number leaves it where it is: the form that asked for it goes on with the version that it showed, also after a crash in between.
  const moves = event.type !== 'dossier.noted' && event.type !== 'dossier.numbered' && event.type !== 'privacy.erased'
  const next = { ...state, seq: event.seq, version: moves ? event.seq : state.version }
  switch (event.type) {
    case 'dossier.received':
    case 'dossier.submitted':
      throw new RangeError(`${event.type} twice`)
    case 'dossier.accepted':
    case 'dossier.completion-requested':
    case 'dossier.completed':
    case 'dossier.refused':
      return atIntake(next, event)
    case 'dossier.code-issued':
      return { ...next, code: event.data.code }
    case 'dossier.assigned':
    case 'dossier.taken':
    case 'dossier.forwarded':
      return { ...next, status: 'processing', custody: pass(state.custody, event, leftAs[event.type], event.data.to, event.data.note) }
    case 'dossier.sent-back':
      return { ...next, approvedBy: null, custody: pass(state.custody, event, 'send-back', event.data.to, event.data.reason) }
    case 'dossier.approved':
      return { ...next, approvedBy: event.by, custody: pass(state.custody, event, 'approve', event.data.to, event.data.note) }
    case 'dossier.result-drafted':
      return { ...next, resultDraft: { ...event.data, at: event.at, by: event.by } }
    case 'dossier.numbered':
      return { ...next, numbered: { ...event.data, at: event.at, by: event.by } }
    case 'dossier.result-issued': {
      const { to, template = null, fields = {}, ...result } = event.data
      const issued = { ...result, template, fields, n: state.results.length + 1, approvedBy: state.approvedBy ?? event.by, issuedBy: event.by, issuedAt: event.at }
      return { ...next, status: 'finished', finishedAt: event.at, numbered: null, results: [...state.results, issued], custody: pass(state.custody, event, 'issue', to, null) }
    }
    case 'dossier.result-returned':
      return {
        ...next,
        status: 'returned',
        handOver: { at: event.at, by: event.by, recipient: event.data.recipient },
        custody: close(state.custody, event, 'return', null),
      }
    case 'dossier.noted':
      return { ...next, notes: [...state.notes, { n: state.notes.length + 1, at: event.at, by: event.by, text: event.data.text }] }
    case 'privacy.erased':
      return next
  }
}

type IntakeEvent = Extract<Happened, { type: 'dossier.accepted' | 'dossier.completion-requested' | 'dossier.completed' | 'dossier.refused' }>

/** Between filing and reception (domain.md §2.2): received, asked for everything that is missing, answered, or refused. */
const atIntake = (state: DossierState, event: IntakeEvent): DossierState => {
  const { at, by } = event
  switch (event.type) {
    case 'dossier.accepted': {
      const { to, dueAt, ...facts } = event.data
      return { ...state, ...facts, status: 'received', receivedAt: at, receivedBy: by, dueAt, dueOriginalAt: dueAt, custody: pass(state.custody, event, 'accept', to, null) }
    }
    case 'dossier.completion-requested': {
      const { to, ...asked } = event.data
      const request = { ...asked, n: state.completionRequests.length + 1, at, by, answeredAt: null }
      return { ...state, status: 'awaiting-completion', completionRequests: [...state.completionRequests, request], custody: pass(state.custody, event, 'request-completion', to, null) }
    }
    case 'dossier.completed': {
      const { to, form, components, attachments, note } = event.data
      return {
        ...state,
        status: 'submitted',
        intakeDueAt: to.dueAt,
        form: form ?? state.form,
        components,
        attachments: [...state.attachments, ...attachments],
        completionRequests: state.completionRequests.map((r) => (r.answeredAt === null ? { ...r, answeredAt: at } : r)),
        custody: pass(state.custody, event, 'complete', to, note),
      }
    }
    case 'dossier.refused':
      return { ...state, status: 'refused', refusal: { ...event.data, at, by }, custody: close(state.custody, event, 'refuse', null) }
  }
}

const leftAs = { 'dossier.assigned': 'assign', 'dossier.taken': 'take', 'dossier.forwarded': 'forward' } as const

/** The first event of a stream: received at a counter, or submitted on line. */
export const begin = (id: Uuid, event: Happened): DossierState => {
  const { seq, at, by } = event
  const known = { ...NOTHING_YET, id, seq, version: seq }
  if (event.type === 'dossier.received') {
    const { to, dueAt, ...facts } = event.data
    return { ...known, ...facts, status: 'received', receivedAt: at, receivedBy: by, dueAt, dueOriginalAt: dueAt, custody: [enter(1, at, to)] }
  }
  if (event.type === 'dossier.submitted') {
    const { to, ...facts } = event.data
    return { ...known, ...facts, status: 'submitted', submittedAt: at, intakeDueAt: to.dueAt, custody: [enter(1, at, to)] }
  }
  throw new RangeError(`a dossier cannot begin with ${event.type}`)
}

const NOTHING_YET = {
  code: null,
  submittedAt: null,
  intakeDueAt: null,
  calendarVersion: null,
  processDigest: null,
  steps: [],
  receivedAt: null,
  receivedBy: null,
  effectiveStart: null,
  dueOriginalAt: null,
  dueAt: null,
  provisional: false,
  explanation: '[]',
  form: null,
  completionRequests: [],
  refusal: null,
  resultDraft: null,
  numbered: null,
  approvedBy: null,
  results: [],
  finishedAt: null,
  handOver: null,
  notes: [],
} as const

/** Undefined for an empty stream. */
export const fold = (id: Uuid, events: readonly Happened[]): DossierState | undefined =>
  events.reduce<DossierState | undefined>((state, event) => (state === undefined ? begin(id, event) : evolve(state, event)), undefined)

const enter = (n: number, at: Instant, to: Destination | Waiting): Custody => ({
  n, step: to.step, unitId: to.unitId, postId: to.postId, enteredAt: at, dueAt: to.dueAt, leftAt: null, leftBy: null, leftAs: null, note: null,
})

type Moment = { readonly at: Instant; readonly by: By }

const close = (custody: readonly Custody[], { at, by }: Moment, as: string, note: string | null): readonly Custody[] =>
  custody.map((c) => (c.leftAt === null ? { ...c, leftAt: at, leftBy: by, leftAs: as, note } : c))

const pass = (custody: readonly Custody[], moment: Moment, as: string, to: Destination | Waiting, note: string | null): readonly Custody[] => [
  ...close(custody, moment, as, note),
  enter(custody.length + 1, moment.at, to),
]
