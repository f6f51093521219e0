import type { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { mayReadOwnDossier } from '../submission/my-dossiers.ts'
import { ActOn, type ActRefusal, type Acted, Line, act, optionalText } from '../act.ts'

/** COMMAND. */
export const WithdrawMyDossier = ActOn.extend({ reason: optionalText(1000) })
export type WithdrawMyDossier = z.infer<typeof WithdrawMyDossier>

/** Taken back by whoever applied, from their account, until the result is issued. @throws Forbidden for everybody else · NotFound · Stale */
export const withdrawMyDossier = async (ctx: Ctx, input: WithdrawMyDossier): Promise<Result<Acted, ActRefusal>> => {
  await mayReadOwnDossier(ctx, input.dossierId)
  return act(ctx, 'dossier.withdraw', input, async () => ({ action: 'withdraw', reason: input.reason || null, evidence: null }))
}

/** COMMAND. `evidence`: the written request that was shown, its number and day. */
export const WithdrawDossier = ActOn.extend({ reason: optionalText(1000), evidence: Line(300) })
export type WithdrawDossier = z.infer<typeof WithdrawDossier>

/** At the desk, on the written request of whoever applied. @throws Forbidden, NotFound, Stale */
export const withdrawDossier = (ctx: Ctx, input: WithdrawDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.receive', input, async () => ({ action: 'withdraw', reason: input.reason || null, evidence: input.evidence }))
