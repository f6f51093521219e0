import type { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Text, act } from '../act.ts'

/** COMMAND. */
export const ApproveSupplement = ActOn
export type ApproveSupplement = z.infer<typeof ApproveSupplement>

/** The leader approves: form 02 goes to the citizen through the one-stop desk, and the clock does what the procedure says. @throws Forbidden, NotFound, Stale */
export const approveSupplement = (ctx: Ctx, input: ApproveSupplement): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async () => ({ action: 'request-supplement' }))

/** COMMAND. */
export const ReturnSupplement = ActOn.extend({ reason: Text(2000) })
export type ReturnSupplement = z.infer<typeof ReturnSupplement>

/** The leader sends the proposal back to the officer. @throws Forbidden, NotFound, Stale */
export const returnSupplement = (ctx: Ctx, input: ReturnSupplement): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async () => ({ action: 'return-supplement', reason: input.reason }))
