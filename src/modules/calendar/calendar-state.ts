/** PURE. The city's calendar as its events make it, and the rows that show it. One stream for the whole city: its sequence is the calendar's version. */
import { z } from 'zod'
import { type Uuid, uuid } from '#kernel/ids.ts'
import { type PlainDate, isPlainDate } from '#kernel/plain-date.ts'
import { CalendarDay, OfficeHours, type Session } from './calendar-day.ts'

/** The stream of the calendar in every installation. */
export const CALENDAR_STREAM: Uuid = uuid('019b0000-0000-7000-8000-00000000ca1e')

/** Of the simulated clock of a demo city. */
export const CLOCK_STREAM: Uuid = uuid('019b0000-0000-7000-8000-0000000c10c4')

/** `origin`: whether a person set it or the shipped file; an import never overrides a person. */
const Origin = z.enum(['person', 'shipped'])

const CalendarEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('calendar.day-set'), data: z.object({ day: CalendarDay, origin: Origin }) }),
  z.object({ type: z.literal('calendar.day-removed'), data: z.object({ date: z.string().refine(isPlainDate), reason: z.string() }) }),
  z.object({ type: z.literal('calendar.office-hours-set'), data: z.object({ hours: OfficeHours, origin: Origin }) }),
])
export type CalendarEvent = z.infer<typeof CalendarEvent>

/** @throws ZodError for what is not an event of this stream */
export const readCalendarEvent = (event: { readonly type: string; readonly data: unknown }): CalendarEvent =>
  CalendarEvent.parse({ type: event.type, data: event.data })

export type CalendarState = {
  readonly version: number
  readonly days: ReadonlyMap<PlainDate, CalendarDay>
  readonly officeHours: ReadonlyMap<Uuid, OfficeHours>
}

export const EMPTY_CALENDAR: CalendarState = { version: 0, days: new Map(), officeHours: new Map() }

export const evolve = (state: CalendarState, event: CalendarEvent): CalendarState => {
  const next = { ...state, version: state.version + 1 }
  switch (event.type) {
    case 'calendar.day-set':
      return { ...next, days: new Map(state.days).set(event.data.day.date, event.data.day) }
    case 'calendar.day-removed': {
      const days = new Map(state.days)
      days.delete(event.data.date)
      return { ...next, days }
    }
    case 'calendar.office-hours-set':
      return { ...next, officeHours: new Map(state.officeHours).set(event.data.hours.id, event.data.hours) }
  }
}

export type DayRow = CalendarDay
export type OfficeHoursRow = {
  readonly id: Uuid
  readonly agency_id: Uuid | null
  readonly sessions: readonly Session[]
  readonly valid_from: PlainDate
  readonly valid_to: PlainDate | null
  readonly season_from: string | null
  readonly season_to: string | null
}
export type CalendarRows = { readonly day: readonly DayRow[]; readonly office_hours: readonly OfficeHoursRow[]; readonly version: number }

/** Decision 10: commands, import and replay write these rows and no others. In the order of their keys. */
export const rowsOf = (state: CalendarState): CalendarRows => ({
  day: [...state.days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
  office_hours: [...state.officeHours.values()].map(officeHoursRow).sort((a, b) => (a.id < b.id ? -1 : 1)),
  version: state.version,
})

const officeHoursRow = (hours: OfficeHours): OfficeHoursRow => ({
  id: hours.id,
  agency_id: hours.agencyId,
  sessions: hours.sessions,
  valid_from: hours.validFrom,
  valid_to: hours.validTo,
  season_from: hours.season?.from ?? null,
  season_to: hours.season?.to ?? null,
})

/** The state back from its rows. */
export const stateOf = (rows: CalendarRows): CalendarState => ({
  version: rows.version,
  days: new Map(rows.day.map((day) => [day.date, day])),
  officeHours: new Map(rows.office_hours.map((row) => [row.id, officeHoursOf(row)])),
})

export const officeHoursOf = (row: OfficeHoursRow): OfficeHours => ({
  id: row.id,
  agencyId: row.agency_id,
  sessions: [...row.sessions],
  validFrom: row.valid_from,
  validTo: row.valid_to,
  season: row.season_from === null || row.season_to === null ? null : { from: row.season_from, to: row.season_to },
})
