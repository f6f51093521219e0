/** One day of the calendar: write it, change it, take it out. */
import { NotFound } from '#kernel/errors.ts'
import { formatLongDate, isPlainDate } from '#kernel/plain-date.ts'
import { type CalendarDay, DAY_KINDS, RemoveCalendarDay, SetCalendarDay, getCalendarYear, removeCalendarDay, setCalendarDay } from '#modules/calendar'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type Req, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Actions, Breadcrumb, Button, ButtonLink, DateField, type Errors, ErrorSummary, Form, Page, PageHead, RadioGroup, Select, TextArea, TextField } from '../ui/index.ts'
import { DAY_WORDS, KIND_NAMES, STATUS_NAMES, dayRefusal } from './calendar-words.ts'

const FIELDS = ['date', 'kind', 'name', 'source', 'status', 'pair', 'note'] as const
type Values = Readonly<Record<(typeof FIELDS)[number], string>>
const EMPTY: Values = { date: '', kind: 'holiday', name: '', source: '', status: 'announced', pair: '', note: '' }

const valuesOf = (day: CalendarDay): Values => ({ ...day, pair: day.pair ?? '', note: day.note ?? '' })
/** The day of the address, if it stands in the calendar. @throws NotFound */
const findDay = async (req: Req): Promise<CalendarDay | undefined> => {
  const date = req.c.req.param('ngay')
  if (date === undefined) return undefined
  const day = isPlainDate(date) ? (await getCalendarYear(req.ctx, Number(date.slice(0, 4)))).days.find((d) => d.date === date) : undefined
  if (day === undefined) throw new NotFound('calendar day')
  return day
}

export const showDayForm = async (req: Req): Promise<Response> => {
  const day = await findDay(req)
  const values = day === undefined ? suggested(req) : valuesOf(day)
  return html(req, <DayPage req={req} values={values} known={day !== undefined} errors={{}} />)
}

/** The other half of a swap comes with its date, its kind and its partner filled in. */
const suggested = (req: Req): Values => {
  const pair = req.c.req.query('doi') ?? ''
  const kind = DAY_KINDS.find((k) => k === req.c.req.query('loai')) ?? EMPTY.kind
  const name = kind === 'swapped-workday' ? `Làm bù cho ngày ${pair}` : kind === 'swapped-off' ? `Nghỉ hoán đổi (làm bù ${pair})` : ''
  return { ...EMPTY, date: req.c.req.query('ngay') ?? '', kind, pair, name: isPlainDate(pair) ? name : '' }
}

export const saveDay = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.get(name)])) as Values
  const known = form.get('known') === '1'
  const again = (errors: Errors, status: 409 | 422) => html(req, <DayPage req={req} values={values} known={known} errors={errors} />, status)
  const input = SetCalendarDay.safeParse({ ...values, pair: values.pair || null, note: values.note || null, submissionKey: submissionKeyOf(req, form) })
  if (!input.success) return again(fieldErrors(input.error, DAY_WORDS), 422)
  const set = await setCalendarDay(req.ctx, input.data)
  if (!set.ok) {
    const [field, sentence] = dayRefusal(set.error)
    return again({ [field]: sentence }, 409)
  }
  return seeOther(req, `/quan-tri/lich?nam=${input.data.date.slice(0, 4)}#row-${input.data.date}`)
}

export const removeDay = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const day = await findDay(req)
  if (day === undefined) throw new NotFound('calendar day')
  const again = (errors: Errors, status: 409 | 422) => html(req, <DayPage req={req} values={valuesOf(day)} known errors={errors} />, status)
  const input = RemoveCalendarDay.safeParse({ date: day.date, reason: form.get('reason'), submissionKey: submissionKeyOf(req, form) })
  if (!input.success) return again(fieldErrors(input.error, DAY_WORDS), 422)
  const removed = await removeCalendarDay(req.ctx, input.data)
  if (!removed.ok) return again({ '': dayRefusal(removed.error)[1] }, 409)
  return seeOther(req, `/quan-tri/lich?nam=${day.date.slice(0, 4)}`)
}

type PageProps = { readonly req: Req; readonly values: Values; readonly known: boolean; readonly errors: Errors }

const DayPage = (props: PageProps) => {
  const { req, values, known, errors } = props
  const year = values.date.slice(0, 4)
  const back = year === '' ? '/quan-tri/lich' : `/quan-tri/lich?nam=${year}`
  const title = known && isPlainDate(values.date) ? formatLongDate(values.date) : 'Thêm ngày vào lịch'
  return (
    <Page view={req.view} title={title} area="admin" current="/quan-tri/lich" width="narrow">
      <Breadcrumb items={[{ href: back, label: 'Lịch làm việc' }, { label: title }]} />
      <PageHead title={title} lead="Ngày hẹn tính từ nay theo lịch mới; hồ sơ đã hẹn giữ nguyên ngày hẹn." />
      <ErrorSummary errors={errors} />
      <Form view={req.view} action="/quan-tri/lich/ngay" submissionKey={newId(req.ctx.now)}>
        {known ? (
          <>
            <input type="hidden" name="known" value="1" />
            <input type="hidden" name="date" value={values.date} />
          </>
        ) : (
          <DateField name="date" label="Ngày" value={values.date} error={errors['date']} />
        )}
        <Select name="kind" label="Loại ngày" size="medium" value={values.kind} error={errors['kind']} options={DAY_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))} />
        <TextField name="name" label="Tên" value={values.name} error={errors['name']} maxlength={200} hint="Người dân đọc được tên này ở phần “Vì sao là ngày này?”." />
        <TextField name="source" label="Căn cứ" value={values.source} error={errors['source']} maxlength={500} hint="Luật, nghị quyết hoặc thông báo, kèm số và ngày." />
        <RadioGroup
          name="status"
          label="Tình trạng"
          inline
          value={values.status}
          error={errors['status']}
          options={[
            { value: 'announced', label: STATUS_NAMES.announced },
            { value: 'projected', label: STATUS_NAMES.projected },
          ]}
        />
        <DateField name="pair" label="Ngày đi đôi" optional value={values.pair} error={errors['pair']} hint="Chỉ khi hoán đổi: ngày nghỉ và ngày làm bù ghi tên nhau." />
        <TextField name="note" label="Ghi chú" optional value={values.note} error={errors['note']} maxlength={500} />
        <Actions>
          <Button>Ghi vào lịch</Button>
          <ButtonLink kind="quiet" href={back}>
            Thôi
          </ButtonLink>
        </Actions>
      </Form>
      {known && <RemoveForm {...props} />}
    </Page>
  )
}

const RemoveForm = ({ req, values, errors }: PageProps) => (
  <details class="fold" open={errors['reason'] !== undefined}>
    <summary>Bỏ ngày này khỏi lịch</summary>
    <Form view={req.view} action={`/quan-tri/lich/ngay/${values.date}/bo`} submissionKey={newId(req.ctx.now)}>
      <TextArea name="reason" label="Lý do" rows={2} maxlength={500} error={errors['reason']} />
      <Actions>
        <Button kind="danger">Bỏ khỏi lịch</Button>
      </Actions>
    </Form>
  </details>
)
