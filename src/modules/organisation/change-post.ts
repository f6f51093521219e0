import { z } from 'zod'
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { ROLES, authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { granted, orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { Day } from './check-person.ts'
import { Id, UnitTitle } from './found-unit.ts'
import { loadPost, loadUnit, writePosts } from './organisation-store.ts'
import { type PostCreated, type PostEvent, type PostRefusal, type PostState, decideClosePost, decideFill, decideLeave, evolvePost, rowsOfPost } from './post-state.ts'
import type { UnitRefusal } from './unit-state.ts'

/** COMMAND. A new seat in a unit, with the role that gives its permissions. */
export const CreatePost = z.object({ submissionKey: Id, unitId: Id, role: z.enum(ROLES), title: UnitTitle, validFrom: Day })
export type CreatePost = z.infer<typeof CreatePost>

/** COMMAND. A person takes the seat from a day on; `to` = first day no more, null = open. */
export const FillPost = z
  .object({ submissionKey: Id, postId: Id, personId: Id, from: Day, to: Day.nullable().default(null) })
  .refine((t) => t.to === null || t.to > t.from, { path: ['to'], error: 'Ngày thôi giữ phải sau ngày nhận' })
export type FillPost = z.infer<typeof FillPost>

/** COMMAND. On this day the person holds the seat no more. */
export const LeavePost = z.object({ submissionKey: Id, postId: Id, personId: Id, on: Day })
export type LeavePost = z.infer<typeof LeavePost>

/** COMMAND. The seat is given up; whoever sits on it loses its permissions that day. */
export const ClosePost = z.object({ submissionKey: Id, postId: Id, on: Day })
export type ClosePost = z.infer<typeof ClosePost>

type Changed = { readonly postId: Uuid }

export const createPost = async (ctx: Ctx, input: CreatePost): Promise<Result<Changed, UnitRefusal>> => {
  const by = authorise(ctx, 'organisation.edit')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'post.create', key: input.submissionKey, input }, async () => {
        const { state: unit } = await loadUnit(ctx, input.unitId)
        if (input.validFrom < unit.validFrom) refuse<UnitRefusal>({ code: 'before-validity', validFrom: unit.validFrom })
        if (unit.validTo !== null && unit.validTo <= input.validFrom) refuse<UnitRefusal>({ code: 'unit-closed', on: unit.validTo })
        const id = newId(ctx.now)
        const { submissionKey: _, ...data } = input
        const event: PostCreated = { type: 'post.created', data }
        await writePosts(ctx, [rowsOfPost(evolvePost(id, undefined, event))])
        await append(ctx, 'other', id, [event], { expectedSeq: 0, ...(by && { postId: by.postId }) })
        return { postId: id }
      }),
    ),
  )
}

const change = (
  ctx: Ctx,
  command: string,
  input: FillPost | LeavePost | ClosePost,
  decide: (state: PostState) => Result<PostEvent, PostRefusal>,
): Promise<Result<Changed, PostRefusal>> => {
  const by = authorise(ctx, 'organisation.edit')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command, key: input.submissionKey, input }, async () => {
        const { state, seq } = await loadPost(ctx, input.postId)
        const event = granted(decide(state))
        await writePosts(ctx, [rowsOfPost(evolvePost(state.id, state, event))])
        await append(ctx, 'other', state.id, [event], { expectedSeq: seq, ...(by && { postId: by.postId }) })
        return { postId: state.id }
      }),
    ),
  )
}

/** @throws NotFound when there is no such person */
export const fillPost = async (ctx: Ctx, input: FillPost): Promise<Result<Changed, PostRefusal>> => {
  authorise(ctx, 'organisation.edit')
  const { rows } = await sql`select 1 from organisation.person where id = ${input.personId}`.execute(ctx.db)
  if (rows.length === 0) throw new NotFound(`person ${input.personId}`)
  return change(ctx, 'post.fill', input, (state) => decideFill(state, { personId: input.personId, from: input.from, to: input.to }))
}

export const leavePost = async (ctx: Ctx, input: LeavePost): Promise<Result<Changed, PostRefusal>> =>
  change(ctx, 'post.leave', input, (state) => decideLeave(state, input.personId, input.on))

export const closePost = async (ctx: Ctx, input: ClosePost): Promise<Result<Changed, PostRefusal>> =>
  change(ctx, 'post.close', input, (state) => decideClosePost(state, input.on))
