import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { type Permission, authorise, postFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

export type Delegation = {
  readonly id: Uuid
  readonly fromPostId: Uuid
  readonly fromTitle: string
  readonly fromUnitName: string
  /** Title of the post, or name of the person, that it is given to. */
  readonly toTitle: string | null
  readonly toName: string | null
  readonly toUnitName: string | null
  readonly documentNumber: string
  readonly documentOn: PlainDate
  readonly powers: readonly Permission[]
  readonly procedures: readonly string[] | null
  readonly validFrom: PlainDate
  /** First day on which it holds no more. */
  readonly validTo: PlainDate
  readonly revokedOn: PlainDate | null
}

/**
 * QUERY. Delegations of the actor's own posts and to the actor; for the administrator all. The ones that ended stand behind, at most 200 in all.
 * @throws Forbidden for who may not delegate
 */
export const listDelegations = async (ctx: Ctx): Promise<readonly Delegation[]> => {
  authorise(ctx, 'delegation.give')
  const { actor } = ctx
  const all = actor.kind === 'system' || postFor(actor, 'organisation.edit') !== undefined
  const own = actor.kind === 'person' ? actor.posts.filter((p) => p.delegated === undefined).map((p) => p.postId) : []
  const person = actor.kind === 'person' ? actor.personId : null
  const { rows } = await sql<Delegation>`
    select d.id, d.from_post_id as "fromPostId", f.title as "fromTitle", fu.name as "fromUnitName", t.title as "toTitle", tu.name as "toUnitName",
           coalesce(n.name, (select hn.name from organisation.pub_held_post h join organisation.person hn on hn.id = h.person_id
                              where h.post_id = d.to_post_id and h.valid_from <= ${dateOf(ctx.now)}::date and (h.valid_to is null or h.valid_to > ${dateOf(ctx.now)}::date) limit 1)) as "toName",
           d.document_number as "documentNumber", d.document_on as "documentOn", d.powers, d.procedures, d.valid_from as "validFrom", d.valid_to as "validTo",
           d.revoked_on as "revokedOn"
      from organisation.delegation d
      join organisation.post f on f.id = d.from_post_id
      join organisation.unit fu on fu.id = f.unit_id
      left join organisation.post t on t.id = d.to_post_id
      left join organisation.unit tu on tu.id = t.unit_id
      left join organisation.person n on n.id = d.to_person_id
     where ${all} or d.from_post_id = any(${own}::uuid[]) or d.to_post_id = any(${own}::uuid[]) or d.to_person_id = ${person}::uuid
     order by (least(d.valid_to, d.revoked_on) <= ${dateOf(ctx.now)}::date), d.valid_from desc, d.id limit 200`.execute(ctx.db)
  return rows
}

/**
 * What the delegate is, for the line under `TUQ.`: the post that it was given to, else the post that the person held on the day.
 * Undefined for who merely stood in.
 */
export const findDelegateTitle = async (ctx: Ctx, delegationId: Uuid, personId: Uuid | null, on: PlainDate): Promise<string | undefined> => {
  const { rows } = await sql<{ title: string }>`
    select coalesce(t.title, (select h.title from organisation.pub_held_post h
                               where h.person_id = ${personId}::uuid and h.valid_from <= ${on}::date and (h.valid_to is null or h.valid_to > ${on}::date)
                               order by h.valid_from desc, h.post_id limit 1), '') as title
      from organisation.delegation d left join organisation.post t on t.id = d.to_post_id where d.id = ${delegationId}`.execute(ctx.db)
  return rows[0]?.title
}
