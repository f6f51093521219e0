/** The journey of one need, on the page of a dossier: how long the citizen has really waited, what came before, and the officer's word on it. */
import type { Instant } from '#kernel/plain-date.ts'
import type { AttemptFate, DossierView } from '#modules/dossier'
import { shortName } from '../short-name.ts'
import { Card, Select, TextField, shortInstant } from '../ui/index.ts'
import { ActForm, type ActionsProps, typedIn, wrongIn } from './actions.tsx'

const FATE: Readonly<Record<AttemptFate, string>> = {
  guided: 'nhận phiếu hướng dẫn bổ sung tại quầy',
  'turned-away': 'nhận phiếu từ chối tại quầy',
  'completion-asked': 'được yêu cầu hoàn thiện',
  refused: 'không được tiếp nhận',
  declined: 'bị từ chối giải quyết',
  withdrawn: 'rút hồ sơ',
  stopped: 'bị dừng giải quyết',
  filed: 'đã nộp',
}

type Attempt = DossierView['journey']['attempts'][number]
const nameOf = (a: Attempt, now: Instant): string => `${shortInstant(a.unmetAt ?? a.firstContactAt, now)}: ${FATE[a.fate]}`

const Attempts = (props: { readonly attempts: readonly Attempt[]; readonly now: Instant }) => (
  <ol class="small" aria-label="Các lần trước">
    {props.attempts.map((a) => (
      <li>
        {a.unlinked === null ? nameOf(a, props.now) : <s>{nameOf(a, props.now)}</s>}
        {a.code !== null && (
          <>
            {' '}
            <span class="num nowrap">{a.code}</span>
          </>
        )}
        {a.unlinked !== null ? <span class="soft"> · đã bỏ nối: {a.unlinked.reason}</span> : a.reason !== null && <span class="soft"> · {a.reason}</span>}
      </li>
    ))}
  </ol>
)

const Link = (props: ActionsProps & { readonly now: Instant }) => {
  const offered = props.dossier.actions.find((a) => a.action === 'link-attempt')
  if (offered === undefined) return null
  const panel = { ...props, offered }
  const { candidates } = props.dossier.journey
  const typed = typedIn(panel)
  const wrong = wrongIn(panel)
  return (
    <details open={props.attempt?.action === 'link-attempt'}>
      <summary>Nối một lần nộp trước</summary>
      <ActForm {...panel} submit="Nối vào hành trình" kind="quiet">
        {candidates.length > 0 && (
          <Select
            name="attemptId"
            label="Lần trước"
            value={typed['attemptId'] ?? ''}
            options={[
              { value: '', label: 'Ghi mã hồ sơ ở ô dưới' },
              ...candidates.map((c) => ({ value: c.id, label: `${shortInstant(c.at, props.now)} · ${c.of === 'guidance' ? 'Phiếu hướng dẫn tại quầy' : `${c.code ?? ''} ${shortName(c.procedureName ?? '')}`}` })),
            ]}
          />
        )}
        <TextField name="code" id="code-link-attempt" label="Mã hồ sơ lần trước" optional={candidates.length > 0} size="full" maxlength={60} value={typed['code'] ?? ''} error={wrong['code']} />
        <TextField name="reason" id="reason-link-attempt" label="Vì sao là cùng một việc" size="full" maxlength={500} value={typed['reason'] ?? ''} error={wrong['reason']} />
      </ActForm>
    </details>
  )
}

const Unlink = (props: ActionsProps & { readonly now: Instant }) => {
  const offered = props.dossier.actions.find((a) => a.action === 'unlink-attempt')
  if (offered === undefined) return null
  const panel = { ...props, offered }
  const linked = props.dossier.journey.attempts.filter((a) => a.unlinked === null)
  return (
    <details open={props.attempt?.action === 'unlink-attempt'}>
      <summary>Bỏ nối một lần trước</summary>
      <ActForm {...panel} submit="Bỏ nối" kind="quiet">
        <Select name="attempt" label="Lần nào" value={typedIn(panel)['attempt'] ?? String(linked[0]?.n ?? '')} error={wrongIn(panel)['attempt']} options={linked.map((a) => ({ value: String(a.n), label: nameOf(a, props.now) }))} />
        <TextField name="reason" id="reason-unlink-attempt" label="Vì sao là việc khác" size="full" maxlength={500} value={typedIn(panel)['reason'] ?? ''} error={wrongIn(panel)['reason']} />
      </ActForm>
    </details>
  )
}

export const JourneyCard = (props: ActionsProps & { readonly now: Instant }) => {
  const { time, attempts, followedBy } = props.dossier.journey
  return (
    <Card title="Hành trình của người dân">
      <p>
        <b class="num">{time.days}</b> ngày {time.over ? 'từ' : 'đã qua từ'} lần liên hệ đầu tiên <span class="nowrap">({shortInstant(time.from, props.now)})</span>
        {time.attempts > 1 && (
          <>
            , <b>lần thứ {time.attempts}</b> cho cùng một việc
          </>
        )}
        {time.over && !time.met && ', việc chưa được giải quyết'}.
      </p>
      {attempts.length > 0 && <Attempts attempts={attempts} now={props.now} />}
      {followedBy.length > 0 && (
        <p class="small">
          Đã nộp lại:{' '}
          {followedBy.map((next, i) => (
            <>
              {i > 0 && ', '}
              <span class="num nowrap">{next.code}</span>
            </>
          ))}
        </p>
      )}
      <Link {...props} />
      <Unlink {...props} />
    </Card>
  )
}
