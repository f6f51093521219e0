/** `/xu-ly/ky-duyet`: what waits for the leader's signature, on one page: each with its draft, as many ticked as wished, one answer for each. */
import { formatInteger } from '#kernel/money.ts'
import { ActOnMany, type QueueRow, findDraftTitles, isPastDue, officerQueue } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { type Req, type Route, html, readForm } from '../http.ts'
import { Live, liveMark } from '../live.tsx'
import { shortName } from '../short-name.ts'
import { Button, type Column, DeadlineBadge, Form, Kbd, Page, PageHead, Table, TextField, shortInstant } from '../ui/index.ts'
import { type BulkDone, NothingTicked, Outcomes, TickAll, actOnTicked, itemsOf, tickValue, tickedIn } from './bulk.tsx'

const HERE = '/xu-ly/ky-duyet'

type Titles = Awaited<ReturnType<typeof findDraftTitles>>

const columns = (now: Instant, drafts: Titles): readonly Column<QueueRow>[] => [
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <DeadlineBadge dueAt={r.dueAt} now={now} late={isPastDue(r, now)} /> },
  { key: 'step-due', head: 'Hạn ký', nowrap: true, minor: true, cell: (r) => <span class="num">{r.stepDueAt === null ? 'không tính' : shortInstant(r.stepDueAt, now)}</span> },
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={`/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  {
    key: 'draft',
    head: 'Dự thảo kết quả',
    cell: (r) => {
      const draft = drafts.get(r.id)
      if (draft === undefined) return <span class="soft nowrap">chưa có</span>
      return (
        <a href={`/xu-ly/ho-so/${r.id}/du-thao.pdf`} target="_blank" rel="noopener">
          {draft.title}
          {draft.kind === 'declined' && <b class="late-ink"> (từ chối)</b>}
        </a>
      )
    },
  },
  { key: 'procedure', head: 'Thủ tục', minor: true, cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
]

const show = async (req: Req, done?: BulkDone, status: 200 | 422 = 200): Promise<Response> => {
  const { now } = req.ctx
  const since = liveMark()
  const queue = await officerQueue(req.ctx, { limit: 200, step: 'SIGN' })
  const drafts = await findDraftTitles(req.ctx, queue.rows.map((r) => r.id))
  const count = queue.counts.find((c) => c.step === 'SIGN')
  return html(
    req,
    <Page view={req.view} title="Chờ ký duyệt" area="office" current={HERE}>
      {done !== undefined && <Outcomes {...done} />}
      {status === 422 && <NothingTicked button="Ký duyệt" />}
      <PageHead
        title="Chờ ký duyệt"
        lead={
          <>
            {formatInteger(count?.count ?? 0)} hồ sơ
            {(count?.late ?? 0) > 0 && <b class="late-ink"> · {formatInteger(count?.late ?? 0)} quá hạn</b>}
          </>
        }
      />
      <Live since={since} />
      <div id="live-bulk" data-live="">
        {queue.rows.length > 0 && (
          <Form view={req.view} action={HERE} id="ky-duyet" class="bulk" label="Ký duyệt nhiều hồ sơ">
            <TickAll />
            <TextField name="note" label="Ý kiến chung" optional size="medium" />
            <Button kbd="f">
              Ký duyệt <span data-count-of="ho-so"><b data-count="">0</b></span> hồ sơ đã chọn
            </Button>
          </Form>
        )}
      </div>
      <div id="live-list" data-live="">
        <mc-rows data-select="">
          <Table
            caption="Hồ sơ chờ ký duyệt, đến hạn trước đứng trước"
            columns={columns(now, drafts)}
            rows={queue.rows}
            rowKey={(r) => r.id}
            rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
            select={{ name: 'ho-so', form: 'ky-duyet', value: (r) => tickValue(req.ctx, r), label: (r) => `Chọn hồ sơ ${r.code}` }}
            empty={<p>Không có hồ sơ nào chờ ký. Hồ sơ được trình sẽ hiện ở đây theo ngày hẹn trả.</p>}
          />
        </mc-rows>
      </div>
      {queue.rows.length > 0 && (
        <p class="soft small no-print keys">
          <Kbd>j</Kbd> <Kbd>k</Kbd> di chuyển · <Kbd>Space</Kbd> chọn · <Kbd>a</Kbd> chọn tất cả · <Kbd>Enter</Kbd> mở · <Kbd>f</Kbd> ký duyệt
        </p>
      )}
    </Page>,
    status,
  )
}

/** Answered by the page itself, not by a redirect: it says of each what became of it, and a reload repeats the same keys. */
const approveMany = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const ticked = tickedIn(form)
  const parsed = ActOnMany.safeParse({ action: 'approve', items: itemsOf(ticked), note: form.get('note') })
  return parsed.success ? show(req, await actOnTicked(req.ctx, ticked, parsed.data)) : show(req, undefined, 422)
}

export const approveRoutes: readonly Route[] = [
  { method: 'GET', path: HERE, access: 'dossier.approve', handle: (req) => show(req) },
  { method: 'POST', path: HERE, access: 'dossier.approve', handle: approveMany },
]
