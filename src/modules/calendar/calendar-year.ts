import { authorise } from '#modules/access'
import { type PlainDate, dateFromDayNumber } from '#kernel/plain-date.ts'
import type { Ctx, Instant } from '#platform/ctx.ts'
import type { Json } from '#kernel/digest.ts'
import { sql } from '#platform/db/db.ts'
import { readStream } from '#platform/log/read-stream.ts'
import type { CalendarDay, OfficeHours } from './calendar-day.ts'
import { CALENDAR_STREAM, type CalendarEvent, officeHoursOf, readCalendarEvent, stateOf } from './calendar-state.ts'
import { readRows } from './calendar-store.ts'
import { buildWorkingCalendar } from './working-calendar.ts'

/** One change. `by`: the person's present name; null = the program itself. */
type CalendarChange = { readonly version: number; readonly at: Instant; readonly by: string | null; readonly event: CalendarEvent }
/** `agency`: its present name; null = every agency without hours of its own. */
type NamedHours = OfficeHours & { readonly agency: string | null }

export type CalendarYear = {
  readonly year: number
  readonly version: number
  /** Days of this year that differ from the ordinary week. */
  readonly days: readonly CalendarDay[]
  readonly officeHours: readonly NamedHours[]
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
  const history = (await readStream(ctx.db, 'other', CALENDAR_STREAM)).map((logged) => ({ logged, event: readCalendarEvent(logged) }))
  const byPersons = history.filter(({ event }) => event.type === 'calendar.day-removed' || event.data.origin === 'person')
  const latest = byPersons.reverse().slice(0, 50)
  const nameOf = await findNames(
    ctx,
    officeHours.map((hours) => hours.agencyId),
    latest.map(({ logged }) => personOf(logged.actor)),
  )
  return {
    year,
    version: rows.version,
    days: rows.day.filter((day) => day.date.startsWith(`${year}-`)),
    officeHours: officeHours.map((hours) => ({ ...hours, agency: nameOf(hours.agencyId) })),
    announcedTo: dateFromDayNumber(built.announcedTo),
    changes: latest.map(({ logged, event }) => ({ version: logged.seq, at: logged.at, by: nameOf(personOf(logged.actor)), event })),
  }
}

const personOf = (actor: Json): string | null => {
  const person = actor !== null && typeof actor === 'object' && 'person' in actor ? actor.person : null
  return typeof person === 'string' ? person : null
}

/** Of agencies and persons, in one round trip. */
const findNames = async (ctx: Ctx, units: readonly (string | null)[], persons: readonly (string | null)[]) => {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation.pub_unit where id = any(${[...new Set(units.filter((id) => id !== null))]}::uuid[])
    union all select id, name from organisation.pub_person where id = any(${[...new Set(persons.filter((id) => id !== null))]}::uuid[])`.execute(ctx.db)
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null))
}
