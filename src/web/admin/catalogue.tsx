/** The catalogue for the administrator: what waits for a decision first; one procedure with its rows, revisions and history. */
import { NotFound } from '#kernel/errors.ts'
import { formatInteger } from '#kernel/money.ts'
import { formatInstant } from '#kernel/plain-date.ts'
import { tidy } from '#kernel/text.ts'
import { type HistoryLine, type MethodRow, type ProcedureRevision, type ProcedureSearch, countProcedures, displayName, getRevisionSource, listProcedureHistory, listRevisions, searchProcedures } from '#modules/catalogue'
import { can } from '#modules/access'
import { type Req, type Route, html } from '../http.ts'
import { CHANNEL_NAMES, LEVEL_NAMES, THING_NAMES, feeLinesOf, rowLimit } from '../procedure-words.ts'
import { Badge, Breadcrumb, Button, ButtonLink, Form, KeyValue, Page, PageHead, Pager, Select, Table, TextField } from '../ui/index.ts'
import { HISTORY_NAMES, historyBy } from './catalogue-words.ts'
import { showComparison } from './catalogue-compare.tsx'
import { saveSettlement, showSettleForm } from './catalogue-settle.tsx'

const PER_PAGE = 50

const listCatalogue = async (req: Req): Promise<Response> => {
  const get = (name: string) => tidy(req.c.req.query(name) ?? '').slice(0, 300)
  const [q, field, show] = [get('q'), get('linh-vuc'), get('xem') === 'tat-ca' ? 'tat-ca' : 'cho-quyet-dinh']
  const page = Math.max(1, Number.parseInt(get('trang'), 10) || 1)
  const search: ProcedureSearch = { q, toSettle: show === 'cho-quyet-dinh', limit: PER_PAGE, offset: (page - 1) * PER_PAGE, ...(field !== '' && { fieldSlug: field }) }
  const [found, counts] = [await searchProcedures(req.ctx, search), await countProcedures(req.ctx)]
  const href = (n: number) => `/quan-tri/thu-tuc?${new URLSearchParams({ q, 'linh-vuc': field, xem: show, trang: String(n) }).toString()}`
  return html(
    req,
    <Page view={req.view} title="Danh mục thủ tục" area="admin" current="/quan-tri/thu-tuc">
      <PageHead title="Danh mục thủ tục" lead={`${formatInteger(counts.procedures)} thủ tục; ${formatInteger(counts.toSettle)} thủ tục còn dòng phải quyết định trước khi tiếp nhận được.`} />
      <Form view={req.view} action="/quan-tri/thu-tuc" method="get" role="search" class="filter-bar" label="Lọc danh mục">
        <TextField name="q" label="Tên, mã" type="search" value={q} size="medium" />
        <Select name="linh-vuc" label="Lĩnh vực" empty="Tất cả" size="medium" value={field} options={found.fields.map((f) => ({ value: f.value, label: `${f.label} (${f.count})` }))} />
        <Select
          name="xem"
          label="Xem"
          size="medium"
          value={show}
          options={[
            { value: 'cho-quyet-dinh', label: 'Còn phải quyết định' },
            { value: 'tat-ca', label: 'Tất cả' },
          ]}
        />
        <Button kind="quiet">Lọc</Button>
      </Form>
      <p class="soft" role="status">
        {formatInteger(found.total)} thủ tục
      </p>
      <Table
        caption="Thủ tục"
        rows={found.procedures}
        rowHref={(p) => `/quan-tri/thu-tuc/${p.code}`}
        empty="Không có thủ tục nào khớp."
        columns={[
          { key: 'ten', head: 'Thủ tục', primary: true, cell: (p) => <a href={`/quan-tri/thu-tuc/${p.code}`}>{p.name}</a> },
          { key: 'ma', head: 'Mã', nowrap: true, cell: (p) => p.code },
          { key: 'linh-vuc', head: 'Lĩnh vực', minor: true, cell: (p) => p.field },
          { key: 'cap', head: 'Cấp', minor: true, cell: (p) => p.levels.map((l) => LEVEL_NAMES[l].vi).join(', ') },
          { key: 'ban', head: 'Bản', numeric: true, minor: true, cell: (p) => p.n },
          { key: 'con', head: 'Phải quyết định', cell: (p) => (p.rowsToSettle === 0 ? 'không còn' : `${p.rowsToSettle}/${p.methods.length} dòng: ${thingsOf(p.methods)}`) },
        ]}
      />
      <Pager page={page} pages={Math.ceil(found.total / PER_PAGE)} href={href} />
    </Page>,
  )
}

const thingsOf = (rows: readonly MethodRow[]): string => [...new Set(rows.flatMap((r) => r.toSettle))].map((thing) => THING_NAMES[thing]).join('; ')

const showCatalogueEntry = async (req: Req): Promise<Response> => {
  const revisions = await listRevisions(req.ctx, req.c.req.param('ma') ?? '')
  const revision = revisions.find((r) => r.isCurrent)
  if (revision === undefined) throw new NotFound('procedure')
  const history = await listProcedureHistory(req.ctx, revision.procedureId)
  const source = await getRevisionSource(req.ctx, revision.id)
  const name = displayName(revision.name)
  return html(
    req,
    <Page view={req.view} title={name} area="admin" current="/quan-tri/thu-tuc">
      <Breadcrumb items={[{ href: '/quan-tri/thu-tuc', label: 'Danh mục thủ tục' }, { label: revision.code }]} />
      <PageHead
        title={name}
        lead={`Mã ${revision.code} · ${revision.field} · bản ${revision.n}${revision.decisionNo === null ? '' : ` · Quyết định ${revision.decisionNo}`}`}
        actions={
          <ButtonLink kind="quiet" href={`/thu-tuc/${revision.code}`}>
            Xem như người dân
          </ButtonLink>
        }
      />
      <MethodTable revision={revision} maySettle={can(req.ctx.actor, 'catalogue.settle')} />
      <Revisions revisions={revisions} />
      <History history={history} />
      <Source source={source} />
    </Page>,
  )
}

const MethodTable = (props: { readonly revision: ProcedureRevision; readonly maySettle: boolean }) => {
  const { revision, maySettle } = props
  const settleHref = (row: MethodRow) => `/quan-tri/thu-tuc/${revision.code}/quyet-dinh/${row.n}`
  return (
    <>
      <h2>Cách thức thực hiện</h2>
      <Table
        caption="Cách thức thực hiện, từng dòng như đã công bố"
        rows={revision.methods}
        rowKey={(row) => String(row.n)}
        columns={[
          { key: 'dong', head: 'Dòng', primary: true, cell: (row) => `${row.n}. ${CHANNEL_NAMES[row.channel].vi}` },
          { key: 'cong-bo', head: 'Thời hạn công bố', cell: (row) => row.limitRaw ?? 'để trống' },
          { key: 'thoi-han', head: 'Thời hạn áp dụng', cell: (row) => rowLimit(row, 'vi') },
          { key: 'phi', head: 'Phí, lệ phí', minor: true, cell: (row) => feeLinesOf(row.fee, 'vi').map((line) => line.amount).join('; ') },
          { key: 'tinh-trang', head: 'Tình trạng', cell: (row) => <RowState row={row} /> },
          {
            key: 'viec',
            head: 'Việc',
            cell: (row) => row.leftOpen.length > 0 && maySettle && <a href={settleHref(row)}>{row.settled ? 'Sửa quyết định' : 'Quyết định'}</a>,
          },
        ]}
      />
    </>
  )
}

const RowState = (props: { readonly row: MethodRow }) => {
  const { row } = props
  if (!row.settled) return <Badge tone="soon">{row.toSettle.map((thing) => THING_NAMES[thing]).join('; ')}</Badge>
  if (row.decision === null) return <Badge tone="plain">công bố đủ</Badge>
  return (
    <>
      <Badge tone="ok">đã quyết định</Badge>
      <p class="soft small">
        {row.decision.reason} ({formatInstant(row.decision.settledAt)})
      </p>
    </>
  )
}

const Revisions = (props: { readonly revisions: readonly ProcedureRevision[] }) => {
  const [newest] = props.revisions
  return (
    <>
      <h2>Các bản</h2>
      <Table
        caption="Các bản của thủ tục"
        rows={props.revisions}
        columns={[
          { key: 'ban', head: 'Bản', primary: true, cell: (r) => `Bản ${r.n}${r.isCurrent ? ' (đang có hiệu lực)' : ''}` },
          { key: 'ngay', head: 'Nhập lúc', nowrap: true, cell: (r) => formatInstant(r.importedAt) },
          { key: 'quyet-dinh', head: 'Quyết định công bố', cell: (r) => r.decisionNo ?? '' },
          { key: 'ma-bam', head: 'Mã băm', minor: true, cell: (r) => <code>{r.digest.slice(0, 16)}</code> },
          {
            key: 'so-sanh',
            head: 'So sánh',
            cell: (r) => newest !== undefined && r.n > 1 && <a href={`/quan-tri/thu-tuc/${r.code}/so-sanh?tu=${r.n - 1}&den=${r.n}`}>với bản {r.n - 1}</a>,
          },
        ]}
      />
    </>
  )
}

const History = (props: { readonly history: readonly HistoryLine[] }) => (
  <>
    <h2>Lịch sử</h2>
    <Table
      caption="Lịch sử của thủ tục, đọc từ nhật ký"
      rows={props.history}
      empty="Nhật ký đang được đọc, hãy mở lại sau ít giây."
      columns={[
        { key: 'luc', head: 'Lúc', nowrap: true, primary: true, cell: (h) => formatInstant(h.at) },
        { key: 'viec', head: 'Việc', cell: (h) => HISTORY_NAMES[h.type] ?? h.type },
        { key: 'ai', head: 'Ai', cell: historyBy },
        { key: 'gi', head: 'Chi tiết', cell: detailOf },
      ]}
    />
  </>
)

/** Where the record was collected, and the unsplit text where table cells had been glued together: what a decision is checked against. */
const Source = (props: { readonly source: Awaited<ReturnType<typeof getRevisionSource>> }) => {
  const { provenance, raw, flags } = props.source
  const facts = Object.entries(provenance ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []))
  const texts = Object.entries(raw ?? {}).flatMap(([key, value]) => (value === null ? [] : [[RAW_NAMES[key] ?? key, value] as const]))
  return (
    <>
      <h2>Nguồn</h2>
      <KeyValue items={[...facts, ['Dấu hiệu', flags?.join(', ')]]} />
      {texts.map(([name, text]) => (
        <details class="fold">
          <summary>{name}: nguyên văn trước khi tách</summary>
          <p class="small">{text}</p>
        </details>
      ))}
    </>
  )
}
const RAW_NAMES: Readonly<Record<string, string>> = { methods: 'Cách thức thực hiện', components: 'Thành phần hồ sơ', legal_bases: 'Căn cứ pháp lý' }

const detailOf = (h: HistoryLine): string => {
  const data = h.data !== null && typeof h.data === 'object' && !Array.isArray(h.data) ? (h.data as { readonly [key: string]: unknown }) : {}
  if (h.type === 'procedure.row-settled') return `Dòng ${String(data['n'])}: ${String(data['reason'])}`
  return `Bản ${String(data['n'])}${typeof data['decisionNo'] === 'string' ? ` · Quyết định ${data['decisionNo']}` : ''}`
}

export const catalogueRoutes: readonly Route[] = [
  { method: 'GET', path: '/quan-tri/thu-tuc', access: 'catalogue.browse', handle: listCatalogue },
  { method: 'GET', path: '/quan-tri/thu-tuc/:ma', access: 'catalogue.browse', handle: showCatalogueEntry },
  { method: 'GET', path: '/quan-tri/thu-tuc/:ma/so-sanh', access: 'catalogue.browse', handle: showComparison },
  { method: 'GET', path: '/quan-tri/thu-tuc/:ma/quyet-dinh/:dong', access: 'catalogue.settle', handle: showSettleForm },
  { method: 'POST', path: '/quan-tri/thu-tuc/:ma/quyet-dinh/:dong', access: 'catalogue.settle', handle: saveSettlement },
]
