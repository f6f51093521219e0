import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { formOf, getForm, getRevision } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import { granted, refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from '../act.ts'
import { claimFiles, filesByContent } from '../claim-files.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { type FormRefusal, keptForm } from './kept-form.ts'
import { mayReadOwnDossier } from './my-dossiers.ts'
import { Answers, Papers } from './submit-dossier.ts'

/** COMMAND. The applicant's answer to a request: what changed, and only that. */
export const CompleteSubmission = ActOn.extend({
  form: Answers.optional(),
  components: Papers.default([]),
  otherUploadIds: z.array(z.string().refine(isUuid)).max(20).default([]),
  note: optionalText(1000),
})
export type CompleteSubmission = z.infer<typeof CompleteSubmission>
export type CompletionRefusal = ActRefusal | FormRefusal | { readonly code: 'paper-not-published'; readonly component: number }

/** Back to the desk, with a new limit of 8 working hours. @throws Forbidden for who is not signed in · NotFound for everybody who may not read it as their own · Stale */
export const completeSubmission = async (ctx: Ctx, input: CompleteSubmission): Promise<Result<Acted, CompletionRefusal>> => {
  await mayReadOwnDossier(ctx, input.dossierId)
  return act<CompleteSubmission, CompletionRefusal>(ctx, 'dossier.complete', input, toComplete, await filesByContent(ctx, input))
}

const toComplete = async (ctx: Ctx, input: CompleteSubmission, state: DossierState): Promise<Extract<Act, { action: 'complete' }>> => {
  const revision = await getRevision(ctx, state.revisionId)
  // A question about a paper is no reason to fill in another form: it stays the one that was filed.
  const form = granted(keptForm(ctx, (state.form === null ? undefined : getForm(state.form.slug, state.form.version)) ?? formOf(revision.code, revision), input.form))
  const files = granted(await claimFiles(ctx, state.id, input))
  const added = input.components.filter(({ n }) => !state.components.some((c) => c.n === n)).map(({ n }) => ({ n, name: nameOf(revision, n), originals: 0, copies: 0 }))
  const attachments = files.map((file) => ({ ...file, n: state.attachments.length + file.n }))
  return { action: 'complete', form, components: [...state.components, ...added], attachments, note: input.note || null }
}

const nameOf = (revision: { readonly components: readonly { readonly n: number; readonly name: string }[] }, component: number): string =>
  revision.components.find((c) => c.n === component)?.name ?? refuse<CompletionRefusal>({ code: 'paper-not-published', component })
