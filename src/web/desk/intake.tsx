/** `/mot-cua`: intake at the counter. Keys 1, 2, 3, Enter; the same in short steps without script. */
import { isUuid } from '#kernel/ids.ts'
import { receiveDossier } from '#modules/dossier'
import { searchProcedures } from '#modules/catalogue'
import { ChangePerson, RegisterPerson, changePerson, registerPerson } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { limitOfAll } from '../procedure-words.ts'
import { receptionRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { type Errors, ErrorSummary, Page, Refusal } from '../ui/index.ts'
import { DossierFormView, type DossierForm, DueCard, emptyDossierForm } from './intake-form.tsx'
import type { ApplicantForm } from './intake-applicant.tsx'
import { ApplicantPicker, ProcedurePicker } from './intake-pickers.tsx'
import { type IntakeView, intakeHref, intakeQuery, loadIntake } from './intake-view.ts'
import { deskOf } from './desk-of.ts'
import { idParam } from './receipt-page.tsx'
import { formAgain, freshKey, parseIntake, storeIntakeFiles } from './receive.ts'

const IntakePage = (props: { readonly req: Req; readonly intake: IntakeView; readonly dossier: DossierForm; readonly applicant: ApplicantForm }) => {
  const { req, intake, dossier } = props
  return (
    <Page view={req.view} title="Tiếp nhận" area="desk" current="/mot-cua" badges={intake.badges}>
      <ErrorSummary errors={dossier.errors} />
      <Refusal title="Chưa tiếp nhận được." why={dossier.refusal} />
      <div class="intake">
        <section class="intake-who">
          <h1>Tiếp nhận</h1>
          <p class="soft small">{intake.desk.name}</p>
          <ProcedurePicker view={req.view} intake={intake} />
          <ApplicantPicker view={req.view} intake={intake} form={props.applicant} />
        </section>
        <div class="intake-rest">
          {intake.procedure === undefined && intake.common.length > 0 && (
            <section>
              <h2 class="intake-heading">Thường nhận</h2>
              <ul class="common">
                {intake.common.map((procedure) => (
                  <li>
                    <a class="clamped" href={intakeHref(intake.query, { procedureCode: procedure.code })}>
                      {shortName(procedure.name)}
                    </a>
                    <span class="soft small">
                      {[procedure.field, limitOfAll(procedure.methods, 'vi')].filter((fact) => fact !== undefined).join(' · ')}
                    </span>
                  </li>
                ))}
              </ul>
              <p class="soft">
                Việc không thuộc quầy này, hoặc chưa đủ giấy tờ?{' '}
                <a href="/mot-cua/huong-dan" data-key="g d" aria-keyshortcuts="g d">
                  Lập phiếu hướng dẫn <kbd aria-hidden="true">g d</kbd>
                </a>
              </p>
            </section>
          )}
          {intake.procedure !== undefined && <DossierFormView view={req.view} intake={intake} form={dossier} now={req.ctx.now} />}
        </div>
      </div>
    </Page>
  )
}

const newApplicantForm = (req: Req): ApplicantForm => ({ values: {}, errors: {}, key: newId(req.ctx.now) })

const queryOf = (req: Req) => intakeQuery((name) => req.c.req.query(name))

const showIntake = async (req: Req): Promise<Response> => {
  const query = queryOf(req)
  const intake = await loadIntake(req.ctx, query)
  const exact = intake.procedureHits?.find((hit) => hit.code === query.procedureQ.trim())
  if (exact !== undefined) return seeOther(req, intakeHref(query, { procedureCode: exact.code, row: '' }))
  return html(req, <IntakePage req={req} intake={intake} dossier={emptyDossierForm(freshKey(req))} applicant={newApplicantForm(req)} />)
}

/** By POST: what is typed to find a person is kept out of the address. */
const findApplicant = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const query = { procedureCode: form.get('thu-tuc'), procedureQ: '', personId: '', personQ: form.get('tim-nguoi'), row: form.get('dong') }
  const intake = await loadIntake(req.ctx, query)
  // One hit is the answer: straight on, the officer saves a key.
  const only = intake.people?.length === 1 ? intake.people[0] : undefined
  if (only !== undefined || query.personQ === '') return seeOther(req, intakeHref(query, { personId: only?.id ?? '' }))
  return html(req, <IntakePage req={req} intake={intake} dossier={emptyDossierForm(freshKey(req))} applicant={newApplicantForm(req)} />)
}

const receive = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const query = { procedureCode: form.get('thu-tuc'), procedureQ: '', personId: form.get('nguoi-nop'), personQ: '', row: form.get('dong') }
  const intake = await loadIntake(req.ctx, query)
  const numbers = intake.cases.flatMap((c) => c.components.map((component) => component.n))
  const stored = await storeIntakeFiles(req, form, numbers)
  const again = async (problem: { readonly errors?: Readonly<Record<string, string>>; readonly refusal?: string; readonly key: string }, status: 409 | 422) =>
    html(req, <IntakePage req={req} intake={intake} dossier={formAgain(form, numbers, stored, problem)} applicant={newApplicantForm(req)} />, status)
  const input = await parseIntake(req, form, deskOf(req.ctx), stored)
  if (!input.ok) return again({ errors: input.error, key: isUuid(form.get('submissionKey')) ? form.get('submissionKey') : freshKey(req) }, 422)
  const received = await receiveDossier(req.ctx, input.value)
  if (!received.ok) return again({ refusal: receptionRefusal(received.error), key: freshKey(req) }, 409)
  return seeOther(req, `/mot-cua/ho-so/${received.value.id}`)
}

const PERSON_FIELDS = ['kind', 'name', 'personalNumber', 'phone', 'birthOn', 'address', 'email'] as const
const PERSON_WORDS = Object.fromEntries(PERSON_FIELDS.map((field) => [field, { field }]))

const addApplicant = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const query = { procedureCode: form.get('thu-tuc'), procedureQ: '', personId: '', personQ: '', row: form.get('dong') }
  const values = Object.fromEntries(PERSON_FIELDS.map((name) => [name, form.get(name)]))
  const parsed = RegisterPerson.safeParse({ ...values, submissionKey: form.get('submissionKey') })
  if (parsed.success) {
    const { personId } = await registerPerson(req.ctx, parsed.data)
    return seeOther(req, intakeHref(query, { personId }))
  }
  const applicant = { values, errors: fieldErrors(parsed.error, PERSON_WORDS), key: form.get('submissionKey') }
  const intake = await loadIntake(req.ctx, query)
  return html(req, <IntakePage req={req} intake={intake} dossier={emptyDossierForm(freshKey(req))} applicant={applicant} />, 422)
}

const COMPLETED_FIELDS = ['personalNumber', 'phone', 'email', 'address'] as const

const completeApplicant = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const personId = idParam(req)
  const query = { procedureCode: form.get('thu-tuc'), procedureQ: '', personId, personQ: '', row: form.get('dong') }
  const values = Object.fromEntries(COMPLETED_FIELDS.filter((name) => form.all.has(name)).map((name) => [name, form.get(name)]))
  const parsed = ChangePerson.safeParse({ ...values, personId, submissionKey: form.get('submissionKey') })
  const again = async (errors: Errors, status: 409 | 422) =>
    html(req, <IntakePage req={req} intake={await loadIntake(req.ctx, query)} dossier={emptyDossierForm(freshKey(req))} applicant={{ values, errors, key: newId(req.ctx.now), of: personId }} />, status)
  if (!parsed.success) return again(fieldErrors(parsed.error, PERSON_WORDS), 422)
  const changed = await changePerson(req.ctx, parsed.data)
  if (!changed.ok && changed.error.code === 'not-of-this-kind') return again({ [changed.error.field]: `${changed.error.message}.` }, 422)
  if (!changed.ok) return again({ personalNumber: 'Số này đã thuộc về người khác. Tìm lại theo số để chọn đúng người.' }, 409)
  return seeOther(req, intakeHref(query, {}))
}

/** Suggestions for the combobox. */
const suggestProcedures = async (req: Req): Promise<Response> => {
  const q = req.c.req.query('q') ?? ''
  const query = { ...queryOf(req), procedureQ: '', row: '' }
  const { procedures } = q.trim() === '' ? { procedures: [] } : await searchProcedures(req.ctx, { q, limit: 8 })
  return req.c.json(procedures.map((p) => ({ value: p.code, label: shortName(p.name), hint: `${p.code} · ${p.field}`, href: intakeHref(query, { procedureCode: p.code }) })))
}

const showDue = async (req: Req): Promise<Response> => {
  const intake = await loadIntake(req.ctx, queryOf(req))
  return html({ ...req, view: { ...req.view, fragment: true } }, <DueCard choice={intake.rows.find(({ row }) => row.n === intake.chosenRow)} now={req.ctx.now} />)
}

export const intakeRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua', access: 'dossier.receive', handle: showIntake },
  { method: 'POST', path: '/mot-cua', access: 'dossier.receive', handle: receive },
  { method: 'POST', path: '/mot-cua/tim-nguoi', access: 'person.register', handle: findApplicant },
  { method: 'POST', path: '/mot-cua/nguoi-nop/:id', access: 'person.register', handle: completeApplicant },
  { method: 'POST', path: '/mot-cua/nguoi-nop', access: 'person.register', handle: addApplicant },
  { method: 'GET', path: '/mot-cua/thu-tuc.json', access: 'dossier.receive', handle: suggestProcedures },
  { method: 'GET', path: '/mot-cua/hen-tra', access: 'dossier.receive', handle: showDue },
]
