/** The deadline clock: conventions C1–C14, a pure function of the working calendar and the input. Integers only; about a million answers a second. */
import { type Instant, MS_PER_DAY, MS_PER_MINUTE, dateFromDayNumber, dayNumberOf } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Deadline, DeadlineError, DeadlineInput, ExplanationLine, Suspension } from './deadline.ts'
import { type Stretch, explain } from './explain.ts'
import { type Measure, isGoodAmount, measureOf } from './measure.ts'
import { type WorkingCalendar, afterOfficeTime, effectiveAt, officeTimeBetween } from './working-calendar.ts'

/**
 * When is it due, and why?
 * @returns `dueAt` null while a suspension is open, except where the limit had run out before it began (C10)
 */
export const computeDeadline = (calendar: WorkingCalendar, input: DeadlineInput): Result<Deadline, DeadlineError> => {
  const wrong = refuse(input)
  if (wrong !== undefined) return err(wrong)
  const measure = measureOf(input.limit)
  const effectiveStart = effectiveAt(calendar, input.start)
  const dueAt = run(calendar, input, measure, effectiveStart, undefined)
  // C14: the calendar's look-ups give NaN before its first day and after its last.
  if (Number.isNaN(dueAt) || Number.isNaN(effectiveStart)) return err(unknownTo(calendar))

  return ok(new Answer(calendar, input, measure, effectiveStart, dueAt))
}

/** A class for speed alone: a million small objects whose explanation nobody reads. */
class Answer implements Deadline {
  readonly effectiveStart: Instant
  readonly dueAt: Instant | null
  readonly provisional: boolean
  readonly #calendar: WorkingCalendar
  readonly #input: DeadlineInput
  readonly #measure: Measure
  #lines: readonly ExplanationLine[] | undefined

  constructor(calendar: WorkingCalendar, input: DeadlineInput, measure: Measure, effectiveStart: Instant, dueAt: Instant | null) {
    this.effectiveStart = effectiveStart
    this.dueAt = dueAt
    this.provisional = dayNumberOf(dueAt ?? effectiveStart) > calendar.announcedTo
    this.#calendar = calendar
    this.#input = input
    this.#measure = measure
    this.#lines = undefined
  }

  get explanation(): readonly ExplanationLine[] {
    if (this.#lines === undefined) {
      const stretches: Stretch[] = []
      run(this.#calendar, this.#input, this.#measure, this.effectiveStart, stretches)
      this.#lines = explain(this.#calendar, this.#input, this.#measure, this.effectiveStart, stretches)
    }
    return this.#lines
  }

  toJSON() {
    const { effectiveStart, dueAt, explanation, provisional } = this
    return { effectiveStart, dueAt, explanation, provisional }
  }
}

/**
 * Counts the limit through the suspensions in the order of their beginning, so that "the due date computed so far" (C10) is `due`.
 * @param trace where given, is told every stretch: the explanation comes from the same run as the date
 * @returns null = open; NaN = beyond the calendar
 */
const run = (c: WorkingCalendar, input: DeadlineInput, measure: Measure, effectiveStart: Instant, trace: Stretch[] | undefined): Instant | null => {
  let origin = effectiveStart
  let at = measure.position(origin)
  let left = measure.need(input, origin)
  let due = measure.due(c, at, left)
  const suspensions = inOrder(input.suspensions)
  for (let i = 0; i < suspensions.length; i++) {
    const s = suspensions[i]
    if (s === undefined || Number.isNaN(due)) return due
    // C10, C12: the due moment itself is still in time, so what begins at it takes effect.
    if (s.from > due) {
      if (trace !== undefined) for (const late of suspensions.slice(i)) trace.push({ kind: 'without-effect', suspension: late, rule: 'C10' })
      break
    }
    const asked = s.from > origin ? Math.max(at, measure.position(s.from)) : at
    const counted = measure.between(c, at, asked)
    if (s.to === null) {
      trace?.push({ kind: 'count', at, until: asked, count: Math.min(counted, left) }, { kind: 'open', suspension: s })
      return null
    }
    // Over before the counting began (again).
    if (s.to <= origin) continue
    const resumed = effectiveAt(c, s.to)
    const until = measure.position(resumed)
    if (Number.isNaN(until)) return until as Instant
    if ((s.mode ?? input.supplementMode) === 'restart') {
      trace?.push({ kind: 'discard', origin, suspension: s, resumed })
      origin = resumed
      at = until
      left = measure.need(input, origin)
      due = measure.due(c, at, left)
    } else if (counted >= left) {
      // C9: the day of the request still counts, and it was the last one.
      trace?.push({ kind: 'without-effect', suspension: s, rule: 'C9' })
    } else if (until > at) {
      // Otherwise it lies inside one already taken: overlaps count once (C10).
      trace?.push({ kind: 'count', at, until: asked, count: counted }, { kind: 'pause', suspension: s, resumed })
      left -= counted
      at = until
      due = measure.due(c, at, left)
    }
  }
  trace?.push({ kind: 'finish', at, left, due })
  return due
}

const NONE: readonly Suspension[] = []

const inOrder = (suspensions: readonly Suspension[] = NONE): readonly Suspension[] =>
  suspensions.length < 2 ? suspensions : [...suspensions].sort((a, b) => a.from - b.from)

const refuse = ({ limit, inDayCutoff, suspensions }: DeadlineInput): DeadlineError | undefined => {
  if (!isGoodAmount(limit)) return { code: 'bad-amount', ...limit }
  if (inDayCutoff !== undefined) {
    if (!Number.isInteger(inDayCutoff) || inDayCutoff < 0 || inDayCutoff >= MS_PER_DAY) return { code: 'bad-cutoff', inDayCutoff }
    if (limit.unit !== 'working-day' || limit.amount !== 0) return { code: 'cutoff-without-same-day', ...limit }
  }
  for (const { from, to } of suspensions ?? NONE) if (to !== null && to < from) return { code: 'suspension-backwards', from, to }
  return undefined
}

const unknownTo = (c: WorkingCalendar): DeadlineError => ({
  code: 'calendar-unknown',
  from: dateFromDayNumber(c.firstDay),
  to: dateFromDayNumber(c.lastDay),
})

// Step clocks: internal steps are measured in working minutes, 480 a day, and never move the legal due date.

/**
 * The moment at which this many working minutes have passed (C4, C8); 0 = the effective moment itself.
 * @throws RangeError outside the calendar, or for a negative or fractional number of minutes
 */
export const addWorkingMinutes = (calendar: WorkingCalendar, from: Instant, minutes: number): Instant => {
  if (!Number.isSafeInteger(minutes) || minutes < 0) throw new RangeError(`not a number of minutes: ${minutes}`)
  const effective = effectiveAt(calendar, from)
  const at = minutes === 0 ? effective : afterOfficeTime(calendar, effective, minutes * MS_PER_MINUTE)
  if (Number.isNaN(at)) throw new RangeError('outside the working calendar')
  return at
}

/** Whole working minutes from a to b; 0 where b is not after a. @throws RangeError outside the calendar */
export const workingMinutesBetween = (calendar: WorkingCalendar, a: Instant, b: Instant): number => {
  if (b <= a) return 0
  const ms = officeTimeBetween(calendar, a, b)
  if (Number.isNaN(ms)) throw new RangeError('outside the working calendar')
  return Math.floor(ms / MS_PER_MINUTE)
}
