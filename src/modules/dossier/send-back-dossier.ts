import { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import { STEP_KEYS } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Text, act } from './act.ts'

/** COMMAND. `to`: a step that lies before the present one. */
export const SendBackDossier = ActOn.extend({ to: z.enum(STEP_KEYS), reason: Text(4000) })
export type SendBackDossier = z.infer<typeof SendBackDossier>

/** Back to whoever had an earlier step, with the reason. The step's clock begins anew, the dossier's does not. @throws Forbidden, NotFound, Stale */
export const sendBackDossier = (ctx: Ctx, input: SendBackDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async () => ({ action: 'send-back', to: input.to, reason: input.reason }))
