/** The small forms of what leaves the straight road: a proposal decided, money asked for and paid, a halt, a stop, a withdrawal. */
import type { Child } from 'hono/jsx'
import { addDays, dateOf, formatDate } from '#kernel/plain-date.ts'
import { type Action, type DossierView, STOP_GROUNDS } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { DateField, type Errors, Select, TextArea, TextField } from '../ui/index.ts'
import { AskedItems } from './supplement-card.tsx'

export type DetourProps = { readonly dossier: DossierView; readonly now: Instant; readonly values: Readonly<Record<string, string>>; readonly errors: Errors }
export type Panel = { readonly submit: string; readonly kind?: 'quiet'; readonly fields: (props: DetourProps) => Child }

const Basis = (props: DetourProps & { readonly optional?: boolean; readonly of: string }) => (
  <TextField name="legalBasis" id={`legalBasis-${props.of}`} label="Căn cứ pháp lý" optional={props.optional === true} size="full" maxlength={500} value={props.values['legalBasis'] ?? ''} error={props.errors['legalBasis']} />
)
const Reason = (props: DetourProps & { readonly of: string; readonly hint: string }) => (
  <TextArea name="reason" id={`reason-${props.of}`} label="Lý do" rows={3} maxlength={2000} value={props.values['reason'] ?? ''} error={props.errors['reason']} hint={props.hint} />
)

const ApproveProposal = (props: DetourProps) => {
  const proposal = props.dossier.supplements.find((s) => s.state === 'proposed')
  if (proposal === undefined) return null
  return (
    <>
      <AskedItems items={proposal.items} />
      {proposal.newFact !== null && (
        <p>
          Tình tiết mới: <b>{proposal.newFact}</b>
        </p>
      )}
      <p class="soft small">
        Người nộp trả lời đến hết ngày {formatDate(proposal.until)}. Từ lúc gửi, thời gian chờ tính theo quy định của thủ tục; ngày hẹn trả mới hiện cho cả hai bên khi nhận đủ.
      </p>
    </>
  )
}

export const Money = (props: DetourProps) => {
  const today = dateOf(props.now)
  const typed = (name: string, value: string) => ({ name, value: props.values[name] ?? value, error: props.errors[name] })
  return (
    <>
      <TextField {...typed('amount', '')} label="Số tiền (đồng)" inputmode="numeric" size="medium" attributes={{ 'data-first': '' }} />
      <div class="field-row">
        <TextField {...typed('noticeNumber', '')} label="Số thông báo" placeholder="15/TB-CCT" />
        <DateField {...typed('noticeOn', today)} label="Ngày thông báo" size="full" />
        <DateField {...typed('dueOn', addDays(today, 30))} label="Hạn nộp" size="full" />
      </div>
    </>
  )
}

const Paid = (props: DetourProps) => {
  const owed = props.dossier.paymentDuties.find((d) => d.paid === null)
  return (
    <>
      {owed !== undefined && (
        <p class="soft small">
          Thông báo số {owed.noticeNumber}: <b class="num">{owed.amount.toLocaleString('vi-VN')}</b> đồng, hạn {formatDate(owed.dueOn)}.
        </p>
      )}
      <TextField name="evidence" label="Số biên lai, chứng từ" size="full" maxlength={300} value={props.values['evidence'] ?? ''} error={props.errors['evidence']} attributes={{ 'data-first': '' }} />
      <DateField name="paidOn" label="Ngày nộp" value={props.values['paidOn'] ?? dateOf(props.now)} error={props.errors['paidOn']} />
    </>
  )
}

/** By action; those that are missing here have a page of their own or a button alone. */
export const DETOUR_PANELS: Partial<Record<Action, Panel>> = {
  'request-supplement': { submit: 'Duyệt và gửi người nộp', fields: ApproveProposal },
  'return-supplement': { submit: 'Trả lại đề xuất', kind: 'quiet', fields: (props) => <Reason {...props} of="return-supplement" hint="Người đề xuất sẽ đọc." /> },
  'request-payment': { submit: 'Gửi yêu cầu nộp tiền', fields: Money },
  'confirm-payment': { submit: 'Xác nhận đã nộp', fields: Paid },
  halt: {
    submit: 'Tạm dừng',
    kind: 'quiet',
    fields: (props) => (
      <>
        <Reason {...props} of="halt" hint="Người nộp đọc được. Hồ sơ được tiếp tục từ bước đang làm." />
        <Basis {...props} of="halt" optional />
        <DateField name="until" label="Xem lại vào ngày" optional value={props.values['until'] ?? ''} error={props.errors['until']} />
      </>
    ),
  },
  resume: { submit: 'Tiếp tục xử lý', fields: (props) => <TextArea name="note" id="note-resume" label="Ghi chú" optional rows={2} maxlength={2000} value={props.values['note'] ?? ''} /> },
  stop: {
    submit: 'Dừng giải quyết',
    kind: 'quiet',
    fields: (props) => (
      <>
        <p class="soft small">Hồ sơ kết thúc, không có kết quả. Người nộp nhận thông báo dừng giải quyết.</p>
        <Select name="ground" label="Trường hợp" value={props.values['ground']} error={props.errors['ground']} options={STOP_GROUNDS.map((g) => ({ value: g.code, label: g.title }))} />
        <Reason {...props} of="stop" hint="Ghi trong thông báo gửi người nộp." />
        <Basis {...props} of="stop" />
      </>
    ),
  },
  withdraw: {
    submit: 'Ghi nhận rút hồ sơ',
    kind: 'quiet',
    fields: (props) => (
      <>
        <TextField name="evidence" id="evidence-withdraw" label="Đơn xin rút (số, ngày)" size="full" maxlength={300} value={props.values['evidence'] ?? ''} error={props.errors['evidence']} />
        <TextArea name="reason" id="reason-withdraw" label="Lý do" optional rows={2} maxlength={1000} value={props.values['reason'] ?? ''} />
      </>
    ),
  },
}
