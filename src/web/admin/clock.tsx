/** `/quan-tri/dong-ho`: lets time pass in a demo city, so that anyone can watch deadlines come and go. In production there is no such page. */
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf, dayNumber, formatInstant, formatTime, instantAt, isPlainDate } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { type ClockRefusal, MoveClock, addWorkingMinutes, getWorkingCalendar, moveClock } from '#modules/calendar'
import { newId } from '#platform/ids.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Actions, Button, DateField, type Errors, ErrorSummary, Form, Notice, Page, PageHead, TextField } from '../ui/index.ts'

const HOME = '/quan-tri/dong-ho'
const HOUR = 3_600_000
const MINUTE = 60_000

type Shown = { readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly refusal?: string }

/** The moment when offices open next. */
const nextMorning = async (req: Req): Promise<Instant> => {
  const calendar = await getWorkingCalendar(req.ctx)
  const tomorrow = instantAt(dayNumber(dateOf(req.ctx.now)) + 1)
  // One minute of work, and back: the opening of the first working day from tomorrow on.
  return (addWorkingMinutes(calendar, tomorrow, 1) - MINUTE) as Instant
}

const Jump = (props: { readonly req: Req; readonly to: Instant; readonly words: string }) => (
  <Form view={props.req.view} action={HOME} submissionKey={newId(props.req.ctx.now)} class="inline" label={props.words}>
    <input type="hidden" name="den" value={String(props.to)} />
    <Button kind="quiet">
      {props.words} · {formatInstant(props.to)}
    </Button>
  </Form>
)

const show = async (req: Req, shown: Shown = { values: {}, errors: {} }, status: 200 | 409 | 422 = 200): Promise<Response> => {
  if (!req.view.demo) throw new NotFound('clock')
  authorise(req.ctx, 'clock.move')
  const { now } = req.ctx
  return html(
    req,
    <Page view={req.view} title="Đồng hồ" area="admin" current={HOME} width="narrow">
      <PageHead title={<span class="num">{formatInstant(now)}</span>} lead="Giờ của thành phố trình diễn. Chỉ đi tới: hạn, hàng chờ và việc định kỳ theo giờ này. Ai đang đăng nhập vẫn giữ phiên." />
      {req.c.req.query('xong') !== undefined && (
        <Notice tone="ok" role="status">
          Đã chuyển đồng hồ.
        </Notice>
      )}
      {shown.refusal !== undefined && (
        <Notice tone="late" role="alert">
          {shown.refusal}
        </Notice>
      )}
      <h2>Đi nhanh</h2>
      <Actions>
        <Jump req={req} to={(now + HOUR) as Instant} words="Sau 1 giờ" />
        <Jump req={req} to={await nextMorning(req)} words="Sáng ngày làm việc tới" />
      </Actions>
      <h2>Đến một lúc</h2>
      <Form view={req.view} action={HOME} submissionKey={newId(now)} label="Chuyển đồng hồ">
        <ErrorSummary errors={shown.errors} />
        <DateField name="den-ngay" label="Ngày" value={shown.values['den-ngay'] ?? dateOf(now)} error={shown.errors['den-ngay']} />
        <TextField name="den-gio" label="Giờ" value={shown.values['den-gio'] ?? formatTime(now)} error={shown.errors['den-gio']} size="short" hint="24 giờ, ví dụ 07:30" />
        <Actions>
          <Button>Chuyển đồng hồ</Button>
        </Actions>
      </Form>
    </Page>,
    status,
  )
}

const momentOf = (form: FormFields): Instant | undefined => {
  if (/^\d{13}$/.test(form.get('den'))) return Number(form.get('den')) as Instant
  const time = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(form.get('den-gio'))
  const day = form.get('den-ngay')
  if (time === null || !isPlainDate(day)) return undefined
  return instantAt(dayNumber(day), (Number(time[1]) * 60 + Number(time[2])) * MINUTE)
}

const inWords = (refusal: ClockRefusal): string => {
  switch (refusal.code) {
    case 'clock-of-production':
      return 'Hệ thống thật chạy theo giờ thật.'
    case 'clock-backwards':
      return `Đồng hồ chỉ đi tới. Bây giờ là ${formatInstant(refusal.now)}.`
    case 'clock-too-far':
      return `Đi xa nhất đến ${formatInstant(refusal.most)}.`
  }
}

const move = async (req: Req): Promise<Response> => {
  if (!req.view.demo) throw new NotFound('clock')
  const form = await readForm(req)
  const values = { 'den-ngay': form.get('den-ngay'), 'den-gio': form.get('den-gio') }
  const to = momentOf(form)
  if (to === undefined) return show(req, { values, errors: { 'den-gio': 'Ghi ngày, và giờ theo dạng 07:30.' } }, 422)
  const key: Uuid = submissionKeyOf(req, form)
  const moved = await moveClock(req.ctx, MoveClock.parse({ submissionKey: key, to }))
  return moved.ok ? seeOther(req, `${HOME}?xong=1`) : show(req, { values, errors: {}, refusal: inWords(moved.error) }, 409)
}

export const clockRoutes: readonly Route[] = [
  { method: 'GET', path: HOME, access: 'clock.move', handle: (req) => show(req) },
  { method: 'POST', path: HOME, access: 'clock.move', handle: move },
]
