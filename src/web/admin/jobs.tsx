/** Background work as the administrator sees it: what happens by itself and when, what waits, what has just run, what has died and needs a decision. */
import { type Instant, formatInstant } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { DELIVER_MESSAGE, SEND_MESSAGE } from '#modules/notification'
import { type Job, type JobRun, type Scheduled, listDeadJobs, listJobRuns, listJobs, listSchedule } from '#platform/jobs/list-jobs.ts'
import { removeJob, retryJob } from '#platform/jobs/queue.ts'
import { type Req, type Route, html, seeOther } from '../http.ts'
import { Badge, Button, type Column, Form, Notice, Page, PageHead, Table } from '../ui/index.ts'

const HOME = '/quan-tri/cong-viec'

/** What is not due at a time, but asked for. */
const ON_DEMAND = [[SEND_MESSAGE, 'Chuẩn bị tin nhắn'], [DELIVER_MESSAGE, 'Gửi tin nhắn']] as const

const dueInWords = (due: string): string => (due.startsWith('*:') ? `mỗi giờ, phút ${due.slice(2)}` : `hằng ngày ${due}`)

const took = (from: Instant, to: Instant): string => (to - from < 1_000 ? 'dưới 1 giây' : `${Math.round((to - from) / 1_000).toLocaleString('vi-VN')} giây`)

const Outcome = (props: { readonly run: Pick<JobRun, 'startedAt' | 'endedAt' | 'error'> | null }) => {
  if (props.run === null) return <span class="soft">chưa chạy</span>
  return (
    <>
      {props.run.error === null ? <Badge tone="ok">xong</Badge> : <Badge tone="late">lỗi</Badge>} {formatInstant(props.run.startedAt)}
    </>
  )
}

const scheduleColumns: readonly Column<Scheduled>[] = [
  { key: 'title', head: 'Việc', primary: true, cell: (s) => s.title },
  { key: 'due', head: 'Khi nào', cell: (s) => dueInWords(s.due) },
  { key: 'next', head: 'Lần tới', cell: (s) => formatInstant(s.nextAt), nowrap: true },
  { key: 'last', head: 'Lần trước', cell: (s) => <Outcome run={s.last} /> },
]

const runColumns = (titles: ReadonlyMap<string, string>): readonly Column<JobRun>[] => [
  { key: 'task', head: 'Việc', primary: true, cell: (r) => titles.get(r.task) ?? r.task },
  { key: 'at', head: 'Bắt đầu', cell: (r) => <Outcome run={r} />, nowrap: true },
  { key: 'took', head: 'Mất', numeric: true, cell: (r) => took(r.startedAt, r.endedAt) },
  { key: 'error', head: 'Lỗi', cell: (r) => r.error ?? '', minor: true },
]

const waitingColumns = (titles: ReadonlyMap<string, string>): readonly Column<Job>[] => [
  { key: 'task', head: 'Việc', primary: true, cell: (j) => titles.get(j.task) ?? j.task },
  { key: 'state', head: 'Tình trạng', cell: (j) => (j.isRunning ? <Badge tone="ok">đang chạy</Badge> : <Badge tone="plain">chờ</Badge>) },
  { key: 'at', head: 'Sẽ chạy', cell: (j) => formatInstant(j.runAt), nowrap: true },
  { key: 'attempts', head: 'Đã thử', numeric: true, cell: (j) => `${j.attempts}/${j.maxAttempts}` },
  { key: 'error', head: 'Lỗi lần trước', cell: (j) => j.lastError ?? '', minor: true },
]

const deadColumns = (req: Req, titles: ReadonlyMap<string, string>): readonly Column<Job>[] => [
  { key: 'task', head: 'Việc', primary: true, cell: (j) => titles.get(j.task) ?? j.task },
  { key: 'created', head: 'Đặt lúc', cell: (j) => formatInstant(j.createdAt), nowrap: true },
  { key: 'attempts', head: 'Đã thử', numeric: true, cell: (j) => j.attempts },
  { key: 'error', head: 'Lỗi', cell: (j) => j.lastError ?? '' },
  {
    key: 'decide',
    head: 'Quyết định',
    cell: (j) => (
      <div class="actions">
        <Form view={req.view} action={`${HOME}/chay-lai`} class="inline" label={`Chạy lại công việc ${j.id}`}>
          <input type="hidden" name="id" value={j.id} />
          <Button kind="quiet">Chạy lại</Button>
        </Form>
        <Form view={req.view} action={`${HOME}/bo`} class="inline" label={`Bỏ công việc ${j.id}`}>
          <input type="hidden" name="id" value={j.id} />
          <Button kind="danger">Bỏ</Button>
        </Form>
      </div>
    ),
  },
]

const DONE: Readonly<Record<string, { readonly ok: boolean; readonly words: string }>> = {
  'chay-lai': { ok: true, words: 'Công việc sẽ chạy lại ngay.' },
  bo: { ok: true, words: 'Đã bỏ công việc.' },
  'khong-con': { ok: false, words: 'Công việc đó không còn trong danh sách: nó vừa chạy xong, hoặc người khác đã xử lý.' },
}

const jobsPage = async (req: Req) => {
  authorise(req.ctx, 'jobs.manage')
  const [schedule, dead, waiting, runs] = await Promise.all([listSchedule(req.ctx), listDeadJobs(req.ctx), listJobs(req.ctx), listJobRuns(req.ctx)])
  const titles = new Map([...ON_DEMAND, ...schedule.map((s) => [s.task, s.title] as const)])
  const done = DONE[req.c.req.query('xong') ?? '']
  return html(
    req,
    <Page view={req.view} title="Việc nền" area="admin" current={HOME}>
      <PageHead title="Việc nền" lead="Những gì hệ thống tự làm: theo lịch, theo yêu cầu, và những việc hỏng cần người quyết định." />
      {done !== undefined && (
        <Notice tone={done.ok ? 'ok' : 'soon'} role="status">
          {done.words}
        </Notice>
      )}
      <section aria-labelledby="dead">
        <h2 id="dead">Việc hỏng ({dead.length})</h2>
        <Table caption="Việc hỏng" columns={deadColumns(req, titles)} rows={dead} rowKey={(j) => j.id} empty="Không có việc nào hỏng." />
      </section>
      <section aria-labelledby="schedule">
        <h2 id="schedule">Theo lịch</h2>
        <Table caption="Việc theo lịch" columns={scheduleColumns} rows={schedule} />
      </section>
      <section aria-labelledby="waiting">
        <h2 id="waiting">Đang chờ và đang chạy</h2>
        <Table caption="Việc đang chờ" columns={waitingColumns(titles)} rows={waiting} empty="Không có việc nào đang chờ." />
      </section>
      <section aria-labelledby="recent">
        <h2 id="recent">Vừa chạy</h2>
        <Table caption="Việc vừa chạy" columns={runColumns(titles)} rows={runs} empty="Chưa có việc nào chạy." />
      </section>
    </Page>,
  )
}

/** Jobs have whole numbers; anything else names no job. */
const idOf = async (req: Req): Promise<string> => {
  const id = (await req.c.req.parseBody())['id']
  return typeof id === 'string' && /^\d{1,18}$/.test(id) ? id : '0'
}

const decide = (word: 'chay-lai' | 'bo', act: typeof retryJob) => async (req: Req) => {
  authorise(req.ctx, 'jobs.manage')
  const found = await act(req.ctx, await idOf(req))
  return seeOther(req, `${HOME}?xong=${found ? word : 'khong-con'}`)
}

export const jobsRoutes: readonly Route[] = [
  { method: 'GET', path: HOME, access: 'jobs.manage', handle: jobsPage },
  { method: 'POST', path: `${HOME}/chay-lai`, access: 'jobs.manage', handle: decide('chay-lai', retryJob) },
  { method: 'POST', path: `${HOME}/bo`, access: 'jobs.manage', handle: decide('bo', removeJob) },
]
