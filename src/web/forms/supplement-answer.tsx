/** The answer to what was asked in examination: only the marked entries and papers, in one form for the account and for the desk. */
import type { Child } from 'hono/jsx'
import type { Json } from '#kernel/digest.ts'
import { formatDate } from '#kernel/plain-date.ts'
import { type ElectronicForm, type MarkedField, fieldsToMark, getForm, nameOf, textsOf, valueAt } from '#modules/catalogue'
import { type DossierView, supplementReason } from '#modules/dossier'
import { type FormFields, type Lang, type View } from '../http.ts'
import { Actions, Button, Card, ErrorSummary, type Errors, Form, type KeptFile, Notice, TextArea, TextField } from '../ui/index.ts'
import { t } from '../words.ts'
import { FieldControl } from './field-control.tsx'
import { fieldIdOf } from './form-fields.tsx'

export type Asked = DossierView['supplements'][number]
/** What both sides' views have of it. */
export type Answerable = Pick<DossierView, 'id' | 'version' | 'form' | 'supplements' | 'code'>

export const askedOf = (dossier: Pick<Answerable, 'supplements'>): Asked | undefined => dossier.supplements.find((s) => s.state === 'requested')
/** Numbers of the papers that are asked for. */
export const papersOf = (asked: Asked): readonly number[] => asked.items.flatMap(({ place }) => (place.kind === 'paper' ? [place.component] : []))

type Marked = { readonly form: ElectronicForm; readonly answers: Json; readonly fields: readonly MarkedField[] }
export const markedFields = (dossier: Pick<Answerable, 'form'>, asked: Asked, lang: Lang): Marked | undefined => {
  const form = dossier.form === null ? undefined : getForm(dossier.form.slug, dossier.form.version)
  if (form === undefined || dossier.form === null) return undefined
  const places = asked.items.flatMap(({ place }) => (place.kind === 'field' ? [place.at] : []))
  return { form, answers: dossier.form.answers, fields: fieldsToMark(form, dossier.form.answers, lang).filter((f) => places.includes(f.at)) }
}

/** By name, as typed: an unchecked box is an empty answer, not a missing one. */
export const typedMarked = (marked: Marked | undefined, form: FormFields): Record<string, string[]> =>
  Object.fromEntries((marked?.fields ?? []).map(({ at }) => [nameOf(at), [...(form.all.get(nameOf(at)) ?? [])]]))

/** The published names of papers are whole sentences; the whole one stands at the box for its files. */
const shortTitle = (title: string): string => (title.length <= 90 ? title : `${title.slice(0, 80).replace(/\s+\S*$/u, '')}…`)

export const NOTE = 'giai-trinh'

type Props = {
  readonly view: View
  readonly action: string
  readonly submissionKey: string
  readonly dossier: Answerable
  readonly asked: Asked
  readonly typed?: Readonly<Record<string, readonly string[]>>
  readonly note: string
  readonly errors: Errors
  readonly answerErrors: Readonly<Record<string, string>>
  readonly problem?: string | undefined
  /** The box for the files of a paper. */
  readonly paper: (n: number, title: string) => Child
  /** At the desk: sheets that lie on it. */
  readonly sheets?: (n: number) => Child
  readonly submit: string
  readonly kept: ReadonlyMap<string, readonly KeptFile[]>
}

const ItemFields = (props: Props & { readonly marked: Marked | undefined; readonly item: Asked['items'][number] }) => {
  const { item, marked } = props
  const { lang } = props.view
  const { place } = item
  if (place.kind === 'paper') {
    return (
      <>
        {props.paper(place.component, place.title)}
        {props.sheets?.(place.component)}
      </>
    )
  }
  const found = marked?.fields.find((f) => f.at === place.at)
  if (found === undefined || marked === undefined) return null
  const name = nameOf(place.at)
  const values = props.typed?.[name] ?? textsOf(valueAt(marked.answers, place.at))
  const province = found.field.control === 'commune' ? textsOf(valueAt(marked.answers, place.at.replace(/\/[^/]*$/, '/provinceCode')))[0] : undefined
  return <FieldControl field={found.field} name={name} id={fieldIdOf(place.at)} values={values} province={province} error={props.answerErrors[place.at]} warning={undefined} required={found.field.required === true} lang={lang} />
}

export const SupplementAnswer = (props: Props) => {
  const { view, dossier, asked } = props
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  const marked = markedFields(dossier, asked, view.lang)
  const shownErrors = { ...Object.fromEntries(Object.entries(props.answerErrors).map(([at, say]) => [fieldIdOf(at), say])), ...props.errors }
  return (
    <>
      <ErrorSummary errors={shownErrors} />
      {props.problem !== undefined && (
        <Notice tone="late" role="alert" title={word('Chưa gửi được', 'Not sent')}>
          {props.problem}
        </Notice>
      )}
      <p>
        {word('Chỉ sửa những nội dung dưới đây; phần còn lại của hồ sơ giữ nguyên.', 'Only what stands below can be changed; the rest stays as it is.')}{' '}
        <b>{word(`Trả lời đến hết ngày ${formatDate(asked.until)}.`, `Answer by ${formatDate(asked.until)}.`)}</b>
      </p>
      <Form view={view} action={props.action} multipart={true} submissionKey={props.submissionKey} label={props.submit}>
        <input type="hidden" name="version" value={String(dossier.version)} />
        {asked.items.map((item) => (
          <Card as="section" title={`${item.n}. ${shortTitle(item.place.title)}`}>
            <p lang="vi">
              {supplementReason(item.reason, view.lang)}
              {item.place.kind === 'paper' && item.place.page !== null && word(` (trang ${item.place.page})`, ` (page ${item.place.page})`)}. {item.text}
            </p>
            <ItemFields {...props} marked={marked} item={item} />
          </Card>
        ))}
        <TextArea
          name={NOTE}
          label={word('Giải trình, nếu có nội dung không sửa', 'Explain, where something stays as it is')}
          value={props.note}
          optional={true}
          rows={3}
          maxlength={2000}
          error={props.errors[NOTE]}
        />
        <Actions>
          <Button name="viec" value="tiep">
            {props.submit}
          </Button>
        </Actions>
      </Form>
    </>
  )
}

export const Sheets = (props: { readonly n: number; readonly typed: (name: string) => string }) => (
  <div class="field-row">
    <TextField name={`ban-chinh-${props.n}`} id={`ban-chinh-${props.n}`} label="Bản chính nhận tại quầy" optional size="short" inputmode="numeric" value={props.typed(`ban-chinh-${props.n}`)} />
    <TextField name={`ban-sao-${props.n}`} id={`ban-sao-${props.n}`} label="Bản sao" optional size="short" inputmode="numeric" value={props.typed(`ban-sao-${props.n}`)} />
  </div>
)
