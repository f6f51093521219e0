import type { Child } from 'hono/jsx'
import { Field, FieldError, FieldHint, type FieldProps, Optional, fieldAria, fieldId } from './field.tsx'
import { Kbd } from './kbd.tsx'

export type Option = { readonly value: string; readonly label: string; readonly hint?: Child; readonly disabled?: boolean; readonly group?: string }

const OptionTag = (props: { readonly option: Option; readonly value: string | undefined }) => (
  <option value={props.option.value} selected={props.option.value === props.value} disabled={props.option.disabled}>
    {props.option.label}
  </option>
)

/** `empty` is the text of the choice that is none. Options that share a `group` stand together under it. */
export const Select = (
  props: FieldProps & {
    readonly options: readonly Option[]
    readonly value?: string | undefined
    readonly empty?: string
    readonly size?: 'short' | 'medium' | 'full'
    readonly attributes?: Readonly<Record<string, string>>
  },
) => {
  const groups = [...new Set(props.options.map((o) => o.group))]
  return (
    <Field {...props}>
      <select class={`input ${props.size ?? 'full'}`} name={props.name} id={fieldId(props)} {...fieldAria(props)} {...props.attributes}>
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {groups.map((group) => {
          const inside = props.options.filter((o) => o.group === group).map((o) => <OptionTag option={o} value={props.value} />)
          return group === undefined ? inside : <optgroup label={group}>{inside}</optgroup>
        })}
      </select>
    </Field>
  )
}

const ChoiceRow = (props: {
  readonly type: 'radio' | 'checkbox'
  readonly name: string
  readonly id: string
  readonly option: Option
  readonly checked: boolean
  readonly attributes?: Readonly<Record<string, string>> | undefined
}) => (
  <div class="choice">
    <input
      type={props.type}
      name={props.name}
      id={props.id}
      value={props.option.value}
      checked={props.checked}
      disabled={props.option.disabled}
      {...(props.option.hint === undefined ? {} : { 'aria-describedby': `${props.id}-hint` })}
      {...props.attributes}
    />
    <label for={props.id}>{props.option.label}</label>
    {props.option.hint !== undefined && (
      <div class="hint" id={`${props.id}-hint`}>
        {props.option.hint}
      </div>
    )}
  </div>
)

type GroupProps = FieldProps & { readonly options: readonly Option[]; readonly inline?: boolean; readonly attributes?: Readonly<Record<string, string>> }

const ChoiceGroup = (props: GroupProps & { readonly children?: Child }) => (
  <fieldset class={props.error === undefined ? 'field choices' : 'field choices invalid'} id={`${fieldId(props)}-group`} {...fieldAria(props)}>
    <legend>
      {props.label} {props.optional === true && <Optional />}
      {props.kbd !== undefined && <Kbd>{props.kbd}</Kbd>}
    </legend>
    <FieldError {...props} />
    <FieldHint {...props} />
    <div class={props.inline === true ? 'choice-list inline' : 'choice-list'}>{props.children}</div>
  </fieldset>
)

/** One of several. The first radio carries the field's id, so that the error summary can jump to it. */
export const RadioGroup = (props: GroupProps & { readonly value?: string | undefined }) => (
  <ChoiceGroup {...props}>
    {props.options.map((option, i) => (
      <ChoiceRow
        type="radio"
        name={props.name}
        id={i === 0 ? fieldId(props) : `${fieldId(props)}-${i}`}
        option={option}
        checked={option.value === props.value}
        attributes={props.attributes}
      />
    ))}
  </ChoiceGroup>
)

/** Any of several. */
export const CheckboxGroup = (props: GroupProps & { readonly values?: readonly string[] }) => (
  <ChoiceGroup {...props}>
    {props.options.map((option, i) => (
      <ChoiceRow
        type="checkbox"
        name={props.name}
        id={i === 0 ? fieldId(props) : `${fieldId(props)}-${i}`}
        option={option}
        checked={props.values?.includes(option.value) === true}
        attributes={props.attributes}
      />
    ))}
  </ChoiceGroup>
)

/** A single yes. Sends `value` (default `1`) when ticked. */
export const Checkbox = (props: FieldProps & { readonly checked?: boolean; readonly value?: string; readonly attributes?: Readonly<Record<string, string>> }) => (
  <div class={props.error === undefined ? 'field' : 'field invalid'}>
    <FieldError {...props} />
    <ChoiceRow
      type="checkbox"
      name={props.name}
      id={fieldId(props)}
      option={{ value: props.value ?? '1', label: props.label, ...(props.hint === undefined ? {} : { hint: props.hint }) }}
      checked={props.checked === true}
      attributes={props.attributes}
    />
  </div>
)

/**
 * A text field that suggests. Without script: an input with a datalist, and the page's own search button.
 * With script: `source` (a URL that takes `?q=` and answers JSON `[{value, label, hint}]`) fills a list while typing.
 */
export const Combobox = (
  props: FieldProps & {
    readonly value?: string
    readonly options?: readonly Option[]
    readonly source?: string
    readonly placeholder?: string
    readonly autofocus?: boolean
    readonly attributes?: Readonly<Record<string, string>>
  },
) => {
  const listId = `${fieldId(props)}-list`
  const hasOptions = (props.options?.length ?? 0) > 0
  return (
    <Field {...props}>
      <mc-combobox data-source={props.source}>
        <input
          type="text"
          class="input full"
          name={props.name}
          id={fieldId(props)}
          value={props.value ?? ''}
          list={hasOptions ? listId : undefined}
          placeholder={props.placeholder}
          autocomplete="off"
          spellcheck={false}
          autofocus={props.autofocus}
          {...fieldAria(props)}
          {...props.attributes}
        />
        {hasOptions && (
          <datalist id={listId}>
            {props.options?.map((o) => (
              <option value={o.value}>{o.label}</option>
            ))}
          </datalist>
        )}
      </mc-combobox>
    </Field>
  )
}
