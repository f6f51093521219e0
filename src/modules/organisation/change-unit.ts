import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { granted, orRefused } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { Day } from './check-person.ts'
import { Id, UnitTitle } from './found-unit.ts'
import { loadUnit, writeUnits } from './organisation-store.ts'
import { type UnitEvent, type UnitRefusal, type UnitState, decideClose, decideRename, evolveUnit, rowsOfUnit } from './unit-state.ts'

/** COMMAND. From this day (not in the future) the unit bears another name; papers signed before keep the old one. */
export const RenameUnit = z.object({ submissionKey: Id, unitId: Id, name: UnitTitle, shortName: UnitTitle, from: Day })
export type RenameUnit = z.infer<typeof RenameUnit>

/** COMMAND. From this day the unit is no more; its successors take over. Its posts give no permission from then on. */
export const CloseUnit = z.object({ submissionKey: Id, unitId: Id, on: Day, successors: z.array(Id).max(20).default([]) })
export type CloseUnit = z.infer<typeof CloseUnit>

type Changed = { readonly unitId: Uuid }

const change = (
  ctx: Ctx,
  command: string,
  input: RenameUnit | CloseUnit,
  decide: (ctx: Ctx, state: UnitState) => Result<UnitEvent, UnitRefusal>,
): Promise<Result<Changed, UnitRefusal>> => {
  const post = authorise(ctx, 'organisation.edit')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command, key: input.submissionKey, input }, async () => {
        const { state, seq } = await loadUnit(ctx, input.unitId)
        const event = granted(decide(ctx, state))
        await writeUnits(ctx, [rowsOfUnit(evolveUnit(state.id, state, event))])
        await append(ctx, 'other', state.id, [event], { expectedSeq: seq, ...(post && { postId: post.postId }) })
        return { unitId: state.id }
      }),
    ),
  )
}

export const renameUnit = async (ctx: Ctx, input: RenameUnit): Promise<Result<Changed, UnitRefusal>> =>
  change(ctx, 'unit.rename', input, (ctx, state) =>
    decideRename(state, { from: input.from, name: input.name, shortName: input.shortName }, dateOf(ctx.now)),
  )

/** @throws NotFound where a successor does not exist */
export const closeUnit = async (ctx: Ctx, input: CloseUnit): Promise<Result<Changed, UnitRefusal>> => {
  authorise(ctx, 'organisation.edit')
  for (const successor of input.successors) await loadUnit(ctx, successor)
  return change(ctx, 'unit.close', input, (_, state) => decideClose(state, input.on, input.successors))
}
