/** Answers held against their form: JSON Schema by Ajv with our own sentences, then the rules across fields. Compiled once per version. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Json } from '#kernel/digest.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { withoutHidden } from './answers.ts'
import { lower } from './compile-form.ts'
import type { AnswerErrors, ElectronicForm, FormField, Pointer } from './electronic-form.ts'
import { failedChecks } from './form-checks.ts'
import { formats } from './formats.ts'
import { valueAt, withValue } from './pointers.ts'
import { isField, isGroup, isRows, walk } from './walk.ts'

let ajv: Ajv2020 | undefined
const validators = new Map<string, ValidateFunction>()

const validatorOf = (form: ElectronicForm): ValidateFunction => {
  if (ajv === undefined) {
    ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true })
    for (const [name, { test }] of Object.entries(formats())) ajv.addFormat(name, { type: 'string', validate: test })
  }
  let validate = validators.get(form.version)
  if (validate === undefined) {
    validate = ajv.compile(form.schema)
    validators.set(form.version, validate)
  }
  return validate
}

type Lang = 'vi' | 'en'

/**
 * @param today for ages and days that cannot be
 * @returns the answers as they are filed, without what is hidden; or a sentence for each that is not good, in the order of the form
 */
export const checkAnswers = (form: ElectronicForm, answers: Json, today: PlainDate, lang: Lang = 'vi'): Result<Json, AnswerErrors> => {
  const filed = withoutHidden(form, answers)
  const validate = validatorOf(form)
  validate(withGroups(form, filed))
  const found = new Map<Pointer, string>()
  const note = (at: Pointer, say: string) => found.has(at) || found.set(at, say)
  const fields = walk(form, filed).filter(isField)
  const byPointer = new Map(fields.map((placed) => [placed.at, placed]))
  for (const error of validate.errors ?? []) {
    const at = pointerOf(error)
    const placed = byPointer.get(at) ?? byPointer.get(at.slice(0, at.lastIndexOf('/')))
    if (placed !== undefined && placed.shown) note(placed.at, SENTENCE[lang](placed.item, error, placed.rows))
    const list = walk(form, filed).filter(isRows).find((one) => one.at === at && one.shown)
    if (list !== undefined) note(at, lang === 'en' ? `Add at least ${list.item.min}: ${lower(list.item.rowTitleEn)}.` : `Thêm ít nhất ${list.item.min} ${lower(list.item.rowTitle)}.`)
  }
  for (const failed of failedChecks(form, filed, today)) if (failed.level === 'error') note(failed.at, lang === 'en' ? failed.sayEn : failed.say)
  if (found.size === 0 && (validate.errors ?? []).length > 0) throw new Error(`form ${form.slug}: an error that belongs to no field: ${JSON.stringify(validate.errors?.[0]?.schemaPath)}`)
  if (found.size === 0) return ok(filed)
  const order = walk(form, filed).map((placed) => placed.at)
  return err(Object.fromEntries([...found].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))))
}

/** What stops nobody, but should be looked at: for citizen and officer. Several about one answer stand in one line. */
export const warningsOf = (form: ElectronicForm, answers: Json, today: PlainDate, lang: Lang = 'vi'): AnswerErrors => {
  const found = failedChecks(form, withoutHidden(form, answers), today).filter((f) => f.level === 'warning')
  return Object.fromEntries([...Map.groupBy(found, (f) => f.at)].map(([at, all]) => [at, [...new Set(all.map((f) => (lang === 'en' ? f.sayEn : f.say)))].join(' ')]))
}

/** A missing group would be one fault; its missing members are what has to be said. */
const withGroups = (form: ElectronicForm, answers: Json): Json => {
  const places = walk(form, answers)
  const groups = [...new Set(places.filter((p) => (isGroup(p) ? p.shown : isField(p) && p.shown)).map((p) => (isGroup(p) ? p.at : p.at.slice(0, p.at.lastIndexOf('/')))))]
  return groups.filter((at) => at !== '').reduce<Json>((whole, at) => (valueAt(whole, at) === undefined ? withValue(whole, at, {}) : whole), answers)
}

const pointerOf = (error: ErrorObject): Pointer =>
  error.keyword === 'required' && typeof error.params['missingProperty'] === 'string' ? `${error.instancePath}/${error.params['missingProperty']}` : error.instancePath

const CHOSEN: ReadonlySet<FormField['control']> = new Set<FormField['control']>(['radio', 'select', 'checkboxes', 'province', 'commune'])

type Sentence = (field: FormField, error: ErrorObject, rows: readonly number[]) => string
const about = (context: string, rows: readonly number[]): string => `${context.replace('{n}', String((rows.at(-1) ?? 0) + 1))}: `

const vietnamese: Sentence = (field, error, rows) => {
  const label = lower(field.label)
  const where = about(field.context, rows)
  switch (error.keyword) {
    case 'required':
      return field.control === 'checkbox' ? (field.say ?? `${where}đánh dấu “${field.label}”.`) : `${where}${CHOSEN.has(field.control) ? 'chọn' : 'ghi'} ${label}.`
    case 'const':
      return field.say ?? `${where}đánh dấu “${field.label}”.`
    case 'format':
      return field.say ?? formats()[String(error.params['format'])]?.say(label) ?? `${where}ghi lại ${label}.`
    case 'type':
      return field.say ?? (field.control === 'integer' || field.control === 'money' ? `${where}ghi ${label} bằng chữ số.` : `${where}ghi lại ${label}.`)
    case 'enum':
      return field.say ?? `${where}chọn ${label} trong danh sách.`
    case 'maxLength':
      return `${where}${label} dài quá ${String(error.params['limit'])} ký tự.`
    case 'minimum':
    case 'maximum':
      return field.say ?? `${where}${label} ${error.keyword === 'minimum' ? 'từ' : 'nhiều nhất'} ${String(error.params['limit'])}${error.keyword === 'minimum' ? ' trở lên' : ''}.`
    default:
      return field.say ?? `${where}xem lại ${label}.`
  }
}

const english: Sentence = (field, error, rows) => {
  const label = lower(field.labelEn)
  const where = about(field.contextEn ?? field.context, rows)
  switch (error.keyword) {
    case 'required':
      return field.control === 'checkbox' ? (field.sayEn ?? `${where}tick “${field.labelEn}”.`) : `${where}${CHOSEN.has(field.control) ? 'choose' : 'fill in'} “${label}”.`
    case 'const':
      return field.sayEn ?? `${where}tick “${field.labelEn}”.`
    case 'format':
      return field.sayEn ?? formats()[String(error.params['format'])]?.sayEn(label) ?? `${where}correct “${label}”.`
    case 'type':
      return field.sayEn ?? (field.control === 'integer' || field.control === 'money' ? `${where}write “${label}” in digits.` : `${where}correct “${label}”.`)
    case 'enum':
      return field.sayEn ?? `${where}choose “${label}” from the list.`
    case 'maxLength':
      return `${where}“${label}” is longer than ${String(error.params['limit'])} characters.`
    case 'minimum':
    case 'maximum':
      return field.sayEn ?? `${where}“${label}” must be at ${error.keyword === 'minimum' ? 'least' : 'most'} ${String(error.params['limit'])}.`
    default:
      return field.sayEn ?? `${where}correct “${label}”.`
  }
}
const SENTENCE: Readonly<Record<Lang, Sentence>> = { vi: vietnamese, en: english }
