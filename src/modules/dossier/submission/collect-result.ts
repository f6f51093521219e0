import type { z } from 'zod'
import { Forbidden } from '#kernel/errors.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, act } from '../act.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { mayReadOwnDossier } from './my-dossiers.ts'

/** COMMAND. The applicant takes the electronic result out of their account. */
export const CollectResult = ActOn
export type CollectResult = z.infer<typeof CollectResult>

/**
 * The hand-over of a result that is delivered on line (domain.md §2.2, 9→10): who, from which account and when is its evidence, as a signature is at the desk.
 * @throws Forbidden for everybody but who applied · NotFound for an account that may not read it · Stale
 */
export const collectResult = (ctx: Ctx, input: CollectResult): Promise<Result<Acted, ActRefusal>> => act(ctx, 'dossier.collect', input, toCollect)

const toCollect = async (ctx: Ctx, _: CollectResult, state: DossierState): Promise<Extract<Act, { action: 'collect' }>> => {
  const { actor } = ctx
  if (actor.kind !== 'person') throw new Forbidden('own')
  await mayReadOwnDossier(ctx, state.id)
  const who = actor.personId === state.submitterId ? state.submitter : state.applicant
  return { action: 'collect', recipient: { kind: 'electronic', name: who?.name ?? state.applicant.name, idNumber: null, signature: `Tự nhận bản điện tử bằng tài khoản ${actor.userId}` } }
}
