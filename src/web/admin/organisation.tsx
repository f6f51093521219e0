/** `/quan-tri/co-quan`: agencies, their units, posts and who holds them, each with its days. */
import { NotFound } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { dateOf, formatDate } from '#kernel/plain-date.ts'
import { fold, tidy } from '#kernel/text.ts'
import { countOpenDossiers } from '#modules/dossier'
import { type PostSeat, type Unit, getSuccession, getUnit, listSeats, listUnits, unitContactOn } from '#modules/organisation'
import { type Req, type Route, html } from '../http.ts'
import { Badge, Breadcrumb, Button, ButtonLink, type Column, type Errors, ErrorSummary, Form, KeyValue, Notice, Page, PageHead, Table } from '../ui/index.ts'
import { PeopleActions } from '../people/people-actions.tsx'
import { assignmentHref } from './assignment-rules.tsx'
import { organisationActions } from './organisation-act.ts'
import { SeatForms, UnitForms, type Typed } from './organisation-forms.tsx'
import { KIND_NAMES, REMIT_NAMES, ROLE_NAMES, validityWords } from './organisation-words.ts'

const unitHref = (unit: Pick<Unit, 'id'>) => `/quan-tri/co-quan/${unit.id}`

const AGENCY_COLUMNS: readonly Column<Unit>[] = [
  { key: 'code', head: 'Mã định danh', nowrap: true, cell: (u) => <span class="num">{u.code}</span> },
  { key: 'name', head: 'Tên', primary: true, cell: (u) => <a href={unitHref(u)}>{u.name}</a> },
  { key: 'kind', head: 'Loại', cell: (u) => KIND_NAMES[u.kind] },
  { key: 'validity', head: 'Hiệu lực', cell: (u) => validityWords(u.validFrom, u.validTo) },
]

/** Words of the query in the name or the code, without accents; nothing asked = agencies only. */
const matching = (units: readonly Unit[], q: string): readonly Unit[] => {
  const words = fold(tidy(q)).split(' ').filter((word) => word !== '')
  if (words.length === 0) return units.filter((u) => u.id === u.agencyId)
  return units.filter((u) => words.every((word) => `${fold(u.name)} ${fold(u.shortName)} ${u.code.toLowerCase()}`.includes(word)))
}

const GROUPS: readonly (readonly [title: string, kinds: readonly Unit['kind'][]])[] = [
  ['Thành phố', ['city-committee', 'city-office', 'service-centre']],
  ['Các sở', ['department']],
  ['Xã, phường', ['commune-committee']],
]

const showAgencies = async (req: Req): Promise<Response> => {
  const q = req.c.req.query('q') ?? ''
  const withClosed = req.c.req.query('ca-da-thoi') === '1'
  const units = matching(await listUnits(req.ctx, withClosed ? { on: 'ever' } : {}), q)
  const others = units.filter((u) => !GROUPS.some(([, kinds]) => kinds.includes(u.kind)))
  return html(
    req,
    <Page view={req.view} title="Tổ chức" area="admin" current="/quan-tri/co-quan">
      <PageHead title="Cơ quan, đơn vị" lead={`${units.length} ${q === '' ? 'cơ quan' : 'đơn vị khớp'}`} actions={<PeopleActions view={req.view} />} />
      <Form view={req.view} method="get" action="/quan-tri/co-quan" class="search small" role="search" label="Tìm đơn vị">
        <input type="search" name="q" value={q} aria-label="Tên hoặc mã đơn vị" placeholder="Tên hoặc mã, không dấu cũng được" data-key="/" />
        <Button kind="quiet">Tìm</Button>
      </Form>
      {GROUPS.map(([title, kinds]) => {
        const rows = units.filter((u) => kinds.includes(u.kind))
        return rows.length === 0 ? null : (
          <section>
            <h2>{title}</h2>
            <Table caption={title} columns={AGENCY_COLUMNS.filter((column) => column.key !== 'kind')} rows={rows} rowHref={unitHref} />
          </section>
        )
      })}
      {others.length > 0 && (
        <section>
          <h2>Phòng, đơn vị trực thuộc</h2>
          <Table caption="Phòng, đơn vị trực thuộc" columns={AGENCY_COLUMNS} rows={others} rowHref={unitHref} />
        </section>
      )}
      {units.length === 0 && <p class="empty">Không có đơn vị nào khớp. Thử một phần tên không dấu, hoặc mã như H57.12.</p>}
      <p>
        <a href={withClosed ? '/quan-tri/co-quan' : '/quan-tri/co-quan?ca-da-thoi=1'}>{withClosed ? 'Chỉ xem đơn vị đang hoạt động' : 'Xem cả đơn vị đã thôi hoạt động'}</a>
      </p>
    </Page>,
  )
}

const DONE: Readonly<Record<string, string>> = {
  'doi-ten': 'Đã đổi tên. Giấy tờ ký trước ngày đó vẫn mang tên cũ.',
  'lien-he': 'Đã ghi địa chỉ, điện thoại. Giấy tờ từ ngày đó in theo địa chỉ mới.',
  'phu-trach': 'Đã đổi lĩnh vực phụ trách. Hồ sơ mới đi theo lĩnh vực mới.',
  dong: 'Đã ghi ngày chấm dứt hoạt động.',
  'don-vi': 'Đã lập đơn vị trực thuộc.',
  'vi-tri': 'Đã thêm vị trí.',
  giao: 'Đã giao vị trí. Quyền có hiệu lực từ ngày đã ghi.',
  thoi: 'Đã ghi thôi giữ vị trí.',
  'dong-vi-tri': 'Đã bỏ vị trí.',
}

const seatColumns = (req: Req): readonly Column<PostSeat>[] => {
  const today = dateOf(req.ctx.now)
  return [
    { key: 'title', head: 'Vị trí', primary: true, cell: (s) => s.title },
    { key: 'role', head: 'Vai trò', cell: (s) => ROLE_NAMES[s.role] },
    {
      key: 'holder',
      head: 'Người giữ',
      cell: (s) => (s.validTo !== null && s.validTo <= today ? <Badge tone="paused">đã bỏ</Badge> : (s.personName ?? <Badge tone="soon">đang trống</Badge>)),
    },
    { key: 'since', head: 'Từ ngày', nowrap: true, cell: (s) => <span class="num">{s.since === null ? '' : formatDate(s.since)}</span> },
    { key: 'change', head: 'Việc', cell: (s) => (s.validTo === null ? <a href={`?vi-tri=${s.postId}#doi-nguoi`}>{s.personId === null ? 'Giao' : 'Đổi'}</a> : null) },
  ]
}

/** @throws NotFound for an address that names no unit */
const showUnit = async (req: Req, typed: Typed = {}, errors: Errors = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const id = req.c.req.param('donVi') ?? ''
  if (!isUuid(id)) throw new NotFound(`unit ${id}`)
  const unit = await getUnit(req.ctx, id)
  const [contact, openWork] = await Promise.all([unitContactOn(req.ctx, unit.id, dateOf(req.ctx.now)), countOpenDossiers(req.ctx, unit.id)])
  const [children, seats, succession, all] = await Promise.all([listUnits(req.ctx, { parentId: unit.id, on: 'ever' }), listSeats(req.ctx, unit.id), getSuccession(req.ctx, unit.id), listUnits(req.ctx)])
  const parents = lineOf(unit, all)
  const wanted = req.c.req.query('vi-tri') ?? typed['vi-tri']
  const seat = seats.find((s) => s.postId === wanted)
  const done = DONE[req.c.req.query('xong') ?? '']
  const subUnits = children.filter((child) => child.agencyId === unit.agencyId || unit.parentId === null)
  return html(
    req,
    <Page view={req.view} title={unit.name} area="admin" current="/quan-tri/co-quan">
      <Breadcrumb items={[{ href: '/quan-tri/co-quan', label: 'Tổ chức' }, ...parents.map((p) => ({ href: unitHref(p), label: p.shortName })), { label: unit.shortName }]} />
      <PageHead title={unit.name} lead={<span class="num">{unit.code}</span>} {...(unit.validTo === null ? { actions: <PeopleLinks unit={unit} /> } : { above: <Badge tone="paused">thôi từ {formatDate(unit.validTo)}</Badge> })} />
      {done !== undefined && Object.keys(errors).length === 0 && (
        <Notice tone="ok" role="status">
          {done}
        </Notice>
      )}
      <ErrorSummary errors={errors} />
      <KeyValue
        items={[
          ['Loại', KIND_NAMES[unit.kind]],
          ['Tên ngắn', unit.shortName],
          ['Hiệu lực', validityWords(unit.validFrom, unit.validTo)],
          ['Lĩnh vực phụ trách', REMIT_NAMES[unit.remit ?? '']],
          ['Địa chỉ', contact.address],
          ['Điện thoại', contact.phone],
          ['Mã đơn vị hành chính', unit.areaCode],
          ['Tiếp nối từ', succession.predecessors.length > 0 && <UnitLinks units={succession.predecessors} />],
          ['Đơn vị kế thừa', succession.successors.length > 0 && <UnitLinks units={succession.successors} />],
        ]}
      />
      <h2>Vị trí công tác</h2>
      <Table caption="Vị trí công tác" columns={seatColumns(req)} rows={seats} rowKey={(s) => s.postId} empty={<p>Chưa có vị trí nào. Thêm vị trí ở cuối trang.</p>} />
      {seat !== undefined && <SeatForms req={req} unit={unit} seat={seat} typed={typed} errors={errors} />}
      {subUnits.length > 0 && (
        <>
          <h2>Đơn vị trực thuộc</h2>
          <Table caption="Đơn vị trực thuộc" columns={AGENCY_COLUMNS} rows={subUnits} rowHref={unitHref} />
        </>
      )}
      {unit.validTo === null && <UnitForms req={req} unit={unit} typed={typed} errors={errors} contact={contact} openWork={openWork} />}
    </Page>,
    status,
  )
}

/** Only a division examines, and so assigns. */
const PeopleLinks = (props: { readonly unit: Unit }) => (
  <>
    {props.unit.remit !== null && props.unit.id !== props.unit.agencyId && (
      <ButtonLink href={assignmentHref(props.unit.id)} kind="quiet">
        Phân công hồ sơ
      </ButtonLink>
    )}
    <ButtonLink href={`/xu-ly/vang-mat?don-vi=${props.unit.id}`} kind="quiet">
      Ghi vắng mặt
    </ButtonLink>
  </>
)

const UnitLinks = (props: { readonly units: readonly Unit[] }) => (
  <>
    {props.units.map((u, i) => (
      <>
        {i > 0 && ', '}
        <a href={unitHref(u)}>{u.name}</a>
      </>
    ))}
  </>
)

/** From the city down to the unit's parent. */
const lineOf = (unit: Unit, all: readonly Unit[]): readonly Unit[] => {
  const parent = all.find((u) => u.id === unit.parentId)
  return parent === undefined ? [] : [...lineOf(parent, all), parent]
}

export const organisationRoutes: readonly Route[] = [
  { method: 'GET', path: '/quan-tri/co-quan', access: 'organisation.edit', handle: showAgencies },
  { method: 'GET', path: '/quan-tri/co-quan/:donVi', access: 'organisation.edit', handle: (req) => showUnit(req) },
  ...organisationActions((req, typed, errors, status) => showUnit(req, typed, errors, status)),
]
