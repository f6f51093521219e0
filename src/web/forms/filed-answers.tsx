/** The form as it was filed, in words, for the officer who examines it; read by the version that it was filled in by. */
import type { Json } from '#kernel/digest.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { type AnswerErrors, type FormSummary, getForm, summaryOf, warningsOf } from '#modules/catalogue'
import type { Instant } from '#platform/ctx.ts'
import type { Lang } from '../http.ts'
import { KeyValue, Notice } from '../ui/index.ts'
import { t } from '../words.ts'

type Filed = { readonly slug: string; readonly version: string; readonly answers: Json }
export type FiledForm = { readonly title: string; readonly summary: FormSummary; readonly warnings: AnswerErrors }

/** @param filedAt what should be looked at is said as of then: nobody grew older by waiting */
export const readFiled = (filed: Filed | null, filedAt: Instant | null, lang: Lang = 'vi'): FiledForm | undefined => {
  const form = filed === null ? undefined : getForm(filed.slug, filed.version)
  if (form === undefined || filed === null) return undefined
  const on: PlainDate | undefined = filedAt === null ? undefined : dateOf(filedAt)
  return { title: lang === 'en' ? form.titleEn : form.title, summary: summaryOf(form, filed.answers, lang), warnings: on === undefined ? {} : warningsOf(form, filed.answers, on, lang) }
}

/** What stops nobody, but should be looked at: twelve digits that contradict the answers, ages that are unlikely. */
export const Warnings = (props: { readonly warnings: AnswerErrors; readonly lang: Lang }) => {
  const all = [...new Set(Object.values(props.warnings))]
  if (all.length === 0) return null
  return (
    <Notice tone="soon" title={t(props.lang, { vi: 'Nên xem lại', en: 'Please look again' })}>
      <ul>
        {all.map((warning) => (
          <li>{warning}</li>
        ))}
      </ul>
    </Notice>
  )
}

export const FiledAnswers = (props: { readonly filed: Filed | null; readonly filedAt: Instant | null }) => {
  const form = readFiled(props.filed, props.filedAt)
  if (form === undefined) return null
  return (
    <details class="fold">
      <summary>Tờ khai: {form.title}</summary>
      <Warnings warnings={form.warnings} lang="vi" />
      {form.summary.map((section) => (
        <>
          <h3 class="small">{section.title}</h3>
          <KeyValue items={section.items.map(({ label, value }) => [label, value] as const)} />
        </>
      ))}
    </details>
  )
}
