/** What the page of an online submission needs, gathered once. */
import type { Uuid } from '#kernel/ids.ts'
import { type FormSummary, type ProcedureRevision, getForm, getRevision, summaryOf } from '#modules/catalogue'
import { type DossierView, type LikelyDuplicate, getDossierView, intakeInbox, likelyDuplicates } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { type Case, type RowChoice, casesOf, rowChoices } from './intake-view.ts'

export type SubmissionView = {
  readonly dossier: DossierView
  readonly revision: ProcedureRevision
  readonly cases: readonly Case[]
  /** The way of filing that was chosen first. */
  readonly rows: readonly RowChoice[]
  readonly summary: FormSummary
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
  const form = dossier.form === null ? undefined : getForm(dossier.form.slug)
  const at = inbox.rows.findIndex((row) => row.id === id)
  return {
    dossier,
    revision,
    cases: casesOf(revision.components),
    rows: [...rows].sort((a, b) => Number(b.row.n === dossier.methodN) - Number(a.row.n === dossier.methodN)),
    summary: form === undefined || dossier.form === null ? [] : summaryOf(form, dossier.form.answers),
    duplicates,
    previous: at > 0 ? inbox.rows[at - 1]?.id : undefined,
    next: at === -1 ? undefined : inbox.rows[at + 1]?.id,
  }
}
