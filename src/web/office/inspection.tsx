/** `/xu-ly/ho-so/:id/kiem-tra`: the officer arranges a visit to the place, and writes down what was found there. */
import type { Child } from 'hono/jsx'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { NotFound } from '#kernel/errors.ts'
import { type Instant, dateOf, dayNumber, formatTime, instantAt, isPlainDate } from '#kernel/plain-date.ts'
import { getWorkingCalendar, workingDateAfter } from '#modules/calendar'
import {
  CancelInspection, type DossierView, type Inspection, PlanInspection, RecordInspection, SignInspection, cancelInspection, getDossierView, getInspection, phaseOfInspection, planInspection, recordInspection,
  renderInspection, signInspection,
} from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { ActPage } from '../act-page.tsx'
import { type FieldWords, fieldErrors } from '../field-errors.ts'
import { pdfResponse } from '../file-response.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { Actions, Button, DateField, type Errors, FileDrop, Form, type KeptFile, TextArea, TextField } from '../ui/index.ts'
import { storeFiles } from '../uploads.ts'
import { actRoute, handler } from './act.ts'
import { dossierId } from './dossier.tsx'
import { momentFrom, peopleFrom, peopleInLines } from './inspection-fields.ts'

type Which = 'hen' | 'bien-ban' | 'huy'
/** What was sent and came back. */
type Back = { readonly which: Which; readonly form: FormFields; readonly errors: Errors; readonly kept: readonly KeptFile[]; readonly refusal?: string }
/** `morning`: of the next working day, for a visit that has no time yet. */
type Shown = { readonly req: Req; readonly morning: Instant; readonly dossier: DossierView; readonly open: Inspection | undefined; readonly back: Back | undefined; readonly status: number }

const typed = ({ back }: Shown, which: Which) => (name: string, otherwise: string): string => (back?.which === which ? back.form.get(name) : otherwise)
const wrong = ({ back }: Shown, which: Which): Errors => (back?.which === which ? back.errors : {})

const VisitForm = (props: { readonly shown: Shown; readonly which: Which; readonly label: string; readonly multipart?: boolean; readonly children?: Child }) => {
  const { shown, which } = props
  const key = shown.back?.which === which && shown.status === 422 ? shown.back.form.get('submissionKey') : ''
  return (
    <Form view={shown.req.view} action={`/xu-ly/ho-so/${shown.dossier.id}/kiem-tra/${which}`} submissionKey={isUuid(key) ? key : newId(shown.req.ctx.now)} multipart={props.multipart === true} label={props.label}>
      <input type="hidden" name="version" value={String(shown.dossier.version)} />
      {props.children}
    </Form>
  )
}

const Plan = ({ shown }: { readonly shown: Shown }) => {
  const { open, dossier } = shown
  const [value, errors] = [typed(shown, 'hen'), wrong(shown, 'hen')]
  const at = open?.appointment.at ?? shown.morning
  return (
    <VisitForm shown={shown} which="hen" label="Hẹn kiểm tra">
      <div class="field-row">
        <DateField name="at" label="Ngày" size="full" value={value('at', dateOf(at))} error={errors['at']} />
        <TextField name="gio" label="Giờ" value={value('gio', formatTime(at))} hint="24 giờ, ví dụ 08:30" error={errors['gio']} />
      </div>
      <TextField name="place" label="Địa điểm" maxlength={300} value={value('place', open?.appointment.place ?? dossier.applicant.address ?? '')} error={errors['place']} />
      <TextArea name="note" label="Người nộp cần chuẩn bị" optional rows={2} maxlength={1000} value={value('note', open?.appointment.note ?? '')} error={errors['note']} hint="Người nộp đọc được, và được báo lịch hẹn." />
      <Actions>
        <Button kind={open === undefined ? 'primary' : 'quiet'}>{open === undefined ? 'Hẹn kiểm tra' : 'Đổi lịch hẹn'}</Button>
      </Actions>
    </VisitForm>
  )
}

const Record = ({ shown, visit }: { readonly shown: Shown; readonly visit: Inspection }) => {
  const [value, errors] = [typed(shown, 'bien-ban'), wrong(shown, 'bien-ban')]
  const { record, appointment } = visit
  const { now } = shown.req.ctx
  const [began, ended] = [record?.beganAt ?? Math.min(appointment.at, now), record?.endedAt ?? now] as [Instant, Instant]
  return (
    <VisitForm shown={shown} which="bien-ban" label="Biên bản" multipart>
      <div class="field-row">
        <DateField name="ngay" label="Ngày kiểm tra" size="full" value={value('ngay', dateOf(began))} error={errors['ngay']} />
        <TextField name="beganAt" label="Bắt đầu" value={value('beganAt', formatTime(began))} error={errors['beganAt']} />
        <TextField name="endedAt" label="Kết thúc" value={value('endedAt', dateOf(ended) === dateOf(began) ? formatTime(ended) : '')} error={errors['endedAt']} />
      </div>
      <TextField name="place" id="noi-kiem-tra" label="Địa điểm" maxlength={300} value={value('place', record?.place ?? appointment.place)} error={errors['place']} />
      <TextArea
        name="people"
        label="Thành phần tham gia"
        rows={4}
        value={value('people', record === null ? `${shown.dossier.applicant.name}, chủ hồ sơ` : peopleInLines(record.people))}
        error={errors['people']}
        hint="Mỗi người một dòng: họ tên, tư cách. Ví dụ: Lê Thị Hoa, hàng xóm"
      />
      <TextArea name="findings" label="Hiện trạng ghi nhận" rows={6} maxlength={8000} value={value('findings', record?.findings ?? '')} error={errors['findings']} />
      <TextArea name="conclusion" label="Kết luận, kiến nghị" optional rows={3} maxlength={4000} value={value('conclusion', record?.conclusion ?? '')} error={errors['conclusion']} />
      <FileDrop
        name="tep"
        label="Ảnh chụp"
        optional
        accept=".jpg,.jpeg,.png,.pdf"
        hint={record !== null && record.photos.length > 0 ? `Đã có ${record.photos.length} ảnh; ảnh mới được thêm vào.` : undefined}
        kept={shown.back?.which === 'bien-ban' ? shown.back.kept : []}
        keptName="tep-da-gui"
        upload="/tai-len"
        error={errors['tep']}
      />
      <Actions>
        <Button>Lưu biên bản</Button>
      </Actions>
    </VisitForm>
  )
}

const Cancel = ({ shown }: { readonly shown: Shown }) => (
  <VisitForm shown={shown} which="huy" label="Hủy lịch hẹn">
    <TextArea name="reason" label="Lý do" rows={2} maxlength={1000} value={typed(shown, 'huy')('reason', '')} error={wrong(shown, 'huy')['reason']} hint="Người nộp được báo là lịch đã hủy." />
    <Actions>
      <Button kind="quiet">Hủy lịch hẹn</Button>
    </Actions>
  </VisitForm>
)

const InspectionPage = ({ shown }: { readonly shown: Shown }) => {
  const { req, dossier: d, open, back } = shown
  const phase = open === undefined ? undefined : phaseOfInspection(open)
  return (
    <ActPage
      req={req}
      dossier={d}
      name="Kiểm tra thực địa"
      title={open === undefined ? 'Hẹn kiểm tra thực địa' : 'Biên bản kiểm tra thực địa'}
      problem={back}
      ids={back?.which === 'bien-ban' ? { place: 'noi-kiem-tra' } : {}}
    >
      {open === undefined ? <Plan shown={shown} /> : <Record shown={shown} visit={open} />}
      {phase === 'planned' && (
        <>
          <details class="fold" open={back?.which === 'hen'}>
            <summary>Đổi lịch hẹn</summary>
            <Plan shown={shown} />
          </details>
          <details class="fold" open={back?.which === 'huy'}>
            <summary>Hủy lịch hẹn</summary>
            <Cancel shown={shown} />
          </details>
        </>
      )}
    </ActPage>
  )
}

const show = async (req: Req, back?: Back, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const dossier = await getDossierView(req.ctx, dossierId(req))
  if (!dossier.actions.some((a) => a.action === 'plan-inspection' || a.action === 'record-inspection')) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  const open = dossier.inspections.find((i) => i.signed === null && i.cancelled === null)
  const morning = instantAt(dayNumber(workingDateAfter(await getWorkingCalendar(req.ctx, dossier.agencyId), dateOf(req.ctx.now), 1)), (8 * 60 + 30) * 60_000)
  return html(req, <InspectionPage shown={{ req, morning, dossier, open, back, status }} />, status)
}

const AT = { field: 'gio', say: 'Ghi ngày, và giờ theo dạng 08:30.' } as const
const PLACE = { field: 'place', say: 'Ghi địa điểm.' } as const
const on = (req: Req, form: FormFields) => ({ submissionKey: form.get('submissionKey'), dossierId: dossierId(req), version: Number(form.get('version')) })
const home = (req: Req, id: Uuid) => seeOther(req, `/xu-ly/ho-so/${id}#kiem-tra`)

const plan = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const parsed = PlanInspection.safeParse({ ...on(req, form), at: momentFrom(form.get('at'), form.get('gio')), place: form.get('place'), note: form.get('note') })
  const words: FieldWords = { at: AT, place: PLACE, note: { field: 'note', say: 'Tối đa 1.000 chữ cái.' } }
  if (!parsed.success) return show(req, { which: 'hen', form, errors: fieldErrors(parsed.error, words), kept: [] }, 422)
  const done = await planInspection(req.ctx, parsed.data)
  if (!done.ok && done.error.code === 'appointment-in-past') return show(req, { which: 'hen', form, errors: { gio: actRefusal(done.error) }, kept: [] }, 422)
  return done.ok ? home(req, done.value.id) : show(req, { which: 'hen', form, errors: {}, kept: [], refusal: actRefusal(done.error) }, 409)
}

const cancel = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const parsed = CancelInspection.safeParse({ ...on(req, form), reason: form.get('reason') })
  if (!parsed.success) return show(req, { which: 'huy', form, errors: fieldErrors(parsed.error, { reason: { field: 'reason', say: 'Ghi lý do hủy.' } }), kept: [] }, 422)
  const done = await cancelInspection(req.ctx, parsed.data)
  return done.ok ? home(req, done.value.id) : show(req, { which: 'huy', form, errors: {}, kept: [], refusal: actRefusal(done.error) }, 409)
}

const RECORD_WORDS: FieldWords = {
  beganAt: { field: 'beganAt', say: 'Ghi giờ bắt đầu theo dạng 08:30.' },
  endedAt: { field: 'endedAt', say: 'Ghi giờ kết thúc theo dạng 08:30.' },
  place: PLACE,
  people: { field: 'people', say: 'Mỗi người một dòng: họ tên, dấu phẩy, tư cách. Ít nhất một người, nhiều nhất 30.' },
  findings: { field: 'findings', say: 'Ghi hiện trạng.' },
  conclusion: { field: 'conclusion', say: 'Tối đa 4.000 chữ cái.' },
  uploadIds: { field: 'tep', say: 'Mỗi lần gửi nhiều nhất 20 ảnh.' },
}

const record = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const files = await storeFiles(req, form, 'tep', 'tep-da-gui')
  const at = (name: string) => momentFrom(form.get('ngay'), form.get(name))
  const input = { ...on(req, form), beganAt: at('beganAt'), endedAt: at('endedAt'), place: form.get('place'), people: peopleFrom(form.get('people')), findings: form.get('findings'), conclusion: form.get('conclusion'), uploadIds: files.ids }
  const parsed = RecordInspection.safeParse(input)
  const back = (errors: Errors, refusal?: string): Back => ({ which: 'bien-ban', form, errors, kept: files.files, ...(refusal !== undefined && { refusal }) })
  if (!parsed.success || files.problems.length > 0) {
    const dated: Errors = isPlainDate(form.get('ngay')) ? {} : { ngay: 'Chọn ngày kiểm tra.' }
    return show(req, back({ ...dated, ...(parsed.success ? {} : fieldErrors(parsed.error, RECORD_WORDS)), ...(files.problems.length > 0 && { tep: files.problems.join(' ') }) }), 422)
  }
  const done = await recordInspection(req.ctx, parsed.data)
  if (done.ok) return home(req, done.value.id)
  if (done.error.code === 'visit-ends-before' || done.error.code === 'visit-in-future') return show(req, back({ endedAt: actRefusal(done.error) }), 422)
  return show(req, back({}, actRefusal(done.error)), 409)
}

const paper = async (req: Req): Promise<Response> => {
  const n = Number(req.c.req.param('n'))
  if (!Number.isInteger(n)) throw new NotFound('inspection')
  const found = await getInspection(req.ctx, dossierId(req), n)
  return pdfResponse(new Uint8Array(await renderInspection(found, req.publicUrl)), `bien-ban-kiem-tra-${found.code}.pdf`)
}

const HERE = '/xu-ly/ho-so/:id/kiem-tra'
export const inspectionRoutes: readonly Route[] = [
  { method: 'GET', path: HERE, access: 'dossier.examine', handle: (req) => show(req) },
  actRoute('plan-inspection', 'dossier.examine', plan),
  actRoute('cancel-inspection', 'dossier.examine', cancel),
  actRoute('record-inspection', 'dossier.examine', record),
  actRoute('sign-inspection', 'dossier.examine', handler('sign-inspection', SignInspection, { uploadId: { field: 'tep', say: 'Đính kèm lại bản đã ký.' } }, signInspection)),
  { method: 'GET', path: `${HERE}/:n`, access: 'dossier.find', handle: paper },
]
