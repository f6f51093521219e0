/** PURE. The fields of a form with the answers at hand: rows counted, conditions evaluated, patterns bound. */
import type { Json } from '#kernel/digest.ts'
import { holds } from './condition.ts'
import type { FormContent, FormField, FormGroup, FormItem, FormRows, Pointer } from './electronic-form.ts'
import { bind, isList, valueAt } from './pointers.ts'

export type Placed<I extends FormItem = FormItem> = { readonly item: I; readonly at: Pointer; readonly rows: readonly number[]; readonly shown: boolean }

/** How many rows stand there: those that were filled in, and as many as there must be. */
export const rowCount = (list: FormRows, answers: Json, rows: readonly number[]): number => {
  const kept = valueAt(answers, bind(list.at, rows))
  return Math.min(list.max, Math.max(list.min, isList(kept) ? kept.length : 0))
}

/** Every item in the order of the form, hidden ones too. */
export const walk = (form: Pick<FormContent, 'layout'>, answers: Json): readonly Placed[] =>
  form.layout.flatMap((section) => section.items.flatMap((item) => walkItem(item, answers, [], holds(section.shownIf, answers))))

const walkItem = (item: FormItem, answers: Json, rows: readonly number[], around: boolean): readonly Placed[] => {
  const shown = around && holds(item.shownIf, answers, rows)
  const here: Placed = { item, at: bind(item.at, rows), rows, shown }
  if (item.kind === 'field') return [here]
  if (item.kind === 'group') return [here, ...item.items.flatMap((i) => walkItem(i, answers, rows, shown))]
  const inside = Array.from({ length: rowCount(item, answers, rows) }, (_, n) => item.items.flatMap((i) => walkItem(i, answers, [...rows, n], shown)))
  return [here, ...inside.flat()]
}

export const isField = (placed: Placed): placed is Placed<FormField> => placed.item.kind === 'field'
export const isGroup = (placed: Placed): placed is Placed<FormGroup> => placed.item.kind === 'group'
export const isRows = (placed: Placed): placed is Placed<FormRows> => placed.item.kind === 'rows'
