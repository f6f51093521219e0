/** A result that replaces another, drawn by the template of the old one with what is right now: before the transaction, with the number that it will get there. */
import { Readable } from 'node:stream'
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { storeUpload } from '#modules/documents'
import type { Ctx } from '#platform/ctx.ts'
import { refuse } from '#platform/refused.ts'
import { loadState } from '../dossier-store.ts'
import type { By } from '../lifecycle/custody.ts'
import { availableActions } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { type DraftResultRefusal, filledIn } from './draft-result.ts'
import { numberForm } from './number-pattern.ts'
import { nextNumber } from './number-series.ts'
import { authorOn } from './read-result.ts'
import { renderResult } from './render-result.ts'
import { findTemplate } from './shipped-templates.ts'
import type { ResultTemplate } from './template.ts'

export type DrawnAnew = { readonly number: string; readonly uploadId: Uuid; readonly template: { readonly slug: string; readonly version: string }; readonly fields: Readonly<Record<string, string>> }
/** Somebody took the number in between: what was drawn with it is not issued. */
export class NumberTaken extends Error {
  override readonly name = 'NumberTaken'
}

export type Redrawable = { readonly template: ResultTemplate; readonly fields: Readonly<Record<string, string>> }
/** By which template, and with what the last result by it said; undefined: none was drawn here. */
export const redrawable = ({ results }: Pick<DossierState, 'results'>): Redrawable | undefined => {
  const last = results.findLast((r) => r.template !== null)
  const template = last?.template == null ? undefined : findTemplate(last.template.slug)
  return last === undefined || template === undefined ? undefined : { template, fields: last.fields }
}

type Wish = { readonly dossierId: Uuid; readonly version: number; readonly kind: 'granted' | 'declined'; readonly title: string; readonly issuedOn: PlainDate; readonly number?: string | undefined; readonly fields: Readonly<Record<string, string>> }

/** Null: it cannot be replaced now; the act says why, or repeats its first answer. Inside `orRefused`. */
export const drawAnew = async (ctx: Ctx, wish: Wish, publicUrl: string): Promise<DrawnAnew | null> => {
  const { dossierId, kind, title, issuedOn } = wish
  const state = await loadState(ctx, dossierId)
  const offered = availableActions(state, ctx.actor, ctx.now).find((a) => a.action === 'correct-result')
  if (state.version !== wish.version || offered === undefined) return null
  const template = redrawable(state)?.template ?? refuse<DraftResultRefusal>({ code: 'template-unknown', template: '' })
  if (template.kind !== kind) refuse<DraftResultRefusal>({ code: 'other-kind', template: template.slug })
  const fields = filledIn(template, wish.fields)
  const number = wish.number ?? (await nextNumber(ctx, state.agencyId, numberForm(template, kind, await authorOn(ctx, state, issuedOn), issuedOn)))
  const by = signedBy(ctx, offered.postId)
  const kept = { slug: template.slug, version: template.version }
  const drafted = { ...state, approvedBy: by, resultDraft: { at: ctx.now, by, kind, title, template: kept, fields, file: null } }
  const pdf = await renderResult(ctx, drafted, { number, on: issuedOn }, publicUrl)
  const stored = await storeUpload(ctx, { name: `${title}.pdf`, content: Readable.from([pdf]), announced: pdf.length })
  if (!stored.ok) throw new Error(`the drawn result was not stored: ${stored.error.code}`)
  return { number, uploadId: stored.value.id, template: kept, fields }
}

/** Whoever replaces it signs it. */
const signedBy = ({ actor }: Ctx, postId: Uuid | null): By => {
  const post = actor.kind === 'person' ? actor.posts.find((p) => p.postId === postId) : undefined
  return { personId: actor.kind === 'person' ? actor.personId : null, postId, ...(post?.delegated !== undefined && { delegationId: post.delegated.delegationId }) }
}
