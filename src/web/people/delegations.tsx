/** `/xu-ly/uy-quyen`: what the own posts delegated, and what was delegated to one; the administrator records what was signed on paper. */
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type PlainDate, addDays, dateOf, formatDate } from '#kernel/plain-date.ts'
import { can } from '#modules/access'
import { type Delegation, GiveDelegation, RevokeDelegation, type Seat, getSeat, giveDelegation, listDelegations, listStaff, revokeDelegation } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Badge, Button, type Column, type Errors, Form, Notice, Page, PageHead, Table } from '../ui/index.ts'
import { areaOf } from './area-of.ts'
import { DELEGATIONS, DelegationForm, type TypedDelegation, WORDS, fieldOf, typedIn, wantedOf } from './delegation-form.tsx'
import { delegationRefusal, powerWords } from './delegation-words.ts'

type Shown = { readonly typed?: TypedDelegation; readonly errors?: Errors; readonly refusal?: string }

const State = (props: { readonly delegation: Delegation; readonly today: PlainDate }) => {
  const { delegation: d, today } = props
  if (d.revokedOn !== null) return <Badge tone="paused">thu hồi {formatDate(d.revokedOn)}</Badge>
  if (d.validTo <= today) return <Badge tone="paused">hết hạn</Badge>
  return d.validFrom > today ? <Badge tone="soon">chưa bắt đầu</Badge> : <Badge tone="ok">có hiệu lực</Badge>
}

const columns = (req: Req, mayRevoke: (d: Delegation) => boolean): readonly Column<Delegation>[] => {
  const today = dateOf(req.ctx.now)
  return [
    {
      key: 'document',
      head: 'Văn bản',
      primary: true,
      cell: (d) => (
        <>
          <span class="num">{d.documentNumber}</span> <span class="soft small nowrap">ngày {formatDate(d.documentOn)}</span>
        </>
      ),
    },
    { key: 'from', head: 'Người ủy quyền', cell: (d) => <>{d.fromTitle}<div class="soft small">{d.fromUnitName}</div></> },
    { key: 'to', head: 'Được ủy quyền', cell: (d) => <>{[d.toTitle, d.toName].filter((w) => w !== null).join(' · ')}{d.toUnitName !== null && <div class="soft small">{d.toUnitName}</div>}</> },
    {
      key: 'powers',
      head: 'Việc',
      cell: (d) => (
        <>
          {d.powers.filter((p) => p !== 'dossier.read' || d.powers.length === 1).map(powerWords).join(', ')}
          <div class="soft small">{d.procedures === null ? 'mọi thủ tục' : `thủ tục ${d.procedures.join(', ')}`}</div>
        </>
      ),
    },
    { key: 'days', head: 'Thời gian', cell: (d) => <span class="num">{formatDate(d.validFrom)} – {formatDate(addDays(d.validTo, -1))}</span> },
    { key: 'state', head: 'Hiệu lực', nowrap: true, cell: (d) => <State delegation={d} today={today} /> },
    {
      key: 'revoke',
      head: 'Thu hồi',
      cell: (d) =>
        mayRevoke(d) && d.revokedOn === null && d.validTo > today ? (
          <Form view={req.view} action={`${DELEGATIONS}/thu-hoi`} submissionKey={newId(req.ctx.now)} class="inline" label={`Thu hồi ủy quyền ${d.documentNumber}`}>
            <input type="hidden" name="uy-quyen" value={d.id} />
            <Button kind="danger" attributes={{ 'aria-label': `Thu hồi ủy quyền theo văn bản ${d.documentNumber}` }}>
              Thu hồi
            </Button>
          </Form>
        ) : null,
    },
  ]
}

/** The posts that may delegate: the own ones, held and not delegated; for the administrator the one that the address names. */
const seatsOf = async (req: Req): Promise<readonly Seat[]> => {
  const { actor } = req.ctx
  const wanted = req.c.req.query('vi-tri') ?? ''
  if (can(actor, 'organisation.edit') && isUuid(wanted)) return [await getSeat(req.ctx, wanted)]
  if (actor.kind !== 'person') return []
  const own = actor.posts.filter((post) => post.delegated === undefined && post.role !== 'administrator' && can({ ...actor, posts: [post] }, 'delegation.give'))
  return Promise.all(own.map((post) => getSeat(req.ctx, post.postId)))
}

const show = async (req: Req, shown: Shown = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const [delegations, seats] = await Promise.all([listDelegations(req.ctx), seatsOf(req)])
  const chosen = seats.find((s) => s.postId === (shown.typed?.from ?? req.c.req.query('tu'))) ?? seats[0]
  const staff = chosen === undefined ? [] : (await listStaff(req.ctx, { agencyId: chosen.agencyId })).filter((s) => s.postId !== chosen.postId)
  const own = new Set<Uuid>(seats.map((s) => s.postId))
  const done = req.c.req.query('xong')
  return html(
    req,
    <Page view={req.view} title="Ủy quyền" area={areaOf(req)} current={DELEGATIONS}>
      {done !== undefined && shown.errors === undefined && (
        <Notice tone="ok" role="status">
          {done === 'thu-hoi' ? 'Đã thu hồi. Từ lúc này người được ủy quyền không làm được việc đó nữa.' : 'Đã ghi ủy quyền. Kết quả được ký theo ủy quyền sẽ ghi TUQ.'}
        </Notice>
      )}
      {shown.refusal !== undefined && (
        <Notice tone="late" role="alert">
          {shown.refusal}
        </Notice>
      )}
      <PageHead title="Ủy quyền" lead="Bằng văn bản, có thời hạn, cho từng việc; người được ủy quyền không ủy quyền lại." />
      <Table
        caption="Ủy quyền, đang có hiệu lực đứng trước"
        columns={columns(req, (d) => own.has(d.fromPostId) || can(req.ctx.actor, 'organisation.edit'))}
        rows={delegations}
        rowKey={(d) => d.id}
        empty={<p>Chưa có ủy quyền nào.</p>}
      />
      {chosen !== undefined && <DelegationForm req={req} seats={seats} seat={chosen} staff={staff} typed={shown.typed} errors={shown.errors ?? {}} />}
      {chosen === undefined && (
        <p class="soft">
          Để ghi một văn bản ủy quyền, mở đơn vị ở trang <a href="/quan-tri/co-quan">Tổ chức</a>, chọn vị trí của người ủy quyền rồi bấm Ghi ủy quyền.
        </p>
      )}
    </Page>,
    status,
  )
}

const give = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const typed = typedIn(form)
  const parsed = GiveDelegation.safeParse({ submissionKey: submissionKeyOf(req, form), ...wantedOf(typed) })
  if (!parsed.success) return show(req, { typed, errors: fieldErrors(parsed.error, WORDS) }, 422)
  const given = await giveDelegation(req.ctx, parsed.data)
  if (!given.ok) return show(req, { typed, errors: { [fieldOf(given.error)]: delegationRefusal(given.error) } }, 409)
  return seeOther(req, `${DELEGATIONS}?xong=ghi`)
}

const revoke = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const parsed = RevokeDelegation.safeParse({ submissionKey: submissionKeyOf(req, form), delegationId: form.get('uy-quyen') })
  if (!parsed.success) throw new NotFound('delegation')
  const revoked = await revokeDelegation(req.ctx, parsed.data)
  return revoked.ok ? seeOther(req, `${DELEGATIONS}?xong=thu-hoi`) : show(req, { refusal: delegationRefusal(revoked.error) }, 409)
}

export const delegationRoutes: readonly Route[] = [
  { method: 'GET', path: DELEGATIONS, access: 'delegation.give', handle: (req) => show(req) },
  { method: 'POST', path: DELEGATIONS, access: 'delegation.give', handle: give },
  { method: 'POST', path: `${DELEGATIONS}/thu-hoi`, access: 'delegation.give', handle: revoke },
]
