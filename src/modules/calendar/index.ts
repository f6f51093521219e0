export { byDay } from './by-day.ts'
export { addWorkingMinutes, computeDeadline, workingMinutesBetween } from './compute-deadline.ts'
export type { Deadline, DeadlineError, DeadlineInput, ExplanationLine, Limit, LimitUnit, Suspension, SuspensionMode } from './deadline.ts'
export { LIMIT_UNITS } from './deadline.ts'
export {
  errorInEnglish,
  errorInVietnamese,
  explainInVietnamese,
  explanationWords,
  limitInEnglish,
  limitInVietnamese,
} from './explain-in-words.ts'
export { shippedCalendar } from './calendar-file.ts'
export type { WorkingCalendar } from './working-calendar.ts'
export { type CalendarDay, DAY_KINDS, type DayKind, FIRST_YEAR, type OfficeHours } from './calendar-day.ts'
export { type CalendarYear, getCalendarYear } from './calendar-year.ts'
export { CALENDAR_STREAM, type CalendarEvent, EMPTY_CALENDAR, evolve as evolveCalendar, readCalendarEvent, rowsOf as calendarRowsOf } from './calendar-state.ts'
export { getWorkingCalendar } from './get-working-calendar.ts'
export { importCalendar } from './import-calendar.ts'
export { runDeadline } from './run-deadline.ts'
export { type ClockRefusal, MoveClock, moveClock } from './move-clock.ts'
export { RemoveCalendarDay, removeCalendarDay } from './remove-calendar-day.ts'
export { type CalendarDayRefusal, SetCalendarDay, setCalendarDay } from './set-calendar-day.ts'
export { type OfficeHoursRefusal, SetOfficeHours, setOfficeHours } from './set-office-hours.ts'
export { isWorkingDate, workingDateAfter, workingDateBefore, workingDatesBetween } from './working-days.ts'
