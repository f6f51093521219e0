/** PURE. When things happen to an invented dossier: office hours, step times, lateness around 8 %, results fetched sooner or later. No event is made here. */
import { type WorkingCalendar, addWorkingMinutes, computeDeadline, workingMinutesBetween } from '#modules/calendar'
import type { StepKey } from '#modules/process'
import { type Instant, MS_PER_DAY, MS_PER_MINUTE, instantAt, dayNumberOf } from '#kernel/plain-date.ts'
import type { Chance } from './chance.ts'
import type { Channel, Row } from './read-setting.ts'

export type Doing =
  | 'submit' | 'accept' | 'request-completion' | 'complete' | 'refuse' | 'receive'
  | 'forward' | 'assign' | 'take' | 'send-back' | 'approve' | 'issue' | 'return' | 'note'
/** Where a dossier stands after it; `END`: with nobody. */
export type Stage = StepKey | 'INTAKE' | 'COMPLETION' | 'END'
/** Something that happens. `to`: where it leads; a note leads nowhere. */
export type Beat = { readonly at: Instant; readonly doing: Doing; readonly to: Stage }

const MINUTES_A_DAY = 480
const IN_DAY_LATE = 0.012
const LATE = 0.152

/** @param intakeAt of the reception at the counter or the submission online @returns at least one beat, in order */
export const drawCourse = (chance: Chance, calendar: WorkingCalendar, row: Row, channel: Channel, intakeAt: Instant, slowness = 1): readonly Beat[] => {
  const beats: Beat[] = []
  const received = channel === 'counter' ? intakeAt : submitOnline(chance, calendar, intakeAt, beats)
  if (received === undefined) return beats
  beats.push({ at: received, doing: channel === 'counter' ? 'receive' : 'accept', to: 'RECEIVE' })
  const finishedAt = process(chance, calendar, row, received, slowness, beats)
  beats.push({ at: fetched(chance, calendar, finishedAt), doing: 'return', to: 'END' })
  return beats
}

/** Minutes of office time later, and some seconds: people do not work by the minute. */
const later = (chance: Chance, calendar: WorkingCalendar, from: Instant, minutes: number): Instant =>
  (addWorkingMinutes(calendar, from, Math.max(0, Math.round(minutes))) + Math.floor(chance.next() * MS_PER_MINUTE)) as Instant

/** @returns when it was accepted; undefined for one that never was */
const submitOnline = (chance: Chance, calendar: WorkingCalendar, submittedAt: Instant, beats: Beat[]): Instant | undefined => {
  beats.push({ at: submittedAt, doing: 'submit', to: 'INTAKE' })
  // The desk has eight working hours; a few times it takes longer.
  const looked = later(chance, calendar, submittedAt, chance.is(0.03) ? chance.between(490, 900) : 6 + 300 * chance.next() ** 2)
  const fate = chance.next()
  if (fate < 0.022) {
    beats.push({ at: looked, doing: 'refuse', to: 'END' })
    return undefined
  }
  if (fate >= 0.085) return looked
  beats.push({ at: looked, doing: 'request-completion', to: 'COMPLETION' })
  if (chance.is(0.12)) {
    beats.push({ at: later(chance, calendar, looked, 10 * MINUTES_A_DAY + chance.between(5, 300)), doing: 'refuse', to: 'END' })
    return undefined
  }
  const completed = daytime(chance, Math.floor(looked + (0.1 + 1.6 * chance.waiting()) * MS_PER_DAY) as Instant)
  beats.push({ at: completed, doing: 'complete', to: 'INTAKE' })
  return later(chance, calendar, completed, 6 + 240 * chance.next() ** 2)
}

/** Citizens sit down to it from seven in the morning to eleven at night. */
export const daytime = (chance: Chance, at: Instant): Instant => {
  const hour = chance.is(0.42) ? chance.between(19, 22.8) : chance.between(7, 18.5)
  const moved = instantAt(dayNumberOf(at), Math.floor(hour * 60 * MS_PER_MINUTE))
  return Math.floor(Math.max(moved, at)) as Instant
}

type Leg = { readonly key: StepKey; minutes: number }

/** From the desk to the number on the result. @returns when it was finished */
const process = (chance: Chance, calendar: WorkingCalendar, row: Row, received: Instant, slowness: number, beats: Beat[]): Instant => {
  const legs = row.steps.filter((s) => !s.untimed).map(({ key, minutes }): Leg => ({ key, minutes: minutes * (0.6 + 0.8 * chance.next()) }))
  stretch(chance, calendar, row, received, slowness, legs)
  let at = received
  for (const [i, { key, minutes }] of legs.entries()) {
    const next = legs[i + 1]?.key ?? 'RETURN'
    const until = later(chance, calendar, at, minutes)
    if (key === 'HANDLE') handle(chance, at, until, legs.some((l) => l.key === 'ASSIGN'), beats)
    at = until
    if (key === 'REVIEW' && chance.is(0.035)) at = back(chance, calendar, at, beats)
    beats.push({ at, doing: DOING[key], to: next })
  }
  return at
}

const DOING: Record<StepKey, Doing> = { RECEIVE: 'forward', ASSIGN: 'assign', HANDLE: 'forward', REVIEW: 'forward', SIGN: 'approve', CLERK: 'issue', RETURN: 'return' }

const handle = (chance: Chance, from: Instant, until: Instant, assigned: boolean, beats: Beat[]): void => {
  // Never later than it is passed on.
  const inside = (share: number) => Math.floor(from + (until - from) * share) as Instant
  if (!assigned) beats.push({ at: inside(0.15 + 0.4 * chance.next()), doing: 'take', to: 'HANDLE' })
  if (chance.is(0.04)) beats.push({ at: inside(0.7), doing: 'note', to: 'HANDLE' })
}

const back = (chance: Chance, calendar: WorkingCalendar, at: Instant, beats: Beat[]): Instant => {
  beats.push({ at, doing: 'send-back', to: 'HANDLE' })
  const again = later(chance, calendar, at, chance.between(15, 90))
  beats.push({ at: again, doing: 'forward', to: 'REVIEW' })
  return later(chance, calendar, again, chance.between(5, 30))
}

/** Makes the legs as long as they took: most well within the limit, some past it. */
const stretch = (chance: Chance, calendar: WorkingCalendar, row: Row, received: Instant, slowness: number, legs: readonly Leg[]): void => {
  const inDay = row.limit.unit === 'working-day' && row.limit.amount === 0
  const deadline = computeDeadline(calendar, { start: received, limit: row.limit, ...(row.inDayCutoff !== undefined && { inDayCutoff: row.inDayCutoff }) })
  if (!deadline.ok || deadline.value.dueAt === null) throw new RangeError('no due date')
  const time = workingMinutesBetween(calendar, received, deadline.value.dueAt)
  const sum = legs.reduce((n, leg) => n + leg.minutes, 0)
  if (!chance.is((inDay ? IN_DAY_LATE : LATE) * slowness)) {
    const factor = (Math.min(sum, time) / sum) * (0.28 + 0.64 * chance.next())
    for (const leg of legs) leg.minutes *= factor
    return
  }
  const extra = MINUTES_A_DAY * (inDay ? 0.4 + 0.6 * chance.waiting() : 0.35 + 1.7 * chance.waiting())
  for (const leg of legs) leg.minutes *= time / sum
  const stuck = legs.find((leg) => leg.key === chance.one(WHERE_IT_STICKS)) ?? legs.find((leg) => leg.key === 'HANDLE')
  if (stuck !== undefined) stuck.minutes += extra
}

const WHERE_IT_STICKS: readonly StepKey[] = ['HANDLE', 'HANDLE', 'HANDLE', 'HANDLE', 'REVIEW', 'SIGN']

const fetched = (chance: Chance, calendar: WorkingCalendar, finishedAt: Instant): Instant => {
  const days = chance.is(0.025) ? chance.between(12, 50) : 0.8 * chance.waiting()
  return later(chance, calendar, finishedAt, 8 + MINUTES_A_DAY * days)
}
