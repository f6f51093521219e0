/** What the head of the agency does to a dossier that is over: a result with an error is replaced, or all of it is opened again. */
import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import { type Result, err } from '#kernel/result.ts'
import { STEP_KEYS } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { authorise } from '#modules/access'
import { granted, orRefused } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act } from '../act.ts'
import { claimFile, fileByContent } from '../claim-files.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { type DrawnAnew, NumberTaken, drawAnew, redrawable } from '../results/draw-anew.ts'
import { numberForm } from '../results/number-pattern.ts'
import { noteTypedNumber, takeNumber } from '../results/number-series.ts'
import { authorOn, draftTemplate } from '../results/read-result.ts'

/** COMMAND. The whole of the result as it should be. `number` left out: the next of the series. `uploadId`: the new paper, signed. `fields`: drawn anew by the template of the old one. Neither: on paper only. */
export const CorrectResult = ActOn.extend({
  reason: Text(2000),
  kind: z.enum(['granted', 'declined']),
  title: Line(300),
  number: Line(60).optional(),
  issuedOn: z.string().refine(isPlainDate),
  uploadId: z.string().refine(isUuid).optional(),
  fields: z.record(z.string().max(60), z.string().max(6000)).optional(),
})
export type CorrectResult = z.infer<typeof CorrectResult>

const TRIES = 5

/**
 * The old one is kept and says by which it was replaced; what was handed over waits to be exchanged. One that is drawn is drawn with its number before the
 * transaction: where somebody else took that one meanwhile, it is drawn again with the next, so that no number is lost.
 * @param publicUrl for the QR code of a drawn result; empty: the code alone
 * @throws Forbidden, NotFound, Stale
 */
export const correctResult = async (ctx: Ctx, input: CorrectResult, publicUrl = ''): Promise<Result<Acted, ActRefusal>> => {
  authorise(ctx, 'dossier.approve', { forSome: true })
  const alike = input.uploadId === undefined ? {} : { uploadId: await fileByContent(ctx, input.uploadId) }
  const { fields } = input
  if (fields === undefined || input.uploadId !== undefined) return act(ctx, 'dossier.approve', input, (ctx, input, state) => toReplace(ctx, input, state, null), alike)
  for (let n = 1; ; n += 1) {
    const drawn = await orRefused<DrawnAnew | null, ActRefusal>(() => drawAnew(ctx, { ...input, fields }, publicUrl))
    if (!drawn.ok) return drawn
    try {
      return await act(ctx, 'dossier.approve', input, (ctx, input, state) => toReplace(ctx, input, state, drawn.value))
    } catch (error) {
      if (!(error instanceof NumberTaken)) throw error
      if (n === TRIES) return err({ code: 'number-busy' })
    }
  }
}

const toReplace = async (ctx: Ctx, input: CorrectResult, state: DossierState, drawn: DrawnAnew | null): Promise<Act> => {
  const { reason, kind, title, issuedOn, uploadId = drawn?.uploadId } = input
  const file = uploadId === undefined ? null : granted(await claimFile(ctx, state.id, uploadId))
  const form = numberForm((drawn === null ? draftTemplate(state) : redrawable(state)?.template) ?? null, kind, await authorOn(ctx, state, issuedOn), issuedOn)
  const place = { agencyId: state.agencyId, dossierId: state.id }
  if (input.number !== undefined) await noteTypedNumber(ctx, place, form, input.number)
  const number = input.number ?? (await takeNumber(ctx, place, form))
  if (drawn !== null && drawn.number !== number) throw new NumberTaken()
  return { action: 'correct-result', reason, kind, title, issuedOn, number, file, ...(drawn !== null && { template: drawn.template, fields: drawn.fields }) }
}

/** COMMAND. `dueOn` left out: the whole limit of the procedure, counted from today. */
export const ReopenDossier = ActOn.extend({ reason: Text(2000), to: z.enum(STEP_KEYS), dueOn: z.string().refine(isPlainDate).optional() })
export type ReopenDossier = z.infer<typeof ReopenDossier>

/** Back to a step, with a new promise; the first finish goes on to count. @throws Forbidden, NotFound, Stale */
export const reopenDossier = (ctx: Ctx, input: ReopenDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.approve', input, async (_, { reason, to, dueOn }) => ({ action: 'reopen', reason, to, dueOn: dueOn ?? null }))
