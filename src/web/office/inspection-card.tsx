/** Visits to the place on the page of a dossier: when, where, what was found, with photographs; and the signature that closes the record. */
import type { Uuid } from '#kernel/ids.ts'
import { type DossierView, type Inspection, type InspectionPhase, phaseOfInspection } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { FileView } from '../desk/file-view.tsx'
import type { Req } from '../http.ts'
import { Actions, Badge, Button, ButtonLink, ErrorSummary, FileDrop, Form, KeyValue, shortInstant } from '../ui/index.ts'
import type { Attempt } from './actions.tsx'
import { ACTION_WORDS } from './action-words.ts'
import { GivenFiles } from './consultation-card.tsx'

const PHASE: Readonly<Record<InspectionPhase, { readonly words: string; readonly tone: 'soon' | 'ok' | 'paused' }>> = {
  planned: { words: 'đã hẹn', tone: 'soon' },
  recorded: { words: 'chờ ký biên bản', tone: 'soon' },
  signed: { words: 'đã ký biên bản', tone: 'ok' },
  cancelled: { words: 'đã hủy', tone: 'paused' },
}

type CardProps = { readonly dossier: DossierView; readonly now: Instant; readonly req: Req; readonly newKey: () => Uuid; readonly attempt: Attempt | undefined }

const Sign = (props: CardProps) => {
  const attempt = props.attempt?.action === 'sign-inspection' ? props.attempt : undefined
  return (
    <Form view={props.req.view} action={`/xu-ly/ho-so/${props.dossier.id}/${ACTION_WORDS['sign-inspection'].path}`} submissionKey={attempt?.key ?? props.newKey()} multipart label="Ký biên bản">
      <ErrorSummary errors={attempt?.errors ?? {}} ids={{ tep: 'tep-bien-ban' }} />
      <input type="hidden" name="version" value={String(props.dossier.version)} />
      <FileDrop name="tep" id="tep-bien-ban" label="Bản có chữ ký những người tham gia" optional multiple={false} hint="Ảnh chụp hoặc bản quét. Ký xong thì biên bản không sửa được nữa." kept={attempt?.kept ?? []} keptName="tep-da-gui" upload="/tai-len" error={attempt?.errors['tep']} />
      <Actions>
        <Button kind="quiet">Ký biên bản</Button>
      </Actions>
    </Form>
  )
}

const Found = (props: { readonly dossierId: Uuid; readonly visit: Inspection; readonly now: Instant }) => {
  const { record, signed, n } = props.visit
  if (record === null) return null
  return (
    <>
      <KeyValue
        items={[
          ['Thời gian', `${shortInstant(record.beganAt, props.now)} – ${shortInstant(record.endedAt, props.now)}`],
          ['Địa điểm', record.place],
          ['Thành phần', record.people.map(({ name, capacity }) => `${name} (${capacity})`).join('; ')],
          ['Hiện trạng', <span class="said">{record.findings}</span>],
          ['Kết luận', record.conclusion === null ? undefined : <span class="said">{record.conclusion}</span>],
        ]}
      />
      {record.photos.map((file) => (
        <FileView dossierId={props.dossierId} file={file} />
      ))}
      {signed !== null && signed.scan !== null && <GivenFiles dossierId={props.dossierId} files={[signed.scan]} />}
      <p class="small">
        <a href={`/xu-ly/ho-so/${props.dossierId}/kiem-tra/${n}`} target="_blank" rel="noopener">
          Biên bản kiểm tra thực địa (PDF)
        </a>
      </p>
    </>
  )
}

/** The newest first. */
export const Inspections = (props: CardProps) => {
  const { dossier: d, now } = props
  const may = (action: string) => d.actions.some((a) => a.action === action)
  if (d.inspections.length === 0) return null
  return (
    <section aria-labelledby="kiem-tra">
      <h2 id="kiem-tra">Kiểm tra thực địa</h2>
      {d.inspections.toReversed().map((visit) => {
        const phase = phaseOfInspection(visit)
        return (
          <div class="card">
            <p>
              <Badge tone={PHASE[phase].tone}>{PHASE[phase].words}</Badge> <b>{shortInstant(visit.appointment.at, now)}</b>, {visit.appointment.place}
              {visit.appointment.note !== null && <span class="soft small"> · {visit.appointment.note}</span>}
            </p>
            {visit.cancelled !== null && <p class="soft">Hủy {shortInstant(visit.cancelled.at, now)}: {visit.cancelled.reason}</p>}
            <Found dossierId={d.id} visit={visit} now={now} />
            {(phase === 'planned' || phase === 'recorded') && may('record-inspection') && (
              <p>
                <ButtonLink href={`/xu-ly/ho-so/${d.id}/kiem-tra`} kind="quiet">
                  {phase === 'planned' ? 'Lập biên bản, đổi lịch' : 'Sửa biên bản'}
                </ButtonLink>
              </p>
            )}
            {phase === 'recorded' && may('sign-inspection') && <Sign {...props} />}
          </div>
        )
      })}
    </section>
  )
}
