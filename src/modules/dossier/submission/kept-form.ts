/** What was filled in, held against its form; kept with the version that it was filled in by. */
import type { Json } from '#kernel/digest.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { type AnswerErrors, type ElectronicForm, checkAnswers } from '#modules/catalogue'
import { dateOf } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { FormKept } from '../lifecycle/state.ts'

export type FormGiven = { readonly slug: string; readonly version?: string | undefined; readonly answers: Json }
export type FormRefusal =
  /** The procedure has another form than the page showed. */
  | { readonly code: 'form-replaced'; readonly slug: string }
  | { readonly code: 'answers-wrong'; readonly errors: AnswerErrors }

/** @param form the one in force, or the one that was filed where it is completed */
export const keptForm = (ctx: Ctx, form: ElectronicForm, given: FormGiven | undefined): Result<FormKept | null, FormRefusal> => {
  if (given === undefined) return ok(null)
  if (form.slug !== given.slug || (given.version !== undefined && given.version !== form.version)) return err({ code: 'form-replaced', slug: form.slug })
  const checked = checkAnswers(form, given.answers, dateOf(ctx.now))
  return checked.ok ? ok({ slug: form.slug, version: form.version, answers: checked.value }) : err({ code: 'answers-wrong', errors: checked.error })
}
