/** Random questions for the clock and its twin, leaning towards the edges where clocks go wrong. */
import fc from 'fast-check'
import { type Instant, instant } from '#kernel/plain-date.ts'
import type { DeadlineInput, Limit, Suspension } from '#modules/calendar'
import type { NaiveAnswer } from './naive-clock.ts'

type Hours = readonly (readonly [opens: string, closes: string])[]
/** The default of C3, a shorter winter, a day without a lunch break. */
export const OFFICE_HOURS = [
  [
    ['07:30', '11:30'],
    ['13:30', '17:30'],
  ],
  [
    ['07:00', '11:30'],
    ['13:30', '16:45'],
  ],
  [['08:00', '16:00']],
] as const satisfies readonly Hours[]

export type Question = { readonly input: DeadlineInput; readonly hours: number }

const DAY = 86_400_000
const MINUTE = 60_000
const FROM = Date.parse('2020-01-01T00:00:00+07:00')
const DAYS = (Date.parse('2028-01-01T00:00:00+07:00') - FROM) / DAY

const clock = (text: string) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * MINUTE
const EDGES = ['00:00', '07:00', '07:30', '11:30', '12:00', '13:30', '15:00', '15:01', '16:00', '16:45', '17:30', '17:31', '23:59'].map(clock)
const timeOfDay = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: 0, max: 1439 }).map((m) => m * MINUTE), fc.integer({ min: 420, max: 1060 }).map((m) => m * MINUTE))
const second = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 59 }).map((s) => s * 1_000) })

const halves = (max: number) => fc.integer({ min: 1, max: max * 2 }).map((n) => n / 2)
const limit: fc.Arbitrary<Limit> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 15 }).map((amount) => ({ amount, unit: 'working-day' as const })) },
  { weight: 2, arbitrary: fc.integer({ min: 16, max: 120 }).map((amount) => ({ amount, unit: 'working-day' as const })) },
  { weight: 2, arbitrary: halves(10).map((amount) => ({ amount, unit: 'working-day' as const })) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 90 }).map((amount) => ({ amount, unit: 'day' as const })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 24 }).map((amount) => ({ amount, unit: 'month' as const })) },
  { weight: 4, arbitrary: halves(40).map((amount) => ({ amount, unit: 'hour' as const })) },
  {
    weight: 1,
    arbitrary: fc.record({ amount: fc.constantFrom(-1, 0, 0.25, 0.5, 1.5, 2.75), unit: fc.constantFrom('working-day' as const, 'day' as const, 'month' as const, 'hour' as const) }),
  },
)

/** Relative to the start's day: [days until the request, its time, days until completion, its time, open?] */
const pause = fc.tuple(
  fc.oneof(fc.integer({ min: -3, max: 12 }), fc.integer({ min: 0, max: 60 })),
  timeOfDay,
  fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 40 })),
  timeOfDay,
  fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
)

export const question: fc.Arbitrary<Question> = fc
  .record({
    day: fc.integer({ min: -2, max: DAYS - 1 }),
    time: timeOfDay,
    second,
    limit,
    mode: fc.constantFrom('suspend' as const, 'suspend' as const, 'restart' as const),
    pauses: fc.oneof({ weight: 4, arbitrary: fc.array(pause, { maxLength: 0 }) }, { weight: 6, arbitrary: fc.array(pause, { minLength: 1, maxLength: 4 }) }),
    // Weighted so that most same-day limits have one and few others do.
    cutoff: fc.option(fc.oneof(fc.constant(clock('15:00')), timeOfDay), { nil: undefined }),
    strayCutoff: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
    hours: fc.integer({ min: 0, max: OFFICE_HOURS.length - 1 }),
  })
  .map(({ day, time, second, limit, mode, pauses, cutoff, strayCutoff, hours }) => {
    const midnight = FROM + day * DAY
    const suspensions = pauses.map(([days, at, length, until, open]): Suspension => {
      const from = midnight + days * DAY + at
      const to = open ? null : Math.max(from, midnight + (days + length) * DAY + until)
      return { from: instant(from), to: to === null ? null : instant(to) }
    })
    const sameDay = limit.unit === 'working-day' && limit.amount === 0
    // The twin goes second by second there: keep it short.
    const seconds = limit.amount <= 8 && pauses.length < 2 ? second : 0
    const input: DeadlineInput = {
      start: instant(midnight + time + seconds),
      limit,
      supplementMode: mode,
      suspensions,
      ...(cutoff !== undefined && (sameDay || strayCutoff) ? { inDayCutoff: cutoff } : {}),
    }
    return { input, hours }
  })

/** What any clock answers, in the twin's words. */
export type Answered = { readonly effectiveStart: Instant; readonly dueAt: Instant | null; readonly provisional: boolean }
export const inTwinsWords = (
  answer: { readonly ok: true; readonly value: Answered } | { readonly ok: false; readonly error: { readonly code: string } },
): NaiveAnswer =>
  answer.ok
    ? { effectiveStart: answer.value.effectiveStart, dueAt: answer.value.dueAt, provisional: answer.value.provisional }
    : { error: answer.error.code }
