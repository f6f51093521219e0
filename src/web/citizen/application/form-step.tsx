/** Step 2: the electronic form. What is typed is kept whatever is wrong with it; the server says what. */
import { type PlainDate, dateOf, formatTime } from '#kernel/plain-date.ts'
import { type AnswerErrors, type ElectronicForm, addRow, answersFromFields, checkAnswers, fieldsFromAnswers, prefillAnswers, removeRow, summaryOf, warningsOf } from '#modules/catalogue'
import { type DraftFields, saveDraft } from '#modules/dossier'
import { getOwnPerson } from '#modules/organisation'
import { FormFieldsView, fieldIdOf } from '../../forms/index.ts'
import { type FormFields, type Req, type View, html, readForm, seeOther } from '../../http.ts'
import { ErrorSummary, type Errors, Form, KeyValue, Notice } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { bearerOf } from '../draft-cookie.ts'
import { ApplicationPage, EnterGoesOn, GoOnOrSave, stepHref } from './frame.tsx'
import { type Application, loadApplication } from './load.ts'
import { autosavePapers } from './papers-step.tsx'

/** What the page itself sends besides the answers. */
const OURS: ReadonlySet<string> = new Set(['_csrf', 'submissionKey', 'viec', 'them-hang', 'bo-hang'])

/** As typed: every field with its values. */
export const typedFields = (form: FormFields): Record<string, string[]> => Object.fromEntries([...form.all].filter(([name]) => !OURS.has(name)).map(([name, values]) => [name, [...values]]))

/** As typed, and with the row that a button of the form adds or takes out. */
export const fieldsOf = (form: ElectronicForm, page: FormFields, typed: Record<string, string[]>, today: PlainDate): Record<string, string[]> => {
  const [more, less] = [page.get('them-hang'), page.get('bo-hang')]
  if (more === '' && less === '') return typed
  const answers = answersFromFields(form, fieldsMap(typed), today)
  return fieldsFromAnswers(form, more === '' ? removeRow(form, answers, less) : addRow(form, answers, more))
}

/** The answers as they stand; of a form that nobody has touched yet, what is known of who is signed in. */
export const answersOf = async (req: Req, { form, draft }: Application): Promise<ReturnType<typeof answersFromFields>> => {
  const today = dateOf(req.ctx.now)
  if (Object.keys(draft.fields).length > 0) return answersFromFields(form, fieldsMap(draft.fields), today)
  return req.ctx.actor.kind === 'person' ? prefillAnswers(form, await getOwnPerson(req.ctx), today) : answersFromFields(form, new Map(), today)
}

export const fieldsMap = (fields: DraftFields): ReadonlyMap<string, readonly string[]> => new Map(Object.entries(fields))

export const pointerErrors = (errors: AnswerErrors): Errors => Object.fromEntries(Object.entries(errors).map(([pointer, message]) => [fieldIdOf(pointer), message]))

const FormPage = async (props: { readonly req: Req; readonly application: Application; readonly errors: AnswerErrors }) => {
  const { req, application, errors } = props
  const { view } = req
  const { draft, revision, form, place, row } = application
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  const answers = await answersOf(req, application)
  // Of what was typed: an untouched form is not found fault with.
  const warnings = Object.keys(draft.fields).length === 0 ? {} : warningsOf(form, answers, dateOf(req.ctx.now), view.lang)
  return (
    <ApplicationPage view={view} step="to-khai" procedure={revision} draftId={draft.id}>
      <ErrorSummary errors={pointerErrors(errors)} />
      {application.formBefore !== undefined && <FormReplaced application={application} before={application.formBefore} view={view} today={dateOf(req.ctx.now)} />}
      {row === undefined && (
        <Notice tone="late" title={word('Trường hợp đã chọn không còn nộp được', 'The chosen case is no longer open')}>
          <a href={stepHref('noi-nop', revision.code, draft.id)}>{word('Chọn lại trường hợp', 'Choose again')}</a>. {word('Những gì đã điền vẫn còn nguyên.', 'Everything you typed is still here.')}
        </Notice>
      )}
      {req.ctx.actor.kind !== 'person' && (
        <p class="soft small">
          <a href={`/dang-nhap?tiep=${encodeURIComponent(view.path)}`}>{word('Đăng nhập', 'Sign in')}</a> {word('để tờ khai được điền sẵn tên, số định danh, địa chỉ của bạn.', 'to have your name, number and address filled in.')}
        </p>
      )}
      <h2>{t(view.lang, { vi: form.title, en: form.titleEn })}</h2>
      <p class="soft small">{word(`Gửi tới ${place.name}.`, `To ${place.name}.`)}</p>
      <Form view={view} action={stepHref('to-khai', revision.code, draft.id)} label={word('Tờ khai', 'Form')} attributes={{ 'data-autosave': `/nop-ho-so/ban-nhap/${draft.id}/luu?buoc=to-khai` }}>
        <EnterGoesOn />
        <FormFieldsView form={form} answers={answers} errors={errors} warnings={warnings} lang={view.lang} view={view} />
        <GoOnOrSave view={view} savedAt={draft.savedAt} />
      </Form>
    </ApplicationPage>
  )
}

/** Published anew while it was being filled in: what was typed is taken over by question, and stands here as a whole until it is saved. */
const FormReplaced = (props: { readonly application: Application; readonly before: ElectronicForm; readonly view: View; readonly today: PlainDate }) => {
  const { before, view } = props
  const answers = answersFromFields(before, fieldsMap(props.application.draft.fields), props.today)
  return (
    <Notice tone="soon" title={t(view.lang, { vi: 'Mẫu tờ khai vừa được thay', en: 'The form has just been replaced' })}>
      <p>{t(view.lang, { vi: 'Những gì bạn đã ghi ở các mục còn được hỏi vẫn còn. Hãy xem lại và ghi thêm các mục mới.', en: 'What you wrote under questions that are still asked is kept. Please look it over and answer the new ones.' })}</p>
      <details class="fold">
        <summary>{t(view.lang, { vi: 'Những gì đã ghi ở mẫu cũ', en: 'What you wrote in the former form' })}</summary>
        {summaryOf(before, answers, view.lang).map((section) => (
          <KeyValue items={section.items.map(({ label, value }) => [label, value] as const)} />
        ))}
      </details>
    </Notice>
  )
}

const done = (application: Application): string | undefined => (application.draft.submittedAs === null ? undefined : `/nop-ho-so/xong/${application.draft.submittedAs}`)

/** Sent back from a later step (`?sai=1`), the form says again what is wrong with it. */
export const showForm = async (req: Req): Promise<Response> => {
  const application = await loadApplication(req)
  const filed = done(application)
  if (filed !== undefined) return seeOther(req, filed)
  const checked = req.c.req.query('sai') === undefined ? undefined : checkAnswers(application.form, await answersOf(req, application), dateOf(req.ctx.now), req.view.lang)
  const errors = checked?.ok === false ? checked.error : {}
  return html(req, await FormPage({ req, application, errors }))
}

export const postForm = async (req: Req): Promise<Response> => {
  const application = await loadApplication(req)
  const filed = done(application)
  if (filed !== undefined) return seeOther(req, filed)
  const { draft, revision, form } = application
  const typed = await readForm(req)
  const today = dateOf(req.ctx.now)
  const fields = fieldsOf(form, typed, typedFields(typed), today)
  const { savedAt } = await saveDraft(req.ctx, { id: draft.id, fields, formVersion: form.version }, bearerOf(req))
  const here = stepHref('to-khai', revision.code, draft.id)
  // Back to the place in the form where the button stood.
  const row = typed.get('them-hang') || typed.get('bo-hang').replace(/\/\d+$/, '')
  if (typed.get('viec') !== 'tiep') return seeOther(req, row === '' ? here : `${here}#${fieldIdOf(row)}`)
  const checked = checkAnswers(form, answersFromFields(form, fieldsMap(fields), today), today, req.view.lang)
  if (checked.ok) return seeOther(req, stepHref('giay-to', revision.code, draft.id))
  return html(req, await FormPage({ req, application: { ...application, formBefore: undefined, draft: { ...draft, fields, savedAt } }, errors: checked.error }), 422)
}

/** By the script, while typing. @returns when it was saved, as the clock on the wall says it */
export const autosave = async (req: Req): Promise<Response> => {
  const application = await loadApplication(req)
  const form = await readForm(req)
  const papers = req.c.req.query('buoc') === 'giay-to'
  const { savedAt } = papers ? await autosavePapers(req, application, form) : await saveDraft(req.ctx, { id: application.draft.id, fields: typedFields(form), formVersion: application.form.version }, bearerOf(req))
  return req.c.json({ savedAt: formatTime(savedAt) })
}
