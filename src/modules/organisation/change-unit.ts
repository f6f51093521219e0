import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { tidy } from '#kernel/text.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { granted, orRefused } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { Day } from './check-person.ts'
import { Id, UnitTitle } from './found-unit.ts'
import { listRemits } from './offering.ts'
import { loadUnit, writeUnits } from './organisation-store.ts'
import { type UnitEvent, type UnitRefusal, type UnitState, decideClose, decideContact, decideRemit, decideRename, evolveUnit, rowsOfUnit } from './unit-state.ts'

/** COMMAND. From this day (not in the future) the unit bears another name; papers signed before keep the old one. */
export const RenameUnit = z.object({ submissionKey: Id, unitId: Id, name: UnitTitle, shortName: UnitTitle, from: Day })
export type RenameUnit = z.infer<typeof RenameUnit>

/** COMMAND. From this day the unit is no more; its successors take over. Its posts give no permission from then on. */
export const CloseUnit = z.object({ submissionKey: Id, unitId: Id, on: Day, successors: z.array(Id).max(20).default([]) })
export type CloseUnit = z.infer<typeof CloseUnit>

const line = (max: number, what: string) => z.string().transform(tidy).pipe(z.string().max(max, `${what} dài quá ${max} ký tự`)).transform((text) => (text === '' ? null : text))

/** COMMAND. From this day (not in the future) the unit is found here; what is printed for days before keeps the old address. */
export const ChangeUnitContact = z.object({
  submissionKey: Id,
  unitId: Id,
  address: line(300, 'Địa chỉ'),
  phone: line(40, 'Số điện thoại').refine((phone) => phone === null || /^[+\d][\d .()-]{5,}$/.test(phone), 'Số điện thoại chỉ gồm chữ số, ví dụ 0234 3822 000'),
  from: Day,
})
export type ChangeUnitContact = z.infer<typeof ChangeUnitContact>

/** COMMAND. From today the unit is in charge of something else; null: of nothing that comes in. */
export const ChangeUnitRemit = z.object({ submissionKey: Id, unitId: Id, remit: z.string().regex(/^[a-z-]+$/).nullable() })
export type ChangeUnitRemit = z.infer<typeof ChangeUnitRemit>

/** How many dossiers of a unit are open: their module knows, this one does not. */
export type CountOpenWork = (ctx: Ctx, unitId: Uuid) => Promise<number>

type Changed = { readonly unitId: Uuid }

const change = (
  ctx: Ctx,
  command: string,
  input: RenameUnit | CloseUnit | ChangeUnitContact | ChangeUnitRemit,
  decide: (ctx: Ctx, state: UnitState) => Result<UnitEvent, UnitRefusal> | Promise<Result<UnitEvent, UnitRefusal>>,
): Promise<Result<Changed, UnitRefusal>> => {
  const post = authorise(ctx, 'organisation.edit')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command, key: input.submissionKey, input }, async () => {
        const { state, seq } = await loadUnit(ctx, input.unitId)
        const event = granted(await decide(ctx, state))
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
export const closeUnit = async (ctx: Ctx, input: CloseUnit, countOpenWork: CountOpenWork): Promise<Result<Changed, UnitRefusal>> => {
  authorise(ctx, 'organisation.edit')
  for (const successor of input.successors) await loadUnit(ctx, successor)
  return change(ctx, 'unit.close', input, async (ctx, state) => decideClose(state, input.on, input.successors, await countOpenWork(ctx, state.id), dateOf(ctx.now)))
}

/** @throws NotFound */
export const changeUnitContact = async (ctx: Ctx, input: ChangeUnitContact): Promise<Result<Changed, UnitRefusal>> =>
  change(ctx, 'unit.contact', input, (ctx, state) => decideContact(state, { from: input.from, address: input.address, phone: input.phone }, dateOf(ctx.now)))

/** @throws NotFound */
export const changeUnitRemit = async (ctx: Ctx, input: ChangeUnitRemit): Promise<Result<Changed, UnitRefusal>> =>
  change(ctx, 'unit.remit', input, async (ctx, state) => {
    const today = dateOf(ctx.now)
    // Of an agency one unit has a remit; of the city one department.
    const { rows } = await sql<{ name: string }>`
      select name from organisation.unit
       where id <> ${state.id} and remit = ${input.remit} and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
         and (agency_id = ${state.agencyId} or (kind = 'department' and ${state.kind} = 'department')) limit 1`.execute(ctx.db)
    return decideRemit(state, input.remit, { offered: Object.values(listRemits()).flat(), takenBy: rows[0]?.name ?? null }, today)
  })
