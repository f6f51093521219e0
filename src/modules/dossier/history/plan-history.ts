/**
 * PURE. Which dossiers there were: how many at each place, when each was handed in, how each went, with its running number of the day and of the result.
 * A dossier is a number and can be drawn again from it, so a million of them fit in some arrays.
 */
import type { WorkingCalendar } from '#modules/calendar'
import { addWorkingMinutes } from '#modules/calendar'
import { type Instant, MS_PER_DAY, MS_PER_MINUTE, type PlainDate, dateFromDayNumber, dateOf, dayNumber, dayNumberOf, instantAt, weekday } from '#kernel/plain-date.ts'
import { type NumberForm, numberForm } from '../results/number-pattern.ts'
import { Chance, apportion, runningSums } from './chance.ts'
import { type Beat, type Stage, daytime, drawCourse } from './draw-course.ts'
import type { Channel, Offer, Place, Setting } from './read-setting.ts'

export type HistoryWish = {
  readonly dossiers: number
  /** Of them with somebody at the end, the ones waiting to be fetched included. */
  readonly open: number
  readonly seed: number
  /** The history ends where this day begins: the day itself is for work. */
  readonly asOf: PlainDate
}

/** Two-tier government began (domain.md §1.4): communes of before are not in the demo. */
const FIRST_DAY = '2025-07-01' as PlainDate

/** @throws RangeError for a day before there is a history */
export const firstDayOf = (asOf: PlainDate): PlainDate => {
  const yearBefore = dateFromDayNumber(dayNumber(asOf) - 365)
  if (dayNumber(asOf) - dayNumber(FIRST_DAY) < 7) throw new RangeError('the history begins on 2025-07-01 and needs a week at least')
  return yearBefore > FIRST_DAY ? yearBefore : FIRST_DAY
}

/** How a dossier was drawn. */
export type Drawn = { readonly offer: Offer; readonly channel: Channel; readonly beats: readonly Beat[] }

export type PlacePlan = {
  readonly place: Place
  readonly count: number
  /** By reception, which is the order of the codes. */
  readonly intakeAt: Float64Array
  /** From which it is drawn again. */
  readonly key: Float64Array
  /** Position in the place's offers, and in `CHANNELS`. */
  readonly offer: Uint16Array
  readonly channel: Uint8Array
  /** Position of the stage in `STAGES` where it stands; 255: it is over. */
  readonly stage: Uint8Array
  /** Running number of the code on its day. */
  readonly codeN: Int32Array
  /** Running number of the result in the agency, pattern and year; 0: none. */
  readonly resultN: Int32Array
  /** Size of the pool of people who live there, and where it begins among all. */
  readonly people: { readonly from: number; readonly count: number }
}

/** Where open dossiers stand, in turn, so that every desk and every officer finds something. */
const STAGES: readonly Stage[] = ['HANDLE', 'INTAKE', 'RETURN', 'SIGN', 'HANDLE', 'REVIEW', 'RETURN', 'HANDLE', 'INTAKE', 'CLERK', 'HANDLE', 'COMPLETION', 'HANDLE', 'RETURN', 'ASSIGN', 'SIGN', 'INTAKE', 'HANDLE', 'RECEIVE', 'RETURN']
const OVER = 255
const CHANNELS: readonly Channel[] = ['counter', 'online']
/** Attempts at one dossier. */
const TRIES = 64

/** @param mine the places to plan; the others only take their share of numbers */
export const planHistory = (setting: Setting, wish: HistoryWish, mine: (place: Place) => boolean = () => true): readonly PlacePlan[] => {
  const days = openDays(setting.calendar, firstDayOf(wish.asOf), wish.asOf)
  const weights = setting.places.map((p) => p.weight)
  const counts = apportion(wish.dossiers, weights)
  const open = apportion(Math.min(wish.open, wish.dossiers), weights)
  let from = 0
  return setting.places.flatMap((place, i) => {
    const count = counts[i] ?? 0
    const people = { from, count: Math.max(8, Math.round(count * 0.55)) }
    from += people.count
    return mine(place) ? [planPlace(setting, wish, days, place, count, Math.min(open[i] ?? 0, count), people)] : []
  })
}

type Days = { readonly day: Int32Array; readonly sums: Float64Array }

/** Mondays are busy, Fridays calm; after a holiday everybody comes; August and the weeks before Tết are strong. */
const openDays = (calendar: WorkingCalendar, from: PlainDate, until: PlainDate): Days => {
  const day: number[] = []
  const weights: number[] = []
  let closed = 0
  for (let d = dayNumber(from); d < dayNumber(until); d += 1) {
    if (dayNumberOf(addWorkingMinutes(calendar, instantAt(d), 0)) !== d) {
      closed += 1
      continue
    }
    day.push(d)
    weights.push((WEEKDAYS[weekday(d)] ?? 1) * (MONTHS[Number(dateFromDayNumber(d).slice(5, 7)) - 1] ?? 1) * (closed > 2 ? 1.3 : 1))
    closed = 0
  }
  return { day: Int32Array.from(day), sums: runningSums(weights) }
}
const WEEKDAYS = [0.5, 1.34, 1.06, 1, 0.95, 0.86, 0.5]
const MONTHS = [1.06, 0.78, 1.05, 0.98, 0.97, 1.02, 1.08, 1.16, 1.1, 0.98, 0.95, 0.93]

const planPlace = (setting: Setting, wish: HistoryWish, days: Days, place: Place, count: number, open: number, people: PlacePlan['people']): PlacePlan => {
  const drafts: { intakeAt: number; key: number; offer: number; channel: number; stage: number; series: string; issuedAt: number }[] = []
  for (let i = 0; i < count; i += 1) {
    const stage = i < count - open ? OVER : (place.index + i - (count - open)) % STAGES.length
    const drawn = stage === OVER ? drawOver(setting, wish, days, place, i) : drawOpen(setting, wish, days, place, i, stage)
    const issued = drawn.beats.find((b) => b.doing === 'issue')
    drafts.push({
      intakeAt: drawn.beats[0]!.at,
      key: drawn.key,
      offer: place.offers.indexOf(drawn.offer),
      channel: CHANNELS.indexOf(drawn.channel),
      stage: drawn.stage,
      series: issued === undefined ? '' : seriesOf(drawn.offer, numberFormOf(drawn.offer, isDeclined(wish, place, drawn.key), dateOf(issued.at))),
      issuedAt: issued?.at ?? 0,
    })
  }
  drafts.sort((a, b) => a.intakeAt - b.intakeAt || a.key - b.key)
  const plan = {
    place,
    count,
    people,
    intakeAt: Float64Array.from(drafts, (d) => d.intakeAt),
    key: Float64Array.from(drafts, (d) => d.key),
    offer: Uint16Array.from(drafts, (d) => d.offer),
    channel: Uint8Array.from(drafts, (d) => d.channel),
    stage: Uint8Array.from(drafts, (d) => d.stage),
    codeN: new Int32Array(count),
    resultN: new Int32Array(count),
  }
  const last = new Map<string | number, number>()
  const next = (series: string | number): number => {
    const n = (last.get(series) ?? 0) + 1
    last.set(series, n)
    return n
  }
  for (let i = 0; i < count; i += 1) plan.codeN[i] = next(dayNumberOf(drafts[i]!.intakeAt as Instant))
  const byIssue = drafts.map((d, i) => ({ i, at: d.issuedAt, series: d.series })).filter((d) => d.series !== '').sort((a, b) => a.at - b.at || a.i - b.i)
  for (const { i, series } of byIssue) plan.resultN[i] = next(series)
  return plan
}

/** One in eighty is a written refusal to resolve. */
export const isDeclined = (wish: HistoryWish, place: Place, key: number): boolean => new Chance(wish.seed, place.index, key, 8).is(0.0125)

/** In the series that the program goes on with. */
export const numberFormOf = (offer: Offer, declined: boolean, issuedOn: PlainDate): NumberForm =>
  declined ? numberForm(null, 'declined', offer.author, issuedOn) : numberForm(offer.template, 'granted', offer.author, issuedOn)

const seriesOf = (offer: Offer, form: NumberForm): string => `${offer.agencyId} ${form.series} ${form.year}`

type Try = Drawn & { readonly key: number; readonly stage: number }

const end = (wish: HistoryWish): Instant => instantAt(dayNumber(wish.asOf))

/** One that is over before the end: some tries, and then a thing that is done the same day. */
const drawOver = (setting: Setting, wish: HistoryWish, days: Days, place: Place, i: number): Try => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const key = i * TRIES + attempt
    const chance = new Chance(wish.seed, place.index, key, 1)
    const day = days.day[chance.weighted(days.sums)] ?? 0
    const { offer, channel } = choose(chance, place, 0.72 + (0.28 * (day - days.day[0]!)) / Math.max(1, dayNumber(wish.asOf) - days.day[0]!))
    const intakeAt = channel === 'counter' ? atCounter(chance, setting.calendar, day) : online(chance, days, day)
    const beats = courseOf(setting, wish, place, key, offer, channel, intakeAt)
    const last = beats.at(-1)!
    if (last.at < end(wish) && last.to === 'END') return { offer, channel, beats, key, stage: OVER }
  }
  throw new RangeError(`nothing at ${place.name} is ever done in time`)
}

/** One that stands at a stage at the end: it is moved in time until it has just got there. */
const drawOpen = (setting: Setting, wish: HistoryWish, days: Days, place: Place, i: number, wanted: number): Try => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const key = i * TRIES + attempt
    const stage = attempt < TRIES / 2 ? wanted : (wanted + attempt) % STAGES.length
    const chance = new Chance(wish.seed, place.index, key, 1)
    const { offer, channel } = choose(chance, place, 1, STAGES[stage])
    // Most have been there for hours, some for days: those are late.
    const since = end(wish) - (chance.is(0.22) ? chance.between(2, 9) : chance.between(0.3, 1.6)) * MS_PER_DAY
    let day = dayNumberOf(since as Instant)
    for (let move = 0; move < 12 && day >= days.day[0]!; move += 1) {
      const again = new Chance(wish.seed, place.index, key, 4, move)
      const intakeAt = channel === 'counter' ? atCounter(again, setting.calendar, dayOpen(days, day)) : online(again, days, day)
      const beats = courseOf(setting, wish, place, key, offer, channel, intakeAt)
      const there = reached(beats, stage)
      if (there < 0) break
      const at = beats[there]!.at
      if (at < end(wish) && at >= end(wish) - 12 * MS_PER_DAY) return { offer, channel, beats: beats.slice(0, there + 1), key, stage }
      day -= Math.max(1, Math.ceil((at - since) / MS_PER_DAY))
    }
  }
  throw new RangeError(`nothing at ${place.name} stands open`)
}

const dayOpen = (days: Days, day: number): number => days.day.findLast((d) => d <= day) ?? days.day[0]!

/** @param progress of online filing, 0 … 1 */
const choose = (chance: Chance, place: Place, progress: number, stage?: Stage): { offer: Offer; channel: Channel } => {
  for (let n = 0; ; n += 1) {
    const offer = place.offers[chance.weighted(place.demand)]!
    const both = offer.rows.counter !== undefined && offer.rows.online !== undefined
    const channel: Channel = offer.rows.online !== undefined && chance.is(both ? offer.busy.online * progress : 1) ? 'online' : offer.rows.counter === undefined ? 'online' : 'counter'
    if (n > 40 || stage === undefined) return { offer, channel }
    if (stage === 'INTAKE' || stage === 'COMPLETION' ? channel === 'online' : (offer.rows[channel]?.steps.some((s) => s.key === stage) ?? false)) return { offer, channel }
  }
}

/** Minutes of office time into a working day, most of them in the morning. */
const atCounter = (chance: Chance, calendar: WorkingCalendar, day: number): Instant => {
  const share = chance.is(0.66) ? (chance.next() + chance.next() + chance.next()) / 6 : 0.5 + (chance.next() + chance.next()) * 0.235
  return (addWorkingMinutes(calendar, instantAt(day), Math.floor(share * 474)) + Math.floor(chance.next() * MS_PER_MINUTE)) as Instant
}

/** Also at weekends: of five on a working day, one waits until Saturday or Sunday. */
const online = (chance: Chance, days: Days, day: number): Instant => {
  const moved = chance.is(0.16) ? Math.max(days.day[0]!, day - weekday(day) - (chance.is(0.5) ? 0 : 1)) : day
  return (daytime(chance, instantAt(moved)) + Math.floor(chance.next() * MS_PER_MINUTE)) as Instant
}

/** How it goes from there; some places are slower than others. */
const courseOf = (setting: Setting, wish: HistoryWish, place: Place, key: number, offer: Offer, channel: Channel, intakeAt: Instant): readonly Beat[] => {
  const row = offer.rows[channel]
  if (row === undefined) throw new RangeError(`${offer.revision.code} is not handed in ${channel}`)
  return drawCourse(new Chance(wish.seed, place.index, key, 2), setting.calendar, row, channel, intakeAt, 0.55 + ((place.index * 7) % 10) / 10)
}

/** The dossier again, from its number. */
export const drawAgain = (setting: Setting, wish: HistoryWish, plan: PlacePlan, n: number): Drawn => {
  const [offer, channel] = [plan.place.offers[plan.offer[n]!]!, CHANNELS[plan.channel[n]!]!]
  const beats = courseOf(setting, wish, plan.place, plan.key[n]!, offer, channel, plan.intakeAt[n] as Instant)
  const stage = plan.stage[n]!
  return { offer, channel, beats: stage === OVER ? beats : beats.slice(0, reached(beats, stage) + 1) }
}

/** Position of the beat that led to the stage for the last time; -1: it never got there. */
const reached = (beats: readonly Beat[], stage: number): number => beats.findLastIndex((b) => b.to === STAGES[stage] && b.doing !== 'note')
