import type { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, act } from './act.ts'

/** COMMAND */
export const TakeDossier = ActOn
export type TakeDossier = z.infer<typeof TakeDossier>

/** An officer of the division takes a dossier that nobody was given: where the process has no assignment, in-day above all. @throws Forbidden, NotFound, Stale */
export const takeDossier = (ctx: Ctx, input: TakeDossier): Promise<Result<Acted, ActRefusal>> => act(ctx, 'dossier.examine', input, async () => ({ action: 'take' }))
