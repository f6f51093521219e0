/** Electronic forms filled in with something good everywhere, and what their rules say of one answer that is changed. */
import type { Json } from '#kernel/digest.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { answersFromFields, fieldsFromAnswers, prefillAnswers } from '../src/modules/catalogue/forms/answers.ts'
import { checkAnswers, warningsOf } from '../src/modules/catalogue/forms/check-answers.ts'
import type { ElectronicForm, FormField } from '../src/modules/catalogue/forms/electronic-form.ts'
import { getForm } from '../src/modules/catalogue/forms/get-form.ts'
import { choicesOf } from '../src/modules/catalogue/forms/lists.ts'
import { valueAt, withValue } from '../src/modules/catalogue/forms/pointers.ts'
import { isField, walk } from '../src/modules/catalogue/forms/walk.ts'

export const TODAY = plainDate('2026-11-20')
export const PERSON = { name: 'Đặng Thị Dũng', birthOn: '1990-04-12', gender: 'female', personalNumber: '046190000001', phone: '0905123456', email: null, address: '12 Lê Lợi, phường Thuận Hóa' } as const

/** Something good for every question that is shown, the first of every list; rows as many as there must be. */
export const filled = (form: ElectronicForm, begun: Json = prefillAnswers(form, PERSON, TODAY)): Json => {
  let answers = begun
  for (let round = 0; round < 6; round += 1) {
    for (const { item, at } of walk(form, answers).filter((p) => p.shown).filter(isField)) if (valueAt(answers, at) === undefined) answers = withValue(answers, at, good(item, at))
  }
  return answersFromFields(form, new Map(Object.entries(fieldsFromAnswers(form, answers))), TODAY)
}

const FORMATS: Readonly<Record<string, string>> = { 'person-name': 'Hồ Văn Sáo', phone: '0905000111', email: 'sao@vidu.vn', 'vsic-4': '5610' }
const DATES: readonly (readonly [RegExp, string])[] = [
  [/appearance|startDate/, '2026-12-01'], [/maritalCert|birthProofDate/, '2026-11-10'], [/periodTo|\/to$/, '2025-01-01'], [/expiryDate/, '2035-01-01'], [/child/, '2026-11-01'],
]
let made = 0
const good = (item: FormField, at: string): Json => {
  made += 1
  // A man's number where the form asks for one: the bride's, the mother's and the registrant's are women's.
  if (item.format === 'personal-number') return `046${/groom|father|intended/.test(at) ? '0' : '1'}90${String(made).padStart(6, '0')}`
  if (item.format !== undefined && FORMATS[item.format] !== undefined) return FORMATS[item.format] ?? ''
  switch (item.control) {
    case 'date':
    case 'partial-date':
      return DATES.find(([where]) => where.test(at))?.[1] ?? '1990-01-01'
    case 'integer':
    case 'money':
      return 1
    case 'checkbox':
      return true
    case 'checkboxes':
      return [item.options?.[0]?.value ?? '']
    case 'province':
      return '46'
    case 'commune':
      return '19753'
    default:
      return item.options?.[0]?.value ?? textFor(item, at)
  }
}
const textFor = (item: FormField, at: string): string => {
  if (item.list !== undefined) return choicesOf(item.list)[0]?.value ?? ''
  if (at.endsWith('/identityPaper/number')) return '046190000001'
  return item.say === undefined ? 'Nội dung' : 'Hộ kinh doanh Bún bò Mệ Kéo'
}

export const formNamed = (slug: string): ElectronicForm => {
  const form = getForm(slug)
  if (form === undefined) throw new Error(`no form ${slug}`)
  return form
}

type Changes = Readonly<Record<string, Json | undefined>>
/** The form filled in, with these answers instead; what they open is filled in too. */
export const filledWith = (slug: string, changes: Changes): Json => {
  const form = formNamed(slug)
  const put = (answers: Json) => Object.entries(changes).reduce<Json>((whole, [at, value]) => withValue(whole, at, value), answers)
  return put(filled(form, put(filled(form))))
}
export const errorsOf = (slug: string, changes: Changes, lang: 'vi' | 'en' = 'vi'): Readonly<Record<string, string>> => {
  const checked = checkAnswers(formNamed(slug), filledWith(slug, changes), TODAY, lang)
  return checked.ok ? {} : checked.error
}
export const warningsFor = (slug: string, changes: Changes, lang: 'vi' | 'en' = 'vi'): Readonly<Record<string, string>> => warningsOf(formNamed(slug), filledWith(slug, changes), TODAY, lang)
