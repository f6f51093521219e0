/** Who is not known yet is added here; what is missing of who is known is filled in while they stand at the counter. */
import type { Person } from '#modules/organisation'
import type { View } from '../http.ts'
import { Actions, Button, DateField, type Errors, ErrorSummary, Form, Kbd, RadioGroup, TextField } from '../ui/index.ts'
import type { IntakeView } from './intake-view.ts'

/** `of`: the person whose details are corrected; without it a new one. */
export type ApplicantForm = { readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly key: string; readonly of?: string }

const guess = (q: string): Readonly<Record<string, string>> => {
  const digits = q.replace(/[\s.]/g, '')
  if (/^\d{12}$/.test(digits)) return { personalNumber: digits }
  if (/^0\d{9,10}$/.test(digits)) return { phone: digits }
  return /\d/.test(q) ? {} : { name: q }
}

export const NewApplicant = (props: { readonly view: View; readonly intake: IntakeView; readonly form: ApplicantForm; readonly open: boolean }) => {
  const { intake, form } = props
  const values = { ...guess(intake.query.personQ), ...form.values }
  const field = (name: string) => ({ name, value: values[name] ?? '', error: form.errors[name] })
  return (
    <details class="new-person" open={props.open}>
      <summary>{props.open && Object.keys(form.errors).length === 0 ? 'Chưa có người này: thêm mới' : 'Thêm người nộp mới'}</summary>
      <Form view={props.view} action="/mot-cua/nguoi-nop" submissionKey={form.key} label="Thêm người nộp">
        <ErrorSummary errors={form.errors} />
        <input type="hidden" name="thu-tuc" value={intake.query.procedureCode} />
        <input type="hidden" name="dong" value={intake.query.row} />
        <RadioGroup
          name="kind"
          label="Loại"
          inline
          value={values['kind'] ?? 'individual'}
          options={[
            { value: 'individual', label: 'Cá nhân' },
            { value: 'organisation', label: 'Tổ chức' },
          ]}
        />
        <TextField {...field('name')} label="Họ tên hoặc tên tổ chức" autofocus={props.open && values['name'] === undefined} />
        <div class="field-row">
          <TextField {...field('personalNumber')} label="Số định danh, mã số thuế" inputmode="numeric" optional />
          <TextField {...field('phone')} label="Điện thoại" inputmode="tel" optional />
          <DateField {...field('birthOn')} label="Ngày sinh" optional size="full" />
        </div>
        <TextField {...field('address')} label="Nơi cư trú, trụ sở" optional />
        <Actions>
          <Button kind="quiet">Thêm và chọn</Button>
        </Actions>
      </Form>
    </details>
  )
}

const MISSING: readonly (readonly [keyof Person, string])[] = [
  ['personalNumber', 'số định danh'],
  ['phone', 'điện thoại'],
  ['address', 'nơi cư trú'],
]

/** Phone, address and e-mail may change with every visit; a number is asked for only where there is none: it says who somebody is. */
export const CompleteApplicant = (props: { readonly view: View; readonly intake: IntakeView; readonly form: ApplicantForm; readonly person: Person }) => {
  const { intake, person } = props
  const form = props.form.of === person.id ? props.form : { ...props.form, values: {}, errors: {} }
  const field = (name: 'personalNumber' | 'phone' | 'address' | 'email') => ({ name, value: form.values[name] ?? person[name] ?? '', error: form.errors[name] })
  const missing = MISSING.filter(([name]) => person[name] === null).map(([, words]) => words)
  return (
    <details class="new-person" open={Object.keys(form.errors).length > 0}>
      <summary data-key="e" aria-keyshortcuts="e">
        {missing.length === 0 ? 'Sửa điện thoại, nơi cư trú' : `Còn thiếu ${missing.join(', ')}: bổ sung`} <Kbd>e</Kbd>
      </summary>
      <Form view={props.view} action={`/mot-cua/nguoi-nop/${person.id}`} submissionKey={form.key} label="Bổ sung thông tin người nộp">
        <ErrorSummary errors={form.errors} />
        <input type="hidden" name="thu-tuc" value={intake.query.procedureCode} />
        <input type="hidden" name="dong" value={intake.query.row} />
        {person.personalNumber === null && <TextField {...field('personalNumber')} label={person.kind === 'individual' ? 'Số định danh cá nhân' : 'Mã số thuế, mã số doanh nghiệp'} inputmode="numeric" optional />}
        <div class="field-row">
          <TextField {...field('phone')} label="Điện thoại" inputmode="tel" optional />
          <TextField {...field('email')} label="Thư điện tử" type="email" optional />
        </div>
        <TextField {...field('address')} label="Nơi cư trú, trụ sở" optional />
        <Actions>
          <Button kind="quiet">Ghi lại</Button>
        </Actions>
      </Form>
      {person.kind === 'individual' && (
        <p class="small">
          <a href={`/mot-cua/nguoi-nop/${person.id}/tai-khoan`}>Tài khoản trực tuyến của người này</a>
        </p>
      )}
    </details>
  )
}
