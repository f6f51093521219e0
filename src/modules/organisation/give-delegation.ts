import { z } from 'zod'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, addDays, dateOf } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { DELEGABLE, authorise, can, postFor } from '#modules/access'
import type { Ctx, HeldPost } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { granted, orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { Day } from './check-person.ts'
import { type Delegate, type DelegationFacts, type DelegationRefusal, decideDelegation, decideRevocation, evolveDelegation, rowOfDelegation } from './delegation-state.ts'
import { Id } from './found-unit.ts'
import { loadDelegation, loadPost, writeDelegation } from './organisation-store.ts'

/** COMMAND. `lastDay` is the last one on which it holds, as the paper says it. */
export const GiveDelegation = z
  .object({
    submissionKey: Id,
    fromPostId: Id,
    toPostId: Id.nullable().default(null),
    toPersonId: Id.nullable().default(null),
    documentNumber: z.string().transform(tidy).pipe(z.string().min(1, 'Ghi số của văn bản ủy quyền').max(60, 'Số văn bản dài quá 60 ký tự')),
    documentOn: Day,
    from: Day,
    lastDay: Day,
    powers: z.array(z.enum(DELEGABLE)).min(1, 'Chọn ít nhất một việc được ủy quyền'),
    /** Codes; null: every procedure. */
    procedures: z.array(z.string().regex(/^\d\.\d{6}$/, 'Mã thủ tục có dạng 1.004873')).min(1, 'Ghi ít nhất một mã thủ tục').max(200).nullable().default(null),
  })
  .refine((d) => (d.toPostId === null) !== (d.toPersonId === null), { path: ['toPostId'], error: 'Chọn vị trí hoặc người được ủy quyền' })
  .refine((d) => d.lastDay >= d.from, { path: ['lastDay'], error: 'Ngày cuối phải từ ngày bắt đầu trở đi' })
  .refine((d) => d.documentOn <= d.from, { path: ['from'], error: 'Ủy quyền có hiệu lực từ ngày ký văn bản trở đi' })
export type GiveDelegation = z.infer<typeof GiveDelegation>

/** COMMAND. At once: what was begun by it stays, nothing more may be done. */
export const RevokeDelegation = z.object({ submissionKey: Id, delegationId: Id })
export type RevokeDelegation = z.infer<typeof RevokeDelegation>

type Delegated = { readonly delegationId: Uuid }

/** Whoever holds the post, or the administrator for the paper that was signed. Who has the post only by delegation is refused by the rule. */
const actingFor = (ctx: Ctx, fromPostId: Uuid): HeldPost | undefined => {
  const { actor } = ctx
  if (actor.kind !== 'person') return undefined
  const held = actor.posts.filter((post) => post.postId === fromPostId)
  const own = held.find((post) => post.delegated === undefined && can({ ...actor, posts: [post] }, 'delegation.give'))
  if (own !== undefined) return own
  if (can(actor, 'organisation.edit')) return postFor(actor, 'organisation.edit')
  if (held.length > 0) refuse<DelegationRefusal>({ code: 're-delegation' })
  throw new Forbidden('delegation.give')
}

/** @throws Forbidden for a post that the actor does not hold, NotFound */
export const giveDelegation = async (ctx: Ctx, input: GiveDelegation): Promise<Result<Delegated, DelegationRefusal>> => {
  authorise(ctx, 'delegation.give')
  return orRefused(() => {
    const by = actingFor(ctx, input.fromPostId)
    return inTx(ctx, (ctx) =>
      once(ctx, { command: 'delegation.give', key: input.submissionKey, input }, async () => {
        const { state: post } = await loadPost(ctx, input.fromPostId)
        const wanted = wantedBy(input)
        const event = granted(decideDelegation(post, wanted, await factsOf(ctx, input.fromPostId, wanted)))
        const id = newId(ctx.now)
        await writeDelegation(ctx, rowOfDelegation(evolveDelegation(id, undefined, event)))
        await append(ctx, 'other', id, [event], { expectedSeq: 0, ...(by && { postId: by.postId }) })
        return { delegationId: id }
      }),
    )
  })
}

/** @throws Forbidden as `giveDelegation`, NotFound */
export const revokeDelegation = async (ctx: Ctx, input: RevokeDelegation): Promise<Result<Delegated, DelegationRefusal>> => {
  authorise(ctx, 'delegation.give')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'delegation.revoke', key: input.submissionKey, input }, async () => {
        const { state, seq } = await loadDelegation(ctx, input.delegationId)
        const by = actingFor(ctx, state.fromPostId)
        const event = granted(decideRevocation(state, dateOf(ctx.now)))
        await writeDelegation(ctx, rowOfDelegation(evolveDelegation(state.id, state, event)))
        await append(ctx, 'other', state.id, [event], { expectedSeq: seq, ...(by && { postId: by.postId }) })
        return { delegationId: state.id }
      }),
    ),
  )
}

const wantedBy = (input: GiveDelegation) => ({
  fromPostId: input.fromPostId,
  delegate: delegateOf(input),
  document: { number: input.documentNumber, on: input.documentOn },
  powers: input.powers,
  procedures: input.procedures === null ? null : [...new Set(input.procedures)].sort(),
  validFrom: input.from,
  validTo: addDays(input.lastDay, 1),
})

const delegateOf = ({ toPostId, toPersonId }: GiveDelegation): Delegate => {
  if (toPostId !== null) return { postId: toPostId }
  if (toPersonId !== null) return { personId: toPersonId }
  throw new NotFound('delegate')
}

/** The delegating post's row is locked: two delegations at the same moment see each other. */
const factsOf = async (ctx: Ctx, fromPostId: Uuid, { delegate, validFrom, validTo }: { readonly delegate: Delegate; readonly validFrom: PlainDate; readonly validTo: PlainDate }): Promise<DelegationFacts> => {
  const [postId, personId] = 'postId' in delegate ? [delegate.postId, null] : [null, delegate.personId]
  await sql`select 1 from organisation.post where id = ${fromPostId} for update`.execute(ctx.db)
  const { rows } = await sql<{ holds: readonly Uuid[]; holders: readonly Uuid[]; document: string | null }>`
    select coalesce((select array_agg(p.id) from organisation.post p
                      where p.valid_from <= ${validFrom}::date and (p.valid_to is null or p.valid_to > ${validFrom}::date)
                        and (p.id = ${postId}::uuid
                             or exists (select 1 from organisation.pub_held_post h
                                         where h.post_id = p.id and h.person_id = ${personId}::uuid and h.valid_from <= ${validFrom}::date
                                           and (h.valid_to is null or h.valid_to > ${validFrom}::date)))), '{}') as holds,
           coalesce((select array_agg(h.person_id) from organisation.pub_held_post h
                      where h.post_id = ${fromPostId} and h.valid_from <= ${validFrom}::date and (h.valid_to is null or h.valid_to > ${validFrom}::date)), '{}') as holders,
           (select d.document_number from organisation.delegation d
             where d.from_post_id = ${fromPostId} and d.to_post_id is not distinct from ${postId}::uuid and d.to_person_id is not distinct from ${personId}::uuid
               and d.valid_from < ${validTo}::date and least(d.valid_to, d.revoked_on) > ${validFrom}::date limit 1) as document`.execute(ctx.db)
  const { holds, holders, document } = rows[0]!
  return { delegateHolds: holds, holders, overlapping: document === null ? undefined : { document } }
}
