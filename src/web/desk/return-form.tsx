/** The hand-over of one result: to whom, in which way, and what proves it. What does not belong to the chosen way is hidden by the style sheet, so it works without script. */
import { formatDate, formatInstant } from '#kernel/plain-date.ts'
import { type DossierView, ReturnResult, getDossierView, returnResult } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { Actions, Badge, Breadcrumb, Button, ButtonLink, Combobox, DeadlineBadge, type Errors, ErrorSummary, Form, KeyValue, Notice, Page, PageHead, RadioGroup, TextField, Refusal } from '../ui/index.ts'
import { deskBadges } from './desk-badges.ts'
import { FileView } from './file-view.tsx'
import { idParam } from './receipt-page.tsx'

export const DELIVERY_WORDS = { counter: 'Tại quầy', postal: 'Gửi bưu chính', online: 'Bản điện tử' } as const
/** The way that was asked for is offered first. */
const KIND_OF = { counter: 'self', postal: 'postal', online: 'electronic' } as const
const KIND_WORDS = { self: 'Chính người yêu cầu', authorised: 'Người được ủy quyền', postal: 'Gửi bưu chính', electronic: 'Bản điện tử vào tài khoản' } as const

type ReturnForm = { readonly key: string; readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly refusal?: string }

/** What was signed, as clerks write it; anything else can be typed. */
const SIGNED = ['Đã ký vào sổ theo dõi', 'Đã ký trên Giấy tiếp nhận (liên lưu)', 'Đã ký trên bảng ký điện tử', 'Điểm chỉ vào sổ theo dõi']

const ResultFacts = (props: { readonly req: Req; readonly dossier: DossierView }) => {
  const { dossier: d, req } = props
  const { now } = req.ctx
  const result = d.results.at(-1)
  return (
    <>
      <KeyValue
        items={[
          ['Người yêu cầu', <b>{[d.applicant.name, d.applicant.personalNumber].filter((v) => v !== null).join(', ')}</b>],
          ['Nộp thay', d.submitter === null ? undefined : `${d.submitter.name}, ${d.submitter.relation}`],
          ['Kết quả', result === undefined ? undefined : `${result.title}, số ${result.number}, ngày ${formatDate(result.issuedOn)}`],
          ['Loại', result?.kind === 'declined' ? <Badge tone="late">từ chối giải quyết</Badge> : undefined],
          ['Đăng ký nhận', d.delivery === 'postal' && d.deliveryAddress !== null ? `${DELIVERY_WORDS.postal}: ${d.deliveryAddress}` : DELIVERY_WORDS[d.delivery]],
          [
            'Hẹn trả',
            d.dueAt === null ? undefined : (
              <>
                {formatInstant(d.dueAt)} <DeadlineBadge dueAt={d.dueAt} now={now} state={d.punctuality === 'late' ? 'done-late' : 'done'} />
              </>
            ),
          ],
          ['Đã trả', d.handOver === null ? undefined : `${formatInstant(d.handOver.at)} · ${KIND_WORDS[d.handOver.recipient.kind]}: ${d.handOver.recipient.name}`],
          ['Bằng chứng', d.handOver?.recipient.signature],
        ]}
      />
      {result?.file !== null && result?.file !== undefined && <FileView dossierId={d.id} file={result.file} kbd="m" />}
    </>
  )
}

const Recipient = (props: { readonly req: Req; readonly dossier: DossierView; readonly form: ReturnForm }) => {
  const { dossier: d, form } = props
  const field = (name: string) => ({ name, value: form.values[name] ?? '', error: form.errors[name] })
  const mayGoOnline = d.results.at(-1)?.file != null
  return (
    <Form view={props.req.view} action={`/mot-cua/tra-ket-qua/${d.id}`} submissionKey={form.key} class="form return-form" label="Người nhận">
      <ErrorSummary errors={form.errors} />
      <input type="hidden" name="version" value={String(d.version)} />
      <RadioGroup
        name="kind"
        label="Trả thế nào"
        kbd="1"
        value={form.values['kind'] ?? (d.delivery === 'online' && !mayGoOnline ? 'self' : KIND_OF[d.delivery])}
        error={form.errors['kind']}
        options={(['self', 'authorised', 'postal', 'electronic'] as const).map((kind) => ({
          value: kind,
          label: KIND_WORDS[kind],
          ...(kind === 'electronic' && !mayGoOnline ? { disabled: true, hint: 'Kết quả này không có bản điện tử.' } : {}),
        }))}
      />
      <TextField {...field('name')} label="Họ tên người nhận" value={form.values['name'] ?? d.applicant.name} kbd="2" />
      <div class="for-counter">
        <TextField {...field('idNumber')} label="Số giấy tờ đã đối chiếu" inputmode="numeric" kbd="3" autofocus={Object.keys(form.errors).length === 0 && d.delivery === 'counter'} hint="Ghi số trên giấy tờ vừa xem, không chép từ hồ sơ." />
        <Combobox name="signature" label="Ký nhận" value={form.values['signature'] ?? SIGNED[0] ?? ''} error={form.errors['signature']} options={SIGNED.map((value) => ({ value, label: value }))} />
      </div>
      <div class="for-authorised">
        <TextField {...field('authorisation')} label="Giấy ủy quyền" placeholder="Số, ngày, nơi chứng thực" />
      </div>
      <div class="for-postal">
        <TextField {...field('tracking')} label="Số hiệu bưu gửi" autofocus={Object.keys(form.errors).length === 0 && d.delivery === 'postal'} hint="Mã trên phiếu gửi của bưu điện, ví dụ EA123456789VN. Người dân dùng mã này để theo dõi." />
      </div>
      <p class="for-electronic hint">Văn bản kết quả sẽ có trong tài khoản của người yêu cầu, tải về và tra cứu được. Thời điểm phát hành là bằng chứng trả kết quả.</p>
      <Actions>
        <Button kbd="Enter">Trả kết quả</Button>
        <ButtonLink href="/mot-cua/tra-ket-qua" kind="quiet">
          Quay lại
        </ButtonLink>
      </Actions>
    </Form>
  )
}

const ReturnPage = (props: { readonly req: Req; readonly badges: Readonly<Record<string, number>>; readonly dossier: DossierView; readonly form: ReturnForm }) => {
  const { req, dossier: d, form } = props
  return (
    <Page view={req.view} title={`Trả kết quả ${d.code ?? ''}`} area="desk" current="/mot-cua/tra-ket-qua" width="narrow" badges={props.badges}>
      <Breadcrumb items={[{ href: '/mot-cua/tra-ket-qua', label: 'Trả kết quả' }, { label: d.code ?? '' }]} />
      <Refusal title="Chưa trả được." why={form.refusal} />
      <PageHead title={<span class="num">{d.code}</span>} lead={shortName(d.procedureName)} />
      <ResultFacts req={req} dossier={d} />
      {d.actions.some((a) => a.action === 'return') ? (
        <Recipient req={req} dossier={d} form={form} />
      ) : (
        d.handOver === null && <Notice>Kết quả chưa về đến quầy này nên chưa trả được. Hồ sơ đang ở: {d.held?.who.unit ?? 'bộ phận khác'}.</Notice>
      )}
    </Page>
  )
}

const page = async (req: Req, form: ReturnForm, status: 200 | 409 | 422): Promise<Response> => {
  const [dossier, badges] = await Promise.all([getDossierView(req.ctx, idParam(req)), deskBadges(req.ctx)])
  return html(req, <ReturnPage req={req} badges={badges} dossier={dossier} form={form} />, status)
}

export const showReturn = (req: Req): Promise<Response> => page(req, { key: newId(req.ctx.now), values: {}, errors: {} }, 200)

const FIELDS = ['kind', 'name', 'idNumber', 'signature', 'authorisation', 'tracking'] as const
const WORDS = {
  'recipient.kind': { field: 'kind', say: 'Chọn cách trả.' },
  'recipient.name': { field: 'name', say: 'Ghi họ tên người nhận.' },
  'recipient.idNumber': { field: 'idNumber', say: 'Ghi số giấy tờ tùy thân đã đối chiếu.' },
  'recipient.signature': { field: 'signature', say: 'Ghi bằng chứng người nhận đã ký.' },
  'recipient.authorisation': { field: 'authorisation', say: 'Ghi giấy ủy quyền đã xem: số, ngày, nơi chứng thực.' },
  'recipient.tracking': { field: 'tracking', say: 'Ghi số hiệu bưu gửi.' },
} as const

/** Only what belongs to the chosen way goes to the rule: a hidden field may still hold what was typed before. */
const recipientOf = (form: FormFields) => {
  const [kind, name] = [form.get('kind'), form.get('name')]
  switch (kind) {
    case 'postal':
      return { kind, name, tracking: form.get('tracking') }
    case 'electronic':
      return { kind, name }
    case 'authorised':
      return { kind, name, idNumber: form.get('idNumber'), signature: form.get('signature'), authorisation: form.get('authorisation') }
    default:
      return { kind, name, idNumber: form.get('idNumber'), signature: form.get('signature') }
  }
}

export const sendReturn = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.get(name)]))
  const key = submissionKeyOf(req, form)
  const parsed = ReturnResult.safeParse({ submissionKey: form.get('submissionKey'), dossierId: idParam(req), version: Number(form.get('version')), recipient: recipientOf(form) })
  if (!parsed.success) return page(req, { key, values, errors: fieldErrors(parsed.error, WORDS) }, 422)
  const returned = await returnResult(req.ctx, parsed.data)
  if (!returned.ok) return page(req, { key: newId(req.ctx.now), values, errors: {}, refusal: actRefusal(returned.error) }, 409)
  const { code } = await getDossierView(req.ctx, returned.value.id)
  return seeOther(req, `/mot-cua/tra-ket-qua?ma=${encodeURIComponent(code ?? '')}`)
}
