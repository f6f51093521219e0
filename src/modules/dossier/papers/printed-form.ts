/** PURE. A form of the regime together with how it is laid out, and the values that every paper has. */
import type { Instant } from '#kernel/plain-date.ts'
import type { RegimeForm } from '#modules/process'
import type { Sheet } from '#platform/pdf/paper.ts'
import { type PaperValues, drawLayout } from './layouts/draw-layout.ts'
import type { PaperLayout, PaperSlug } from './layouts/layout.ts'
import { shippedLayout } from './layouts/shipped-layouts.ts'
import { formNote } from './printed-parts.ts'

/** `edited`: as an administrator has changed it; left out: as shipped. */
export type PrintedForm = RegimeForm & { readonly edited?: PaperLayout }

/** What a re-issued paper says of the one before it, and the old one of the new. */
export type Replacement = { readonly replaces?: string; readonly replacedBy?: string }

type Head = {
  readonly form: PrintedForm
  readonly at: Instant
  readonly code: string | null
  readonly agency: string
  readonly issuer: string
  readonly place: string
  readonly number: string
} & Replacement

/** @param publicUrl where citizens reach this installation, without a slash at the end: goes into the QR code */
export const sheetOf = (slug: PaperSlug, head: Head, publicUrl: string, more: Readonly<Record<string, string | null>>, lists: PaperValues['lists'] = {}): Sheet => {
  const { form } = head
  const given = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, value ?? '']))
  return drawLayout(form.edited ?? shippedLayout(slug, form.layout), {
    form,
    at: head.at,
    code: head.code ?? '',
    publicUrl,
    lists,
    fields: {
      formNote: formNote(form),
      formName: form.title,
      formTitle: form.title.toLocaleUpperCase('vi'),
      number: head.number,
      code: head.code ?? '',
      agency: head.agency,
      issuer: head.issuer,
      place: head.place,
      lookUpPage: `${publicUrl}/tra-cuu`,
      replaces: head.replaces ?? '',
      replacedBy: head.replacedBy ?? '',
      ...given,
    },
  })
}
