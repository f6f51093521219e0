/** Whole working days before and after a day: for what counts in them and has no clock, such as a letter one working day before (C2). */
import { type PlainDate, dateFromDayNumber, dayNumber } from '#kernel/plain-date.ts'
import { type WorkingCalendar, isWorkingDay, rankOf, workingDayAfter } from './working-calendar.ts'

export const isWorkingDate = (calendar: WorkingCalendar, day: PlainDate): boolean => isWorkingDay(calendar, dayNumber(day))

/** The n-th working day after this day, n ≥ 1. @throws RangeError beyond the calendar */
export const workingDateAfter = (calendar: WorkingCalendar, day: PlainDate, n: number): PlainDate => inside(workingDayAfter(calendar, dayNumber(day), n))

/** The last working day d with n working days in (d, day]; n = 0: this day, or the working day before it. @throws RangeError before the calendar */
export const workingDateBefore = (calendar: WorkingCalendar, day: PlainDate, n: number): PlainDate =>
  inside(calendar.workingDays[rankOf(calendar, dayNumber(day)) - 1 - n] ?? Number.NaN)

/** Working days in (from, to]; negative where `to` comes first. @throws RangeError outside the calendar */
export const workingDatesBetween = (calendar: WorkingCalendar, from: PlainDate, to: PlainDate): number => {
  const days = rankOf(calendar, dayNumber(to)) - rankOf(calendar, dayNumber(from))
  if (Number.isNaN(days)) throw new RangeError('outside the working calendar')
  return days
}

const inside = (day: number): PlainDate => {
  if (!Number.isFinite(day)) throw new RangeError('outside the working calendar')
  return dateFromDayNumber(day)
}
