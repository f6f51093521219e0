/** PURE. Single fields of a form that is filed: which can be pointed at, and what the answers are when only those are filled in anew. */
import type { Json } from '#kernel/digest.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { type Fields, answerOf, finish } from './answers.ts'
import type { ElectronicForm, FormField, Pointer } from './electronic-form.ts'
import { nameOf, valueAt, withValue } from './pointers.ts'
import { valueInWords } from './summary.ts'
import { isField, walk } from './walk.ts'

/** `title`: "Người mẹ – Họ, chữ đệm, tên". `words`: the answer as it stands. */
export type MarkedField = { readonly at: Pointer; readonly field: FormField; readonly rows: readonly number[]; readonly title: string; readonly words: string }

/** The fields that are shown with these answers, in the order of the form; what the program computes is nobody's entry. */
export const fieldsToMark = (form: ElectronicForm, answers: Json, lang: 'vi' | 'en' = 'vi'): readonly MarkedField[] =>
  walk(form, answers)
    .filter(isField)
    .filter(({ item, shown }) => shown && item.control !== 'computed')
    .map(({ item, at, rows }) => ({
      at,
      field: item,
      rows,
      title: [item.context.replace('{n}', String((rows.at(-1) ?? 0) + 1)), lang === 'en' ? item.labelEn : item.label].filter((part) => part !== '').join(' – '),
      words: valueInWords(item, valueAt(answers, at), lang),
    }))

/** The answers with these fields, and no others, as they were typed; what is copied and computed follows. */
export const answersWith = (form: ElectronicForm, answers: Json, places: readonly Pointer[], typed: Fields, today: PlainDate): Json =>
  finish(form, fieldsToMark(form, answers).filter(({ at }) => places.includes(at)).reduce<Json>((next, { at, field }) => withValue(next, at, answerOf(field, typed.get(nameOf(at)) ?? [])), answers), today)

/** An answer of this field in words. */
export const wordsAt = (form: ElectronicForm, answers: Json, at: Pointer, value: Json, lang: 'vi' | 'en' = 'vi'): string => {
  const marked = fieldsToMark(form, answers).find((f) => f.at === at)
  return marked === undefined ? '' : valueInWords(marked.field, value, lang)
}
