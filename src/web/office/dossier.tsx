/** `/xu-ly/ho-so/:id`: one dossier, whole, with what may be done to it now. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { NotFound } from '#kernel/errors.ts'
import { getWorkingCalendar } from '#modules/calendar'
import { type DossierView, getDossierView, isProcessStep, statusTitle, stepTitle } from '#modules/dossier'
import { listStaff } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { FiledAnswers } from '../forms/index.ts'
import { type Req, html } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Badge, Page, PageHead, shortInstant, Refusal } from '../ui/index.ts'
import { STEP_SHORT } from './action-words.ts'
import { Apologies, LatenessNotice } from './apology.tsx'
import { JourneyCard } from './journey.tsx'
import { Consultations } from './consultation-card.tsx'
import { Inspections } from './inspection-card.tsx'
import { Supplements } from './supplement-card.tsx'
import { ActionBar, type Attempt, Corrections, Notes } from './actions.tsx'
import { History } from './history.tsx'
import { Draft, DueCard, Facts, Papers, Results, Way } from './dossier-parts.tsx'

const StatusBadge = (props: { readonly dossier: DossierView }) => {
  const { dossier: d } = props
  const late = d.finishedAt === null && d.punctuality === 'late'
  const words = d.held === null || d.status !== 'processing' ? statusTitle(d.status) : isProcessStep(d.held.step) ? STEP_SHORT[d.held.step] : stepTitle(d.held.step)
  return <Badge tone={late ? 'late' : d.finishedAt === null ? 'soon' : 'ok'}>{words}</Badge>
}

export const dossierId = (req: Req): Uuid => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('dossier')
  return id
}

export type Problem = { readonly attempt?: Attempt; readonly refusal?: string }

/** With `problem`: the page after a form that was refused, the form open and as it was typed. */
export const showDossier = async (req: Req, problem: Problem = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const { now } = req.ctx
  const dossier = await getDossierView(req.ctx, dossierId(req))
  const calendar = await getWorkingCalendar(req.ctx, dossier.agencyId)
  const mayAssign = dossier.actions.some((a) => a.action === 'assign')
  const assignees = mayAssign ? await listStaff(req.ctx, { unitId: dossier.divisionId, roles: ['case-officer', 'unit-leader'] }) : []
  const actions = { req, dossier, assignees, attempt: problem.attempt, newKey: () => newId(now) }
  const back = req.view.signedIn?.permissions.has('dossier.receive') === true && dossier.held?.step === 'RECEIVE' ? { href: '/mot-cua/hom-nay', label: 'Hôm nay' } : { href: '/xu-ly', label: 'Việc của tôi' }
  return html(
    req,
    <Page view={req.view} title={`Hồ sơ ${dossier.code ?? ''}`} area="office" current="/xu-ly">
      <Refusal title="Chưa làm được." why={problem.refusal} />
      <PageHead
        back={back}
        title={
          <>
            <span class="num">{dossier.code}</span> <StatusBadge dossier={dossier} />
          </>
        }
        lead={
          <>
            {shortName(dossier.procedureName)} · <b class="ink">{dossier.applicant.name}</b>
            {dossier.applicant.personalNumber !== null && <span class="num">, {dossier.applicant.personalNumber}</span>}
          </>
        }
        actions={<ActionBar {...actions} />}
      />
      <LatenessNotice dossier={dossier} now={now} />
      <div class="split">
        <div>
          <Facts dossier={dossier} now={now} />
          <FiledAnswers filed={dossier.form} filedAt={dossier.submittedAt} />
          <Supplements dossier={dossier} now={now} />
          <Consultations dossier={dossier} now={now} req={req} newKey={actions.newKey} attempt={problem.attempt} />
          <Inspections dossier={dossier} now={now} req={req} newKey={actions.newKey} attempt={problem.attempt} />
          <Papers dossier={dossier} />
          <Draft dossier={dossier} now={now} />
          <Results dossier={dossier} now={now} />
          <Apologies dossier={dossier} now={now} />
          <Way dossier={dossier} calendar={calendar} now={now} />
          <History dossier={dossier} now={now} />
          <Corrections {...actions} />
        </div>
        <aside>
          <DueCard dossier={dossier} calendar={calendar} now={now} />
          <JourneyCard {...actions} now={now} />
          <Notes {...actions}>
            {dossier.notes.map((note) => (
              <p class="small">
                <span class="soft num">{shortInstant(note.at, now)}</span> · {note.text}
              </p>
            ))}
          </Notes>
        </aside>
      </div>
    </Page>,
    status,
  )
}
