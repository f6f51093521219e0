/** Step 2: the electronic form. What is typed is kept whatever is wrong with it; the server says what. */
import { dateOf, formatTime } from '#kernel/plain-date.ts'
import { type AnswerErrors, type ElectronicForm, addRow, answersFromFields, checkAnswers, fieldsFromAnswers, prefillAnswers, removeRow } from '#modules/catalogue'
import { type DraftFields, saveDraft } from '#modules/dossier'
import { getOwnPerson } from '#modules/organisation'
import { FormFieldsView, fieldIdOf } from '../../forms/index.ts'
import { type FormFields, type Req, html, readForm, seeOther } from '../../http.ts'
import { Actions, Button, ErrorSummary, type Errors, Form, Notice } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { bearerOf } from '../draft-cookie.ts'
import { ApplicationPage, EnterGoesOn, SavedLine, stepHref } from './frame.tsx'
import { type Application, loadApplication } from './load.ts'
import { autosavePapers } from './papers-step.tsx'

/** What the page itself sends besides the answers. */
const OURS: ReadonlySet<string> = new Set(['_csrf', 'submissionKey', 'viec', 'them-hang', 'bo-hang'])

/** As typed: every field with its values. */
export const typedFields = (form: FormFields): Record<string, string[]> => Object.fromEntries([...form.all].filter(([name]) => !OURS.has(name)).map(([name, values]) => [name, [...values]]))

/** With a row more or less, where one of these buttons was pressed. */
const fieldsWanted = (form: ElectronicForm, typed: FormFields): Record<string, string[]> => {
  const fields = fieldsOf(form, typed, typedFields(typed))
  const [more, less] = [typed.get('them-hang'), typed.get('bo-hang')]
  if (more === '' && less === '') return fields
  const answers = answersFromFields(form, fieldsMap(fields))
  return fieldsFromAnswers(form, more === '' ? removeRow(form, answers, less) : addRow(form, answers, more))
}

/** As typed, and with the row that a button of the form adds or takes out. */
export const fieldsOf = (form: ElectronicForm, page: FormFields, typed: Record<string, string[]>): Record<string, string[]> => {
  const [more, less] = [page.get('them-hang'), page.get('bo-hang')]
  if (more === '' && less === '') return typed
  const answers = answersFromFields(form, fieldsMap(typed))
  return fieldsFromAnswers(form, more === '' ? removeRow(form, answers, less) : addRow(form, answers, more))
}

/** The answers as they stand; of a form that nobody has touched yet, what is known of who is signed in. */
export const answersOf = async (req: Req, { form, draft }: Application): Promise<ReturnType<typeof answersFromFields>> => {
  if (Object.keys(draft.fields).length > 0) return answersFromFields(form, fieldsMap(draft.fields))
  return req.ctx.actor.kind === 'person' ? prefillAnswers(form, await getOwnPerson(req.ctx)) : answersFromFields(form, new Map())
}

export const fieldsMap = (fields: DraftFields): ReadonlyMap<string, readonly string[]> => new Map(Object.entries(fields))

export const pointerErrors = (errors: AnswerErrors): Errors => Object.fromEntries(Object.entries(errors).map(([pointer, message]) => [fieldIdOf(pointer), message]))

const FormPage = async (props: { readonly req: Req; readonly application: Application; readonly errors: AnswerErrors }) => {
  const { req, application, errors } = props
  const { view } = req
  const { draft, revision, form, place, row } = application
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  const answers = await answersOf(req, application)
  return (
    <ApplicationPage view={view} step="to-khai" procedure={revision} draftId={draft.id}>
      <ErrorSummary errors={pointerErrors(errors)} />
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
        <FormFieldsView form={form} answers={answers} errors={errors} lang={view.lang} view={view} />
        <Actions>
          <Button name="viec" value="tiep">
            {word('Tiếp tục', 'Continue')}
          </Button>
          <Button kind="quiet" name="viec" value="luu">
            {word('Lưu nháp', 'Save draft')}
          </Button>
        </Actions>
        <SavedLine view={view} savedAt={draft.savedAt} />
      </Form>
    </ApplicationPage>
  )
}

const done = (application: Application): string | undefined => (application.draft.submittedAs === null ? undefined : `/nop-ho-so/xong/${application.draft.submittedAs}`)

/** Sent back from a later step (`?sai=1`), the form says again what is wrong with it. */
export const showForm = async (req: Req): Promise<Response> => {
  const application = await loadApplication(req)
  const filed = done(application)
  if (filed !== undefined) return seeOther(req, filed)
  const checked = req.c.req.query('sai') === undefined ? undefined : checkAnswers(application.form, await answersOf(req, application), dateOf(req.ctx.now))
  const errors = checked?.ok === false ? checked.error : {}
  return html(req, await FormPage({ req, application, errors }))
}

export const postForm = async (req: Req): Promise<Response> => {
  const application = await loadApplication(req)
  const filed = done(application)
  if (filed !== undefined) return seeOther(req, filed)
  const { draft, revision, form } = application
  const typed = await readForm(req)
  const fields = fieldsWanted(form, typed)
  const { savedAt } = await saveDraft(req.ctx, { id: draft.id, fields }, bearerOf(req))
  const here = stepHref('to-khai', revision.code, draft.id)
  // Back to the place in the form where the button stood.
  const row = typed.get('them-hang') || typed.get('bo-hang').replace(/\/\d+$/, '')
  if (typed.get('viec') !== 'tiep') return seeOther(req, row === '' ? here : `${here}#${fieldIdOf(row)}`)
  const checked = checkAnswers(form, answersFromFields(form, fieldsMap(fields)), dateOf(req.ctx.now))
  if (checked.ok) return seeOther(req, stepHref('giay-to', revision.code, draft.id))
  return html(req, await FormPage({ req, application: { ...application, draft: { ...draft, fields, savedAt } }, errors: checked.error }), 422)
}

/** By the script, while typing. @returns when it was saved, as the clock on the wall says it */
export const autosave = async (req: Req): Promise<Response> => {
  const application = await loadApplication(req)
  const form = await readForm(req)
  const papers = req.c.req.query('buoc') === 'giay-to'
  const { savedAt } = papers ? await autosavePapers(req, application, form) : await saveDraft(req.ctx, { id: application.draft.id, fields: typedFields(form) }, bearerOf(req))
  return req.c.json({ savedAt: formatTime(savedAt) })
}
