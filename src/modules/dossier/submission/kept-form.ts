/** What was filled in, held against the form that is in force for the procedure; kept with the version that it was filled in by. */
import type { Json } from '#kernel/digest.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { type AnswerErrors, type ProcedureRevision, checkAnswers, formOf } from '#modules/catalogue'
import { dateOf } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { FormKept } from '../lifecycle/state.ts'

export type FormGiven = { readonly slug: string; readonly answers: Json }
export type FormRefusal =
  /** The procedure has another form than the page showed. */
  | { readonly code: 'form-replaced'; readonly slug: string }
  | { readonly code: 'answers-wrong'; readonly errors: AnswerErrors }

export const keptForm = (ctx: Ctx, revision: ProcedureRevision, given: FormGiven | undefined): Result<FormKept | null, FormRefusal> => {
  if (given === undefined) return ok(null)
  const form = formOf(revision.code, revision)
  if (form.slug !== given.slug) return err({ code: 'form-replaced', slug: form.slug })
  const checked = checkAnswers(form, given.answers, dateOf(ctx.now))
  return checked.ok ? ok({ slug: form.slug, version: form.version, answers: checked.value }) : err({ code: 'answers-wrong', errors: checked.error })
}
