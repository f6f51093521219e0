/**
 * PURE. The promise to the citizen through every wait (domain.md §2.4.1, C9–C11; §2.5). It is computed anew from the reception each time, never by adding days
 * to an older date. Kept apart: the due date given at reception, the one of the law with its waits, and the promise in force.
 */
import { type DeadlineError, type Suspension, type WorkingCalendar, addWorkingMinutes, computeDeadline, workingMinutesBetween } from '#modules/calendar'
import { type PauseEffect, type PauseKind, pauseEffect } from '#modules/process'
import type { Instant } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { type Destination, type Moment, type Waiting, isProcessStep } from './custody.ts'
import type { Facts } from './noun.ts'
import type { DossierState } from './state.ts'

/** While it is open the dossier waits for somebody else. `document`: what caused it, for the explanation of the date. */
export type Pause = { readonly n: number; readonly kind: PauseKind; readonly from: Instant; readonly to: Instant | null; readonly effect: PauseEffect; readonly document: string }

/** Why the promise moved: `from` the date before, `to` the one after; null: none while it waits. */
export type DueChange = Moment & {
  readonly n: number
  readonly kind: PauseKind | 'extension' | 'holiday' | 'correction' | 'reopening'
  readonly from: Instant | null
  readonly to: Instant | null
  readonly document: string
}

export type ClockState = {
  readonly receivedAt: Instant | null
  readonly effectiveStart: Instant | null
  /** C5: of an in-day procedure. */
  readonly inDayCutoff: number | null
  readonly calendarVersion: number | null
  /** As it was printed on the receipt; nothing moves it. */
  readonly dueOriginalAt: Instant | null
  /** By the law, with every wait and without any extension. Null while it waits. */
  readonly dueLawAt: Instant | null
  /** The promise in force. */
  readonly dueAt: Instant | null
  readonly provisional: boolean
  /** `ExplanationLine[]` of the deadline clock as JSON text: the log keeps no fractions (decision 6). */
  readonly explanation: string
  readonly pauses: readonly Pause[]
  readonly dueChanges: readonly DueChange[]
}
export const NO_CLOCK = {
  receivedAt: null, effectiveStart: null, inDayCutoff: null, calendarVersion: null, dueOriginalAt: null, dueLawAt: null, dueAt: null, provisional: false, explanation: '[]', pauses: [], dueChanges: [],
} as const satisfies ClockState

/** What the clock says after a change: part of the event, so that a replay needs no calendar. */
export type Reckoned = { readonly calendarVersion: number; readonly dueLawAt: Instant | null; readonly dueAt: Instant | null; readonly provisional: boolean; readonly explanation: string }

export type ClockRefused = { readonly code: 'no-due-date'; readonly error: DeadlineError }

export const openPause = (state: Pick<ClockState, 'pauses'>): Pause | undefined => state.pauses.find((p) => p.to === null)

/** The clock over the reception, the kept limit and these waits. */
const reckon = (state: DossierState, pauses: readonly Pause[], calendar: WorkingCalendar): Result<Reckoned, ClockRefused> => {
  const anew = reckonAnew(state, pauses, calendar)
  if (!anew.ok) return anew
  const { effectiveStart: _, ...clock } = anew.value
  return ok(clock)
}

/** The same, where the reception, the limit or the hours that count are others than before: the effective start may be another too. */
export const reckonAnew = (state: DossierState, pauses: readonly Pause[], calendar: WorkingCalendar): Result<Reckoned & { readonly effectiveStart: Instant }, ClockRefused> => {
  if (state.receivedAt === null) throw new RangeError('the clock of a dossier that was not received')
  const suspensions = pauses.flatMap(({ from, to, effect, document }): Suspension[] => (effect === 'none' ? [] : [{ from, to, document, mode: effect }]))
  const deadline = computeDeadline(calendar, { start: state.receivedAt, limit: state.limit, suspensions, ...(state.inDayCutoff !== null && { inDayCutoff: state.inDayCutoff }) })
  if (!deadline.ok) return err({ code: 'no-due-date', error: deadline.error })
  const { dueAt, effectiveStart, explanation, provisional } = deadline.value
  return ok({ effectiveStart, calendarVersion: calendar.version, dueLawAt: dueAt, dueAt: promised(state, dueAt), provisional, explanation: JSON.stringify(explanation) })
}

/**
 * The promise in force, where the law gives this date: the latest of it, the new date of a letter and that of a re-opening, which a wait does not take back.
 * None while it waits.
 */
const promised = (state: DossierState, law: Instant | null): Instant | null => {
  if (law === null) return null
  const given = [state.apologies.findLast((a) => a.kind === 'extension')?.dueAt, state.reopenings.find((r) => r.endedAgainAt === null)?.promisedAt]
  return given.reduce<Instant>((latest, at) => (at != null && at > latest ? at : latest), law)
}

type Begun = { readonly effect: PauseEffect; readonly clock: Reckoned }

/** A wait begins now. */
export const pauseFrom = (state: DossierState, kind: PauseKind, document: string, facts: Facts): Result<Begun, ClockRefused> => {
  const effect = pauseEffect(state.regime, state.procedureCode, kind)
  const clock = reckon(state, [...state.pauses, { n: state.pauses.length + 1, kind, from: facts.now, to: null, effect, document }], facts.calendar)
  return clock.ok ? ok({ effect, clock: clock.value }) : clock
}

/** It ends now, and the work goes on. */
export const resumeAt = (state: DossierState, facts: Facts): Result<Reckoned, ClockRefused> => reckon(state, closed(state.pauses, facts.now), facts.calendar)

/**
 * The dossier ends while it waits: the work was over when the wait began, and is measured against the date that held then. The index of QĐ 766 does the
 * same for a request that is never answered (domain.md §2.5).
 */
export const endedFrom = (state: DossierState, facts: Facts): Result<{ readonly endedAt: Instant; readonly clock: Reckoned | null }, ClockRefused> => {
  const open = openPause(state)
  if (open === undefined || state.receivedAt === null) return ok({ endedAt: facts.now, clock: null })
  const clock = reckon(state, state.pauses.filter((p) => p !== open), facts.calendar)
  return clock.ok ? ok({ endedAt: open.effect === 'none' ? facts.now : open.from, clock: clock.value }) : clock
}

const closed = (pauses: readonly Pause[], at: Instant): readonly Pause[] => pauses.map((p) => (p.to === null ? { ...p, to: at } : p))

// evolve

/** What stands there when a dossier is received. */
export const started = (state: { readonly dueAt: Instant; readonly inDayCutoff?: number | null | undefined }) => ({
  dueAt: state.dueAt, dueOriginalAt: state.dueAt, dueLawAt: state.dueAt, inDayCutoff: state.inDayCutoff ?? null,
})

export const paused = (state: DossierState, moment: Moment, kind: PauseKind, document: string, { effect, clock }: Begun): DossierState => ({
  ...state,
  ...clock,
  pauses: [...state.pauses, { n: state.pauses.length + 1, kind, from: moment.at, to: null, effect, document }],
  dueChanges: clock.dueAt === state.dueAt ? state.dueChanges : [...state.dueChanges, { n: state.dueChanges.length + 1, kind, from: state.dueAt, to: clock.dueAt, document, at: moment.at, by: moment.by }],
})

/** Reckoned anew because something of it was wrong, or because it was opened again: what was promised before is kept beside. */
export const dueAnew = (state: DossierState, { at, by }: Moment, kind: 'correction' | 'reopening', clock: Omit<Reckoned, 'calendarVersion'> & Pick<ClockState, 'calendarVersion'>, document: string): DossierState => ({
  ...state,
  ...clock,
  dueChanges: clock.dueAt === state.dueAt ? state.dueChanges : [...state.dueChanges, { n: state.dueChanges.length + 1, kind, from: state.dueAt, to: clock.dueAt, document, at, by }],
})

/** A letter gives a new date; the law's stays what it was. */
export const promisedAnew = (state: DossierState, { at, by }: Moment, dueAt: Instant, document: string): DossierState => ({
  ...state,
  dueAt,
  dueChanges: [...state.dueChanges, { n: state.dueChanges.length + 1, kind: 'extension', from: state.dueAt, to: dueAt, document, at, by }],
})

/** Closes the wait; the change of the promise that it began gets its new date. `clock` null: the dates stay. */
export const unpaused = (state: DossierState, at: Instant, clock: Reckoned | null): DossierState => {
  const last = state.dueChanges.findLast((c) => c.to === null)
  return {
    ...state,
    ...clock,
    pauses: closed(state.pauses, at),
    dueChanges: clock === null ? state.dueChanges : state.dueChanges.map((c) => (c === last ? { ...c, to: clock.dueAt } : c)),
  }
}

// The step that was left

/** Out of the hands of whoever has it, to wait. The clock of the step stands still with that of the dossier. */
export const waitAt = (step: Waiting['step'], unitId: Waiting['unitId']): Waiting => ({ step, unitId, postId: null, dueAt: null })

/** Back to whoever had it, if they are there, with the working minutes that the step had left. */
export const comeBack = (state: DossierState, dueAt: Instant | null, facts: Facts): Destination => {
  const left = state.custody.findLast((c) => isProcessStep(c.step))
  const pause = openPause(state)
  if (left === undefined || !isProcessStep(left.step)) throw new RangeError('a wait that nobody began')
  const step = { step: left.step, unitId: left.unitId, postId: left.step === 'HANDLE' && facts.examinerGone === true ? null : left.postId }
  if (left.dueAt === null || pause === undefined || pause.effect === 'none' || left.dueAt <= pause.from) return { ...step, dueAt: left.dueAt }
  const own = addWorkingMinutes(facts.calendar, facts.now, workingMinutesBetween(facts.calendar, pause.from, left.dueAt))
  return { ...step, dueAt: dueAt !== null && dueAt < own ? dueAt : own }
}

