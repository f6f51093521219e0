/** PURE. Rows of the visits to a place: built by `rowsOf` alone (decision 10). */
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { phaseOf } from './inspection.ts'
import { type ByColumns, by } from './row-parts.ts'
import type { DossierState } from './state.ts'

export type InspectionRow = {
  dossier_id: Uuid
  n: number
  phase: string
  planned_at: Instant
  appointment_at: Instant
  place: string
  note: string | null
  recorded_at: Instant | null
  began_at: Instant | null
  ended_at: Instant | null
  visited_place: string | null
  people: Json
  findings: string | null
  conclusion: string | null
  photos: Json
  signed_at: Instant | null
  scan: Json
  cancelled_at: Instant | null
  cancel_reason: string | null
} & ByColumns<'planned_by'> & ByColumns<'recorded_by'> & ByColumns<'signed_by'> & ByColumns<'cancelled_by'>

export const inspectionRows = (s: DossierState): readonly InspectionRow[] =>
  s.inspections.map((i) => {
    const { planned, appointment, record, signed, cancelled } = i
    return {
      dossier_id: s.id, n: i.n, phase: phaseOf(i), planned_at: planned.at, ...by('planned_by', planned.by), appointment_at: appointment.at, place: appointment.place, note: appointment.note,
      recorded_at: record?.at ?? null, ...by('recorded_by', record?.by ?? null), began_at: record?.beganAt ?? null, ended_at: record?.endedAt ?? null, visited_place: record?.place ?? null,
      people: record?.people ?? [], findings: record?.findings ?? null, conclusion: record?.conclusion ?? null, photos: record?.photos ?? [],
      signed_at: signed?.at ?? null, ...by('signed_by', signed?.by ?? null), scan: signed?.scan ?? null,
      cancelled_at: cancelled?.at ?? null, ...by('cancelled_by', cancelled?.by ?? null), cancel_reason: cancelled?.reason ?? null,
    }
  })
