/** `/xu-ly`: what waits for me, by what is due first. j, k move, Enter opens, f opens at the action. */
import { isUuid } from '#kernel/ids.ts'
import { formatInteger } from '#kernel/money.ts'
import { dayNumberOf } from '#kernel/plain-date.ts'
import { type ApprovalOutcome, ApproveDossiers, type FoundDossier, type QueueRow, approveDossiers, isPastDue, officerQueue, searchDossiers, statusTitle } from '#modules/dossier'
import { STEP_KEYS, type StepKey } from '#modules/process'
import { newId } from '#platform/ids.ts'
import type { Instant } from '#platform/ctx.ts'
import { type Req, type Route, html, readForm } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { Badge, Button, type Column, DeadlineBadge, Form, Kbd, Notice, Page, PageHead, Table, Tabs, TextField, shortInstant } from '../ui/index.ts'
import { ACTION_WORDS, STEP_SHORT } from './action-words.ts'

const LIMIT = 200

const columns = (now: Instant, withHolder: boolean): readonly Column<QueueRow>[] => [
  { key: 'step-due', head: 'Hạn bước này', nowrap: true, cell: (r) => (r.stepDueAt === null ? <span class="soft">không tính</span> : <DeadlineBadge dueAt={r.stepDueAt} now={now} />) },
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <span class={`num${isPastDue(r, now) ? ' late-ink' : ''}`}>{r.dueAt === null ? 'tạm dừng' : shortInstant(r.dueAt, now)}</span> },
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={`/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'step', head: 'Bước', nowrap: true, cell: (r) => STEP_SHORT[r.step] },
  ...(withHolder ? [{ key: 'holder', head: 'Đang giữ', cell: (r: QueueRow) => r.holderName ?? r.holderTitle ?? <Badge tone="paused">chưa ai nhận</Badge> }] : []),
]

const foundColumns = (now: Instant): readonly Column<FoundDossier>[] => [
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={`/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'received', head: 'Tiếp nhận', nowrap: true, cell: (r) => <span class="num">{shortInstant(r.receivedAt, now)}</span> },
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <span class="num">{r.dueAt === null ? '–' : shortInstant(r.dueAt, now)}</span> },
  { key: 'status', head: 'Tình trạng', cell: (r) => statusTitle(r.status) },
]

type Counts = { readonly total: number; readonly late: number; readonly today: number }

const countsOf = (rows: readonly QueueRow[], now: Instant): Counts => ({
  total: rows.length,
  late: rows.filter((r) => r.stepDueAt !== null && r.stepDueAt < now).length,
  today: rows.filter((r) => r.stepDueAt !== null && r.stepDueAt >= now && dayNumberOf(r.stepDueAt) === dayNumberOf(now)).length,
})

const Lead = (props: { readonly counts: Counts }) => (
  <>
    {formatInteger(props.counts.total)} hồ sơ
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

const href = (tab: string, step?: StepKey) => `/xu-ly${tab === 'unit' || step !== undefined ? '?' : ''}${[tab === 'unit' ? 'tab=don-vi' : '', step === undefined ? '' : `buoc=${step.toLowerCase()}`].filter((v) => v !== '').join('&')}`

const Keys = (props: { readonly select: boolean }) => (
  <p class="soft small no-print keys">
    Xếp theo ngày hẹn trả gần nhất. <Kbd>j</Kbd> <Kbd>k</Kbd> di chuyển · <Kbd>Enter</Kbd> mở · <Kbd>f</Kbd> mở và chuyển bước
    {props.select && (
      <>
        {' '}
        · <Kbd>x</Kbd> chọn
      </>
    )}{' '}
    · <Kbd>?</Kbd> trợ giúp
  </p>
)

/** The signer's table: many at once, each with the version that was on the screen. */
const BulkApprove = (props: { readonly req: Req }) => (
  <Form view={props.req.view} action="/xu-ly/ky-duyet" id="ky-duyet" class="bulk" label="Ký duyệt nhiều hồ sơ">
    <span data-count-of="ho-so" class="bulk-count">
      <b data-count="">0</b> hồ sơ được chọn
    </span>
    <TextField name="note" label="Ý kiến chung" optional size="medium" />
    <Button kbd="A">Ký duyệt các hồ sơ đã chọn</Button>
  </Form>
)


const QueuePage = async ({ req, outcomes }: { readonly req: Req; readonly outcomes?: readonly ApprovalOutcome[] }) => {
  const { now } = req.ctx
  const tab = req.c.req.query('tab') === 'don-vi' ? 'unit' : 'mine'
  const wanted = STEP_KEYS.find((step) => step.toLowerCase() === req.c.req.query('buoc'))
  const queue = await officerQueue(req.ctx, { tab, limit: LIMIT })
  const rows = queue.rows.filter((row) => wanted === undefined || row.step === wanted)
  const steps = STEP_KEYS.map((step) => ({ step, count: queue.counts.filter((c) => c.step === step).reduce((sum, c) => sum + c.count, 0) })).filter(({ step, count }) => count > 0 || step === wanted)
  const maySign = req.view.signedIn?.permissions.has('dossier.approve') === true && rows.some((row) => row.step === 'SIGN')
  const done = req.c.req.query('xong')
  const doneWords = Object.entries(ACTION_WORDS).find(([action]) => action === done)?.[1]
  const code = /^[\w.-]{6,40}$/.exec(req.c.req.query('ma') ?? '')?.[0]
  return (
    <Page view={req.view} title="Việc của tôi" area="office" current="/xu-ly">
      {doneWords !== undefined && (
        <Notice tone="ok" role="status">
          {doneWords.done} hồ sơ <span class="num">{code}</span>.
        </Notice>
      )}
      {outcomes !== undefined && <Outcomes outcomes={outcomes} />}
      <PageHead title={tab === 'unit' ? 'Hồ sơ đơn vị' : 'Việc của tôi'} lead={<Lead counts={countsOf(queue.rows, now)} />} />
      <Tabs
        label="Danh sách việc"
        tabs={[
          { href: '/xu-ly', label: 'Việc của tôi', current: tab === 'mine' && wanted === undefined },
          ...(steps.length > 1 || wanted !== undefined ? steps.map(({ step, count }) => ({ href: href(tab, step), label: STEP_SHORT[step], count, current: step === wanted })) : []),
          { href: '/xu-ly?tab=don-vi', label: 'Cả đơn vị', current: tab === 'unit' && wanted === undefined },
        ]}
      />
      <mc-rows>
        <Table
          caption="Hồ sơ chờ xử lý"
          columns={columns(now, tab === 'unit')}
          rows={rows}
          rowKey={(r) => r.id}
          rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
          empty={<p>Không còn hồ sơ nào chờ ở đây. Hồ sơ mới chuyển đến sẽ hiện theo ngày hẹn trả.</p>}
          {...(maySign ? { select: { name: 'ho-so', form: 'ky-duyet', value: (r: QueueRow) => `${r.id} ${r.version} ${newId(now)}`, label: (r: QueueRow) => `Chọn hồ sơ ${r.code}`, enabled: (r: QueueRow) => r.step === 'SIGN' } } : {})}
        />
      </mc-rows>
      {maySign && <BulkApprove req={req} />}
      {rows.length > 0 && <Keys select={maySign} />}
    </Page>
  )
}

const OUTCOME_WORDS = { forbidden: 'không thuộc thẩm quyền ký của bạn', 'not-found': 'không còn', stale: 'vừa được người khác chuyển' } as const

const Outcomes = (props: { readonly outcomes: readonly ApprovalOutcome[] }) => {
  const approved = props.outcomes.filter((o) => o.outcome === 'approved').length
  const others = props.outcomes.filter((o) => o.outcome !== 'approved')
  return (
    <Notice tone={others.length === 0 ? 'ok' : 'soon'} title={`Đã ký duyệt ${approved} hồ sơ.`} role="status">
      {others.length > 0 && (
        <ul>
          {others.map((o) => (
            <li>
              <a href={`/xu-ly/ho-so/${o.dossierId}`}>Một hồ sơ</a> chưa ký: {o.outcome === 'refused' ? actRefusal(o.refusal) : `${OUTCOME_WORDS[o.outcome]}.`}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

const SearchPage = async ({ req, q }: { readonly req: Req; readonly q: string }) => {
  const found = await searchDossiers(req.ctx, q, 50)
  return (
    <Page view={req.view} title={`Tìm: ${q}`} area="office" current="/xu-ly">
      <PageHead title="Tìm hồ sơ" lead={found.length === 50 ? '50 hồ sơ mới nhất khớp' : `${found.length} hồ sơ khớp`} />
      <Form view={req.view} method="get" action="/xu-ly" class="search small" role="search" label="Tìm hồ sơ">
        <input type="search" name="q" value={q} aria-label="Mã hồ sơ, tên, số định danh, điện thoại" />
        <Button kind="quiet">Tìm</Button>
      </Form>
      <mc-rows>
        <Table
          caption="Hồ sơ tìm thấy"
          columns={foundColumns(req.ctx.now)}
          rows={found}
          rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
          empty={<p>Không có hồ sơ nào khớp trong phạm vi của bạn. Thử mã hồ sơ đầy đủ, hoặc tên không dấu.</p>}
        />
      </mc-rows>
    </Page>
  )
}

const showQueue = async (req: Req): Promise<Response> => {
  const q = (req.c.req.query('q') ?? '').trim()
  return html(req, q === '' ? await QueuePage({ req }) : await SearchPage({ req, q }))
}

/** Answered by the page itself, not by a redirect: it says of each what became of it, and a reload repeats the same keys. */
const approveMany = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const items = form.list('ho-so').flatMap((value) => {
    const [dossierId = '', version = '', submissionKey = ''] = value.split(' ')
    return isUuid(dossierId) && isUuid(submissionKey) ? [{ dossierId, submissionKey, version: Number(version) }] : []
  })
  const parsed = ApproveDossiers.safeParse({ items, note: form.get('note') })
  if (!parsed.success) return html(req, await QueuePage({ req, outcomes: [] }), 422)
  return html(req, await QueuePage({ req, outcomes: await approveDossiers(req.ctx, parsed.data) }))
}

export const queueRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly', access: 'dossier.read', handle: showQueue },
  { method: 'POST', path: '/xu-ly/ky-duyet', access: 'dossier.approve', handle: approveMany },
]
