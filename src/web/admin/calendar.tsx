/** `/quan-tri/lich`: the year at a glance, every day that is not ordinary, office hours, and who changed what. */
import { type CalendarDay, type CalendarYear, FIRST_YEAR, getCalendarYear } from '#modules/calendar'
import { type DayNumber, WEEKDAY_NAMES, addDays, dateOf, dayNumber, formatDate, formatInstant, formatLongDate, plainDate, weekday } from '#kernel/plain-date.ts'
import { type Req, type Route, html } from '../http.ts'
import { Badge, ButtonLink, Notice, Page, PageHead, Table } from '../ui/index.ts'
import { removeDay, saveDay, showDayForm } from './calendar-day-form.tsx'
import { saveHours, showHoursForm } from './calendar-hours-form.tsx'
import { KIND_NAMES, STATUS_NAMES, changeText, readableName, seasonText, sessionsText } from './calendar-words.ts'

const LAST_YEAR = 2070

const showYear = async (req: Req): Promise<Response> => {
  const asked = Number(req.c.req.query('nam'))
  const year = Number.isInteger(asked) && asked >= FIRST_YEAR && asked <= LAST_YEAR ? asked : Number(dateOf(req.ctx.now).slice(0, 4))
  return html(req, <YearPage req={req} calendar={await getCalendarYear(req.ctx, year)} />)
}

const YearPage = (props: { readonly req: Req; readonly calendar: CalendarYear }) => {
  const { req, calendar } = props
  const { year } = calendar
  const announced = calendar.announcedTo >= `${year}-12-31`
  return (
    <Page view={req.view} title={`Lịch làm việc năm ${year}`} area="admin" current="/quan-tri/lich">
      <PageHead
        title={`Lịch làm việc năm ${year}`}
        lead={`${workingDaysOf(calendar)} ngày làm việc. Bản thứ ${calendar.version} của lịch; hồ sơ đã hẹn giữ nguyên ngày hẹn.`}
        actions={<ButtonLink href="/quan-tri/lich/ngay">Thêm ngày</ButtonLink>}
      />
      <nav class="pager" aria-label="Năm">
        {year > FIRST_YEAR && (
          <a href={`/quan-tri/lich?nam=${year - 1}`} rel="prev">
            ← {year - 1}
          </a>
        )}
        <span aria-current="page">{year}</span>
        {year < LAST_YEAR && (
          <a href={`/quan-tri/lich?nam=${year + 1}`} rel="next">
            {year + 1} →
          </a>
        )}
      </nav>
      {!announced && (
        <Notice tone="soon" title={`Lịch năm ${year} chưa công bố đủ`}>
          <p>Ngày hẹn rơi vào năm này được ghi là tạm tính. Khi có thông báo, sửa các ngày dự kiến thành đã công bố.</p>
        </Notice>
      )}
      <HalfSwaps days={calendar.days} />
      <Months year={year} days={calendar.days} />
      <Days calendar={calendar} />
      <Hours calendar={calendar} />
      <Changes calendar={calendar} />
    </Page>
  )
}

/** A swap is two days; one of them alone would give or take a working day. */
const HalfSwaps = (props: { readonly days: readonly CalendarDay[] }) => {
  const swapped = new Map(props.days.map((day) => [day.date, day]))
  const halves = props.days.filter((day) => day.pair !== null && day.pair.slice(0, 4) === day.date.slice(0, 4) && swapped.get(day.pair)?.pair !== day.date)
  if (halves.length === 0) return null
  return (
    <Notice tone="soon" title="Hoán đổi mới ghi một nửa">
      {halves.map((day) => (
        <p>
          {formatDate(day.date)} ({KIND_NAMES[day.kind].toLowerCase()}) đi đôi với {formatDate(day.pair ?? day.date)}, nhưng ngày đó chưa ghi như vậy.{' '}
          <a href={`/quan-tri/lich/ngay?ngay=${day.pair}&doi=${day.date}&loai=${day.kind === 'swapped-off' ? 'swapped-workday' : 'swapped-off'}`}>Ghi ngày {formatDate(day.pair ?? day.date)}</a>
        </p>
      ))}
    </Notice>
  )
}

const workingDaysOf = ({ year, days }: CalendarYear): number => {
  const named = new Map(days.map((day) => [day.date, day]))
  return daysOf(year, 1, 12).filter((day) => isWorked(day, named.get(day.date))).length
}

type Cell = { readonly date: ReturnType<typeof plainDate>; readonly weekday: number }

const daysOf = (year: number, fromMonth: number, toMonth: number): readonly Cell[] => {
  const first = plainDate(`${year}-${two(fromMonth)}-01`)
  const end: DayNumber = dayNumber(plainDate(toMonth === 12 ? `${year + 1}-01-01` : `${year}-${two(toMonth + 1)}-01`))
  return Array.from({ length: end - dayNumber(first) }, (_, i) => {
    const date = addDays(first, i)
    return { date, weekday: weekday(dayNumber(date)) }
  })
}
const two = (n: number) => String(n).padStart(2, '0')

const isWorked = (cell: Cell, entry: CalendarDay | undefined): boolean =>
  entry === undefined ? cell.weekday !== 0 && cell.weekday !== 6 : entry.kind === 'swapped-workday'

const Months = (props: { readonly year: number; readonly days: readonly CalendarDay[] }) => {
  const named = new Map(props.days.map((day) => [day.date, day]))
  return (
    <section aria-label="Cả năm" class="year">
      {Array.from({ length: 12 }, (_, i) => (
        <Month year={props.year} month={i + 1} named={named} />
      ))}
    </section>
  )
}

const Month = (props: { readonly year: number; readonly month: number; readonly named: ReadonlyMap<string, CalendarDay> }) => {
  const cells = daysOf(props.year, props.month, props.month)
  // Weeks begin on Monday.
  const lead = ((cells[0]?.weekday ?? 1) + 6) % 7
  const weeks: (Cell | undefined)[][] = []
  for (const [i, cell] of [...Array<undefined>(lead), ...cells].entries()) {
    if (i % 7 === 0) weeks.push([])
    weeks.at(-1)?.push(cell)
  }
  return (
    <table class="month">
      <caption>Tháng {props.month}</caption>
      <thead>
        <tr>
          {['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'].map((name, i) => (
            <th scope="col" abbr={WEEKDAY_NAMES[(i + 1) % 7]}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr>
            {week.map((cell) => (cell === undefined ? <td /> : <DayCell cell={cell} entry={props.named.get(cell.date)} />))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const DayCell = (props: { readonly cell: Cell; readonly entry: CalendarDay | undefined }) => {
  const { cell, entry } = props
  const number = Number(cell.date.slice(8))
  if (entry === undefined) return <td class={isWorked(cell, undefined) ? undefined : 'free'}>{number}</td>
  return (
    <td class={`${entry.kind === 'swapped-workday' ? 'worked' : 'holiday'}${entry.status === 'projected' ? ' projected' : ''}`}>
      <a href={`/quan-tri/lich/ngay/${entry.date}`} title={readableName(entry.name)}>
        {number}
        <span class="visually-hidden">: {readableName(entry.name)}</span>
      </a>
    </td>
  )
}

const Days = (props: { readonly calendar: CalendarYear }) => (
  <section>
    <h2>Ngày nghỉ và ngày làm bù</h2>
    <Table
      caption={`Ngày nghỉ và ngày làm bù năm ${props.calendar.year}`}
      rows={props.calendar.days}
      rowKey={(day) => day.date}
      empty="Chưa có ngày nào. Lịch tính theo ngày nghỉ cuối tuần và các ngày lễ cố định."
      columns={[
        { key: 'date', head: 'Ngày', primary: true, nowrap: true, cell: (day) => <a href={`/quan-tri/lich/ngay/${day.date}`}>{formatLongDate(day.date)}</a> },
        { key: 'name', head: 'Tên', cell: (day) => readableName(day.name) },
        { key: 'kind', head: 'Loại', cell: (day) => KIND_NAMES[day.kind] },
        { key: 'status', head: 'Tình trạng', cell: (day) => (day.status === 'projected' ? <Badge tone="soon">{STATUS_NAMES.projected}</Badge> : STATUS_NAMES.announced) },
        { key: 'source', head: 'Căn cứ', minor: true, cell: (day) => day.source },
      ]}
    />
  </section>
)

const Hours = (props: { readonly calendar: CalendarYear }) => (
  <section id="gio">
    <PageHeadRow title="Giờ làm việc" href="/quan-tri/lich/gio" label="Thêm giờ làm việc" />
    <Table
      caption="Giờ làm việc theo cơ quan"
      rows={props.calendar.officeHours}
      rowKey={(hours) => hours.id}
      empty="Chưa ghi giờ nào: 07:30–11:30 và 13:30–17:30."
      columns={[
        { key: 'agency', head: 'Cơ quan', primary: true, cell: (hours) => <a href={`/quan-tri/lich/gio/${hours.id}`}>{hours.agencyId === null ? 'Mọi cơ quan chưa có giờ riêng' : (hours.agency ?? hours.agencyId)}</a> },
        { key: 'sessions', head: 'Buổi', nowrap: true, cell: sessionsText },
        { key: 'season', head: 'Mùa', nowrap: true, cell: seasonText },
        { key: 'from', head: 'Từ ngày', nowrap: true, cell: (hours) => formatDate(hours.validFrom) },
        { key: 'to', head: 'Đến ngày', nowrap: true, cell: (hours) => (hours.validTo === null ? 'không hạn' : formatDate(hours.validTo)) },
      ]}
    />
  </section>
)

const PageHeadRow = (props: { readonly title: string; readonly href: string; readonly label: string }) => (
  <div class="page-head">
    <h2>{props.title}</h2>
    <div class="page-actions">
      <ButtonLink kind="quiet" href={props.href}>
        {props.label}
      </ButtonLink>
    </div>
  </div>
)

const Changes = (props: { readonly calendar: CalendarYear }) => (
  <section>
    <h2>Thay đổi gần đây</h2>
    <Table
      caption="Thay đổi gần đây của lịch"
      rows={props.calendar.changes}
      empty="Chưa ai sửa lịch đi kèm phần mềm."
      columns={[
        { key: 'at', head: 'Lúc', nowrap: true, cell: (change) => formatInstant(change.at) },
        { key: 'what', head: 'Việc', primary: true, cell: (change) => changeText(change.event) },
        { key: 'by', head: 'Người sửa', cell: (change) => change.by ?? 'Hệ thống' },
        { key: 'version', head: 'Bản', numeric: true, minor: true, cell: (change) => change.version },
      ]}
    />
  </section>
)

export const calendarRoutes: readonly Route[] = [
  { method: 'GET', path: '/quan-tri/lich', access: 'calendar.edit', handle: showYear },
  { method: 'GET', path: '/quan-tri/lich/ngay', access: 'calendar.edit', handle: showDayForm },
  { method: 'GET', path: '/quan-tri/lich/ngay/:ngay', access: 'calendar.edit', handle: showDayForm },
  { method: 'POST', path: '/quan-tri/lich/ngay', access: 'calendar.edit', handle: saveDay },
  { method: 'POST', path: '/quan-tri/lich/ngay/:ngay/bo', access: 'calendar.edit', handle: removeDay },
  { method: 'GET', path: '/quan-tri/lich/gio', access: 'calendar.edit', handle: showHoursForm },
  { method: 'GET', path: '/quan-tri/lich/gio/:id', access: 'calendar.edit', handle: showHoursForm },
  { method: 'POST', path: '/quan-tri/lich/gio', access: 'calendar.edit', handle: saveHours },
]
