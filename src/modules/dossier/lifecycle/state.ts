/** PURE. What a dossier is, folded from its events: `evolve`. Nothing else builds a state, and rows are built from it alone (decision 10). */
import type { StepKey, StepUnit } from '#modules/process'
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { By, Custody } from './custody.ts'
import { beginBy } from './intake.ts'
import type { Known } from './noun.ts'
import { NOTHING_OF_ANY, type NounEvent, type NounState, evolveBy } from './nouns.ts'
import type { Status } from './status.ts'

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

/** The electronic form as it was filled in. `answers` is personal. `version`: digest of the form's content. */
export type FormKept = { readonly slug: string; readonly version: string; readonly answers: Json }
export type DossierState = NounState & {
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
  /** Null, and no steps, until it is received; so is the clock. */
  readonly processDigest: string | null
  readonly steps: readonly KeptStep[]
  readonly receivedBy: By | null
  readonly components: readonly ComponentHeld[]
  readonly attachments: readonly Attachment[]
  /** Số lượng hồ sơ (bộ). */
  readonly sets: number
  readonly delivery: Delivery
  readonly deliveryAddress: string | null
  readonly remark: string | null
  readonly form: FormKept | null
  readonly custody: readonly Custody[]
}

export type DossierEvent = NounEvent

/** Personal values were taken out of the log for good (decision 5). No dossier decides that: it finds them read `đã xóa`. */
type Erased = { readonly type: 'privacy.erased' }

/** An event with what the log knows of it. */
export type Happened = (DossierEvent | Erased) & Known

/** These leave it where it is: the form that asked for a number goes on with the version that it showed, also after a crash in between. */
const MOVES_NOTHING: ReadonlySet<Happened['type']> = new Set<Happened['type']>([
  'dossier.noted', 'dossier.numbered', 'dossier.apology-drafted', 'dossier.extended', 'dossier.apologised', 'dossier.marked-late', 'dossier.escalated', 'dossier.attempts-linked', 'dossier.attempt-unlinked', 'privacy.erased',
  'dossier.consultation-asked', 'dossier.consultation-answered', 'dossier.consultation-recalled', 'dossier.consultation-reminded', 'dossier.consultation-lapsed',
  'dossier.inspection-planned', 'dossier.inspection-cancelled', 'dossier.inspection-recorded', 'dossier.inspection-signed',
])

/** @throws RangeError for an event out of turn: a bug or a changed log */
export const evolve = (state: DossierState, event: Happened): DossierState => {
  if (event.seq !== state.seq + 1) throw new RangeError(`event ${event.seq} after ${state.seq}`)
  const next = { ...state, seq: event.seq, version: MOVES_NOTHING.has(event.type) ? state.version : event.seq }
  return event.type === 'privacy.erased' ? next : evolveBy(next, event)
}

/** The first event of a stream: received at a counter, or submitted on line. */
export const begin = (id: Uuid, event: Happened): DossierState => {
  if (event.type !== 'dossier.received' && event.type !== 'dossier.submitted') throw new RangeError(`a dossier cannot begin with ${event.type}`)
  return { ...NOTHING_YET, ...beginBy(event), id, seq: event.seq, version: event.seq }
}

const NOTHING_YET = {
  ...NOTHING_OF_ANY,
  code: null,
  processDigest: null,
  steps: [],
  receivedBy: null,
  form: null,
} as const

/** Undefined for an empty stream. */
export const fold = (id: Uuid, events: readonly Happened[]): DossierState | undefined =>
  events.reduce<DossierState | undefined>((state, event) => (state === undefined ? begin(id, event) : evolve(state, event)), undefined)
