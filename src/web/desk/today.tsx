/** `/mot-cua/hom-nay`: the desk's day: figures that open, what is still to be passed on, what waits for its owner. */
import { isUuid } from '#kernel/ids.ts'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import { type QueueRow, deskBoard, forwardDossier, isPastDue } from '#modules/dossier'
import { getUnit } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import type { Instant } from '#platform/ctx.ts'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Button, type Column, DeadlineBadge, Form, Notice, Page, PageHead, StatCard, Table, shortInstant } from '../ui/index.ts'
import { deskOf } from './intake-view.ts'

export const deskColumns = (now: Instant, href: (row: QueueRow) => string): readonly Column<QueueRow>[] => [
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <DeadlineBadge dueAt={r.dueAt} now={now} late={isPastDue(r, now)} /> },
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={href(r)}>{r.code}</a> },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'received', head: 'Tiếp nhận', nowrap: true, cell: (r) => <span class="num">{shortInstant(r.receivedAt, now)}</span> },
]

const forwarded = (req: Req) => {
  const [done, left] = [Number(req.c.req.query('da-chuyen')), Number(req.c.req.query('con'))]
  if (!Number.isInteger(done) || req.c.req.query('da-chuyen') === undefined) return null
  return (
    <Notice tone={left > 0 ? 'soon' : 'ok'} role="status">
      Đã chuyển {done} hồ sơ sang bộ phận xử lý.{left > 0 && ` ${left} hồ sơ chưa chuyển được, vẫn còn trong danh sách dưới đây.`}
    </Notice>
  )
}

const showToday = async (req: Req): Promise<Response> => {
  const { now } = req.ctx
  const deskId = deskOf(req.ctx)
  const [board, desk] = await Promise.all([deskBoard(req.ctx, deskId), getUnit(req.ctx, deskId)])
  return html(
    req,
    <Page view={req.view} title="Hôm nay" area="desk" current="/mot-cua/hom-nay">
      {forwarded(req)}
      <PageHead title="Hôm nay" lead={desk.name} />
      <div class="grid three figures">
        <StatCard value={board.receivedToday} label="tiếp nhận hôm nay" />
        <StatCard value={board.returnedToday} label="trả kết quả hôm nay" />
        <StatCard value={board.dueToday} label="phải xong hôm nay" {...(board.dueToday > 0 ? { tone: 'soon' as const } : {})} />
        <StatCard value={board.late} label="quá hạn" {...(board.late > 0 ? { tone: 'late' as const } : {})} />
        <StatCard value={board.toReturn.length} label="kết quả chờ trả" href="/mot-cua/tra-ket-qua" />
        <StatCard value={board.open} label="đang giải quyết" note="do quầy này tiếp nhận" />
      </div>
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
        columns={deskColumns(now, (r) => `/mot-cua/tra-ket-qua/${r.id}`)}
        rows={board.toReturn}
        empty={<p>Không có kết quả nào đang chờ người nhận.</p>}
      />
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
  return seeOther(req, `/mot-cua/hom-nay?da-chuyen=${done}&con=${left}`)
}

export const todayRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/hom-nay', access: 'dossier.receive', handle: showToday },
  { method: 'POST', path: '/mot-cua/chuyen', access: 'dossier.receive', handle: forwardMany },
]
