/**
 * The working calendar of one agency (C2, C3, C14), laid out for the clock: a table from the first day to the last with ranks, so that "the N-th
 * working day after" and "office time between" are look-ups. Built once per change of the calendar; everything in it is an integer.
 */
import { type DayNumber, type Instant, MS_PER_MINUTE, dayNumber, dayNumberOf, instantAt, timeOfDay, weekday } from '#kernel/plain-date.ts'
import { type CalendarDay, DEFAULT_SESSIONS, FIRST_YEAR, type OfficeHours, type Session } from './calendar-day.ts'
import { civilOf, dayOfCivil } from './civil.ts'

/** The table ends here; a due date after it is `calendar-unknown`. */
const LAST_YEAR = 2070

/** Holidays of the Labour Code 2019 art. 112(1) on fixed dates, and the Culture Day (Resolution 28/2026/QH16, from 2026). Lunar ones cannot be projected here. */
const FIXED_HOLIDAYS: readonly { readonly month: number; readonly day: number; readonly since: number; readonly name: string }[] = [
  { month: 1, day: 1, since: 2020, name: 'Tết Dương lịch' },
  { month: 4, day: 30, since: 2020, name: 'Ngày Chiến thắng' },
  { month: 5, day: 1, since: 2020, name: 'Ngày Quốc tế lao động' },
  { month: 9, day: 2, since: 2020, name: 'Quốc khánh' },
  { month: 11, day: 24, since: 2026, name: 'Ngày Văn hóa Việt Nam' },
]

/** Milliseconds of the day. */
type Span = { readonly opens: number; readonly closes: number }

/** Office hours of a day: `opens` and `closes` of the whole day in ms of the day, `length` = office time in ms. */
export type OfficeDay = { readonly opens: number; readonly closes: number; readonly length: number; readonly spans: readonly Span[] }

/** Why a day is not an ordinary one, with the name to show. */
type NamedDay = Pick<CalendarDay, 'kind' | 'name'>

export type WorkingCalendar = {
  /** Number of the calendar's last change; kept on the dossier beside its due date. */
  readonly version: number
  readonly firstDay: DayNumber
  readonly lastDay: DayNumber
  /** C14: the last day of the last announced year. What is computed beyond it is provisional. */
  readonly announcedTo: DayNumber
  /** By day − firstDay: 1 for a working day. */
  readonly working: Uint8Array
  /** By day − firstDay: working days from the first day up to and including this one. */
  readonly rank: Int32Array
  /** By rank − 1: the day. */
  readonly workingDays: Int32Array
  /** By rank: office milliseconds on the first `rank` working days. */
  readonly worked: Float64Array
  /** By day − firstDay: index into `patterns`. */
  readonly patternOf: Uint16Array
  readonly patterns: readonly OfficeDay[]
  readonly named: ReadonlyMap<DayNumber, NamedDay>
}

/** @param officeHours those of the agency and the default ones, in any order */
export type CalendarSource = { readonly version: number; readonly days: readonly CalendarDay[]; readonly officeHours: readonly OfficeHours[] }

export const buildWorkingCalendar = (source: CalendarSource): WorkingCalendar => {
  const firstDay = dayOfCivil(FIRST_YEAR, 1, 1)
  const lastDay = dayOfCivil(LAST_YEAR, 12, 31)
  const announcedTo = dayOfCivil(lastAnnouncedYear(source.days), 12, 31)
  const named = nameDays(source.days, announcedTo)
  const { patterns, patternOf } = layOutHours(source.officeHours, firstDay, lastDay)

  const size = lastDay - firstDay + 1
  const working = new Uint8Array(size)
  const rank = new Int32Array(size)
  const workingDays = new Int32Array(size)
  const worked = new Float64Array(size + 1)
  let count = 0
  for (let i = 0; i < size; i++) {
    const day = firstDay + i
    if (isWorked(day, named.get(day))) {
      working[i] = 1
      workingDays[count] = day
      worked[count + 1] = (worked[count] ?? 0) + (patterns[patternOf[i] ?? 0]?.length ?? 0)
      count++
    }
    rank[i] = count
  }
  return {
    version: source.version,
    firstDay,
    lastDay,
    announcedTo,
    working,
    rank,
    workingDays: workingDays.subarray(0, count),
    worked: worked.subarray(0, count + 1),
    patternOf,
    patterns,
    named,
  }
}

/** C2 */
const isWorked = (day: DayNumber, named: NamedDay | undefined): boolean => {
  if (named !== undefined) return named.kind === 'swapped-workday'
  const w = weekday(day)
  return w !== 0 && w !== 6
}

/** Public holidays of a year under the Labour Code 2012 art. 115; later laws only added to them. */
const HOLIDAYS_OF_A_YEAR = 10

/**
 * C14: a year counts as announced when its holidays are entered, at least as many as the law gives, and none of its days is a projection; the last
 * year of the unbroken run. So neither one day entered early nor one taken out changes what a year is.
 */
const lastAnnouncedYear = (days: readonly CalendarDay[]): number => {
  const projected = new Set(days.filter((day) => day.status === 'projected').map((day) => day.date.slice(0, 4)))
  const free = (year: string) => days.filter((day) => day.kind !== 'swapped-workday' && day.date.startsWith(year)).length
  let year = FIRST_YEAR
  while (!projected.has(String(year)) && free(String(year)) >= HOLIDAYS_OF_A_YEAR) year++
  return year - 1
}

const nameDays = (days: readonly CalendarDay[], announcedTo: DayNumber): ReadonlyMap<DayNumber, NamedDay> => {
  const named = new Map<DayNumber, NamedDay>()
  for (let year = civilOf(announcedTo).year + 1; year <= LAST_YEAR; year++) {
    for (const h of FIXED_HOLIDAYS) if (year >= h.since) named.set(dayOfCivil(year, h.month, h.day), { kind: 'holiday', name: h.name })
  }
  for (const day of days) named.set(dayNumber(day.date), { kind: day.kind, name: day.name })
  return named
}

const strength = (h: OfficeHours) => (h.agencyId === null ? 0 : 2) + (h.season === null ? 0 : 1)

const layOutHours = (officeHours: readonly OfficeHours[], firstDay: DayNumber, lastDay: DayNumber) => {
  const patterns: OfficeDay[] = [officeDay(DEFAULT_SESSIONS)]
  const patternOf = new Uint16Array(lastDay - firstDay + 1)
  // The weakest are laid down first, the strongest last, over them.
  const ordered = [...officeHours].sort((a, b) => strength(a) - strength(b) || (a.validFrom < b.validFrom ? -1 : 1))
  for (const hours of ordered) {
    const pattern = patterns.push(officeDay(hours.sessions)) - 1
    const from = Math.max(firstDay, dayNumber(hours.validFrom))
    const to = hours.validTo === null ? lastDay : Math.min(lastDay, dayNumber(hours.validTo))
    for (let day = from; day <= to; day++) if (inSeason(day, hours)) patternOf[day - firstDay] = pattern
  }
  return { patterns, patternOf }
}

const inSeason = (day: DayNumber, { season }: OfficeHours): boolean => {
  if (season === null) return true
  const { month, day: dayOfMonth } = civilOf(day)
  const here = `${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
  return season.from <= season.to ? here >= season.from && here <= season.to : here >= season.from || here <= season.to
}

const msOfDay = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MS_PER_MINUTE

const officeDay = (sessions: readonly Session[]): OfficeDay => {
  const spans = sessions.map((s) => ({ opens: msOfDay(s.opens), closes: msOfDay(s.closes) }))
  return {
    opens: spans[0]?.opens ?? 0,
    closes: spans.at(-1)?.closes ?? 0,
    length: spans.reduce((sum, s) => sum + s.closes - s.opens, 0),
    spans,
  }
}

// Look-ups. Outside the table they give NaN (or false), which the clock turns into `calendar-unknown`.

export const isWorkingDay = (c: WorkingCalendar, day: DayNumber): boolean => c.working[day - c.firstDay] === 1

/** Working days from the first day of the calendar up to and including this one. */
export const rankOf = (c: WorkingCalendar, day: DayNumber): number => c.rank[day - c.firstDay] ?? Number.NaN

/** The n-th working day after this day, n ≥ 1. */
export const workingDayAfter = (c: WorkingCalendar, day: DayNumber, n: number): DayNumber => c.workingDays[rankOf(c, day) + n - 1] ?? Number.NaN

const NEVER_OPEN: OfficeDay = { opens: Number.NaN, closes: Number.NaN, length: 0, spans: [] }

const hoursOn = (c: WorkingCalendar, day: DayNumber): OfficeDay => c.patterns[c.patternOf[day - c.firstDay] ?? -1] ?? NEVER_OPEN

/** End of office hours of this day. */
export const closingOf = (c: WorkingCalendar, day: DayNumber): Instant => instantAt(day, hoursOn(c, day).closes)

/** C4: the moment itself where it counts on its day, else the opening of the next working day. The end of office hours still belongs to the day (C3). */
export const effectiveAt = (c: WorkingCalendar, at: Instant): Instant => {
  const day = dayNumberOf(at)
  if (isWorkingDay(c, day) && timeOfDay(at) <= hoursOn(c, day).closes) return at
  const next = workingDayAfter(c, day, 1)
  return instantAt(next, hoursOn(c, next).opens)
}

/** Office milliseconds of this day before this moment of it. */
const elapsed = (office: OfficeDay, ms: number): number => {
  let sum = 0
  for (const span of office.spans) if (ms > span.opens) sum += Math.min(ms, span.closes) - span.opens
  return sum
}

/** Office milliseconds from the beginning of the calendar to this moment. */
const workedUntil = (c: WorkingCalendar, at: Instant): number => {
  const day = dayNumberOf(at)
  const rank = rankOf(c, day)
  if (!isWorkingDay(c, day)) return c.worked[rank] ?? Number.NaN
  return (c.worked[rank - 1] ?? Number.NaN) + elapsed(hoursOn(c, day), timeOfDay(at))
}

/** Office milliseconds between two moments. */
export const officeTimeBetween = (c: WorkingCalendar, from: Instant, to: Instant): number => workedUntil(c, to) - workedUntil(c, from)

/** C8: the first moment at which this much office time (ms, > 0) has passed: the end of a session, never the next opening. */
export const afterOfficeTime = (c: WorkingCalendar, from: Instant, ms: number): Instant => {
  const target = workedUntil(c, from) + ms
  if (!(target <= (c.worked.at(-1) ?? 0))) return Number.NaN as Instant
  // Eight hours a day bring the guess within a day or two; the loops make it exact for any office hours.
  let k = Math.min(c.workingDays.length - 1, rankOf(c, dayNumberOf(from)) + Math.floor(ms / (8 * 60 * MS_PER_MINUTE)))
  while (k > 0 && (c.worked[k] ?? 0) >= target) k--
  while ((c.worked[k + 1] ?? 0) < target) k++
  const day = c.workingDays[k] ?? Number.NaN
  let left = target - (c.worked[k] ?? 0)
  for (const span of hoursOn(c, day).spans) {
    if (left <= span.closes - span.opens) return instantAt(day, span.opens + left)
    left -= span.closes - span.opens
  }
  return Number.NaN as Instant
}
