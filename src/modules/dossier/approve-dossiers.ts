import { z } from 'zod'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from './act.ts'

/** COMMAND. */
export const ApproveDossier = ActOn.extend({ note: optionalText(1000) })
export type ApproveDossier = z.infer<typeof ApproveDossier>

/** The leadership signs (ký phê duyệt): on to the clerk. @throws Forbidden, NotFound, Stale */
export const approveDossier = (ctx: Ctx, input: ApproveDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async () => ({ action: 'approve', note: input.note || null }))

/** COMMAND. One page, forty results: each with the key and the version that the page showed. */
export const ApproveDossiers = z.object({ items: z.array(ActOn).min(1).max(200), note: optionalText(1000) })
export type ApproveDossiers = z.infer<typeof ApproveDossiers>

export type ApprovalOutcome =
  | { readonly dossierId: Uuid; readonly outcome: 'approved'; readonly version: number }
  | { readonly dossierId: Uuid; readonly outcome: 'refused'; readonly refusal: ActRefusal }
  | { readonly dossierId: Uuid; readonly outcome: 'forbidden' | 'not-found' | 'stale' }

/** Each in a transaction of its own: one that cannot be approved does not hold up the others. @throws Forbidden for who may approve nothing */
export const approveDossiers = async (ctx: Ctx, input: ApproveDossiers): Promise<readonly ApprovalOutcome[]> => {
  authorise(ctx, 'dossier.approve')
  const outcomes: ApprovalOutcome[] = []
  for (const item of input.items) outcomes.push(await outcomeOf(ctx, { ...item, note: input.note }))
  return outcomes
}

const outcomeOf = async (ctx: Ctx, item: ApproveDossier): Promise<ApprovalOutcome> => {
  const { dossierId } = item
  try {
    const approved = await approveDossier(ctx, item)
    return approved.ok ? { dossierId, outcome: 'approved', version: approved.value.version } : { dossierId, outcome: 'refused', refusal: approved.error }
  } catch (error) {
    if (error instanceof Forbidden) return { dossierId, outcome: 'forbidden' }
    if (error instanceof NotFound) return { dossierId, outcome: 'not-found' }
    if (error instanceof Stale) return { dossierId, outcome: 'stale' }
    throw error
  }
}
