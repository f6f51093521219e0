/** The two questions on the left of the intake page: which procedure, who applies. Plain forms, so that they work without script; the person's by POST. */
import { formatDate } from '#kernel/plain-date.ts'
import type { Person } from '#modules/organisation'
import type { View } from '../http.ts'
import { ProcedureHits } from '../procedure-hits.tsx'
import { shortName } from '../short-name.ts'
import { Badge, Button, Combobox, Form, TextField } from '../ui/index.ts'
import { feeOfAll, rowLimit } from '../procedure-words.ts'
import { type ApplicantForm, CompleteApplicant, NewApplicant } from './intake-applicant.tsx'
import { type IntakeView, intakeHref } from './intake-view.ts'

export const ProcedurePicker = (props: { readonly view: View; readonly intake: IntakeView }) => {
  const { intake } = props
  const { procedure, query } = intake
  const chosen = intake.rows.find(({ row }) => row.n === intake.chosenRow)?.row
  const facts = [procedure?.code, ...(chosen === undefined ? [] : [rowLimit(chosen, 'vi'), feeOfAll([chosen], 'vi')])]
  return (
    <>
      <Form view={props.view} method="get" action="/mot-cua" class="pick" label="Tìm thủ tục">
        {query.personId !== '' && <input type="hidden" name="nguoi-nop" value={query.personId} />}
        <Combobox
          name="tim-thu-tuc"
          label="Thủ tục"
          kbd="1"
          value={procedure === undefined ? query.procedureQ : shortName(procedure.name)}
          source={`/mot-cua/thu-tuc.json${query.personId === '' ? '' : `?nguoi-nop=${query.personId}`}`}
          placeholder="Tên hay mã, không dấu cũng được"
          autofocus={procedure === undefined && intake.procedureHits === undefined}
          hint={procedure === undefined ? undefined : facts.filter((fact) => fact !== undefined).join(' · ')}
        />
        <Button kind="quiet">Tìm</Button>
      </Form>
      {intake.notHere !== undefined && (
        <p class="field-error" role="alert">
          Quầy này không nhận thủ tục đó: {intake.notHere}.
        </p>
      )}
      <ProcedureHits hits={intake.procedureHits} href={(code) => intakeHref(query, { procedureCode: code, row: '' })} focus />
    </>
  )
}

/** `0905 … 217`: enough to ask "is it you?", not enough to read off the screen. */
const maskedPhone = (phone: string): string => (phone.length < 8 ? phone : `${phone.slice(0, 4)} … ${phone.slice(-3)}`)

const personFacts = (person: Person): string =>
  [person.birthOn === null ? '' : person.birthOn.slice(0, 4), person.personalNumber ?? 'chưa có số định danh', person.phone === null ? '' : maskedPhone(person.phone)].filter((v) => v !== '').join(' · ')

const Chosen = (props: { readonly view: View; readonly intake: IntakeView; readonly form: ApplicantForm; readonly person: Person }) => {
  const { person } = props
  return (
    <>
      <p class="chosen">
        <b>{person.name}</b>
        {person.birthOn !== null && `, sinh ${formatDate(person.birthOn)}`}
        <br />
        <span class="soft small">{[person.personalNumber, person.phone === null ? null : maskedPhone(person.phone), person.address].filter((v) => v !== null && v !== undefined).join(' · ')}</span>
      </p>
      <CompleteApplicant {...props} />
    </>
  )
}

export const ApplicantPicker = (props: { readonly view: View; readonly intake: IntakeView; readonly form: ApplicantForm }) => {
  const { intake, form } = props
  const { person, people, query } = intake
  return (
    <>
      <Form view={props.view} action="/mot-cua/tim-nguoi" class="pick" label="Tìm người nộp">
        <input type="hidden" name="thu-tuc" value={query.procedureCode} />
        <input type="hidden" name="dong" value={query.row} />
        <TextField
          name="tim-nguoi"
          label="Người nộp"
          kbd="2"
          value={person?.personalNumber ?? person?.name ?? query.personQ}
          placeholder="Số định danh, tên hoặc điện thoại"
          autocomplete="off"
          autofocus={intake.procedure !== undefined && person === undefined && people === undefined}
        />
        <Button kind="quiet">Tìm</Button>
      </Form>
      {person !== undefined && <Chosen {...props} person={person} />}
      {people !== undefined && people.length > 0 && (
        <ul class="result-list" aria-label="Người tìm thấy">
          {people.map((found, i) => (
            <li>
              <a href={intakeHref(query, { personId: found.id })} autofocus={i === 0}>
                {found.name}
              </a>{' '}
              {found.kind === 'organisation' && <Badge>tổ chức</Badge>}
              <div class="soft small num">{personFacts(found)}</div>
            </li>
          ))}
        </ul>
      )}
      {person === undefined && <NewApplicant {...props} open={people?.length === 0 || (form.of === undefined && Object.keys(form.errors).length > 0)} />}
    </>
  )
}
