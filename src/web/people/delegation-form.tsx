/** The paper of a delegation, as a form: who, to whom, by which document, for how long, what, for which procedures. */
import { type PlainDate, dateOf, isPlainDate } from '#kernel/plain-date.ts'
import { DELEGABLE, roleCarries } from '#modules/access'
import type { DelegationRefusal, Seat, StaffMember } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import type { FieldWords } from '../field-errors.ts'
import type { FormFields, Req } from '../http.ts'
import { Actions, Button, Card, Checkbox, CheckboxGroup, DateField, type Errors, ErrorSummary, Form, RadioGroup, Select, TextArea, TextField } from '../ui/index.ts'
import { powerWords } from './delegation-words.ts'

export const DELEGATIONS = '/xu-ly/uy-quyen'

export type TypedDelegation = {
  readonly from: string
  /** `<post>/<person>` of the list. */
  readonly to: string
  readonly onlyPerson: boolean
  readonly number: string
  readonly on: string
  readonly begins: string
  readonly ends: string
  readonly powers: readonly string[]
  readonly scope: string
  readonly procedures: string
}

export const typedIn = (form: FormFields): TypedDelegation => ({
  from: form.get('tu-vi-tri'),
  to: form.get('cho'),
  onlyPerson: form.get('dich-danh') === '1',
  number: form.get('so'),
  on: form.get('ngay-ky'),
  begins: form.get('tu'),
  ends: form.get('den'),
  powers: form.list('viec'),
  scope: form.get('pham-vi'),
  procedures: form.get('thu-tuc'),
})

/** For the command's schema, which says what is wrong. */
export const wantedOf = (typed: TypedDelegation): object => {
  const [post = '', person = ''] = typed.to.split('/')
  return {
    fromPostId: typed.from,
    toPostId: typed.onlyPerson || post === '' ? null : post,
    toPersonId: typed.onlyPerson && person !== '' ? person : null,
    documentNumber: typed.number,
    documentOn: typed.on,
    from: typed.begins,
    lastDay: typed.ends,
    powers: typed.powers,
    procedures: typed.scope === 'mot-so' ? typed.procedures.split(/[\s,;]+/).filter((code) => code !== '') : null,
  }
}

const DAY = 'Chọn ngày.'
export const WORDS: FieldWords = {
  fromPostId: { field: 'tu-vi-tri', say: 'Chọn vị trí ủy quyền.' },
  toPostId: { field: 'cho', say: 'Chọn người được ủy quyền.' },
  toPersonId: { field: 'cho', say: 'Chọn người được ủy quyền.' },
  documentNumber: { field: 'so' },
  documentOn: { field: 'ngay-ky', say: DAY },
  from: { field: 'tu' },
  lastDay: { field: 'den' },
  powers: { field: 'viec' },
  procedures: { field: 'thu-tuc' },
}

/** The field that a refusal is about. */
export const fieldOf = (refusal: DelegationRefusal): string => {
  switch (refusal.code) {
    case 'power-not-carried':
      return 'viec'
    case 're-delegation':
      return 'tu-vi-tri'
    case 'to-oneself':
    case 'delegate-without-post':
    case 'delegate-post-invalid':
      return 'cho'
    default:
      return 'tu'
  }
}

type Props = { readonly req: Req; readonly seats: readonly Seat[]; readonly seat: Seat; readonly staff: readonly StaffMember[]; readonly typed: TypedDelegation | undefined; readonly errors: Errors }

/** Several own posts: which one is chosen by its own link, because its powers differ. */
const FromPost = ({ seats, seat, errors }: Props) => (
  <>
    <input type="hidden" name="tu-vi-tri" value={seat.postId} />
    <p id="tu-vi-tri">
      Người ủy quyền: <b>{seat.title}</b>, {seat.unitName}
      {seats.filter((s) => s.postId !== seat.postId).map((s) => (
        <>
          {' · '}
          <a href={`${DELEGATIONS}?tu=${s.postId}`}>{s.title}</a>
        </>
      ))}
    </p>
    {errors['tu-vi-tri'] !== undefined && <p class="error">{errors['tu-vi-tri']}</p>}
  </>
)

const dayOr = (typed: string | undefined, otherwise: PlainDate): string => (typed !== undefined && (typed === '' || isPlainDate(typed)) ? typed : otherwise)

export const DelegationForm = (props: Props) => {
  const { req, seat, staff, typed, errors } = props
  const today = dateOf(req.ctx.now)
  const powers = DELEGABLE.filter((power) => power !== 'dossier.read' && roleCarries(seat.role, power))
  const here = req.c.req.query('vi-tri')
  return (
    <Card as="section" title="Ghi ủy quyền">
      <Form view={req.view} action={here === undefined ? DELEGATIONS : `${DELEGATIONS}?vi-tri=${seat.postId}`} submissionKey={newId(req.ctx.now)} label="Ghi ủy quyền">
        <ErrorSummary errors={errors} ids={{ viec: 'viec', cho: 'cho' }} />
        <FromPost {...props} />
        <Select
          name="cho"
          label="Được ủy quyền"
          empty="Chọn vị trí"
          value={typed?.to}
          error={errors['cho']}
          options={staff.map((s) => ({ value: `${s.postId}/${s.personId}`, label: `${s.title} · ${s.name}`, group: s.unitName }))}
        />
        <Checkbox name="dich-danh" label="Chỉ đích danh người này, không theo vị trí" checked={typed?.onlyPerson === true} hint="Để trống: ai giữ vị trí đó thì được ủy quyền." />
        <div class="field-row">
          <TextField name="so" label="Số văn bản" value={typed?.number ?? ''} error={errors['so']} placeholder="07/GUQ-UBND" />
          <DateField name="ngay-ky" label="Ngày ký" size="full" value={dayOr(typed?.on, today)} error={errors['ngay-ky']} />
        </div>
        <div class="field-row">
          <DateField name="tu" label="Từ ngày" size="full" value={dayOr(typed?.begins, today)} error={errors['tu']} />
          <DateField name="den" label="Đến hết ngày" size="full" value={typed?.ends ?? ''} error={errors['den']} />
        </div>
        <CheckboxGroup name="viec" label="Việc được ủy quyền" values={typed?.powers ?? powers} error={errors['viec']} options={powers.map((power) => ({ value: power, label: powerWords(power) }))} hint="Được xem hồ sơ để làm những việc này." />
        <RadioGroup
          name="pham-vi"
          label="Thủ tục"
          inline
          value={typed?.scope ?? 'tat-ca'}
          options={[
            { value: 'tat-ca', label: 'Mọi thủ tục' },
            { value: 'mot-so', label: 'Chỉ một số thủ tục' },
          ]}
        />
        <TextArea name="thu-tuc" label="Mã các thủ tục, nếu chỉ một số" rows={2} value={typed?.procedures ?? ''} error={errors['thu-tuc']} optional hint="Cách nhau bằng dấu phẩy hoặc xuống dòng, ví dụ 1.004873, 2.000815" />
        <Actions>
          <Button>Ghi ủy quyền</Button>
        </Actions>
      </Form>
    </Card>
  )
}
