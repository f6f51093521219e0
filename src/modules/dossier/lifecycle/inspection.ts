/**
 * PURE. A visit to the place (kiểm tra thực địa; domain.md §2.5: it does not pause the clock; processes.md §3, inside HANDLE): an appointment that the applicant is told,
 * a record of who was there and what was found, with photographs, and the signature that closes it: what is signed is changed no more.
 */
import type { Instant } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { personal } from '#platform/log/private.ts'
import type { Moment } from './custody.ts'
import { type EventOf, type Noun, hideName, hideText } from './noun.ts'
import type { Refusal } from './lifecycle.ts'
import type { DossierState, FileKept } from './state.ts'

/** `capacity`: as what they were there: owner, neighbour, head of the hamlet. */
export type Present = { readonly name: string; readonly capacity: string }
type Appointment = { readonly at: Instant; readonly place: string; readonly note: string | null }
type Visit = { readonly beganAt: Instant; readonly endedAt: Instant; readonly place: string; readonly people: readonly Present[]; readonly findings: string; readonly conclusion: string | null }
export type InspectionRecord = Moment & Visit & { readonly photos: readonly FileKept[] }

export type Inspection = {
  readonly n: number
  readonly planned: Moment
  readonly appointment: Appointment
  readonly record: InspectionRecord | null
  /** `scan`: the paper with the hands of those who were there. */
  readonly signed: (Moment & { readonly scan: FileKept | null }) | null
  readonly cancelled: (Moment & { readonly reason: string }) | null
}
export type InspectionState = { readonly inspections: readonly Inspection[] }
export const NO_INSPECTION = { inspections: [] } as const satisfies InspectionState

export type InspectionAct =
  | ({ readonly action: 'plan-inspection' } & Appointment)
  | { readonly action: 'cancel-inspection'; readonly reason: string }
  | ({ readonly action: 'record-inspection' } & Visit & { /** Only the new ones. */ readonly photos: readonly FileKept[] })
  | { readonly action: 'sign-inspection'; readonly scan: FileKept | null }

export type InspectionEvent =
  | EventOf<'dossier.inspection-planned', { readonly n: number } & Appointment>
  | EventOf<'dossier.inspection-cancelled', { readonly n: number; readonly reason: string }>
  | EventOf<'dossier.inspection-recorded', { readonly n: number } & Visit & { readonly photos: readonly FileKept[] }>
  | EventOf<'dossier.inspection-signed', { readonly n: number; readonly scan: FileKept | null }>

export type InspectionRefused =
  | { readonly code: 'no-inspection-planned' }
  | { readonly code: 'no-inspection-record' }
  /** It was written down; it has to be signed before the next visit. */
  | { readonly code: 'inspection-unsigned'; readonly at: Instant }
  | { readonly code: 'appointment-in-past'; readonly at: Instant }
  | { readonly code: 'visit-in-future'; readonly at: Instant }
  | { readonly code: 'visit-ends-before'; readonly at: Instant }

/** The visit that is not over: planned, or written down and not signed. */
export const openInspection = (state: InspectionState): Inspection | undefined => state.inspections.find((i) => i.signed === null && i.cancelled === null)

const planned = (state: InspectionState): Refusal | undefined => (openInspection(state) === undefined ? { code: 'no-inspection-planned' } : undefined)
const unrecorded = (state: InspectionState): Refusal | undefined => {
  const record = openInspection(state)?.record ?? null
  return record === null ? undefined : { code: 'inspection-unsigned', at: record.at }
}

const changed = (state: DossierState, n: number, change: (i: Inspection) => Partial<Inspection>): DossierState => ({ ...state, inspections: state.inspections.map((i) => (i.n === n ? { ...i, ...change(i) } : i)) })

const inHand = { by: ['dossier.examine'], at: ['HANDLE'], hands: 'own' } as const

export const inspection: Noun<InspectionAct, InspectionEvent> = {
  rules: {
    // Also another time for the visit that is planned.
    'plan-inspection': { ...inHand, spent: unrecorded },
    'cancel-inspection': { ...inHand, spent: (state) => planned(state) ?? unrecorded(state) },
    // Written anew as often as need be, until it is signed.
    'record-inspection': { ...inHand, spent: planned },
    'sign-inspection': { ...inHand, spent: (state) => ((openInspection(state)?.record ?? null) === null ? { code: 'no-inspection-record' } : undefined) },
  },
  decide: {
    'plan-inspection': (state, { at, place, note }, { now }) =>
      at < now ? err({ code: 'appointment-in-past', at }) : ok([{ type: 'dossier.inspection-planned', data: { n: openInspection(state)?.n ?? state.inspections.length + 1, at, place, note } }]),
    'cancel-inspection': (state, { reason }) => ok([{ type: 'dossier.inspection-cancelled', data: { n: openInspection(state)!.n, reason } }]),
    'record-inspection': (state, { action: _, ...visit }, { now }) => {
      if (visit.endedAt < visit.beganAt) return err({ code: 'visit-ends-before', at: visit.beganAt })
      if (visit.endedAt > now) return err({ code: 'visit-in-future', at: visit.endedAt })
      return ok([{ type: 'dossier.inspection-recorded', data: { n: openInspection(state)!.n, ...visit } }])
    },
    'sign-inspection': (state, { scan }) => ok([{ type: 'dossier.inspection-signed', data: { n: openInspection(state)!.n, scan } }]),
  },
  evolve: {
    'dossier.inspection-planned': (state, { at, by, data: { n, ...appointment } }) => {
      const moment = { planned: { at, by }, appointment }
      if (state.inspections.some((i) => i.n === n)) return changed(state, n, () => moment)
      return { ...state, inspections: [...state.inspections, { n, ...moment, record: null, signed: null, cancelled: null }] }
    },
    'dossier.inspection-cancelled': (state, { at, by, data: { n, reason } }) => changed(state, n, () => ({ cancelled: { at, by, reason } })),
    'dossier.inspection-recorded': (state, { at, by, data: { n, photos, ...visit } }) => changed(state, n, (i) => ({ record: { at, by, ...visit, photos: [...(i.record?.photos ?? []), ...photos] } })),
    'dossier.inspection-signed': (state, { at, by, data: { n, scan } }) => changed(state, n, () => ({ signed: { at, by, scan } })),
  },
  hide: {
    'dossier.inspection-planned': ({ place, note, ...data }) => ({ ...data, place: personal(place), note: hideText(note) }),
    'dossier.inspection-cancelled': ({ n, reason }) => ({ n, reason: personal(reason) }),
    'dossier.inspection-recorded': ({ place, people, findings, conclusion, photos, ...data }) => ({
      ...data,
      place: personal(place),
      people: people.map(({ name, capacity }) => ({ name: personal(name), capacity: personal(capacity) })),
      findings: personal(findings),
      conclusion: hideText(conclusion),
      photos: photos.map(hideName),
    }),
    'dossier.inspection-signed': ({ n, scan }) => ({ n, scan: scan === null ? null : hideName(scan) }),
  },
  restore: {},
}

/** Every file of a visit, for whoever forgets their names. */
export const filesOfInspections = ({ inspections }: InspectionState): readonly FileKept[] =>
  inspections.flatMap((i) => [...(i.record?.photos ?? []), ...(i.signed?.scan == null ? [] : [i.signed.scan])])

export type InspectionPhase = 'planned' | 'recorded' | 'signed' | 'cancelled'
export const phaseOf = ({ record, signed, cancelled }: Inspection): InspectionPhase => {
  if (cancelled !== null) return 'cancelled'
  if (signed !== null) return 'signed'
  return record === null ? 'planned' : 'recorded'
}
