/**
 * A unit of the administration and what can happen to it. Pure. domain.md §1.4: every node has validity and successors, and renaming never
 * rewrites what was signed, so every name is kept with the day from which it was borne. Validity is [from, to) in Vietnamese days.
 */
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'

export const UNIT_KINDS = [
  'city-committee', // UBND thành phố
  'city-office', // Văn phòng UBND thành phố
  'department', // sở
  'service-centre', // Trung tâm Phục vụ hành chính công thành phố: the desk of all departments
  'commune-committee', // UBND xã, phường
  'commune-office', // Văn phòng HĐND và UBND
  'division', // phòng of a department or a commune
  'commune-desk', // Trung tâm Phục vụ hành chính công xã, phường
  'police', // Công an xã, phường
  'control-office', // kiểm soát thủ tục hành chính
  'home-affairs', // cải cách hành chính, in the department of home affairs
] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

/** Units that are an agency (cơ quan) of their own: their code stands in dossier codes. */
export const AGENCY_KINDS: readonly UnitKind[] = ['city-committee', 'city-office', 'department', 'service-centre', 'commune-committee']

export type UnitLevel = 'province' | 'commune'
/** Where a unit is found, from a day on. */
export type UnitContact = { readonly from: PlainDate; readonly address: string | null; readonly phone: string | null }
type UnitName = { readonly from: PlainDate; readonly name: string; readonly shortName: string }

export type UnitState = {
  readonly id: Uuid
  readonly code: string
  readonly kind: UnitKind
  readonly level: UnitLevel
  readonly parentId: Uuid | null
  readonly agencyId: Uuid
  readonly remit: string | null
  readonly areaCode: string | null
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  /** Oldest first; the last one is borne now. */
  readonly names: readonly UnitName[]
  /** Oldest first; empty where none was ever given. */
  readonly contacts: readonly UnitContact[]
  readonly successors: readonly Uuid[]
}

export type UnitFounded = {
  readonly type: 'unit.founded'
  readonly data: {
    readonly code: string
    readonly name: string
    readonly shortName: string
    readonly kind: UnitKind
    readonly level: UnitLevel
    readonly parentId: Uuid | null
    readonly agencyId: Uuid
    readonly remit: string | null
    readonly areaCode: string | null
    readonly validFrom: PlainDate
    /** Left out in events of before there were contacts. */
    readonly contact?: Omit<UnitContact, 'from'>
  }
}
export type UnitEvent =
  | UnitFounded
  | { readonly type: 'unit.renamed'; readonly data: UnitName }
  | { readonly type: 'unit.contact-changed'; readonly data: UnitContact }
  | { readonly type: 'unit.remit-changed'; readonly data: { readonly from: PlainDate; readonly remit: string | null } }
  | { readonly type: 'unit.closed'; readonly data: { readonly on: PlainDate; readonly successors: readonly Uuid[] } }

export const evolveUnit = (id: Uuid, state: UnitState | undefined, event: UnitEvent): UnitState => {
  if (event.type === 'unit.founded') {
    const { name, shortName, contact, ...rest } = event.data
    const from = rest.validFrom
    return { id, ...rest, validTo: null, names: [{ from, name, shortName }], contacts: contact === undefined ? [] : [{ from, ...contact }], successors: [] }
  }
  if (state === undefined) throw new Error(`unit ${id}: ${event.type} before unit.founded`)
  switch (event.type) {
    case 'unit.renamed':
      return { ...state, names: [...state.names.filter((n) => n.from !== event.data.from), event.data] }
    case 'unit.contact-changed':
      return { ...state, contacts: [...state.contacts.filter((c) => c.from !== event.data.from), event.data] }
    case 'unit.remit-changed':
      return { ...state, remit: event.data.remit }
    case 'unit.closed':
      return { ...state, validTo: event.data.on, successors: event.data.successors }
  }
}

export type UnitRefusal =
  | { readonly code: 'unit-closed'; readonly on: PlainDate }
  | { readonly code: 'before-validity'; readonly validFrom: PlainDate }
  | { readonly code: 'not-yet-in-force'; readonly from: PlainDate }
  | { readonly code: 'code-taken'; readonly unitCode: string }
  /** Of the same agency: a procedure would not know whom to go to. */
  | { readonly code: 'remit-taken'; readonly by: string }
  | { readonly code: 'remit-unknown' }
  /** They would wait for nobody. */
  | { readonly code: 'work-open'; readonly count: number }

/** A new name is entered once it is in force: the row shows the name of today. */
export const decideRename = (
  state: UnitState,
  name: UnitName,
  today: PlainDate,
): Result<UnitEvent, UnitRefusal> => {
  if (state.validTo !== null && state.validTo <= name.from) return err({ code: 'unit-closed', on: state.validTo })
  if (name.from < (state.names.at(-1)?.from ?? state.validFrom)) return err({ code: 'before-validity', validFrom: state.names.at(-1)?.from ?? state.validFrom })
  if (name.from > today) return err({ code: 'not-yet-in-force', from: name.from })
  return ok({ type: 'unit.renamed', data: name })
}

/** As a name, entered once it is in force; an address that was wrong may be put right for the day from which it holds. */
export const decideContact = (state: UnitState, contact: UnitContact, today: PlainDate): Result<UnitEvent, UnitRefusal> => {
  const since = state.contacts.at(-1)?.from ?? state.validFrom
  if (state.validTo !== null && state.validTo <= contact.from) return err({ code: 'unit-closed', on: state.validTo })
  if (contact.from < since) return err({ code: 'before-validity', validFrom: since })
  if (contact.from > today) return err({ code: 'not-yet-in-force', from: contact.from })
  return ok({ type: 'unit.contact-changed', data: contact })
}

/**
 * What comes in from now on goes by the new remit; what is being handled stays where it is.
 * @param offered the remits by which a procedure finds a unit @param takenBy name of the unit of the same agency that has it
 */
export const decideRemit = (state: UnitState, remit: string | null, known: { readonly offered: readonly string[]; readonly takenBy: string | null }, today: PlainDate): Result<UnitEvent, UnitRefusal> => {
  if (state.validTo !== null && state.validTo <= today) return err({ code: 'unit-closed', on: state.validTo })
  if (remit !== null && !known.offered.includes(remit)) return err({ code: 'remit-unknown' })
  if (known.takenBy !== null) return err({ code: 'remit-taken', by: known.takenBy })
  return ok({ type: 'unit.remit-changed', data: { from: today, remit } })
}

/**
 * domain.md §1.4: nobody's dossier is left behind. A day to come may be entered while work is open: until then it is finished.
 * @param on the first day on which the unit is no more @param work how many dossiers of it are open
 */
export const decideClose = (state: UnitState, on: PlainDate, successors: readonly Uuid[], work: number, today: PlainDate): Result<UnitEvent, UnitRefusal> => {
  if (state.validTo !== null) return err({ code: 'unit-closed', on: state.validTo })
  if (on < state.validFrom) return err({ code: 'before-validity', validFrom: state.validFrom })
  if (work > 0 && on <= today) return err({ code: 'work-open', count: work })
  return ok({ type: 'unit.closed', data: { on, successors } })
}

export type UnitRow = {
  readonly id: Uuid
  readonly code: string
  readonly name: string
  readonly short_name: string
  readonly kind: UnitKind
  readonly level: UnitLevel
  readonly parent_id: Uuid | null
  readonly agency_id: Uuid
  readonly remit: string | null
  readonly area_code: string | null
  readonly valid_from: PlainDate
  readonly valid_to: PlainDate | null
}
export type UnitRows = {
  readonly unit: UnitRow
  readonly names: readonly { readonly unit_id: Uuid; readonly valid_from: PlainDate; readonly name: string; readonly short_name: string }[]
  readonly contacts: readonly { readonly unit_id: Uuid; readonly valid_from: PlainDate; readonly address: string | null; readonly phone: string | null }[]
  readonly successions: readonly { readonly predecessor_id: Uuid; readonly successor_id: Uuid }[]
}

/** Decision 10: the only place where a unit's rows are made. */
export const rowsOfUnit = (state: UnitState): UnitRows => {
  const now = state.names.at(-1)
  return {
    unit: {
      id: state.id,
      code: state.code,
      name: now?.name ?? '',
      short_name: now?.shortName ?? '',
      kind: state.kind,
      level: state.level,
      parent_id: state.parentId,
      agency_id: state.agencyId,
      remit: state.remit,
      area_code: state.areaCode,
      valid_from: state.validFrom,
      valid_to: state.validTo,
    },
    names: state.names.map((n) => ({ unit_id: state.id, valid_from: n.from, name: n.name, short_name: n.shortName })),
    contacts: state.contacts.map((c) => ({ unit_id: state.id, valid_from: c.from, address: c.address, phone: c.phone })),
    successions: state.successors.map((s) => ({ predecessor_id: state.id, successor_id: s })),
  }
}
