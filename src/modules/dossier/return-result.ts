import { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Line, act } from './act.ts'

/** COMMAND. Evidence of who received it (domain.md §2.2): identity looked at, right to receive checked. */
export const ReturnResult = ActOn.extend({
  recipient: z.object({
    kind: z.enum(['self', 'authorised']),
    name: Line(200),
    /** Number of the identity paper that was looked at. */
    idNumber: Line(30),
    /** What was signed, or which authorisation was shown. */
    signature: Line(500),
  }),
})
export type ReturnResult = z.infer<typeof ReturnResult>

/** Hands the result over at the desk. Never refused for being late, nor for a missing rating. @throws Forbidden, NotFound, Stale */
export const returnResult = (ctx: Ctx, input: ReturnResult): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.return', input, async () => ({ action: 'return', recipient: input.recipient }))
