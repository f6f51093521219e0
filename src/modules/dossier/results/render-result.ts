import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { renderPdf } from '#platform/pdf/render-pdf.ts'
import type { DossierState, FileKept } from '../lifecycle/state.ts'
import { openForPrint } from '../papers/open-for-print.ts'
import { draftTemplate, readResult } from './read-result.ts'
import { type ResultFacts, resultPaper } from './result-paper.ts'

/** The result as a PDF: a draft where `issued` is null. The same dossier and number give the same bytes. @throws NotFound without a draft by a template */
export const renderResult = async (ctx: Ctx, state: DossierState, issued: ResultFacts['issued'], publicUrl: string): Promise<Buffer> =>
  renderPdf(resultPaper(await readResult(ctx, state, issued), publicUrl))

export type DraftPaper = { readonly kind: 'pdf'; readonly pdf: Buffer; readonly code: string | null } | { readonly kind: 'file'; readonly file: FileKept }

/** QUERY. What the signer will sign; the reading is recorded. @throws Forbidden outside the units concerned · NotFound where nothing was drafted */
export const getDraftPaper = async (ctx: Ctx, id: Uuid, publicUrl: string): Promise<DraftPaper> => {
  const state = await openForPrint(ctx, id, 'office')
  if (state.resultDraft === null) throw new NotFound(`draft of ${id}`)
  if (draftTemplate(state) !== undefined) return { kind: 'pdf', pdf: await renderResult(ctx, state, state.numbered === null ? null : { number: state.numbered.number, on: state.numbered.issuedOn }, publicUrl), code: state.code }
  if (state.resultDraft.file === null) throw new NotFound(`draft of ${id}`)
  return { kind: 'file', file: state.resultDraft.file }
}
