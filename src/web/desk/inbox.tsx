/** `/mot-cua/truc-tuyen`: what came by the portal, by what must be answered first (8 working hours); besides, what waits for its applicant. */
import { isUuid } from '#kernel/ids.ts'
import { type InboxRow, getDossierView, intakeInbox } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { type Req, type Route, html } from '../http.ts'
import { Live, liveMark } from '../live.tsx'
import { shortName } from '../short-name.ts'
import { type Column, DeadlineBadge, Kbd, Notice, Page, PageHead, Table, Tabs, shortInstant } from '../ui/index.ts'
import { deskBadges } from './desk-badges.ts'
import { submissionRoutes } from './submission.tsx'

const INBOX = '/mot-cua/truc-tuyen'
type Tab = 'new' | 'waiting'

const columns = (now: Instant, tab: Tab): readonly Column<InboxRow>[] => [
  {
    key: 'due',
    head: tab === 'new' ? 'Trả lời trước' : 'Hẹn hoàn thiện',
    nowrap: true,
    cell: (r) => (r.stepDueAt === null ? <span class="soft">không hẹn</span> : <DeadlineBadge dueAt={r.stepDueAt} now={now} />),
  },
  {
    key: 'code',
    head: 'Mã hồ sơ',
    primary: true,
    nowrap: true,
    cell: (r) => (
      <a class="num" href={`${INBOX}/${r.id}`}>
        {r.code}
      </a>
    ),
  },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'submitted', head: tab === 'new' ? 'Nộp lúc' : 'Đã yêu cầu', nowrap: true, cell: (r) => <span class="num">{shortInstant(r.stepEnteredAt, now)}</span> },
]

const DONE = { 'bo-sung': { words: 'Đã gửi yêu cầu hoàn thiện hồ sơ', pdf: 'phieu-bo-sung.pdf' }, 'tu-choi': { words: 'Đã từ chối tiếp nhận hồ sơ', pdf: 'phieu-tu-choi.pdf' } } as const

/** What was just done, with its paper to print. */
const justDone = async ({ c, ctx }: Req) => {
  const [what, id] = [c.req.query('xong'), c.req.query('ho-so') ?? '']
  if ((what !== 'bo-sung' && what !== 'tu-choi') || !isUuid(id)) return null
  const { code } = await getDossierView(ctx, id)
  return (
    <Notice tone="ok" role="status">
      {DONE[what].words} <span class="num">{code}</span>.{' '}
      <a href={`/mot-cua/ho-so/${id}/${DONE[what].pdf}`} target="_blank" rel="noopener" data-key="i" aria-keyshortcuts="i">
        In phiếu <kbd aria-hidden="true">i</kbd>
      </a>
    </Notice>
  )
}

const Lead = (props: { readonly rows: readonly InboxRow[]; readonly total: number; readonly now: Instant }) => {
  const late = props.rows.filter((row) => row.stepDueAt !== null && row.stepDueAt < props.now).length
  return (
    <>
      {props.total === 0 ? 'Không còn hồ sơ nào chờ trả lời' : `${props.total} hồ sơ chờ trả lời trong 8 giờ làm việc`}
      {late > 0 && (
        <>
          {' · '}
          <b class="late-ink">{late} đã quá giờ</b>
        </>
      )}
    </>
  )
}

const showInbox = async (req: Req): Promise<Response> => {
  const { now } = req.ctx
  const tab: Tab = req.c.req.query('tab') === 'cho-hoan-thien' ? 'waiting' : 'new'
  const since = liveMark()
  const [{ rows, counts }, badges, done] = await Promise.all([intakeInbox(req.ctx, { tab }), deskBadges(req.ctx), justDone(req)])
  return html(
    req,
    <Page view={req.view} title="Hồ sơ trực tuyến" area="desk" current={INBOX} badges={badges}>
      {done}
      <Live since={since} />
      <div id="live-inbox" data-live="">
        <PageHead title="Hồ sơ trực tuyến" lead={tab === 'new' ? <Lead rows={rows} total={counts.new} now={now} /> : `${counts.waiting} hồ sơ chờ người nộp`} />
        <Tabs
          label="Hồ sơ trực tuyến"
          tabs={[
            { href: INBOX, label: 'Mới nộp', count: counts.new, current: tab === 'new' },
            { href: `${INBOX}?tab=cho-hoan-thien`, label: 'Chờ người nộp hoàn thiện', count: counts.waiting, current: tab === 'waiting' },
          ]}
        />
        <mc-rows>
          <Table
            caption={tab === 'new' ? 'Hồ sơ mới nộp' : 'Hồ sơ chờ hoàn thiện'}
            columns={columns(now, tab)}
            rows={rows}
            rowKey={(r) => r.id}
            rowHref={(r) => `${INBOX}/${r.id}`}
            empty={tab === 'new' ? <p>Hồ sơ người dân nộp trên mạng sẽ hiện ở đây, cái phải trả lời trước đứng trên.</p> : <p>Không có hồ sơ nào đang chờ người nộp hoàn thiện.</p>}
          />
        </mc-rows>
        {rows.length > 0 && (
          <p class="soft small no-print keys">
            <Kbd>j</Kbd> <Kbd>k</Kbd> di chuyển · <Kbd>Enter</Kbd> mở · trong hồ sơ: <Kbd>a</Kbd> tiếp nhận · <Kbd>y</Kbd> yêu cầu hoàn thiện · <Kbd>r</Kbd> từ chối
          </p>
        )}
      </div>
    </Page>,
  )
}

export const inboxRoutes: readonly Route[] = [{ method: 'GET', path: INBOX, access: 'dossier.receive', handle: showInbox }, ...submissionRoutes]
