import { z } from 'zod'
import { type Json, canonical } from '#kernel/digest.ts'
import { isUuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { type Result, ok, err } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import { type AnswerErrors, answersWith, checkAnswers, getForm, nameOf, valueAt } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import { granted, refuse } from '#platform/refused.ts'
import { mayReadOwnDossier } from '../submission/my-dossiers.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from '../act.ts'
import { claimFiles, filesByContent } from '../claim-files.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { type EntryChanged, type Supplement, askedNow } from '../lifecycle/supplement.ts'

const count = z.int().min(0).max(99)

/** COMMAND. The answer to what was asked in examination: entries as they are typed, by the name of the field (one that is left out stays); files by paper. Nothing else of the dossier can be changed by it. */
export const AnswerSupplement = ActOn.extend({
  fields: z.record(z.string().max(200), z.array(z.string().max(4000)).max(50)).default({}),
  /** At the desk also the sheets themselves. */
  papers: z.array(z.object({ n: z.int().min(1), uploadIds: z.array(z.string().refine(isUuid)).max(20).default([]), originals: count.default(0), copies: count.default(0) })).max(100).default([]),
  note: optionalText(2000),
})
export type AnswerSupplement = z.infer<typeof AnswerSupplement>
export type AnswerRefusal = ActRefusal | { readonly code: 'answers-wrong'; readonly errors: AnswerErrors } | { readonly code: 'nothing-asked' }

/** Of whoever applied, from their account. It goes back to the same officer. @throws Forbidden for everybody else · NotFound · Stale */
export const answerSupplement = async (ctx: Ctx, input: AnswerSupplement): Promise<Result<Acted, AnswerRefusal>> => {
  await mayReadOwnDossier(ctx, input.dossierId)
  return answer(ctx, 'dossier.supplement', input)
}

/** At the desk, for whoever brings it on paper. @throws Forbidden, NotFound, Stale */
export const recordSupplement = async (ctx: Ctx, input: AnswerSupplement): Promise<Result<Acted, AnswerRefusal>> => {
  authorise(ctx, 'dossier.receive', { forSome: true })
  return answer(ctx, 'dossier.receive', input)
}

const named = (input: AnswerSupplement) => ({ components: input.papers, otherUploadIds: [] })

const answer = async (ctx: Ctx, right: 'dossier.supplement' | 'dossier.receive', input: AnswerSupplement): Promise<Result<Acted, AnswerRefusal>> =>
  act<AnswerSupplement, AnswerRefusal>(ctx, right, input, toAnswer, { papers: (await filesByContent(ctx, named(input))).components })

const toAnswer = async (ctx: Ctx, input: AnswerSupplement, state: DossierState): Promise<Extract<Act, { action: 'complete-supplement' }>> => {
  const asked = askedNow(state) ?? refuse<AnswerRefusal>({ code: 'nothing-asked' })
  const form = granted(newForm(state, asked, input, dateOf(ctx.now)))
  const files = granted(await claimFiles(ctx, state.id, named(input)))
  return {
    action: 'complete-supplement',
    form: form === null ? null : { ...state.form!, answers: form },
    changes: form === null ? [] : changesAt(asked, state, form),
    components: withSheets(state, asked, input),
    attachments: files.map((file) => ({ ...file, n: state.attachments.length + file.n })),
    note: input.note || null,
  }
}

const placesIn = (asked: Supplement): readonly string[] => asked.items.flatMap(({ place }) => (place.kind === 'field' ? [place.at] : []))

/** The answers with the marked entries as typed; null where none is marked, or none was changed. Faults elsewhere in the form are not this answer's. */
const newForm = (state: Pick<DossierState, 'form'>, asked: Supplement, input: Pick<AnswerSupplement, 'fields'>, today: PlainDate): Result<Json, AnswerRefusal> => {
  const places = placesIn(asked)
  const form = state.form === null ? undefined : getForm(state.form.slug, state.form.version)
  if (places.length === 0 || form === undefined || state.form === null) return ok(null)
  const typed = places.filter((at) => input.fields[nameOf(at)] !== undefined)
  const answers = answersWith(form, state.form.answers, typed, new Map(Object.entries(input.fields)), today)
  if (canonical(answers) === canonical(state.form.answers)) return ok(null)
  const checked = checkAnswers(form, answers, today)
  if (checked.ok) return ok(checked.value)
  const ours = Object.fromEntries(Object.entries(checked.error).filter(([at]) => typed.includes(at)))
  return Object.keys(ours).length === 0 ? ok(answers) : err({ code: 'answers-wrong', errors: ours })
}

const changesAt = (asked: Supplement, state: DossierState, answers: EntryChanged['after']): readonly EntryChanged[] =>
  placesIn(asked)
    .map((at) => ({ at, before: valueAt(state.form?.answers, at) ?? null, after: valueAt(answers, at) ?? null }))
    .filter(({ before, after }) => canonical(before) !== canonical(after))

/** Papers that were brought stand among those that the dossier holds. */
const withSheets = (state: DossierState, asked: Supplement, input: AnswerSupplement): DossierState['components'] => {
  const held = new Map(state.components.map((c) => [c.n, c]))
  for (const { n, originals, copies } of input.papers) {
    const title = asked.items.find(({ place }) => place.kind === 'paper' && place.component === n)?.place.title
    const before = held.get(n)
    if (before !== undefined) held.set(n, { ...before, originals: Math.min(99, before.originals + originals), copies: Math.min(99, before.copies + copies) })
    else if (title !== undefined) held.set(n, { n, name: title, originals, copies })
  }
  return [...held.values()].sort((a, b) => a.n - b.n)
}
