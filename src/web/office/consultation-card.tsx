/** What other units were asked about a dossier, and what they said; said again to whoever forwards while one has not answered. */
import type { Uuid } from '#kernel/ids.ts'
import type { ConsultationShown, DossierView } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import type { Req } from '../http.ts'
import { Actions, Badge, Button, Checkbox, DeadlineBadge, ErrorSummary, Form, Notice, TextArea, formatSize, limitInWords, shortInstant } from '../ui/index.ts'
import type { Attempt } from './actions.tsx'
import { ACTION_WORDS } from './action-words.ts'
import { CLOSING_WORDS, STANCE_WORDS, silenceInWords } from './consultation-words.ts'

type File = ConsultationShown['files'][number]

export const GivenFiles = (props: { readonly dossierId: Uuid; readonly files: readonly File[] }) =>
  props.files.length === 0 ? null : (
    <ul class="file-list">
      {props.files.map((file) => (
        <li>
          <a href={`/mot-cua/ho-so/${props.dossierId}/tep/${file.fileId}`} target="_blank" rel="noopener">
            {file.name}
          </a>{' '}
          <span class="soft small">{formatSize(file.size)}</span>
        </li>
      ))}
    </ul>
  )

const whoOf = (who: ConsultationShown['askedBy'] | null): string => [who?.person ?? null, who?.post ?? null].filter((v) => v !== null).join(', ')

const State = ({ asked, now }: { readonly asked: ConsultationShown; readonly now: Instant }) => {
  if (asked.closing === null) return <DeadlineBadge dueAt={asked.dueAt} now={now} late={now > asked.dueAt} />
  if (asked.answer !== null) return <Badge tone={asked.answer.stance === 'disagree' ? 'late' : asked.answer.stance === 'agree' ? 'ok' : 'soon'}>{STANCE_WORDS[asked.answer.stance]}</Badge>
  return <Badge tone="paused">{CLOSING_WORDS[asked.closing]}</Badge>
}

type CardProps = { readonly dossier: DossierView; readonly now: Instant; readonly req: Req; readonly newKey: () => Uuid; readonly attempt: Attempt | undefined }

const Recall = (props: CardProps & { readonly asked: ConsultationShown }) => {
  const { dossier: d, asked } = props
  const attempt = props.attempt?.action === 'recall-consultation' && props.attempt.values['n'] === String(asked.n) ? props.attempt : undefined
  return (
    <details class="fold" open={attempt !== undefined}>
      <summary>Thu hồi câu hỏi</summary>
      <Form view={props.req.view} action={`/xu-ly/ho-so/${d.id}/${ACTION_WORDS['recall-consultation'].path}`} submissionKey={attempt?.key ?? props.newKey()} label={`Thu hồi câu hỏi gửi ${asked.unit}`}>
        <ErrorSummary errors={attempt?.errors ?? {}} ids={{ reason: `reason-recall-${asked.n}` }} />
        <input type="hidden" name="version" value={String(d.version)} />
        <input type="hidden" name="n" value={String(asked.n)} />
        <TextArea name="reason" id={`reason-recall-${asked.n}`} label="Lý do" rows={2} maxlength={1000} value={attempt?.values['reason'] ?? ''} error={attempt?.errors['reason']} hint="Đơn vị được hỏi không còn xem được hồ sơ." />
        <Actions>
          <Button kind="quiet">Thu hồi</Button>
        </Actions>
      </Form>
    </details>
  )
}

const One = (props: CardProps & { readonly asked: ConsultationShown }) => {
  const { dossier: d, asked, now } = props
  const { answer } = asked
  return (
    <div class="card">
      <p>
        <b>{asked.unit}</b> <State asked={asked} now={now} />
        <br />
        <span class="soft small">
          {`hỏi ${shortInstant(asked.asked.at, now)}, hạn ${shortInstant(asked.dueAt, now)} (${limitInWords(asked.limit, 'vi')})`}
          {asked.remindedAt !== null && `, đã nhắc ${shortInstant(asked.remindedAt, now)}`}
          {answer !== null && `, trả lời ${shortInstant(answer.at, now)}: ${whoOf(asked.answeredBy)}`}
        </span>
      </p>
      {answer?.text != null && <p class="said">{answer.text}</p>}
      {answer !== null && <GivenFiles dossierId={d.id} files={answer.files} />}
      {asked.lapsedAt !== null && <p>{silenceInWords(asked.silence)}.</p>}
      {asked.recalled !== null && <p class="soft">Thu hồi {shortInstant(asked.recalled.at, now)}: {asked.recalled.reason}</p>}
      <details class="fold" open={asked.closing === null}>
        <summary>Nội dung hỏi</summary>
        <p class="said">{asked.question}</p>
        <GivenFiles dossierId={d.id} files={asked.files} />
        {asked.closing === null && <p class="soft small">{silenceInWords(asked.silence)}.</p>}
      </details>
      {asked.closing === null && d.actions.some((a) => a.action === 'recall-consultation') && <Recall {...props} />}
    </div>
  )
}

/** Open questions first, then the newest. */
export const Consultations = (props: CardProps) => {
  const { consultations } = props.dossier
  if (consultations.length === 0) return null
  return (
    <section aria-labelledby="lay-y-kien">
      <h2 id="lay-y-kien">Lấy ý kiến</h2>
      {consultations
        .toSorted((a, b) => Number(a.closing !== null) - Number(b.closing !== null) || b.n - a.n)
        .map((asked) => (
          <One {...props} asked={asked} />
        ))}
    </section>
  )
}

/** In the form that forwards: it goes on only for who knows. */
export const DespiteOpen = (props: { readonly dossier: DossierView; readonly checked: boolean }) => {
  const open = props.dossier.consultations.filter((c) => c.closing === null)
  if (open.length === 0) return null
  return (
    <>
      <Notice tone="soon" title={`Còn ${open.length} đơn vị chưa trả lời lấy ý kiến:`}>{open.map((c) => c.unit).join('; ')}.</Notice>
      <Checkbox name="despiteOpen" label="Vẫn chuyển khi chưa đủ ý kiến" checked={props.checked} hint="Các đơn vị vẫn trả lời được cho đến hết hạn." />
    </>
  )
}
