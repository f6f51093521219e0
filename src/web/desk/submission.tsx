/** `/mot-cua/truc-tuyen/:id`: one online submission on one screen, and its three answers. Keys a, y, r; j and k to the neighbours. */
import type { Uuid } from '#kernel/ids.ts'
import { AcceptSubmission, RefuseSubmission, RequestCompletion, acceptSubmission, refuseSubmission, requestCompletion, statusTitle } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { acceptanceRefusal, actRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { Badge, DeadlineBadge, type Errors, Kbd, Page, PageHead, Refusal } from '../ui/index.ts'
import { deskBadges } from './desk-badges.ts'
import { itemsOf } from './guidance-form.tsx'
import { DueCard } from './intake-form.tsx'
import { idParam } from './receipt-page.tsx'
import { ACCEPT_FORM, AcceptCard, type FormsProps, RefusePanel, RequestPanel, type SubmissionAction, type SubmissionAttempt, offers } from './submission-forms.tsx'
import { Answers, Applicant, AskedBefore, Duplicates, Refused, SubmittedPapers } from './submission-parts.tsx'
import { type SubmissionView, loadSubmission } from './submission-view.ts'

const INBOX = '/mot-cua/truc-tuyen'

const Neighbours = (props: { readonly submission: SubmissionView }) => {
  const { previous, next } = props.submission
  const link = (id: Uuid | undefined, key: string, words: string) =>
    id !== undefined && (
      <a href={`${INBOX}/${id}`} data-key={key} aria-keyshortcuts={key}>
        {words} <Kbd>{key}</Kbd>
      </a>
    )
  return (
    <p class="small back">
      <a href={INBOX}>← Hồ sơ trực tuyến</a> {link(previous, 'k', 'Trước')} {link(next, 'j', 'Tiếp')}
    </p>
  )
}

type Problem = { readonly attempt?: SubmissionAttempt; readonly refusal?: string }

const SubmissionPage = (props: { readonly req: Req; readonly badges: Readonly<Record<string, number>>; readonly submission: SubmissionView; readonly problem: Problem }) => {
  const { req, submission, problem } = props
  const { now } = req.ctx
  const { dossier: d } = submission
  const forms: FormsProps = { view: req.view, now, submission, attempt: problem.attempt, newKey: () => newId(now) }
  const mayAccept = offers(d, 'accept')
  const ticked = problem.attempt?.action === 'accept' ? new Set(problem.attempt.lists.giay) : undefined
  return (
    <Page view={req.view} title={`Hồ sơ trực tuyến ${d.code ?? ''}`} area="desk" current={INBOX} badges={props.badges}>
      <Refusal title="Chưa làm được." why={problem.refusal} />
      <Refused dossier={d} />
      <PageHead
        above={<Neighbours submission={submission} />}
        title={
          <>
            <span class="num">{d.code}</span> <Badge>{statusTitle(d.status)}</Badge>
          </>
        }
        lead={
          <>
            {shortName(d.procedureName)} · <b class="ink">{d.applicant.name}</b>
            {d.status === 'submitted' && d.intakeDueAt !== null && (
              <>
                {' '}
                · trả lời trước <DeadlineBadge dueAt={d.intakeDueAt} now={now} />
              </>
            )}
          </>
        }
        actions={
          <div class="action-bar">
            {offers(d, 'request-completion') && <RequestPanel {...forms} />}
            {offers(d, 'refuse') && <RefusePanel {...forms} />}
          </div>
        }
      />
      <Duplicates duplicates={submission.duplicates} now={now} />
      <div class="split">
        <div>
          <SubmittedPapers cases={submission.cases} dossier={d} ticked={ticked} form={mayAccept ? ACCEPT_FORM : undefined} />
          <Answers summary={submission.summary} warnings={submission.warnings} />
          <Applicant dossier={d} now={now} />
        </div>
        <aside>
          {mayAccept && <AcceptCard {...forms} />}
          <AskedBefore dossier={d} now={now} />
          {!mayAccept && (
            <p>
              <a href={`/xu-ly/ho-so/${d.id}`}>Mở hồ sơ</a>
            </p>
          )}
        </aside>
      </div>
    </Page>
  )
}

const show = async (req: Req, problem: Problem = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const [submission, badges] = await Promise.all([loadSubmission(req.ctx, idParam(req)), deskBadges(req.ctx)])
  return html(req, <SubmissionPage req={req} badges={badges} submission={submission} problem={problem} />, status)
}

const FIELDS = ['dong', 'them', 'ly-do', 'han', 'can-cu', 'can-cu-tu-choi'] as const

const attemptFrom = (req: Req, form: FormFields, action: SubmissionAction, errors: Errors, fresh: boolean): SubmissionAttempt => ({
  action,
  key: submissionKeyOf(req, fresh ? undefined : form),
  values: Object.fromEntries(FIELDS.map((name) => [name, form.get(name)])),
  lists: { giay: form.list('giay').map(Number), thieu: form.list('thieu').map(Number) },
  errors,
})

const on = (req: Req, form: FormFields) => ({ submissionKey: form.get('submissionKey'), dossierId: idParam(req), version: Number(form.get('version')) })

const accept = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const { revision } = await loadSubmission(req.ctx, idParam(req))
  const ticks = new Set(form.list('giay').map(Number))
  // What came as a file is no sheet of paper: nothing was handed over the counter.
  const components = revision.components.filter((c) => ticks.has(c.n)).map((c) => ({ n: c.n, originals: 0, copies: 0 }))
  const parsed = AcceptSubmission.safeParse({ ...on(req, form), ...(form.get('dong') === '' ? {} : { methodRow: Number(form.get('dong')) }), components })
  if (!parsed.success) return show(req, { attempt: attemptFrom(req, form, 'accept', fieldErrors(parsed.error, { methodRow: { field: 'dong', say: 'Chọn cách nộp.' } }), false) }, 422)
  const accepted = await acceptSubmission(req.ctx, parsed.data)
  if (!accepted.ok) return show(req, { attempt: attemptFrom(req, form, 'accept', {}, true), refusal: acceptanceRefusal(accepted.error) }, 409)
  return seeOther(req, `/mot-cua/ho-so/${accepted.value.id}`)
}

const REQUEST_WORDS = {
  items: { field: 'them', say: 'Đánh dấu giấy tờ còn thiếu, hoặc ghi việc cần sửa: từ 1 đến 30 mục.' },
  reason: { field: 'ly-do', say: 'Ghi lý do để người nộp hiểu.' },
  until: { field: 'han', say: 'Ngày hoàn thiện phải là một ngày, từ hôm nay trở đi.' },
} as const

const request = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const { revision } = await loadSubmission(req.ctx, idParam(req))
  const items = itemsOf({ missing: form.list('thieu').map(Number), more: form.get('them') }, revision.components)
  const parsed = RequestCompletion.safeParse({ ...on(req, form), items, reason: form.get('ly-do'), ...(form.get('han') === '' ? {} : { until: form.get('han') }) })
  if (!parsed.success) return show(req, { attempt: attemptFrom(req, form, 'request-completion', fieldErrors(parsed.error, REQUEST_WORDS), false) }, 422)
  if (form.get('buoc') === 'xem') return show(req, { attempt: { ...attemptFrom(req, form, 'request-completion', {}, false), preview: items } })
  const requested = await requestCompletion(req.ctx, parsed.data)
  if (!requested.ok) return show(req, { attempt: attemptFrom(req, form, 'request-completion', {}, true), refusal: actRefusal(requested.error) }, 409)
  return seeOther(req, `${INBOX}?xong=bo-sung&ho-so=${requested.value.id}`)
}

const REFUSE_WORDS = {
  ground: { field: 'can-cu-tu-choi', say: 'Chọn vì sao từ chối.' },
  reason: { field: 'ly-do', say: 'Ghi lý do cụ thể: người nộp có quyền biết.' },
  legalBasis: { field: 'can-cu', say: 'Căn cứ pháp lý quá dài.' },
} as const

const refuse = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const parsed = RefuseSubmission.safeParse({ ...on(req, form), ground: form.get('can-cu-tu-choi'), reason: form.get('ly-do'), ...(form.get('can-cu') === '' ? {} : { legalBasis: form.get('can-cu') }) })
  if (!parsed.success) return show(req, { attempt: attemptFrom(req, form, 'refuse', fieldErrors(parsed.error, REFUSE_WORDS), false) }, 422)
  const refused = await refuseSubmission(req.ctx, parsed.data)
  if (!refused.ok) return show(req, { attempt: attemptFrom(req, form, 'refuse', {}, true), refusal: actRefusal(refused.error) }, 409)
  return seeOther(req, `${INBOX}?xong=tu-choi&ho-so=${refused.value.id}`)
}

const showDue = async (req: Req): Promise<Response> => {
  const { rows, dossier } = await loadSubmission(req.ctx, idParam(req))
  const wanted = req.c.req.query('dong') ?? String(dossier.methodN)
  return html({ ...req, view: { ...req.view, fragment: true } }, <DueCard choice={rows.find(({ row }) => String(row.n) === wanted)} now={req.ctx.now} />)
}

export const submissionRoutes: readonly Route[] = [
  { method: 'GET', path: `${INBOX}/:id`, access: 'dossier.receive', handle: (req) => show(req) },
  { method: 'GET', path: `${INBOX}/:id/hen-tra`, access: 'dossier.receive', handle: showDue },
  { method: 'POST', path: `${INBOX}/:id/tiep-nhan`, access: 'dossier.receive', handle: accept },
  { method: 'POST', path: `${INBOX}/:id/bo-sung`, access: 'dossier.receive', handle: request },
  { method: 'POST', path: `${INBOX}/:id/tu-choi`, access: 'dossier.receive', handle: refuse },
]
