/** `/xu-ly/don-vi`: what is open in a unit: by lateness, by step, by officer. Every number leads to its rows. */
import { isUuid } from '#kernel/ids.ts'
import { formatInteger } from '#kernel/money.ts'
import { formatTime } from '#kernel/plain-date.ts'
import { can } from '#modules/access'
import { LATENESS, type Lateness, type Tally, type UnitBoard, unitBoard } from '#modules/dossier'
import { type Req, type Route, html } from '../http.ts'
import { BarChart, Button, type Column, Form, Page, PageHead, Select, StatCard, Table } from '../ui/index.ts'
import { PeopleActions } from '../people/people-actions.tsx'
import { LATENESS_WORDS, type Parameter, registerHref } from './register-query.ts'
import { stepShort } from './action-words.ts'

const HERE = '/xu-ly/don-vi'

type Link = Partial<Record<Parameter, string>>
const rowsHref = (board: UnitBoard, link: Link): string => registerHref('/so-theo-doi', { 'don-vi': board.unit?.id, 'tinh-trang': 'open', ...link })

const Count = (props: { readonly n: number; readonly href: string; readonly tone?: 'late' | 'soon' | undefined }) =>
  props.n === 0 ? (
    <span class="soft">–</span>
  ) : (
    <a class={props.tone === undefined ? 'num' : `num ${props.tone}-ink`} href={props.href}>
      {formatInteger(props.n)}
    </a>
  )

const SHORT: Readonly<Record<Lateness, string>> = { late: 'Quá hạn', today: 'Hôm nay', soon: '1–3 ngày', later: 'Hơn 3 ngày', paused: 'Tạm dừng', intake: 'Chờ nhận', ready: 'Chờ trả' }
const toneOf = (lateness: Lateness) => (lateness === 'late' ? 'late' : lateness === 'today' ? 'soon' : undefined)

type Line = { readonly key: string; readonly name: string; readonly note: string; readonly tally: Tally; readonly link: Link; readonly opens?: string; readonly share?: string }

/** Only the columns in which somebody has something. */
const columns = (board: UnitBoard, head: string): readonly Column<Line>[] => [
  {
    key: 'name',
    head,
    primary: true,
    cell: (l) => (
      <>
        {l.opens === undefined ? l.name : <a href={l.opens}>{l.name}</a>}
        {l.note !== '' && <div class="soft small">{l.note}</div>}
        {l.share !== undefined && (
          <a class="small" href={l.share}>
            Chuyển việc
          </a>
        )}
      </>
    ),
  },
  { key: 'total', head: 'Tất cả', numeric: true, cell: (l) => <Count n={l.tally.total} href={rowsHref(board, l.link)} /> },
  ...LATENESS.filter((lateness) => board.tally[lateness] > 0).map((lateness) => ({
    key: lateness,
    head: SHORT[lateness],
    numeric: true,
    cell: (l: Line) => <Count n={l.tally[lateness]} href={rowsHref(board, { ...l.link, han: lateness })} tone={toneOf(lateness)} />,
  })),
]

const Section = (props: { readonly id: string; readonly title: string; readonly head: string; readonly board: UnitBoard; readonly lines: readonly Line[]; readonly empty: string; readonly chart?: boolean }) => (
  <section aria-labelledby={props.id}>
    <h2 id={props.id}>{props.title}</h2>
    {props.chart === true && props.lines.length > 1 && (
      <BarChart title={`${props.title}: số hồ sơ`} format={formatInteger} unit="hồ sơ" points={props.lines.slice(0, 15).map((l) => ({ label: l.name, value: l.tally.total, href: rowsHref(props.board, l.link) }))} />
    )}
    <Table caption={props.title} columns={columns(props.board, props.head)} rows={props.lines} rowKey={(l) => l.key} phone="scroll" empty={<p>{props.empty}</p>} />
  </section>
)

const Figures = ({ board }: { readonly board: UnitBoard }) => (
  <div class="grid three figures">
    <StatCard value={formatInteger(board.tally.total)} label="đang mở" href={rowsHref(board, {})} />
    {LATENESS.filter((l) => board.tally[l] > 0 || l === 'late' || l === 'today').map((lateness) => (
      <StatCard
        value={formatInteger(board.tally[lateness])}
        label={LATENESS_WORDS[lateness].toLowerCase()}
        href={rowsHref(board, { han: lateness })}
        {...(board.tally[lateness] > 0 && toneOf(lateness) !== undefined ? { tone: toneOf(lateness)! } : {})}
      />
    ))}
  </div>
)

/** @param shares whoever looks may give the work of this unit to others */
const linesOf = (board: UnitBoard, shares: boolean) => ({
  steps: board.byStep.map(({ step, tally }): Line => ({ key: step, name: stepShort(step), note: '', tally, link: { buoc: step.toLowerCase() } })),
  officers: board.byOfficer.map(({ postId, name, title, tally }): Line =>
    postId === null
      ? { key: 'none', name: 'Chưa phân công', note: 'đang ở bước thẩm định, chưa ai nhận', tally, link: { buoc: 'handle', 'can-bo': 'none' }, ...shareLink(board, shares, 'chua-ai') }
      : { key: postId, name: name === '' ? 'Chức danh đang trống' : name, note: title, tally, link: { 'can-bo': postId }, ...shareLink(board, shares, postId) },
  ),
  units: board.byUnit.map(({ unitId, name, tally }): Line => ({ key: unitId, name, note: '', tally, link: { 'don-vi': unitId }, opens: registerHref(HERE, { 'don-vi': unitId }) })),
})

const shareLink = (board: UnitBoard, shares: boolean, whose: string): Pick<Line, 'share'> => (shares && board.unit !== null ? { share: `/xu-ly/phan-viec?don-vi=${board.unit.id}&nguoi=${whose}#ho-so` } : {})

const showBoard = async (req: Req): Promise<Response> => {
  const wanted = req.c.req.query('don-vi') ?? ''
  const board = await unitBoard(req.ctx, isUuid(wanted) ? { unitId: wanted } : {})
  const lines = linesOf(board, board.unit !== null && can(req.ctx.actor, 'dossier.assign', { unitId: board.unit.id }))
  const name = board.unit?.name ?? 'Toàn thành phố'
  return html(
    req,
    <Page view={req.view} title={`Bảng đơn vị: ${name}`} area="office" current={HERE}>
      <PageHead title={name} lead={`Hồ sơ đang mở lúc ${formatTime(board.asOf)}. Mỗi con số dẫn đến danh sách của nó.`} actions={<PeopleActions view={req.view} />} />
      {board.choices.length > 1 && (
        <Form view={req.view} method="get" action={HERE} class="filter-bar" role="search" label="Chọn đơn vị">
          <Select name="don-vi" label="Đơn vị" empty="Tất cả" value={isUuid(wanted) ? wanted : undefined} options={board.choices.map((u) => ({ value: u.id, label: u.name }))} />
          <Button kind="quiet">Xem</Button>
        </Form>
      )}
      <Figures board={board} />
      <div class="board">
        <Section id="buoc" title="Theo bước" head="Bước" board={board} lines={lines.steps} chart empty="Không có hồ sơ nào đang mở." />
        {board.byOfficer.length > 0 && <Section id="can-bo" title="Theo người đang giữ" head="Người đang giữ" board={board} lines={lines.officers} chart empty="Chưa ai giữ hồ sơ nào." />}
        {board.byUnit.length > 0 && <Section id="don-vi" title={board.unit === null ? 'Theo cơ quan' : 'Theo phòng'} head={board.unit === null ? 'Cơ quan' : 'Phòng'} board={board} lines={lines.units} chart empty="" />}
      </div>
    </Page>,
  )
}

export const boardRoutes: readonly Route[] = [{ method: 'GET', path: HERE, access: 'dossier.monitor', handle: showBoard }]
