/** `/xu-ly/ho-so/:id/dinh-chinh`: who applied and where the result goes, as they should have been written down. */
import { CorrectEntries, type DossierView, correctEntries, getDossierView } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { ActPage } from '../act-page.tsx'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { Actions, Button, type Errors, Form, RadioGroup, TextField } from '../ui/index.ts'
import { REASON } from './correction-act.ts'
import { CorrectionReason } from './correction-fields.tsx'
import { dossierId } from './dossier.tsx'

const WORDS = {
  name: { field: 'name', say: 'Ghi họ tên, hoặc tên tổ chức.' },
  personalNumber: { field: 'personalNumber', say: 'Số định danh cá nhân có 12 chữ số; mã số thuế có 10, 12 hoặc 13 chữ số.' },
  phone: { field: 'phone', say: 'Số điện thoại chưa đúng, ví dụ 0905 123 456.' },
  address: { field: 'address', say: 'Tối đa 300 chữ cái.' },
  email: { field: 'email', say: 'Địa chỉ thư điện tử chưa đúng.' },
  delivery: { field: 'delivery', say: 'Chọn cách nhận kết quả.' },
  deliveryAddress: { field: 'deliveryAddress', say: 'Tối đa 300 chữ cái.' },
  ...REASON,
} as const

/** Refusals that belong to a field. */
const FIELD_OF: Readonly<Record<string, keyof typeof WORDS>> = { 'address-missing': 'deliveryAddress', 'other-applicant-unapproved': 'personalNumber' }

type Shown = { readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly refusal?: string }

const valuesOf = ({ applicant, delivery, deliveryAddress }: DossierView): Shown['values'] => ({
  name: applicant.name, personalNumber: applicant.personalNumber ?? '', phone: applicant.phone ?? '', address: applicant.address ?? '', email: applicant.email ?? '', delivery, deliveryAddress: deliveryAddress ?? '', reason: '',
})

const EntriesPage = (props: { readonly req: Req; readonly dossier: DossierView; readonly shown: Shown; readonly submissionKey: ReturnType<typeof newId> }) => {
  const { req, dossier: d, shown } = props
  const typed = (name: keyof typeof WORDS) => ({ name, value: shown.values[name] ?? '', error: shown.errors[name] })
  return (
    <ActPage
      req={req}
      dossier={d}
      name="Đính chính thông tin"
      title="Đính chính thông tin hồ sơ"
      lead="Sửa những gì ghi sai khi tiếp nhận. Giá trị cũ vẫn được giữ trong lịch sử; giấy tiếp nhận được lập lại và ghi rõ thay cho bản cũ."
      undone="Chưa đính chính được."
      problem={shown}
    >
      <Form view={req.view} action={`/xu-ly/ho-so/${d.id}/dinh-chinh`} submissionKey={props.submissionKey} label="Đính chính thông tin">
        <input type="hidden" name="version" value={String(d.version)} />
        <h2>Người yêu cầu</h2>
        <TextField {...typed('name')} label={d.applicant.kind === 'individual' ? 'Họ tên' : 'Tên tổ chức'} size="full" maxlength={250} />
        <div class="field-row">
          <TextField {...typed('personalNumber')} label={d.applicant.kind === 'individual' ? 'Số định danh cá nhân' : 'Mã số thuế'} optional inputmode="numeric" hint={d.channel !== 'online' ? 'Số khác là người khác: hồ sơ sang tên, người cũ có tài khoản được báo.' : 'Số khác là người khác: hồ sơ sang tên, người cũ có tài khoản được báo. Tài khoản đã xác thực: do lãnh đạo đính chính.'} />
          <TextField {...typed('phone')} label="Điện thoại" optional inputmode="tel" />
        </div>
        <TextField {...typed('address')} label="Nơi cư trú, trụ sở" optional size="full" maxlength={300} />
        <TextField {...typed('email')} label="Thư điện tử" optional size="full" />
        <h2>Nhận kết quả</h2>
        <RadioGroup {...typed('delivery')} label="Cách nhận" inline options={[{ value: 'counter', label: 'Tại quầy' }, { value: 'postal', label: 'Qua bưu chính' }, { value: 'online', label: 'Bản điện tử' }]} />
        <TextField {...typed('deliveryAddress')} label="Địa chỉ nhận qua bưu chính" optional size="full" maxlength={300} />
        <CorrectionReason values={shown.values} errors={shown.errors} of="correct-entries" />
        <Actions>
          <Button>Đính chính</Button>
        </Actions>
      </Form>
    </ActPage>
  )
}

const show = async (req: Req, form?: FormFields, problem: { readonly errors?: Errors; readonly refusal?: string } = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const dossier = await getDossierView(req.ctx, dossierId(req))
  if (!dossier.actions.some((a) => a.action === 'correct-entries')) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  const values = form === undefined ? valuesOf(dossier) : Object.fromEntries(Object.keys(WORDS).map((name) => [name, form.get(name)]))
  const shown: Shown = { values, errors: problem.errors ?? {}, ...(problem.refusal !== undefined && { refusal: problem.refusal }) }
  return html(req, <EntriesPage req={req} dossier={dossier} shown={shown} submissionKey={submissionKeyOf(req, status === 422 ? form : undefined)} />, status)
}

const correct = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const typed = Object.fromEntries(Object.keys(WORDS).map((name) => [name, form.get(name)]))
  const parsed = CorrectEntries.safeParse({ ...typed, submissionKey: form.get('submissionKey'), dossierId: dossierId(req), version: Number(form.get('version')) })
  if (!parsed.success) return show(req, form, { errors: fieldErrors(parsed.error, WORDS) }, 422)
  const done = await correctEntries(req.ctx, parsed.data)
  if (done.ok) return seeOther(req, `/xu-ly/ho-so/${done.value.id}`)
  const field = FIELD_OF[done.error.code]
  return field !== undefined ? show(req, form, { errors: { [field]: actRefusal(done.error) } }, 422) : show(req, form, { refusal: actRefusal(done.error) }, 409)
}

export const correctEntriesRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly/ho-so/:id/dinh-chinh', access: 'dossier.read', handle: (req) => show(req) },
  { method: 'POST', path: '/xu-ly/ho-so/:id/dinh-chinh', access: 'dossier.read', handle: correct },
]
