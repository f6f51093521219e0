/** SQL of the calendar: few rows, read and written whole. */
import { type Json, canonical } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { type Db, sql } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { CALENDAR_STREAM, type CalendarEvent, type CalendarRows, type CalendarState, type DayRow, type OfficeHoursRow, evolve, rowsOf, stateOf } from './calendar-state.ts'

export const readRows = async (db: Db): Promise<CalendarRows> => {
  const { rows } = await sql<CalendarRows>`
    select (select version from calendar.version) as version,
           coalesce((select jsonb_agg(to_jsonb(d) order by d.date) from calendar.day d), '[]') as day,
           coalesce((select jsonb_agg(to_jsonb(h) order by h.id) from calendar.office_hours h), '[]') as office_hours`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('the calendar has no version row')
  return row
}

/** Inside a transaction; whoever comes second waits, so that versions are as many as events. */
export const loadForUpdate = async (ctx: Ctx): Promise<CalendarState> => {
  await sql`select version from calendar.version for update`.execute(ctx.db)
  return stateOf(await readRows(ctx.db))
}

/** Writes the rows that the events change, then the events. */
export const store = async (ctx: Ctx, before: CalendarState, events: readonly CalendarEvent[], postId: Uuid | undefined): Promise<CalendarState> => {
  const after = events.reduce(evolve, before)
  await writeRows(ctx.db, rowsOf(before), rowsOf(after))
  await append(ctx, 'other', CALENDAR_STREAM, events, { expectedSeq: before.version, ...(postId === undefined ? {} : { postId }) })
  return after
}

/** Those that are new or differ, as JSON for `jsonb_populate_recordset`. */
const changed = <T extends Json>(was: readonly T[], is: readonly T[]): string => {
  const known = new Set(was.map(canonical))
  return JSON.stringify(is.filter((row) => !known.has(canonical(row))))
}

const writeRows = async (db: Db, before: CalendarRows, after: CalendarRows): Promise<void> => {
  const gone = before.day.filter((day) => !after.day.some(({ date }) => date === day.date)).map(({ date }) => date)
  await sql`delete from calendar.day where date = any(${gone}::date[])`.execute(db)
  await sql`
    insert into calendar.day (date, kind, name, source, status, pair, note)
    select date, kind, name, source, status, pair, note from jsonb_populate_recordset(null::calendar.day, ${changed<DayRow>(before.day, after.day)}::jsonb)
    on conflict (date) do update set kind = excluded.kind, name = excluded.name, source = excluded.source, status = excluded.status,
      pair = excluded.pair, note = excluded.note`.execute(db)
  await sql`
    insert into calendar.office_hours (id, agency_id, sessions, valid_from, valid_to, season_from, season_to)
    select id, agency_id, sessions, valid_from, valid_to, season_from, season_to
      from jsonb_populate_recordset(null::calendar.office_hours, ${changed<OfficeHoursRow>(before.office_hours, after.office_hours)}::jsonb)
    on conflict (id) do update set agency_id = excluded.agency_id, sessions = excluded.sessions, valid_from = excluded.valid_from,
      valid_to = excluded.valid_to, season_from = excluded.season_from, season_to = excluded.season_to`.execute(db)
  await sql`update calendar.version set version = ${after.version}`.execute(db)
}
