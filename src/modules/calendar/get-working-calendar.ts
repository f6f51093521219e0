import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { shippedCalendar } from './calendar-file.ts'
import { CALENDAR_STREAM, stateOf } from './calendar-state.ts'
import { readRows } from './calendar-store.ts'
import { type WorkingCalendar, buildWorkingCalendar } from './working-calendar.ts'

/** Calendars built from the newest state seen, by agency; agencies without hours of their own share the city's (null). */
let built: { readonly head: string; readonly byAgency: Map<Uuid | null, WorkingCalendar> } = { head: '', byAgency: new Map() }

/**
 * The working calendar of an agency as of its last change; without an agency, or for one without hours of its own, the city's. Built once per change and
 * process: otherwise one small query. Before anything was imported it is the shipped one.
 */
export const getWorkingCalendar = async (ctx: Ctx, agencyId?: Uuid): Promise<WorkingCalendar> => {
  // The head's hash stands for the whole history of the calendar, in whatever database.
  const { rows } = await sql<{ version: number; own: boolean; head: string | null }>`/* prepared */
    select version, exists (select from calendar.office_hours where agency_id = ${agencyId ?? null}::uuid) as own,
           (select encode(hash, 'hex') from log.head where stream = ${CALENDAR_STREAM}) as head
      from calendar.version`.execute(ctx.db)
  const now = rows[0]
  if (now === undefined || now.head === null) return shippedCalendar()
  if (built.head !== now.head) built = { head: now.head, byAgency: new Map() }
  const { byAgency } = built
  const agency = now.own && agencyId !== undefined ? agencyId : null
  const known = byAgency.get(agency)
  if (known !== undefined) return known

  const state = stateOf(await readRows(ctx.db))
  const calendar = buildWorkingCalendar({
    version: state.version,
    days: [...state.days.values()],
    officeHours: [...state.officeHours.values()].filter((hours) => hours.agencyId === null || hours.agencyId === agency),
  })
  // A change may have come between the two statements.
  if (state.version === now.version) byAgency.set(agency, calendar)
  return calendar
}
