/** What a result by a template says, field by field: of a draft, and of one that replaces another. */
import type { ResultTemplate } from '#modules/dossier'
import { type Errors, TextArea, TextField } from '../ui/index.ts'

/** The fields of a template in the form: `f.applicantName`. */
export const fieldName = (name: string) => `f.${name}`

type Props = { readonly template: ResultTemplate; readonly fields: Readonly<Record<string, string>>; readonly typed: (name: string) => string | undefined; readonly errors: Errors }

export const TemplateFields = (props: Props) => (
  <>
    {props.template.fields.map((field) => {
      const name = fieldName(field.name)
      const shared = { name, label: field.label, optional: !field.required, value: props.typed(name) ?? props.fields[field.name] ?? '', error: props.errors[name] }
      return field.multiline === true ? <TextArea {...shared} rows={4} maxlength={6000} /> : <TextField {...shared} size="full" />
    })}
  </>
)
