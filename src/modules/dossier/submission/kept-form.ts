/** What was filled in, held against the form that is in force for the procedure; kept with the version that it was filled in by. */
import type { Json } from '#kernel/digest.ts'
import { type Result, ok } from '#kernel/result.ts'
import type { ProcedureRevision } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import type { FormKept } from '../lifecycle/state.ts'

export type FormGiven = { readonly slug: string; readonly answers: Json }
export type FormRefusal =
  /** The procedure has another form than the page showed. */
  | { readonly code: 'form-replaced'; readonly slug: string }
  | { readonly code: 'answers-wrong'; readonly errors: Readonly<Record<string, string>> }

// The forms of the catalogue are not here yet: answers are kept unchecked until they are.
export const keptForm = async (_ctx: Ctx, _revision: ProcedureRevision, given: FormGiven | undefined): Promise<Result<FormKept | null, FormRefusal>> =>
  ok(given === undefined ? null : { ...given, version: 'unversioned' })
