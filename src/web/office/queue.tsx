/** `/xu-ly`: what waits for me, by what is due first. j, k move, Enter opens, f opens at the action. */
import { formatInteger } from '#kernel/money.ts'
import { type QueueRow, countQuestions, isPastDue, listProposals, officerQueue } from '#modules/dossier'
import { STEP_KEYS, type StepKey } from '#modules/process'
import type { Instant } from '#platform/ctx.ts'
import { type Req, type Route, html, seeOther } from '../http.ts'
import { Live, liveMark } from '../live.tsx'
import { shortName } from '../short-name.ts'
import { Badge, ButtonLink, type Column, DeadlineBadge, Kbd, Notice, Page, PageHead, Table, Tabs, shortInstant } from '../ui/index.ts'
import { ACTION_WORDS, STEP_SHORT } from './action-words.ts'
import { NothingTicked, Outcomes, tickValue } from './bulk.tsx'
import { BULK_PATH, type BulkSaid, QueueBulk, bulkChoices, doInQueue } from './queue-bulk.tsx'
import { WaitingProposals, WaitingQuestions } from './proposals.tsx'
import { sentHref } from './register-query.ts'

/** A screen or two; the rest at a click. */
const FIRST = 50
const LIMIT = 200

const columns = (now: Instant, withHolder: boolean): readonly Column<QueueRow>[] => [
  { key: 'step-due', head: 'Hạn bước này', nowrap: true, cell: (r) => (r.stepDueAt === null ? <span class="soft">không tính</span> : <DeadlineBadge dueAt={r.stepDueAt} now={now} />) },
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <span class={`num${isPastDue(r, now) ? ' late-ink' : ''}`}>{r.dueAt === null ? 'tạm dừng' : shortInstant(r.dueAt, now)}</span> },
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={`/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'step', head: 'Bước', nowrap: true, cell: (r) => STEP_SHORT[r.step] },
  ...(withHolder ? [{ key: 'holder', head: 'Đang giữ', nowrap: true, cell: (r: QueueRow) => r.holderName ?? r.holderTitle ?? <Badge tone="paused">chưa ai nhận</Badge> }] : []),
]

type Counts = { readonly total: number; readonly late: number; readonly today: number }

/** Of all that waits, also beyond what is shown. */
const countsOf = (queue: Awaited<ReturnType<typeof officerQueue>>, step: StepKey | undefined, late: boolean): Counts => {
  const at = queue.counts.filter((c) => step === undefined || c.step === step)
  const sum = (of: (c: (typeof at)[number]) => number) => at.reduce((n, c) => n + of(c), 0)
  return { total: sum((c) => (late ? c.late : c.count)), late: late ? 0 : sum((c) => c.stepLate), today: late ? 0 : sum((c) => c.stepToday) }
}

const Lead = (props: { readonly counts: Counts; readonly pastDue: number; readonly pastDueHref: string }) => (
  <>
    {formatInteger(props.counts.total)} hồ sơ
    {props.pastDue > 0 && (
      <>
        {' · '}
        <a class="late-ink" href={props.pastDueHref}>
          {formatInteger(props.pastDue)} quá hẹn trả
        </a>
      </>
    )}
    {props.counts.late > 0 && (
      <>
        {' · '}
        <b class="late-ink">{formatInteger(props.counts.late)} quá hạn bước</b>
      </>
    )}
    {props.counts.today > 0 && (
      <>
        {' · '}
        <b class="soon-ink">{formatInteger(props.counts.today)} bước phải xong hôm nay</b>
      </>
    )}
    {props.counts.total > 0 && props.counts.late + props.counts.today === 0 && ' · không có việc gấp hôm nay'}
  </>
)

const href = (to: { readonly tab: string; readonly step: StepKey | undefined; readonly late: boolean; readonly all?: boolean }): string => {
  const params = new URLSearchParams([...(to.tab === 'unit' ? [['tab', 'don-vi']] : []), ...(to.step === undefined ? [] : [['buoc', to.step.toLowerCase()]]), ...(to.late ? [['han', 'qua-han']] : []), ...(to.all === true ? [['xem', 'tat-ca']] : [])])
  return params.size === 0 ? '/xu-ly' : `/xu-ly?${params.toString()}`
}

const Keys = () => (
  <p class="soft small no-print keys">
    Xếp theo ngày hẹn trả gần nhất. <Kbd>j</Kbd> <Kbd>k</Kbd> di chuyển · <Kbd>x</Kbd> chọn · <Kbd>Enter</Kbd> mở · <Kbd>f</Kbd> mở và chuyển bước · <Kbd>/</Kbd> tìm · <Kbd>?</Kbd> trợ giúp
  </p>
)

const QueuePage = async ({ req, bulk = {} }: { readonly req: Req; readonly bulk?: BulkSaid }) => {
  const { now } = req.ctx
  const tab = req.c.req.query('tab') === 'don-vi' ? 'unit' : 'mine'
  const wanted = STEP_KEYS.find((step) => step.toLowerCase() === req.c.req.query('buoc'))
  const late = req.c.req.query('han') === 'qua-han'
  const all = req.c.req.query('xem') === 'tat-ca'
  const since = liveMark()
  const queue = await officerQueue(req.ctx, { tab, limit: all ? LIMIT : FIRST, late, ...(wanted !== undefined && { step: wanted }) })
  const { rows } = queue
  const counts = countsOf(queue, wanted, late)
  const steps = STEP_KEYS.map((step) => ({ step, ...sumOf(queue, step) })).filter(({ step, count }) => count > 0 || step === wanted)
  const pastDue = steps.reduce((sum, s) => sum + (wanted === undefined || s.step === wanted ? s.late : 0), 0)
  const done = req.c.req.query('xong')
  const doneWords = Object.entries(ACTION_WORDS).find(([action]) => action === done)?.[1]
  const choices = await bulkChoices(req.ctx, rows)
  const proposals = await listProposals(req.ctx)
  const questions = await countQuestions(req.ctx)
  const search = new URL(req.c.req.url).search
  const code = /^[\w.-]{6,40}$/.exec(req.c.req.query('ma') ?? '')?.[0]
  return (
    <Page view={req.view} title="Việc của tôi" area="office" current="/xu-ly">
      {doneWords !== undefined && (
        <Notice tone="ok" role="status">
          {doneWords.done} hồ sơ <span class="num">{code}</span>.
        </Notice>
      )}
      {bulk.done !== undefined && <Outcomes {...bulk.done} />}
      {bulk.nothing === true && <NothingTicked button="nút của việc đó" />}
      <Live since={since} />
      <div id="live-queue" data-live="">
        <PageHead
          title={tab === 'unit' ? 'Hồ sơ đơn vị' : 'Việc của tôi'}
          lead={<Lead counts={counts} pastDue={pastDue} pastDueHref={href({ tab, step: wanted, late: true })} />}
          {...(req.view.signedIn?.permissions.has('dossier.approve') === true && steps.some((s) => s.step === 'SIGN')
            ? { actions: <ButtonLink href="/xu-ly/ky-duyet" kbd="s">Ký duyệt nhiều hồ sơ</ButtonLink> }
            : {})}
        />
        <WaitingProposals waiting={proposals} now={now} />
        {questions > 0 && <WaitingQuestions count={questions} />}
        <Tabs
          label="Danh sách việc"
          tabs={[
            { href: '/xu-ly', label: 'Việc của tôi', current: tab === 'mine' && wanted === undefined && !late },
            ...(steps.length > 1 || wanted !== undefined ? steps.map(({ step, count }) => ({ href: href({ tab, step, late: false }), label: STEP_SHORT[step], count, current: step === wanted })) : []),
            ...(late || pastDue > 0 ? [{ href: href({ tab, step: undefined, late: true }), label: 'Quá hạn', count: steps.reduce((sum, s) => sum + s.late, 0), current: late && wanted === undefined }] : []),
            { href: '/xu-ly?tab=don-vi', label: 'Cả đơn vị', current: tab === 'unit' && wanted === undefined && !late },
          ]}
        />
        <mc-rows>
          <Table
            caption="Hồ sơ chờ xử lý"
            columns={columns(now, tab === 'unit')}
            rows={rows}
            rowKey={(r) => r.id}
            rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
            {...(choices.take || choices.forward || choices.assign.length > 0 ? { select: { name: 'ho-so', form: 'nhieu', value: (r: QueueRow) => tickValue(req.ctx, r), label: (r: QueueRow) => `Chọn hồ sơ ${r.code}` } } : {})}
            empty={<p>{late ? 'Không có hồ sơ nào quá hạn ở đây.' : 'Không còn hồ sơ nào chờ ở đây. Hồ sơ mới chuyển đến sẽ hiện theo ngày hẹn trả.'}</p>}
          />
        </mc-rows>
      </div>
      <div id="live-bulk" data-live="">
        <QueueBulk req={req} search={search} choices={choices} errors={bulk.errors} />
      </div>
      <div id="live-foot" data-live="">
        {counts.total > rows.length && (
          <p class="soft small">
            Hiện {rows.length} hồ sơ gấp nhất trong {formatInteger(counts.total)}.{' '}
            {all ? 'Lọc theo bước để thấy những hồ sơ còn lại.' : <a href={href({ tab, step: wanted, late, all: true })}>Xem {Math.min(counts.total, LIMIT)} hồ sơ</a>}
          </p>
        )}
        {questions === 0 && req.view.signedIn?.permissions.has('dossier.advise') === true && <WaitingQuestions count={0} />}
        {rows.length > 0 && <Keys />}
      </div>
    </Page>
  )
}

const sumOf = (queue: Awaited<ReturnType<typeof officerQueue>>, step: StepKey) => {
  const at = queue.counts.filter((c) => c.step === step)
  return { count: at.reduce((sum, c) => sum + c.count, 0), late: at.reduce((sum, c) => sum + c.late, 0) }
}

/** Old links to a search: the words are sealed at once, before the page is shown. */
const showQueue = async (req: Req): Promise<Response> => {
  const q = (req.c.req.query('q') ?? '').trim()
  return q === '' ? html(req, await QueuePage({ req })) : seeOther(req, sentHref(req.ctx, '/tim', (name) => (name === 'q' ? q : '')))
}

/** The same list again, with what became of each. */
const actInQueue = async (req: Req): Promise<Response> => {
  const bulk = await doInQueue(req)
  return html(req, await QueuePage({ req, bulk }), bulk.done === undefined ? 422 : 200)
}

export const queueRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly', access: 'dossier.read', handle: showQueue },
  // Its answer stands at this address: opened anew, it is the list.
  { method: 'GET', path: BULK_PATH, access: 'dossier.read', handle: (req) => Promise.resolve(seeOther(req, `/xu-ly${new URL(req.c.req.url).search}`)) },
  { method: 'POST', path: BULK_PATH, access: 'dossier.read', handle: actInQueue },
]
