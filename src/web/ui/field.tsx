import type { Child } from 'hono/jsx'
import { Kbd } from './kbd.tsx'
import { useWord } from './lang.ts'

/** What every labelled control shows: label, hint, error. `id` is the name where none is given, which is what an ErrorSummary links to. */
export type FieldProps = {
  readonly name: string
  readonly label: string
  readonly id?: string
  readonly hint?: Child
  readonly error?: string | undefined
  /** Says so beside the label; fields are required unless they say otherwise. */
  readonly optional?: boolean
  /** The key that jumps here. */
  readonly kbd?: string
}

export const fieldId = (props: { readonly id?: string; readonly name: string }): string => props.id ?? props.name

/** The attributes that tie a control to its hint and error. */
export const fieldAria = (props: FieldProps) => {
  const id = fieldId(props)
  const ids = [props.hint === undefined ? '' : `${id}-hint`, props.error === undefined ? '' : `${id}-error`].filter((v) => v !== '')
  return {
    ...(ids.length > 0 ? { 'aria-describedby': ids.join(' ') } : {}),
    ...(props.error === undefined ? {} : { 'aria-invalid': 'true' as const }),
    ...(props.kbd === undefined ? {} : { 'data-key': props.kbd, 'aria-keyshortcuts': props.kbd }),
  }
}

export const FieldHint = (props: FieldProps) =>
  props.hint === undefined ? null : (
    <div class="hint" id={`${fieldId(props)}-hint`}>
      {props.hint}
    </div>
  )

export const FieldError = (props: { readonly id?: string; readonly name: string; readonly error?: string | undefined }) =>
  props.error === undefined ? null : (
    <p class="field-error" id={`${fieldId(props)}-error`}>
      {props.error}
    </p>
  )

export const Optional = () => <span class="optional">{useWord()({ vi: '(không bắt buộc)', en: '(optional)' })}</span>

/** Label, error, any control, hint. The control takes `fieldAria(props)` itself. */
export const Field = (props: FieldProps & { readonly children?: Child }) => (
  <div class={props.error === undefined ? 'field' : 'field invalid'}>
    <label for={fieldId(props)}>
      {props.label} {props.optional === true && <Optional />}
      {props.kbd !== undefined && <Kbd>{props.kbd}</Kbd>}
    </label>
    <FieldError {...props} />
    {props.children}
    <FieldHint {...props} />
  </div>
)

export type TextFieldProps = FieldProps & {
  readonly value?: string | number | undefined
  readonly type?: 'text' | 'search' | 'tel' | 'email' | 'password' | 'number' | 'url'
  readonly inputmode?: 'numeric' | 'decimal' | 'tel' | 'email' | 'search'
  readonly autocomplete?: string
  readonly placeholder?: string
  readonly pattern?: string
  readonly maxlength?: number
  readonly min?: number | string
  readonly max?: number | string
  readonly step?: number | string
  readonly list?: string
  readonly readonly?: boolean
  readonly autofocus?: boolean
  readonly size?: 'short' | 'medium' | 'full'
  /** `hx-…` and `data-…`, officer pages only. */
  readonly attributes?: Readonly<Record<string, string>>
}

const inputAttributes = (props: TextFieldProps) => ({
  name: props.name,
  id: fieldId(props),
  value: props.value,
  inputmode: props.inputmode,
  autocomplete: props.autocomplete,
  placeholder: props.placeholder,
  pattern: props.pattern,
  maxlength: props.maxlength,
  min: props.min,
  max: props.max,
  step: props.step,
  list: props.list,
  readonly: props.readonly,
  autofocus: props.autofocus,
  // The browser's own bubbles would hide our summary: `required` is told to assistive technology only.
  'aria-required': props.optional === true ? undefined : ('true' as const),
  ...fieldAria(props),
  ...props.attributes,
})

export const TextField = (props: TextFieldProps) => (
  <Field {...props}>
    <input type={props.type ?? 'text'} class={`input ${props.size ?? 'full'}`} {...inputAttributes(props)} />
  </Field>
)

/** A plain date, `YYYY-MM-DD`, by the browser's own picker. */
export const DateField = (props: Omit<TextFieldProps, 'type'>) => (
  <Field {...props}>
    <input type="date" class={`input ${props.size ?? 'medium'}`} {...inputAttributes(props)} />
  </Field>
)

export const TextArea = (props: FieldProps & { readonly value?: string; readonly rows?: number; readonly maxlength?: number; readonly autofocus?: boolean }) => (
  <Field {...props}>
    <textarea
      class={`input full ${(props.rows ?? 4) <= 2 ? 'rows-2' : (props.rows ?? 4) <= 4 ? 'rows-4' : 'rows-6'}`}
      name={props.name}
      id={fieldId(props)}
      rows={props.rows ?? 4}
      maxlength={props.maxlength}
      autofocus={props.autofocus}
      {...fieldAria(props)}
    >
      {props.value ?? ''}
    </textarea>
  </Field>
)
