/** `/mot-cua/hom-nay`: the desk's day: every figure opens its rows; what is still to be passed on, what waits for its owner. */
import { isUuid } from '#kernel/ids.ts'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { DESK_LISTS, type DayRow, type DeskBoard, type DeskList, type QueueRow, type ReadyResult, deskBoard, forwardDossier, isPastDue, listDeskDay, listGuidance, statusTitle } from '#modules/dossier'
import { getUnit } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import type { Instant } from '#platform/ctx.ts'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Button, ButtonLink, type Column, DeadlineBadge, Form, Notice, Page, PageHead, StatCard, Table, shortInstant } from '../ui/index.ts'
import { deskBadges } from './desk-badges.ts'
import { deskOf } from './desk-of.ts'
import { DELIVERY_WORDS } from './return-form.tsx'

const deskColumns = (now: Instant, href: (row: QueueRow) => string): readonly Column<QueueRow>[] => [
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <DeadlineBadge dueAt={r.dueAt} now={now} late={isPastDue(r, now)} /> },
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={href(r)}>{r.code}</a> },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'received', head: 'Tiếp nhận', nowrap: true, cell: (r) => <span class="num">{shortInstant(r.receivedAt, now)}</span> },
]

/** Results: whether the promise was kept was decided when they were finished; here counts for how long they have been waiting. */
export const resultColumns = (now: Instant): readonly Column<ReadyResult>[] => [
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <span class="num">{r.dueAt === null ? '–' : shortInstant(r.dueAt, now)}</span> },
  ...deskColumns(now, (r) => `/mot-cua/tra-ket-qua/${r.id}`).filter((column) => column.key !== 'due' && column.key !== 'received'),
  { key: 'since', head: 'Có kết quả', nowrap: true, cell: (r) => <span class="num">{shortInstant(r.stepEnteredAt, now)}</span> },
  { key: 'delivery', head: 'Cách trả', nowrap: true, cell: (r) => DELIVERY_WORDS[r.delivery] },
]

/** Address and words of each figure. */
const LISTS: Readonly<Record<DeskList, { readonly path: string; readonly figure: string; readonly title: string; readonly tone?: 'soon' | 'late' }>> = {
  received: { path: 'tiep-nhan', figure: 'tiếp nhận tại quầy', title: 'Tiếp nhận tại quầy hôm nay' },
  accepted: { path: 'chap-nhan', figure: 'tiếp nhận trực tuyến', title: 'Tiếp nhận trực tuyến hôm nay' },
  requested: { path: 'yeu-cau', figure: 'yêu cầu hoàn thiện', title: 'Yêu cầu hoàn thiện hôm nay' },
  refused: { path: 'tu-choi', figure: 'từ chối tiếp nhận', title: 'Từ chối tiếp nhận hôm nay' },
  returned: { path: 'da-tra', figure: 'trả kết quả', title: 'Trả kết quả hôm nay' },
  due: { path: 'den-han', figure: 'phải xong hôm nay', title: 'Phải xong hôm nay', tone: 'soon' },
  late: { path: 'qua-han', figure: 'quá hạn', title: 'Quá hạn', tone: 'late' },
  open: { path: 'dang-giai-quyet', figure: 'đang giải quyết', title: 'Đang giải quyết, do quầy này tiếp nhận' },
}
const TODAY = '/mot-cua/hom-nay'

const forwarded = (req: Req) => {
  const [done, left] = [Number(req.c.req.query('da-chuyen')), Number(req.c.req.query('con'))]
  if (!Number.isInteger(done) || req.c.req.query('da-chuyen') === undefined) return null
  return (
    <Notice tone={left > 0 ? 'soon' : 'ok'} role="status">
      Đã chuyển {done} hồ sơ sang bộ phận xử lý.{left > 0 && ` ${left} hồ sơ chưa chuyển được, vẫn còn trong danh sách dưới đây.`}
    </Notice>
  )
}

const Figure = (props: { readonly list: DeskList; readonly board: DeskBoard }) => {
  const { path, figure, tone } = LISTS[props.list]
  const value = props.board.counts[props.list]
  return <StatCard value={value} label={figure} href={`${TODAY}/${path}`} {...(tone !== undefined && value > 0 ? { tone } : {})} />
}

const Figures = (props: { readonly board: DeskBoard; readonly guidance: number; readonly inbox: number }) => (
  <>
    <h2>Trong ngày</h2>
    <div class="grid figures">
      {(['received', 'accepted', 'requested', 'refused'] as const).map((list) => (
        <Figure list={list} board={props.board} />
      ))}
      <StatCard value={props.guidance} label="phiếu hướng dẫn" href={`${TODAY}/huong-dan`} />
      <Figure list="returned" board={props.board} />
    </div>
    <h2>Đang chờ</h2>
    <div class="grid figures">
      <StatCard value={props.inbox} label="hồ sơ trực tuyến mới" href="/mot-cua/truc-tuyen" {...(props.inbox > 0 ? { tone: 'soon' as const } : {})} />
      <StatCard value={props.board.toForward.length} label="chưa chuyển xử lý" href="#can-chuyen" />
      <StatCard value={props.board.toReturn.length} label="kết quả chờ trả" href="/mot-cua/tra-ket-qua" />
      {(['due', 'late', 'open'] as const).map((list) => (
        <Figure list={list} board={props.board} />
      ))}
    </div>
  </>
)

const showToday = async (req: Req): Promise<Response> => {
  const { now } = req.ctx
  const deskId = deskOf(req.ctx)
  const [board, desk, guidance, badges] = await Promise.all([deskBoard(req.ctx, deskId), getUnit(req.ctx, deskId), listGuidance(req.ctx, deskId, dateOf(now)), deskBadges(req.ctx)])
  return html(
    req,
    <Page view={req.view} title="Hôm nay" area="desk" current={TODAY} badges={badges}>
      {forwarded(req)}
      <PageHead title="Hôm nay" lead={desk.name} />
      <Figures board={board} guidance={guidance.length} inbox={badges['/mot-cua/truc-tuyen'] ?? 0} />
      <h2 id="can-chuyen">Chưa chuyển xử lý</h2>
      <Form view={req.view} action="/mot-cua/chuyen" label="Chuyển nhiều hồ sơ">
        <mc-rows>
          <Table
            caption="Hồ sơ đã nhận, chưa chuyển"
            columns={deskColumns(now, (r) => `/xu-ly/ho-so/${r.id}`)}
            rows={board.toForward}
            rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
            empty={<p>Mọi hồ sơ đã nhận đều đã chuyển sang bộ phận xử lý.</p>}
            select={{ name: 'ho-so', value: (r) => `${r.id} ${r.version} ${newId(now)}`, label: (r) => `Chọn hồ sơ ${r.code}` }}
          />
        </mc-rows>
        {board.toForward.length > 0 && (
          <div class="actions">
            <label class="js-only check-all">
              <input type="checkbox" data-all="ho-so" data-key="a" aria-keyshortcuts="a" /> Chọn tất cả <kbd aria-hidden="true">a</kbd>
            </label>
            <Button kbd="f">Chuyển hồ sơ đã chọn</Button>
          </div>
        )}
      </Form>
      <h2>Kết quả chờ trả</h2>
      <Table
        caption="Kết quả chờ trả"
        columns={resultColumns(now)}
        rows={board.toReturn}
        empty={<p>Không có kết quả nào đang chờ người nhận.</p>}
      />
    </Page>,
  )
}

const dayColumns = (now: Instant): readonly Column<DayRow>[] => [
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={r.receivedAt === null ? `/mot-cua/truc-tuyen/${r.id}` : `/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'at', head: 'Lúc', nowrap: true, cell: (r) => <span class="num">{shortInstant(r.at, now)}</span> },
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <span class="num">{r.dueAt === null ? '–' : shortInstant(r.dueAt, now)}</span> },
  { key: 'status', head: 'Tình trạng', nowrap: true, cell: (r) => statusTitle(r.status) },
]

/** The receipts of the day in one print. */
const batchHref = (rows: readonly DayRow[]): string => `/mot-cua/in-loat.pdf?ids=${rows.map((row) => row.id).join(',')}`
const BATCH = 100

const showList = async (req: Req, list: DeskList): Promise<Response> => {
  const { now } = req.ctx
  const [rows, badges] = await Promise.all([listDeskDay(req.ctx, deskOf(req.ctx), list), deskBadges(req.ctx)])
  const printed = (list === 'received' || list === 'accepted') && rows.length > 0
  return html(
    req,
    <Page view={req.view} title={LISTS[list].title} area="desk" current={TODAY} badges={badges}>
      <PageHead
        back={{ href: TODAY, label: 'Hôm nay' }}
        title={LISTS[list].title}
        lead={`${rows.length} hồ sơ`}
        actions={
          printed && (
            <ButtonLink href={batchHref(rows.slice(0, BATCH))} kbd="i" attributes={{ target: '_blank', rel: 'noopener' }}>
              In {Math.min(rows.length, BATCH)} giấy tiếp nhận
            </ButtonLink>
          )
        }
      />
      <mc-rows>
        <Table caption={LISTS[list].title} columns={dayColumns(now)} rows={rows} rowHref={(r) => (r.receivedAt === null ? `/mot-cua/truc-tuyen/${r.id}` : `/xu-ly/ho-so/${r.id}`)} empty={<p>Không có hồ sơ nào.</p>} />
      </mc-rows>
    </Page>,
  )
}

/** One after the other: a dossier that somebody else has just passed on does not hold up the rest. */
const forwardMany = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  let done = 0
  let left = 0
  for (const value of form.list('ho-so')) {
    const [dossierId = '', version = '', submissionKey = ''] = value.split(' ')
    if (!isUuid(dossierId) || !isUuid(submissionKey)) continue
    try {
      const result = await forwardDossier(req.ctx, { dossierId, submissionKey, version: Number(version) })
      if (result.ok) done++
      else left++
    } catch (error) {
      if (!(error instanceof Forbidden || error instanceof NotFound || error instanceof Stale)) throw error
      left++
    }
  }
  return seeOther(req, `${TODAY}?da-chuyen=${done}&con=${left}`)
}

export const todayRoutes: readonly Route[] = [
  { method: 'GET', path: TODAY, access: 'dossier.receive', handle: showToday },
  ...DESK_LISTS.map((list): Route => ({ method: 'GET', path: `${TODAY}/${LISTS[list].path}`, access: 'dossier.receive', handle: (req) => showList(req, list) })),
  { method: 'POST', path: '/mot-cua/chuyen', access: 'dossier.receive', handle: forwardMany },
]
