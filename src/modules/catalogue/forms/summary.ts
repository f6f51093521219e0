/** PURE. Answers in words, for the page before filing, the officer's screen and papers: labels instead of codes, dates as they are read. */
import type { Json } from '#kernel/digest.ts'
import { formatInteger, formatVnd } from '#kernel/money.ts'
import { holds } from './condition.ts'
import { textsOf } from './answers.ts'
import type { ElectronicForm, FormField, FormGroup, FormItem } from './electronic-form.ts'
import { isCopied } from './form-checks.ts'
import { choicesOf } from './lists.ts'
import { findCommune, findProvince } from './places.ts'
import { bind, isObject, valueAt } from './pointers.ts'
import { rowCount } from './walk.ts'

export type FormSummary = readonly { readonly title: string; readonly items: readonly { readonly label: string; readonly value: string }[] }[]
type Lang = 'vi' | 'en'

/** Only what was answered and is shown. */
export const summaryOf = (form: ElectronicForm, answers: Json, lang: Lang = 'vi'): FormSummary =>
  form.layout
    .filter((section) => holds(section.shownIf, answers))
    .map((section) => ({ title: word(section, lang), items: section.items.flatMap((item) => lines(item, answers, [], lang, '')) }))
    .filter((section) => section.items.length > 0)

/**
 * Every answer in Vietnamese words by its pointer, for result papers; groups and lists also as a whole: an address on one line, one row of a list per line.
 * Who files for themselves is not asked twice, yet the paper names them where it names everybody: the mother as mother, not only as requester.
 */
export const answersInWords = (form: ElectronicForm, answers: Json): Readonly<Record<string, string>> => {
  const words = Object.assign({}, ...form.layout.filter((section) => holds(section.shownIf, answers)).flatMap((section) => section.items.map((item) => worded(item, answers)))) as Record<string, string>
  const copied = form.copies.filter((copy) => holds(copy.if, answers)).flatMap((copy) =>
    Object.entries(words).filter(([at]) => isCopied(copy, copy.from, at)).map(([at, text]) => [`${copy.to}${at.slice(copy.from.length)}`, text] as const),
  )
  return { ...words, ...Object.fromEntries(copied) }
}

const worded = (item: FormItem, answers: Json): Record<string, string> => {
  if (!holds(item.shownIf, answers)) return {}
  const values = (inner: FormItem, rows: readonly number[]) => lines(inner, answers, rows, 'vi', '').map((line) => line.value)
  if (item.kind === 'field') return { [item.at]: values(item, []).join(', ') }
  if (item.kind === 'rows' && item.as === 'periods') return { [item.at]: Array.from({ length: rowCount(item, answers, []) }, (_, n) => periodInWords(valueAt(answers, `${item.at}/${n}`), item.items.flatMap((inner) => values(inner, [n]))[0] ?? '')).join('; ') }
  if (item.kind === 'rows') return { [item.at]: Array.from({ length: rowCount(item, answers, []) }, (_, n) => item.items.flatMap((inner) => values(inner, [n])).join(' | ')).join('\n') }
  return Object.assign({ [item.at]: values(item, []).join(', ') }, ...item.items.map((inner) => worded(inner, answers))) as Record<string, string>
}

const word = (titled: { readonly title: string; readonly titleEn: string }, lang: Lang): string => (lang === 'en' ? titled.titleEn : titled.title)

const lines = (item: FormItem, answers: Json, rows: readonly number[], lang: Lang, before: string): readonly { label: string; value: string }[] => {
  if (!holds(item.shownIf, answers, rows)) return []
  if (item.kind === 'field') {
    if (item.silent === true) return []
    const value = valueInWords(item, valueAt(answers, bind(item.at, rows)), lang)
    // What was declared is the sentence itself.
    if (item.control === 'checkbox' && item.options === undefined && value !== '') return [{ label: `${before}${lang === 'en' ? (item.contextEn ?? item.context) : item.context}`, value: lang === 'en' ? item.labelEn : item.label }]
    return value === '' ? [] : [{ label: `${before}${lang === 'en' ? item.labelEn : item.label}`, value }]
  }
  if (item.kind === 'group') {
    if (item.as === 'address') {
      const address = addressInWords(item, answers, rows)
      return address === '' ? [] : [{ label: `${before}${word(item, lang)}`, value: address }]
    }
    const inside = item.items.flatMap((inner) => lines(inner, answers, rows, lang, before))
    if (item.as !== 'identity-paper') return inside
    const paper = paperInWords(item, answers, rows, lang)
    return paper === '' ? [] : [{ label: `${before}${word(item, lang)}`, value: paper }]
  }
  const title = lang === 'en' ? item.rowTitleEn : item.rowTitle
  return Array.from({ length: rowCount(item, answers, rows) }, (_, n) => item.items.flatMap((inner) => lines(inner, answers, [...rows, n], lang, `${title} ${n + 1} – `))).flat()
}

/** A7: `Hộ chiếu Việt Nam số B1234567 do Cục Quản lý xuất nhập cảnh cấp ngày 12/04/2022`. */
const paperInWords = (group: FormGroup, answers: Json, rows: readonly number[], lang: Lang): string => {
  const of = (key: string): string => {
    const field = group.items.find((item) => item.kind === 'field' && item.at === `${group.at}/${key}`)
    return field?.kind === 'field' ? valueInWords(field, valueAt(answers, bind(field.at, rows)), lang) : ''
  }
  const [kind, number, issuer, day] = [of('kind'), of('number'), of('issuer'), of('issueDate')]
  const said = lang === 'en' ? [kind, number && `no. ${number}`, issuer && `issued by ${issuer}`, day && `on ${day}`] : [kind, number && `số ${number}`, issuer && `do ${issuer}`, day && `cấp ngày ${day}`]
  return said.filter((part) => part !== '').join(' ')
}

/** `12 Lê Lợi, Phường Thuận Hóa, Thành phố Huế từ ngày 01/01/2020 đến ngày 31/12/2022`. */
const periodInWords = (row: Json | undefined, place: string): string => {
  const [from, to] = [textsOf(valueAt(row, '/from'))[0], textsOf(valueAt(row, '/to'))[0]]
  return [place, from !== undefined && `từ ngày ${from}`, to === undefined ? 'đến nay' : `đến ngày ${to}`].filter((part) => part !== false && part !== '').join(' ')
}

/** `12 Lê Lợi, Phường Thuận Hóa, Thành phố Huế`. */
const addressInWords = (group: FormGroup, answers: Json, rows: readonly number[]): string => {
  const own = valueAt(answers, bind(group.at, rows))
  if (!isObject(own)) return ''
  const text = (key: string) => (typeof own[key] === 'string' ? own[key] : '')
  const country = text('countryCode') === '' || /^VNM?$/.test(text('countryCode')) ? '' : (choicesOf('country').find((c) => c.value === text('countryCode'))?.label ?? text('countryCode'))
  return [text('facility'), text('detail'), text('foreignText'), findCommune(text('communeCode'))?.name ?? '', findProvince(text('provinceCode'))?.name ?? '', country].filter((part) => part !== '').join(', ')
}

export const valueInWords = (field: FormField, value: Json | undefined, lang: Lang): string => {
  if (value === undefined || value === null) return ''
  if (field.control === 'money' && typeof value === 'number') return formatVnd(value)
  if (field.control === 'integer' && typeof value === 'number') return formatInteger(value)
  if (field.control === 'checkbox' && field.options !== undefined) return value === true ? ((lang === 'en' ? field.options[0]?.labelEn : field.options[0]?.label) ?? '') : ''
  if (field.control === 'checkbox') return value === true ? (lang === 'en' ? 'yes' : 'có') : ''
  if (field.control === 'commune') return findCommune(textsOf(value)[0] ?? '')?.name ?? textsOf(value).join(', ')
  const choices = field.options ?? (field.control === 'province' ? choicesOf('province') : field.list === undefined ? undefined : choicesOf(field.list))
  if (choices === undefined) return textsOf(value).join(', ')
  return textsOf(value)
    .map((code) => choices.find((c) => c.value === code))
    .map((choice, i) => (choice === undefined ? (textsOf(value)[i] ?? '') : lang === 'en' ? choice.labelEn : choice.label))
    .join(', ')
}
