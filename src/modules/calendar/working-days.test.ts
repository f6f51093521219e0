import { describe, expect, it } from 'vitest'
import { plainDate } from '#kernel/plain-date.ts'
import { shippedCalendar } from './calendar-file.ts'
import { isWorkingDate, workingDateAfter, workingDateBefore, workingDatesBetween } from './working-days.ts'

const c = shippedCalendar()
const day = plainDate

describe('whole working days (C2)', () => {
  it('over a weekend and the Culture Day of 24 November 2026', () => {
    expect(workingDateAfter(c, day('2026-11-20'), 1)).toBe('2026-11-23')
    expect(workingDateAfter(c, day('2026-11-23'), 1)).toBe('2026-11-25')
    expect(workingDateBefore(c, day('2026-11-25'), 1)).toBe('2026-11-23')
    expect(workingDateBefore(c, day('2026-11-22'), 0)).toBe('2026-11-20')
    expect(workingDateBefore(c, day('2026-11-22'), 1)).toBe('2026-11-19')
  })

  it('counts those after a day up to another, a swapped Saturday too', () => {
    expect(workingDatesBetween(c, day('2026-11-20'), day('2026-11-22'))).toBe(0)
    expect(workingDatesBetween(c, day('2026-11-20'), day('2026-11-25'))).toBe(2)
    expect(workingDatesBetween(c, day('2026-08-21'), day('2026-08-22'))).toBe(1)
    expect(workingDatesBetween(c, day('2026-11-25'), day('2026-11-20'))).toBe(-2)
    expect([isWorkingDate(c, day('2026-08-22')), isWorkingDate(c, day('2026-11-24'))]).toEqual([true, false])
  })

  it('outside the calendar it says so', () => {
    expect(() => workingDateAfter(c, day('2070-12-31'), 1)).toThrow(RangeError)
    expect(() => workingDateBefore(c, day('2020-01-02'), 5)).toThrow(RangeError)
    expect(() => workingDatesBetween(c, day('2019-01-01'), day('2026-01-01'))).toThrow(RangeError)
  })
})
