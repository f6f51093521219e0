/** PURE. Who has a dossier from when to when: intervals that follow each other without gap, so that they add up to its life. */
import type { StepKey } from '#modules/process'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'

/** Who did it. Both null: the system. `delegationId`: the post is another's, by this delegation or absence. */
export type By = { readonly personId: Uuid | null; readonly postId: Uuid | null; readonly delegationId?: Uuid }
export type Moment = { readonly at: Instant; readonly by: By }

/**
 * Where a submission is before it is received: at the desk to be looked at (INTAKE), or with the applicant to be completed (COMPLETION, the desk watches).
 * Later: waiting for what was asked for in examination or for a payment (the desk watches), or halted (in the unit that had it). CLOSED: it was over, until
 * it was opened again.
 */
const WAITING_PLACES = ['INTAKE', 'COMPLETION', 'SUPPLEMENT', 'PAYMENT', 'HALT', 'CLOSED'] as const
type WaitingPlace = (typeof WAITING_PLACES)[number]
export type CustodyStep = StepKey | WaitingPlace
/** A step of the process, not a place to wait at. */
export const isProcessStep = (step: CustodyStep): step is StepKey => !(WAITING_PLACES as readonly string[]).includes(step)

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

/** Where it goes: part of every event that moves it. `dueAt` of the step, never later than the dossier's. */
export type Destination = { readonly step: StepKey; readonly unitId: Uuid; readonly postId: Uuid | null; readonly dueAt: Instant | null }

/** Where it waits: before there is a process, or outside of it. */
export type Waiting = { readonly step: WaitingPlace; readonly unitId: Uuid; readonly postId: null; readonly dueAt: Instant | null }

/** Who has it now; undefined after the last one let go of it. */
export const heldAt = (state: { readonly custody: readonly Custody[] }): Custody | undefined => state.custody.find((c) => c.leftAt === null)

export const enter = (n: number, at: Instant, to: Destination | Waiting): Custody => ({
  n, step: to.step, unitId: to.unitId, postId: to.postId, enteredAt: at, dueAt: to.dueAt, leftAt: null, leftBy: null, leftAs: null, note: null,
})

export const close = (custody: readonly Custody[], { at, by }: Moment, as: string, note: string | null): readonly Custody[] =>
  custody.map((c) => (c.leftAt === null ? { ...c, leftAt: at, leftBy: by, leftAs: as, note } : c))

export const pass = (custody: readonly Custody[], moment: Moment, as: string, to: Destination | Waiting, note: string | null): readonly Custody[] => [
  ...close(custody, moment, as, note),
  enter(custody.length + 1, moment.at, to),
]
