/** An officer knows better than the rule: an earlier attempt is linked, or one is taken out of the journey; both with a reason. */
import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, act } from '../act.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { attemptNamed, guidanceNamed } from './earlier-attempts.ts'

/** COMMAND. Which: one that the page offered, or a dossier by its code. */
export const LinkAttempt = ActOn.extend({
  attemptId: z.string().refine(isUuid).optional(),
  code: z.string().trim().max(60).optional(),
  reason: Line(500),
}).refine(({ attemptId, code }) => attemptId !== undefined || (code ?? '') !== '', { path: ['code'] })
export type LinkAttempt = z.infer<typeof LinkAttempt>

/** @throws Forbidden for units that are not concerned · NotFound · Stale */
export const linkAttempt = (ctx: Ctx, input: LinkAttempt): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async (ctx, { attemptId, code, reason }, state) => {
    const attempt = attemptId === undefined ? await attemptNamed(ctx, { code: code ?? '' }, applicantOf(state)) : ((await attemptNamed(ctx, { id: attemptId }, applicantOf(state))) ?? (await guidanceNamed(ctx, attemptId, state.deskId)))
    return attempt === undefined ? refuse<ActRefusal>({ code: 'attempt-unknown' }) : { action: 'link-attempt', attempt, reason }
  })

const applicantOf = (state: DossierState) => ({ applicantId: state.applicantId, applicantNumber: state.applicant.personalNumber })

/** COMMAND. `attempt`: its number in the journey. */
export const UnlinkAttempt = ActOn.extend({ attempt: z.coerce.number().int().min(1), reason: Line(500) })
export type UnlinkAttempt = z.infer<typeof UnlinkAttempt>

/** @throws Forbidden for units that are not concerned · NotFound · Stale */
export const unlinkAttempt = (ctx: Ctx, input: UnlinkAttempt): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async (_, { attempt, reason }) => ({ action: 'unlink-attempt', n: attempt, reason }))
