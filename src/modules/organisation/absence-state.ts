/**
 * Somebody is away (vắng mặt) for some days; who stands in (làm thay) does their work on dossiers meanwhile, without signing for them. Pure.
 * Why they are away is nobody's business here.
 */
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { STAND_IN_POWERS } from '#modules/access'

export type AbsenceState = {
  readonly id: Uuid
  readonly personId: Uuid
  readonly validFrom: PlainDate
  /** First day back. */
  readonly validTo: PlainDate
  readonly standInId: Uuid | null
  /** In which whoever recorded it leads the absent: there the stand-in does their work. Null: recorded before that was kept; in all that both work in. */
  readonly unitIds: readonly Uuid[] | null
}

export type AbsenceRecorded = { readonly type: 'absence.recorded'; readonly data: Omit<AbsenceState, 'id' | 'unitIds'> & Partial<Pick<AbsenceState, 'unitIds'>> }
/** Back on this day: earlier than thought, or never gone where it is the first day. */
export type AbsenceEvent = AbsenceRecorded | { readonly type: 'absence.ended'; readonly data: { readonly on: PlainDate } }

export const evolveAbsence = (id: Uuid, state: AbsenceState | undefined, event: AbsenceEvent): AbsenceState => {
  if (event.type === 'absence.recorded') return { unitIds: null, ...event.data, id }
  if (state === undefined) throw new Error(`absence ${id}: ${event.type} before absence.recorded`)
  return { ...state, validTo: event.data.on > state.validFrom ? event.data.on : state.validFrom }
}

export type AbsenceRefusal =
  | { readonly code: 'away-already'; readonly from: PlainDate; readonly to: PlainDate }
  | { readonly code: 'stand-in-away' }
  | { readonly code: 'stand-in-elsewhere' }
  | { readonly code: 'ended-already'; readonly on: PlainDate }

export type AbsenceFacts = {
  /** Of the same person, on some day of the new one. */
  readonly overlapping: { readonly from: PlainDate; readonly to: PlainDate } | undefined
  readonly standInAway: boolean
  /** The stand-in holds a post in a unit of the person's on the first day, one in which whoever records leads them. */
  readonly standInBeside: boolean
}

export const decideAbsence = (wanted: AbsenceRecorded['data'], facts: AbsenceFacts): Result<AbsenceRecorded, AbsenceRefusal> => {
  if (facts.overlapping !== undefined) return err({ code: 'away-already', ...facts.overlapping })
  if (wanted.standInId !== null && !facts.standInBeside) return err({ code: 'stand-in-elsewhere' })
  if (wanted.standInId !== null && facts.standInAway) return err({ code: 'stand-in-away' })
  return ok({ type: 'absence.recorded', data: wanted })
}

export const decideReturn = (state: AbsenceState, on: PlainDate): Result<AbsenceEvent, AbsenceRefusal> =>
  state.validTo <= on || state.validTo === state.validFrom ? err({ code: 'ended-already', on: state.validTo }) : ok({ type: 'absence.ended', data: { on } })

export type AbsenceRow = {
  readonly id: Uuid
  readonly person_id: Uuid
  readonly valid_from: PlainDate
  readonly valid_to: PlainDate
  readonly stand_in_id: Uuid | null
  readonly powers: readonly string[]
  readonly unit_ids: readonly Uuid[] | null
}

/** Decision 10: the only place where an absence's row is made. */
export const rowOfAbsence = (state: AbsenceState): AbsenceRow => ({
  id: state.id,
  person_id: state.personId,
  valid_from: state.validFrom,
  valid_to: state.validTo,
  stand_in_id: state.standInId,
  powers: state.standInId === null ? [] : STAND_IN_POWERS,
  unit_ids: state.unitIds,
})
