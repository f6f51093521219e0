/** Many dossiers by one press of a button: take, forward, assign, approve, or send the letter that was drafted. Each is an act of its own, and each has its own answer. */
import { z } from 'zod'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { type Permission, authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted } from './act.ts'
import { approveDossier, ApproveDossier } from './approve-dossier.ts'
import { AssignDossier, assignDossier } from './assign-dossier.ts'
import { ForwardDossier, forwardDossier } from './forward-dossier.ts'
import { sendDraftedLetter } from './late/send-apology.ts'
import { takeDossier } from './take-dossier.ts'

const items = z.array(ActOn).min(1).max(200)

/** COMMAND. Each item with the key and the version that the page showed; what is said besides holds for all of them. */
export const ActOnMany = z.discriminatedUnion('action', [
  z.object({ action: z.literal('take'), items }),
  z.object({ action: z.literal('forward'), items, note: ForwardDossier.shape.note }),
  z.object({ action: z.literal('assign'), items, postId: AssignDossier.shape.postId, note: AssignDossier.shape.note }),
  z.object({ action: z.literal('approve'), items, note: ApproveDossier.shape.note }),
  z.object({ action: z.literal('apologise'), items }),
])
export type ActOnMany = z.infer<typeof ActOnMany>

export type BulkOutcome =
  | ({ readonly dossierId: Uuid; readonly outcome: 'done' } & Pick<Acted, 'version' | 'step'>)
  | { readonly dossierId: Uuid; readonly outcome: 'refused'; readonly refusal: ActRefusal }
  | { readonly dossierId: Uuid; readonly outcome: 'forbidden' | 'not-found' | 'stale' }

const RIGHT: Readonly<Record<ActOnMany['action'], Permission>> = { take: 'dossier.examine', forward: 'dossier.read', assign: 'dossier.assign', approve: 'dossier.approve', apologise: 'dossier.approve' }

/** Each in a transaction of its own: one that cannot be done does not hold up the others. @throws Forbidden for who may do it to nothing */
export const actOnMany = async (ctx: Ctx, input: ActOnMany): Promise<readonly BulkOutcome[]> => {
  authorise(ctx, RIGHT[input.action], { forSome: true })
  const outcomes: BulkOutcome[] = []
  for (const item of input.items) outcomes.push(await outcomeOf(item.dossierId, () => actOnOne(ctx, input, item)))
  return outcomes
}

const actOnOne = (ctx: Ctx, input: ActOnMany, item: ActOn): Promise<Result<Acted, ActRefusal>> => {
  switch (input.action) {
    case 'take':
      return takeDossier(ctx, item)
    case 'forward':
      return forwardDossier(ctx, { ...item, note: input.note })
    case 'assign':
      return assignDossier(ctx, { ...item, postId: input.postId, note: input.note })
    case 'approve':
      return approveDossier(ctx, { ...item, note: input.note })
    case 'apologise':
      return sendDraftedLetter(ctx, item)
  }
}

const outcomeOf = async (dossierId: Uuid, run: () => Promise<Result<Acted, ActRefusal>>): Promise<BulkOutcome> => {
  try {
    const done = await run()
    return done.ok ? { dossierId, outcome: 'done', version: done.value.version, step: done.value.step } : { dossierId, outcome: 'refused', refusal: done.error }
  } catch (error) {
    if (error instanceof Forbidden) return { dossierId, outcome: 'forbidden' }
    if (error instanceof NotFound) return { dossierId, outcome: 'not-found' }
    if (error instanceof Stale) return { dossierId, outcome: 'stale' }
    throw error
  }
}
