/** What an application waits for from whom it belongs to, or why it has ended: papers, money, a halt, a stop; and the way to take it back. */
import { formatDate } from '#kernel/plain-date.ts'
import { type OwnDossier, stopGround, supplementReason } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import type { Lang, View } from '../../http.ts'
import { Actions, Button, ButtonLink, Checkbox, Form, Notice, TextArea, dueInWords, shortInstant } from '../../ui/index.ts'
import { t } from '../../words.ts'

type Props = { readonly dossier: OwnDossier; readonly now: Instant; readonly lang: Lang }

const Clock = ({ dossier: d, lang, at }: Props & { readonly at: Instant | undefined }) => {
  const change = d.dueChanges.find((c) => c.at === at)
  if (change === undefined) return null
  return (
    <p class="soft small">
      {change.to === null
        ? t(lang, { vi: 'Trong lúc chờ bạn, thời hạn giải quyết tạm dừng; trả lời xong sẽ có ngày hẹn mới.', en: 'While it waits for you the time limit stands still; you get a new date when you have answered.' })
        : t(lang, { vi: `Ngày hẹn mới: ${dueInWords(change.to, 'vi')}.`, en: `New date: ${dueInWords(change.to, 'en')}.` })}
    </p>
  )
}

const Papers = (props: Props) => {
  const { dossier: d, lang, now } = props
  const word = (vi: string, en: string) => t(lang, { vi, en })
  return d.supplements.map((asked) => (
    <section>
      <h2>{asked.state === 'requested' ? word('Cần bạn bổ sung', 'Asked of you') : word('Yêu cầu bổ sung trước đây', 'Asked before')}</h2>
      <ol lang="vi" class="asked-items">
        {asked.items.map(({ place, reason, text }) => (
          <li>
            <b>{place.title}</b>
            {place.kind === 'paper' && place.page !== null && word(`, trang ${place.page}`, `, page ${place.page}`)}: {supplementReason(reason, lang).toLowerCase()}. {text}
          </li>
        ))}
      </ol>
      {asked.answer === null ? <p>{word(`Trả lời đến hết ngày ${formatDate(asked.until)}.`, `Answer by ${formatDate(asked.until)}.`)}</p> : <p class="soft small">{word(`Bạn trả lời lúc ${shortInstant(asked.answer.at, now)}.`, `You answered on ${shortInstant(asked.answer.at, now)}.`)}</p>}
      <Clock {...props} at={asked.requested?.at} />
      {asked.state === 'requested' && (
        <Actions>
          <ButtonLink href={`/tai-khoan/ho-so/${d.id}/bo-sung-giay-to`}>{word('Bổ sung', 'Supplement')}</ButtonLink>
          <a href={`/tai-khoan/ho-so/${d.id}/phieu-bo-sung.pdf`}>{word('Phiếu yêu cầu (PDF)', 'The request (PDF)')}</a>
        </Actions>
      )}
    </section>
  ))
}

const Money = (props: Props) => {
  const { dossier: d, lang } = props
  const owed = d.paymentDuties.find((duty) => duty.paid === null)
  if (owed === undefined || d.status !== 'awaiting-payment') return null
  return (
    <section>
      <h2>{t(lang, { vi: 'Cần bạn nộp tiền', en: 'A payment is due' })}</h2>
      <p>
        <b class="num">{owed.amount.toLocaleString('vi-VN')}</b> {t(lang, { vi: `đồng, theo thông báo số ${owed.noticeNumber} ngày ${formatDate(owed.noticeOn)}, hạn nộp ${formatDate(owed.dueOn)}.`, en: `đồng, notice ${owed.noticeNumber} of ${formatDate(owed.noticeOn)}, due ${formatDate(owed.dueOn)}.` })}
      </p>
      <p class="soft small">{t(lang, { vi: `Nộp rồi, mang biên lai đến ${d.deskName} để xác nhận.`, en: `When paid, bring the receipt to ${d.deskName}.` })}</p>
      <Clock {...props} at={owed.asked.at} />
    </section>
  )
}

const Ended = ({ dossier: d, lang }: Props) => {
  const halt = d.status === 'halted' ? d.halts.at(-1) : undefined
  if (halt !== undefined) return <Notice tone="soon" title={t(lang, { vi: 'Vì sao tạm dừng', en: 'Why it is halted' })}>{halt.reason}</Notice>
  if (d.ending?.kind !== 'stopped') return null
  return (
    <Notice tone="late" title={t(lang, { vi: 'Vì sao dừng giải quyết', en: 'Why it was stopped' })}>
      <p lang="vi">
        {stopGround(d.ending.ground, lang)}. {d.ending.reason}
      </p>
      <p class="soft small" lang="vi">
        {d.ending.legalBasis}
      </p>
      <p>
        <a href={`/tai-khoan/ho-so/${d.id}/thong-bao-dung.pdf`} target="_blank" rel="noopener">
          {t(lang, { vi: 'Thông báo dừng giải quyết (PDF)', en: 'Notice (PDF, in Vietnamese)' })}
        </a>
      </p>
    </Notice>
  )
}

export const AskedOfMe = (props: Props) => (
  <>
    <Papers {...props} />
    <Money {...props} />
    <Ended {...props} />
  </>
)

/** Folded, at the end: nobody takes an application back by a slip. */
export const Withdraw = (props: { readonly dossier: OwnDossier; readonly view: View; readonly now: Instant }) => {
  const { dossier: d, view } = props
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  if (!d.actions.some((a) => a.action === 'withdraw')) return null
  return (
    <details class="fold">
      <summary>{word('Rút hồ sơ', 'Withdraw')}</summary>
      <p>{word('Hồ sơ sẽ kết thúc mà không có kết quả. Muốn làm lại phải nộp hồ sơ mới.', 'It ends without a result. To go on you would have to file again.')}</p>
      <Form view={view} action={`/tai-khoan/ho-so/${d.id}/rut`} submissionKey={newId(props.now)} label={word('Rút hồ sơ', 'Withdraw')}>
        <input type="hidden" name="version" value={String(d.version)} />
        <TextArea name="ly-do" label={word('Lý do', 'Reason')} optional={true} rows={2} maxlength={1000} />
        <Checkbox name="chac-chan" label={word('Tôi muốn rút hồ sơ này', 'I want to withdraw this application')} />
        <Actions>
          <Button kind="quiet">{word('Rút hồ sơ', 'Withdraw')}</Button>
        </Actions>
      </Form>
    </details>
  )
}
