/** Years, months and days of a day number, in integers: the clock's hot path makes no Date. Proleptic Gregorian, as the law counts. */
import { type DayNumber, MS_PER_DAY } from '#kernel/plain-date.ts'

/** `month` 1 … 12, `day` 1 … 31. */
export type Civil = { readonly year: number; readonly month: number; readonly day: number }

const DAYS_PER_ERA = 146_097 // 400 years
const EPOCH_SHIFT = 719_468 // days from 0000-03-01 to 1970-01-01

/** Counts years from 1 March, so that the leap day is the last day of a year. */
export const civilOf = (day: DayNumber): Civil => {
  const shifted = day + EPOCH_SHIFT
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** Overflowing months are carried into the year: month 13 is January of the next. */
export const dayOfCivil = (year: number, month: number, day: number): DayNumber => Date.UTC(year, month - 1, day) / MS_PER_DAY

/** C7: the same day of the month, its last day where that day does not exist (31/01 + 1 month = 28/02 or 29/02). */
export const addMonths = (day: DayNumber, months: number): DayNumber => {
  const from = civilOf(day)
  const firstOfNext = dayOfCivil(from.year, from.month + months + 1, 1)
  return Math.min(dayOfCivil(from.year, from.month + months, from.day), firstOfNext - 1)
}
