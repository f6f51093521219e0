/** `/xu-ly/phan-viec`: who of a leader's unit has what in hand, who is away; all of it or some goes to somebody else in one act, with an answer for each. */
import type { Uuid } from '#kernel/ids.ts'
import { formatInteger } from '#kernel/money.ts'
import { formatDate } from '#kernel/plain-date.ts'
import { ActOnMany, type Hands, type QueueRow, type UnitWork, isPastDue, unitWork, workInHands } from '#modules/dossier'
import { listStaff } from '#modules/organisation'
import type { Instant } from '#platform/ctx.ts'
import { type FieldWords, fieldErrors } from '../field-errors.ts'
import { type Req, type Route, html, readForm } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Badge, Button, type Column, DeadlineBadge, type Errors, ErrorSummary, Form, Kbd, Page, PageHead, Select, Table, TextField, shortInstant } from '../ui/index.ts'
import { PeopleActions } from '../people/people-actions.tsx'
import { RULE_NAMES } from '../assignment-words.ts'
import { STEP_SHORT } from './action-words.ts'
import { type BulkDone, NothingTicked, Outcomes, TickAll, actOnTicked, itemsOf, tickValue, tickedIn } from './bulk.tsx'
import { officerOptions } from './officer-options.ts'

const HERE = '/xu-ly/phan-viec'
const NOBODY = 'chua-ai'

const hrefOf = (unitId: Uuid, hands: Pick<Hands, 'postId'>): string => `${HERE}?don-vi=${unitId}&nguoi=${hands.postId ?? NOBODY}#ho-so`

const Who = (props: { readonly hands: Hands }) => {
  const { postId, name, title } = props.hands
  if (postId === null) return <>Chưa phân công</>
  return name === null ? (
    <>
      {title} <Badge tone="soon">đang trống</Badge>
    </>
  ) : (
    <>{name}</>
  )
}

const State = ({ hands }: { readonly hands: Hands }) => {
  if (hands.backOn === null) return <span class="soft">{hands.postId === null ? 'chờ lãnh đạo phân công hoặc có người nhận' : hands.name === null ? 'không ai giữ vị trí này' : 'có mặt'}</span>
  return (
    <span>
      <Badge tone="late">vắng</Badge> trở lại {formatDate(hands.backOn)}
      {hands.standInName !== null && <>, {hands.standInName} làm thay</>}
    </span>
  )
}

const handsColumns = (unitId: Uuid): readonly Column<Hands>[] => [
  { key: 'name', head: 'Người thụ lý', primary: true, cell: (h) => (h.open === 0 ? <Who hands={h} /> : <a href={hrefOf(unitId, h)}><Who hands={h} /></a>) },
  { key: 'title', head: 'Vị trí', minor: true, cell: (h) => h.title },
  { key: 'state', head: 'Hôm nay', cell: (h) => <State hands={h} /> },
  { key: 'open', head: 'Đang giữ', numeric: true, cell: (h) => formatInteger(h.open) },
  { key: 'late', head: 'Quá hẹn trả', numeric: true, cell: (h) => (h.late === 0 ? <span class="soft">–</span> : <b class="late-ink">{formatInteger(h.late)}</b>) },
]

const rowColumns = (now: Instant): readonly Column<QueueRow>[] => [
  { key: 'due', head: 'Hẹn trả', nowrap: true, cell: (r) => <DeadlineBadge dueAt={r.dueAt} now={now} late={isPastDue(r, now)} /> },
  { key: 'step-due', head: 'Hạn bước này', nowrap: true, minor: true, cell: (r) => <span class="num">{r.stepDueAt === null ? 'không tính' : shortInstant(r.stepDueAt, now)}</span> },
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (r) => <a class="num" href={`/xu-ly/ho-so/${r.id}`}>{r.code}</a> },
  { key: 'procedure', head: 'Thủ tục', cell: (r) => <span class="clamped">{shortName(r.procedureName)}</span> },
  { key: 'applicant', head: 'Người nộp', nowrap: true, cell: (r) => r.applicantName },
  { key: 'step', head: 'Bước', nowrap: true, cell: (r) => STEP_SHORT[r.step] },
]

type Typed = { readonly to: string; readonly note: string }
type Shown = { readonly done?: BulkDone; readonly nothing?: boolean; readonly errors?: Errors; readonly typed?: Typed }

/** All of one pair of hands: ticked or not, they can be given on. */
const InHands = async ({ req, unit, hands, shown }: { readonly req: Req; readonly unit: UnitWork; readonly hands: Hands; readonly shown: Shown }) => {
  const { now } = req.ctx
  const rows = await workInHands(req.ctx, unit.unitId, hands.postId)
  const staff = (await listStaff(req.ctx, { unitId: unit.unitId, roles: ['case-officer', 'unit-leader'] })).filter((s) => s.postId !== hands.postId)
  const rule = `Tự chia: ${RULE_NAMES[unit.rule === 'manual' ? 'least-loaded' : unit.rule].toLowerCase()}`
  const values = rows.map((row) => [row, tickValue(req.ctx, row)] as const)
  const valueOf = new Map(values)
  return (
    <section aria-labelledby="ho-so">
      <h2 id="ho-so">
        {hands.postId === null ? 'Hồ sơ chưa phân công' : <>Hồ sơ của <Who hands={hands} /></>}
      </h2>
      {rows.length > 0 && (
        <Form view={req.view} action={`${HERE}?don-vi=${unit.unitId}&nguoi=${hands.postId ?? NOBODY}`} id="chuyen-viec" class="bulk" label="Chuyển hồ sơ cho người khác">
          <ErrorSummary errors={shown.errors ?? {}} />
          {values.map(([, value]) => (
            <input type="hidden" name="tat-ca" value={value} />
          ))}
          <Select name="cho" label="Chuyển cho" size="medium" value={shown.typed?.to} error={shown.errors?.['cho']} options={officerOptions(staff, rule)} />
          <TextField name="loi-dan" label="Lời dặn" size="medium" value={shown.typed?.note ?? ''} error={shown.errors?.['loi-dan']} optional />
          <Button name="pham-vi" value="tat-ca" kbd="f">
            Chuyển cả {formatInteger(rows.length)} hồ sơ
          </Button>
          <Button name="pham-vi" value="da-chon" kind="quiet">
            Chuyển hồ sơ đã chọn
          </Button>
          <TickAll />
        </Form>
      )}
      <mc-rows data-select="">
        <Table
          caption="Hồ sơ đang giữ, đến hạn trước đứng trước"
          columns={rowColumns(now)}
          rows={rows}
          rowKey={(r) => r.id}
          rowHref={(r) => `/xu-ly/ho-so/${r.id}`}
          select={{ name: 'ho-so', form: 'chuyen-viec', value: (r) => valueOf.get(r) ?? '', label: (r) => `Chọn hồ sơ ${r.code}` }}
          empty={<p>Không còn hồ sơ nào ở đây.</p>}
        />
      </mc-rows>
      {rows.length > 0 && (
        <p class="soft small no-print keys">
          <Kbd>j</Kbd> <Kbd>k</Kbd> di chuyển · <Kbd>Space</Kbd> chọn · <Kbd>a</Kbd> chọn tất cả · <Kbd>Enter</Kbd> mở · <Kbd>f</Kbd> chuyển cả danh sách
        </p>
      )}
    </section>
  )
}

const findHands = (work: readonly UnitWork[], req: Req): { readonly unit: UnitWork; readonly hands: Hands } | undefined => {
  const wanted = req.c.req.query('nguoi') ?? ''
  const unit = work.find((w) => w.unitId === req.c.req.query('don-vi')) ?? work[0]
  const hands = unit?.hands.find((h) => (h.postId ?? NOBODY) === wanted)
  return unit === undefined || hands === undefined ? undefined : { unit, hands }
}

const show = async (req: Req, shown: Shown = {}, status: 200 | 422 = 200): Promise<Response> => {
  const work = await unitWork(req.ctx)
  const chosen = findHands(work, req)
  return html(
    req,
    <Page view={req.view} title="Phân việc" area="office" current={HERE}>
      {shown.done !== undefined && <Outcomes {...shown.done} />}
      {shown.nothing === true && <NothingTicked button="Chuyển hồ sơ đã chọn" />}
      <PageHead title="Phân việc" lead="Ai đang giữ bao nhiêu hồ sơ, ai vắng. Mở một người để chuyển việc của họ cho người khác." actions={<PeopleActions view={req.view} />} />
      {work.map((unit) => (
        <section>
          {work.length > 1 && <h2>{unit.unitName}</h2>}
          <p class="soft small">Hồ sơ mới đến phòng: {RULE_NAMES[unit.rule].toLowerCase()}.</p>
          <Table caption={`Việc của ${unit.unitName}`} columns={handsColumns(unit.unitId)} rows={unit.hands} rowKey={(h) => h.postId ?? NOBODY} rowTone={(h) => (chosen?.hands === h ? 'selected' : undefined)} />
        </section>
      ))}
      {work.length === 0 && <p class="empty">Bạn không phụ trách phòng nào.</p>}
      {chosen !== undefined && (await InHands({ req, ...chosen, shown }))}
    </Page>,
    status,
  )
}

const WORDS: FieldWords = { postId: { field: 'cho', say: 'Chọn người nhận.' }, note: { field: 'loi-dan', say: 'Lời dặn quá dài: tối đa 1.000 chữ cái.' } }

/** Answered by the page itself: it says of each what became of it, and a reload repeats the same keys. */
const giveOn = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const ticked = tickedIn(form, form.get('pham-vi') === 'tat-ca' ? 'tat-ca' : 'ho-so')
  if (ticked.length === 0) return show(req, { nothing: true }, 422)
  const typed = { to: form.get('cho'), note: form.get('loi-dan') }
  const parsed = ActOnMany.safeParse({ action: 'assign', items: itemsOf(ticked), postId: typed.to, note: typed.note })
  if (!parsed.success) return show(req, { errors: fieldErrors(parsed.error, WORDS), typed }, 422)
  return show(req, { done: await actOnTicked(req.ctx, ticked, parsed.data) })
}

export const shareWorkRoutes: readonly Route[] = [
  { method: 'GET', path: HERE, access: 'dossier.assign', handle: (req) => show(req) },
  { method: 'POST', path: HERE, access: 'dossier.assign', handle: giveOn },
]
