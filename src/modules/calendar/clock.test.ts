import { describe, expect, it } from 'vitest'
import { type Instant, dateFromDayNumber, dayNumber, formatInstant, instantAt, isoInstant, plainDate, weekday } from '#kernel/plain-date.ts'
import { CLOCK_CASES, at, inputOf } from '#test/clock-cases.ts'
import { addWorkingMinutes, byDay, computeDeadline, explainInVietnamese, shippedCalendar, workingMinutesBetween } from '#modules/calendar'
import { naiveDeadline } from '#test/naive-clock.ts'
import { isWorkingDay } from './working-calendar.ts'

const calendar = shippedCalendar()
const iso = (moment: Instant | null) => (moment === null ? null : isoInstant(moment))

describe('the deadline clock, worked out by hand', () => {
  for (const c of CLOCK_CASES) {
    it(`${c.rule}: ${c.says}`, () => {
      const answer = computeDeadline(calendar, inputOf(c))
      if (c.due?.startsWith('!')) {
        expect(answer).toMatchObject({ ok: false, error: { code: c.due.slice(1) } })
        return
      }
      if (!answer.ok) throw new Error(answer.error.code)
      expect(iso(answer.value.dueAt)).toBe(c.due === null ? null : isoInstant(at(c.due)))
      expect(answer.value.provisional).toBe(c.provisional ?? false)
      if (c.effective !== undefined) expect(iso(answer.value.effectiveStart)).toBe(isoInstant(at(c.effective)))
    })
  }

  it('the naive twin was worked out the same way', () => {
    for (const c of CLOCK_CASES) {
      const answer = naiveDeadline(inputOf(c))
      const due = 'error' in answer ? `!${answer.error}` : answer.dueAt
      expect([c.says, due]).toEqual([c.says, c.due === null || c.due.startsWith('!') ? c.due : at(c.due)])
    }
  })
})

describe('the working calendar', () => {
  // Domain rules §2.8, each date from its notice.
  const off = {
    2024: '01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03',
    2025: '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02',
    2026: '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24',
  }
  const worked = { 2024: '05-04', 2025: '04-26', 2026: '01-10 08-22' }
  for (const year of [2024, 2025, 2026] as const) {
    it(`C2: ${year} has exactly its weekdays off and its Saturdays worked`, () => {
      const found = { off: [] as string[], worked: [] as string[] }
      for (let day = dayNumber(plainDate(`${year}-01-01`)); day <= dayNumber(plainDate(`${year}-12-31`)); day++) {
        const weekend = [0, 6].includes(weekday(day))
        if (weekend === isWorkingDay(calendar, day)) found[weekend ? 'worked' : 'off'].push(dateFromDayNumber(day).slice(5))
      }
      expect(found).toEqual({ off: off[year].split(' '), worked: worked[year].split(' ') })
    })
  }
})

/** The explanation as a clerk would read it out. */
const table = (input: Parameters<typeof computeDeadline>[1]) => {
  const answer = computeDeadline(calendar, input)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value.explanation.map(
    (line) => `${formatInstant(line.from)} – ${line.to === null ? '…' : formatInstant(line.to)} · ${explainInVietnamese(line)} · ${line.counted} · ${line.rule}`,
  )
}

describe('the explanation', () => {
  it('names the holiday that stands in the way', () => {
    expect(table({ start: at('2026-11-20 15:42'), limit: { amount: 3, unit: 'working-day' } })).toEqual([
      '20/11/2026 15:42 – 21/11/2026 00:00 · ngày bắt đầu, chưa tính · 0 · C5',
      '21/11/2026 00:00 – 23/11/2026 00:00 · nghỉ cuối tuần · 0 · C2',
      '23/11/2026 00:00 – 24/11/2026 00:00 · ngày làm việc · 1 · C5',
      '24/11/2026 00:00 – 25/11/2026 00:00 · nghỉ lễ: Ngày Văn hóa Việt Nam · 0 · C2',
      '25/11/2026 00:00 – 26/11/2026 17:30 · ngày làm việc · 2 · C5',
    ])
  })
  it('says what came after hours, and which paper suspended', () => {
    const suspensions = [{ from: at('2026-11-24 09:00'), to: at('2026-11-26 09:00'), document: 'Phiếu yêu cầu bổ sung số 12' }]
    expect(table({ start: at('2026-11-19 18:00'), limit: { amount: 2, unit: 'working-day' }, suspensions })).toEqual([
      '19/11/2026 18:00 – 20/11/2026 07:30 · ngoài giờ làm việc, tính từ giờ mở cửa tiếp theo (20/11/2026 07:30) · 0 · C4',
      '20/11/2026 07:30 – 21/11/2026 00:00 · ngày bắt đầu, chưa tính · 0 · C5',
      '21/11/2026 00:00 – 23/11/2026 00:00 · nghỉ cuối tuần · 0 · C2',
      '23/11/2026 00:00 – 24/11/2026 00:00 · ngày làm việc · 1 · C5',
      '24/11/2026 00:00 – 25/11/2026 00:00 · nghỉ lễ: Ngày Văn hóa Việt Nam · 0 · C2',
      '25/11/2026 00:00 – 27/11/2026 00:00 · tạm dừng, không tính thời gian chờ bổ sung: Phiếu yêu cầu bổ sung số 12 · 0 · C9',
      '27/11/2026 00:00 – 27/11/2026 17:30 · ngày làm việc · 1 · C5',
    ])
  })
  it('shows what a restart threw away', () => {
    const suspensions = [{ from: at('2026-11-16 10:00'), to: at('2026-11-20 09:00') }]
    expect(table({ start: at('2026-11-13 09:00'), limit: { amount: 3, unit: 'day' }, supplementMode: 'restart', suspensions })).toEqual([
      '13/11/2026 09:00 – 16/11/2026 10:00 · bỏ, tính lại từ đầu sau khi bổ sung · 0 · C11',
      '16/11/2026 10:00 – 20/11/2026 09:00 · tạm dừng, không tính thời gian chờ bổ sung · 0 · C11',
      '20/11/2026 09:00 – 21/11/2026 00:00 · ngày bắt đầu, chưa tính · 0 · C6',
      '21/11/2026 00:00 – 23/11/2026 17:30 · tính cả ngày nghỉ · 3 · C6',
    ])
  })
  it('says that a suspension began too late, and one that is still open', () => {
    const late = [{ from: at('2026-11-16 18:00'), to: null }]
    expect(table({ start: at('2026-11-13 09:00'), limit: { amount: 1, unit: 'working-day' }, suspensions: late }).at(-1)).toBe(
      '16/11/2026 18:00 – … · tạm dừng không làm thay đổi hạn (chưa kết thúc) · 0 · C10',
    )
    const open = [{ from: at('2026-11-16 10:00'), to: null }]
    expect(table({ start: at('2026-11-13 09:00'), limit: { amount: 2, unit: 'working-day' }, suspensions: open }).at(-1)).toBe(
      '17/11/2026 00:00 – … · tạm dừng, không tính thời gian chờ bổ sung (chưa kết thúc) · 0 · C10',
    )
  })
  it('says which holiday a filing fell on', () => {
    expect(table({ start: at('2026-11-24 08:00'), limit: { amount: 0, unit: 'working-day' } })[0]).toBe(
      '24/11/2026 08:00 – 25/11/2026 07:30 · Ngày Văn hóa Việt Nam, tính từ giờ mở cửa tiếp theo (25/11/2026 07:30) · 0 · C4',
    )
  })
  it('can be read day by day, and still adds up', () => {
    const answer = computeDeadline(calendar, { start: at('2026-11-20 15:42'), limit: { amount: 10, unit: 'working-day' } })
    if (!answer.ok) throw new Error(answer.error.code)
    const days = byDay(answer.value.explanation)
    expect(days.filter((line) => line.counted > 0)).toHaveLength(10)
    for (const [i, line] of days.entries()) if (i > 0) expect(line.from).toBe(days[i - 1]?.to)
    expect(byDay(answer.value.explanation, 5)).toBe(answer.value.explanation)
  })
  it('survives JSON', () => {
    const answer = computeDeadline(calendar, { start: at('2026-11-20 09:00'), limit: { amount: 4, unit: 'hour' } })
    if (!answer.ok) throw new Error(answer.error.code)
    expect(JSON.parse(JSON.stringify(answer.value)).explanation).toHaveLength(1)
  })
})

describe('step clocks', () => {
  it('half a day is 240 working minutes', () => {
    expect(iso(addWorkingMinutes(calendar, at('2026-11-20 15:30'), 240))).toBe('2026-11-23T09:30:00+07:00')
    expect(workingMinutesBetween(calendar, at('2026-11-20 15:30'), at('2026-11-23 09:30'))).toBe(240)
  })
  it('nothing added is the effective moment', () => {
    expect(iso(addWorkingMinutes(calendar, at('2026-11-21 10:00'), 0))).toBe('2026-11-23T07:30:00+07:00')
  })
  it('a free day holds no minutes', () => {
    expect(workingMinutesBetween(calendar, at('2026-11-24 00:00'), at('2026-11-25 00:00'))).toBe(0)
    expect(workingMinutesBetween(calendar, at('2026-11-25 09:00'), at('2026-11-25 08:00'))).toBe(0)
  })
  it('outside the calendar there is no answer', () => {
    expect(() => addWorkingMinutes(calendar, at('2019-06-01 09:00'), 60)).toThrow(RangeError)
    expect(() => workingMinutesBetween(calendar, instantAt(dayNumber(plainDate('2070-12-31'))), instantAt(dayNumber(plainDate('2071-02-01'))))).toThrow(RangeError)
  })
})
