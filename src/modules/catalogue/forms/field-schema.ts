/** PURE. The JSON Schema of one answer. Formats that only we know are defined in `formats.ts`. */
import type { JsonSchema } from './electronic-form.ts'
import type { FieldSource } from './form-source.ts'

const TEXT = 200
const LONG_TEXT = 2_000
/** Canonical JSON knows safe integers only; no business of a household has more đồng. */
const MOST_MONEY = 999_999_999_999_999

export const fieldSchema = (f: FieldSource): JsonSchema => ({ title: f.label, ...shape(f) })

const shape = (f: FieldSource): JsonSchema => {
  const values = f.options?.map((o) => o.value)
  switch (f.control) {
    case 'date':
      return { type: 'string', format: 'date' }
    case 'partial-date':
      return { type: 'string', format: 'partial-date' }
    case 'integer':
      return { type: 'integer', minimum: f.min ?? 0, maximum: f.max ?? 1_000_000 }
    case 'money':
      return { type: 'integer', minimum: f.min ?? 0, maximum: f.max ?? MOST_MONEY }
    case 'radio':
    case 'select':
      return values === undefined ? { type: 'string', format: `list-${f.list ?? ''}` } : { type: 'string', enum: values }
    case 'checkboxes':
      return { type: 'array', items: { type: 'string', enum: values ?? [] }, uniqueItems: true, minItems: 1 }
    case 'checkbox':
      return f.must === true ? { const: true } : { type: 'boolean' }
    case 'province':
      return { type: 'string', format: 'list-province' }
    case 'commune':
      return { type: 'string', format: 'commune' }
    case 'computed':
      return { type: 'string', maxLength: LONG_TEXT }
    case 'text':
    case 'textarea':
      return {
        type: 'string',
        minLength: 1,
        maxLength: f.maxLength ?? (f.control === 'text' ? TEXT : LONG_TEXT),
        ...(f.format === undefined ? {} : { format: f.format }),
        ...(f.pattern === undefined ? {} : { pattern: f.pattern }),
      }
  }
}
