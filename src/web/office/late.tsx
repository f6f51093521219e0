/** `/xu-ly/sap-han`: the letters that wait for the head's signature, what runs out next, what is late and before whom it has come. Nothing is late without standing here. */
import { formatInteger } from '#kernel/money.ts'
import { dateOf, formatDate } from '#kernel/plain-date.ts'
import { LATE_TABS, type LateList, type LateRow, type LateTab, lateList, reasonInWords } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { type Req, type Route, html, readForm } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Badge, Button, type Column, DeadlineBadge, Form, Kbd, Page, PageHead, Table, Tabs, shortInstant } from '../ui/index.ts'
import { stepShort } from './action-words.ts'
import { APOLOGY_WORDS, levelWords } from './apology-words.ts'
import { type BulkDone, NothingTicked, Outcomes, TickAll, actOnTicked, itemsOf, tickValue, tickedIn } from './bulk.tsx'

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

const lead = ({ counts }: LateList) => (
  <>
    {counts.late > 0 ? <b class="late-ink">{formatInteger(counts.late)} hồ sơ quá hạn</b> : 'Không có hồ sơ nào quá hạn'}
    {counts.letters > 0 && ` · ${formatInteger(counts.letters)} thư chờ ký`}
    {counts.soon > 0 && ` · ${formatInteger(counts.soon)} hồ sơ đến hạn trong ba ngày làm việc`}
  </>
)

const tabOf = (req: Req, signs: boolean): LateTab => LATE_TABS.find((tab) => TAB_PATHS[tab] === req.c.req.query('muc')) ?? (signs ? 'letters' : 'late')

const show = async (req: Req, done?: BulkDone, status: 200 | 422 = 200): Promise<Response> => {
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
      {status === 422 && <NothingTicked what="thư" button="Ký và gửi" />}
      <PageHead title="Sắp hạn, quá hạn" lead={lead(list)} />
      <Tabs label="Danh sách" tabs={LATE_TABS.map((name) => ({ href: tabHref(name), label: TAB_LABELS[name], count: list.counts[name], current: name === tab }))} />
      {signable && (
        <Form view={req.view} action={HERE} id="gui-thu" class="bulk" label="Ký và gửi nhiều thư">
          <TickAll name="thu" />
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
          {...(signable ? { select: { name: 'thu', form: 'gui-thu', value: (r: LateRow) => tickValue(req.ctx, r), label: (r: LateRow) => `Chọn thư của hồ sơ ${r.code}` } } : {})}
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
  const ticked = tickedIn(form, 'thu')
  return ticked.length === 0 ? show(req, undefined, 422) : show(req, await actOnTicked(req.ctx, ticked, { action: 'apologise', items: itemsOf(ticked) }))
}

export const lateRoutes: readonly Route[] = [
  { method: 'GET', path: HERE, access: 'dossier.monitor', handle: (req) => show(req) },
  { method: 'POST', path: HERE, access: 'dossier.approve', handle: sendMany },
]
