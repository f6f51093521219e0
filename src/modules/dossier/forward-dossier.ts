import { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from './act.ts'

/** COMMAND */
export const ForwardDossier = ActOn.extend({ note: optionalText(4000), /** Units that were consulted have not answered: said on the page, and meant. */ despiteOpen: z.boolean().optional() })
export type ForwardDossier = z.infer<typeof ForwardDossier>

/** On to the next step: from the desk, from examination, from review. The note is what the next one reads. @throws Forbidden, NotFound, Stale */
export const forwardDossier = (ctx: Ctx, input: ForwardDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async () => ({ action: 'forward', note: input.note || null, ...(input.despiteOpen === true && { despiteOpen: true }) }))
