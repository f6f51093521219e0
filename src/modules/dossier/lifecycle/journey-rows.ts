/** PURE. What the rows of a dossier keep of `journey.ts`: columns that are null, and no row, for one without an earlier attempt that was over once. */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { firstContactOf, lastEndOf, unmetAtOf } from './journey.ts'
import { type ByColumns, by } from './row-parts.ts'
import type { DossierState } from './state.ts'

/** `last_ended_at`: of what was over more than once, or whose result was replaced; what counts as its end in the figures of the law is `ended_at`. */
export type JourneyColumns = { first_contact_at: Instant | null; unmet_at: Instant | null; last_ended_at: Instant | null }
export type EarlierAttemptRow = {
  dossier_id: Uuid
  n: number
  of: string
  earlier_id: Uuid
  fate: string
  first_contact_at: Instant
  unmet_at: Instant | null
  linked_at: Instant
  reason: string | null
  unlinked_at: Instant | null
  unlink_reason: string | null
} & ByColumns<'linked_by'> & ByColumns<'unlinked_by'>

export const journeyColumns = (state: DossierState): JourneyColumns => {
  const last = state.reopenings.length === 0 && state.results.length < 2 ? null : lastEndOf(state)
  return { first_contact_at: firstContactOf(state), unmet_at: unmetAtOf(state), last_ended_at: last }
}

export const earlierAttemptRows = (state: DossierState): readonly EarlierAttemptRow[] =>
  state.attempts.map((a) => ({
    dossier_id: state.id, n: a.n, of: a.of, earlier_id: a.id, fate: a.fate, first_contact_at: a.firstContactAt, unmet_at: a.unmetAt, linked_at: a.linked.at, ...by('linked_by', a.linked.by), reason: a.reason,
    unlinked_at: a.unlinked?.at ?? null, ...by('unlinked_by', a.unlinked?.by ?? null), unlink_reason: a.unlinked?.reason ?? null,
  }))
