/**
 * Every version of every form that ever went out (`data/forms/published.json`): what was filled in by it is read by it, whatever the form says today. The text is
 * canonical JSON and its SHA-256 is the version, so nobody can change one unseen.
 */
import shipped from '../../../../data/forms/published.json' with { type: 'json' }
import { textOfForm } from './compile-form.ts'
import type { ElectronicForm, FormContent } from './electronic-form.ts'

/** `n`: the first, second … version of this form. */
export type PublishedForm = { readonly slug: string; readonly n: number; readonly version: string; readonly content: string }

export const PUBLISHED_FORMS: readonly PublishedForm[] = shipped.forms

const read = new Map<string, ElectronicForm>()

/** Undefined for a version that never went out. */
export const publishedForm = (version: string): ElectronicForm | undefined => {
  const known = read.get(version)
  if (known !== undefined) return known
  const published = PUBLISHED_FORMS.find((form) => form.version === version)
  if (published === undefined) return undefined
  const form: ElectronicForm = { ...(JSON.parse(published.content) as FormContent), version }
  read.set(version, form)
  return form
}

/** What the file says when these forms have gone out too: one version a line, older ones as they are. */
export const published = (forms: readonly ElectronicForm[]): string => {
  const all = [...PUBLISHED_FORMS]
  for (const form of forms) {
    if (all.some((one) => one.version === form.version)) continue
    all.push({ slug: form.slug, n: all.filter((one) => one.slug === form.slug).length + 1, version: form.version, content: textOfForm(form) })
  }
  return `{\n "about": ${JSON.stringify(shipped.about)},\n "forms": [\n${all.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n ]\n}\n`
}
