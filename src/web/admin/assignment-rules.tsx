/** `/quan-tri/co-quan/:donVi/phan-cong`: how the dossiers of a unit find their officer, from which day on. */
import { NotFound } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { dateOf, formatDate } from '#kernel/plain-date.ts'
import { type StaffMember, type Unit, getUnit, listStaff } from '#modules/organisation'
import { ASSIGNMENT_RULES, type AssignmentRuleRefusal, type AssignmentRuleSet, SetAssignmentRule, listAssignmentRules, listFieldsOf, setAssignmentRule } from '#modules/process'
import { newId } from '#platform/ids.ts'
import { RULE_NAMES } from '../assignment-words.ts'
import { type FieldWords, fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Actions, Badge, Breadcrumb, Button, Card, Checkbox, type Column, DateField, type Errors, ErrorSummary, Form, Notice, Page, PageHead, RadioGroup, Table } from '../ui/index.ts'

const PATH = '/quan-tri/co-quan/:donVi/phan-cong'
export const assignmentHref = (unitId: string): string => `/quan-tri/co-quan/${unitId}/phan-cong`

type Typed = { readonly rule: string; readonly keepOfficer: boolean; readonly from: string; readonly fields: Readonly<Record<string, readonly string[]>> }
type Shown = { readonly typed?: Typed; readonly errors?: Errors }

const RULE_HINTS: Readonly<Record<(typeof ASSIGNMENT_RULES)[number], string>> = {
  manual: 'Hồ sơ chờ ở bước phân công.',
  'round-robin': 'Mỗi hồ sơ mới đến người kế tiếp; người vắng được bỏ qua.',
  'least-loaded': 'Hồ sơ mới đến người đang giữ ít hồ sơ nhất.',
  'by-field': 'Hồ sơ đến người phụ trách lĩnh vực ghi ở dưới; lĩnh vực không ghi ai thì lãnh đạo phân công.',
}

const historyColumns = (inForce: AssignmentRuleSet | undefined, today: string, staff: readonly StaffMember[]): readonly Column<AssignmentRuleSet>[] => [
  { key: 'from', head: 'Từ ngày', primary: true, nowrap: true, cell: (r) => <span class="num">{formatDate(r.from)}</span> },
  { key: 'rule', head: 'Cách phân công', cell: (r) => RULE_NAMES[r.rule] },
  { key: 'keep', head: 'Trả về người cũ', cell: (r) => (r.rule === 'manual' ? '' : r.keepOfficer ? 'có' : 'không') },
  {
    key: 'fields',
    head: 'Lĩnh vực',
    cell: (r) => Object.entries(r.fields).map(([field, posts]) => <div>{`${field}: ${posts.map((p) => staff.find((s) => s.postId === p)?.name ?? 'vị trí đang trống').join(', ')}`}</div>),
  },
  { key: 'state', head: 'Hiệu lực', nowrap: true, cell: (r) => (r === inForce ? <Badge tone="ok">đang dùng</Badge> : r.from > today ? <Badge tone="soon">sắp dùng</Badge> : <Badge tone="paused">đã thay</Badge>) },
]

/** A field's officers, ticked. Names of inputs by position: a field's own words stand in a hidden input beside. */
const FieldOfficers = (props: { readonly fields: readonly string[]; readonly staff: readonly StaffMember[]; readonly chosen: Readonly<Record<string, readonly string[]>>; readonly error: string | undefined }) => (
  <fieldset class={props.error === undefined ? 'field choices' : 'field choices invalid'} id="linh-vuc">
    <legend>Ai phụ trách lĩnh vực nào (chỉ dùng khi chọn theo lĩnh vực)</legend>
    {props.error !== undefined && <p class="error">{props.error}</p>}
    {props.fields.map((field, i) => (
      <div class="field-officers">
        <input type="hidden" name={`lv-${i}`} value={field} />
        <b>{field}</b>
        <div class="choice-list inline">
          {props.staff.map((s) => (
            <div class="choice">
              <input type="checkbox" name={`lv-${i}-nguoi`} id={`lv-${i}-${s.postId}`} value={s.postId} checked={props.chosen[field]?.includes(s.postId) === true} />
              <label for={`lv-${i}-${s.postId}`}>{s.name}</label>
            </div>
          ))}
        </div>
      </div>
    ))}
    {props.fields.length === 0 && <p class="soft">Đơn vị chưa được giao lĩnh vực nào.</p>}
  </fieldset>
)

const RuleForm = (props: { readonly req: Req; readonly unit: Unit; readonly staff: readonly StaffMember[]; readonly fields: readonly string[]; readonly now: AssignmentRuleSet | undefined; readonly shown: Shown }) => {
  const { req, unit, staff, fields, now, shown } = props
  const { typed, errors = {} } = shown
  return (
    <Card as="section" title="Đặt cách phân công">
      <Form view={req.view} action={assignmentHref(unit.id)} submissionKey={newId(req.ctx.now)} label="Đặt cách phân công">
        <ErrorSummary errors={errors} ids={{ 'linh-vuc': 'linh-vuc' }} />
        <RadioGroup name="cach" label="Hồ sơ mới đến phòng" value={typed?.rule ?? now?.rule ?? 'manual'} error={errors['cach']} options={ASSIGNMENT_RULES.map((rule) => ({ value: rule, label: RULE_NAMES[rule], hint: RULE_HINTS[rule] }))} />
        <Checkbox name="nguoi-cu" label="Hồ sơ đã có người thụ lý thì trả về đúng người đó" checked={typed?.keepOfficer ?? now?.keepOfficer ?? true} hint="Sau khi bổ sung, hoặc khi bị trả lại. Người đó vắng hoặc đã thôi thì theo cách đã chọn." />
        <DateField name="tu" label="Áp dụng từ ngày" value={typed?.from ?? dateOf(req.ctx.now)} error={errors['tu']} />
        <FieldOfficers fields={fields} staff={staff} chosen={typed?.fields ?? now?.fields ?? {}} error={errors['linh-vuc']} />
        <Actions>
          <Button>Lưu cách phân công</Button>
        </Actions>
      </Form>
    </Card>
  )
}

/** @throws NotFound for an address that names no unit */
const unitOf = async (req: Req): Promise<Unit> => {
  const id = req.c.req.param('donVi') ?? ''
  if (!isUuid(id)) throw new NotFound(`unit ${id}`)
  return getUnit(req.ctx, id)
}

const show = async (req: Req, shown: Shown = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const unit = await unitOf(req)
  const today = dateOf(req.ctx.now)
  const [rules, staff, fields] = await Promise.all([listAssignmentRules(req.ctx, unit.id), listStaff(req.ctx, { unitId: unit.id, roles: ['case-officer'] }), listFieldsOf(req.ctx, unit)])
  const now = rules.find((r) => r.from <= today)
  return html(
    req,
    <Page view={req.view} title={`Phân công tự động: ${unit.name}`} area="admin" current="/quan-tri/co-quan">
      <Breadcrumb items={[{ href: '/quan-tri/co-quan', label: 'Tổ chức' }, { href: `/quan-tri/co-quan/${unit.id}`, label: unit.shortName }, { label: 'Phân công' }]} />
      <PageHead title="Phân công hồ sơ" lead={`${unit.name} · đang dùng: ${RULE_NAMES[now?.rule ?? 'manual'].toLowerCase()}`} />
      {req.c.req.query('xong') !== undefined && shown.errors === undefined && (
        <Notice tone="ok" role="status">
          Đã lưu. Hồ sơ đã phân công trước đó giữ nguyên người thụ lý.
        </Notice>
      )}
      {rules.length > 0 && <Table caption="Cách phân công, mới nhất đứng trước" columns={historyColumns(now, today, staff)} rows={rules} rowKey={(r) => r.id} />}
      <RuleForm req={req} unit={unit} staff={staff} fields={fields} now={now} shown={shown} />
    </Page>,
    status,
  )
}

const fieldsIn = (form: FormFields): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...form.all.keys()].flatMap((name) => (/^lv-\d+$/.test(name) && form.list(`${name}-nguoi`).length > 0 ? [[form.get(name), form.list(`${name}-nguoi`)] as const] : [])))

const WORDS: FieldWords = { rule: { field: 'cach', say: 'Chọn cách phân công.' }, from: { field: 'tu' }, fields: { field: 'linh-vuc' } }

const refusalOf = (refusal: AssignmentRuleRefusal): Errors =>
  refusal.code === 'begins-in-past' ? { tu: `Áp dụng từ hôm nay (${formatDate(refusal.today)}) hoặc sau đó.` } : { 'linh-vuc': 'Có người không thuộc đơn vị này. Hãy chọn lại.' }

const set = async (req: Req): Promise<Response> => {
  const unit = await unitOf(req)
  const form = await readForm(req)
  const typed: Typed = { rule: form.get('cach'), keepOfficer: form.get('nguoi-cu') === '1', from: form.get('tu'), fields: fieldsIn(form) }
  const submissionKey = submissionKeyOf(req, form)
  const parsed = SetAssignmentRule.safeParse({ submissionKey, unitId: unit.id, ...typed })
  if (!parsed.success) return show(req, { typed, errors: fieldErrors(parsed.error, WORDS) }, 422)
  const saved = await setAssignmentRule(req.ctx, parsed.data)
  return saved.ok ? seeOther(req, `${assignmentHref(unit.id)}?xong=1`) : show(req, { typed, errors: refusalOf(saved.error) }, 409)
}

export const assignmentRoutes: readonly Route[] = [
  { method: 'GET', path: PATH, access: 'organisation.edit', handle: (req) => show(req) },
  { method: 'POST', path: PATH, access: 'organisation.edit', handle: set },
]
