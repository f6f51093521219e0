/** The deadline clock by hand: for every convention dates that a person worked out with the calendar on the wall. Times are Vietnamese. */
import type { DeadlineInput, LimitUnit } from '#modules/calendar'
import { type Instant, instant } from '#kernel/plain-date.ts'

type Pause = readonly [from: string, to: string | null]
export type ClockCase = {
  readonly rule: string
  readonly says: string
  readonly start: string
  readonly limit: readonly [number, LimitUnit]
  readonly mode?: 'suspend' | 'restart'
  readonly pauses?: readonly Pause[]
  readonly cutoff?: string
  readonly effective?: string
  /** null: no due date. `!code`: refused. */
  readonly due: string | null
  readonly provisional?: true
}

/** `2026-11-20 15:42`, seconds if need be; with `Z` or an offset it is taken as it stands. */
export const at = (text: string): Instant => instant(Date.parse(/[Z+]/.test(text) ? text : `${text.replace(' ', 'T')}+07:00`))

export const inputOf = (c: ClockCase): DeadlineInput => ({
  start: at(c.start),
  limit: { amount: c.limit[0], unit: c.limit[1] },
  ...(c.mode === undefined ? {} : { supplementMode: c.mode }),
  ...(c.pauses === undefined ? {} : { suspensions: c.pauses.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) })) }),
  ...(c.cutoff === undefined ? {} : { inDayCutoff: at(`1970-01-01 ${c.cutoff}`) - at('1970-01-01 00:00') }),
})

const WD = 'working-day'
const FRI = '2026-11-13' // Friday; Mon 16 … Fri 20, Mon 23, Tue 24 = Culture Day, Wed 25, Thu 26

export const CLOCK_CASES: readonly ClockCase[] = [
  { rule: 'C1', says: 'half past midnight in Huế is still yesterday in UTC', start: '2026-11-19T17:30:01Z', limit: [1, WD], due: '2026-11-23 17:30' },
  { rule: 'C1', says: '10:30 UTC is the end of office hours', start: '2026-11-20T10:30:00Z', limit: [0, WD], effective: '2026-11-20 17:30', due: '2026-11-20 17:30' },
  { rule: 'C1', says: '22:00 in Huế, a day that UTC has not reached the end of', start: '2026-11-19T15:00:00Z', limit: [0, WD], effective: '2026-11-20 07:30', due: '2026-11-20 17:30' },

  { rule: 'C2', says: 'the swapped Saturday 10/01/2026 works', start: '2026-01-09 09:00', limit: [1, WD], due: '2026-01-10 17:30' },
  { rule: 'C2', says: 'the swapped Saturday 22/08/2026 works', start: '2026-08-21 09:00', limit: [1, WD], due: '2026-08-22 17:30' },
  { rule: 'C2', says: 'an ordinary Saturday never counts', start: '2026-01-16 09:00', limit: [1, WD], due: '2026-01-19 17:30' },
  { rule: 'C2', says: 'New Year and the day swapped for it are free', start: '2025-12-31 10:00', limit: [1, WD], due: '2026-01-05 17:30' },
  { rule: 'C2', says: 'Tết Bính Ngọ lasts from 14 to 22 February', start: '2026-02-13 10:00', limit: [1, WD], due: '2026-02-23 17:30' },
  { rule: 'C2', says: 'Giỗ Tổ on a Sunday is compensated on Monday 27/04', start: '2026-04-24 10:00', limit: [1, WD], due: '2026-04-28 17:30' },
  { rule: 'C2', says: '31/08 is swapped off before National Day', start: '2026-08-28 10:00', limit: [1, WD], due: '2026-09-03 17:30' },
  { rule: 'C2', says: 'the Culture Day 24/11 is free from 2026', start: '2026-11-23 10:00', limit: [1, WD], due: '2026-11-25 17:30' },
  { rule: 'C2', says: '24/11 was an ordinary Monday in 2025', start: '2025-11-21 10:00', limit: [1, WD], due: '2025-11-24 17:30' },
  { rule: 'C2', says: 'Saturday 26/04/2025 works for Friday 02/05', start: '2025-04-25 10:00', limit: [4, WD], due: '2025-05-05 17:30' },
  { rule: 'C2', says: 'Saturday 04/05/2024 works for Monday 29/04', start: '2024-04-26 10:00', limit: [3, WD], due: '2024-05-04 17:30' },

  { rule: 'C3', says: '17:30:00 on a swapped Saturday is inside', start: '2026-08-22 17:30:00', limit: [1, WD], effective: '2026-08-22 17:30', due: '2026-08-24 17:30' },
  { rule: 'C3', says: 'one second later is outside', start: '2026-08-22 17:30:01', limit: [1, WD], effective: '2026-08-24 07:30', due: '2026-08-25 17:30' },

  { rule: 'C4', says: 'before opening counts on that day', start: '2026-11-20 06:00', limit: [1, WD], effective: '2026-11-20 06:00', due: '2026-11-23 17:30' },
  { rule: 'C4', says: 'the lunch break counts on that day', start: '2026-11-20 12:15', limit: [1, WD], effective: '2026-11-20 12:15', due: '2026-11-23 17:30' },
  { rule: 'C4', says: 'Friday evening moves to Monday 07:30', start: '2026-11-20 17:30:01', limit: [1, WD], effective: '2026-11-23 07:30', due: '2026-11-25 17:30' },
  { rule: 'C4', says: 'Saturday moves to Monday 07:30', start: '2026-11-21 10:00', limit: [1, WD], effective: '2026-11-23 07:30', due: '2026-11-25 17:30' },
  { rule: 'C4', says: 'a holiday moves to the day after it', start: '2026-11-24 08:00', limit: [0, WD], effective: '2026-11-25 07:30', due: '2026-11-25 17:30' },

  { rule: 'C5', says: 'three working days over a weekend and the Culture Day', start: '2026-11-20 15:42', limit: [3, WD], due: '2026-11-26 17:30' },
  { rule: 'C5', says: 'received after 15:00 does not move a limit of days', start: '2026-11-20 17:29', limit: [1, WD], due: '2026-11-23 17:30' },
  { rule: 'C5', says: 'zero is the same day', start: '2026-11-20 17:10', limit: [0, WD], due: '2026-11-20 17:30' },
  { rule: 'C5', says: '15:00:00 is in time for the same day', start: '2026-11-20 15:00:00', limit: [0, WD], cutoff: '15:00', due: '2026-11-20 17:30' },
  { rule: 'C5', says: '15:00:01 is due on the next working day', start: '2026-11-20 15:00:01', limit: [0, WD], cutoff: '15:00', due: '2026-11-23 17:30' },
  { rule: 'C5', says: 'the next working day jumps over the Culture Day', start: '2026-11-23 15:30', limit: [0, WD], cutoff: '15:00', due: '2026-11-25 17:30' },
  { rule: 'C5', says: 'the cut-off compares the effective start', start: '2026-11-19 18:00', limit: [0, WD], cutoff: '15:00', due: '2026-11-20 17:30' },
  { rule: 'C5', says: 'a cut-off with one working day is refused', start: '2026-11-20 09:00', limit: [1, WD], cutoff: '15:00', due: '!cutoff-without-same-day' },
  { rule: 'C5', says: 'a cut-off with hours is refused', start: '2026-11-20 09:00', limit: [4, 'hour'], cutoff: '15:00', due: '!cutoff-without-same-day' },

  { rule: 'C6', says: 'calendar days run through the weekend', start: '2026-11-20 09:00', limit: [3, 'day'], due: '2026-11-23 17:30' },
  { rule: 'C6', says: 'a last day on Saturday moves to Monday', start: '2026-11-20 09:00', limit: [1, 'day'], due: '2026-11-23 17:30' },
  { rule: 'C6', says: 'a last day on the Culture Day moves to the day after', start: '2026-11-20 09:00', limit: [4, 'day'], due: '2026-11-25 17:30' },
  { rule: 'C6', says: 'a last day on a swapped Saturday stays', start: '2026-08-20 09:00', limit: [2, 'day'], due: '2026-08-22 17:30' },

  { rule: 'C7', says: 'the same day of the next month', start: '2026-10-05 09:00', limit: [1, 'month'], due: '2026-11-05 17:30' },
  { rule: 'C7', says: '30/01 has no 30/02: the last day, then the next working day', start: '2026-01-30 09:00', limit: [1, 'month'], due: '2026-03-02 17:30' },
  { rule: 'C7', says: '31/01 of a leap year ends on 29/02', start: '2024-01-31 09:00', limit: [1, 'month'], due: '2024-02-29 17:30' },
  { rule: 'C7', says: '31/03 ends on 30/04, and the holidays carry it to 04/05', start: '2026-03-31 09:00', limit: [1, 'month'], due: '2026-05-04 17:30' },
  { rule: 'C7', says: 'twelve months onto the Culture Day', start: '2025-11-24 09:00', limit: [12, 'month'], due: '2026-11-25 17:30' },

  { rule: 'C8', says: 'hours stand still at lunch', start: '2026-11-20 09:00', limit: [4, 'hour'], due: '2026-11-20 15:00' },
  { rule: 'C8', says: 'the last minute at 11:30 is due at 11:30, not at 13:30', start: '2026-11-20 09:00', limit: [2.5, 'hour'], due: '2026-11-20 11:30' },
  { rule: 'C8', says: 'a start before opening counts from 07:30, eight hours end at 17:30', start: '2026-11-20 06:00', limit: [8, 'hour'], due: '2026-11-20 17:30' },
  { rule: 'C8', says: 'a start at lunch counts from 13:30', start: '2026-11-20 12:00', limit: [0.5, 'hour'], due: '2026-11-20 14:00' },
  { rule: 'C8', says: 'a start at 17:30:00 has its hour on Monday', start: '2026-11-20 17:30', limit: [1, 'hour'], effective: '2026-11-20 17:30', due: '2026-11-23 08:30' },
  { rule: 'C8', says: 'half an hour on Friday, half an hour on Monday', start: '2026-11-20 17:00', limit: [1, 'hour'], due: '2026-11-23 08:00' },
  { rule: 'C8', says: 'half a day is four hours', start: '2026-11-20 09:00', limit: [0.5, WD], due: '2026-11-20 15:00' },
  { rule: 'C8', says: 'a day and a half is twelve hours', start: '2026-11-20 09:00', limit: [1.5, WD], due: '2026-11-23 15:00' },
  { rule: 'C8', says: 'seconds are kept', start: '2026-11-20 09:00:17', limit: [1, 'hour'], due: '2026-11-20 10:00:17' },

  { rule: 'C9', says: 'the day of the request still counts, the day of completion does not', start: `${FRI} 09:00`, limit: [3, WD], pauses: [['2026-11-17 10:00', '2026-11-20 09:00']], due: '2026-11-23 17:30' },
  { rule: 'C9', says: 'completed after hours is completed on the next working day', start: `${FRI} 09:00`, limit: [3, WD], pauses: [['2026-11-17 10:00', '2026-11-20 17:31']], due: '2026-11-25 17:30' },
  { rule: 'C9', says: 'asked and completed on one day moves nothing', start: `${FRI} 09:00`, limit: [3, WD], pauses: [['2026-11-17 08:00', '2026-11-17 16:00']], due: '2026-11-18 17:30' },
  { rule: 'C9', says: 'asked on the last day: it still counts', start: `${FRI} 09:00`, limit: [1, WD], pauses: [['2026-11-16 10:00', '2026-11-19 10:00']], due: '2026-11-16 17:30' },
  { rule: 'C9', says: 'hours stop at the request and go on at the completion', start: '2026-11-16 08:00', limit: [8, 'hour'], pauses: [['2026-11-16 10:00', '2026-11-18 09:00']], due: '2026-11-18 17:00' },
  { rule: 'C9', says: 'completed at lunch: hours go on at 13:30', start: '2026-11-16 08:00', limit: [8, 'hour'], pauses: [['2026-11-16 10:00', '2026-11-18 12:00']], due: '2026-11-19 09:30' },
  { rule: 'C9', says: 'calendar days leave out the days of waiting', start: '2026-11-02 09:00', limit: [5, 'day'], pauses: [['2026-11-04 10:00', '2026-11-06 10:00']], due: '2026-11-09 17:30' },
  { rule: 'C9', says: 'a month leaves them out too', start: '2026-11-02 09:00', limit: [1, 'month'], pauses: [['2026-11-04 10:00', '2026-11-06 10:00']], due: '2026-12-04 17:30' },
  { rule: 'C9', says: 'over before the start: nothing', start: `${FRI} 09:00`, limit: [2, WD], pauses: [['2026-11-10 09:00', '2026-11-12 09:00']], due: '2026-11-17 17:30' },

  { rule: 'C10', says: 'after the limit has run out it has no effect, open or not', start: `${FRI} 09:00`, limit: [1, WD], pauses: [['2026-11-16 17:30:01', null]], due: '2026-11-16 17:30' },
  { rule: 'C10', says: 'open: no due date', start: `${FRI} 09:00`, limit: [3, WD], pauses: [['2026-11-17 10:00', null]], due: null },
  { rule: 'C10', says: 'overlaps count once', start: `${FRI} 09:00`, limit: [3, WD], pauses: [['2026-11-16 10:00', '2026-11-18 10:00'], ['2026-11-17 10:00', '2026-11-19 10:00']], due: '2026-11-23 17:30' },
  { rule: 'C10', says: 'one inside another counts once', start: `${FRI} 09:00`, limit: [3, WD], pauses: [['2026-11-16 10:00', '2026-11-19 10:00'], ['2026-11-17 10:00', '2026-11-18 10:00']], due: '2026-11-23 17:30' },
  { rule: 'C10', says: 'two add up, in whatever order they are given', start: `${FRI} 09:00`, limit: [3, WD], pauses: [['2026-11-18 10:00', '2026-11-19 10:00'], ['2026-11-16 10:00', '2026-11-17 10:00']], due: '2026-11-20 17:30' },
  { rule: 'C10', says: 'the first moves the due date, so that the second still takes effect', start: `${FRI} 09:00`, limit: [2, WD], pauses: [['2026-11-16 10:00', '2026-11-18 10:00'], ['2026-11-19 10:00', null]], due: null },
  { rule: 'C10', says: 'overlapping hours count once', start: '2026-11-16 08:00', limit: [4, 'hour'], pauses: [['2026-11-16 09:00', '2026-11-16 11:00'], ['2026-11-16 10:00', '2026-11-16 14:00']], due: '2026-11-16 17:00' },

  { rule: 'C11', says: 'restart counts the whole limit from the completion', start: `${FRI} 09:00`, limit: [3, WD], mode: 'restart', pauses: [['2026-11-17 10:00', '2026-11-20 09:00']], due: '2026-11-26 17:30' },
  { rule: 'C11', says: 'restart after hours begins on the next working day', start: `${FRI} 09:00`, limit: [1, WD], mode: 'restart', pauses: [['2026-11-16 10:00', '2026-11-20 18:00']], due: '2026-11-25 17:30' },
  { rule: 'C11', says: 'it does not revive a limit that has run out', start: `${FRI} 09:00`, limit: [1, WD], mode: 'restart', pauses: [['2026-11-17 08:00', '2026-11-20 09:00']], due: '2026-11-16 17:30' },
  { rule: 'C11', says: 'of two that overlap the later completion counts', start: `${FRI} 09:00`, limit: [1, WD], mode: 'restart', pauses: [['2026-11-16 10:00', '2026-11-20 09:00'], ['2026-11-17 10:00', '2026-11-18 09:00']], due: '2026-11-23 17:30' },
  { rule: 'C11', says: 'hours begin again', start: '2026-11-16 08:00', limit: [8, 'hour'], mode: 'restart', pauses: [['2026-11-16 15:00', '2026-11-18 07:00']], due: '2026-11-18 17:30' },
  { rule: 'C11', says: 'open: no due date', start: `${FRI} 09:00`, limit: [3, WD], mode: 'restart', pauses: [['2026-11-17 10:00', null]], due: null },

  { rule: 'C12', says: 'a request at the due moment itself is in time', start: `${FRI} 09:00`, limit: [1, WD], pauses: [['2026-11-16 17:30:00', null]], due: null },
  { rule: 'C12', says: 'a restart at the due moment itself begins again', start: `${FRI} 09:00`, limit: [1, WD], mode: 'restart', pauses: [['2026-11-16 17:30:00', '2026-11-18 09:00']], due: '2026-11-19 17:30' },

  { rule: 'C13', says: 'a quarter of a day', start: `${FRI} 09:00`, limit: [0.25, WD], due: '!bad-amount' },
  { rule: 'C13', says: 'a quarter of an hour', start: `${FRI} 09:00`, limit: [1.25, 'hour'], due: '!bad-amount' },
  { rule: 'C13', says: 'half a calendar day', start: `${FRI} 09:00`, limit: [1.5, 'day'], due: '!bad-amount' },
  { rule: 'C13', says: 'half a month', start: `${FRI} 09:00`, limit: [0.5, 'month'], due: '!bad-amount' },
  { rule: 'C13', says: 'no calendar days', start: `${FRI} 09:00`, limit: [0, 'day'], due: '!bad-amount' },
  { rule: 'C13', says: 'no months', start: `${FRI} 09:00`, limit: [0, 'month'], due: '!bad-amount' },
  { rule: 'C13', says: 'no hours', start: `${FRI} 09:00`, limit: [0, 'hour'], due: '!bad-amount' },
  { rule: 'C13', says: 'fewer than none', start: `${FRI} 09:00`, limit: [-1, WD], due: '!bad-amount' },

  { rule: 'C14', says: 'a start before 2020 is unknown', start: '2019-12-31 23:59:59', limit: [1, WD], due: '!calendar-unknown' },
  { rule: 'C14', says: 'the first day of 2020 is known', start: '2020-01-01 00:00', limit: [1, WD], effective: '2020-01-02 07:30', due: '2020-01-03 17:30' },
  { rule: 'C14', says: 'the last day of the last announced year is certain', start: '2026-12-30 09:00', limit: [1, WD], due: '2026-12-31 17:30' },
  { rule: 'C14', says: 'a projected Tết counts, and says that it may change', start: '2027-02-03 09:00', limit: [1, WD], due: '2027-02-11 17:30', provisional: true },
  { rule: 'C14', says: 'a start before the new year with its end after it', start: '2026-12-31 09:00', limit: [1, WD], due: '2027-01-04 17:30', provisional: true },
  { rule: 'C14', says: 'beyond the data fixed dates are free: Tuesday 02/05/2028', start: '2028-04-28 09:00', limit: [1, WD], due: '2028-05-02 17:30', provisional: true },
  { rule: 'C14', says: 'and lunar ones are not known: Tết 2028 counts as work', start: '2028-01-25 09:00', limit: [1, WD], due: '2028-01-26 17:30', provisional: true },
  { rule: 'C14', says: 'the Culture Day stays free: Friday 24/11/2028', start: '2028-11-23 09:00', limit: [1, WD], due: '2028-11-27 17:30', provisional: true },
]
