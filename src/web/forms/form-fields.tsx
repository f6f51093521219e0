/**
 * An electronic form as HTML: sections, groups, rows, fields. Hidden parts are in the page too, so that nothing typed is lost when a choice is taken back; without
 * script a button draws the form anew by the choices made, with script `form-conditions.ts` does it at once.
 */
import type { Json } from '#kernel/digest.ts'
import { type AnswerErrors, type ElectronicForm, type FormField, type FormGroup, type FormItem, type FormRows, bind, holds, nameOf, rowCount, textsOf, valueAt } from '#modules/catalogue'
import type { Lang, View } from '../http.ts'
import { Button } from '../ui/index.ts'
import { t } from '../words.ts'
import { FieldControl } from './field-control.tsx'

/** Of the control that an error is about: what the error summary links to. */
export const fieldIdOf = (pointer: string): string => `f${pointer.replaceAll('/', '-')}`

type Shown = { readonly form: ElectronicForm; readonly answers: Json; readonly errors: AnswerErrors; readonly warnings: AnswerErrors; readonly lang: Lang }

/** What the script needs to show or hide it: the condition, its pointers bound to the row that it stands in. */
const whenShown = (condition: FormItem['shownIf'], rows: readonly number[], answers: Json) =>
  condition === undefined ? {} : { 'data-shown-if': JSON.stringify(condition, (key, value: unknown) => (key === 'at' && typeof value === 'string' ? nameOf(bind(value, rows)) : value)), ...(holds(condition, answers, rows) ? {} : { hidden: true }) }

const Field = (props: Shown & { readonly item: FormField; readonly rows: readonly number[] }) => {
  const { item, rows, answers, errors, warnings, lang } = props
  const at = bind(item.at, rows)
  const required = item.required === true || (typeof item.required === 'object' && holds(item.required, answers, rows))
  return (
    <div {...whenShown(item.shownIf, rows, answers)}>
      <FieldControl field={item} name={nameOf(at)} id={fieldIdOf(at)} values={textsOf(valueAt(answers, at))} province={provinceBeside(item, at, answers)} error={errors[at]} warning={warnings[at]} required={required} lang={lang} />
    </div>
  )
}

const provinceBeside = (item: FormField, at: string, answers: Json): string | undefined =>
  item.control === 'commune' ? textsOf(valueAt(answers, at.replace(/\/[^/]*$/, '/provinceCode')))[0] : undefined

const Group = (props: Shown & { readonly item: FormGroup; readonly rows: readonly number[] }) => {
  const { item, rows, answers, lang } = props
  const hint = lang === 'en' ? item.hintEn : item.hint
  return (
    <fieldset class="form-group" {...whenShown(item.shownIf, rows, answers)}>
      <legend>{lang === 'en' ? item.titleEn : item.title}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {item.items.map((inner) => (
        <Item {...props} item={inner} />
      ))}
    </fieldset>
  )
}

const Rows = (props: Shown & { readonly item: FormRows; readonly rows: readonly number[] }) => {
  const { item, rows, answers, errors, lang } = props
  const at = bind(item.at, rows)
  const count = rowCount(item, answers, rows)
  const title = lang === 'en' ? item.rowTitleEn : item.rowTitle
  return (
    <fieldset class="form-group" id={fieldIdOf(at)} tabindex={-1} {...whenShown(item.shownIf, rows, answers)}>
      <legend>{lang === 'en' ? item.titleEn : item.title}</legend>
      {item.hint !== undefined && <p class="hint">{lang === 'en' ? item.hintEn : item.hint}</p>}
      {errors[at] !== undefined && <p class="field-error">{errors[at]}</p>}
      {Array.from({ length: count }, (_, n) => (
        <fieldset class="form-row">
          <legend>{`${title} ${n + 1}`}</legend>
          {item.items.map((inner) => (
            <Item {...props} item={inner} rows={[...rows, n]} />
          ))}
          {count > item.min && (
            <Button kind="quiet" name="bo-hang" value={`${at}/${n}`}>
              {t(lang, { vi: `Bỏ ${title.toLowerCase()} ${n + 1}`, en: `Remove ${title.toLowerCase()} ${n + 1}` })}
            </Button>
          )}
        </fieldset>
      ))}
      {count < item.max && (
        <Button kind="quiet" name="them-hang" value={at}>
          {t(lang, { vi: `Thêm ${title.toLowerCase()}`, en: `Add ${title.toLowerCase()}` })}
        </Button>
      )}
    </fieldset>
  )
}

const Item = (props: Shown & { readonly item: FormItem; readonly rows: readonly number[] }) => {
  const { item } = props
  switch (item.kind) {
    case 'field':
      return item.control === 'computed' ? null : <Field {...props} item={item} />
    case 'group':
      return <Group {...props} item={item} />
    case 'rows':
      return <Rows {...props} item={item} />
  }
}

export const FormFieldsView = (props: Shown & { readonly view: View }) => {
  const { form, answers, lang } = props
  return (
    <div class="electronic-form" data-form-conditions="">
      {form.layout.map((section) => {
        const note = lang === 'en' ? section.noteEn : section.note
        return (
          <fieldset class="form-section" {...whenShown(section.shownIf, [], answers)}>
            <legend>{lang === 'en' ? section.titleEn : section.title}</legend>
            {note !== undefined && <p class="hint">{note}</p>}
            {section.items.map((item) => (
              <Item {...props} item={item} rows={[]} />
            ))}
          </fieldset>
        )
      })}
      <p class="no-script-only">
        <Button kind="quiet" name="viec" value="cap-nhat">
          {t(lang, { vi: 'Cập nhật biểu mẫu theo lựa chọn', en: 'Update the form by what I chose' })}
        </Button>
      </p>
    </div>
  )
}
