import { z } from 'zod'
import { type Instant, instant } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act, optionalText } from '../act.ts'

/** A moment as it is typed: of this century, in milliseconds. */
export const Moment = z.int().min(Date.UTC(2018, 0, 1)).max(Date.UTC(2100, 0, 1)).transform((ms): Instant => instant(ms))

/** COMMAND. `note`: what the applicant should have ready. */
export const PlanInspection = ActOn.extend({ at: Moment, place: Line(300), note: optionalText(1000) })
export type PlanInspection = z.infer<typeof PlanInspection>

/** An appointment, or another time for the one that stands; the applicant is told. @throws Forbidden, NotFound, Stale */
export const planInspection = (ctx: Ctx, input: PlanInspection): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.examine', input, async () => ({ action: 'plan-inspection', at: input.at, place: input.place, note: input.note || null }))

/** COMMAND. */
export const CancelInspection = ActOn.extend({ reason: Text(1000) })
export type CancelInspection = z.infer<typeof CancelInspection>

/** @throws Forbidden, NotFound, Stale */
export const cancelInspection = (ctx: Ctx, input: CancelInspection): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.examine', input, async () => ({ action: 'cancel-inspection', reason: input.reason }))
