import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf, dayNumberOf, instantAt } from '#kernel/plain-date.ts'
import { authorise, can } from '#modules/access'
import type { StepKey } from '#modules/process'
import type { Actor, Ctx, HeldPost } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { LimitKept } from './lifecycle/state.ts'
import type { Status } from './lifecycle/status.ts'

export type QueueRow = {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly applicantName: string
  readonly status: Status
  readonly step: StepKey
  readonly unitId: Uuid
  readonly holderPostId: Uuid | null
  /** `Công chức tư pháp – hộ tịch`; null while nobody has taken it. */
  readonly holderTitle: string | null
  readonly holderName: string | null
  readonly receivedAt: Instant
  readonly stepEnteredAt: Instant
  /** Of the step: a warning. */
  readonly stepDueAt: Instant | null
  /** Of the dossier: the promise to the citizen. */
  readonly dueAt: Instant | null
  /** Decides whether the promise is kept by the day or by the moment: `isPastDue`. */
  readonly limitUnit: LimitKept['unit']
}

export type QueueInput = {
  /** 'mine' (default): what waits for me to act. 'unit': everything in my divisions, whoever has it. */
  readonly tab?: 'mine' | 'unit'
  /** Only for this post of mine. */
  readonly postId?: Uuid
  /** Only what waits at this step. The counts stay those of all. */
  readonly step?: StepKey
  /** Only what is past its promise. */
  readonly late?: boolean
  /** Default 50, at most 200. */
  readonly limit?: number
}

export type Queue = {
  readonly rows: readonly QueueRow[]
  /** How many wait at each step, the ones beyond `rows` too. */
  readonly counts: readonly { readonly step: StepKey; readonly count: number; readonly late: number; /** Past the hours of the step itself, and due by them today. */ readonly stepLate: number; readonly stepToday: number }[]
}

/** Which step of which unit waits for a post; `own` = there only what was given to it, or to nobody; `procedures`: those that a delegation is limited to. */
type Place = { readonly unit: Uuid; readonly step: StepKey; readonly own: Uuid | null; readonly procedures?: readonly string[] | null; readonly pool?: boolean }

/** `pool`: what nobody was given in that unit is looked for here, and at no other place. */
type PlaceOnce = Place & Required<Pick<Place, 'pool'>>

const STEPS_OF_UNIT: readonly [Parameters<typeof can>[1], StepKey][] = [
  ['dossier.receive', 'RECEIVE'],
  ['dossier.return', 'RETURN'],
  ['dossier.assign', 'ASSIGN'],
  ['dossier.examine', 'HANDLE'],
  ['dossier.review', 'REVIEW'],
]
const STEPS_OF_AGENCY: readonly [Parameters<typeof can>[1], StepKey][] = [
  ['dossier.approve', 'SIGN'],
  ['dossier.issue', 'CLERK'],
]

const placesOf = (actor: Actor, post: HeldPost, tab: 'mine' | 'unit'): readonly Place[] => {
  if (actor.kind !== 'person') return []
  const alone = { ...actor, posts: [post] }
  const procedures = post.delegated?.procedures ?? null
  const unit = STEPS_OF_UNIT.filter(([permission]) => can(alone, permission, { forSome: true })).map(([, step]) => ({
    unit: post.unitId,
    step,
    own: step === 'HANDLE' && tab === 'mine' ? post.postId : null,
    procedures,
  }))
  const agency = STEPS_OF_AGENCY.filter(([permission]) => can(alone, permission, { forSome: true })).map(([, step]) => ({ unit: post.agencyId, step, own: null, procedures }))
  return [...unit, ...agency]
}

/**
 * QUERY. What waits for the actor, by what is due first. Reads only open rows, by their partial index, at each place separately.
 * @throws Forbidden for who has no part in dossiers
 */
export const officerQueue = async (ctx: Ctx, input: QueueInput = {}): Promise<Queue> => {
  const acting = authorise(ctx, 'dossier.read', { forSome: true })
  // Names of applicants are read, by the page.
  recordAccess(ctx, { kind: 'list', ...(acting !== undefined && { unitId: acting.unitId }), reason: 'queue' })
  const posts = ctx.actor.kind === 'person' ? ctx.actor.posts.filter((p) => input.postId === undefined || p.postId === input.postId) : []
  const places = placesOfPosts(ctx.actor, posts, input.tab ?? 'mine')
  if (places.length === 0) return { rows: [], counts: [] }
  const shown = input.step === undefined ? places : places.filter((p) => p.step === input.step)
  const [rows, counts] = await Promise.all([queueRows(ctx, shown, Math.min(input.limit ?? 50, 200), input.late), countPlaces(ctx, places)])
  return { rows, counts }
}

/** Each dossier once, whatever posts lead to it: own ones and delegated ones of the same unit. */
const uniquePlaces = (places: readonly Place[]): readonly PlaceOnce[] => {
  const merged = new Map<string, Place>()
  for (const place of places) {
    const key = `${place.unit} ${place.step} ${place.own ?? ''}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? place : { ...known, procedures: known.procedures == null || place.procedures == null ? null : [...known.procedures, ...place.procedures] })
  }
  const pooled = new Set<Uuid>()
  return [...merged.values()].sort((a, b) => Number(a.procedures != null) - Number(b.procedures != null)).map((place) => {
    const pool = place.pool ?? (place.own !== null && !pooled.has(place.unit))
    if (pool) pooled.add(place.unit)
    return { ...place, pool }
  })
}

/** Where work waits for whoever holds these posts. */
export const placesOfPosts = (actor: Actor, posts: readonly HeldPost[], tab: 'mine' | 'unit'): readonly Place[] => posts.flatMap((post) => placesOf(actor, post, tab))

const placesTable = (places: readonly Place[]) => sql`jsonb_to_recordset(${JSON.stringify(uniquePlaces(places))}::jsonb) as p(unit uuid, step text, own uuid, procedures text[], pool boolean)`

/** Each condition has a partial index of its own: what waits at a step of a unit, what a post was given, what nobody has taken. */
const WAITS = [
  { of: sql`p.own is null`, where: sql`d.open and d.holder_unit_id = p.unit and d.step = p.step` },
  { of: sql`p.own is not null`, where: sql`d.open and d.holder_post_id is not null and d.holder_post_id = p.own` },
  { of: sql`p.pool`, where: sql`d.open and d.step = 'HANDLE' and d.holder_post_id is null and d.holder_unit_id = p.unit` },
]
const CONCERNS = sql`(p.procedures is null or d.procedure_code = any(p.procedures))`

/** @param places at most a dozen */
export const queueRows = async (ctx: Ctx, places: readonly Place[], limit: number, late = false): Promise<readonly QueueRow[]> => {
  const waiting = WAITS.map(
    ({ of, where }) => sql`
       select d.* from p cross join lateral (
              select d.id, d.version, d.procedure_code as "procedureCode", d.revision_id, d.applicant_name as "applicantName", d.status, d.step,
                     d.holder_unit_id as "unitId", d.holder_post_id as "holderPostId", d.received_at as "receivedAt", d.step_entered_at as "stepEnteredAt",
                     d.step_due_at as "stepDueAt", d.due_at as "dueAt", d.limit_unit as "limitUnit"
                from dossier.dossier d where ${where} and ${CONCERNS} ${late ? sql`and ${pastDue(ctx.now)}` : sql``} order by d.due_at, d.id limit ${limit}) d where ${of}`,
  )
  const today = dateOf(ctx.now)
  const { rows } = await sql<QueueRow>`/* prepared */
    with p as materialized (select * from ${placesTable(places)})
    select q.*, c.code, r.name as "procedureName", h.title as "holderTitle", h.name as "holderName"
      from (select d.* from (${sql.join(waiting, sql` union all `)}) d order by d."dueAt", d.id limit ${limit}) q
      join dossier.code c on c.id = q.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = q.revision_id
      left join lateral (
        select t.title, n.name from organisation.pub_post t
          left join organisation.pub_held_post k on k.post_id = t.id and k.valid_from <= ${today}::date and (k.valid_to is null or k.valid_to > ${today}::date)
          left join organisation.pub_person n on n.id = k.person_id
         where t.id = q."holderPostId" limit 1) h on true
     order by q."dueAt", q.id`.execute(ctx.db)
  return rows
}

/** `isPastDue` in SQL, domain.md §2.7: by the day, a limit in hours by the moment. Of `dossier.dossier d` which does not wait: what waits stands in `lateness.ts`. */
export const pastDue = (now: Instant) =>
  sql<boolean>`case d.limit_unit when 'hour' then d.due_at < ${new Date(now).toISOString()}::timestamptz else d.due_on < ${dateOf(now)}::date end`

const countPlaces = async (ctx: Ctx, places: readonly Place[]): Promise<Queue['counts']> => {
  const [now, tomorrow] = [new Date(ctx.now).toISOString(), new Date(instantAt(dayNumberOf(ctx.now) + 1)).toISOString()]
  const waiting = WAITS.map(
    ({ of, where }) => sql`
       select p.step, d.* from p cross join lateral (
              select count(*) as n, count(*) filter (where ${pastDue(ctx.now)}) as late, count(*) filter (where d.step_due_at < ${now}::timestamptz) as step_late,
                     count(*) filter (where d.step_due_at >= ${now}::timestamptz and d.step_due_at < ${tomorrow}::timestamptz) as step_today
                from dossier.dossier d where ${where} and ${CONCERNS}) d where ${of}`,
  )
  const { rows } = await sql<Queue['counts'][number]>`/* prepared */
    with p as materialized (select * from ${placesTable(places)})
    select step, sum(n)::int as count, sum(late)::int as late, sum(step_late)::int as "stepLate", sum(step_today)::int as "stepToday" from (${sql.join(waiting, sql` union all `)}) w group by step order by step`.execute(ctx.db)
  return rows
}
