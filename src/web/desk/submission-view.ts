/** What the page of an online submission needs, gathered once. */
import type { Uuid } from '#kernel/ids.ts'
import { type AnswerErrors, type FormSummary, type ProcedureRevision, getRevision } from '#modules/catalogue'
import { type DossierView, type LikelyDuplicate, getDossierView, intakeInbox, likelyDuplicates } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { readFiled } from '../forms/index.ts'
import { type Case, type RowChoice, casesOf, rowChoices } from './intake-view.ts'

export type SubmissionView = {
  readonly dossier: DossierView
  readonly revision: ProcedureRevision
  readonly cases: readonly Case[]
  /** The way of filing that was chosen first. */
  readonly rows: readonly RowChoice[]
  readonly summary: FormSummary
  /** What should be looked at in it. */
  readonly warnings: AnswerErrors
  readonly duplicates: readonly LikelyDuplicate[]
  /** The ones before and after it in the inbox. */
  readonly previous: Uuid | undefined
  readonly next: Uuid | undefined
}

export const loadSubmission = async (ctx: Ctx, id: Uuid): Promise<SubmissionView> => {
  const dossier = await getDossierView(ctx, id)
  const [revision, inbox] = await Promise.all([getRevision(ctx, dossier.revisionId), intakeInbox(ctx, { tab: 'new' })])
  const [rows, duplicates] = await Promise.all([
    rowChoices(ctx, revision, dossier.agencyId, ['online', 'in-person', 'postal', 'other']),
    likelyDuplicates(ctx, { deskId: dossier.deskId, applicantId: dossier.applicantId, procedureCode: dossier.procedureCode, except: id }),
  ])
  const form = readFiled(dossier.form, dossier.submittedAt)
  const at = inbox.rows.findIndex((row) => row.id === id)
  return {
    dossier,
    revision,
    cases: casesOf(revision.components),
    rows: [...rows].sort((a, b) => Number(b.row.n === dossier.methodN) - Number(a.row.n === dossier.methodN)),
    summary: form?.summary ?? [],
    warnings: form?.warnings ?? {},
    duplicates,
    previous: at > 0 ? inbox.rows[at - 1]?.id : undefined,
    next: at === -1 ? undefined : inbox.rows[at + 1]?.id,
  }
}
