import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainDate } from '#kernel/plain-date.ts'
import { checkProcess } from './check-process.ts'
import { deriveProcess } from './derive-process.ts'
import { REGIMES, canonicalAgencyCode, canonicalDossierCode, formOn, formatDossierCode, regimeOn } from './regime.ts'

const hours = (amount: number, unit: 'working-day' | 'day' | 'month' | 'hour' = 'working-day', level: 'commune' | 'department' = 'commune') =>
  deriveProcess({ limit: { amount, unit }, level }).steps.map((s) => [s.key, s.minutes / 60])

const digest = (amount: number, level: 'commune' | 'department') => deriveProcess({ limit: { amount, unit: 'working-day' }, level }).digest

describe('the default split of a limit over the steps (processes.md §4)', () => {
  it.each([
    [1, [0.5, 0.5, 4.5, 1, 1, 0.5]],
    [2, [1, 1, 9, 2, 2, 1]],
    [3, [2, 2, 14, 2, 2, 2]],
    [5, [4, 4, 16, 4, 8, 4]],
    [7, [4, 4, 32, 4, 8, 4]],
    [10, [4, 4, 52, 8, 8, 4]],
    [15, [4, 4, 84, 12, 12, 4]],
    [20, [4, 8, 108, 16, 16, 8]],
    [30, [4, 8, 180, 24, 16, 8]],
  ] as const)('%i working days', (days, expected) => {
    const keys = ['RECEIVE', 'ASSIGN', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK']
    expect(hours(days)).toEqual([...keys.map((key, i) => [key, expected[i]]), ['RETURN', 0]])
    expect(hours(days, 'working-day', 'department')).toEqual(hours(days))
  })

  it('a limit between two rows uses the grain of the lower one: 4 days in steps of 2 hours', () => {
    expect(hours(4)).toEqual([['RECEIVE', 2], ['ASSIGN', 2], ['HANDLE', 18], ['REVIEW', 4], ['SIGN', 4], ['CLERK', 2], ['RETURN', 0]])
  })

  it('15 calendar days hold 10 working days; one calendar day holds one', () => {
    expect(hours(15, 'day')).toEqual(hours(10))
    expect(hours(1, 'day')).toEqual(hours(1))
    expect(hours(1, 'month')).toEqual(hours(21))
  })

  it('too short to split: whoever receives assigns, whoever signs reviews', () => {
    expect(hours(3, 'hour')).toEqual([['RECEIVE', 0.5], ['HANDLE', 1.5], ['SIGN', 0.5], ['CLERK', 0.5], ['RETURN', 0]])
    expect(hours(0.5, 'hour').map(([key]) => key)).toEqual(['RECEIVE', 'HANDLE', 'SIGN', 'CLERK', 'RETURN'])
  })

  it('W1, in-day: 0.5 · 1.5 · 1 · 0.5 hours, no assignment and no review', () => {
    const w1 = [['RECEIVE', 0.5], ['HANDLE', 1.5], ['SIGN', 1], ['CLERK', 0.5], ['RETURN', 0]]
    expect(hours(0)).toEqual(w1)
    expect(deriveProcess({ limit: { amount: 1, unit: 'working-day' }, inDay: true, level: 'commune' }).totalMinutes).toBe(210)
  })

  it('before July 2025 a commune had no divisions: nobody assigns or reviews', () => {
    const old = deriveProcess({ limit: { amount: 5, unit: 'working-day' }, level: 'commune-2018' })
    expect(old.steps.map((s) => s.key)).toEqual(['RECEIVE', 'HANDLE', 'SIGN', 'CLERK', 'RETURN'])
    expect(checkProcess(old)).toEqual([])
  })

  it('every limit gives a valid process that adds up to it', () => {
    const limit = fc.oneof(
      fc.record({ amount: fc.integer({ min: 1, max: 400 }).map((n) => n / 2), unit: fc.constantFrom('working-day' as const, 'hour' as const) }),
      fc.record({ amount: fc.integer({ min: 1, max: 365 }), unit: fc.constantFrom('day' as const, 'month' as const) }),
    )
    fc.assert(
      fc.property(limit, fc.constantFrom('commune' as const, 'department' as const, 'commune-2018' as const), (limit, level) => {
        expect(checkProcess(deriveProcess({ limit, level }))).toEqual([])
      }),
    )
  })

  it('the digest changes with the level and the limit, and with nothing else', () => {
    expect(digest(3, 'commune')).toBe(digest(3, 'commune'))
    expect(new Set([digest(3, 'commune'), digest(3, 'department'), digest(4, 'commune')]).size).toBe(3)
  })

  it('a limit without working time is refused', () => {
    expect(() => deriveProcess({ limit: { amount: 0, unit: 'hour' }, level: 'commune' })).toThrow(RangeError)
  })
})

describe('what must hold of a process before it may be used', () => {
  const good = deriveProcess({ limit: { amount: 3, unit: 'working-day' }, level: 'commune' })
  const codes = (change: (steps: typeof good.steps) => typeof good.steps, total = good.totalMinutes) =>
    checkProcess({ steps: change(good.steps), totalMinutes: total }).map((f) => f.code)

  it('more than the limit is an error, less a warning', () => {
    expect(codes((s) => s, 1200)).toEqual(['exceeds-total'])
    expect(codes((s) => s, 1500)).toEqual(['below-total'])
  })
  it('exactly one reception and one return', () => {
    expect(codes((s) => s.filter((x) => x.key !== 'RETURN'))).toContain('not-exactly-one')
    expect(codes((s) => [s[0]!, ...s])).toContain('not-exactly-one')
  })
  it('the clerk numbers what was signed, not before', () => {
    expect(codes((s) => [...s.slice(0, 4), s[5]!, s[4]!, s[6]!])).toEqual(['out-of-order'])
  })
  it('every step has a post and time', () => {
    expect(codes((s) => s.map((x) => (x.key === 'HANDLE' ? { ...x, post: '' } : x)))).toEqual(['no-post'])
    expect(codes((s) => s.map((x) => (x.key === 'HANDLE' ? { ...x, minutes: 0 } : x)))).toContain('no-time')
  })
})

describe('regimes (decision 23)', () => {
  it.each([
    ['2018-06-21', 'nd61-2018'],
    ['2025-06-30', 'nd61-2018'],
    ['2025-07-01', 'nd118-2025'],
    ['2026-08-04', 'nd118-2025'],
    ['2026-08-05', 'nd309-2026'],
    ['2030-01-01', 'nd309-2026'],
  ])('on %s: %s', (day, id) => expect(regimeOn(plainDate(day)).id).toBe(id))

  it('one follows the other without gap or overlap', () => {
    for (const [i, regime] of REGIMES.entries()) {
      const next = REGIMES[i + 1]
      if (next === undefined) expect(regime.validTo).toBeNull()
      else expect(Date.parse(next.validFrom) - Date.parse(String(regime.validTo))).toBe(86_400_000)
    }
  })

  it('decision 24: the code of the day of issue, in both styles', () => {
    expect(formatDossierCode('H57.12', plainDate('2026-11-22'), 7)).toBe('H57.12-20261122-0000007')
    expect(formatDossierCode('H57.12', plainDate('2024-01-15'), 7)).toBe('H57.12-240115-0007')
    expect(formatDossierCode('H57.12', plainDate('2024-01-15'), 12_345)).toBe('H57.12-240115-12345')
  })

  it('an agency of the older form is the same agency', () => {
    expect(canonicalAgencyCode('000.00.12.H57')).toBe('H57.12')
    expect(canonicalAgencyCode('000.21.12.H57')).toBe('H57.12.21')
    expect(canonicalAgencyCode('h57.12')).toBe('H57.12')
    expect(canonicalDossierCode(' 000.00.12.h57-240115-0007 ')).toBe('H57.12-240115-0007')
  })

  it('a form keeps its name when its number moves', () => {
    expect(formOn('CONTROL_SLIP', plainDate('2025-06-30'))).toMatchObject({ number: '05', issuedBy: 'Thông tư 01/2018/TT-VPCP' })
    expect(formOn('CONTROL_SLIP', plainDate('2025-07-01'))?.number).toBe('06')
    expect(formOn('APOLOGY_EXTENSION', plainDate('2026-11-20'))?.title).toBe('Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết')
    expect(formOn('STOP_NOTICE', plainDate('2024-01-01'))).toBeUndefined()
  })
})
