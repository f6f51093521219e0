import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Channel, LimitKept } from '../lifecycle/state.ts'
import type { Status } from '../lifecycle/status.ts'
import { type RegisterFilter, type TextMatch, conditionsOf, matchText } from './filter.ts'
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

export const REGISTER_PAGE = 50
const COUNTED = 1_000
/** How many rows of a place are looked at one by one for a name before its index is asked: about 10 ms. */
const WALKED = 3_000
const COUNT_WALKED = 6_000

/**
 * QUERY. Dossiers that the actor may see, newest first, a page at a time; the reading is recorded once a page (`log.access`, kind list).
 *
 * A name is sought in two ways, because names are anything from every third person's to one person's. First the newest rows of the place are
 * walked in the order of the answer and compared: a common name fills the page at once, where the index on names would bring a third of all rows
 * to be sorted. Only when that does not fill it, the name is rare there, and the index is asked. Measured in bench/README.md.
 * @throws Forbidden outside what one may see
 */
export const findInRegister = async (ctx: Ctx, filter: RegisterFilter, purpose: 'register' | 'search' = 'register'): Promise<RegisterPage> => {
  const post = authorise(ctx, 'dossier.find')
  const places = await placesAsked(ctx, filter)
  const match = await matchText(ctx, filter.text)
  recordAccess(ctx, { kind: 'list', ...(post !== undefined && { unitId: filter.unitId ?? post.unitId }), reason: purpose })
  if (match === 'nothing' || places.length === 0) return { rows: [], next: null, count: { n: 0, more: false } }
  const [ids, count] = await Promise.all([pageOf(ctx, places, filter, match), countOf(ctx, places, filter, match)])
  const shown = ids.slice(0, REGISTER_PAGE)
  const rows = await linesOf(ctx, shown)
  return {
    rows,
    next: ids.length > REGISTER_PAGE ? (shown.at(-1) ?? null) : null,
    // A page that is not full says more than a count that was broken off.
    count: count.more && filter.after === undefined && ids.length <= REGISTER_PAGE ? { n: ids.length, more: false } : count,
  }
}

/** What of it the filter asks for. @throws Forbidden */
export const placesAsked = async (ctx: Ctx, filter: RegisterFilter): Promise<readonly Place[]> => {
  const places = placesOf(ctx.actor, 'dossier.find')
  return filter.unitId === undefined ? places : narrowed(ctx, places, filter.unitId, 'dossier.find')
}

const pageOf = async (ctx: Ctx, places: readonly Place[], filter: RegisterFilter, match: TextMatch | undefined): Promise<readonly Uuid[]> => {
  if (match?.cheap !== undefined) {
    const walked = await Promise.all(places.map((place) => walk(ctx, place, filter, match.cheap!)))
    if (walked.every((ids) => ids.length > REGISTER_PAGE)) return newest(walked)
  }
  return newest(await Promise.all(places.map((place) => seek(ctx, place, filter, match))))
}

/** Of several posts' places, one list. */
const newest = (lists: readonly (readonly Uuid[])[]): readonly Uuid[] =>
  lists.length === 1 ? lists[0]! : [...new Set(lists.flat())].sort().toReversed().slice(0, REGISTER_PAGE + 1)

const beyond = (filter: RegisterFilter) => (filter.after === undefined ? sql<boolean>`true` : sql<boolean>`d.id < ${filter.after}::uuid`)
const all = (conditions: readonly ReturnType<typeof sql<boolean>>[]) => (conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`)

const walk = async (ctx: Ctx, place: Place, filter: RegisterFilter, cheap: ReturnType<typeof sql<boolean>>): Promise<readonly Uuid[]> => {
  const { rows } = await sql<{ id: Uuid }>`
    select d.id from (select * from dossier.dossier d where ${isAt(place)} and ${beyond(filter)} order by d.id desc limit ${WALKED}) d
     where ${cheap} and ${all(conditionsOf(filter, ctx.now))}
     order by d.id desc limit ${REGISTER_PAGE + 1}`.execute(ctx.db)
  return rows.map((r) => r.id)
}

const seek = async (ctx: Ctx, place: Place, filter: RegisterFilter, match: TextMatch | undefined): Promise<readonly Uuid[]> => {
  const conditions = [isAt(place), beyond(filter), ...conditionsOf(filter, ctx.now), ...(match === undefined ? [] : [match.indexed])]
  const { rows } = await sql<{ id: Uuid }>`select d.id from dossier.dossier d where ${all(conditions)} order by d.id desc limit ${REGISTER_PAGE + 1}`.execute(ctx.db)
  return rows.map((r) => r.id)
}

/** Looks at so many rows and no more: an exact count of a common name would read a third of the city. */
const countOf = async (ctx: Ctx, places: readonly Place[], filter: RegisterFilter, match: TextMatch | undefined): Promise<RegisterPage['count']> => {
  const [place] = places
  if (places.length > 1 || place === undefined) return { n: 0, more: true }
  const rest = all([...(match === undefined ? [] : [match.cheap ?? match.indexed]), ...conditionsOf(filter, ctx.now)])
  const looked =
    match !== undefined && match.cheap === undefined
      ? sql`select true as fits from dossier.dossier d where ${isAt(place)} and ${rest} limit ${COUNTED + 1}`
      : sql`select ${rest} as fits from (select * from dossier.dossier d where ${isAt(place)} ${openOnly(filter)} order by d.id desc limit ${COUNT_WALKED}) d`
  const { rows } = await sql<{ n: number; looked: number }>`select count(*) filter (where fits)::int as n, count(*)::int as looked from (${looked}) x`.execute(ctx.db)
  const { n, looked: seen } = rows[0]!
  return { n: Math.min(n, COUNTED), more: n > COUNTED || (match?.cheap !== undefined || match === undefined ? seen === COUNT_WALKED : seen > COUNTED) }
}

const openOnly = (filter: RegisterFilter) => (filter.status === 'open' || filter.step !== undefined || (filter.lateness !== undefined && filter.lateness !== 'was-late') ? sql`and d.open` : sql``)

const linesOf = async (ctx: Ctx, ids: readonly Uuid[]): Promise<readonly RegisterLine[]> => {
  if (ids.length === 0) return []
  const today = dateOf(ctx.now)
  const { rows } = await sql<RegisterLine>`
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
