/** PURE. Lists that all forms share: peoples, countries, provinces. A code is never used twice, so an answer of any year can be read. */
import shippedLists from '../../../../data/forms/lists.json' with { type: 'json' }
import type { Choice } from './electronic-form.ts'
import { ListsSource } from './form-source.ts'
import { listProvinces } from './places.ts'

let lists: ReadonlyMap<string, readonly Choice[]> | undefined
const load = () => (lists ??= new Map([...Object.entries(ListsSource.parse(shippedLists).lists), ['province', listProvinces().map((p) => ({ value: p.code, label: p.name, labelEn: p.name }))]]))

export const listNames = (): readonly string[] => [...load().keys()]
/** @throws Error for a list that nobody ships: a form that names one does not load. */
export const choicesOf = (name: string): readonly Choice[] => {
  const choices = load().get(name)
  if (choices === undefined) throw new Error(`no list ${name}`)
  return choices
}
