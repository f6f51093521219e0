import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Channel, LimitKept } from '../lifecycle/state.ts'
import type { Status } from '../lifecycle/status.ts'
import { type RegisterFilter, type TextMatch, asksOpen, conditionsOf, matchText } from './filter.ts'
import { type Lateness, latenessOf, wasLate } from './lateness.ts'
import { type Place, isAt, narrowed, placesOf } from './reach.ts'

export type RegisterLine = {
  readonly id: Uuid
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly applicantName: string
  readonly agencyName: string
  readonly divisionName: string
  readonly channel: Channel
  readonly status: Status
  readonly step: string | null
  /** Whoever it was given to; null: the unit's, or done. */
  readonly holderName: string | null
  /** Null: filed, not received. */
  readonly receivedAt: Instant | null
  readonly dueAt: Instant | null
  readonly limitUnit: LimitKept['unit'] | null
  readonly finishedAt: Instant | null
  readonly returnedAt: Instant | null
  /** Null: done. */
  readonly lateness: Lateness | null
  readonly wasLate: boolean
}

export type RegisterPage = {
  readonly rows: readonly RegisterLine[]
  /** For `after` of the next page; null: this is the last. */
  readonly next: Uuid | null
  /** How many there are, as far as was counted. */
  readonly count: { readonly n: number; readonly more: boolean }
}

const REGISTER_PAGE = 50
const COUNTED = 1_000
/** How many rows of a place are looked at one by one for a name before its index is asked: about 10 ms. */
const WALKED = 3_000

/**
 * QUERY. Dossiers that the actor may see, newest first, a page at a time; the reading is recorded once a page (`log.access`, kind list).
 *
 * A name is sought in two ways, because names are anything from every third person's to one person's. First the newest rows of the place are
 * walked in the order of the answer and compared: a common name fills the page at once, where the index on names would bring a third of all rows
 * to be sorted. Only when that does not fill it, the name is rare there, and the index is asked. Tried on a million: one way alone took seconds for
 * the names that suit the other; the filters of status or lateness beside a common name are left to the planner.
 * @throws Forbidden outside what one may see
 */
export const findInRegister = async (ctx: Ctx, filter: RegisterFilter, purpose: 'register' | 'search' = 'register'): Promise<RegisterPage> => {
  const post = authorise(ctx, 'dossier.find')
  const places = await placesAsked(ctx, filter)
  const match = await matchText(ctx, filter.text)
  const unitId = filter.unitId ?? post?.unitId
  recordAccess(ctx, { kind: 'list', ...(unitId !== undefined && { unitId }), reason: purpose })
  if (match === 'nothing') return { rows: [], next: null, count: { n: 0, more: false } }
  const { ids, n, more } = together(await Promise.all(places.map((place) => foundAt(ctx, place, filter, match))))
  const shown = ids.slice(0, REGISTER_PAGE)
  return { rows: await linesOf(ctx, shown), next: ids.length > REGISTER_PAGE ? (shown.at(-1) ?? null) : null, count: { n, more } }
}

/** What of it the filter asks for. @throws Forbidden */
export const placesAsked = async (ctx: Ctx, filter: RegisterFilter): Promise<readonly Place[]> => {
  const places = placesOf(ctx.actor, 'dossier.find')
  return filter.unitId === undefined ? places : narrowed(ctx, places, filter.unitId, 'dossier.find')
}

/** The newest that fit, one more than a page where there are; `n` of them were counted, `more`: there are others. */
type Found = { readonly ids: readonly Uuid[]; readonly n: number; readonly more: boolean }

/** Of several posts' places one list: a dossier may lie in two of them. */
const together = (found: readonly Found[]): Found => {
  if (found.length === 1) return found[0]!
  const ids = [...new Set(found.flatMap((f) => f.ids))].sort().toReversed()
  return { ids, n: Math.max(ids.length, ...found.map((f) => f.n)), more: found.some((f) => f.more) }
}

const foundAt = async (ctx: Ctx, place: Place, filter: RegisterFilter, match: TextMatch | undefined): Promise<Found> =>
  (match?.cheap === undefined ? undefined : await walk(ctx, place, filter, match.cheap)) ?? seek(ctx, place, filter, match)

type Condition = ReturnType<typeof sql<boolean>>
const all = (conditions: readonly Condition[]) => sql<boolean>`${sql.join(conditions.length === 0 ? [sql`true`] : conditions, sql` and `)}`
const beyond = ({ after }: RegisterFilter): readonly Condition[] => (after === undefined ? [] : [sql<boolean>`d.id < ${after}::uuid`])

/** Undefined where so many rows did not fill the page. */
const walk = async (ctx: Ctx, place: Place, filter: RegisterFilter, cheap: Condition): Promise<Found | undefined> => {
  // Prepared: by place and id alone, whatever the words; planning it over all years costs more than the walk of a short list.
  const { rows } = await sql<{ ids: readonly Uuid[] | null; n: number; walked: number }>`/* prepared */
    select (array_agg(id order by id desc) filter (where fits))[1:${sql.lit(REGISTER_PAGE + 1)}] as ids, count(*) filter (where fits)::int as n, count(*)::int as walked
      from (select d.id, ${all([cheap, ...conditionsOf(filter, ctx.now)])} as fits
              from (select * from dossier.dossier d where ${all([isAt(place), ...beyond(filter)])} order by d.id desc limit ${sql.lit(WALKED)}) d) w`.execute(ctx.db)
  const { ids, n, walked } = rows[0]!
  const whole = walked < WALKED
  return whole || n > REGISTER_PAGE ? { ids: ids ?? [], n: Math.min(n, COUNTED), more: !whole || n > COUNTED } : undefined
}

/** As the planner thinks best: from the newest back where much fits, by the index of what fits least where little does. */
const seek = async (ctx: Ctx, place: Place, filter: RegisterFilter, match: TextMatch | undefined): Promise<Found> => {
  const most = filter.after === undefined ? COUNTED : REGISTER_PAGE
  const conditions = [isAt(place, asksOpen(filter)), ...beyond(filter), ...conditionsOf(filter, ctx.now), ...(match === undefined ? [] : [match.indexed])]
  // The walk has shown a name sought alone to be rare: all of it is gathered first. The planner, who spreads it evenly, would rather walk on to the end.
  const rare = match?.cheap !== undefined && conditionsOf({ ...filter, receivedOnly: false }, ctx.now).length === 0
  const { rows } = await (rare
    ? sql<{ id: Uuid }>`with hit as materialized (select d.id from dossier.dossier d where ${all(conditions)}) select id from hit order by id desc limit ${most + 1}`
    : sql<{ id: Uuid }>`select d.id from dossier.dossier d where ${all(conditions)} order by d.id desc limit ${most + 1}`
  ).execute(ctx.db)
  return { ids: rows.slice(0, REGISTER_PAGE + 1).map((r) => r.id), n: Math.min(rows.length, most), more: rows.length > most }
}

const linesOf = async (ctx: Ctx, ids: readonly Uuid[]): Promise<readonly RegisterLine[]> => {
  if (ids.length === 0) return []
  const today = dateOf(ctx.now)
  const { rows } = await sql<RegisterLine>`/* prepared */
    select d.id, c.code, d.procedure_code as "procedureCode", r.name as "procedureName", d.applicant_name as "applicantName", a.short_name as "agencyName",
           v.short_name as "divisionName", d.channel, d.status, d.step, h.name as "holderName", d.received_at as "receivedAt", d.due_at as "dueAt",
           d.limit_unit as "limitUnit", d.finished_at as "finishedAt", d.returned_at as "returnedAt",
           case when d.open then ${latenessOf(ctx.now)} end as lateness, coalesce(${wasLate}, false) as "wasLate"
      from dossier.dossier d
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
      join organisation.pub_unit a on a.id = d.agency_id
      join organisation.pub_unit v on v.id = d.division_id
      left join lateral (
        select coalesce(n.name, t.title) as name from organisation.pub_post t
          left join organisation.pub_held_post k on k.post_id = t.id and k.valid_from <= ${today}::date and (k.valid_to is null or k.valid_to > ${today}::date)
          left join organisation.pub_person n on n.id = k.person_id
         where t.id = d.holder_post_id limit 1) h on true
     where d.id = any(${ids}::uuid[])
     order by d.id desc`.execute(ctx.db)
  return rows
}
