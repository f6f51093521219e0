/** What the head of the agency does to a dossier that is over: a result with an error is replaced, or all of it is opened again. */
import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { STEP_KEYS } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { granted } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act } from '../act.ts'
import { claimFile, fileByContent } from '../claim-files.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { numberForm } from '../results/number-pattern.ts'
import { noteTypedNumber, takeNumber } from '../results/number-series.ts'
import { authorOn, draftTemplate } from '../results/read-result.ts'

/** COMMAND. The whole of the result as it should be. `number` left out: the next of the series. `uploadId`: the new paper, signed; left out: on paper only. */
export const CorrectResult = ActOn.extend({
  reason: Text(2000),
  kind: z.enum(['granted', 'declined']),
  title: Line(300),
  number: Line(60).optional(),
  issuedOn: z.string().refine(isPlainDate),
  uploadId: z.string().refine(isUuid).optional(),
})
export type CorrectResult = z.infer<typeof CorrectResult>

/** The old one is kept and says by which it was replaced; what was handed over waits to be exchanged. @throws Forbidden, NotFound, Stale */
export const correctResult = async (ctx: Ctx, input: CorrectResult): Promise<Result<Acted, ActRefusal>> => {
  const alike = input.uploadId === undefined ? {} : { uploadId: await fileByContent(ctx, input.uploadId) }
  return act(ctx, 'dossier.approve', input, toReplace, alike)
}

const toReplace = async (ctx: Ctx, input: CorrectResult, state: DossierState): Promise<Act> => {
  const { reason, kind, title, issuedOn, uploadId } = input
  const file = uploadId === undefined ? null : granted(await claimFile(ctx, state.id, uploadId))
  const form = numberForm(draftTemplate(state) ?? null, kind, await authorOn(ctx, state, issuedOn), issuedOn)
  const place = { agencyId: state.agencyId, dossierId: state.id }
  if (input.number !== undefined) await noteTypedNumber(ctx, place, form, input.number)
  return { action: 'correct-result', reason, kind, title, issuedOn, number: input.number ?? (await takeNumber(ctx, place, form)), file }
}

/** COMMAND. `dueOn` left out: the whole limit of the procedure, counted from today. */
export const ReopenDossier = ActOn.extend({ reason: Text(2000), to: z.enum(STEP_KEYS), dueOn: z.string().refine(isPlainDate).optional() })
export type ReopenDossier = z.infer<typeof ReopenDossier>

/** Back to a step, with a new promise; the first finish goes on to count. @throws Forbidden, NotFound, Stale */
export const reopenDossier = (ctx: Ctx, input: ReopenDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async (_, { reason, to, dueOn }) => ({ action: 'reopen', reason, to, dueOn: dueOn ?? null }))
