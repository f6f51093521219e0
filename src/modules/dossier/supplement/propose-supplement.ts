import { z } from 'zod'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { fieldsToMark, getForm, getRevision, paperName } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import { refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act, optionalText } from '../act.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import type { SupplementPlace } from '../lifecycle/supplement.ts'
import { SUPPLEMENT_REASONS } from './reasons.ts'

const Reason = z.string().refine((code) => SUPPLEMENT_REASONS.some((r) => r.code === code))
const Place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), at: Line(200) }),
  z.object({ kind: z.literal('paper'), component: z.int().min(1), page: z.int().min(1).max(9999).optional() }),
])

/** COMMAND. Everything at once: the very entry or paper, why, and what to do. `newFact`: what came to light, where papers were asked for before. */
export const ProposeSupplement = ActOn.extend({
  items: z.array(z.object({ place: Place, reason: Reason, text: Text(1000) })).min(1).max(30),
  until: z.string().refine(isPlainDate),
  newFact: optionalText(2000),
})
export type ProposeSupplement = z.infer<typeof ProposeSupplement>

/** An officer's proposal; nothing goes to the citizen before a leader approves. @throws Forbidden, NotFound, Stale */
export const proposeSupplement = (ctx: Ctx, input: ProposeSupplement): Promise<Result<Acted, ActRefusal>> => act(ctx, 'dossier.examine', input, toPropose)

const toPropose = async (ctx: Ctx, input: ProposeSupplement, state: DossierState): Promise<Extract<Act, { action: 'propose-supplement' }>> => {
  const titleOf = await titles(ctx, state)
  const items = input.items.map(({ place, reason, text }, i) => {
    const title = titleOf(place) ?? refuse<ActRefusal>({ code: 'place-unknown', n: i + 1 })
    const kept: SupplementPlace = place.kind === 'field' ? { ...place, title } : { kind: place.kind, component: place.component, page: place.page ?? null, title }
    return { n: i + 1, place: kept, reason, text }
  })
  return { action: 'propose-supplement', items, until: input.until, newFact: input.newFact || null }
}

/** What a place is called; undefined for one that this dossier has not got. */
const titles = async (ctx: Ctx, state: DossierState) => {
  const { components } = await getRevision(ctx, state.revisionId)
  const form = state.form === null ? undefined : getForm(state.form.slug, state.form.version)
  const fields = form === undefined || state.form === null ? [] : fieldsToMark(form, state.form.answers)
  return (place: z.infer<typeof Place>): string | undefined => {
    if (place.kind === 'field') return fields.find((f) => f.at === place.at)?.title
    const name = components.find((c) => c.n === place.component)?.name
    return name === undefined ? undefined : paperName(name)
  }
}
