/** PURE. What the rules across fields ask, by name. Names are part of forms that went out: one may be added, none taken away. */
import type { Json } from '#kernel/digest.ts'
import { type PlainDate, addDays, isPlainDate } from '#kernel/plain-date.ts'
import { fold } from '#kernel/text.ts'
import type { FormCheck } from './electronic-form.ts'
import { choicesOf } from './lists.ts'
import { findCommune } from './places.ts'
import { isObject, valueAt } from './pointers.ts'

export type Asked = {
  readonly value: Json | undefined
  readonly other: Json | undefined
  readonly among: readonly (Json | undefined)[]
  /** Where the answer stands in a list: all rows, the number of its own, and its pointer inside a row. */
  readonly rows: readonly Json[]
  readonly row: number
  readonly key: string
  readonly check: FormCheck
  readonly today: PlainDate
}
/** True: the rule holds, or what it asks about is not there (that is another rule's business). */
type Rule = (asked: Asked) => boolean

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const isDate = (value: Json | undefined): value is PlainDate => typeof value === 'string' && isPlainDate(value)

/** `1960` and `1960-04` count from their first day: who knows no day of birth was born on the first (of January). Undefined: no date at all. */
const firstDay = (value: Json | undefined): PlainDate | undefined => {
  const date = /^\d{4}$/.test(text(value)) ? `${text(value)}-01-01` : /^\d{4}-\d{2}$/.test(text(value)) ? `${text(value)}-01` : text(value)
  return isPlainDate(date) ? date : undefined
}
/** The last day that it could mean. */
const lastDay = (value: Json | undefined): PlainDate | undefined => {
  const first = firstDay(value)
  if (first === undefined || isDate(value)) return first
  return addDays(monthsLater(first, /^\d{4}$/.test(text(value)) ? 12 : 1), -1)
}

/** The same day, so many years later; 29 February counts on 1 March (BLDS 2015 Art 148). */
const yearsLater = (date: string, years: number): string => {
  const later = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
  return isPlainDate(later) ? later : later.replace('-02-29', '-03-01')
}
/** The same day of a later month, or its last. */
const monthsLater = (date: PlainDate, months: number): PlainDate => {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const first = `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
  for (let day = Number(date.slice(8)); ; day -= 1) {
    const later = `${first}-${String(day).padStart(2, '0')}`
    if (isPlainDate(later)) return later
  }
}

type Person = { readonly number: string; readonly born: string; readonly gender: string }
const personOf = (value: Json | undefined): Person => {
  const at = (key: string) => (isObject(value) ? text(value[key]) : '')
  return { number: at('personalId'), born: at('dateOfBirth'), gender: at('gender') }
}
/** A6: digit 4 tells century and gender, digits 5–6 the year of birth. */
const isNumber = (number: string): boolean => /^\d{12}$/.test(number)
const genderIn = (number: string): string => (!isNumber(number) ? '' : Number(number[3]) % 2 === 0 ? '1' : '2')
const yearIn = (number: string): number => 1900 + Math.floor(Number(number[3]) / 2) * 100 + Number(number.slice(4, 6))
const genderOf = (person: Person): string => (person.gender === '' ? genderIn(person.number) : person.gender)

const yearAgrees: Rule = ({ value, other }) => !isNumber(text(value)) || personOf(other).born === '' || Number(personOf(other).born.slice(0, 4)) === yearIn(text(value))
/** `value`: of a form that only one gender fills in. */
const genderAgrees: Rule = ({ value, other, check }) => {
  const stated = check.value ?? personOf(other).gender
  return !isNumber(text(value)) || stated === '' || genderIn(text(value)) === stated
}

/** A3. Papers of other kinds and of other countries are what they are. */
const PAPER_NUMBERS: Readonly<Record<string, RegExp>> = {
  'can-cuoc': /^\d{12}$/,
  'can-cuoc-dien-tu': /^\d{12}$/,
  cccd: /^\d{12}$/,
  'chung-nhan-can-cuoc': /^\d{12}$/,
  cmnd: /^(\d{9}|\d{12})$/,
  'ho-chieu-viet-nam': /^[A-Z]\d{7,8}$/,
  'ho-chieu-nuoc-ngoai': /^[A-Z0-9]{5,20}$/,
}

/** From the first day to the last; without a last day it goes on. */
const period = (row: Json | undefined): readonly [string, string] => [text(valueAt(row, '/from')), isDate(valueAt(row, '/to')) ? text(valueAt(row, '/to')) : '9999-12-31']

/** Accents count (`nhận bán` is no `nhân bản`), unless there are none at all. */
const has = (words: readonly string[] | undefined, value: Json | undefined): boolean => {
  const said = text(value).normalize('NFC').toLowerCase()
  const read = fold(said) === said ? fold : (word: string) => word
  return (words ?? []).some((word) => ` ${said.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${read(word)} `))
}

export const RULES: Readonly<Record<string, Rule>> = {
  'not-after-today': ({ value, today }) => text(value).slice(0, 10) <= today || text(value) === '',
  'not-before-today': ({ value, today }) => !isDate(value) || value >= today,
  'commune-in-province': ({ value, other }) => {
    const commune = findCommune(text(value))
    return commune === undefined || text(other) === '' || commune.provinceCode === other
  },
  /** On the day of `with`, else today. */
  'at-least-years-old': ({ value, other, check, today }) => {
    const born = firstDay(value)
    return born === undefined || yearsLater(born, check.years ?? 0) <= (isDate(other) ? other : today)
  },
  before: ({ value, other }) => {
    const [first, last] = [firstDay(value), lastDay(other)]
    return first === undefined || last === undefined || first <= last
  },
  'years-before': ({ value, other, check }) => {
    const [first, last] = [firstDay(value), lastDay(other)]
    return first === undefined || last === undefined || yearsLater(first, check.years ?? 0) <= last
  },
  'within-days': ({ value, check, today }) => !isDate(value) || addDays(value, check.days ?? 0) >= today,
  'within-months': ({ value, other, check, today }) => !isDate(value) || monthsLater(value, check.months ?? 0) >= (isDate(other) ? other : today),
  'different-people': ({ value, other }) => text(value) === '' || value !== other,
  'not-repeated': ({ value, rows, row, key }) => text(value) === '' || !rows.slice(0, row).some((before) => valueAt(before, `/${key}`) === value),
  'no-overlap': ({ value, rows, row }) => {
    const [from, to] = period(rows[row])
    return !isDate(value) || !rows.slice(0, row).some((before) => period(before)[0] !== '' && period(before)[0] <= to && from <= period(before)[1])
  },
  /** Said once: where none is marked at the first row, else at each one too many. A single row needs no mark. */
  'exactly-one': ({ value, rows, row, key }) => {
    const marked = rows.map((one) => valueAt(one, `/${key}`) === true)
    if (!marked.includes(true)) return row > 0 || rows.length < 2
    return value !== true || marked.indexOf(true) === row
  },
  'number-at-least': ({ value, check }) => typeof value !== 'number' || value >= (check.least ?? 0),
  /** The family name is the first word; nobody is held against a name that is not there. */
  'surname-of-one': ({ value, among }) => {
    const surname = (name: Json | undefined) => fold(text(name)).split(' ')[0] ?? ''
    const known = among.filter((name) => text(name) !== '')
    return text(value) === '' || known.length === 0 || known.some((name) => surname(name) === surname(value))
  },
  'same-as-one': ({ value, among }) => text(value) === '' || among.some((other) => text(other) === '' || other === value),
  'without-words': ({ value, check }) => !has(check.words, value),
  /** LHNGĐ 2014 Art 8: women from 18, men from 20; of whom nothing is known, 18. */
  'marriage-age': ({ value, other, today }) => {
    const born = firstDay(value)
    return born === undefined || yearsLater(born, genderOf(personOf(other)) === '1' ? 20 : 18) <= today
  },
  'different-genders-by-number': ({ other, among }) => {
    const [one, two] = [genderOf(personOf(other)), genderOf(personOf(among[0]))]
    return one === '' || two === '' || one !== two
  },
  'identity-paper-number': ({ value, other }) => text(value) === '' || (PAPER_NUMBERS[text(other)]?.test(text(value).toUpperCase().replace(/[\s.-]/g, '')) ?? true),
  /** The condition of the check is the whole rule. */
  stated: () => false,
  /** A6, as one: of forms that went out before the three below. */
  'personal-number': (asked) => yearAgrees(asked) && genderAgrees(asked),
  /** Provinces as they were until 30/06/2025; from 100 on, countries. */
  'personal-number-place': ({ value }) => !isNumber(text(value)) || Number(text(value).slice(0, 3)) > 99 || choicesOf('birth-province').some((place) => place.value === text(value).slice(0, 3)),
  'personal-number-gender': genderAgrees,
  'personal-number-year': yearAgrees,
}
export const CHECKS: readonly string[] = Object.keys(RULES)
