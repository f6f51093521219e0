/**
 * Days and moments in Vietnam. A day is `YYYY-MM-DD`, a moment an integer of milliseconds since 1970 UTC.
 * Asia/Ho_Chi_Minh has been UTC+07:00 without daylight saving since 1975 (rule C1), so a fixed offset is exact.
 */
export type Instant = number & { readonly __instant: never }
export type PlainDate = string & { readonly __plainDate: never }
/** Days since 1970-01-01, as an integer. */
export type DayNumber = number

export const MS_PER_MINUTE = 60_000
export const MS_PER_DAY = 86_400_000
export const VN_OFFSET_MS = 7 * 3_600_000

export const instant = (ms: number): Instant => {
  if (!Number.isSafeInteger(ms)) throw new RangeError(`not an instant: ${ms}`)
  return ms as Instant
}

/** @throws RangeError for a day that does not exist (2026-02-30). */
export const plainDate = (text: string): PlainDate => {
  if (!isPlainDate(text)) throw new RangeError(`not a date: ${text}`)
  return text
}

export const isPlainDate = (text: string): text is PlainDate =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && dateFromDayNumber(dayNumber(text as PlainDate)) === text

export const dayNumber = (date: PlainDate): DayNumber =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / MS_PER_DAY

/** Days are asked for again and again, and there are few of them. */
const dates = new Map<DayNumber, PlainDate>()
const DATES_KEPT = 20_000

/** @throws RangeError for what is no day */
export const dateFromDayNumber = (day: DayNumber): PlainDate => {
  const known = dates.get(day)
  if (known !== undefined) return known
  const date = new Date(day * MS_PER_DAY).toISOString().slice(0, 10) as PlainDate
  if (dates.size < DATES_KEPT) dates.set(day, date)
  return date
}

/** The Vietnamese day that contains this moment. */
export const dayNumberOf = (at: Instant): DayNumber => Math.floor((at + VN_OFFSET_MS) / MS_PER_DAY)
export const dateOf = (at: Instant): PlainDate => dateFromDayNumber(dayNumberOf(at))

/** Milliseconds since Vietnamese midnight, 0 … 86 399 999. */
export const timeOfDay = (at: Instant): number => at + VN_OFFSET_MS - dayNumberOf(at) * MS_PER_DAY

/** The moment of this Vietnamese day and time of day (milliseconds since midnight). */
export const instantAt = (day: DayNumber, msOfDay = 0): Instant => (day * MS_PER_DAY - VN_OFFSET_MS + msOfDay) as Instant

/** 0 = Sunday … 6 = Saturday. */
export const weekday = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7

export const addDays = (date: PlainDate, days: number): PlainDate => dateFromDayNumber(dayNumber(date) + days)

const two = (n: number) => String(n).padStart(2, '0')

/** `24/11/2026` */
export const formatDate = (date: PlainDate): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
/** `15:30` */
export const formatTime = (at: Instant): string => {
  const minutes = Math.floor(timeOfDay(at) / MS_PER_MINUTE)
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
/** `24/11/2026 15:30` */
export const formatInstant = (at: Instant): string => `${formatDate(dateOf(at))} ${formatTime(at)}`
/** `2026-11-24T15:30:00+07:00`, milliseconds only when there are some. */
export const isoInstant = (at: Instant): string => {
  const iso = new Date(at + VN_OFFSET_MS).toISOString()
  return `${iso.slice(0, 19)}${iso.slice(19, 23) === '.000' ? '' : iso.slice(19, 23)}+07:00`
}

export const WEEKDAY_NAMES = ['Chủ nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'] as const
/** `Thứ Ba 24/11/2026` */
export const formatLongDate = (date: PlainDate): string => `${WEEKDAY_NAMES[weekday(dayNumber(date))]} ${formatDate(date)}`
