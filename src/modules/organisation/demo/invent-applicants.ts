/** Invented applicants by number: the n-th is the same whatever was asked before, and no two have the same twelve digits. */
import type pg from 'pg'
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { openCopy } from '#platform/db/copy-rows.ts'
import type { NewEvent } from '#platform/log/append.ts'
import { type PersonDetails, type PersonEvent, type PersonKind, type PersonRow, evolvePerson, personEventData, rowOfPerson } from '../person-state.ts'
import { demoCity } from './city-data.ts'

export type Applicant = { readonly kind: PersonKind } & PersonDetails
export type ApplicantWish = {
  readonly kind: PersonKind
  readonly address: string
  /** Instead of an invented name. */
  readonly name?: string
  /** 0 ≤ x < 1, as often as asked. */
  readonly chance: () => number
  /** Numbers that people on record have. */
  readonly taken: ReadonlySet<string>
}

const SPAN = 1_000_000
const two = (n: number): string => String(n).padStart(2, '0')

/** A permutation of 0 … 999 999: neighbours look like strangers. */
const scattered = (n: number): string => String(((n % SPAN) * 387_421 + 91_193) % SPAN).padStart(6, '0')

const nameOf = (female: boolean, chance: () => number): string => {
  const { names } = demoCity()
  const one = (words: readonly string[]) => words[Math.floor(chance() * words.length)] ?? ''
  const family = one(names.family)
  if (family === 'Tôn Nữ' || family === 'Tôn Thất') return female ? `Tôn Nữ ${one(names.femaleGiven)} ${one(names.femaleGiven)}` : `Tôn Thất ${one(names.maleGiven)}`
  return female ? `${family} ${one(names.femaleMiddle)} ${one(names.femaleGiven)}` : `${family} ${one(names.maleMiddle)} ${one(names.maleGiven)}`
}

/** @param n 0, 1 … below four million */
export const inventApplicant = (n: number, wish: ApplicantWish): Applicant => {
  const { kind, address, chance, taken } = wish
  // No operator gives out 0900 0…: nobody is called by mistake.
  const phone = `09000${String((n * 7_919) % 100_000).padStart(5, '0')}`
  if (kind === 'organisation') {
    return { kind, name: wish.name ?? '', personalNumber: `33${String(n).padStart(8, '0')}`, phone, birthOn: null, gender: null, address, email: null }
  }
  const female = wish.name === undefined ? chance() < 0.53 : /(^| )(Thị|Nữ)( |$)|^H'/.test(wish.name)
  // The last six digits tell the first million apart, the year of birth the millions.
  let year = 1950 + 4 * Math.floor(chance() * 14) + Math.floor(n / SPAN)
  let personalNumber = numberOf(year, female, n)
  while (taken.has(personalNumber)) personalNumber = numberOf((year += 4), female, n)
  const birthOn = `${year}-${two(1 + Math.floor(chance() * 12))}-${two(1 + Math.floor(chance() * 28))}` as PlainDate
  return { kind, name: wish.name ?? nameOf(female, chance), personalNumber, phone, birthOn, gender: female ? 'female' : 'male', address, email: null }
}

/** forms.md A6: province 046, century and gender, year, six digits. */
const numberOf = (year: number, female: boolean, n: number): string => `046${(year >= 2000 ? 2 : 0) + (female ? 1 : 0)}${two(year % 100)}${scattered(n)}`

/** What `registerPerson` would write: the event of the stream, the row. */
export const registrationOf = (id: Uuid, applicant: Applicant): { readonly event: NewEvent; readonly row: PersonRow } => {
  const event: PersonEvent = { type: 'person.registered', data: applicant }
  return { event: { type: event.type, data: personEventData(event) }, row: rowOfPerson(evolvePerson(id, undefined, event)) }
}

const COLUMNS = ['id', 'kind', 'name', 'personal_number', 'phone', 'birth_on', 'gender', 'address', 'email'] as const satisfies readonly (keyof PersonRow)[]

/** For people registered in bulk, by the history of the demo city alone. */
export const peopleCopy = async (client: pg.ClientBase): Promise<{ readonly add: (row: PersonRow) => void; readonly flush: () => Promise<void> }> => {
  const { add, flush } = await openCopy(client, 'organisation.person', COLUMNS)
  return { add: (row) => add(COLUMNS.map((column) => row[column])), flush }
}
