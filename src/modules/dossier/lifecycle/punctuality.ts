/** PURE. Early, on time, late: domain.md §2.7. Days are compared, not moments; limits in hours compare moments. */
import { type Instant, type PlainDate, dateOf, instantAt, dayNumber } from '#kernel/plain-date.ts'
import { openPause } from './clock.ts'
import type { DossierState, LimitKept } from './state.ts'
import { type Status, statusGroup } from './status.ts'
import { endedAtOf } from './tracks.ts'

export type Punctuality = 'early' | 'on-time' | 'late' | 'within' | 'paused' | 'not-counted'

export type PunctualityFacts = {
  readonly status: Status
  readonly limitUnit: LimitKept['unit']
  readonly dueAt: Instant | null
  /** The moment of state 9: result ready at the desk. Falls back to the return (10), then to the withdrawal or stop. */
  readonly endedAt: Instant | null
  /** When the pause began, for 5, 6 and 8; null where the clock runs on meanwhile. */
  readonly pausedAt?: Instant | null
}

/** @param asOf the moment of the question: a statistic never uses "today" by itself */
export const punctualityOf = (facts: PunctualityFacts, asOf: Instant): Punctuality => {
  const group = statusGroup(facts.status)
  if (group === 'awaiting-intake' || group === 'refused') return 'not-counted'
  const past = (at: Instant): number => (facts.dueAt === null ? -1 : compare(at, facts.dueAt, facts.limitUnit))
  if (group === 'finished') {
    if (facts.dueAt === null || facts.endedAt === null) return 'not-counted'
    const c = past(facts.endedAt)
    return c < 0 ? 'early' : c === 0 ? 'on-time' : 'late'
  }
  if (group === 'paused') return past(facts.pausedAt ?? asOf) > 0 ? 'late' : 'paused'
  return past(asOf) > 0 ? 'late' : 'within'
}

/** Past its promise: by the day, a limit in hours by the moment. `officer-queue.ts` and `desk-board.ts` count in SQL what this says of one (`due_on`). */
export const isPastDue = (promise: { readonly dueAt: Instant | null; readonly limitUnit: LimitKept['unit'] }, at: Instant): boolean =>
  promise.dueAt !== null && compare(at, promise.dueAt, promise.limitUnit) > 0

const compare = (at: Instant, due: Instant, unit: LimitKept['unit']): number =>
  Math.sign(unit === 'hour' ? at - due : startOf(dateOf(at)) - startOf(dateOf(due)))

const startOf = (day: PlainDate): Instant => instantAt(dayNumber(day))

/**
 * A date that was moved by a letter is measured twice (domain.md §2.6): against the law's, which no apology moves, and against the last promise, which is
 * what the portal's index compares with.
 */
export const punctualityBothWays = (facts: PunctualityFacts & { readonly dueLawAt: Instant | null }, asOf: Instant): { readonly promised: Punctuality; readonly statutory: Punctuality } => ({
  promised: punctualityOf(facts, asOf),
  statutory: punctualityOf({ ...facts, dueAt: facts.dueLawAt }, asOf),
})
/** The facts of a dossier. */
export const punctualityFacts = (state: DossierState): PunctualityFacts => {
  const pause = openPause(state)
  return { status: state.status, limitUnit: state.limit.unit, dueAt: state.dueAt, endedAt: endedAtOf(state), pausedAt: pause === undefined || pause.effect === 'none' ? null : pause.from }
}
