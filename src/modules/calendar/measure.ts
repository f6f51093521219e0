/**
 * The four ways to measure a limit (C5–C8, C13), as positions on a line: a day number for limits in days, a moment for limits in hours.
 * What suspensions do to them (C9–C11) is the same for all and stands in `compute-deadline.ts`.
 */
import { type Instant, dayNumberOf, timeOfDay } from '#kernel/plain-date.ts'
import { addMonths } from './civil.ts'
import type { DeadlineInput, Limit } from './deadline.ts'
import { type WorkingCalendar, afterOfficeTime, closingOf, isWorkingDay, officeTimeBetween, rankOf, workingDayAfter } from './working-calendar.ts'

/** C8: half a day of a limit is four hours, whatever the agency's office hours. */
const MS_PER_HOUR = 3_600_000
const HOURS_PER_DAY = 8

type MeasureKind = 'working-days' | 'calendar-days' | 'months' | 'office-time'

export type Measure = {
  readonly kind: MeasureKind
  /** Where a moment stands. For days this is its day: the day of a request counts, the day of completion does not (C9). */
  readonly position: (at: Instant) => number
  /** How much is to be counted when counting begins at this effective moment. */
  readonly need: (input: DeadlineInput, effective: Instant) => number
  /** How much lies in (a, b], a ≤ b. */
  readonly between: (c: WorkingCalendar, a: number, b: number) => number
  /** The due moment when `left` is still to be counted after position `at`. NaN beyond the calendar. */
  readonly due: (c: WorkingCalendar, at: number, left: number) => Instant
}

const workingDays: Measure = {
  kind: 'working-days',
  position: dayNumberOf,
  // C5: 0 = the same day, or one working day more when the effective start is after the cut-off, which itself is in time.
  need: ({ limit, inDayCutoff }, effective) => (inDayCutoff !== undefined && timeOfDay(effective) > inDayCutoff ? 1 : limit.amount),
  between: (c, a, b) => rankOf(c, b) - rankOf(c, a),
  due: (c, at, left) => closingOf(c, left === 0 ? at : workingDayAfter(c, at, left)),
}

/** C6: the last day itself, or the next working day where it is free. */
const rolled = (c: WorkingCalendar, at: number, left: number): Instant =>
  closingOf(c, isWorkingDay(c, at + left) ? at + left : workingDayAfter(c, at + left, 1))

const calendarDays: Measure = {
  kind: 'calendar-days',
  position: dayNumberOf,
  need: ({ limit }) => limit.amount,
  between: (_, a, b) => b - a,
  due: rolled,
}

const months: Measure = {
  ...calendarDays,
  kind: 'months',
  // C7: the months become the number of days they have from here, so that suspended days can be left out of them.
  need: ({ limit }, effective) => addMonths(dayNumberOf(effective), limit.amount) - dayNumberOf(effective),
}

const officeTime: Measure = {
  kind: 'office-time',
  position: (at) => at,
  need: ({ limit }) => unitMs(limit) * limit.amount,
  between: (c, a, b) => officeTimeBetween(c, a as Instant, b as Instant),
  due: (c, at, left) => afterOfficeTime(c, at as Instant, left),
}

/** Office milliseconds of one unit of a limit that is measured in office time. */
export const unitMs = ({ unit }: Limit): number => (unit === 'hour' ? MS_PER_HOUR : HOURS_PER_DAY * MS_PER_HOUR)

export const measureOf = ({ unit, amount }: Limit): Measure => {
  if (unit === 'working-day') return Number.isInteger(amount) ? workingDays : officeTime
  if (unit === 'day') return calendarDays
  return unit === 'month' ? months : officeTime
}

/** C13 */
export const isGoodAmount = ({ unit, amount }: Limit): boolean => {
  if (!Number.isSafeInteger(amount * 2) || amount < 0) return false
  if (unit === 'working-day') return true
  return amount > 0 && (unit === 'hour' || Number.isInteger(amount))
}
