/** PURE. What the rows of a dossier keep of `extension.ts`: built by `rowsOf` alone (decision 10). */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { type ApologyKind, extensionsOf, waitingApology } from './extension.ts'
import type { DossierState } from './state.ts'

/** Of the dossier: what the lateness run and its lists ask for. */
export type ExtensionColumns = { apology_kind: ApologyKind | null; extensions: number; apologised_for: Instant | null; late_for: Instant | null; late_level: number }

export type ApologyDraftRow = { dossier_id: Uuid; drafted_at: Instant; kind: ApologyKind; reason: string; about: Instant; proposed_due_at: Instant | null }
export type ApologyRow = {
  dossier_id: Uuid
  n: number
  kind: ApologyKind
  number: string
  sent_at: Instant
  by_person: Uuid | null
  by_post: Uuid | null
  reason: string
  explanation: string | null
  about: Instant
  due_at: Instant | null
  timely: boolean
}

export const extensionColumns = (state: DossierState): ExtensionColumns => ({
  apology_kind: waitingApology(state)?.kind ?? null,
  extensions: extensionsOf(state).length,
  apologised_for: state.apologies.findLast((a) => a.kind !== 'extension')?.about ?? null,
  late_for: state.late?.about ?? null,
  late_level: state.late?.level ?? 0,
})

export const apologyDraftRows = ({ id, apologyDraft: draft }: DossierState): readonly ApologyDraftRow[] =>
  draft === null ? [] : [{ dossier_id: id, drafted_at: draft.at, kind: draft.kind, reason: draft.reason, about: draft.about, proposed_due_at: draft.proposedDueAt }]

export const apologyRows = ({ id, apologies }: DossierState): readonly ApologyRow[] =>
  apologies.map((a) => ({
    dossier_id: id, n: a.n, kind: a.kind, number: a.number, sent_at: a.at, by_person: a.by.personId, by_post: a.by.postId, reason: a.reason, explanation: a.explanation, about: a.about, due_at: a.dueAt, timely: a.timely,
  }))
