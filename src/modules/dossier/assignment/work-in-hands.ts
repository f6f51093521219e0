import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { authorise, can } from '#modules/access'
import { type AssignmentRule, MANUAL } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import { type QueueRow, pastDue, queueRows } from '../officer-queue.ts'

/** Of `null`: what waits to be assigned, or lies in examination with nobody. */
export type Hands = {
  readonly postId: Uuid | null
  readonly title: string
  /** Null: the seat is empty, and what lies on it waits. */
  readonly name: string | null
  /** Away today; the first day back. */
  readonly backOn: PlainDate | null
  readonly standInName: string | null
  readonly open: number
  readonly late: number
}

export type UnitWork = { readonly unitId: Uuid; readonly unitName: string; readonly rule: AssignmentRule; readonly hands: readonly Hands[] }

/** QUERY. Who in the units that the actor leads, for every procedure, has how much in hand, who is away, what nobody has. @throws Forbidden for who assigns nothing */
export const unitWork = async (ctx: Ctx): Promise<readonly UnitWork[]> => {
  authorise(ctx, 'dossier.assign', { forSome: true })
  const { actor } = ctx
  const units = actor.kind === 'person' ? [...new Set(actor.posts.filter((p) => can({ ...actor, posts: [p] }, 'dossier.assign')).map((p) => p.unitId))] : []
  return Promise.all(units.map((unitId) => workOf(ctx, unitId)))
}

type HandsRow = Omit<Hands, 'postId'> & { readonly postId: Uuid }

/** Seats that examine, and every seat that something lies on: a given-up one too. */
const workOf = async (ctx: Ctx, unitId: Uuid): Promise<UnitWork> => {
  const today = dateOf(ctx.now)
  const [{ rows }, { rows: free }, { rows: unit }] = await Promise.all([
    sql<HandsRow>`
      select p.id as "postId", p.title, n.name, away.back_on as "backOn", away.stand_in as "standInName", w.open, w.late
        from organisation.pub_post p
        left join lateral (select count(*)::int as open, count(*) filter (where ${pastDue(ctx.now)})::int as late
                             from dossier.dossier d where d.open and d.holder_post_id is not null and d.holder_post_id = p.id) w on true
        left join organisation.pub_held_post h on h.post_id = p.id and h.valid_from <= ${today}::date and (h.valid_to is null or h.valid_to > ${today}::date)
        left join organisation.pub_person n on n.id = h.person_id
        left join lateral (select a.valid_to as back_on, s.name as stand_in from organisation.pub_absence a left join organisation.pub_person s on s.id = a.stand_in_id
                            where a.person_id = h.person_id and a.valid_from <= ${today}::date and a.valid_to > ${today}::date limit 1) away on true
       where p.unit_id = ${unitId} and (w.open > 0 or (p.role in ('case-officer', 'unit-leader') and h.person_id is not null))
       order by (h.person_id is not null and away.back_on is null), w.open desc, p.title, p.id`.execute(ctx.db),
    sql<{ open: number; late: number }>`
      select count(*)::int as open, count(*) filter (where ${pastDue(ctx.now)})::int as late
        from dossier.dossier d where d.open and d.holder_unit_id = ${unitId} and d.step in ('ASSIGN', 'HANDLE') and d.holder_post_id is null`.execute(ctx.db),
    sql<{ name: string; rule: AssignmentRule | null }>`
      select u.name, (select rule from process.pub_assignment_rule r where r.unit_id = u.id and r.valid_from <= ${today}::date order by r.valid_from desc limit 1) as rule
        from organisation.pub_unit u where u.id = ${unitId}`.execute(ctx.db),
  ])
  const nobody = { postId: null, title: '', name: null, backOn: null, standInName: null, open: free[0]?.open ?? 0, late: free[0]?.late ?? 0 }
  return { unitId, unitName: unit[0]?.name ?? '', rule: unit[0]?.rule ?? MANUAL.rule, hands: [nobody, ...rows] }
}

/** No post has this id: only what nobody has is found. */
const NO_POST = '00000000-0000-0000-0000-000000000000' as Uuid

/** QUERY. The open dossiers in one pair of hands of a unit that the actor leads, by what is due first, at most 200. @param postId null: in nobody's @throws Forbidden */
export const workInHands = async (ctx: Ctx, unitId: Uuid, postId: Uuid | null): Promise<readonly QueueRow[]> => {
  authorise(ctx, 'dossier.assign', { unitId })
  recordAccess(ctx, { kind: 'list', unitId, reason: 'work-in-hands' })
  if (postId !== null) return (await queueRows(ctx, [{ unit: unitId, step: 'HANDLE', own: postId, pool: false }], 200)).filter((row) => row.unitId === unitId)
  return queueRows(ctx, [{ unit: unitId, step: 'ASSIGN', own: null }, { unit: unitId, step: 'HANDLE', own: NO_POST }], 200)
}
