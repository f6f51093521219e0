/** A person or organisation, officer or applicant. Pure. Every value is personal: events hold digests, `log.private` the values (decision 5). */
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import { ERASED, type EventData, personal } from '#platform/log/private.ts'

export type PersonKind = 'individual' | 'organisation'
export type Gender = 'male' | 'female'

export type PersonDetails = {
  readonly name: string
  /** Twelve digits; of an organisation its tax or enterprise code. */
  readonly personalNumber: string | null
  readonly phone: string | null
  readonly birthOn: PlainDate | null
  readonly gender: Gender | null
  readonly address: string | null
  readonly email: string | null
}
export type PersonState = { readonly id: Uuid; readonly kind: PersonKind } & PersonDetails

export type PersonEvent =
  | { readonly type: 'person.registered'; readonly data: { readonly kind: PersonKind } & PersonDetails }
  | { readonly type: 'person.changed'; readonly data: Partial<PersonDetails> }

/** What stands in the log: each value that is there, made private. */
export const personEventData = (event: PersonEvent): EventData =>
  Object.fromEntries(
    Object.entries(event.data).map(([key, value]) => [key, key === 'kind' || value === null || value === undefined ? value : personal(value)]),
  )

export const evolvePerson = (id: Uuid, state: PersonState | undefined, event: PersonEvent): PersonState => {
  if (event.type === 'person.registered') return { id, ...event.data }
  if (state === undefined) throw new Error(`person ${id}: ${event.type} before person.registered`)
  return { ...state, ...event.data }
}

export type PersonRow = {
  readonly id: Uuid
  readonly kind: PersonKind
  readonly name: string
  readonly personal_number: string | null
  readonly phone: string | null
  readonly birth_on: PlainDate | null
  readonly gender: Gender | null
  readonly address: string | null
  readonly email: string | null
}

/** An erased value leaves an empty column; the name says that it was erased. */
const kept = <T extends string>(value: T | null): T | null => (value === ERASED ? null : value)

/** Decision 10: the only place where a person's row is made. */
export const rowOfPerson = (state: PersonState): PersonRow => ({
  id: state.id,
  kind: state.kind,
  name: state.name,
  personal_number: kept(state.personalNumber),
  phone: kept(state.phone),
  birth_on: state.birthOn !== null && isPlainDate(state.birthOn) ? state.birthOn : null,
  gender: kept(state.gender),
  address: kept(state.address),
  email: kept(state.email),
})
