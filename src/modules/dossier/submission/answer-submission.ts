/** The desk's three answers to a submission (domain.md §2.2): received, one complete request, not received. */
import { z } from 'zod'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { getWorkingCalendar } from '#modules/calendar'
import { getRevision } from '#modules/catalogue'
import { getUnit } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { granted } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act } from '../act.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import { type ReceptionRefusal, decideAcceptance } from '../lifecycle/reception.ts'
import { REFUSAL_GROUNDS } from '../lifecycle/intake.ts'
import type { DossierState } from '../lifecycle/state.ts'

const count = z.int().min(0).max(99)

/** COMMAND. */
export const AcceptSubmission = ActOn.extend({
  /** Where the applicant chose the wrong one. */
  methodRow: z.int().min(1).optional(),
  /** The papers that are there; left out: those that came with a file. */
  components: z.array(z.object({ n: z.int().min(1), originals: count, copies: count })).max(100).optional(),
})
export type AcceptSubmission = z.infer<typeof AcceptSubmission>

/** Received: the clock of the law starts now. @throws Forbidden, NotFound, Stale */
export const acceptSubmission = (ctx: Ctx, input: AcceptSubmission): Promise<Result<Acted, ActRefusal | ReceptionRefusal>> =>
  act<AcceptSubmission, ReceptionRefusal>(ctx, 'dossier.receive', input, toAccept)

const toAccept = async (ctx: Ctx, input: AcceptSubmission, state: DossierState): Promise<Extract<Act, { action: 'accept' }>> => {
  const [revision, agency, calendar] = [await getRevision(ctx, state.revisionId), await getUnit(ctx, state.agencyId), await getWorkingCalendar(ctx, state.agencyId)]
  const { deskId, receivingAgencyId, agencyId, divisionId } = state
  const ticked = input.components ?? state.components
  const decided = decideAcceptance({ now: ctx.now, calendar, revision, methodRow: input.methodRow ?? state.methodN, deskId, receivingAgencyId, agencyId, divisionId, level: agency.level, ticked })
  return { action: 'accept', accepted: granted(decided) }
}

/** COMMAND. Form 02: everything that is missing, at once. */
export const RequestCompletion = ActOn.extend({
  items: z.array(Line(500)).min(1).max(30),
  reason: Text(2000),
  /** By when; left out: the applicant takes the time that they need. */
  until: z.string().refine(isPlainDate).optional(),
})
export type RequestCompletion = z.infer<typeof RequestCompletion>

/** @throws Forbidden, NotFound, Stale */
export const requestCompletion = (ctx: Ctx, input: RequestCompletion): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.receive', input, async () => ({ action: 'request-completion', items: input.items, reason: input.reason, until: input.until ?? null }))

/** COMMAND. Form 03. */
export const RefuseSubmission = ActOn.extend({ ground: z.enum(REFUSAL_GROUNDS), reason: Text(2000), legalBasis: Line(500).optional() })
export type RefuseSubmission = z.infer<typeof RefuseSubmission>

/** Not received: closed, with the reason that the applicant reads. @throws Forbidden, NotFound, Stale */
export const refuseSubmission = (ctx: Ctx, input: RefuseSubmission): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.receive', input, async () => ({ action: 'refuse', ground: input.ground, reason: input.reason, legalBasis: input.legalBasis ?? null }))
