import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OFFICE_HOURS, inTwinsWords, question } from '#test/clock-questions.ts'
import { naiveDeadline } from '#test/naive-clock.ts'
import { shippedCalendarFile } from './calendar-file.ts'
import { computeDeadline } from './compute-deadline.ts'
import { buildWorkingCalendar } from './working-calendar.ts'

/** Decision 31: 3,000 in `npm run check`, 100,000 in `.ci/run`. */
const CASES = Number(process.env['CLOCK_CASES'] ?? 3_000)

const { days, officeHours } = shippedCalendarFile()
const calendars = OFFICE_HOURS.map((sessions) =>
  buildWorkingCalendar({
    version: 0,
    days,
    officeHours: officeHours.map((hours) => ({ ...hours, sessions: sessions.map(([opens, closes]) => ({ opens, closes })) })),
  }),
)
const calendarFor = (hours: number) => calendars[hours] ?? expect.unreachable()

describe(`the clock on ${CASES} random questions over 2020–2027`, () => {
  it('agrees with its naive twin', { timeout: 600_000 }, () => {
    const seen = { due: 0, open: 0, refused: 0, provisional: 0 }
    fc.assert(
      fc.property(question, ({ input, hours }) => {
        const answer = computeDeadline(calendarFor(hours), input)
        if (!answer.ok) seen.refused++
        else if (answer.value.dueAt === null) seen.open++
        else seen[answer.value.provisional ? 'provisional' : 'due']++
        const twin = naiveDeadline(input, OFFICE_HOURS[hours])
        const mine = inTwinsWords(answer)
        if (JSON.stringify(mine) !== JSON.stringify(twin)) expect(mine).toEqual(twin)
      }),
      { numRuns: CASES },
    )
    // A generator that stopped reaching one of these would make the agreement empty.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(CASES / 100)
  })

  it('explains every date: the lines follow each other and add up to the limit', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(question, ({ input, hours }) => {
        const answer = computeDeadline(calendarFor(hours), input)
        if (!answer.ok) return
        const { explanation, dueAt } = answer.value
        const lines = explanation.filter((line) => line.reason !== 'suspension-without-effect')
        expect(lines[0]?.from).toBe(input.start)
        for (const [i, line] of lines.entries()) {
          if (i > 0) expect(line.from).toBe(lines[i - 1]?.to)
          if (line.to !== null) expect(line.to).toBeGreaterThanOrEqual(line.from)
          expect(line.counted).toBeGreaterThanOrEqual(0)
        }
        expect(lines.at(-1)?.to).toBe(dueAt)
        if (dueAt !== null) expect(explanation.reduce((sum, line) => sum + line.counted, 0)).toBe(input.limit.amount)
      }),
      { numRuns: CASES },
    )
  })

  it('is never earlier for a longer limit, nor for a later start', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 0, max: 3 * 86_400_000 }), ({ input, hours }, later) => {
        const plain = { start: input.start, limit: input.limit }
        const due = (question: typeof plain) => {
          const answer = computeDeadline(calendarFor(hours), question)
          return answer.ok ? answer.value.dueAt : null
        }
        const here = due(plain)
        if (here === null) return
        expect(due({ ...plain, limit: { ...plain.limit, amount: plain.limit.amount + 1 } })).toBeGreaterThanOrEqual(here)
        expect(due({ ...plain, start: (plain.start + later) as typeof plain.start })).toBeGreaterThanOrEqual(here)
      }),
      { numRuns: Math.min(CASES, 3_000) },
    )
  })
})
