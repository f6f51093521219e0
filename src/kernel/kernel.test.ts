import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from './digest.ts'
import { instantOfUuid, isUuid, uuidv7, uuidv7Floor } from './ids.ts'
import { formatInteger, formatVnd } from './money.ts'
import { dateFromDayNumber, dateOf, dayNumber, formatInstant, formatLongDate, instant, instantAt, isPlainDate, isoInstant, plainDate, timeOfDay, weekday } from './plain-date.ts'
import { fold, initials, tidy } from './text.ts'

describe('days and moments in Vietnam (C1)', () => {
  it('a day starts at 17:00 UTC of the day before', () => {
    expect(dateOf(instant(Date.UTC(2026, 10, 19, 16, 59, 59, 999)))).toBe('2026-11-19')
    expect(dateOf(instant(Date.UTC(2026, 10, 19, 17)))).toBe('2026-11-20')
  })

  it('writes dates, times and moments as Vietnamese offices do', () => {
    const at = instantAt(dayNumber(plainDate('2026-11-24')), (15 * 60 + 30) * 60_000)
    expect(formatInstant(at)).toBe('24/11/2026 15:30')
    expect(isoInstant(at)).toBe('2026-11-24T15:30:00+07:00')
    expect(formatLongDate(dateOf(at))).toBe('Thứ Ba 24/11/2026')
    expect(timeOfDay(at)).toBe((15 * 60 + 30) * 60_000)
  })

  it('refuses days that do not exist', () => {
    expect(isPlainDate('2026-02-29')).toBe(false)
    expect(isPlainDate('2024-02-29')).toBe(true)
    expect(() => plainDate('2026-13-01')).toThrow(RangeError)
  })

  it('day numbers and dates are one to one, and weekdays go round', () => {
    fc.assert(fc.property(fc.integer({ min: -20_000, max: 80_000 }), (n) => {
      expect(dayNumber(dateFromDayNumber(n))).toBe(n)
      expect(weekday(n + 7)).toBe(weekday(n))
    }))
    expect(weekday(dayNumber(plainDate('2026-11-22')))).toBe(0)
  })
})

describe('Vietnamese text', () => {
  it('folds accents, đ, and tone marks placed the old and the new way', () => {
    expect(fold('Đặng Dũng')).toBe('dang dung')
    expect(fold('Thuận Hóa')).toBe(fold('Thuận Hoá'))
    expect(fold('Thừa Thiên Huế')).toBe('thua thien hue')
  })

  it('makes NFC of what was typed in NFD', () => {
    expect(tidy('  Nguyễn   Ý '.normalize('NFD'))).toBe('Nguyễn Ý')
    expect(tidy('\0Nguyễn\t\u0007\nÝ')).toBe('Nguyễn Ý')
  })

  it('shows initials to a stranger', () => {
    expect(initials('Nguyễn Đăng Khoa')).toBe('N. Đ. K.')
  })
})

describe('canonical JSON (RFC 8785)', () => {
  it('sorts keys by UTF-16 code units and leaves nothing to chance', () => {
    expect(canonical({ b: 1, a: [true, null, 'ế'], '€': -0 })).toBe('{"a":[true,null,"ế"],"b":1,"€":0}')
  })

  it('refuses fractions and unsafe integers', () => {
    expect(() => canonical(0.5)).toThrow(TypeError)
    expect(() => canonical(2 ** 53)).toThrow(TypeError)
  })

  it('is the same for equal values whatever the order of keys', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
      const turned = Object.fromEntries(Object.entries(record).reverse())
      expect(canonical(turned)).toBe(canonical(record))
    }))
  })
})

describe('ids carry their moment', () => {
  it('a UUIDv7 gives its time back and sorts by it', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 42 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (ms, random) => {
      const id = uuidv7(instant(ms), random)
      expect(isUuid(id)).toBe(true)
      expect(instantOfUuid(id)).toBe(ms)
      expect(id >= uuidv7Floor(instant(ms))).toBe(true)
    }))
  })

  it('the Vietnamese new year of 2026 is the bound of decision 12', () => {
    const newYear = instantAt(dayNumber(plainDate('2026-01-01')))
    expect(uuidv7Floor(newYear)).toBe('019b755a-2280-0000-0000-000000000000')
  })
})

describe('money', () => {
  it('is an integer of đồng with dots for thousands', () => {
    expect(formatVnd(50_000)).toBe('50.000 đ')
    expect(formatInteger(1_234_567)).toBe('1.234.567')
    expect(formatInteger(999)).toBe('999')
  })
})
