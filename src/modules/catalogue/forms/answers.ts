/** PURE. From the fields of a page to answers and back. What cannot be read as its kind stays as it was typed: nothing is lost, the check says what is wrong. */
import type { Json } from '#kernel/digest.ts'
import { type PlainDate, isPlainDate, plainDate, formatDate } from '#kernel/plain-date.ts'
import { tidy } from '#kernel/text.ts'
import { computed } from './computed.ts'
import { holds } from './condition.ts'
import type { ElectronicForm, FormContent, FormField, FormItem, FormRows, Pointer, PrefillSource } from './electronic-form.ts'
import { bind, isList, isObject, nameOf, valueAt, withValue } from './pointers.ts'
import { isField, isRows, walk } from './walk.ts'

/** By name of the HTML field. */
export type Fields = ReadonlyMap<string, readonly string[]>

/** @param today for what is computed by the day: that of filing, once it is filed */
export const answersFromFields = (form: FormContent, fields: Fields, today: PlainDate): Json => {
  if (fields.size === 0) return finish(form, withDefaults(form), today)
  let answers: Json = {}
  const read = (items: readonly FormItem[], rows: readonly number[]): void => {
    for (const item of items) {
      if (item.kind === 'group') read(item.items, rows)
      else if (item.kind === 'field') answers = withValue(answers, bind(item.at, rows), answerOf(item, fields.get(nameOf(bind(item.at, rows))) ?? []))
      else readRows(item, rows)
    }
  }
  const readRows = (list: FormRows, rows: readonly number[]): void => {
    const at = bind(list.at, rows)
    const count = Math.min(list.max, rowsTyped(nameOf(at), fields))
    for (let n = 0; n < count; n += 1) {
      answers = withValue(answers, `${at}/${n}`, {})
      read(list.items, [...rows, n])
    }
  }
  for (const section of form.layout) read(section.items, [])
  return finish(form, answers, today)
}

/** `members.2.fullName` says that there are three rows at least. */
const rowsTyped = (name: string, fields: Fields): number =>
  [...fields.keys()].reduce((most, field) => {
    const row = field.startsWith(`${name}.`) ? /^(\d{1,2})(?:\.|$)/.exec(field.slice(name.length + 1))?.[1] : undefined
    return row === undefined ? most : Math.max(most, Number(row) + 1)
  }, 0)

export const answerOf = (field: FormField, typed: readonly string[]): Json | undefined => {
  if (field.control === 'checkboxes') return typed.some((v) => v !== '') ? typed.filter((v) => v !== '') : undefined
  const text = (typed[0] ?? '').includes('\n') ? (typed[0] ?? '').normalize('NFC').trim() : tidy(typed[0] ?? '')
  if (text === '' || field.control === 'computed') return undefined
  switch (field.control) {
    case 'date':
    case 'partial-date':
      return dateOfText(text)
    case 'integer':
    case 'money':
      return integerOfText(text)
    case 'checkbox':
      return true
    default:
      return field.format === 'personal-number' || field.format === 'phone' ? digitsOfText(text, field.format) : text
  }
}

/** `24/11/2026`, `24-11-2026`, `11/2026`, `2026` and what a date picker sends. */
const dateOfText = (text: string): string => {
  if (isPlainDate(text)) return text
  const [, day, month, year] = /^(?:(\d{1,2})[/.-])?(?:(\d{1,2})[/.-])?(\d{4})$/.exec(text) ?? []
  if (year === undefined) return text
  const two = (part: string) => part.padStart(2, '0')
  if (day !== undefined && month !== undefined) return isPlainDate(`${year}-${two(month)}-${two(day)}`) ? `${year}-${two(month)}-${two(day)}` : text
  return day === undefined ? year : `${year}-${two(day)}`
}

const integerOfText = (text: string): number | string => {
  const plain = text.replace(/[\s.]/g, '')
  return /^\d{1,15}$/.test(plain) ? Number(plain) : text
}

const digitsOfText = (text: string, format: 'personal-number' | 'phone'): string => {
  const plain = text.replace(/[\s.-]/g, '')
  if (format === 'phone') return /^\+?84\d{9,10}$/.test(plain) ? plain.replace(/^\+?84/, '0') : /^\d+$/.test(plain) ? plain : text
  return /^\d+$/.test(plain) ? plain : text
}

const withDefaults = (form: FormContent): Json =>
  walk(form, {}).filter(isField).reduce<Json>((answers, { item, at }) => (item.default === undefined ? answers : withValue(answers, at, item.default)), {})

/** What is copied and computed follows what was typed. */
export const finish = (form: FormContent, answers: Json, today: PlainDate): Json => {
  let next = answers
  for (const copy of form.copies) {
    if (!holds(copy.if, next)) continue
    for (const key of copy.keys) next = withValue(next, `${copy.to}/${key}`, valueAt(next, `${copy.from}/${key}`))
  }
  for (const { item, at, rows } of walk(form, next).filter(isField)) {
    if (item.control === 'computed') next = withValue(next, at, computed(item.compute ?? '', (item.from ?? []).map((from) => valueAt(next, bind(from, rows))), today))
  }
  return next
}

/** The fields of a page that holds these answers: names and values, an empty one for every field of a row so that the row stays. */
export const fieldsFromAnswers = (form: FormContent, answers: Json): Record<string, string[]> => {
  const fields: Record<string, string[]> = {}
  for (const placed of walk(form, answers).filter(isField)) {
    if (placed.item.control === 'computed') continue
    const texts = textsOf(valueAt(answers, placed.at))
    if (texts.length > 0 || placed.rows.length > 0) fields[nameOf(placed.at)] = texts.length > 0 ? [...texts] : ['']
  }
  return fields
}

/** As a person reads and types it. */
export const textsOf = (value: Json | undefined): readonly string[] => {
  if (value === undefined || value === null || value === false) return []
  if (isList(value)) return value.filter((v): v is string => typeof v === 'string')
  if (value === true) return ['on']
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  return text === '' ? [] : [isPlainDate(text) ? formatDate(plainDate(text)) : /^\d{4}-\d{2}$/.test(text) ? text.split('-').toReversed().join('/') : text]
}

/** A row more, or one less; the list stays within its bounds. `at`: `/members`, or `/members/2` to take out. */
export const addRow = (form: FormContent, answers: Json, at: Pointer): Json => {
  const list = walk(form, answers).filter(isRows).find((placed) => placed.at === at)
  if (list === undefined) return answers
  const kept = valueAt(answers, at)
  const count = Math.max(list.item.min, isList(kept) ? kept.length : 0)
  return count >= list.item.max ? answers : withValue(answers, `${at}/${count}`, {})
}
export const removeRow = (form: FormContent, answers: Json, at: Pointer): Json => {
  const cut = at.lastIndexOf('/')
  const list = at.slice(0, cut)
  const kept = valueAt(answers, list)
  if (!isList(kept) || !walk(form, answers).filter(isRows).some((placed) => placed.at === list)) return answers
  return withValue(answers, list, kept.filter((_, n) => String(n) !== at.slice(cut + 1)))
}

/** What the program knows of whoever fills it in. */
export type KnownPerson = {
  readonly name: string
  readonly birthOn: string | null
  readonly gender: 'male' | 'female' | null
  readonly personalNumber: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly address: string | null
}

const knownOf = (person: KnownPerson): Readonly<Record<PrefillSource, string | null>> => ({
  'applicant.name': person.name,
  'applicant.birthOn': person.birthOn,
  'applicant.gender': person.gender === null ? null : person.gender === 'male' ? '1' : '2',
  'applicant.personalNumber': person.personalNumber,
  'applicant.phone': person.phone,
  'applicant.email': person.email,
  'applicant.address': person.address,
})

export const prefillAnswers = (form: ElectronicForm, person: KnownPerson, today: PlainDate): Json => {
  const known = knownOf(person)
  return finish(form, Object.entries(form.prefill).reduce<Json>((answers, [at, source]) => (known[source] === null ? answers : withValue(answers, at, known[source])), withDefaults(form)), today)
}

/** Without what is hidden, and without empty groups: what is filed. */
export const withoutHidden = (form: FormContent, answers: Json): Json => {
  const shown = walk(form, answers).filter((placed) => isField(placed) && placed.shown)
  const lists = walk(form, answers).filter(isRows).filter((list) => list.shown)
  const rows = lists.reduce<Json>((kept, list) => {
    const own = valueAt(answers, list.at)
    return isList(own) ? withValue(kept, list.at, own.map(() => ({}))) : kept
  }, {})
  return shown.reduce<Json>((kept, { at }) => {
    const value = valueAt(answers, at)
    return value === undefined ? kept : withValue(kept, at, value)
  }, isObject(rows) ? rows : {})
}
