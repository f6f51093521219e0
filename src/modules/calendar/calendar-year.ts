import { authorise } from '#modules/access'
import { type PlainDate, dateFromDayNumber } from '#kernel/plain-date.ts'
import type { Ctx, Instant } from '#platform/ctx.ts'
import type { Json } from '#kernel/digest.ts'
import { readStream } from '#platform/log/read-stream.ts'
import type { CalendarDay, OfficeHours } from './calendar-day.ts'
import { CALENDAR_STREAM, type CalendarEvent, officeHoursOf, readCalendarEvent, stateOf } from './calendar-state.ts'
import { readRows } from './calendar-store.ts'
import { buildWorkingCalendar } from './working-calendar.ts'

/** One change, newest first; `actor` as the log keeps it. */
export type CalendarChange = { readonly version: number; readonly at: Instant; readonly actor: Json; readonly event: CalendarEvent }

export type CalendarYear = {
  readonly year: number
  readonly version: number
  /** Days of this year that differ from the ordinary week. */
  readonly days: readonly CalendarDay[]
  readonly officeHours: readonly OfficeHours[]
  /** C14: the last day of the last announced year. */
  readonly announcedTo: PlainDate
  /** What persons changed, newest first, at most 50: the import of the shipped file is one line of the audit, not a hundred here. */
  readonly changes: readonly CalendarChange[]
}

/** QUERY: the calendar screen of the administration. @throws Forbidden */
export const getCalendarYear = async (ctx: Ctx, year: number): Promise<CalendarYear> => {
  authorise(ctx, 'calendar.edit')
  const rows = await readRows(ctx.db)
  const state = stateOf(rows)
  const officeHours = rows.office_hours.map(officeHoursOf)
  const built = buildWorkingCalendar({ version: rows.version, days: [...state.days.values()], officeHours })
  const history = await readStream(ctx.db, 'other', CALENDAR_STREAM)
  const changes = history
    .map((logged) => ({ version: logged.seq, at: logged.at, actor: logged.actor, event: readCalendarEvent(logged) }))
    .filter(({ event }) => event.type === 'calendar.day-removed' || event.data.origin === 'person')
    .reverse()
    .slice(0, 50)
  return {
    year,
    version: rows.version,
    days: rows.day.filter((day) => day.date.startsWith(`${year}-`)),
    officeHours,
    announcedTo: dateFromDayNumber(built.announcedTo),
    changes,
  }
}
