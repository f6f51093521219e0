import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from './act.ts'

/** COMMAND. `postId`: a post of the division that examines dossiers. */
export const AssignDossier = ActOn.extend({ postId: z.string().refine(isUuid), note: optionalText(1000) })
export type AssignDossier = z.infer<typeof AssignDossier>

/** The division's leader gives a dossier to a post, or to another one (phân công thụ lý). @throws Forbidden, NotFound, Stale */
export const assignDossier = (ctx: Ctx, input: AssignDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.assign', input, async () => ({ action: 'assign', postId: input.postId, note: input.note || null }))
