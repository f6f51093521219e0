/** PURE. Rows of what was put right and of what was opened again; what personal there is in them comes from the log, and goes with it. */
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Correction } from './correction.ts'
import { type ByColumns, by } from './row-parts.ts'
import type { DossierState } from './state.ts'

type Keyed = { dossier_id: Uuid; n: number; at: Instant; reason: string } & ByColumns<'by'>
type CorrectionRow = Keyed & { kind: string; before: Json; after: Json }
type ReopeningRow = Keyed & {
  from_status: string
  step: string
  promised_at: Instant | null
  ended_at: Instant | null
  finished_at: Instant | null
  returned_at: Instant | null
  due_at: Instant | null
  due_law_at: Instant | null
  ended_again_at: Instant | null
}
export type CorrectionRows = { readonly correction: readonly CorrectionRow[]; readonly reopening: readonly ReopeningRow[] }

export const correctionRows = (s: DossierState): CorrectionRows => ({
  correction: s.corrections.map((c) => ({ dossier_id: s.id, n: c.n, kind: c.kind, at: c.at, ...by('by', c.by), reason: c.reason, before: jsonOf(c.before), after: jsonOf(c.after) })),
  reopening: s.reopenings.map((r) => ({
    dossier_id: s.id, n: r.n, at: r.at, ...by('by', r.by), reason: r.reason, from_status: r.from, step: r.step, promised_at: r.promisedAt, ended_at: r.endedAt, finished_at: r.finishedAt,
    returned_at: r.handOver?.at ?? null, due_at: r.dueAt, due_law_at: r.dueLawAt, ended_again_at: r.endedAgainAt,
  })),
})

const jsonOf = (values: Correction['before']): Json => JSON.parse(JSON.stringify(values)) as Json

/** Of the dossier: when it was last put right, and opened again. Null for nearly all. */
export type CorrectionColumns = { corrected_at: Instant | null; reopened_at: Instant | null }
export const correctionColumns = (s: DossierState): CorrectionColumns => ({ corrected_at: s.corrections.at(-1)?.at ?? null, reopened_at: s.reopenings.at(-1)?.at ?? null })
