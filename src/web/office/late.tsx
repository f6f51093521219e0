/** `/xu-ly/sap-han`: the letters that wait for the head's signature, what runs out next, what is late and before whom it has come. Nothing is late without standing here. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { formatInteger } from '#kernel/money.ts'
import { dateOf, formatDate } from '#kernel/plain-date.ts'
import { type ApologyOutcome, LATE_TABS, type LateList, type LateRow, type LateTab, SendApologies, lateList, reasonInWords, sendApologies } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { type Req, type Route, html, readForm } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { Badge, Button, type Column, DeadlineBadge, Form, Kbd, Notice, Page, PageHead, Table, Tabs, shortInstant } from '../ui/index.ts'
import { stepShort } from './action-words.ts'
import { APOLOGY_WORDS, levelWords } from './apology-words.ts'

const HERE = '/xu-ly/sap-han'

const TAB_PATHS: Readonly<Record<LateTab, string>> = { letters: 'thu', soon: 'sap-han', late: 'qua-han', escalated: 'bao-len' }
const TAB_LABELS: Readonly<Record<LateTab, string>> = { letters: 'Thư chờ ký', soon: 'Sắp đến hạn', late: 'Quá hạn', escalated: 'Đã báo lên' }
const EMPTY: Readonly<Record<LateTab, string>> = {
  letters: 'Không có thư nào chờ ký. Một ngày làm việc trước ngày hẹn, thư xin lỗi của hồ sơ chưa xong tự hiện ở đây.',
  soon: 'Không có hồ sơ nào đến hạn trong ba ngày làm việc tới.',
  late: 'Không có hồ sơ nào quá hạn.',
  escalated: 'Không có hồ sơ nào phải báo lên kiểm soát thủ tục hành chính hoặc chủ tịch.',
}
const tabHref = (tab: LateTab): string => `${HERE}?muc=${TAB_PATHS[tab]}`

const Late = (props: { readonly row: LateRow }) => {
  const { days, level } = props.row
  const told = levelWords(level)
  return (
    <div>
      <Badge tone="late">{days === 0 ? 'quá hạn' : `quá ${formatInteger(days)} ngày làm việc`}</Badge>
      {told !== undefined && <div class="soft small">đã báo {told}</div>}
    </div>
  )
}

const Letter = (props: { readonly row: LateRow; readonly now: Instant; readonly withReason: boolean }) => {
  const { letter, sent, id } = props.row
  if (letter !== null) {
    return (
      <div>
        <a class="nowrap" href={`/xu-ly/ho-so/${id}/thu-xin-loi.pdf`} target="_blank" rel="noopener">
          {APOLOGY_WORDS[letter.kind]}
        </a>
        {letter.proposedDueAt !== null && (
          <div class="small nowrap">
            hẹn lại <b class="num">{formatDate(dateOf(letter.proposedDueAt))}</b>
          </div>
        )}
        {props.withReason && <div class="soft small">{reasonInWords(letter.reason)}</div>}
      </div>
    )
  }
  return sent === null ? <b class="late-ink nowrap">chưa có thư</b> : <span class="soft nowrap">đã gửi {shortInstant(sent.at, props.now)}</span>
}

const columns = (tab: LateTab, now: Instant, withAgency: boolean): readonly Column<LateRow>[] => [
  {
    key: 'due',
    head: 'Hẹn trả',
    nowrap: true,
    cell: (r) =>
      tab === 'late' || tab === 'escalated' ? (
        <div>
          <span class="num">{shortInstant(r.dueAt, now)}</span>
          {r.dueAt !== r.dueOriginalAt && <div class="soft small num">gốc {shortInstant(r.dueOriginalAt, now)}</div>}
        </div>
      ) : (
        <DeadlineBadge dueAt={r.dueAt} now={now} late={r.days > 0} />
      ),
  },
  ...(tab === 'late' || tab === 'escalated' ? [{ key: 'late', head: 'Trễ', cell: (r: LateRow) => <Late row={r} /> }] : []),
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={`/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'letter', head: 'Thư xin lỗi', cell: (r) => <Letter row={r} now={now} withReason={tab === 'letters'} /> },
  { key: 'holder', head: 'Đang giữ', cell: (r) => <div>{r.holder}{r.step !== null && <div class="soft small">{stepShort(r.step)}</div>}</div> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'procedure', head: 'Thủ tục', minor: true, cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  ...(withAgency ? [{ key: 'agency', head: 'Cơ quan', minor: true, cell: (r: LateRow) => r.agencyName }] : []),
]

type Done = { readonly outcomes: readonly ApologyOutcome[]; readonly codes: ReadonlyMap<Uuid, string> }

const OUTCOME_WORDS = { forbidden: 'không thuộc thẩm quyền ký của bạn.', 'not-found': 'không còn.', stale: 'vừa được người khác chuyển: hãy xem lại.' } as const

const wordsOf = (o: Exclude<ApologyOutcome, { outcome: 'sent' }>): string => {
  if (o.outcome !== 'refused') return OUTCOME_WORDS[o.outcome]
  return o.refusal.code === 'no-apology-draft' ? 'không còn thư nào chờ ký.' : actRefusal(o.refusal)
}

const Outcomes = ({ outcomes, codes }: Done) => {
  const others = outcomes.flatMap((o) => (o.outcome === 'sent' ? [] : [o]))
  return (
    <Notice tone={others.length === 0 ? 'ok' : 'soon'} title={`Đã ký và gửi ${formatInteger(outcomes.length - others.length)} thư.`} role="status">
      {others.length > 0 && (
        <ul>
          {others.map((o) => (
            <li>
              <a class="num" href={`/xu-ly/ho-so/${o.dossierId}`}>
                {codes.get(o.dossierId) ?? 'Một hồ sơ'}
              </a>{' '}
              chưa gửi: {wordsOf(o)}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

const lead = ({ counts }: LateList) => (
  <>
    {counts.late > 0 ? <b class="late-ink">{formatInteger(counts.late)} hồ sơ quá hạn</b> : 'Không có hồ sơ nào quá hạn'}
    {counts.letters > 0 && ` · ${formatInteger(counts.letters)} thư chờ ký`}
    {counts.soon > 0 && ` · ${formatInteger(counts.soon)} hồ sơ đến hạn trong ba ngày làm việc`}
  </>
)

const tabOf = (req: Req, signs: boolean): LateTab => LATE_TABS.find((tab) => TAB_PATHS[tab] === req.c.req.query('muc')) ?? (signs ? 'letters' : 'late')

const show = async (req: Req, done?: Done, status: 200 | 422 = 200): Promise<Response> => {
  const { now } = req.ctx
  const signs = req.view.signedIn?.permissions.has('dossier.approve') === true
  const tab = done === undefined && status === 200 ? tabOf(req, signs) : 'letters'
  const list = await lateList(req.ctx, tab)
  const signable = tab === 'letters' && signs && list.rows.length > 0
  const agencies = new Set(list.rows.map((r) => r.agencyName))
  return html(
    req,
    <Page view={req.view} title="Sắp hạn, quá hạn" area="office" current={HERE}>
      {done !== undefined && <Outcomes {...done} />}
      {status === 422 && (
        <Notice tone="soon" role="alert">
          Chưa chọn thư nào. Đánh dấu những thư cần gửi rồi bấm Ký và gửi.
        </Notice>
      )}
      <PageHead title="Sắp hạn, quá hạn" lead={lead(list)} />
      <Tabs label="Danh sách" tabs={LATE_TABS.map((name) => ({ href: tabHref(name), label: TAB_LABELS[name], count: list.counts[name], current: name === tab }))} />
      {signable && (
        <Form view={req.view} action={HERE} id="gui-thu" class="bulk" label="Ký và gửi nhiều thư">
          <label class="js-only check-all">
            <input type="checkbox" data-all="thu" data-key="a" data-press="" aria-keyshortcuts="a" /> Chọn tất cả <kbd aria-hidden="true">a</kbd>
          </label>
          <Button kbd="f">
            Ký và gửi <span data-count-of="thu"><b data-count="">0</b></span> thư đã chọn
          </Button>
        </Form>
      )}
      <mc-rows {...(signable ? { 'data-select': '' } : {})}>
        <Table
          caption={`${TAB_LABELS[tab]}, đến hạn trước đứng trước`}
          columns={columns(tab, now, agencies.size > 1)}
          rows={list.rows}
          rowKey={(r) => r.id}
          rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
          {...(signable ? { select: { name: 'thu', form: 'gui-thu', value: (r: LateRow) => `${r.id} ${r.version} ${newId(now)} ${r.code}`, label: (r: LateRow) => `Chọn thư của hồ sơ ${r.code}` } } : {})}
          empty={<p>{EMPTY[tab]}</p>}
        />
      </mc-rows>
      {list.rows.length < list.counts[tab] && <p class="soft small">Hiện {formatInteger(list.rows.length)} hồ sơ gấp nhất.</p>}
      {signable && (
        <p class="soft small no-print keys">
          Muốn đổi ngày hẹn hoặc lý do: mở hồ sơ. <Kbd>j</Kbd> <Kbd>k</Kbd> di chuyển · <Kbd>Space</Kbd> chọn · <Kbd>a</Kbd> chọn tất cả · <Kbd>Enter</Kbd> mở · <Kbd>f</Kbd> ký và gửi
        </p>
      )}
    </Page>,
    status,
  )
}

/** Answered by the page itself, as the signing of results is: it says of each letter what became of it. */
const sendMany = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const sent = form.list('thu').flatMap((value) => {
    const [dossierId = '', version = '', submissionKey = '', code = ''] = value.split(' ')
    return isUuid(dossierId) && isUuid(submissionKey) ? [{ dossierId, submissionKey, version: Number(version), code }] : []
  })
  const parsed = SendApologies.safeParse({ items: sent.map(({ dossierId, submissionKey, version }) => ({ dossierId, submissionKey, version })) })
  if (!parsed.success) return show(req, undefined, 422)
  return show(req, { outcomes: await sendApologies(req.ctx, parsed.data), codes: new Map(sent.map((s) => [s.dossierId, s.code])) })
}

export const lateRoutes: readonly Route[] = [
  { method: 'GET', path: HERE, access: 'dossier.monitor', handle: (req) => show(req) },
  { method: 'POST', path: HERE, access: 'dossier.approve', handle: sendMany },
]
