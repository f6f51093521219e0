import type { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from './act.ts'

/** COMMAND. */
export const ApproveDossier = ActOn.extend({ note: optionalText(1000) })
export type ApproveDossier = z.infer<typeof ApproveDossier>

/** The leadership signs (ký phê duyệt): on to the clerk. @throws Forbidden, NotFound, Stale */
export const approveDossier = (ctx: Ctx, input: ApproveDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async () => ({ action: 'approve', note: input.note || null }))
