/** Which dossiers, open or just handed over, the lateness run has to act on: `decideLateness` in SQL, of the columns that `rowsOf` keeps for it. Both say the same (a test asks both). */
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { type WorkingCalendar, workingDateAfter, workingDateBefore } from '#modules/calendar'
import { REGIMES } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { ESCALATION_LEVELS, EXPLAINED_FOR } from '../lifecycle/extension.ts'
import { pastDue } from '../officer-queue.ts'
import { RUNNING, wasLate } from '../register/lateness.ts'

/** The settings of each regime as days: `near`: what is due by then needs its letter now; `after`: what was due by then has come before one more level. */
const daysOf = (calendar: WorkingCalendar, now: Ctx['now']) => {
  const today = dateOf(now)
  return REGIMES.map(({ id, settings }) => ({
    id,
    near: workingDateAfter(calendar, today, settings.apologyDaysBefore),
    most: settings.reappointments,
    explain: settings.explainDeclined,
    after: ESCALATION_LEVELS.map((level) => workingDateBefore(calendar, today, settings.escalation[level])),
  }))
}

/** Of a result that is out: it came too late, or it declines, and nobody has written yet. */
const LETTER_OWED = sql`d.apology_kind is null and d.apologised_for is distinct from d.due_at
  and (${wasLate} or (g.explain and (select r.kind from dossier.result r where r.dossier_id = d.id order by r.n desc limit 1) = 'declined'))`

/**
 * One statement over open rows, whatever their number, and over what each desk has handed over lately; the earliest due first.
 * @param calendar the city's: which days are worked is the same everywhere
 */
export const findDueActs = async (ctx: Ctx, calendar: WorkingCalendar): Promise<readonly Uuid[]> => {
  const since = new Date(ctx.now - EXPLAINED_FOR).toISOString()
  const { rows } = await sql<{ id: Uuid }>`
    with g as (select g.id, g.near, g.most, g.explain, array(select jsonb_array_elements_text(g.after)::date) as after
                 from jsonb_to_recordset(${JSON.stringify(daysOf(calendar, ctx.now))}::jsonb) as g(id text, near date, most int, explain boolean, after jsonb))
    select id from (
      select d.id, d.due_at
        from dossier.dossier d join g on g.id = d.regime
       where d.open and d.due_at is not null and case
             when ${RUNNING} then case
                  when ${pastDue(ctx.now)} then
                       d.late_for is distinct from d.due_at
                       or d.late_level < (select count(*) from unnest(g.after) as reached where d.due_on <= reached)
                       or (d.apology_kind is distinct from 'apology' and d.apologised_for is distinct from d.due_at)
                  else d.due_on <= g.near and d.apology_kind is null and d.extensions < g.most end
             when d.status = 'finished' then ${LETTER_OWED}
             else false end
       union all
      select d.id, d.due_at
        from organisation.pub_unit u
       -- By each desk's own index: never through all that was ever returned.
       cross join lateral (select * from dossier.dossier d where d.desk_id = u.id and d.returned_at >= ${since}::timestamptz offset 0) d
        join g on g.id = d.regime
       where d.status = 'returned' and d.due_at is not null and ${LETTER_OWED}) d
     order by due_at, id`.execute(ctx.db)
  return rows.map((row) => row.id)
}

/** Dossiers with a question to remind of or to close, by what ran out first: open questions only, by their partial index. */
export const findDueConsultations = async (ctx: Ctx): Promise<readonly Uuid[]> => {
  const now = new Date(ctx.now).toISOString()
  const { rows } = await sql<{ id: Uuid }>`
    select dossier_id as id from dossier.consultation
     where open and (due_at < ${now}::timestamptz or (reminded_at is null and remind_at <= ${now}::timestamptz))
     order by due_at, dossier_id`.execute(ctx.db)
  return rows.map((row) => row.id)
}
