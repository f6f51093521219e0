/** `/quan-tri/nhat-ky`: who did what, who looked at whose data, and whether the log itself is whole. */
import { isUuid } from '#kernel/ids.ts'
import { formatInteger } from '#kernel/money.ts'
import { type PlainDate, formatInstant, instant, isPlainDate } from '#kernel/plain-date.ts'
import { tidy } from '#kernel/text.ts'
import { listUnits } from '#modules/organisation'
import { type AccessLine, type AuditLine, type LogHealth, accessKindNames, accessName, eventName, eventTypeNames, getLogHealth, searchAccess, searchAudit } from '#modules/transparency'
import { type Req, type Route, html } from '../http.ts'
import { Badge, Button, type Column, DateField, Form, KeyValue, Page, PageHead, Select, Table, Tabs, TextField, NewerOlder, pagesAround } from '../ui/index.ts'
import { READER_NAMES, countInWords, factsOf } from './audit-words.ts'

const HOME = '/quan-tri/nhat-ky'
const VIEWS = { events: HOME, access: `${HOME}/truy-cap`, health: `${HOME}/niem-phong` } as const

const AuditTabs = (props: { readonly current: keyof typeof VIEWS }) => (
  <Tabs
    label="Nhật ký"
    tabs={[
      { href: VIEWS.events, label: 'Việc đã làm', current: props.current === 'events' },
      { href: VIEWS.access, label: 'Ai đã xem, đăng nhập', current: props.current === 'access' },
      { href: VIEWS.health, label: 'Niêm phong', current: props.current === 'health' },
    ]}
  />
)

/** What the address asks for. A value that cannot be right counts as not asked: filters never fail. */
const asked = (req: Req) => {
  const get = (name: string) => tidy(req.c.req.query(name) ?? '').slice(0, 200)
  const day = (name: string): PlainDate | undefined => {
    const text = get(name)
    return isPlainDate(text) ? text : undefined
  }
  const [from, to] = [day('tu'), day('den')]
  const page = Math.max(1, Number.parseInt(get('trang'), 10) || 1)
  return { get, page, days: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) } }
}

const Who = (props: { readonly line: Pick<AuditLine, 'personName' | 'postTitle' | 'unitName' | 'job'> }) => {
  const { personName, postTitle, unitName, job } = props.line
  const place = [postTitle, unitName].filter((text) => text !== null).join(' · ')
  return (
    <>
      {personName ?? (job === null ? 'Không rõ' : `Hệ thống (${job})`)}
      {place !== '' && <div class="soft small">{place}</div>}
    </>
  )
}

const Facts = (props: { readonly line: AuditLine }) => {
  const { line } = props
  const facts = factsOf(line.data)
  return (
    <details>
      <summary>Chi tiết</summary>
      <KeyValue items={[...facts, ['Loại sự kiện', line.type], ['Chuỗi', `${line.stream}, số ${line.seq}`]]} />
    </details>
  )
}

const auditColumns: readonly Column<AuditLine>[] = [
  { key: 'luc', head: 'Lúc', nowrap: true, cell: (l) => formatInstant(l.at) },
  { key: 'viec', head: 'Việc', primary: true, cell: (l) => eventName(l.type) },
  { key: 'doi-tuong', head: 'Đối tượng', nowrap: true, cell: (l) => <a href={`${HOME}?${new URLSearchParams({ 'doi-tuong': l.code ?? l.stream }).toString()}`}>{l.code ?? `${l.stream.slice(0, 13)}…`}</a> },
  { key: 'ai', head: 'Người làm', cell: (l) => <Who line={l} /> },
  { key: 'chi-tiet', head: 'Chi tiết', cell: (l) => <Facts line={l} /> },
]

const typeOptions = [
  ...[...new Set(eventTypeNames.map((t) => t.type.split('.')[0] ?? ''))].map((group) => ({
    value: group,
    label: `${eventTypeNames.find((t) => t.type.startsWith(`${group}.`))?.group ?? group}: tất cả`,
  })),
  ...eventTypeNames.map((t) => ({ value: t.type, label: t.name, group: t.group })),
]

const showEvents = async (req: Req): Promise<Response> => {
  const { get, page, days } = asked(req)
  const [person, unit, type, stream] = [get('nguoi'), get('don-vi'), get('loai'), get('doi-tuong')]
  const found = await searchAudit(req.ctx, { person, type, stream, page, ...days, ...(isUuid(unit) && { unit }) })
  const units = await listUnits(req.ctx, { on: 'ever' })
  return html(
    req,
    <Page view={req.view} title="Nhật ký" area="admin" current={HOME}>
      <PageHead title="Nhật ký" lead="Mọi thay đổi đều được ghi lại và không sửa được: ai làm, việc gì, lúc nào. Dữ liệu cá nhân không hiện ở đây." />
      <AuditTabs current="events" />
      <Form view={req.view} action={HOME} method="get" role="search" class="filter-bar" label="Lọc nhật ký">
        <TextField name="doi-tuong" label="Mã đối tượng" type="search" value={stream} size="medium" />
        <TextField name="nguoi" label="Người làm" type="search" value={person} size="medium" />
        <Select name="don-vi" label="Đơn vị" empty="Tất cả" size="medium" value={unit} options={units.map((u) => ({ value: u.id, label: u.name }))} />
        <Select name="loai" label="Việc" empty="Tất cả" size="medium" value={type} options={typeOptions} />
        <DateField name="tu" label="Từ ngày" value={days.from ?? ''} />
        <DateField name="den" label="Đến ngày" value={days.to ?? ''} />
        <Button kind="quiet">Lọc</Button>
      </Form>
      <Table caption="Việc đã làm, mới nhất trước" columns={auditColumns} rows={found.lines} rowKey={(l) => `${l.stream}-${l.seq}`} empty="Không có việc nào khớp với bộ lọc." />
      <NewerOlder {...pagesAround(req.c.req.path, req.c.req.query(), found.page, found.hasNext)} />
    </Page>,
  )
}

const accessColumns: readonly Column<AccessLine>[] = [
  { key: 'luc', head: 'Lúc', nowrap: true, cell: (l) => formatInstant(l.at) },
  { key: 'viec', head: 'Việc', primary: true, cell: (l) => (l.kind === 'refused' || l.kind === 'sign-in-failed' || l.kind === 'sign-in-locked' ? <Badge tone="soon">{accessName(l.kind)}</Badge> : accessName(l.kind)) },
  { key: 'ai', head: 'Ai', cell: (l) => <Who line={{ ...l, postTitle: null, job: null }} /> },
  { key: 'cua-ai', head: 'Của ai', cell: (l) => l.subject ?? '' },
  { key: 'vi-sao', head: 'Vì sao', cell: (l) => l.reason ?? '' },
]

const showAccess = async (req: Req): Promise<Response> => {
  const { get, page, days } = asked(req)
  const [person, kind] = [get('nguoi'), get('loai')]
  const found = await searchAccess(req.ctx, { person, kind, page, ...days })
  return html(
    req,
    <Page view={req.view} title="Ai đã xem, đăng nhập" area="admin" current={HOME}>
      <PageHead title="Nhật ký" lead="Ai đã đăng nhập, bị từ chối, hoặc xem dữ liệu cá nhân của ai và vì sao." />
      <AuditTabs current="access" />
      <Form view={req.view} action={VIEWS.access} method="get" role="search" class="filter-bar" label="Lọc truy cập">
        <TextField name="nguoi" label="Người xem, hoặc id được xem" type="search" value={person} size="medium" />
        <Select name="loai" label="Việc" empty="Tất cả" size="medium" value={kind} options={accessKindNames.map((k) => ({ value: k.kind, label: k.name }))} />
        <DateField name="tu" label="Từ ngày" value={days.from ?? ''} />
        <DateField name="den" label="Đến ngày" value={days.to ?? ''} />
        <Button kind="quiet">Lọc</Button>
      </Form>
      <Table caption="Truy cập, mới nhất trước" columns={accessColumns} rows={found.lines} empty="Không có lần truy cập nào khớp với bộ lọc." />
      <NewerOlder {...pagesAround(req.c.req.path, req.c.req.query(), found.page, found.hasNext)} />
    </Page>,
  )
}

const sealColumns: readonly Column<LogHealth['seals'][number]>[] = [
  { key: 'n', head: 'Số', numeric: true, primary: true, cell: (s) => s.n },
  { key: 'luc', head: 'Lúc', nowrap: true, cell: (s) => formatInstant(instant(Date.parse(s.at))) },
  { key: 'su-kien', head: 'Sự kiện', numeric: true, cell: (s) => formatInteger(s.events) },
  { key: 'chuoi', head: 'Chuỗi', numeric: true, cell: (s) => formatInteger(s.streams) },
  { key: 'goc', head: 'Mã gốc (Merkle)', cell: (s) => <code class="small">{s.root}</code> },
]

/** The same limits as the queries behind them. */
const [UNSEALED_LIMIT, UNREAD_LIMIT] = [10_000, 10_001]

const readerColumns: readonly Column<LogHealth['readers'][number]>[] = [
  { key: 'ten', head: 'Phần đọc nhật ký', primary: true, cell: (r) => READER_NAMES[r.name] ?? r.name },
  { key: 'con', head: 'Chưa đọc', numeric: true, cell: (r) => countInWords(r.unread, UNREAD_LIMIT) },
  { key: 'cu-nhat', head: 'Cũ nhất chưa đọc', nowrap: true, cell: (r) => (r.oldestAt === null ? 'không có' : formatInstant(r.oldestAt)) },
  { key: 'luc', head: 'Đọc lần cuối', nowrap: true, cell: (r) => (r.movedAt === null ? 'chưa đọc' : formatInstant(r.movedAt)) },
]

const showHealth = async (req: Req): Promise<Response> => {
  const health = await getLogHealth(req.ctx)
  const last = health.seals[0]
  return html(
    req,
    <Page view={req.view} title="Niêm phong nhật ký" area="admin" current={HOME}>
      <PageHead title="Nhật ký" lead="Mỗi đêm nhật ký được niêm phong. Lệnh “motcua verify” tính lại tất cả và chỉ ra sự kiện đầu tiên bị sửa, xóa hay chèn." />
      <AuditTabs current="health" />
      <KeyValue
        items={[
          ['Niêm phong lần cuối', last === undefined ? <Badge tone="soon">chưa lần nào</Badge> : `${formatInstant(instant(Date.parse(last.at)))}, số ${last.n}`],
          ['Sự kiện từ đó đến nay', `${countInWords(health.unsealed, UNSEALED_LIMIT)}, chưa được niêm phong`],
          [
            'Chương trình có sửa được nhật ký không',
            health.rights.couldChange.length === 0 ? <Badge tone="ok">không: chỉ được ghi thêm</Badge> : <Badge tone="late">có: {health.rights.couldChange.slice(0, 3).join(', ')}</Badge>,
          ],
        ]}
      />
      <section aria-labelledby="seals">
        <h2 id="seals">Mười lần niêm phong gần nhất</h2>
        <Table caption="Niêm phong" columns={sealColumns} rows={health.seals} rowKey={(s) => String(s.n)} empty="Chưa niêm phong lần nào: sẽ làm đêm nay, hoặc ngay bây giờ bằng lệnh “motcua seal”." />
      </section>
      <section aria-labelledby="readers">
        <h2 id="readers">Những phần đọc từ nhật ký</h2>
        <Table caption="Những phần đọc từ nhật ký" columns={readerColumns} rows={health.readers} rowKey={(r) => r.name} empty="Chưa có phần nào đọc nhật ký." />
      </section>
    </Page>,
  )
}

export const auditRoutes: readonly Route[] = [
  { method: 'GET', path: VIEWS.events, access: 'audit.read', handle: showEvents },
  { method: 'GET', path: VIEWS.access, access: 'audit.read', handle: showAccess },
  { method: 'GET', path: VIEWS.health, access: 'audit.read', handle: showHealth },
]
