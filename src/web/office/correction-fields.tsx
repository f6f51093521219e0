/** The small forms of corrections and of a re-opening; procedure and entries have pages of their own. */
import { dateOf, formatDate, formatTime } from '#kernel/plain-date.ts'
import type { Child } from 'hono/jsx'
import { type Action, type DossierView, redrawable } from '#modules/dossier'
import { stepLabel } from '#modules/process'
import { DateField, type Errors, FileDrop, type KeptFile, RadioGroup, Select, TextArea, TextField } from '../ui/index.ts'
import { TemplateFields } from './template-fields.tsx'
import { type DetourProps, Money, type Panel } from './detour-fields.tsx'

export const CorrectionReason = (props: { readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly of: string; readonly hint?: string }) => (
  <TextArea name="reason" id={`reason-${props.of}`} label="Lý do" rows={2} maxlength={2000} value={props.values['reason'] ?? ''} error={props.errors['reason']} hint={props.hint ?? 'Giữ trong lịch sử hồ sơ, cùng giá trị cũ và mới.'} />
)

const Reception = (props: DetourProps) => {
  const { receivedAt } = props.dossier
  const typed = (name: string, value: string) => ({ name, value: props.values[name] ?? value, error: props.errors[name] })
  return (
    <>
      <p class="soft small">Ngày hẹn được tính lại từ thời điểm này theo quy định; không ghi ngày hẹn bằng tay. Ngày hẹn cũ vẫn được giữ.</p>
      <div class="field-row">
        <DateField {...typed('receivedOn', receivedAt === null ? '' : dateOf(receivedAt))} label="Ngày nhận hồ sơ" size="full" />
        <TextField {...typed('receivedTime', receivedAt === null ? '' : formatTime(receivedAt))} label="Lúc" inputmode="numeric" size="short" placeholder="08:30" />
      </div>
      <CorrectionReason {...props} of="correct-reception" />
    </>
  )
}

const Payment = (props: DetourProps) => {
  const owed = props.dossier.paymentDuties.find((d) => d.paid === null)
  const now: Readonly<Record<string, string>> = owed === undefined ? {} : { amount: owed.amount.toLocaleString('vi-VN'), noticeNumber: owed.noticeNumber, noticeOn: owed.noticeOn, dueOn: owed.dueOn }
  return (
    <>
      <Money {...props} values={{ ...now, ...props.values }} />
      <CorrectionReason {...props} of="correct-payment" />
    </>
  )
}

const Reopen = (props: DetourProps) => {
  const { stepsToReopen: steps } = props.dossier
  return (
    <>
      <p class="soft small">Hồ sơ trở lại bước đã chọn, với ngày hẹn mới. Lần xong đầu vẫn là lần được thống kê; kết quả cũ được ghi là đã thay khi có kết quả mới.</p>
      <Select name="to" id="to-reopen" label="Trở lại bước" value={props.values['to'] ?? (steps.includes('HANDLE') ? 'HANDLE' : steps[0])} error={props.errors['to']} options={steps.map((step) => ({ value: step, label: stepLabel(step) }))} />
      <DateField name="dueOn" label="Hẹn trả" optional value={props.values['dueOn'] ?? ''} error={props.errors['dueOn']} hint="Để trống: cả thời hạn của thủ tục, tính từ hôm nay." />
      <CorrectionReason {...props} of="reopen" hint="Người nộp nhận tin; lý do được giữ trong lịch sử hồ sơ." />
    </>
  )
}

/** As the clerk's form, with what the old one says. */
export const ReplaceResult = (props: DetourProps & { readonly kept: readonly KeptFile[] }): Child => {
  const old = props.dossier.results.at(-1)
  const anew = redrawable(props.dossier)
  const typed = (name: string, value: string) => ({ name, value: props.values[name] ?? value, error: props.errors[name] })
  return (
    <>
      {old !== undefined && (
        <p class="soft small">
          Thay cho văn bản số <b class="num">{old.number}</b> ngày {formatDate(old.issuedOn)}. Bản cũ được giữ và ghi rõ là đã thay.
        </p>
      )}
      <RadioGroup name="kind" label="Kết quả" inline value={props.values['kind'] ?? old?.kind ?? 'granted'} options={[{ value: 'granted', label: 'Giải quyết' }, { value: 'declined', label: 'Từ chối giải quyết' }]} />
      <TextField {...typed('title', old?.title ?? '')} label="Tên văn bản" />
      <div class="field-row">
        <TextField {...typed('number', '')} label="Số, ký hiệu" optional hint="Để trống: lấy số tiếp theo của sổ." />
        <DateField {...typed('issuedOn', dateOf(props.now))} label="Ngày ký" size="full" />
      </div>
      {anew !== undefined && (
        <>
          <RadioGroup name="source" label="Bản thay thế" inline value={props.values['source'] ?? 'anew'} options={[{ value: 'anew', label: 'Soạn lại từ mẫu' }, { value: 'own', label: 'Tải bản đã ký, hoặc chỉ có bản giấy' }]} />
          <details open={props.values['source'] !== 'own'}>
            <summary>Nội dung theo mẫu “{anew.template.name}”</summary>
            <TemplateFields {...anew} typed={(name) => (props.values['source'] === undefined ? undefined : (props.values[name] ?? ''))} errors={props.errors} />
          </details>
        </>
      )}
      <FileDrop name="tep" label="Bản thay thế đã ký" optional multiple={false} hint={anew === undefined ? 'Bản đã ký số, hoặc bản quét có dấu. Để trống: chỉ có bản giấy.' : 'Bản đã ký số, hoặc bản quét có dấu: có tệp thì dùng tệp, không soạn lại từ mẫu.'} error={props.errors['tep']} kept={props.kept} keptName="tep-da-gui" upload="/tai-len" />
      <CorrectionReason {...props} of="correct-result" />
    </>
  )
}

export const CORRECTION_PANELS: Partial<Record<Action, Panel>> = {
  'correct-reception': { submit: 'Đính chính, tính lại ngày hẹn', fields: Reception },
  'correct-payment': { submit: 'Đính chính thông báo', fields: Payment },
  reopen: { submit: 'Mở lại hồ sơ', fields: Reopen },
}

/** In this order, apart from the day's work. */
export const CORRECTION_ORDER: readonly Action[] = ['correct-procedure', 'correct-reception', 'correct-entries', 'correct-payment', 'correct-result', 'reopen']

export const mayCorrect = (dossier: Pick<DossierView, 'actions'>): boolean => dossier.actions.some((a) => CORRECTION_ORDER.includes(a.action))
