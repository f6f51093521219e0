import { Readable } from 'node:stream'
import { z } from 'zod'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type PlainDate, isPlainDate } from '#kernel/plain-date.ts'
import { type Result, ok } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import { storeUpload } from '#modules/documents'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { granted } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, act } from './act.ts'
import { claimFile, fileByContent } from './claim-files.ts'
import { loadState } from './dossier-store.ts'
import { type Act, availableActions } from './lifecycle/lifecycle.ts'
import type { DossierState, FileKept } from './lifecycle/state.ts'
import { type NumberForm, numberForm } from './results/number-pattern.ts'
import { noteTypedNumber, takeNumber } from './results/number-series.ts'
import { authorOn, draftTemplate } from './results/read-result.ts'
import { renderResult } from './results/render-result.ts'

/** COMMAND. `declined` = a written refusal to resolve: a result too, with number and date like any other (domain.md §2.2). */
export const IssueResult = ActOn.extend({
  /** Left out: of the draft. */
  kind: z.enum(['granted', 'declined']).optional(),
  title: Line(300).optional(),
  /** As typed by the clerk: `125/QĐ-UBND`. Left out: the next of the series (processes.md §9). */
  number: Line(60).optional(),
  issuedOn: z.string().refine(isPlainDate),
  /** The signed paper. Left out: the draft, drawn with its number. */
  uploadId: z.string().refine(isUuid).optional(),
})
export type IssueResult = z.infer<typeof IssueResult>

/** What stands when the issuing transaction begins: the number, and the paper drawn with it in the store. */
type Prepared = { readonly number: string; readonly issuedOn: PlainDate; readonly drawn: Uuid | null }

/**
 * The clerk numbers, dates and seals (vào sổ, cấp số, đóng dấu): the dossier is finished here, the moment that on-time is measured by.
 * The number is recorded first, the paper drawn with it and stored, and only then the result is issued: after a crash in between the same form,
 * sent again, goes on with the same number.
 * @param publicUrl for the QR code of a drawn result; empty: the code alone
 * @throws Forbidden, NotFound, Stale
 */
export const issueResult = async (ctx: Ctx, input: IssueResult, publicUrl = ''): Promise<Result<Acted, ActRefusal>> => {
  authorise(ctx, 'dossier.issue', { forSome: true })
  const alike = input.uploadId === undefined ? {} : { uploadId: await fileByContent(ctx, input.uploadId) }
  const prepared = await prepare(ctx, input, publicUrl)
  if (!prepared.ok) return prepared
  return act(ctx, 'dossier.issue', input, (ctx, input, state) => toIssue(ctx, input, state, prepared.value), alike)
}

/** Null: there is nothing to issue now; `act` says why, or repeats its first answer. */
const prepare = async (ctx: Ctx, input: IssueResult, publicUrl: string): Promise<Result<Prepared | null, ActRefusal>> => {
  const state = await loadState(ctx, input.dossierId)
  if (state.version !== input.version || !availableActions(state, ctx.actor, ctx.now).some((a) => a.action === 'issue')) return ok(null)
  const numbered = input.number === undefined ? await numberResult(ctx, input, state) : ok({ number: input.number, issuedOn: input.issuedOn })
  if (!numbered.ok) return numbered
  const { number, issuedOn } = numbered.value
  if (input.uploadId !== undefined || draftTemplate(state) === undefined) return ok({ number, issuedOn, drawn: null })
  const pdf = await renderResult(ctx, state, { number, on: issuedOn }, publicUrl)
  const stored = await storeUpload(ctx, { name: `${state.resultDraft?.title ?? 'Ket qua'}.pdf`, content: Readable.from([pdf]), announced: pdf.length })
  if (!stored.ok) throw new Error(`the drawn result was not stored: ${stored.error.code}`)
  return ok({ number, issuedOn, drawn: stored.value.id })
}

/** In a transaction of its own; what was numbered before keeps its number. */
const numberResult = async (ctx: Ctx, input: IssueResult, state: DossierState): Promise<Result<Pick<Prepared, 'number' | 'issuedOn'>, ActRefusal>> => {
  if (state.numbered !== null) return ok(state.numbered)
  const { dossierId, version } = input
  const form = await formOf(ctx, input, state)
  const done = await act(ctx, 'dossier.issue', { submissionKey: newId(ctx.now), dossierId, version }, async (ctx, _, locked): Promise<Act> => ({
    action: 'number',
    // Somebody was faster: the rule says so, and no number is spent on it.
    number: locked.numbered?.number ?? (await takeNumber(ctx, { agencyId: state.agencyId, dossierId }, form)),
    issuedOn: input.issuedOn,
  }))
  if (!done.ok && done.error.code !== 'numbered-already') return done
  const { numbered } = await loadState(ctx, dossierId)
  if (numbered === null) throw new Error(`no number for ${dossierId}`)
  return ok(numbered)
}

/** By the template of the draft, also where the paper was then signed by hand; else the general form of what is granted or declined. */
const formOf = async (ctx: Ctx, input: IssueResult, state: DossierState): Promise<NumberForm> =>
  numberForm(draftTemplate(state) ?? null, kindOf(input, state), await authorOn(ctx, state, input.issuedOn), input.issuedOn)

const kindOf = (input: IssueResult, state: DossierState) => input.kind ?? state.resultDraft?.kind ?? 'granted'

const toIssue = async (ctx: Ctx, input: IssueResult, state: DossierState, prepared: Prepared | null): Promise<Extract<Act, { action: 'issue' }>> => {
  const upload = input.uploadId ?? prepared?.drawn ?? undefined
  const file: FileKept | null = upload === undefined ? (state.resultDraft?.file ?? null) : granted(await claimFile(ctx, input.dossierId, upload))
  const drawn = input.uploadId === undefined && prepared?.drawn !== null && prepared !== null
  if (input.number !== undefined && prepared !== null) await noteTypedNumber(ctx, { agencyId: state.agencyId, dossierId: state.id }, await formOf(ctx, input, state), input.number)
  return {
    action: 'issue',
    kind: drawn ? (state.resultDraft?.kind ?? 'granted') : kindOf(input, state),
    title: input.title ?? state.resultDraft?.title ?? 'Kết quả giải quyết thủ tục hành chính',
    number: prepared?.number ?? input.number ?? '',
    issuedOn: prepared?.issuedOn ?? input.issuedOn,
    file,
    template: drawn ? (state.resultDraft?.template ?? null) : null,
    fields: drawn ? (state.resultDraft?.fields ?? {}) : {},
  }
}
