/** One question of an electronic form, by its kind. */
import type { Child } from 'hono/jsx'
import { type FormField, choicesOf, listCommunes, listProvinces } from '#modules/catalogue'
import type { Lang } from '../http.ts'
import { Checkbox, CheckboxGroup, RadioGroup, Select, TextArea, TextField } from '../ui/index.ts'
import { t } from '../words.ts'

type Props = {
  readonly field: FormField
  readonly name: string
  readonly id: string
  readonly values: readonly string[]
  /** Of the commune: the province that stands beside it. */
  readonly province: string | undefined
  readonly error: string | undefined
  /** What should be looked at again, and stops nobody. */
  readonly warning: string | undefined
  readonly required: boolean
  readonly lang: Lang
}

export const FieldControl = (props: Props) => {
  const { field, name, id, values, error, lang } = props
  const hint = hintOf(props)
  const label = lang === 'en' ? field.labelEn : field.label
  const common = { name, id, label, error, optional: !props.required && field.control !== 'checkbox', ...(hint === undefined ? {} : { hint }) }
  const text = { value: values[0] ?? '', ...(field.size === undefined ? {} : { size: field.size }), ...(field.autocomplete === undefined ? {} : { autocomplete: field.autocomplete }) }
  const choose = t(lang, { vi: '– Chọn –', en: '– Choose –' })
  const options = choices(field, lang)
  switch (field.control) {
    case 'textarea':
      return <TextArea {...common} value={values[0] ?? ''} rows={3} maxlength={field.maxLength ?? 2_000} />
    case 'date':
    case 'partial-date':
      return <TextField {...common} {...text} size="medium" inputmode="numeric" maxlength={10} />
    case 'integer':
    case 'money':
      return <TextField {...common} {...text} size={field.size ?? (field.control === 'money' ? 'medium' : 'short')} inputmode="numeric" maxlength={20} />
    case 'radio':
      return <RadioGroup {...common} options={options} value={values[0] ?? ''} inline={options.every((o) => o.label.length < 16)} />
    case 'checkboxes':
      return <CheckboxGroup {...common} options={options} values={values} />
    case 'checkbox':
      return <Checkbox {...common} checked={values.length > 0} />
    case 'province':
      return <Select {...common} options={options} value={values[0] ?? ''} empty={choose} attributes={{ 'data-province': '', autocomplete: 'address-level1' }} />
    case 'commune':
      return (
        <Select
          {...common}
          options={listCommunes(props.province ?? '').map(({ code, name: label }) => ({ value: code, label }))}
          value={values[0] ?? ''}
          empty={props.province === undefined ? t(lang, { vi: '– Chọn tỉnh, thành phố trước –', en: '– Choose the province first –' }) : choose}
          attributes={{ 'data-commune': '', autocomplete: 'address-level2' }}
        />
      )
    case 'select':
      return <Select {...common} options={options} value={values[0] ?? ''} empty={choose} />
    default:
      return <TextField {...common} {...text} maxlength={field.maxLength ?? 200} {...(field.inputmode === undefined ? {} : { inputmode: field.inputmode })} />
  }
}

const hintOf = ({ field, warning, lang }: Props): Child | undefined => {
  const day = field.control === 'date' || field.control === 'partial-date' ? t(lang, { vi: 'Ngày/tháng/năm, ví dụ 24/11/1990', en: 'Day/month/year, for example 24/11/1990' }) : undefined
  const hint = (lang === 'en' ? field.hintEn : field.hint) ?? day
  if (warning === undefined) return hint
  return (
    <>
      <span class="field-warning">{warning}</span>
      {hint}
    </>
  )
}

const choices = (field: FormField, lang: Lang) => {
  if (field.control === 'province') return listProvinces().map(({ code, name }) => ({ value: code, label: name }))
  const own = field.options ?? (field.list === undefined ? [] : choicesOf(field.list))
  return own.map((choice) => ({ value: choice.value, label: lang === 'en' ? choice.labelEn : choice.label }))
}
