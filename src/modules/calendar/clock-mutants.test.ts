/** Would the tests notice? Every convention is broken in the source text, one at a time, and the hand-made dates or the twin must object. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { CLOCK_CASES, at, inputOf } from '#test/clock-cases.ts'
import { OFFICE_HOURS, inTwinsWords, question } from '#test/clock-questions.ts'
import { naiveDeadline } from '#test/naive-clock.ts'
import type { computeDeadline } from './compute-deadline.ts'
import type { shippedCalendarFile } from './calendar-file.ts'
import type { buildWorkingCalendar } from './working-calendar.ts'

type Clock = {
  readonly computeDeadline: typeof computeDeadline
  readonly buildWorkingCalendar: typeof buildWorkingCalendar
  readonly shippedCalendarFile: typeof shippedCalendarFile
}
type Mutant = { readonly rule: string; readonly says: string; readonly file: string; readonly from: string; readonly to: string }

const COMPUTE = 'compute-deadline.ts'
const MEASURE = 'measure.ts'
const CALENDAR = 'working-calendar.ts'

const MUTANTS: readonly Mutant[] = [
  { rule: 'C1', says: 'an hour further east', file: 'plain-date.ts', from: '7 * 3_600_000', to: '8 * 3_600_000' },
  { rule: 'C2', says: 'swapped Saturdays forgotten', file: CALENDAR, from: "return named.kind === 'swapped-workday'", to: 'return false' },
  { rule: 'C2', says: 'Saturdays work', file: CALENDAR, from: 'w !== 0 && w !== 6', to: 'w !== 0' },
  { rule: 'C3', says: '17:30:00 is outside', file: CALENDAR, from: 'timeOfDay(at) <= hoursOn(c, day).closes', to: 'timeOfDay(at) < hoursOn(c, day).closes' },
  { rule: 'C3', says: 'office hours closed an hour early', file: CALENDAR, from: 'closes: spans.at(-1)?.closes ?? 0', to: 'closes: (spans.at(-1)?.closes ?? 0) - 3_600_000' },
  { rule: 'C4', says: 'before opening counts from the opening', file: CALENDAR, from: 'return at\n  const next', to: 'return Math.max(at, instantAt(day, hoursOn(c, day).opens)) as Instant\n  const next' },
  { rule: 'C4', says: 'after hours moves two days', file: CALENDAR, from: 'const next = workingDayAfter(c, day, 1)', to: 'const next = workingDayAfter(c, day, 2)' },
  { rule: 'C5', says: 'the first day counts', file: MEASURE, from: 'left === 0 ? at : workingDayAfter(c, at, left)', to: 'left < 2 ? at : workingDayAfter(c, at, left - 1)' },
  { rule: 'C5', says: '15:00:00 is late', file: MEASURE, from: 'timeOfDay(effective) > inDayCutoff', to: 'timeOfDay(effective) >= inDayCutoff' },
  { rule: 'C5', says: 'the cut-off compares the start, not the effective start', file: MEASURE, from: '({ limit, inDayCutoff }, effective)', to: '({ limit, inDayCutoff, start: effective })' },
  { rule: 'C5', says: 'a cut-off is allowed with any working days', file: COMPUTE, from: " || limit.amount !== 0)", to: ')' },
  { rule: 'C6', says: 'a last day on a free day stays', file: MEASURE, from: 'isWorkingDay(c, at + left) ?', to: 'at > 0 ?' },
  { rule: 'C7', says: '31/01 + 1 month overflows into March', file: 'civil.ts', from: 'firstOfNext - 1)', to: 'firstOfNext + 5)' },
  { rule: 'C7', says: 'a month is thirty days', file: MEASURE, from: 'addMonths(dayNumberOf(effective), limit.amount) - dayNumberOf(effective)', to: '30 * limit.amount' },
  { rule: 'C8', says: 'a last minute at the end of a session is due at the next opening', file: CALENDAR, from: 'if (left <= span.closes - span.opens)', to: 'if (left < span.closes - span.opens)' },
  { rule: 'C8', says: 'lunch is worked', file: CALENDAR, from: 'sum += Math.min(ms, span.closes) - span.opens', to: 'sum = Math.min(ms, span.closes) - office.opens' },
  { rule: 'C8', says: 'half a day is half of the agency’s day', file: MEASURE, from: 'HOURS_PER_DAY = 8', to: 'HOURS_PER_DAY = 7.5' },
  { rule: 'C9', says: 'the day of the request no longer counts', file: COMPUTE, from: 'Math.max(at, measure.position(s.from)) : at', to: 'Math.max(at, measure.position(s.from) - 1) : at' },
  { rule: 'C9', says: 'the day of completion counts', file: COMPUTE, from: 'left -= counted\n      at = until', to: 'left -= counted\n      at = until - 1' },
  { rule: 'C9', says: 'completion after hours is taken as it is', file: COMPUTE, from: 'const resumed = effectiveAt(c, s.to)', to: 'const resumed = s.to' },
  { rule: 'C10', says: 'a suspension after the due date still opens it', file: COMPUTE, from: 'if (s.from > due) {', to: 'if (s.from > due && s.to !== null) {' },
  { rule: 'C10', says: 'overlaps count twice', file: COMPUTE, from: '      at = until\n      due = measure.due(c, at, left)\n    }\n  }', to: '      at += until - asked\n      due = measure.due(c, at, left)\n    }\n  }' },
  { rule: 'C10', says: 'open suspensions are ignored', file: COMPUTE, from: '      return null\n', to: '      continue\n' },
  { rule: 'C11', says: 'restart only suspends', file: COMPUTE, from: "(s.mode ?? input.supplementMode) === 'restart'", to: "input.limit.unit === undefined" },
  { rule: 'C11', says: 'restart revives a limit that has run out', file: COMPUTE, from: 'if (s.from > due) {', to: "if (s.from > due && input.supplementMode !== 'restart') {" },
  { rule: 'C11', says: 'the last request wins over the latest completion', file: COMPUTE, from: 'if (s.to <= origin) continue\n', to: '\n' },
  { rule: 'C12', says: 'the due moment is already late', file: COMPUTE, from: 'if (s.from > due) {', to: 'if (s.from >= due) {' },
  { rule: 'C13', says: 'half months are allowed', file: MEASURE, from: "(unit === 'hour' || Number.isInteger(amount))", to: 'true' },
  { rule: 'C13', says: 'quarters are allowed', file: MEASURE, from: 'Number.isSafeInteger(amount * 2)', to: 'Number.isSafeInteger(amount * 4)' },
  { rule: 'C13', says: 'zero is allowed for every unit', file: MEASURE, from: 'return amount > 0 &&', to: 'return' },
  { rule: 'C14', says: 'years not announced are certain', file: COMPUTE, from: '> calendar.announcedTo', to: '> calendar.announcedTo + 365' },
  { rule: 'C14', says: 'fixed holidays beyond the data forgotten', file: CALENDAR, from: 'if (year >= h.since) named.set', to: 'if (year > 2090) named.set' },
  { rule: 'C14', says: 'a start in 2019 is moved into 2020', file: CALENDAR, from: 'c.rank[day - c.firstDay] ?? Number.NaN', to: 'c.rank[day - c.firstDay] ?? 0' },
]

const root = join(import.meta.dirname, '../../..')
await mkdir(join(root, 'node_modules/.cache'), { recursive: true })
const directory = await mkdtemp(join(root, 'node_modules/.cache/clock-'))
afterAll(() => rm(directory, { recursive: true, force: true }))

let made = 0
/** Bundles the clock with one piece of its text replaced. */
const clockWith = async (mutant?: Mutant): Promise<Clock> => {
  const outfile = join(directory, `${made++}.mjs`)
  await build({
    stdin: {
      contents: ["compute-deadline.ts'", "working-calendar.ts'", "calendar-file.ts'"].map((file) => `export * from './${file}`).join('\n'),
      resolveDir: import.meta.dirname,
    },
    plugins: [
      {
        name: 'mutant',
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8')
            if (mutant === undefined || !path.endsWith(`/${mutant.file}`)) return { contents: text, loader: 'ts' }
            const parts = text.split(mutant.from)
            if (parts.length !== 2) throw new Error(`${mutant.rule}: ${mutant.says}: its place is found ${parts.length - 1} times in ${mutant.file}`)
            return { contents: parts.join(mutant.to), loader: 'ts' }
          }),
      },
    ],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    alias: { '#kernel': join(root, 'src/kernel') },
    logLevel: 'silent',
  })
  return (await import(/* @vite-ignore */ outfile)) as Clock
}

const random = fc.sample(question, { numRuns: 2_000, seed: 20_261_124 })
const asked = [
  ...CLOCK_CASES.map((c) => ({ input: inputOf(c), hours: 0, expected: c.due === null || c.due.startsWith('!') ? c.due : at(c.due) })),
  ...random.map((q) => ({ ...q, expected: naiveDeadline(q.input, OFFICE_HOURS[q.hours]) })),
]

/** How many of the questions the clock answers otherwise than the hand or the twin. */
const objections = ({ computeDeadline, buildWorkingCalendar, shippedCalendarFile }: Clock): number => {
  const { days, officeHours } = shippedCalendarFile()
  const calendars = OFFICE_HOURS.map((sessions) =>
    buildWorkingCalendar({ version: 0, days, officeHours: officeHours.map((h) => ({ ...h, sessions: sessions.map(([opens, closes]) => ({ opens, closes })) })) }),
  )
  return asked.filter(({ input, hours, expected }) => {
    const answer = computeDeadline(calendars[hours] ?? expect.unreachable(), input)
    const words = inTwinsWords(answer)
    if (expected !== null && typeof expected === 'object') return JSON.stringify(words) !== JSON.stringify(expected)
    return ('error' in words ? `!${words.error}` : words.dueAt) !== expected
  }).length
}

describe('broken clocks', () => {
  it('none is called broken that is whole', async () => expect(objections(await clockWith())).toBe(0))

  for (const mutant of MUTANTS) {
    it(`${mutant.rule}: ${mutant.says}: noticed`, async () => expect(objections(await clockWith(mutant))).toBeGreaterThan(0))
  }

  it('every convention has one', () => expect(new Set(MUTANTS.map((m) => m.rule)).size).toBe(14))
})
