/** PURE. Rows of the questions to other units: built by `rowsOf` alone (decision 10). */
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { closingOf } from './consultation.ts'
import { type ByColumns, by } from './row-parts.ts'
import type { DossierState } from './state.ts'

export type ConsultationRow = {
  dossier_id: Uuid
  n: number
  unit_id: Uuid
  /** It may be answered: the predicate of the inbox, and of who may read the dossier because of it. */
  open: boolean
  question: string
  files: Json
  limit_amount: number
  limit_unit: string
  silence: string
  asked_at: Instant
  due_at: Instant
  remind_at: Instant | null
  reminded_at: Instant | null
  answered_at: Instant | null
  stance: string | null
  opinion: string | null
  opinion_files: Json
  lapsed_at: Instant | null
  recalled_at: Instant | null
  recall_reason: string | null
} & ByColumns<'asked_by'> & ByColumns<'answered_by'> & ByColumns<'recalled_by'>

export const consultationRows = (s: DossierState): readonly ConsultationRow[] =>
  s.consultations.map((c) => ({
    dossier_id: s.id, n: c.n, unit_id: c.unitId, open: closingOf(s, c) === null, question: c.question, files: c.files, limit_amount: c.limit.amount, limit_unit: c.limit.unit, silence: c.silence,
    asked_at: c.asked.at, ...by('asked_by', c.asked.by), due_at: c.dueAt, remind_at: c.remindAt, reminded_at: c.remindedAt,
    answered_at: c.answer?.at ?? null, ...by('answered_by', c.answer?.by ?? null), stance: c.answer?.stance ?? null, opinion: c.answer?.text ?? null, opinion_files: c.answer?.files ?? [],
    lapsed_at: c.lapsedAt, recalled_at: c.recalled?.at ?? null, ...by('recalled_by', c.recalled?.by ?? null), recall_reason: c.recalled?.reason ?? null,
  }))
