/** The buttons of a dossier and the small forms behind them: exactly those that the rule allows. Native `details`, so they open without script. */
import type { Child } from 'hono/jsx'
import { dateOf } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Action, AvailableAction, DossierView } from '#modules/dossier'
import type { StaffMember } from '#modules/organisation'
import { stepLabel } from '#modules/process'
import type { Req } from '../http.ts'
import { Actions, Button, DateField, type Errors, ErrorSummary, FileDrop, Form, type KeptFile, Kbd, RadioGroup, Select, TextArea, TextField } from '../ui/index.ts'
import { ACTION_WORDS, MAIN_ORDER, labelOf } from './action-words.ts'
import { DETOUR_PANELS } from './detour-fields.tsx'
import { CORRECTION_ORDER, CORRECTION_PANELS, ReplaceResult, mayCorrect } from './correction-fields.tsx'
import { ApologiseFields, ExtendFields } from './apology.tsx'
import { DespiteOpen } from './consultation-card.tsx'
import { officerOptions } from './officer-options.ts'

/** A form that came back: which, what was typed, what is wrong. */
export type Attempt = { readonly action: Action; readonly key: Uuid; readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly kept: readonly KeptFile[] }

export type ActionsProps = {
  readonly req: Req
  readonly dossier: DossierView
  readonly assignees: readonly StaffMember[]
  readonly attempt: Attempt | undefined
  readonly newKey: () => Uuid
}

type PanelProps = ActionsProps & { readonly offered: AvailableAction }

export const typedIn = (props: PanelProps): Readonly<Record<string, string>> => (props.attempt?.action === props.offered.action ? props.attempt.values : {})
export const wrongIn = (props: PanelProps): Errors => (props.attempt?.action === props.offered.action ? props.attempt.errors : {})

/** A form of this dossier: version and key go along, so that nobody overwrites what he has not seen. */
export const ActForm = (props: PanelProps & { readonly submit: string; readonly multipart?: boolean; readonly kind?: 'primary' | 'quiet'; readonly focus?: boolean; readonly children?: Child }) => {
  const { action } = props.offered
  const key = props.attempt?.action === action ? props.attempt.key : props.newKey()
  return (
    <Form view={props.req.view} action={`/xu-ly/ho-so/${props.dossier.id}/${ACTION_WORDS[action].path}`} submissionKey={key} multipart={props.multipart === true} label={props.submit}>
      <ErrorSummary errors={wrongIn(props)} />
      <input type="hidden" name="version" value={String(props.dossier.version)} />
      <input type="hidden" name="ma" value={props.dossier.code ?? ''} />
      {props.children}
      <Actions>
        <Button kind={props.kind ?? 'primary'} {...(props.focus === true ? { attributes: { 'data-first': '' } } : {})}>
          {props.submit}
        </Button>
      </Actions>
    </Form>
  )
}

const Note = (props: PanelProps & { readonly label: string }) => (
  <TextArea name="note" id={`note-${props.offered.action}`} label={props.label} optional rows={2} maxlength={1000} value={typedIn(props)['note'] ?? ''} />
)

const Assign = (props: PanelProps) => (
  <ActForm {...props} submit="Phân công">
    <Select
      name="postId"
      label="Người thụ lý"
      value={typedIn(props)['postId'] ?? props.assignees.find((s) => s.postId !== props.dossier.held?.postId && s.backOn === null)?.postId}
      error={wrongIn(props)['postId']}
      options={officerOptions(props.assignees)}
      attributes={{ 'data-first': '' }}
    />
    <Note {...props} label="Dặn dò" />
  </ActForm>
)

const Forward = (props: PanelProps) => {
  const to = props.offered.targets[0]
  return (
    <ActForm {...props} submit={labelOf(props.offered, props.dossier)} focus>
      {to !== undefined && (
        <p class="soft small">
          Chuyển đến bước <b>{stepLabel(to)}</b>.
        </p>
      )}
      <DespiteOpen dossier={props.dossier} checked={typedIn(props)['despiteOpen'] === '1'} />
      <Note {...props} label="Ý kiến gửi người nhận" />
    </ActForm>
  )
}

const Approve = (props: PanelProps) => (
  <ActForm {...props} submit="Ký duyệt" focus>
    <Note {...props} label="Ý kiến" />
  </ActForm>
)

const SendBack = (props: PanelProps) => (
  <ActForm {...props} submit="Trả lại" kind="quiet">
    <Select
      name="to"
      label="Trả về bước"
      value={typedIn(props)['to'] ?? props.offered.targets.at(-1)}
      error={wrongIn(props)['to']}
      options={props.offered.targets.toReversed().map((step) => ({ value: step, label: stepLabel(step) }))}
    />
    <TextArea name="reason" label="Lý do" rows={3} maxlength={4000} value={typedIn(props)['reason'] ?? ''} error={wrongIn(props)['reason']} hint="Người nhận lại sẽ đọc, và được giữ trong lịch sử hồ sơ." />
  </ActForm>
)

const Issue = (props: PanelProps) => {
  const typed = typedIn(props)
  const { resultDraft: draft, numbered } = props.dossier
  return (
    <ActForm {...props} submit="Phát hành, chuyển Một cửa trả" multipart>
      <RadioGroup
        name="kind"
        label="Kết quả"
        inline
        value={typed['kind'] ?? draft?.kind ?? 'granted'}
        options={[
          { value: 'granted', label: 'Giải quyết' },
          { value: 'declined', label: 'Từ chối giải quyết' },
        ]}
      />
      <TextField name="title" label="Tên văn bản" value={typed['title'] ?? draft?.title ?? ''} error={wrongIn(props)['title']} placeholder="Giấy xác nhận tình trạng hôn nhân" />
      <div class="field-row">
        <TextField
          name="number"
          label="Số, ký hiệu"
          value={typed['number'] ?? numbered?.number ?? ''}
          error={wrongIn(props)['number']}
          hint={numbered === null ? 'Để trống: lấy số tiếp theo của sổ.' : 'Số đã cấp cho hồ sơ này.'}
          attributes={{ 'data-first': '' }}
        />
        <DateField name="issuedOn" label="Ngày ký" size="full" value={typed['issuedOn'] ?? dateOf(props.req.ctx.now)} error={wrongIn(props)['issuedOn']} />
      </div>
      <FileDrop name="tep" label="Tệp kết quả" optional multiple={false} hint={draft === null ? 'Bản đã ký số, hoặc bản quét có dấu' : 'Bản đã ký, đóng dấu. Để trống: phát hành theo dự thảo.'} error={wrongIn(props)['tep']} kept={props.attempt?.kept ?? []} keptName="tep-da-gui" upload="/tai-len" />
    </ActForm>
  )
}

const Letter = (props: PanelProps & { readonly fields: typeof ExtendFields; readonly submit: string }) => (
  <ActForm {...props}>
    <props.fields values={typedIn(props)} errors={wrongIn(props)} dossier={props.dossier} />
  </ActForm>
)

const NewResult = (props: PanelProps) => (
  <ActForm {...props} submit="Cấp bản thay thế" multipart>
    <ReplaceResult dossier={props.dossier} now={props.req.ctx.now} values={typedIn(props)} errors={wrongIn(props)} kept={props.attempt?.kept ?? []} />
  </ActForm>
)

const Detour = (props: PanelProps) => {
  const { action } = props.offered
  const found = DETOUR_PANELS[action] ?? CORRECTION_PANELS[action]
  if (found === undefined) return null
  return (
    <ActForm {...props} submit={found.submit} {...(found.kind !== undefined && { kind: found.kind })}>
      {found.fields({ dossier: props.dossier, now: props.req.ctx.now, values: typedIn(props), errors: wrongIn(props) })}
    </ActForm>
  )
}

/** Those that have a page of their own. */
const pageOf = (props: ActionsProps, action: Action): string | undefined => {
  switch (action) {
    case 'return':
      return `/mot-cua/tra-ket-qua/${props.dossier.id}`
    case 'propose-supplement':
      return `/xu-ly/ho-so/${props.dossier.id}/de-xuat-bo-sung`
    case 'complete-supplement':
      return `/mot-cua/bo-sung/${props.dossier.id}`
    case 'ask-consultation':
      return `/xu-ly/ho-so/${props.dossier.id}/lay-y-kien`
    case 'plan-inspection':
      return `/xu-ly/ho-so/${props.dossier.id}/kiem-tra`
    case 'answer-consultation':
      return `/xu-ly/lay-y-kien/${props.dossier.id}`
    case 'correct-entries':
    case 'correct-procedure':
      return `/xu-ly/ho-so/${props.dossier.id}/${ACTION_WORDS[action].path}`
    default:
      return undefined
  }
}

const panel = (props: PanelProps) => {
  switch (props.offered.action) {
    case 'assign':
      return <Assign {...props} />
    case 'forward':
      return <Forward {...props} />
    case 'approve':
      return <Approve {...props} />
    case 'send-back':
      return <SendBack {...props} />
    case 'issue':
      return <Issue {...props} />
    case 'extend':
      return <Letter {...props} fields={ExtendFields} submit="Ký và gửi thư" />
    case 'apologise':
      return <Letter {...props} fields={ApologiseFields} submit="Ký và gửi thư" />
    case 'correct-result':
      return <NewResult {...props} />
    default:
      return <Detour {...props} />
  }
}

/** The row of buttons at the head of the page. The first is the day's work, with the key `f`. */
export const ActionBar = (props: ActionsProps) => {
  const offered = MAIN_ORDER.flatMap((action) => props.dossier.actions.filter((a) => a.action === action))
  return (
    <div class="action-bar">
      {offered.map((one, i) => {
        const first = i === 0
        const key = first ? 'f' : one.action === 'send-back' ? 'b' : one.action === 'assign' ? 'p' : undefined
        const keyed = key === undefined ? {} : { 'data-key': key, 'aria-keyshortcuts': key }
        const page = pageOf(props, one.action)
        if (page !== undefined) {
          return (
            <a class={`btn ${first ? 'primary' : 'quiet'}`} href={page} {...keyed}>
              {labelOf(one, props.dossier)}
              {key !== undefined && <Kbd>{key}</Kbd>}
            </a>
          )
        }
        if (one.action === 'take') {
          return (
            <Form view={props.req.view} action={`/xu-ly/ho-so/${props.dossier.id}/nhan`} submissionKey={props.newKey()} class="inline-form" label="Nhận xử lý">
              <input type="hidden" name="version" value={String(props.dossier.version)} />
              <input type="hidden" name="ma" value={props.dossier.code ?? ''} />
              <Button kind={first ? 'primary' : 'quiet'} {...(key === undefined ? {} : { kbd: key })}>
                {labelOf(one, props.dossier)}
              </Button>
            </Form>
          )
        }
        return (
          <details class="action" name="viec" id={first ? 'chuyen' : undefined} open={props.attempt?.action === one.action}>
            <summary class={`btn ${first ? 'primary' : 'quiet'}`} {...keyed}>
              {labelOf(one, props.dossier)}
              {key !== undefined && <Kbd>{key}</Kbd>}
            </summary>
            <div class="action-panel">{panel({ ...props, offered: one })}</div>
          </details>
        )
      })}
    </div>
  )
}

/** What was wrong is put right here, apart from the day's work. */
export const Corrections = (props: ActionsProps) => {
  if (!mayCorrect(props.dossier)) return null
  const offered = CORRECTION_ORDER.flatMap((action) => props.dossier.actions.filter((a) => a.action === action))
  const tried = CORRECTION_ORDER.some((action) => props.attempt?.action === action)
  return (
    <details class="fold" open={tried}>
      <summary>Đính chính, mở lại</summary>
      <ul class="plain">
        {offered.map((one) => {
          const page = pageOf(props, one.action)
          if (page !== undefined) {
            return (
              <li>
                <a href={page}>{labelOf(one, props.dossier)}</a>
              </li>
            )
          }
          return (
            <li>
              <details name="viec" open={props.attempt?.action === one.action}>
                <summary>{labelOf(one, props.dossier)}</summary>
                {panel({ ...props, offered: one })}
              </details>
            </li>
          )
        })}
      </ul>
    </details>
  )
}

/** Internal notes, with the field to add one where the rule allows it. */
export const Notes = (props: ActionsProps & { readonly children?: Child }) => {
  const offered = props.dossier.actions.find((a) => a.action === 'note')
  return (
    <section class="card notes" aria-labelledby="ghi-chu">
      <h2 class="card-title" id="ghi-chu">
        Ghi chú nội bộ
      </h2>
      {props.children}
      {offered !== undefined && (
        <ActForm {...props} offered={offered} submit="Ghi lại" kind="quiet">
          <TextArea name="text" label="Ghi chú mới" rows={2} kbd="n" value={props.attempt?.action === 'note' ? (props.attempt.values['text'] ?? '') : ''} error={props.attempt?.action === 'note' ? props.attempt.errors['text'] : undefined} />
        </ActForm>
      )}
    </section>
  )
}
