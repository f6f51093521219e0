/** `/xu-ly/vang-mat`: who of a leader's people is away, from when to when, and who stands in. Why is not asked. */
import { isUuid } from '#kernel/ids.ts'
import { addDays, dateOf, formatDate } from '#kernel/plain-date.ts'
import { type Absence, type AbsenceRefusal, EndAbsence, RecordAbsence, type StaffMember, endAbsence, listAbsences, listLed, recordAbsence } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { type FieldWords, fieldErrors } from '../field-errors.ts'
import { type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Actions, Badge, Button, ButtonLink, Card, type Column, DateField, type Errors, ErrorSummary, Form, Notice, Page, PageHead, Select, Table } from '../ui/index.ts'
import { areaOf } from './area-of.ts'

const ABSENCES = '/xu-ly/vang-mat'

type Typed = Readonly<Record<string, string>>
type Shown = { readonly typed?: Typed; readonly errors?: Errors; readonly refusal?: string }

const absenceRefusal = (refusal: AbsenceRefusal): string => {
  switch (refusal.code) {
    case 'away-already':
      return `Đã ghi vắng từ ${formatDate(refusal.from)} đến hết ${formatDate(addDays(refusal.to, -1))}. Chọn ngày khác, hoặc ghi trở lại trước.`
    case 'stand-in-away':
      return 'Người làm thay cũng vắng trong những ngày đó. Hãy chọn người khác.'
    case 'stand-in-elsewhere':
      return 'Người làm thay phải thuộc cùng phòng. Hãy chọn người khác.'
    case 'ended-already':
      return `Người này đã trở lại từ ${formatDate(refusal.on)}.`
  }
}

const columns = (req: Req): readonly Column<Absence>[] => {
  const today = dateOf(req.ctx.now)
  return [
    { key: 'name', head: 'Người vắng', primary: true, cell: (a) => a.name },
    { key: 'title', head: 'Vị trí', cell: (a) => `${a.title} · ${a.unitName}` },
    { key: 'from', head: 'Từ ngày', nowrap: true, cell: (a) => <span class="num">{formatDate(a.validFrom)}</span> },
    { key: 'to', head: 'Đến hết ngày', nowrap: true, cell: (a) => <span class="num">{formatDate(addDays(a.validTo, -1))}</span> },
    { key: 'stand-in', head: 'Làm thay', cell: (a) => a.standInName ?? <span class="soft">không có</span> },
    { key: 'state', head: 'Hôm nay', cell: (a) => (a.validFrom <= today ? <Badge tone="late">đang vắng</Badge> : <Badge tone="soon">sắp vắng</Badge>) },
    {
      key: 'end',
      head: 'Việc',
      cell: (a) => (
        <Form view={req.view} action={`${ABSENCES}/tro-lai`} submissionKey={newId(req.ctx.now)} class="inline" label={`${a.name} đã trở lại`}>
          <input type="hidden" name="vang-mat" value={a.id} />
          <Button kind="quiet" attributes={{ 'aria-label': a.validFrom <= today ? `${a.name} đã trở lại` : `Bỏ ghi vắng của ${a.name}` }}>
            {a.validFrom <= today ? 'Đã trở lại' : 'Bỏ'}
          </Button>
        </Form>
      ),
    },
  ]
}

const personOptions = (staff: readonly StaffMember[]) => staff.map((s) => ({ value: s.personId, label: `${s.name} · ${s.title}`, group: s.unitName }))

const RecordForm = (props: { readonly req: Req; readonly staff: readonly StaffMember[]; readonly typed: Typed; readonly errors: Errors }) => {
  const { req, staff, typed, errors } = props
  const today = dateOf(req.ctx.now)
  return (
    <Card as="section" title="Ghi vắng mặt">
      <Form view={req.view} action={ABSENCES} submissionKey={newId(req.ctx.now)} label="Ghi vắng mặt">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="don-vi" value={typed['don-vi'] ?? req.c.req.query('don-vi') ?? ''} />
        <Select name="nguoi" label="Người vắng" empty="Chọn người" value={typed['nguoi'] ?? req.c.req.query('nguoi')} error={errors['nguoi']} options={personOptions(staff)} />
        <div class="field-row">
          <DateField name="tu" label="Từ ngày" size="full" value={typed['tu'] ?? today} error={errors['tu']} />
          <DateField name="den" label="Đến hết ngày" size="full" value={typed['den'] ?? today} error={errors['den']} />
        </div>
        <Select
          name="thay"
          label="Người làm thay"
          empty="Không có"
          optional
          value={typed['thay']}
          error={errors['thay']}
          options={personOptions(staff)}
          hint="Trong những ngày đó, người làm thay thấy và xử lý được hồ sơ của người vắng; không ký, không phân công thay."
        />
        <Actions>
          <Button>Ghi vắng mặt</Button>
        </Actions>
      </Form>
    </Card>
  )
}

const show = async (req: Req, shown: Shown = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const unitId = shown.typed?.['don-vi'] ?? req.c.req.query('don-vi') ?? ''
  const [absences, staff] = await Promise.all([listAbsences(req.ctx), listLed(req.ctx, isUuid(unitId) ? unitId : undefined)])
  const done = req.c.req.query('xong')
  const maySend = req.view.signedIn?.permissions.has('dossier.assign') === true
  return html(
    req,
    <Page view={req.view} title="Vắng mặt" area={areaOf(req)} current={ABSENCES}>
      {done !== undefined && shown.errors === undefined && (
        <Notice tone="ok" role="status">
          {done === 'tro-lai' ? 'Đã ghi. Từ hôm nay người đó nhận hồ sơ như thường.' : 'Đã ghi vắng mặt. Hồ sơ mới không tự chuyển cho người đó trong những ngày này.'}
        </Notice>
      )}
      {shown.refusal !== undefined && (
        <Notice tone="late" role="alert">
          {shown.refusal}
        </Notice>
      )}
      <PageHead title="Vắng mặt" lead="Ai vắng, đến bao giờ, ai làm thay. Không cần ghi lý do." {...(maySend ? { actions: <ButtonLink href="/xu-ly/phan-viec" kind="quiet">Chuyển việc của người vắng</ButtonLink> } : {})} />
      <Table caption="Đang vắng và sắp vắng" columns={columns(req)} rows={absences} rowKey={(a) => a.id} empty={<p>Không ai vắng. Ghi ở dưới khi có người nghỉ hoặc đi công tác.</p>} />
      {staff.length > 0 ? (
        <RecordForm req={req} staff={staff} typed={shown.typed ?? {}} errors={shown.errors ?? {}} />
      ) : (
        <p class="soft">
          Để ghi vắng cho một người, mở đơn vị của họ ở trang <a href="/quan-tri/co-quan">Tổ chức</a> rồi chọn Ghi vắng mặt.
        </p>
      )}
    </Page>,
    status,
  )
}

const WORDS: FieldWords = { personId: { field: 'nguoi', say: 'Chọn người vắng.' }, from: { field: 'tu', say: 'Chọn ngày.' }, lastDay: { field: 'den' }, standInId: { field: 'thay' } }
const FIELD_OF: Readonly<Record<AbsenceRefusal['code'], string>> = { 'away-already': 'tu', 'stand-in-away': 'thay', 'stand-in-elsewhere': 'thay', 'ended-already': 'tu' }

const record = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const typed = Object.fromEntries(['nguoi', 'tu', 'den', 'thay', 'don-vi'].map((name) => [name, form.get(name)]))
  const parsed = RecordAbsence.safeParse({ submissionKey: submissionKeyOf(req, form), personId: form.get('nguoi'), from: form.get('tu'), lastDay: form.get('den'), standInId: form.get('thay') || null })
  if (!parsed.success) return show(req, { typed, errors: fieldErrors(parsed.error, WORDS) }, 422)
  const recorded = await recordAbsence(req.ctx, parsed.data)
  if (!recorded.ok) return show(req, { typed, errors: { [FIELD_OF[recorded.error.code]]: absenceRefusal(recorded.error) } }, 409)
  return seeOther(req, `${ABSENCES}?xong=ghi${form.get('don-vi') === '' ? '' : `&don-vi=${encodeURIComponent(form.get('don-vi'))}`}`)
}

const end = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const parsed = EndAbsence.safeParse({ submissionKey: submissionKeyOf(req, form), absenceId: form.get('vang-mat') })
  if (!parsed.success) return show(req, { refusal: 'Không rõ ghi vắng nào. Hãy chọn lại trong danh sách.' }, 422)
  const ended = await endAbsence(req.ctx, parsed.data)
  return ended.ok ? seeOther(req, `${ABSENCES}?xong=tro-lai`) : show(req, { refusal: absenceRefusal(ended.error) }, 409)
}

export const absenceRoutes: readonly Route[] = [
  { method: 'GET', path: ABSENCES, access: 'absence.record', handle: (req) => show(req) },
  { method: 'POST', path: ABSENCES, access: 'absence.record', handle: record },
  { method: 'POST', path: `${ABSENCES}/tro-lai`, access: 'absence.record', handle: end },
]
