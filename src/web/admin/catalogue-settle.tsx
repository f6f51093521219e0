import { NotFound } from '#kernel/errors.ts'
import { newId } from '#platform/ids.ts'
import { LIMIT_UNITS, type LimitUnit, type MethodRow, type ProcedureRevision, SettleMethodRow, cutoffText, displayName, listRevisions, settleMethodRow } from '#modules/catalogue'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { CHANNEL_NAMES, THING_NAMES } from '../procedure-words.ts'
import { Actions, Breadcrumb, Button, ButtonLink, Checkbox, type Errors, ErrorSummary, Form, KeyValue, Page, PageHead, RadioGroup, Select, TextArea, TextField } from '../ui/index.ts'
import { REFUSED_FIELD, SETTLE_WORDS, settleRefusal } from './catalogue-words.ts'

const UNIT_NAMES: Readonly<Record<LimitUnit, string>> = { 'working-day': 'ngày làm việc', day: 'ngày', month: 'tháng', hour: 'giờ làm việc' }

/** What stands in the fields, as typed. */
type Values = Readonly<Record<'kind' | 'amount' | 'unit' | 'cutoff' | 'appliesWhen' | 'fee' | 'feeAmount' | 'reason' | 'sourceText', string>>
const FIELDS = ['kind', 'amount', 'unit', 'cutoff', 'appliesWhen', 'fee', 'feeAmount', 'reason', 'sourceText'] as const

const load = async (req: Req) => {
  const revisions = await listRevisions(req.ctx, req.c.req.param('ma') ?? '')
  const revision = revisions.find((r) => r.isCurrent)
  const row = revision?.methods.find((m) => String(m.n) === req.c.req.param('dong'))
  if (revision === undefined || row === undefined) throw new NotFound('method row')
  // What was decided about the same row of an earlier revision is offered again, never taken over by itself.
  const before = revisions.find((r) => !r.isCurrent && r.methods[row.n - 1]?.decision != null)?.methods[row.n - 1]
  return { revision, row, before }
}

const valuesOf = (row: MethodRow, before: MethodRow | undefined): Values => {
  const d = row.decision ?? before?.decision
  const limit = d?.limit ?? null
  return {
    kind: d === null || d === undefined ? '' : limit === null ? 'none' : limit.amount === 0 ? 'in-day' : 'limit',
    amount: limit === null || limit.amount === 0 ? '' : String(limit.amount).replace('.', ','),
    unit: limit?.unit ?? 'working-day',
    cutoff: d?.inDayCutoffMinutes == null ? '' : cutoffText(d.inDayCutoffMinutes * 60_000),
    appliesWhen: d?.appliesWhen ?? '',
    fee: d?.fee?.kind ?? '',
    feeAmount: d?.fee?.kind === 'amount' ? String(d.fee.amountVnd) : '',
    reason: d?.reason ?? '',
    sourceText: d?.sourceText ?? '',
  }
}

export const showSettleForm = async (req: Req): Promise<Response> => {
  const { revision, row, before } = await load(req)
  return html(req, <SettlePage req={req} revision={revision} row={row} values={valuesOf(row, before)} submissionKey={newId(req.ctx.now)} errors={{}} carried={row.decision === null && before !== undefined} />)
}

export const saveSettlement = async (req: Req): Promise<Response> => {
  const { revision, row } = await load(req)
  const form = await readForm(req)
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.get(name)])) as Values
  const submissionKey = submissionKeyOf(req, form)
  const again = (errors: Errors, status: 409 | 422) =>
    html(req, <SettlePage req={req} revision={revision} row={row} values={values} submissionKey={newId(req.ctx.now)} errors={errors} carried={false} />, status)
  if (!['limit', 'in-day', 'none'].includes(values.kind)) return again({ kind: 'Chọn một trong ba cách.' }, 422)
  const input = SettleMethodRow.safeParse(inputOf(form, values, row.n, submissionKey))
  if (!input.success) return again(fieldErrors(input.error, SETTLE_WORDS), 422)
  const settled = await settleMethodRow(req.ctx, input.data)
  if (!settled.ok) return again({ [REFUSED_FIELD[settled.error.code]]: settleRefusal(settled.error) }, 409)
  if (form.get('twins') !== '') {
    for (const twin of twinsOf(revision, row)) await settleMethodRow(req.ctx, { ...input.data, row: twin.n, submissionKey: newId(req.ctx.now) })
  }
  return seeOther(req, `/quan-tri/thu-tuc/${revision.code}#row-${row.n}`)
}

/** Open rows that were published with the very same words: other ways of filing, the same question. */
const twinsOf = (revision: ProcedureRevision, row: MethodRow): readonly MethodRow[] =>
  revision.methods.filter((m) => m.n !== row.n && !m.settled && m.limitRaw === row.limitRaw && m.description === row.description && m.leftOpen.join() === row.leftOpen.join())

/** From fields to the command's input; what is not a number stays wrong, so that Zod says so. */
const inputOf = (form: FormFields, v: Values, row: number, submissionKey: string) => ({
  submissionKey,
  revisionId: form.get('revisionId'),
  row,
  limit: v.kind === 'none' ? null : v.kind === 'in-day' ? { amount: 0, unit: 'working-day' } : { amount: v.amount === '' ? undefined : Number(v.amount.replace(',', '.')), unit: v.unit },
  inDayCutoffMinutes: v.cutoff === '' ? null : minutesOf(v.cutoff),
  appliesWhen: v.appliesWhen === '' ? null : v.appliesWhen,
  fee: v.fee === '' ? null : v.fee === 'amount' ? { kind: 'amount', amountVnd: v.feeAmount === '' ? undefined : Number(v.feeAmount.replaceAll('.', '')) } : { kind: v.fee },
  reason: v.reason,
  sourceText: v.sourceText,
})
const minutesOf = (text: string): number => {
  const time = /^(\d{1,2})[:hg](\d{2})$/.exec(text)
  return time === null ? Number.NaN : Number(time[1]) * 60 + Number(time[2])
}

type PageProps = {
  readonly req: Req
  readonly revision: ProcedureRevision
  readonly row: MethodRow
  readonly values: Values
  readonly submissionKey: string
  readonly errors: Errors
  /** The values are those of the revision before. */
  readonly carried: boolean
}

const SettlePage = (props: PageProps) => {
  const { req, revision, row } = props
  const back = `/quan-tri/thu-tuc/${revision.code}`
  return (
    <Page view={req.view} title={`Quyết định dòng ${row.n}`} area="admin" current="/quan-tri/thu-tuc" width="narrow">
      <Breadcrumb items={[{ href: '/quan-tri/thu-tuc', label: 'Danh mục thủ tục' }, { href: back, label: revision.code }, { label: `Dòng ${row.n}` }]} />
      <PageHead title={`Dòng ${row.n}: ${CHANNEL_NAMES[row.channel].vi}`} lead={displayName(revision.name)} />
      <ErrorSummary errors={props.errors} />
      {props.carried && <p class="hint">Các ô điền sẵn theo quyết định cho bản trước. Hãy xem lại căn cứ rồi xác nhận cho bản này.</p>}
      <KeyValue
        items={[
          ['Còn để ngỏ', row.leftOpen.map((thing) => THING_NAMES[thing]).join('; ')],
          ['Thời hạn công bố', row.limitRaw ?? 'để trống'],
          ['Mô tả công bố', row.description],
          ['Ghi chú phí', row.fee.items.map((item) => item.note ?? item.amountVnd).join('; ')],
        ]}
      />
      <details class="fold">
        <summary>Trình tự thực hiện (để trích căn cứ)</summary>
        <ol class="small">
          {revision.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      </details>
      <SettleFields {...props} back={back} />
    </Page>
  )
}

const SettleFields = (props: PageProps & { readonly back: string }) => {
  const { req, revision, row, values: v, errors: e } = props
  const twins = twinsOf(revision, row)
  return (
    <Form view={req.view} action={`${props.back}/quyet-dinh/${row.n}`} submissionKey={props.submissionKey}>
      <input type="hidden" name="revisionId" value={revision.id} />
      <RadioGroup
        name="kind"
        label="Thời hạn đúng là"
        value={v.kind}
        error={e['kind']}
        options={[
          { value: 'limit', label: 'Một số ngày, tháng hoặc giờ' },
          { value: 'in-day', label: 'Giải quyết trong ngày' },
          { value: 'none', label: 'Pháp luật không quy định thời hạn', hint: 'Dòng này coi như đã rõ nhưng không hẹn ngày trả được.' },
        ]}
      />
      <TextField name="amount" label="Số" optional size="short" inputmode="decimal" value={v.amount} error={e['amount']} />
      <Select name="unit" label="Đơn vị" size="medium" value={v.unit} error={e['unit']} options={LIMIT_UNITS.map((unit) => ({ value: unit, label: UNIT_NAMES[unit] }))} />
      <TextField name="cutoff" label="Nhận sau giờ này thì trả ngày làm việc tiếp theo" optional hint="Chỉ cho thủ tục giải quyết trong ngày, ví dụ 15:00." size="short" value={v.cutoff} error={e['cutoff']} />
      {(row.leftOpen.includes('limit-varies') || v.appliesWhen !== '') && (
        <TextArea name="appliesWhen" label="Dòng này áp dụng cho trường hợp" rows={2} value={v.appliesWhen} error={e['appliesWhen']} />
      )}
      {(row.leftOpen.includes('fee-conflict') || v.fee !== '') && (
        <>
          <Select
            name="fee"
            label="Phí, lệ phí đúng là"
            empty="Chọn"
            size="medium"
            value={v.fee}
            error={e['fee']}
            options={[
              { value: 'free', label: 'Miễn phí' },
              { value: 'amount', label: 'Một số tiền' },
              { value: 'as-noted', label: 'Theo ghi chú đã công bố' },
            ]}
          />
          <TextField name="feeAmount" label="Số tiền (đồng)" optional size="short" inputmode="numeric" value={v.feeAmount} />
        </>
      )}
      <TextArea name="reason" label="Lý do" hint="Vì sao hiểu như vậy. Người dân đọc được câu này." rows={3} value={v.reason} error={e['reason']} />
      <TextArea name="sourceText" label="Căn cứ" hint="Trích nguyên văn bản công bố hoặc văn bản pháp luật." rows={3} value={v.sourceText} error={e['sourceText']} />
      {twins.length > 0 && (
        <Checkbox name="twins" label={`Áp dụng cả cho ${twins.map((m) => `dòng ${m.n} (${CHANNEL_NAMES[m.channel].vi.toLowerCase()})`).join(', ')}: công bố cùng một nội dung`} checked />
      )}
      <Actions>
        <Button>Ghi quyết định</Button>
        <ButtonLink kind="quiet" href={props.back}>
          Thôi
        </ButtonLink>
      </Actions>
    </Form>
  )
}
