/** From Zod's issues to messages at fields. Schemas of commands speak of shapes; the page knows its fields and its words. */
import type { z } from 'zod'

/** By the issue's first path words (`recipient.name`, `components`): the field to mark and what to say; without words the schema's own sentence is shown. */
export type FieldWords = Readonly<Record<string, { readonly field: string; readonly say?: string }>>

/** The first message of each field, in the order of the form's words. What no field stands for goes under `''`. */
export const fieldErrors = (error: z.ZodError, words: FieldWords): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {}
  for (const issue of error.issues) {
    const path = issue.path.map(String)
    const known = words[path.slice(0, 2).join('.')] ?? words[path[0] ?? '']
    const field = known?.field ?? ''
    found[field] ??= known?.say ?? (known === undefined ? 'Dữ liệu gửi lên chưa đúng, hãy mở lại trang rồi thử lại.' : issue.message)
  }
  const order = Object.values(words).map((w) => w.field)
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)))
}
