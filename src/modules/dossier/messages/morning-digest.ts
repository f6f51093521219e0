import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, type PlainDate, dateOf, dayNumberOf, formatDate, formatTime, instantAt } from '#kernel/plain-date.ts'
import { can } from '#modules/access'
import { type WorkingCalendar, getWorkingCalendar } from '#modules/calendar'
import { type News, findPreferences, queueNews } from '#modules/notification'
import type { Actor, Ctx, HeldPost } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { isPastDue } from '../lifecycle/punctuality.ts'
import { type LateList, countLate } from '../late/late-list.ts'
import { type QueueRow, placesOfPosts, queueRows } from '../officer-queue.ts'

/** More than a person reads in the morning; the page has the rest. */
const MOST_LINES = 10
const MOST_ROWS = 200

/** For whoever watches and handles nothing. */
const LATE_LIST = '/xu-ly/sap-han'

/** A line about none is left out. */
const orNull = (n: number): number | null => (n === 0 ? null : n)

type Officer = { readonly personId: Uuid; readonly posts: readonly HeldPost[] }

/**
 * COMMAND of the schedule, on the morning of a working day: each officer with work is told what is overdue, what must be done today, what came since the last
 * working day began. Run again on the same day, it tells nobody twice.
 * @returns how many were told
 */
export const tellMorningWork = async (ctx: Ctx): Promise<number> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const since = lastMorning(await getWorkingCalendar(ctx), ctx.now)
  if (since === undefined) return 0
  const officers = await officersToday(ctx, dateOf(ctx.now))
  const chosen = await findPreferences(ctx, officers.map((officer) => officer.personId))
  let told = 0
  for (const officer of officers) {
    if (chosen.get(officer.personId)?.digest === false) continue
    const news = digestOf(officer, await waitingFor(ctx, officer), await watchedBy(ctx, officer), since, ctx.now)
    if (news === undefined) continue
    await inTx(ctx, (ctx) => queueNews(ctx, [news]))
    told += 1
  }
  return told
}

/** The beginning of the working day before today; undefined where today is none. */
const lastMorning = (calendar: WorkingCalendar, now: Instant): Instant | undefined => {
  const index = dayNumberOf(now) - calendar.firstDay
  if (calendar.working[index] !== 1) return undefined
  const before = calendar.workingDays[(calendar.rank[index] ?? 0) - 2]
  return before === undefined ? undefined : instantAt(before)
}

/** With the posts that they hold, and those that they act in for somebody else; who holds none is no officer. */
const officersToday = async (ctx: Ctx, today: PlainDate): Promise<readonly Officer[]> => {
  const { rows } = await sql<Officer>`
    with own as (
      select person_id, post_id, role, unit_id, agency_id from organisation.pub_held_post where valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)),
    acted as (
      select person_id, jsonb_build_object('postId', post_id, 'role', role, 'unitId', unit_id, 'agencyId', agency_id) as post, 1 as place, post_id from own
      union all
      select g.person_id, jsonb_build_object('postId', g.post_id, 'role', g.role, 'unitId', g.unit_id, 'agencyId', g.agency_id,
               'delegated', jsonb_build_object('delegationId', g.delegation_id, 'basis', g.basis, 'powers', g.powers, 'procedures', g.procedures)), 2, g.post_id
        from organisation.pub_delegated_post g
       where g.valid_from <= ${today}::date and (g.valid_to is null or g.valid_to > ${today}::date) and exists (select from own o where o.person_id = g.person_id))
    select person_id as "personId", jsonb_agg(post order by place, post_id) as posts from acted group by person_id`.execute(ctx.db)
  return rows.filter((officer) => can(actorOf(officer), 'dossier.read', { forSome: true }) || can(actorOf(officer), 'dossier.monitor'))
}

/** Only for the rule of who sees what: nobody is signed in. */
const actorOf = ({ personId, posts }: Officer): Actor => ({ kind: 'person', userId: personId, personId, posts })

const waitingFor = async (ctx: Ctx, officer: Officer): Promise<readonly QueueRow[]> => {
  const places = placesOfPosts(actorOf(officer), officer.posts, 'mine')
  return places.length === 0 ? [] : queueRows(ctx, places, MOST_ROWS)
}

type Watched = Pick<LateList['counts'], 'late' | 'letters' | 'escalated'>

/** Heads, the control office and the chair: what is late where they watch. One line in the morning, not a message for each. */
const watchedBy = async (ctx: Ctx, officer: Officer): Promise<Watched | undefined> => {
  const actor = actorOf(officer)
  return can(actor, 'dossier.monitor') ? countLate({ ...ctx, actor }) : undefined
}

/** Undefined where there is nothing to tell. */
const digestOf = (officer: Officer, rows: readonly QueueRow[], watched: Watched | undefined, since: Instant, now: Instant): News | undefined => {
  const late = rows.filter((row) => isPastDue(row, now))
  const today = rows.filter((row) => !late.includes(row) && row.dueAt !== null && dateOf(row.dueAt) === dateOf(now))
  const came = rows.filter((row) => row.stepEnteredAt >= since)
  const { late: unitLate = 0, letters = 0, escalated = 0 } = watched ?? {}
  if (late.length + today.length + came.length + unitLate + letters === 0) return undefined
  // By what is due first, as the queue is.
  const pressing = rows.filter((row) => late.includes(row) || today.includes(row))
  const list = pressing.slice(0, MOST_LINES).map((row) => `${row.code} · ${row.dueAt === null ? '' : `${formatTime(row.dueAt)} ${formatDate(dateOf(row.dueAt))}`}`)
  return {
    cause: `digest:${dateOf(now)}`,
    at: now,
    personId: officer.personId,
    dossierId: null,
    code: null,
    kind: 'officer-digest',
    facts: {
      late: late.length, today: today.length, came: came.length, list: list.length === 0 ? null : list.join('\n'),
      unitLate: orNull(unitLate), letters: orNull(letters), escalated: orNull(escalated),
      ...(!can(actorOf(officer), 'dossier.read', { forSome: true }) && { path: LATE_LIST }),
    },
    urgent: true,
  }
}
