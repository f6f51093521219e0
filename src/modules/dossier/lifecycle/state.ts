/** PURE. What a dossier is, folded from its events: `evolve`. Nothing else builds a state, and rows are built from it alone (decision 10). */
import type { StepKey, StepUnit } from '#modules/process'
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

/** One interval of custody: who had the dossier from when to when. They follow each other without gap. */
export type Custody = {
  readonly n: number
  readonly step: StepKey
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
type IssuedResult = {
  readonly n: number
  readonly kind: ResultKind
  readonly title: string
  readonly number: string
  readonly issuedOn: PlainDate
  readonly file: FileKept | null
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
  /** Number of the last event that moved it: what a page sends back. Notes and erasures do not count. */
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
  readonly calendarVersion: number
  readonly processDigest: string
  readonly steps: readonly KeptStep[]
  readonly receivedAt: Instant
  readonly receivedBy: By
  readonly effectiveStart: Instant
  readonly dueOriginalAt: Instant
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
  readonly custody: readonly Custody[]
  readonly approvedBy: By | null
  readonly results: readonly IssuedResult[]
  readonly finishedAt: Instant | null
  readonly handOver: HandOver | null
  readonly notes: readonly Note[]
}

/** Where it goes: part of every event that moves it. `dueAt` of the step, never later than the dossier's. */
export type Destination = { readonly step: StepKey; readonly unitId: Uuid; readonly postId: Uuid | null; readonly dueAt: Instant | null }

export type Received = Pick<
  DossierState,
  | 'secret' | 'regime' | 'procedureCode' | 'revisionId' | 'methodN' | 'channel' | 'deskId' | 'receivingAgencyId' | 'agencyId' | 'divisionId'
  | 'applicantId' | 'applicant' | 'submitterId' | 'submitter' | 'limit' | 'calendarVersion' | 'processDigest' | 'steps' | 'effectiveStart'
  | 'provisional' | 'explanation' | 'components' | 'attachments' | 'sets' | 'delivery' | 'deliveryAddress' | 'remark'
> & { readonly dueAt: Instant; readonly to: Destination }

export type DossierEvent =
  | { readonly type: 'dossier.received'; readonly data: Received }
  | { readonly type: 'dossier.code-issued'; readonly data: { readonly code: string } }
  | { readonly type: 'dossier.forwarded' | 'dossier.assigned' | 'dossier.taken' | 'dossier.approved'; readonly data: { readonly to: Destination; readonly note: string | null } }
  | { readonly type: 'dossier.sent-back'; readonly data: { readonly to: Destination; readonly reason: string } }
  | {
      readonly type: 'dossier.result-issued'
      readonly data: { readonly kind: ResultKind; readonly title: string; readonly number: string; readonly issuedOn: PlainDate; readonly file: FileKept | null; readonly to: Destination }
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
  const moves = event.type !== 'dossier.noted' && event.type !== 'privacy.erased'
  const next = { ...state, seq: event.seq, version: moves ? event.seq : state.version }
  switch (event.type) {
    case 'dossier.received':
      throw new RangeError('received twice')
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
    case 'dossier.result-issued': {
      const { to, ...result } = event.data
      const issued = { ...result, n: state.results.length + 1, approvedBy: state.approvedBy ?? event.by, issuedBy: event.by, issuedAt: event.at }
      return { ...next, status: 'finished', finishedAt: event.at, results: [...state.results, issued], custody: pass(state.custody, event, 'issue', to, null) }
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

const leftAs = { 'dossier.assigned': 'assign', 'dossier.taken': 'take', 'dossier.forwarded': 'forward' } as const

/** The first event of a stream. */
export const begin = (id: Uuid, event: Happened): DossierState => {
  if (event.type !== 'dossier.received') throw new RangeError(`a dossier cannot begin with ${event.type}`)
  const { to, dueAt, ...facts } = event.data
  return {
    ...facts,
    id,
    seq: event.seq,
    version: event.seq,
    status: 'received',
    code: null,
    receivedAt: event.at,
    receivedBy: event.by,
    dueAt,
    dueOriginalAt: dueAt,
    custody: [enter(1, event.at, to)],
    approvedBy: null,
    results: [],
    finishedAt: null,
    handOver: null,
    notes: [],
  }
}

/** Undefined for an empty stream. */
export const fold = (id: Uuid, events: readonly Happened[]): DossierState | undefined =>
  events.reduce<DossierState | undefined>((state, event) => (state === undefined ? begin(id, event) : evolve(state, event)), undefined)

const enter = (n: number, at: Instant, to: Destination): Custody => ({
  n, step: to.step, unitId: to.unitId, postId: to.postId, enteredAt: at, dueAt: to.dueAt, leftAt: null, leftBy: null, leftAs: null, note: null,
})

type Moment = { readonly at: Instant; readonly by: By }

const close = (custody: readonly Custody[], { at, by }: Moment, as: string, note: string | null): readonly Custody[] =>
  custody.map((c) => (c.leftAt === null ? { ...c, leftAt: at, leftBy: by, leftAs: as, note } : c))

const pass = (custody: readonly Custody[], moment: Moment, as: string, to: Destination, note: string | null): readonly Custody[] => [
  ...close(custody, moment, as, note),
  enter(custody.length + 1, moment.at, to),
]
