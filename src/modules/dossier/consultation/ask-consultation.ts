import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { granted, refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Text, act } from '../act.ts'
import { claimedFiles, contentsOf } from '../claim-files.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { unitsWithAdvisers } from './consultable-units.ts'

const id = z.string().refine(isUuid)

/** COMMAND. One question to as many units as are named, each with a limit of its own, counted by the calendar of the agency that asks. */
export const AskConsultation = ActOn.extend({
  question: Text(4000),
  uploadIds: z.array(id).max(10).default([]),
  units: z.array(z.object({ unitId: id, amount: z.int().min(1).max(90), unit: z.enum(['working-day', 'hour', 'day']) })).min(1).max(10),
})
export type AskConsultation = z.infer<typeof AskConsultation>

/** The dossier stays where it is and its clock runs on; the units may read it as long as their question is open. @throws Forbidden, NotFound, Stale */
export const askConsultation = async (ctx: Ctx, input: AskConsultation): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.examine', input, toAsk, { uploadIds: await contentsOf(ctx, input.uploadIds) })

const toAsk = async (ctx: Ctx, input: AskConsultation, state: DossierState): Promise<Act> => {
  const known = new Set((await unitsWithAdvisers(ctx, input.units.map((u) => u.unitId))).map((u) => u.id))
  const unknown = input.units.find((u) => !known.has(u.unitId))
  if (unknown !== undefined) refuse<ActRefusal>({ code: 'consulted-unit-unknown', unitId: unknown.unitId })
  const files = granted(await claimedFiles(ctx, state.id, input.uploadIds))
  return { action: 'ask-consultation', question: input.question, files, units: input.units.map(({ unitId, amount, unit }) => ({ unitId, limit: { amount, unit } })) }
}

/** COMMAND. `n`: number of the question. */
export const RecallConsultation = ActOn.extend({ n: z.int().min(1), reason: Text(1000) })
export type RecallConsultation = z.infer<typeof RecallConsultation>

/** The opinion is needed no more, or the wrong unit was asked. @throws Forbidden, NotFound, Stale */
export const recallConsultation = (ctx: Ctx, input: RecallConsultation): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.examine', input, async () => ({ action: 'recall-consultation', n: input.n, reason: input.reason }))
