/** The form as it was filed, in words, for the officer who examines it. */
import type { Json } from '#kernel/digest.ts'
import { getForm, summaryOf } from '#modules/catalogue'
import { KeyValue } from '../ui/index.ts'

export const FiledAnswers = (props: { readonly filed: { readonly slug: string; readonly answers: Json } | null }) => {
  const form = props.filed === null ? undefined : getForm(props.filed.slug)
  if (form === undefined || props.filed === null) return null
  return (
    <details class="fold">
      <summary>Tờ khai: {form.title}</summary>
      {summaryOf(form, props.filed.answers).map((section) => (
        <>
          <h3 class="small">{section.title}</h3>
          <KeyValue items={section.items.map(({ label, value }) => [label, value] as const)} />
        </>
      ))}
    </details>
  )
}
