/** The letters that the head of the agency signs and sends: with a new date, of apology, of explanation (domain.md §2.6; processes.md §8). */
import { z } from 'zod'
import { dateOf, isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from '../act.ts'
import { type ApologyKind, waitingApology } from '../lifecycle/extension.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { numberForm } from '../results/number-pattern.ts'
import { takeNumber } from '../results/number-series.ts'
import { authorOn } from '../results/read-result.ts'
import { needsExplanation, reasonsFor } from './apology-reasons.ts'

const letterOf = (...kinds: readonly ApologyKind[]) => ({
  reason: z.string().refine((code) => kinds.some((kind) => reasonsFor(kind).some((reason) => reason.code === code))),
  explanation: optionalText(2000),
})
/** A reason that says nothing by itself. */
const explained = ({ reason, explanation }: { readonly reason: string; readonly explanation?: string | undefined }) => !needsExplanation(reason) || (explanation ?? '') !== ''
const AT_EXPLANATION = { path: ['explanation'] }

/** COMMAND. Apology and new date (form 04), before the old one has passed, once. */
export const ExtendDossier = ActOn.extend({ ...letterOf('extension'), dueOn: z.string().refine(isPlainDate) }).refine(explained, AT_EXPLANATION)
export type ExtendDossier = z.infer<typeof ExtendDossier>

/** Both the old and the new due date are kept. @throws Forbidden, NotFound, Stale */
export const extendDossier = (ctx: Ctx, input: ExtendDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async (ctx, { dueOn, reason, explanation }, state) => ({
    action: 'extend', number: await takeApologyNumber(ctx, state), dueOn, reason, explanation: explanation || null,
  }))

/** COMMAND. Apology for what is late already, explanation of a refusal to resolve: no new date. */
export const ApologiseForDossier = ActOn.extend(letterOf('apology', 'explanation')).refine(explained, AT_EXPLANATION)
export type ApologiseForDossier = z.infer<typeof ApologiseForDossier>

/** @throws Forbidden, NotFound, Stale */
export const apologiseForDossier = (ctx: Ctx, input: ApologiseForDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async (ctx, { reason, explanation }, state) => ({
    action: 'apologise', number: await takeApologyNumber(ctx, state), reason, explanation: explanation || null,
  }))

/** The letter as the system drafted it; many by `actOnMany`. @throws Forbidden, NotFound, Stale */
export const sendDraftedLetter = (ctx: Ctx, item: ActOn): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', item, async (ctx, _, state) => {
    const draft = waitingApology(state) ?? refuse<ActRefusal>({ code: 'no-apology-draft' })
    const number = await takeApologyNumber(ctx, state)
    const { kind, reason, proposedDueAt } = draft
    return kind === 'extension' && proposedDueAt !== null
      ? { action: 'extend', number, dueOn: dateOf(proposedDueAt), reason, explanation: null }
      : { action: 'apologise', number, reason, explanation: null }
  })

/** The next of the agency's own series of these letters; refused, it is not spent. */
const takeApologyNumber = async (ctx: Ctx, state: DossierState): Promise<string> => {
  const today = dateOf(ctx.now)
  const form = numberForm({ number: { pattern: '{n}/PXL-{author}', pad: 2, sure: false } }, 'granted', await authorOn(ctx, state, today), today)
  return takeNumber(ctx, { agencyId: state.agencyId, dossierId: state.id }, form)
}
