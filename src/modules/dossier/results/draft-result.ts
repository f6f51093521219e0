import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { answersInWords, getForm, getRevision } from '#modules/catalogue'
import { unitNameOn } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { granted, refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, act } from '../act.ts'
import { claimFile, fileByContent } from '../claim-files.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { openForPrint } from '../papers/open-for-print.ts'
import { draftFields, factsOf, missingFields } from './draft-fields.ts'
import { resultTemplatesFor } from './shipped-templates.ts'
import type { ResultTemplate } from './template.ts'

/** COMMAND. From a template with its fields, or a file that was written elsewhere; the last draft counts. */
export const DraftResult = ActOn.extend({
  kind: z.enum(['granted', 'declined']).default('granted'),
  title: Line(300),
  template: z.string().max(80).optional(),
  fields: z.record(z.string().max(60), z.string().max(6000)).default({}),
  uploadId: z.string().refine(isUuid).optional(),
})
export type DraftResult = z.infer<typeof DraftResult>

export type DraftResultRefusal =
  /** It is not one of the procedure's. */
  | { readonly code: 'template-unknown'; readonly template: string }
  | { readonly code: 'fields-missing'; readonly labels: readonly string[] }
  /** Neither a template nor a file. */
  | { readonly code: 'draft-empty' }
  /** A template says whether it grants or declines. */
  | { readonly code: 'other-kind'; readonly template: string }

/** Whoever examines proposes what to sign; review and signature may put it otherwise. @throws Forbidden for who has not got the dossier, NotFound, Stale */
export const draftResult = async (ctx: Ctx, input: DraftResult): Promise<Result<Acted, ActRefusal | DraftResultRefusal>> => {
  const alike = input.uploadId === undefined ? {} : { uploadId: await fileByContent(ctx, input.uploadId) }
  return act<DraftResult, DraftResultRefusal>(ctx, 'dossier.read', input, toDraft, alike)
}

const toDraft = async (ctx: Ctx, input: DraftResult, state: DossierState): Promise<Extract<Act, { action: 'draft' }>> => {
  const template = input.template === undefined ? undefined : templateFor(state, input)
  if (template === undefined && input.uploadId === undefined) refuse<DraftResultRefusal>({ code: 'draft-empty' })
  const fields = template === undefined ? {} : filledIn(template, input.fields)
  return {
    action: 'draft',
    kind: input.kind,
    title: input.title,
    template: template === undefined ? null : { slug: template.slug, version: template.version },
    fields,
    file: input.uploadId === undefined ? null : granted(await claimFile(ctx, input.dossierId, input.uploadId)),
  }
}

const templateFor = (state: DossierState, { template: slug = '', kind }: DraftResult): ResultTemplate => {
  const template = resultTemplatesFor(state.procedureCode).find((t) => t.slug === slug)
  if (template === undefined) return refuse<DraftResultRefusal>({ code: 'template-unknown', template: slug })
  return template.kind === kind ? template : refuse<DraftResultRefusal>({ code: 'other-kind', template: slug })
}

/** Only what the template asks, tidied; lines are kept where it has several. Inside `orRefused`: nothing that it needs is left out. */
export const filledIn = (template: ResultTemplate, given: Readonly<Record<string, string>>): Record<string, string> => {
  const fields = Object.fromEntries(template.fields.map((f) => [f.name, f.multiline === true ? (given[f.name] ?? '').normalize('NFC').trim() : tidy(given[f.name] ?? '')]))
  const missing = missingFields(template, fields)
  if (missing.length === 0) return fields
  return refuse<DraftResultRefusal>({ code: 'fields-missing', labels: template.fields.filter((f) => missing.includes(f.name)).map((f) => f.label) })
}

/** Empty without a form, or where its version is not shipped any more: the officer fills in what they read. */
const answersOf = ({ form }: DossierState): Readonly<Record<string, string>> => {
  const shipped = form === null ? undefined : getForm(form.slug, form.version)
  return form === null || shipped === undefined ? {} : answersInWords(shipped, form.answers)
}

export type DraftProposal = { readonly template: ResultTemplate; readonly fields: Readonly<Record<string, string>> }

/** QUERY. The templates for a dossier, each with its fields as proposed, or as drafted before; the reading is recorded. @throws Forbidden outside the units concerned, NotFound */
export const proposeDrafts = async (ctx: Ctx, dossierId: Uuid): Promise<readonly DraftProposal[]> => {
  const state = await openForPrint(ctx, dossierId, 'office')
  const today = dateOf(ctx.now)
  const revision = await getRevision(ctx, state.revisionId)
  const facts = factsOf(state, { procedureName: revision.name, divisionName: (await unitNameOn(ctx, state.divisionId, today)).name, today, answers: answersOf(state) })
  return resultTemplatesFor(state.procedureCode).map((template) => ({
    template,
    fields: { ...draftFields(template, facts), ...(state.resultDraft?.template?.slug === template.slug ? state.resultDraft.fields : {}) },
  }))
}
