/** `/so-theo-doi`: the register, and `/tim`: search, over everything one may see; newest first, page by page. What is typed never stands in an address. */
import type { Child } from 'hono/jsx'
import { formatInteger } from '#kernel/money.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { type RegisterChoices, type RegisterFilter, type RegisterLine, type RegisterPage, findInRegister, registerChoices, statusTitle } from '#modules/dossier'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Badge, Button, ButtonLink, type Column, DateField, DeadlineBadge, Form, Page, PageHead, Select, Table, TextField, shortInstant, NewerOlder } from '../ui/index.ts'
import { CHANNEL_WORDS, LATENESS_WORDS, PARAMETERS, STATUS_CHOICES, asRegister, registerFilter, registerHref, sentHref } from './register-query.ts'
import { stepShort } from './action-words.ts'

const REGISTER = '/so-theo-doi'
const SEARCH = '/tim'

/** Open: how it stands to its promise. Done: whether it was kept, the day beside it. */
const Due = (props: { readonly row: RegisterLine; readonly now: Instant }) => {
  const { row, now } = props
  if (row.lateness === 'intake') return <Badge tone="paused">chờ tiếp nhận</Badge>
  if (row.lateness !== null && row.lateness !== 'ready') return <DeadlineBadge dueAt={row.dueAt} now={now} late={row.lateness === 'late'} state={row.lateness === 'paused' ? 'paused' : 'running'} />
  if (row.finishedAt === null || row.dueAt === null) return <span class="soft">–</span>
  return row.wasLate ? <Badge tone="late">trễ hạn</Badge> : <Badge tone="ok">đúng hạn</Badge>
}

const Under = (props: { readonly children?: Child }) => <div class="soft small">{props.children}</div>

const columns = (now: Instant, units: 'none' | 'division' | 'both'): readonly Column<RegisterLine>[] => [
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={`/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'received', head: 'Tiếp nhận', nowrap: true, cell: (r) => <span class="num">{r.receivedAt === null ? 'chưa' : shortInstant(r.receivedAt, now)}</span> },
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <span class="num">{r.dueAt === null ? '–' : shortInstant(r.dueAt, now)}</span> },
  { key: 'stand', head: 'Hạn', nowrap: true, cell: (r) => <Due row={r} now={now} /> },
  {
    key: 'status',
    head: 'Tình trạng',
    nowrap: true,
    cell: (r) => (
      <>
        {r.step === null || r.status !== 'processing' ? statusTitle(r.status) : stepShort(r.step)}
        {r.holderName !== null && <Under>{r.holderName}</Under>}
      </>
    ),
  },
  ...(units === 'none'
    ? []
    : [
        {
          key: 'unit',
          head: 'Nơi giải quyết',
          minor: true,
          nowrap: true,
          cell: (r: RegisterLine) => (
            <>
              {units === 'both' ? r.agencyName : r.divisionName}
              {units === 'both' && r.divisionName !== r.agencyName && <Under>{r.divisionName}</Under>}
            </>
          ),
        },
      ]),
]

/** One agency: its divisions tell apart. The city: the agencies do. */
const unitsShown = (choices: RegisterChoices): 'none' | 'division' | 'both' =>
  choices.units.length === 0 ? 'none' : new Set(choices.units.map((u) => u.agencyId)).size > 1 ? 'both' : 'division'

const counted = ({ count }: RegisterPage): string => (count.more ? `hơn ${formatInteger(Math.max(0, count.n))} hồ sơ` : `${formatInteger(count.n)} hồ sơ`)

type ListProps = { readonly req: Req; readonly path: string; readonly filter: RegisterFilter; readonly choices: RegisterChoices }

const valuesOf = (req: Req) => Object.fromEntries(PARAMETERS.map((name) => [name, req.c.req.query(name) ?? '']))

const Filters = ({ req, path, filter, choices }: ListProps) => {
  const values = valuesOf(req)
  const more = PARAMETERS.some((name) => name !== 'tu' && name !== 'den' && values[name] !== '')
  return (
    <Form view={req.view} action={path} class="register-form" role="search" label="Lọc hồ sơ">
      <div class="filter-bar">
        <TextField
          name="q"
          label="Tên, mã hồ sơ, số định danh, điện thoại, tên thủ tục"
          type="search"
          value={filter.text ?? ''}
          autofocus={path === SEARCH && filter.text === undefined}
        />
        <DateField name="tu" label="Tiếp nhận từ" value={filter.from ?? ''} />
        <DateField name="den" label="đến" value={filter.to ?? ''} />
        <Button>{path === SEARCH ? 'Tìm' : 'Xem'}</Button>
      </div>
      <details class="filters" open={more}>
        <summary>Lọc thêm</summary>
        <div class="filter-bar">
          <Select name="tinh-trang" label="Tình trạng" empty="Tất cả" value={filter.status} options={STATUS_CHOICES} />
          <Select name="han" label="Hạn" empty="Tất cả" value={filter.lateness} options={Object.entries(LATENESS_WORDS).map(([value, label]) => ({ value, label }))} />
          <Select name="kenh" label="Kênh nộp" empty="Tất cả" value={filter.channel} options={Object.entries(CHANNEL_WORDS).map(([value, label]) => ({ value, label }))} />
          <TextField name="thu-tuc" label="Mã thủ tục" value={filter.procedureCode ?? ''} placeholder="1.004873" />
          {choices.units.length > 0 && <Select name="don-vi" label="Đơn vị" empty="Tất cả" value={filter.unitId} options={choices.units.map((u) => ({ value: u.id, label: u.name }))} />}
          {choices.officers.length > 0 && (
            <Select
              name="can-bo"
              label={filter.status === 'open' || filter.lateness !== undefined ? 'Đang giữ' : 'Đã qua tay'}
              empty="Tất cả"
              value={filter.officer}
              options={[{ value: 'none', label: 'Chưa ai nhận' }, ...choices.officers.map((o) => ({ value: o.postId, label: `${o.name} · ${o.title}` }))]}
            />
          )}
          {choices.units.length === 0 && filter.unitId !== undefined && <input type="hidden" name="don-vi" value={filter.unitId} />}
          {filter.step !== undefined && (
            <p class="step-chosen">
              <input type="hidden" name="buoc" value={filter.step.toLowerCase()} />
              Bước: <b>{stepShort(filter.step)}</b> · <a href={registerHref(path, { ...values, buoc: '', s: req.c.req.query('s') })}>bỏ</a>
            </p>
          )}
        </div>
      </details>
    </Form>
  )
}

const Later = (props: { readonly req: Req; readonly path: string; readonly page: RegisterPage }) => {
  const { req, path, page } = props
  const s = req.c.req.query('s')
  const after = req.c.req.query('sau')
  const at = (sau: string | undefined) => registerHref(path, { ...valuesOf(req), s, ...(sau !== undefined && { sau }) })
  return <NewerOlder first={after === undefined ? undefined : at(undefined)} older={page.next === null ? undefined : at(page.next)} />
}

const Exports = (props: { readonly req: Req }) => {
  const values = { ...valuesOf(props.req), s: props.req.c.req.query('s') }
  return (
    <>
      <ButtonLink href={registerHref('/so-theo-doi.pdf', values)} kind="quiet" attributes={{ target: '_blank', rel: 'noopener' }}>
        In (PDF)
      </ButtonLink>
      <ButtonLink href={registerHref('/so-theo-doi.xlsx', values)} kind="quiet">
        Bảng tính (XLSX)
      </ButtonLink>
    </>
  )
}

const list = async (req: Req, path: string): Promise<Response> => {
  const asked = registerFilter(req.ctx, (name) => req.c.req.query(name))
  const filter = path === REGISTER ? asRegister(asked) : asked
  // Nothing to look for yet: nobody's names are read.
  const idle = path === SEARCH && Object.keys(asked).length === 0
  const [choices, page] = await Promise.all([
    registerChoices(req.ctx, filter),
    idle ? undefined : findInRegister(req.ctx, filter, path === SEARCH ? 'search' : 'register'),
  ])
  const title = path === SEARCH ? 'Tìm hồ sơ' : 'Sổ theo dõi'
  const expired = req.c.req.query('s') !== undefined && filter.text === undefined
  return html(
    req,
    <Page view={req.view} title={title} area="office" current={path === REGISTER ? REGISTER : ''}>
      <PageHead title={title} lead={page === undefined ? 'Trong phạm vi bạn được xem: mọi hồ sơ, mới nhất trước.' : counted(page)} {...(path === REGISTER ? { actions: <Exports req={req} /> } : {})} />
      <Filters req={req} path={path} filter={filter} choices={choices} />
      {expired && <p class="soft">Từ đã tìm chỉ được giữ trong 12 giờ. Hãy gõ lại.</p>}
      {page !== undefined && (
        <mc-rows>
          <Table
            caption={`${title}, mới nhất trước`}
            columns={columns(req.ctx.now, unitsShown(choices))}
            rows={page.rows}
            rowKey={(r) => r.id}
            rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
            empty={<p>Không có hồ sơ nào khớp trong phạm vi của bạn. Gõ tên không dấu cũng được; bỏ bớt điều kiện lọc, hoặc gõ đủ mã hồ sơ.</p>}
          />
        </mc-rows>
      )}
      {page !== undefined && <Later req={req} path={path} page={page} />}
    </Page>,
  )
}

const send = (path: string) => async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  return seeOther(req, sentHref(req.ctx, path, (name) => form.get(name)))
}

export const registerRoutes: readonly Route[] = [
  { method: 'GET', path: REGISTER, access: 'dossier.find', handle: (req) => list(req, REGISTER) },
  { method: 'POST', path: REGISTER, access: 'dossier.find', handle: send(REGISTER) },
  { method: 'GET', path: SEARCH, access: 'dossier.find', handle: (req) => list(req, SEARCH) },
  { method: 'POST', path: SEARCH, access: 'dossier.find', handle: send(SEARCH) },
]
