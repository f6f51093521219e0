import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { keepWhile } from '#platform/versions.ts'
import { shippedCalendar } from './calendar-file.ts'
import { type CalendarState, stateOf } from './calendar-state.ts'
import { readRows } from './calendar-store.ts'
import { type WorkingCalendar, buildWorkingCalendar } from './working-calendar.ts'

const states = keepWhile<CalendarState>(4, 'calendar')
/** By agency; agencies without hours of their own share the city's. */
const calendars = keepWhile<WorkingCalendar>(200, 'calendar')

/**
 * The working calendar of an agency as of its last change; without an agency, or for one without hours of its own, the city's. Read and built once per
 * change and process. Before anything was imported it is the shipped one.
 */
export const getWorkingCalendar = async (ctx: Ctx, agencyId?: Uuid): Promise<WorkingCalendar> => {
  const state = await states(ctx, '', async ({ db }) => stateOf(await readRows(db)))
  const own = agencyId !== undefined && [...state.officeHours.values()].some((hours) => hours.agencyId === agencyId) ? agencyId : null
  return calendars(ctx, own ?? '', async () => (state.version === 0 ? shippedCalendar() : build(state, own)))
}

const build = (state: CalendarState, agencyId: Uuid | null): WorkingCalendar =>
  buildWorkingCalendar({
    version: state.version,
    days: [...state.days.values()],
    officeHours: [...state.officeHours.values()].filter((hours) => hours.agencyId === null || hours.agencyId === agencyId),
  })
