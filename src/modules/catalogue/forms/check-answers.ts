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

/**
 * @param today for ages and days that cannot be
 * @returns the answers as they are filed, without what is hidden; or a sentence for each that is not good, in the order of the form
 */
export const checkAnswers = (form: ElectronicForm, answers: Json, today: PlainDate): Result<Json, AnswerErrors> => {
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
    if (placed !== undefined && placed.shown) note(placed.at, sentence(placed.item, error, placed.rows))
    const list = walk(form, filed).filter(isRows).find((one) => one.at === at && one.shown)
    if (list !== undefined) note(at, `Thêm ít nhất ${list.item.min} ${lower(list.item.rowTitle)}.`)
  }
  for (const failed of failedChecks(form, filed, today)) if (failed.level === 'error') note(failed.at, failed.say)
  if (found.size === 0 && (validate.errors ?? []).length > 0) throw new Error(`form ${form.slug}: an error that belongs to no field: ${JSON.stringify(validate.errors?.[0]?.schemaPath)}`)
  if (found.size === 0) return ok(filed)
  const order = walk(form, filed).map((placed) => placed.at)
  return err(Object.fromEntries([...found].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))))
}

/** What stops nobody, but should be looked at: for citizen and officer. */
export const warningsOf = (form: ElectronicForm, answers: Json, today: PlainDate): AnswerErrors =>
  Object.fromEntries(failedChecks(form, withoutHidden(form, answers), today).filter((f) => f.level === 'warning').map((f) => [f.at, f.say]))

/** A missing group would be one fault; its missing members are what has to be said. */
const withGroups = (form: ElectronicForm, answers: Json): Json => {
  const places = walk(form, answers)
  const groups = [...new Set(places.filter((p) => (isGroup(p) ? p.shown : isField(p) && p.shown)).map((p) => (isGroup(p) ? p.at : p.at.slice(0, p.at.lastIndexOf('/')))))]
  return groups.filter((at) => at !== '').reduce<Json>((whole, at) => (valueAt(whole, at) === undefined ? withValue(whole, at, {}) : whole), answers)
}

const pointerOf = (error: ErrorObject): Pointer =>
  error.keyword === 'required' && typeof error.params['missingProperty'] === 'string' ? `${error.instancePath}/${error.params['missingProperty']}` : error.instancePath

const CHOSEN: ReadonlySet<FormField['control']> = new Set<FormField['control']>(['radio', 'select', 'checkboxes', 'province', 'commune'])

const sentence = (field: FormField, error: ErrorObject, rows: readonly number[]): string => {
  const label = lower(field.label)
  const about = `${field.context.replace('{n}', String((rows.at(-1) ?? 0) + 1))}: `
  switch (error.keyword) {
    case 'required':
      return field.control === 'checkbox' ? `${about}đánh dấu “${field.label}”.` : `${about}${CHOSEN.has(field.control) ? 'chọn' : 'ghi'} ${label}.`
    case 'const':
      return `${about}đánh dấu “${field.label}”.`
    case 'format':
      return field.say ?? formats()[String(error.params['format'])]?.say(label) ?? `${about}ghi lại ${label}.`
    case 'type':
      return field.say ?? (field.control === 'integer' || field.control === 'money' ? `${about}ghi ${label} bằng chữ số.` : `${about}ghi lại ${label}.`)
    case 'enum':
      return field.say ?? `${about}chọn ${label} trong danh sách.`
    case 'maxLength':
      return `${about}${label} dài quá ${String(error.params['limit'])} ký tự.`
    case 'minimum':
    case 'maximum':
      return field.say ?? `${about}${label} ${error.keyword === 'minimum' ? 'từ' : 'nhiều nhất'} ${String(error.params['limit'])}${error.keyword === 'minimum' ? ' trở lên' : ''}.`
    default:
      return field.say ?? `${about}xem lại ${label}.`
  }
}
