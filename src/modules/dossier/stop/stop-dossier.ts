import { z } from 'zod'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act, optionalText } from '../act.ts'
import { STOP_GROUNDS } from '../supplement/reasons.ts'

/** COMMAND. `until`: when it should be looked at again, where that is known. */
export const HaltDossier = ActOn.extend({ reason: Text(2000), legalBasis: optionalText(500), until: z.string().refine(isPlainDate).optional() })
export type HaltDossier = z.infer<typeof HaltDossier>

/** A stop for a time; counts as paused. @throws Forbidden, NotFound, Stale */
export const haltDossier = (ctx: Ctx, input: HaltDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async () => ({ action: 'halt', reason: input.reason, legalBasis: input.legalBasis || null, until: input.until ?? null }))

/** COMMAND. */
export const ResumeDossier = ActOn.extend({ note: optionalText(2000) })
export type ResumeDossier = z.infer<typeof ResumeDossier>

/** It goes on where it was, with the time that was left. @throws Forbidden, NotFound, Stale */
export const resumeDossier = (ctx: Ctx, input: ResumeDossier): Promise<Result<Acted, ActRefusal>> => act(ctx, 'dossier.approve', input, async () => ({ action: 'resume', note: input.note || null }))

/** COMMAND. Form STOP_NOTICE: with its ground in law. */
export const StopDossier = ActOn.extend({ ground: z.string().refine((code) => STOP_GROUNDS.some((g) => g.code === code)), reason: Text(2000), legalBasis: Line(500) })
export type StopDossier = z.infer<typeof StopDossier>

/** For good: the dossier ends without a result. @throws Forbidden, NotFound, Stale */
export const stopDossier = (ctx: Ctx, input: StopDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async () => ({ action: 'stop', ground: input.ground, reason: input.reason, legalBasis: input.legalBasis }))
