import { describe, expect, it } from 'vitest'
import { formatInstant, instantAt, dayNumber, plainDate, type Instant } from '#kernel/plain-date.ts'
import { cronOf, nextDue } from './due.ts'

const at = (date: string, hour: number, minute = 0): Instant => instantAt(dayNumber(plainDate(date)), (hour * 60 + minute) * 60_000)

describe('what happens by itself', () => {
  it('00:30 in Vietnam is 17:30 UTC of the day before', () => {
    expect(cronOf('00:30')).toBe('30 17 * * *')
    expect(cronOf('07:00')).toBe('0 0 * * *')
    expect(cronOf('*:20')).toBe('20 * * * *')
  })

  it.each([
    ['00:30', at('2026-11-22', 0, 29), '22/11/2026 00:30'],
    ['00:30', at('2026-11-22', 0, 30), '23/11/2026 00:30'],
    ['00:30', at('2026-12-31', 23, 59), '01/01/2027 00:30'],
    ['*:20', at('2026-11-22', 0, 5), '22/11/2026 00:20'],
    ['*:20', at('2026-11-22', 15, 20), '22/11/2026 16:20'],
    ['*:20', at('2026-11-22', 23, 40), '23/11/2026 00:20'],
  ])('%s is next due after the moment, never at it', (due, now, expected) => {
    expect(formatInstant(nextDue(now, due))).toBe(expected)
  })

  it('a mistyped time is a fault of the schedule, not a silent midnight', () => {
    expect(() => cronOf('24:00')).toThrow(RangeError)
  })
})
