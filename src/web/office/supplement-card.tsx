/** What was asked for in examination, and what came: only the differences, entry by entry and file by file. */
import { formatDate } from '#kernel/plain-date.ts'
import { getForm, wordsAt } from '#modules/catalogue'
import { type DossierView, supplementReason } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { Badge, Notice, dueInWords, formatSize, shortInstant } from '../ui/index.ts'

type Asked = DossierView['supplements'][number]

export const AskedItems = (props: { readonly items: Asked['items'] }) => (
  <ol class="asked-items">
    {props.items.map(({ place, reason, text }) => (
      <li>
        <b>{place.title}</b>
        {place.kind === 'paper' && place.page !== null && `, trang ${place.page}`}: {supplementReason(reason).toLowerCase()}. {text}
      </li>
    ))}
  </ol>
)

const STATES: Readonly<Record<Asked['state'], string>> = { proposed: 'chờ lãnh đạo duyệt', 'sent-back': 'lãnh đạo trả lại', requested: 'chờ người nộp', answered: 'đã bổ sung', dropped: 'không còn hiệu lực' }

const Differences = (props: { readonly dossier: DossierView; readonly asked: Asked }) => {
  const { dossier: d, asked } = props
  const { answer } = asked
  if (answer === null) return null
  const form = d.form === null ? undefined : getForm(d.form.slug, d.form.version)
  const say = (at: string, value: (typeof answer.changes)[number]['after']) => (form === undefined || d.form === null ? String(value ?? '') : wordsAt(form, d.form.answers, at, value)) || 'để trống'
  const titleOf = (at: string) => asked.items.find(({ place }) => place.kind === 'field' && place.at === at)?.place.title ?? at
  return (
    <>
      {answer.changes.length > 0 && (
        <dl class="differences">
          {answer.changes.map((change) => (
            <div>
              <dt>{titleOf(change.at)}</dt>
              <dd>
                <del>{say(change.at, change.before)}</del> → <ins>{say(change.at, change.after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {answer.attachments.length > 0 && (
        <ul class="file-list">
          {d.attachments
            .filter((file) => answer.attachments.includes(file.n))
            .map((file) => (
              <li>
                <a href={`/mot-cua/ho-so/${d.id}/tep/${file.fileId}`} target="_blank" rel="noopener">
                  {file.name}
                </a>{' '}
                <span class="soft small">
                  {formatSize(file.size)} · tệp mới của {asked.items.find(({ place }) => place.kind === 'paper' && place.component === file.component)?.place.title}
                </span>
              </li>
            ))}
        </ul>
      )}
      {answer.note !== null && <p>Giải trình: {answer.note}</p>}
    </>
  )
}

/** What a wait does, or did, to the promise: the same words for both sides. */
const ClockEffect = (props: { readonly dossier: DossierView; readonly asked: Asked }) => {
  const { dossier: d, asked } = props
  if (asked.requested === null) return null
  const change = d.dueChanges.find((c) => c.kind === 'supplement' && c.at === asked.requested?.at)
  if (change === undefined) return <p class="soft small">Ngày hẹn trả không thay đổi.</p>
  return (
    <p class="soft small">
      {asked.state === 'requested' ? 'Thời hạn giải quyết đang tạm dừng' : 'Thời gian chờ không tính vào thời hạn'}
      {change.from !== null && `; ngày hẹn trước: ${dueInWords(change.from, 'vi')}`}
      {change.to !== null && `; ngày hẹn mới: ${dueInWords(change.to, 'vi')}`}.
    </p>
  )
}

/** The newest first, open; what was before stays to read. */
export const Supplements = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  if (d.supplements.length === 0) return null
  return (
    <section aria-labelledby="bo-sung">
      <h2 id="bo-sung">Bổ sung hồ sơ</h2>
      {d.supplements.toReversed().map((asked) => (
        <div class="card">
          <p>
            <Badge tone={asked.state === 'answered' ? 'ok' : 'soon'}>{STATES[asked.state]}</Badge>{' '}
            <span class="soft small">
              đề xuất {shortInstant(asked.proposedAt, now)}, trả lời đến hết {formatDate(asked.until)}
              {asked.answer !== null && `, trả lời ${shortInstant(asked.answer.at, now)}`}
            </span>
          </p>
          {asked.sentBack !== null && <Notice tone="soon" title="Lãnh đạo trả lại đề xuất.">{asked.sentBack.reason}</Notice>}
          {asked.lapsedAt !== null && asked.answer === null && <Notice tone="late" title="Quá hạn bổ sung, người nộp chưa trả lời.">Người ký có thể dừng giải quyết và gửi thông báo.</Notice>}
          <Differences dossier={d} asked={asked} />
          <details class="fold" open={asked.answer === null}>
            <summary>Nội dung yêu cầu</summary>
            <AskedItems items={asked.items} />
          </details>
          <ClockEffect dossier={d} asked={asked} />
          {asked.requested !== null && (
            <p class="small">
              <a href={`/mot-cua/ho-so/${d.id}/phieu-bo-sung.pdf`} target="_blank" rel="noopener">
                Phiếu yêu cầu bổ sung (PDF)
              </a>
            </p>
          )}
        </div>
      ))}
    </section>
  )
}
