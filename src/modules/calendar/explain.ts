/** Why is it this date? Turns the stretches that the clock went through into lines that follow each other and add up to the limit. */
import { type DayNumber, type Instant, dayNumberOf, instantAt, timeOfDay } from '#kernel/plain-date.ts'
import { addMonths } from './civil.ts'
import type { DeadlineInput, ExplanationLine, Reason, Rule, Suspension } from './deadline.ts'
import { type Measure, unitMs } from './measure.ts'
import { type WorkingCalendar, isWorkingDay, officeTimeBetween } from './working-calendar.ts'

/** Positions are those of the measure: day numbers, or moments for office time. */
export type Stretch =
  | { readonly kind: 'count'; readonly at: number; readonly until: number; readonly count: number }
  | { readonly kind: 'pause'; readonly suspension: Suspension; readonly resumed: Instant }
  | { readonly kind: 'discard'; readonly origin: Instant; readonly suspension: Suspension; readonly resumed: Instant }
  | { readonly kind: 'open'; readonly suspension: Suspension }
  | { readonly kind: 'finish'; readonly at: number; readonly left: number; readonly due: Instant }
  | { readonly kind: 'without-effect'; readonly suspension: Suspension; readonly rule: 'C9' | 'C10' }

/**
 * Fractions of an hour or day are rounded to multiples of this, cumulatively: such numbers add up in binary without any error, so that Σ `counted` *equals*
 * the amount; it is below a millisecond, so that the exact time can be had back.
 */
const GRAIN = 2 ** 32

type Draft = {
  readonly c: WorkingCalendar
  readonly input: DeadlineInput
  readonly measure: Measure
  readonly lines: ExplanationLine[]
  /** Day 0 of the counting. */
  origin: DayNumber
  /** Where the next line begins. */
  cursor: Instant
  /** Counted so far, in positions of the measure. */
  sum: number
}

export const explain = (
  c: WorkingCalendar,
  input: DeadlineInput,
  measure: Measure,
  effectiveStart: Instant,
  stretches: readonly Stretch[],
): readonly ExplanationLine[] => {
  const draft: Draft = { c, input, measure, lines: [], origin: dayNumberOf(effectiveStart), cursor: input.start, sum: 0 }
  if (effectiveStart !== input.start) put(draft, effectiveStart, 0, 'moved-to-opening', 'C4', c.named.get(dayNumberOf(input.start))?.name)
  begin(draft)
  for (const stretch of stretches) if (stretch.kind !== 'without-effect') draw(draft, stretch)
  for (const stretch of stretches) {
    if (stretch.kind !== 'without-effect') continue
    const { from, to, document } = stretch.suspension
    draft.cursor = from
    put(draft, to, 0, 'suspension-without-effect', stretch.rule, document)
  }
  return draft.lines
}

const draw = (draft: Draft, stretch: Exclude<Stretch, { kind: 'without-effect' }>): void => {
  switch (stretch.kind) {
    case 'count':
      return count(draft, stretch.at, stretch.until, stretch.count, Number.POSITIVE_INFINITY as Instant)
    case 'pause':
      return put(draft, pausedUntil(draft, stretch.resumed), 0, 'suspended', 'C9', stretch.suspension.document)
    case 'open':
      return put(draft, null, 0, 'suspended', 'C10', stretch.suspension.document)
    case 'discard': {
      // C11: what was drawn since the last beginning is replaced by one line that counts nothing.
      while ((draft.lines.at(-1)?.from ?? -1) >= stretch.origin) draft.lines.pop()
      draft.cursor = stretch.origin
      if (stretch.suspension.from > stretch.origin) put(draft, stretch.suspension.from, 0, 'discarded', 'C11')
      put(draft, stretch.resumed, 0, 'suspended', 'C11', stretch.suspension.document)
      draft.origin = dayNumberOf(stretch.resumed)
      draft.sum = 0
      return begin(draft)
    }
    case 'finish':
      return finish(draft, stretch.at, stretch.left, stretch.due)
  }
}

const put = (draft: Draft, to: Instant | null, counted: number, reason: Reason, rule: Rule, name?: string): void => {
  const { cursor, input } = draft
  const { unit } = input.limit
  draft.lines.push(name === undefined ? { from: cursor, to, counted, unit, reason, rule } : { from: cursor, to, counted, unit, reason, rule, name })
  if (to !== null) draft.cursor = to
}

const RULE_OF = { 'working-days': 'C5', 'calendar-days': 'C6', months: 'C7', 'office-time': 'C8' } as const

/** Day 0, where the limit is in days. */
const begin = (draft: Draft): void => {
  const { measure, input, cursor, origin } = draft
  if (measure.kind === 'office-time') return
  const late = input.inDayCutoff !== undefined && timeOfDay(cursor) > input.inDayCutoff
  put(draft, instantAt(origin + 1), 0, late ? 'after-cutoff' : 'start-day', RULE_OF[measure.kind])
}

/** C9: for days, the day of completion is not counted either. */
const pausedUntil = ({ measure }: Draft, resumed: Instant): Instant =>
  measure.kind === 'office-time' ? resumed : instantAt(dayNumberOf(resumed) + 1)

const finish = (draft: Draft, at: number, left: number, due: Instant): void => {
  const { measure } = draft
  if (left === 0) {
    draft.cursor = draft.lines.pop()?.from ?? draft.cursor
    return put(draft, due, 0, 'same-day', 'C5')
  }
  const last = measure.kind === 'calendar-days' || measure.kind === 'months' ? at + left : measure.position(due)
  count(draft, at, last, left, due)
  if (draft.cursor < due) put(draft, due, 0, 'moved-to-working-day', 'C6', draft.c.named.get(last)?.name)
}

/** Draws what lies in (at, until] and counts it. */
const count = (draft: Draft, at: number, until: number, amount: number, due: Instant): void => {
  const { measure } = draft
  if (measure.kind === 'office-time') return countOfficeTime(draft, at as Instant, until as Instant)
  if (measure.kind === 'working-days') return countWorkingDays(draft, at, until, due)
  if (until <= at) return
  const months = measure.kind === 'months'
  const before = months ? monthsIn(draft) : 0
  draft.sum += amount
  const end = Math.min(instantAt(until + 1), isWorkingDay(draft.c, until) ? due : Number.POSITIVE_INFINITY) as Instant
  put(draft, end, months ? monthsIn(draft) - before : amount, months ? 'month' : 'calendar-day', RULE_OF[measure.kind])
}

/** Whole months completed by the days counted so far. */
const monthsIn = ({ origin, sum }: Draft): number => {
  let n = 0
  while (addMonths(origin, n + 1) - origin <= sum) n++
  return n
}

type DayClass = { readonly counts: boolean; readonly reason: Reason; readonly name?: string }

const WEEKEND: DayClass = { counts: false, reason: 'weekend' }
const WORKING_DAY: DayClass = { counts: true, reason: 'working-day' }
/** C5: after the cut-off one more working day is waited for, yet the amount is 0. */
const NEXT_WORKING_DAY: DayClass = { counts: true, reason: 'next-working-day' }

const classOf = ({ c, input }: Draft, day: DayNumber): DayClass => {
  const named = c.named.get(day)
  if (named !== undefined) return { counts: named.kind === 'swapped-workday', reason: named.kind, name: named.name }
  if (!isWorkingDay(c, day)) return WEEKEND
  return input.limit.amount === 0 ? NEXT_WORKING_DAY : WORKING_DAY
}

const countWorkingDays = (draft: Draft, at: DayNumber, until: DayNumber, due: Instant): void => {
  let day = at + 1
  while (day <= until) {
    const here = classOf(draft, day)
    let end = day
    while (end < until && sameClass(classOf(draft, end + 1), here)) end++
    const counted = here.counts && draft.input.limit.amount > 0 ? end - day + 1 : 0
    put(draft, Math.min(instantAt(end + 1), due) as Instant, counted, here.reason, here.counts ? 'C5' : 'C2', here.name)
    day = end + 1
  }
}

const sameClass = (a: DayClass, b: DayClass): boolean => a.reason === b.reason && a.name === b.name

/** A line for every working day, free days of one kind together. */
const countOfficeTime = (draft: Draft, at: Instant, until: Instant): void => {
  while (draft.cursor < until) {
    const day = dayNumberOf(draft.cursor)
    const here = classOf(draft, day)
    let end = day
    if (!here.counts) while (instantAt(end + 1) < until && sameClass(classOf(draft, end + 1), here)) end++
    const to = Math.min(instantAt(end + 1), until) as Instant
    if (!here.counts) {
      put(draft, to, 0, here.reason, 'C2', here.name)
      continue
    }
    const before = roundedUnits(draft)
    draft.sum += officeTimeBetween(draft.c, Math.max(draft.cursor, at) as Instant, to)
    const counted = roundedUnits(draft) - before
    put(draft, to, counted, counted === 0 ? 'outside-hours' : here.name === undefined ? 'office-hours' : here.reason, 'C8', here.name)
  }
}

const roundedUnits = ({ sum, input }: Draft): number => Math.round((sum / unitMs(input.limit)) * GRAIN) / GRAIN
