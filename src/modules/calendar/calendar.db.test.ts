import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import { isoInstant, plainDate } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import { newId } from '#platform/ids.ts'
import type { Actor } from '#platform/ctx.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { at } from '#test/clock-cases.ts'
import { NOW, testDb } from '#test/db.ts'
import {
  CALENDAR_STREAM,
  EMPTY_CALENDAR,
  calendarRowsOf,
  computeDeadline,
  evolveCalendar,
  getCalendarYear,
  getWorkingCalendar,
  importCalendar,
  readCalendarEvent,
  removeCalendarDay,
  setCalendarDay,
  setOfficeHours,
} from '#modules/calendar'
import { readRows } from './calendar-store.ts'

const { ctx, owner } = await testDb()

const key = () => newId(NOW)
const person = (role: string): Actor => {
  return { kind: 'person', userId: key(), personId: key(), posts: [{ postId: key(), role, unitId: key(), agencyId: key() }] }
}
const administrator = ctx({ actor: person('administrator') })

/** Monday before the Culture Day: the swap that was proposed for 2026 and not decided. */
const SWAP_OFF = { date: plainDate('2026-11-23'), kind: 'swapped-off', name: 'Nghỉ hoán đổi', source: 'Thông báo thử', status: 'announced', pair: plainDate('2026-11-28'), note: null } as const

const due = async (start: string, days: number, agency?: Uuid) => {
  const answer = computeDeadline(await getWorkingCalendar(ctx(), agency), { start: at(start), limit: { amount: days, unit: 'working-day' } })
  if (!answer.ok || answer.value.dueAt === null) throw new Error('no due date')
  return isoInstant(answer.value.dueAt)
}

describe('the city’s calendar', () => {
  it('is the shipped one before anything was imported', async () => {
    expect((await getWorkingCalendar(ctx())).version).toBe(0)
    expect(await due('2026-11-23 09:00', 1)).toBe('2026-11-25T17:30:00+07:00')
  })

  it('is imported once; a second time changes nothing', async () => {
    expect(await importCalendar(ctx())).toEqual({ set: 119, unchanged: 0, kept: 0 })
    expect(await importCalendar(ctx())).toEqual({ set: 0, unchanged: 118, kept: 0 })
    expect((await getWorkingCalendar(ctx())).version).toBe(119)
    expect(await due('2026-11-23 09:00', 1)).toBe('2026-11-25T17:30:00+07:00')
  })
})

const refused = async (change: object) => {
  const answer = await setCalendarDay(administrator, { submissionKey: key(), ...SWAP_OFF, pair: null, ...change })
  return answer.ok ? 'done' : answer.error.code
}

describe('changing a day', () => {
  beforeAll(() => importCalendar(ctx()))

  it('moves the due dates computed from then on', async () => {
    expect(await due('2026-11-20 09:00', 1)).toBe('2026-11-23T17:30:00+07:00')
    const set = await setCalendarDay(administrator, { submissionKey: key(), ...SWAP_OFF })
    expect(set).toEqual({ ok: true, value: { version: 120 } })
    expect(await due('2026-11-20 09:00', 1)).toBe('2026-11-25T17:30:00+07:00')
    const worked = { ...SWAP_OFF, date: SWAP_OFF.pair, kind: 'swapped-workday', name: 'Làm bù', pair: SWAP_OFF.date } as const
    await setCalendarDay(administrator, { submissionKey: key(), ...worked })
    expect(await due('2026-11-27 09:00', 1)).toBe('2026-11-28T17:30:00+07:00')
  })

  it('happens once for one submission', async () => {
    const input = { submissionKey: key(), ...SWAP_OFF, name: 'Nghỉ hoán đổi 24/11' }
    const first = await setCalendarDay(administrator, input)
    expect(await setCalendarDay(administrator, input)).toEqual(first)
    expect(await setCalendarDay(administrator, { ...input, submissionKey: key() })).toEqual({ ok: false, error: { code: 'nothing-changed' } })
  })

  it('refuses what cannot be', async () => {
    expect(await refused({ date: '2019-12-31' })).toBe('before-calendar')
    expect(await refused({ date: '2026-12-05' })).toBe('already-free')
    expect(await refused({ date: '2026-12-07', kind: 'swapped-workday' })).toBe('already-working')
    expect(await refused({ date: '2026-12-07', pair: '2026-12-07' })).toBe('bad-pair')
    expect(await refused({ date: '2026-12-07', kind: 'holiday', pair: '2026-12-12' })).toBe('bad-pair')
  })

  it('a day taken out is not brought back by the next import, nor is a changed one', async () => {
    const removed = await removeCalendarDay(administrator, { submissionKey: key(), date: plainDate('2026-11-24'), reason: 'thử' })
    expect(removed.ok).toBe(true)
    expect(await importCalendar(ctx())).toEqual({ set: 0, unchanged: 117, kept: 1 })
    expect(await due('2026-11-20 09:00', 1)).toBe('2026-11-24T17:30:00+07:00')
    expect(await removeCalendarDay(administrator, { submissionKey: key(), date: plainDate('2026-11-24'), reason: 'thử' })).toMatchObject({ error: { code: 'no-such-day' } })
  })

  it('is for those who keep the calendar', async () => {
    const officer = ctx({ actor: person('desk-officer') })
    await expect(setCalendarDay(officer, { submissionKey: key(), ...SWAP_OFF })).rejects.toThrow(Forbidden)
    await expect(importCalendar(officer)).rejects.toThrow(Forbidden)
    await expect(getCalendarYear(officer, 2026)).rejects.toThrow(Forbidden)
  })
})

describe('office hours (C3)', () => {
  const agency = newId(NOW)
  const summer = { opens: '07:00', closes: '11:00' }
  it('of an agency hold for it alone, in their time and season', async () => {
    const hours = { agencyId: agency, sessions: [summer, { opens: '14:00', closes: '18:00' }], validFrom: plainDate('2026-01-01'), validTo: plainDate('2026-12-31') }
    const set = await setOfficeHours(administrator, { submissionKey: key(), id: null, ...hours, season: { from: '04-15', to: '10-15' } })
    expect(set.ok).toBe(true)
    expect(await due('2026-06-01 09:00', 1, agency)).toBe('2026-06-02T18:00:00+07:00')
    expect(await due('2026-10-15 09:00', 1, agency)).toBe('2026-10-16T17:30:00+07:00')
    expect(await due('2027-06-01 09:00', 1, agency)).toBe('2027-06-02T17:30:00+07:00')
    expect(await due('2026-06-01 09:00', 1)).toBe('2026-06-02T17:30:00+07:00')
    if (!set.ok) return
    await setOfficeHours(administrator, { submissionKey: key(), id: set.value.id, ...hours, validTo: plainDate('2026-05-31'), season: null })
    expect(await due('2026-06-01 09:00', 1, agency)).toBe('2026-06-02T17:30:00+07:00')
  })
  it('must not end before they begin, and must exist to be corrected', async () => {
    const hours = { agencyId: null, sessions: [summer], validFrom: plainDate('2026-06-01'), season: null }
    expect(await setOfficeHours(administrator, { submissionKey: key(), id: null, ...hours, validTo: plainDate('2026-05-01') })).toMatchObject({ error: { code: 'ends-before-it-begins' } })
    expect(await setOfficeHours(administrator, { submissionKey: key(), id: newId(NOW), ...hours, validTo: null })).toMatchObject({ error: { code: 'no-such-hours' } })
  })
})

describe('the log', () => {
  it('replayed from zero gives the same rows, column by column', async () => {
    const events = (await readStream(ctx().db, 'other', CALENDAR_STREAM)).map(readCalendarEvent)
    const replayed = calendarRowsOf(events.reduce(evolveCalendar, EMPTY_CALENDAR))
    expect(await readRows(ctx().db)).toEqual(JSON.parse(JSON.stringify(replayed)))
    // Every column of every table takes part.
    const { rows } = await owner.query<{ table_name: string; column_name: string }>(
      `select table_name, column_name from information_schema.columns where table_schema = 'calendar' and table_name <> 'version' order by 1, ordinal_position`,
    )
    const columns = { day: Object.keys(replayed.day[0] ?? {}), office_hours: Object.keys(replayed.office_hours[0] ?? {}) }
    for (const [table, names] of Object.entries(columns)) {
      expect(names.sort()).toEqual(rows.filter((row) => row.table_name === table).map((row) => row.column_name).sort())
    }
  })
  it('the administrator sees who changed what', async () => {
    const { changes, days, announcedTo } = await getCalendarYear(administrator, 2026)
    expect(changes[0]?.event.type).toBe('calendar.office-hours-set')
    expect(changes.at(-1)?.event).toMatchObject({ type: 'calendar.day-set', data: { day: { date: '2026-11-23' } } })
    expect(days.map((day) => day.date)).toContain('2026-11-28')
    // C14: one day taken out does not make a year unannounced.
    expect(announcedTo).toBe('2026-12-31')
  })
})
