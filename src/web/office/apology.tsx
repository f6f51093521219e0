/** What the page of a dossier shows of a promise that was not kept: both dates, the letters, and the forms of the head who signs them. */
import type { Child } from 'hono/jsx'
import { dateOf, formatDate } from '#kernel/plain-date.ts'
import { type DossierView, reasonInWords, reasonsFor } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { DateField, type Errors, Notice, Select, TextArea, shortInstant } from '../ui/index.ts'
import { APOLOGY_WORDS, levelWords } from './apology-words.ts'

type Typed = { readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly dossier: DossierView }

const Reason = (props: Typed & { readonly kind: 'extension' | 'apology' | 'explanation' }) => (
  <>
    <Select
      name="reason"
      id={`reason-${props.kind}`}
      label="Lý do"
      value={props.values['reason'] ?? props.dossier.waitingApology?.reason}
      error={props.errors['reason']}
      options={reasonsFor(props.kind).map((reason) => ({ value: reason.code, label: reason.vi }))}
    />
    <TextArea name="explanation" id={`explanation-${props.kind}`} label="Giải thích thêm trong thư" optional rows={3} maxlength={2000} value={props.values['explanation'] ?? ''} error={props.errors['explanation']} hint="Người dân đọc được." />
  </>
)

/** The fields of the letter with a new date. */
export const ExtendFields = (props: Typed): Child => {
  const { dossier: d } = props
  return (
    <>
      <p class="soft small">
        Chỉ hẹn lại một lần. Ngày hẹn gốc vẫn được giữ để thống kê.
        {d.newPromise !== null && ` Muộn nhất ${formatDate(d.newPromise.latest)}.`}
      </p>
      <DateField name="dueOn" label="Ngày hẹn mới" value={props.values['dueOn'] ?? d.newPromise?.proposed ?? ''} error={props.errors['dueOn']} attributes={{ 'data-first': '' }} />
      <Reason {...props} kind="extension" />
    </>
  )
}

export const ApologiseFields = (props: Typed): Child => {
  const explains = props.dossier.waitingApology?.kind === 'explanation' || (props.dossier.finishedAt !== null && props.dossier.punctuality !== 'late')
  return (
    <>
      <p class="soft small">{explains ? 'Thư giải thích gửi kèm văn bản từ chối giải quyết.' : 'Hồ sơ đã quá hạn: thư xin lỗi không kèm ngày hẹn mới.'}</p>
      <Reason {...props} kind={explains ? 'explanation' : 'apology'} />
    </>
  )
}

/** Above everything: a letter waits, or it is late and who knows of it. */
export const LatenessNotice = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  const { waitingApology: draft, late } = d
  const told = late === null ? undefined : levelWords(late.level)
  if (draft === null && (late === null || d.finishedAt !== null)) return null
  return (
    <Notice tone={draft?.kind === 'extension' ? 'soon' : 'late'} title={draft === null ? 'Hồ sơ quá hạn.' : `Thư chờ ký: ${APOLOGY_WORDS[draft.kind].toLowerCase()}.`}>
      {late !== null && d.finishedAt === null && <>Ghi nhận quá hạn lúc {shortInstant(late.at, now)}{told !== undefined && `, đã báo ${told}`}. </>}
      {draft !== null && (
        <>
          {draft.proposedDueAt !== null && <>Dự kiến hẹn lại ngày <b class="num">{formatDate(dateOf(draft.proposedDueAt))}</b>. </>}
          <a href={`/xu-ly/ho-so/${d.id}/thu-xin-loi.pdf`} target="_blank" rel="noopener">
            Xem dự thảo (PDF)
          </a>
        </>
      )}
    </Notice>
  )
}

/** The letters that went out. */
export const Apologies = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  if (d.apologies.length === 0) return null
  return (
    <section aria-labelledby="thu-xin-loi">
      <h2 id="thu-xin-loi">Thư đã gửi người dân</h2>
      <ul class="dossier-list">
        {d.apologies.map((letter) => (
          <li>
            <a href={`/xu-ly/ho-so/${d.id}/thu-xin-loi/${letter.n}`} target="_blank" rel="noopener">
              {APOLOGY_WORDS[letter.kind]}, số {letter.number}
            </a>
            <p class="soft small">
              {shortInstant(letter.at, now)}
              {letter.dueAt !== null && ` · hẹn lại từ ${formatDate(dateOf(letter.about))} đến ${formatDate(dateOf(letter.dueAt))}`} · {reasonInWords(letter.reason)}
              {!letter.timely && letter.kind !== 'explanation' && <b class="late-ink"> · gửi không đúng hạn</b>}
            </p>
            {letter.explanation !== null && <p class="small">{letter.explanation}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
