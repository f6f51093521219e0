/** PURE. The clocks of the steps: each its own working minutes, never beyond the promise to the citizen (domain.md §2.4, 9). */
import { addWorkingMinutes } from '#modules/calendar'
import type { StepKey } from '#modules/process'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Custody, Destination } from './custody.ts'
import type { Facts } from './noun.ts'
import type { DossierState, KeptStep } from './state.ts'

/** The desk answers a submission within 8 working hours (domain.md §2.1), counted as C8 counts. */
const INTAKE_MINUTES = 480
export const intakeDueAt = (facts: Pick<Facts, 'now' | 'calendar'>): Instant => addWorkingMinutes(facts.calendar, facts.now, INTAKE_MINUTES)

/** Changing hands within a step does not give it new time. */
export const staying = (held: Custody | undefined, to: Destination): Destination => (held?.step === to.step ? { ...to, dueAt: held.dueAt } : to)

export const lastHolder = (state: DossierState, key: StepKey): Uuid | null => state.custody.findLast((c) => c.step === key)?.postId ?? null

/** Who had this step before gets it again, if they are there; nobody for a step that was never reached. */
export const holderAgain = (state: DossierState, key: StepKey, facts: Facts): Uuid | null => (key === 'HANDLE' && facts.examinerGone === true ? null : lastHolder(state, key))

/** The step's own clock, never beyond the dossier's due date; the return of the result has none (processes.md §2, "Không tính thời gian"). */
export const destination = (state: DossierState, key: StepKey, postId: Uuid | null, facts: Facts): Destination => {
  const step = stepOf(state, key)
  return { step: key, unitId: step.unitId, postId, dueAt: stepDueAt(step, state.dueAt, facts) }
}

export const stepDueAt = (step: Pick<KeptStep, 'minutes' | 'untimed'>, dueAt: Instant | null, facts: Pick<Facts, 'now' | 'calendar'>): Instant | null => {
  if (step.untimed) return null
  const own = addWorkingMinutes(facts.calendar, facts.now, step.minutes)
  return dueAt === null || own < dueAt ? own : dueAt
}

const stepOf = (state: DossierState, key: StepKey): KeptStep => {
  const step = state.steps.find((s) => s.key === key)
  if (step === undefined) throw new RangeError(`the process has no step ${key}`)
  return step
}

/** What lies before the present step. */
export const stepsBefore = (state: DossierState, held: Custody): readonly StepKey[] => state.steps.slice(0, indexOf(state, held)).map((s) => s.key)
/** The next one, if any. */
export const stepAfter = (state: DossierState, held: Custody): readonly StepKey[] => state.steps.slice(indexOf(state, held) + 1, indexOf(state, held) + 2).map((s) => s.key)
const indexOf = (state: DossierState, held: Custody): number => state.steps.findIndex((s) => s.key === held.step)
