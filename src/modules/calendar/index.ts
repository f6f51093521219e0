export { addWorkingMinutes, computeDeadline, workingMinutesBetween } from './compute-deadline.ts'
export type { Deadline, DeadlineError, DeadlineInput, ExplanationLine, Limit, LimitUnit, Suspension } from './deadline.ts'
export { LIMIT_UNITS } from './deadline.ts'
export {
  countedInWords,
  errorInEnglish,
  errorInVietnamese,
  explainInEnglish,
  explainInVietnamese,
  limitInEnglish,
  limitInVietnamese,
} from './explain-in-words.ts'
export { shippedCalendar } from './calendar-file.ts'
export type { WorkingCalendar } from './working-calendar.ts'
