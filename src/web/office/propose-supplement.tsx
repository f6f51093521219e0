/** `/xu-ly/ho-so/:id/de-xuat-bo-sung`: the officer marks the very entries and papers, says why and what to do, and lays it before the leader. */
import { addDays, dateOf } from '#kernel/plain-date.ts'
import { fieldsToMark, getForm, getRevision, paperName } from '#modules/catalogue'
import { type DossierView, ProposeSupplement, SUPPLEMENT_REASONS, getDossierView, proposeSupplement } from '#modules/dossier'
import { regimeById } from '#modules/process'
import { newId } from '#platform/ids.ts'
import { ActPage } from '../act-page.tsx'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { Actions, Button, DateField, type Errors, Form, Select, TextArea, TextField } from '../ui/index.ts'
import { dossierId } from './dossier.tsx'

/** More of them are folded. */
const FEW = 6

/** A place that can be marked: `f:/request/content` or `p:3`. */
type Markable = { readonly key: string; readonly title: string; readonly now: string; readonly kind: 'field' | 'paper' | 'missing' }

const markables = async (req: Req, dossier: DossierView): Promise<readonly Markable[]> => {
  const { components } = await getRevision(req.ctx, dossier.revisionId)
  const form = dossier.form === null ? undefined : getForm(dossier.form.slug, dossier.form.version)
  const fields = form === undefined || dossier.form === null ? [] : fieldsToMark(form, dossier.form.answers)
  const filesOf = (n: number) => dossier.attachments.filter((a) => a.component === n).length
  return [
    ...fields.map((f): Markable => ({ key: `f:${f.at}`, title: f.title, now: f.words === '' ? 'để trống' : f.words, kind: 'field' })),
    ...components.map((c): Markable => {
      const held = filesOf(c.n) > 0 || dossier.components.some((given) => given.n === c.n)
      return { key: `p:${c.n}`, title: paperName(c.name), now: filesOf(c.n) > 0 ? `${filesOf(c.n)} tệp` : held ? 'bản giấy' : 'chưa có', kind: held ? 'paper' : 'missing' }
    }),
  ]
}

type Shown = { readonly typed: (name: string) => string; readonly marked: ReadonlySet<string>; readonly errors: Errors; readonly refusal?: string }

const reasonsFor = (kind: Markable['kind']) => SUPPLEMENT_REASONS.filter((r) => r.for === (kind === 'field' ? 'field' : 'paper') || r.for === 'any').map((r) => ({ value: r.code, label: r.title }))

const MarkRow = (props: { readonly place: Markable; readonly shown: Shown }) => {
  const { place, shown } = props
  const marked = shown.marked.has(place.key)
  const error = shown.errors[`text-${place.key}`]
  return (
    <details class="fold mark-place" open={marked || error !== undefined}>
      <summary>
        <span class="clamped">{place.title}</span> <span class="soft small">{place.now}</span>
      </summary>
      <label class="check-line">
        <input type="checkbox" name="muc" value={place.key} checked={marked} /> Yêu cầu bổ sung nội dung này
      </label>
      <Select name={`reason-${place.key}`} id={`reason-${place.key}`} label="Lý do" value={shown.typed(`reason-${place.key}`) || undefined} options={reasonsFor(place.kind)} />
      {place.kind !== 'field' && <TextField name={`page-${place.key}`} id={`page-${place.key}`} label="Trang" optional size="short" inputmode="numeric" value={shown.typed(`page-${place.key}`)} />}
      <TextArea name={`text-${place.key}`} id={`text-${place.key}`} label="Người nộp phải làm gì" rows={2} maxlength={1000} value={shown.typed(`text-${place.key}`)} error={error} />
    </details>
  )
}

const ProposePage = (props: { readonly req: Req; readonly dossier: DossierView; readonly places: readonly Markable[]; readonly shown: Shown; readonly submissionKey: ReturnType<typeof newId> }) => {
  const { req, dossier: d, places, shown } = props
  const { settings } = regimeById(d.regime)
  const before = d.supplements.filter((s) => s.requested !== null).length
  const again = before >= settings.supplementsInAppraisal
  const rows = (kind: Markable['kind']) => places.filter((p) => p.kind === kind).map((place) => <MarkRow place={place} shown={shown} />)
  const [fields, held, missing] = [rows('field'), rows('paper'), rows('missing')]
  const marksMissing = places.some((p) => p.kind === 'missing' && (shown.marked.has(p.key) || shown.errors[`text-${p.key}`] !== undefined))
  return (
    <ActPage
      req={req}
      dossier={d}
      name="Đề xuất bổ sung"
      title="Đề xuất yêu cầu bổ sung"
      undone="Chưa gửi được."
      problem={shown}
    >
      <p>Đánh dấu đúng nội dung sai, thiếu. Người nộp chỉ sửa được những nội dung này. Lãnh đạo duyệt rồi mới gửi, và chỉ yêu cầu một lần: hãy nêu đủ.</p>
      <Form view={req.view} action={`/xu-ly/ho-so/${d.id}/de-xuat-bo-sung`} submissionKey={props.submissionKey} label="Đề xuất bổ sung">
        <input type="hidden" name="version" value={String(d.version)} />
        {fields.length > 0 && (
          <fieldset class="form-section">
            <legend>Tờ khai</legend>
            {fields}
          </fieldset>
        )}
        {held.length > 0 && (
          <fieldset class="form-section">
            <legend>Giấy tờ đã nộp</legend>
            {held}
          </fieldset>
        )}
        {/* The published lists run to dozens of remarks. */}
        {missing.length > 0 && (
          <fieldset class="form-section">
            <legend>Giấy tờ chưa có</legend>
            {missing.length <= FEW || held.length + fields.length === 0 ? (
              missing
            ) : (
              <details open={marksMissing}>
                <summary>Theo danh mục của thủ tục ({missing.length})</summary>
                {missing}
              </details>
            )}
          </fieldset>
        )}
        <DateField name="until" label="Người nộp trả lời đến hết ngày" value={shown.typed('until') || addDays(dateOf(req.ctx.now), settings.supplementDays)} error={shown.errors['until']} />
        {again && (
          <TextArea name="newFact" label="Tình tiết mới phát sinh" rows={2} maxlength={2000} value={shown.typed('newFact')} error={shown.errors['newFact']} hint={`Đã yêu cầu bổ sung ${before} lần. Yêu cầu thêm phải có tình tiết mới, và do người ký duyệt.`} />
        )}
        <Actions>
          <Button>Trình lãnh đạo duyệt</Button>
        </Actions>
      </Form>
    </ActPage>
  )
}

const placeOf = (key: string, form: FormFields) => {
  if (key.startsWith('f:')) return { kind: 'field', at: key.slice(2) }
  const page = Number(form.get(`page-${key}`))
  return { kind: 'paper', component: Number(key.slice(2)), ...(Number.isInteger(page) && page > 0 && { page }) }
}

const show = async (req: Req, form?: FormFields, problem: { readonly errors?: Errors; readonly refusal?: string } = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const dossier = await getDossierView(req.ctx, dossierId(req))
  if (!dossier.actions.some((a) => a.action === 'propose-supplement')) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  const shown: Shown = {
    typed: (name) => form?.get(name) ?? '',
    marked: new Set(form?.all.get('muc') ?? []),
    errors: problem.errors ?? {},
    ...(problem.refusal !== undefined && { refusal: problem.refusal }),
  }
  return html(req, <ProposePage req={req} dossier={dossier} places={await markables(req, dossier)} shown={shown} submissionKey={submissionKeyOf(req, status === 422 ? form : undefined)} />, status)
}

const propose = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const marked = form.all.get('muc') ?? []
  const items = marked.map((key) => ({ place: placeOf(key, form), reason: form.get(`reason-${key}`), text: form.get(`text-${key}`) }))
  const untold = Object.fromEntries(marked.filter((key) => form.get(`text-${key}`).trim() === '').map((key) => [`text-${key}`, 'Ghi việc người nộp phải làm.']))
  const parsed = ProposeSupplement.safeParse({ submissionKey: form.get('submissionKey'), dossierId: dossierId(req), version: Number(form.get('version')), items, until: form.get('until'), newFact: form.get('newFact') })
  if (!parsed.success) {
    const words = { until: { field: 'until', say: 'Chọn ngày.' }, items: { field: 'muc', say: 'Đánh dấu ít nhất một nội dung.' }, newFact: { field: 'newFact', say: 'Tối đa 2.000 chữ cái.' } }
    const { muc, ...errors } = fieldErrors(parsed.error, words)
    return show(req, form, { errors: { ...(marked.length === 0 && muc !== undefined && { muc }), ...errors, ...untold } }, 422)
  }
  const done = await proposeSupplement(req.ctx, parsed.data)
  if (!done.ok) return show(req, form, { refusal: actRefusal(done.error) }, 409)
  return seeOther(req, `/xu-ly/ho-so/${done.value.id}`)
}

export const proposeRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly/ho-so/:id/de-xuat-bo-sung', access: 'dossier.examine', handle: (req) => show(req) },
  { method: 'POST', path: '/xu-ly/ho-so/:id/de-xuat-bo-sung', access: 'dossier.examine', handle: propose },
]
