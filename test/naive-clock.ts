/**
 * The clock's naive twin: conventions C1–C14 written once more, as slowly and plainly as they read, to disagree with the real one. It shares nothing with
 * `modules/calendar` but the type of a question, reads the calendar file itself, walks day by day and inside days minute by minute.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeadlineInput } from '#modules/calendar'

export type NaiveAnswer = { readonly effectiveStart: number; readonly dueAt: number | null; readonly provisional: boolean } | { readonly error: string }
type Hours = readonly (readonly [opens: string, closes: string])[]

const file = JSON.parse(readFileSync(join(import.meta.dirname, '../data/calendars/civil-servants.json'), 'utf8')) as {
  days: { date: string; kind: string; status: string }[]
}
const entries = new Map(file.days.map((day) => [day.date, day.kind]))
const firstProjected = Math.min(...file.days.filter((day) => day.status === 'projected').map((day) => Number(day.date.slice(0, 4))))
const FIXED = ['01-01', '04-30', '05-01', '09-02', '11-24']

const HOUR = 3_600_000
const MINUTE = 60_000
/** C3 */
const OFFICE: Hours = [
  ['07:30', '11:30'],
  ['13:30', '17:30'],
]

// C1: Vietnam's clock on the wall is seven hours ahead.
const dateOf = (at: number): string => new Date(at + 7 * HOUR).toISOString().slice(0, 10)
const moment = (date: string, time: string): number => Date.parse(`${date}T${time}:00+07:00`)
const nextDay = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 24 * HOUR).toISOString().slice(0, 10)

// C2 and, beyond the announced years, C14
const working = (date: string): boolean => {
  const kind = entries.get(date)
  if (kind !== undefined) return kind === 'swapped-workday'
  if (Number(date.slice(0, 4)) >= firstProjected && FIXED.includes(date.slice(5))) return false
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday >= 1 && weekday <= 5
}
const closing = (date: string, hours: Hours): number => moment(date, hours[hours.length - 1]![1])
const nextWorkingDay = (date: string): string => {
  let day = nextDay(date)
  while (!working(day)) day = nextDay(day)
  return day
}
// C4
const effective = (at: number, hours: Hours): number => {
  const date = dateOf(at)
  if (working(date) && at <= closing(date, hours)) return at
  return moment(nextWorkingDay(date), hours[0]![0])
}

type Pause = { from: number; to: number }

// C5, C6, C7, C9: day after day
const dueInDays = (begin: number, input: DeadlineInput, pauses: Pause[], hours: Hours): number => {
  const { amount, unit } = input.limit
  let day = dateOf(begin)
  let wanted = amount
  if (unit === 'working-day' && amount === 0 && input.inDayCutoff !== undefined && begin > moment(day, '00:00') + input.inDayCutoff) wanted = 1
  if (unit === 'month') {
    const target = sameDayLater(day, amount)
    wanted = 0
    for (let d = day; d < target; d = nextDay(d)) wanted++
  }
  const waits = pauses.map((p) => ({ from: dateOf(p.from), to: dateOf(effective(p.to, hours)) }))
  let counted = 0
  while (counted < wanted) {
    day = nextDay(day)
    const today = day
    const paused = waits.some((wait) => wait.from < today && today <= wait.to)
    if (!paused && (unit !== 'working-day' || working(day))) counted++
  }
  if (!working(day)) day = nextWorkingDay(day)
  return closing(day, hours)
}

const sameDayLater = (date: string, months: number): string => {
  let year = Number(date.slice(0, 4))
  let month = Number(date.slice(5, 7))
  for (let i = 0; i < months; i++) {
    month++
    if (month > 12) {
      month = 1
      year++
    }
  }
  for (let day = Number(date.slice(8)); ; day--) {
    const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    if (!Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)) return text
  }
}

// C8, C9: minute after minute (second after second where a second was given)
const dueInHours = (begin: number, input: DeadlineInput, pauses: Pause[], hours: Hours): number => {
  const wanted = input.limit.amount * (input.limit.unit === 'hour' ? 1 : 8) * HOUR
  const moments = [begin, ...pauses.flatMap((p) => [p.from, p.to])]
  const step = moments.every((at) => at % MINUTE === 0) ? MINUTE : 1_000
  const stops = pauses.map((p) => ({ from: p.from, to: effective(p.to, hours) }))
  let counted = 0
  for (let day = dateOf(begin); ; day = nextDay(day)) {
    if (!working(day)) continue
    for (const [opens, closes] of hours) {
      const end = moment(day, closes)
      for (let at = Math.max(moment(day, opens), begin); at + step <= end; at += step) {
        if (stops.some((p) => p.from <= at && at < p.to)) continue
        counted += step
        if (counted === wanted) return at + step
      }
    }
  }
}

// C13
const badAmount = ({ amount, unit }: DeadlineInput['limit']): boolean => {
  if (amount < 0 || (amount * 10) % 5 !== 0) return true
  if (unit === 'working-day') return false
  return amount === 0 || (unit !== 'hour' && amount % 1 !== 0)
}

export const naiveDeadline = (input: DeadlineInput, hours: Hours = OFFICE): NaiveAnswer => {
  const { limit, start } = input
  if (badAmount(limit)) return { error: 'bad-amount' }
  if (input.inDayCutoff !== undefined && !(limit.unit === 'working-day' && limit.amount === 0)) return { error: 'cutoff-without-same-day' }
  if (dateOf(start) < '2020-01-01') return { error: 'calendar-unknown' }
  const inDays = limit.unit === 'day' || limit.unit === 'month' || (limit.unit === 'working-day' && limit.amount % 1 === 0)
  const dueFrom = (begin: number, pauses: Pause[]) => (inDays ? dueInDays : dueInHours)(begin, input, pauses, hours)

  const effectiveStart = effective(start, hours)
  let begin = effectiveStart
  const pauses: Pause[] = []
  let dueAt: number | null = dueFrom(begin, pauses)
  for (const { from, to, mode } of (input.suspensions ?? []).toSorted((a, b) => a.from - b.from)) {
    if (from > dueAt) break // C10, C12
    if (to === null) {
      dueAt = null
      break
    }
    // C11: the whole limit again, from the latest completion
    if ((mode ?? input.supplementMode) === 'restart') begin = Math.max(begin, effective(to, hours))
    else pauses.push({ from, to })
    dueAt = dueFrom(begin, pauses)
  }
  return { effectiveStart, dueAt, provisional: Number(dateOf(dueAt ?? effectiveStart).slice(0, 4)) >= firstProjected }
}
