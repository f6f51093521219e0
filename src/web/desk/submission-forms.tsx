/** The three answers to an online submission: accept (with the day it would be due), one complete request to correct, refuse. */
import type { Child } from 'hono/jsx'
import { formatDate } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type DossierView } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import type { View } from '../http.ts'
import { CHANNEL_NAMES, rowLimit } from '../procedure-words.ts'
import { Actions, Button, Card, DateField, type Errors, ErrorSummary, Form, Kbd, RadioGroup, Select, TextArea, TextField } from '../ui/index.ts'
import { MissingPapers } from './guidance-form.tsx'
import { DueCard } from './intake-form.tsx'
import { GROUND_WORDS } from './submission-parts.tsx'
import type { SubmissionView } from './submission-view.ts'

export type SubmissionAction = 'accept' | 'request-completion' | 'refuse'

/** A form that came back, or that is looked at before it is sent. */
export type SubmissionAttempt = {
  readonly action: SubmissionAction
  readonly key: Uuid
  readonly values: Readonly<Record<string, string>>
  readonly lists: { readonly giay: readonly number[]; readonly thieu: readonly number[] }
  readonly errors: Errors
  /** What the applicant would read. */
  readonly preview?: readonly string[]
}

export type FormsProps = { readonly view: View; readonly now: Instant; readonly submission: SubmissionView; readonly attempt: SubmissionAttempt | undefined; readonly newKey: () => Uuid }

export const ACCEPT_FORM = 'chap-nhan'

export const offers = (dossier: DossierView, action: SubmissionAction): boolean => dossier.actions.some((a) => a.action === action)

const attemptOf = (props: FormsProps, action: SubmissionAction): SubmissionAttempt | undefined => (props.attempt?.action === action ? props.attempt : undefined)

/** Beside the papers: which row, until when it would be due, why, and the button. The ticks of the papers belong to this form by their `form` attribute. */
export const AcceptCard = (props: FormsProps) => {
  const { dossier, rows } = props.submission
  const attempt = attemptOf(props, 'accept')
  const wanted = attempt?.values['dong'] ?? String(dossier.methodN)
  const chosen = rows.find(({ row }) => String(row.n) === wanted) ?? rows[0]
  return (
    <Form view={props.view} action={`/mot-cua/truc-tuyen/${dossier.id}/tiep-nhan`} submissionKey={attempt?.key ?? props.newKey()} id={ACCEPT_FORM} class="card due-card" label="Tiếp nhận">
      <input type="hidden" name="version" value={String(dossier.version)} />
      <p class="soft small tight">Nếu tiếp nhận bây giờ</p>
      {rows.length > 1 ? (
        <RadioGroup
          name="dong"
          label="Cách nộp và thời hạn"
          value={String(chosen?.row.n ?? '')}
          error={attempt?.errors['dong']}
          options={rows.map(({ row }) => ({ value: String(row.n), label: `${CHANNEL_NAMES[row.channel].vi}: ${rowLimit(row, 'vi')}${row.appliesWhen === null ? '' : ` (${row.appliesWhen})`}` }))}
          attributes={{ 'hx-get': `/mot-cua/truc-tuyen/${dossier.id}/hen-tra`, 'hx-include': 'this', 'hx-target': '#due', 'hx-trigger': 'change' }}
        />
      ) : (
        <input type="hidden" name="dong" value={String(chosen?.row.n ?? '')} />
      )}
      <div id="due">
        <DueCard choice={chosen} now={props.now} />
      </div>
      {chosen === undefined && <p class="field-error">Thủ tục này chưa nhận được: thời hạn công bố còn chỗ chưa rõ, người quản trị phải xác định trước.</p>}
      <Button wide kbd="a" disabled={chosen === undefined}>
        Tiếp nhận
      </Button>
    </Form>
  )
}

const Panel = (props: FormsProps & { readonly action: SubmissionAction; readonly path: string; readonly label: string; readonly kbd: string; readonly children?: Child }) => {
  const { dossier } = props.submission
  const attempt = attemptOf(props, props.action)
  return (
    <details class="action" name="viec" open={attempt !== undefined}>
      <summary class="btn quiet" data-key={props.kbd} aria-keyshortcuts={props.kbd}>
        {props.label} <Kbd>{props.kbd}</Kbd>
      </summary>
      <div class="action-panel wide">
        <Form view={props.view} action={`/mot-cua/truc-tuyen/${dossier.id}/${props.path}`} submissionKey={attempt?.key ?? props.newKey()} label={props.label}>
          <ErrorSummary errors={attempt?.errors ?? {}} ids={{ 'ly-do': `ly-do-${props.path}` }} />
          <input type="hidden" name="version" value={String(dossier.version)} />
          {props.children}
        </Form>
      </div>
    </details>
  )
}

const Preview = (props: { readonly attempt: SubmissionAttempt; readonly dossier: DossierView }) => {
  const { attempt, dossier } = props
  const until = attempt.values['han'] ?? ''
  return (
    <Card tone="gold" title="Người nộp sẽ đọc">
      <p>
        Hồ sơ <span class="num">{dossier.code}</span> cần hoàn thiện những nội dung sau{until !== '' && <>, trước hết ngày {formatDate(until as Parameters<typeof formatDate>[0])}</>}:
      </p>
      <ol>
        {attempt.preview?.map((item) => (
          <li>{item}</li>
        ))}
      </ol>
      <p class="said">{attempt.values['ly-do']}</p>
    </Card>
  )
}

/** Only one may be sent (domain.md §2.2): so it is looked at as a whole first. */
export const RequestPanel = (props: FormsProps) => {
  const { submission } = props
  const { dossier, revision } = submission
  const attempt = attemptOf(props, 'request-completion')
  const value = (name: string) => attempt?.values[name] ?? ''
  const fields = (
    <>
      <MissingPapers components={revision.components} missing={attempt?.lists.thieu ?? []} id="thieu" />
      <TextArea name="them" label="Nội dung cần sửa khác" optional rows={2} value={value('them')} error={attempt?.errors['them']} hint="Mỗi dòng một việc. Chỉ được yêu cầu một lần: ghi hết một lượt." />
      <TextArea name="ly-do" id="ly-do-bo-sung" label="Lý do" rows={2} maxlength={2000} value={value('ly-do')} error={attempt?.errors['ly-do']} />
      <DateField name="han" label="Hoàn thiện trước hết ngày" optional value={value('han')} error={attempt?.errors['han']} />
      <Actions>
        <Button kind={attempt?.preview === undefined ? 'primary' : 'quiet'} name="buoc" value="xem">
          {attempt?.preview === undefined ? 'Xem trước' : 'Xem lại'}
        </Button>
      </Actions>
    </>
  )
  return (
    <Panel {...props} action="request-completion" path="bo-sung" label="Yêu cầu hoàn thiện" kbd="y">
      {attempt?.preview === undefined ? (
        fields
      ) : (
        <>
          <Preview attempt={attempt} dossier={dossier} />
          <Actions>
            <Button attributes={{ autofocus: '', 'data-first': '' }}>Gửi cho người nộp</Button>
          </Actions>
          <details>
            <summary>Sửa lại trước khi gửi</summary>
            {fields}
          </details>
        </>
      )}
    </Panel>
  )
}

export const RefusePanel = (props: FormsProps) => {
  const attempt = attemptOf(props, 'refuse')
  const value = (name: string) => attempt?.values[name] ?? ''
  return (
    <Panel {...props} action="refuse" path="tu-choi" label="Từ chối" kbd="r">
      <Select
        name="can-cu-tu-choi"
        label="Vì sao"
        value={value('can-cu-tu-choi')}
        empty="Chọn"
        error={attempt?.errors['can-cu-tu-choi']}
        options={Object.entries(GROUND_WORDS).map(([ground, label]) => ({ value: ground, label }))}
        attributes={{ 'data-first': '' }}
      />
      <TextArea name="ly-do" id="ly-do-tu-choi" label="Lý do cụ thể" rows={3} maxlength={2000} value={value('ly-do')} error={attempt?.errors['ly-do']} hint="Người nộp đọc nguyên văn trên phiếu từ chối." />
      <TextField name="can-cu" label="Căn cứ pháp lý" optional value={value('can-cu')} error={attempt?.errors['can-cu']} placeholder="Điều, khoản, văn bản" />
      <Actions>
        <Button kind="danger">Từ chối tiếp nhận</Button>
      </Actions>
    </Panel>
  )
}
