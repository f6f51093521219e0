import type { PlainDate } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { readStream } from '#platform/log/read-stream.ts'
import type { CalendarDay } from './calendar-day.ts'
import { type CalendarFile, shippedCalendarFile } from './calendar-file.ts'
import { CALENDAR_STREAM, type CalendarEvent, type CalendarState, readCalendarEvent } from './calendar-state.ts'
import { loadForUpdate, store } from './calendar-store.ts'

/** `kept`: days on which a person's word differs from the file; theirs stands. */
type CalendarImported = { readonly set: number; readonly unchanged: number; readonly kept: number }

/**
 * COMMAND. Brings the shipped calendar in, or what a newer version of it adds. Run at every start: a second time changes nothing, and a day that a person
 * set or removed is never touched again by a file.
 * @throws Forbidden
 */
export const importCalendar = async (ctx: Ctx, file: CalendarFile = shippedCalendarFile()): Promise<CalendarImported> => {
  const post = authorise(ctx, 'calendar.edit')
  return inTx(ctx, async (ctx) => {
    const state = await loadForUpdate(ctx)
    const history = (await readStream(ctx.db, 'other', CALENDAR_STREAM)).map(readCalendarEvent)
    const { events, imported } = decideImport(state, history, file)
    if (events.length > 0) await store(ctx, state, events, post?.postId)
    return imported
  })
}

/** PURE */
const decideImport = (state: CalendarState, history: readonly CalendarEvent[], file: CalendarFile) => {
  const theirs = new Set<PlainDate>()
  for (const event of history) {
    if (event.type === 'calendar.day-removed') theirs.add(event.data.date)
    if (event.type === 'calendar.day-set' && event.data.origin === 'person') theirs.add(event.data.day.date)
  }
  const events: CalendarEvent[] = []
  let kept = 0
  for (const day of file.days) {
    if (same(state.days.get(day.date), day)) continue
    if (theirs.has(day.date)) kept++
    else events.push({ type: 'calendar.day-set', data: { day, origin: 'shipped' } })
  }
  const unchanged = file.days.length - kept - events.length
  for (const hours of file.officeHours) {
    if (!state.officeHours.has(hours.id)) events.push({ type: 'calendar.office-hours-set', data: { hours, origin: 'shipped' } })
  }
  return { events, imported: { set: events.length, unchanged, kept } }
}

const same = (a: CalendarDay | undefined, b: CalendarDay): boolean =>
  a !== undefined && (Object.keys(b) as (keyof CalendarDay)[]).every((key) => a[key] === b[key])
