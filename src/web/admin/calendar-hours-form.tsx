/** Office hours of an agency, with validity and season (C3). */
import { NotFound } from '#kernel/errors.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { type OfficeHours, SetOfficeHours, getCalendarYear, setOfficeHours } from '#modules/calendar'
import { AGENCY_KINDS, type Unit, listUnits } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type Req, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Actions, Breadcrumb, Button, ButtonLink, DateField, type Errors, ErrorSummary, Form, Page, PageHead, Select, TextField } from '../ui/index.ts'
import { HOURS_WORDS, dayMonth, hoursRefusal } from './calendar-words.ts'

const FIELDS = ['id', 'agencyId', 'morningOpens', 'morningCloses', 'afternoonOpens', 'afternoonCloses', 'validFrom', 'validTo', 'seasonFrom', 'seasonTo'] as const
type Values = Readonly<Record<(typeof FIELDS)[number], string>>

const valuesOf = (hours: OfficeHours): Values => ({
  id: hours.id,
  agencyId: hours.agencyId ?? '',
  morningOpens: hours.sessions[0]?.opens ?? '',
  morningCloses: hours.sessions[0]?.closes ?? '',
  afternoonOpens: hours.sessions[1]?.opens ?? '',
  afternoonCloses: hours.sessions[1]?.closes ?? '',
  validFrom: hours.validFrom,
  validTo: hours.validTo ?? '',
  seasonFrom: hours.season === null ? '' : dayMonth(hours.season.from),
  seasonTo: hours.season === null ? '' : dayMonth(hours.season.to),
})

const EMPTY: Values = { id: '', agencyId: '', morningOpens: '07:30', morningCloses: '11:30', afternoonOpens: '13:30', afternoonCloses: '17:30', validFrom: '', validTo: '', seasonFrom: '', seasonTo: '' }

export const showHoursForm = async (req: Req): Promise<Response> => {
  const id = req.c.req.param('id')
  if (id === undefined) return html(req, <HoursPage req={req} agencies={await listAgencies(req)} values={{ ...EMPTY, validFrom: dateOf(req.ctx.now) }} errors={{}} />)
  const { officeHours } = await getCalendarYear(req.ctx, Number(dateOf(req.ctx.now).slice(0, 4)))
  const hours = officeHours.find((h) => h.id === id)
  if (hours === undefined) throw new NotFound('office hours')
  return html(req, <HoursPage req={req} agencies={await listAgencies(req)} values={valuesOf(hours)} errors={{}} />)
}

const listAgencies = (req: Req): Promise<readonly Unit[]> => listUnits(req.ctx, { kinds: [...AGENCY_KINDS] })

export const saveHours = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.get(name)])) as Values
  const again = async (errors: Errors, status: 409 | 422) => html(req, <HoursPage req={req} agencies={await listAgencies(req)} values={values} errors={errors} />, status)
  const submissionKey = submissionKeyOf(req, form)
  const input = SetOfficeHours.safeParse({ submissionKey, ...inputOf(values) })
  if (!input.success) return again(fieldErrors(input.error, HOURS_WORDS), 422)
  const set = await setOfficeHours(req.ctx, input.data)
  if (!set.ok) {
    const [field, sentence] = hoursRefusal(set.error)
    return again({ [field]: sentence }, 409)
  }
  return seeOther(req, '/quan-tri/lich#gio')
}

/** From fields to the command's input. A single session leaves the afternoon empty. */
const inputOf = (v: Values) => ({
  id: v.id || null,
  agencyId: v.agencyId || null,
  sessions: [
    { opens: clock(v.morningOpens), closes: clock(v.morningCloses) },
    ...(v.afternoonOpens === '' && v.afternoonCloses === '' ? [] : [{ opens: clock(v.afternoonOpens), closes: clock(v.afternoonCloses) }]),
  ],
  validFrom: v.validFrom,
  validTo: v.validTo || null,
  season: v.seasonFrom === '' && v.seasonTo === '' ? null : { from: monthDay(v.seasonFrom), to: monthDay(v.seasonTo) },
})

/** `7:30`, `7h30` → `07:30`; what is no time stays as typed, so that Zod says so. */
const clock = (text: string): string => {
  const parts = /^(\d{1,2})[:hg](\d{2})$/.exec(text)
  return parts === null ? text : `${parts[1]?.padStart(2, '0')}:${parts[2]}`
}
/** `15/4` → `04-15` */
const monthDay = (text: string): string => {
  const parts = /^(\d{1,2})\/(\d{1,2})$/.exec(text)
  return parts === null ? text : `${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}`
}

type PageProps = { readonly req: Req; readonly agencies: readonly Unit[]; readonly values: Values; readonly errors: Errors }

const HoursPage = (props: PageProps) => {
  const { req, values: v, errors: e } = props
  const title = v.id === '' ? 'Thêm giờ làm việc' : 'Sửa giờ làm việc'
  return (
    <Page view={req.view} title={title} area="admin" current="/quan-tri/lich" width="narrow">
      <Breadcrumb items={[{ href: '/quan-tri/lich', label: 'Lịch làm việc' }, { label: title }]} />
      <PageHead title={title} lead="Giờ riêng của cơ quan được dùng thay giờ chung; giờ theo mùa được dùng thay giờ cả năm." />
      <ErrorSummary errors={e} />
      <Form view={req.view} action="/quan-tri/lich/gio" submissionKey={newId(req.ctx.now)}>
        <input type="hidden" name="id" value={v.id} />
        <Select name="agencyId" label="Cơ quan" empty="Mọi cơ quan chưa có giờ riêng" value={v.agencyId} error={e['agencyId']} options={props.agencies.map((unit) => ({ value: unit.id, label: unit.name }))} />
        <div class="field-row">
          <TextField name="morningOpens" label="Sáng, mở cửa" value={v.morningOpens} error={e['morningOpens']} size="short" inputmode="numeric" />
          <TextField name="morningCloses" label="Sáng, đóng cửa" value={v.morningCloses} size="short" inputmode="numeric" />
        </div>
        <div class="field-row">
          <TextField name="afternoonOpens" label="Chiều, mở cửa" optional value={v.afternoonOpens} size="short" inputmode="numeric" />
          <TextField name="afternoonCloses" label="Chiều, đóng cửa" optional value={v.afternoonCloses} size="short" inputmode="numeric" />
        </div>
        <div class="field-row">
          <DateField name="validFrom" label="Áp dụng từ ngày" value={v.validFrom} error={e['validFrom']} />
          <DateField name="validTo" label="Đến hết ngày" optional value={v.validTo} error={e['validTo']} />
        </div>
        <div class="field-row">
          <TextField name="seasonFrom" label="Mùa, từ" optional value={v.seasonFrom} error={e['seasonFrom']} size="short" placeholder="15/04" />
          <TextField name="seasonTo" label="Mùa, đến hết" optional value={v.seasonTo} size="short" placeholder="15/10" />
        </div>
        <Actions>
          <Button>Ghi giờ làm việc</Button>
          <ButtonLink kind="quiet" href="/quan-tri/lich">
            Thôi
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  )
}
