/** The form behind forms 02 and 03 at the counter: what is missing, why, for whom; before any dossier exists. */
import { type Component, type ProcedureRevision, paperName } from '#modules/catalogue'
import type { View } from '../http.ts'
import { PaperName } from '../paper-name.tsx'
import { shortName } from '../short-name.ts'
import { Actions, Button, ButtonLink, Combobox, type Errors, ErrorSummary, Form, Kbd, RadioGroup, TextArea, TextField } from '../ui/index.ts'

export type GuidanceKind = 'completion' | 'refusal'

/** What was typed, here or on the intake page. */
export type GuidanceValues = {
  readonly kind: GuidanceKind
  readonly procedureCode: string
  /** Where the intake page had them on record. */
  readonly personId: string
  readonly name: string
  readonly phone: string
  readonly address: string
  readonly email: string
  /** Numbers of the components that are missing. */
  readonly missing: readonly number[]
  /** One thing to do a line. */
  readonly more: string
  readonly reason: string
  readonly legalBasis: string
}

export const NO_GUIDANCE: GuidanceValues = { kind: 'completion', procedureCode: '', personId: '', name: '', phone: '', address: '', email: '', missing: [], more: '', reason: '', legalBasis: '' }

/** `Tờ khai đăng ký kết hôn (1 bản chính)`, as it is printed. */
const itemOf = (c: Component): string => {
  const sheets = [c.originals > 0 ? `${c.originals} bản chính` : '', c.copies > 0 ? `${c.copies} bản sao` : ''].filter((v) => v !== '').join(', ')
  // Published names run to whole paragraphs; an item holds 500 signs.
  const name = paperName(c.name)
  const short = name.length > 440 ? `${name.slice(0, 440).trimEnd()}…` : name
  return sheets === '' ? short : `${short} (${sheets})`
}

export const itemsOf = (values: Pick<GuidanceValues, 'missing' | 'more'>, components: readonly Component[]): readonly string[] => [
  ...components.filter((c) => values.missing.includes(c.n)).map(itemOf),
  ...values.more.split('\n').map((line) => line.trim()).filter((line) => line !== ''),
]

/** Quick picks: the published papers; what asks for no sheet is left to the free lines. */
export const MissingPapers = (props: { readonly components: readonly Component[]; readonly missing: readonly number[]; readonly id: string; readonly kbd?: string; readonly form?: string }) => {
  const papers = props.components.filter((c) => c.originals + c.copies > 0)
  if (papers.length === 0) return null
  return (
    <fieldset class="field choices">
      <legend>
        Giấy tờ còn thiếu hoặc chưa đúng {props.kbd !== undefined && <Kbd>{props.kbd}</Kbd>}
      </legend>
      <div class="choice-list pick-papers">
        {papers.map((c, i) => (
          <div class="choice">
            <input
              type="checkbox"
              name="thieu"
              id={`${props.id}-${c.n}`}
              value={String(c.n)}
              checked={props.missing.includes(c.n)}
              form={props.form}
              {...(i === 0 && props.kbd !== undefined ? { 'data-key': props.kbd, 'aria-keyshortcuts': props.kbd } : {})}
            />
            <PaperName name={itemOf(c)} for={`${props.id}-${c.n}`} />
          </div>
        ))}
      </div>
    </fieldset>
  )
}

const Procedure = (props: { readonly procedure: ProcedureRevision | undefined; readonly values: GuidanceValues; readonly error: string | undefined }) => (
  <div class="pick">
    <Combobox
      name="thu-tuc"
      label="Thủ tục"
      kbd="1"
      optional
      value={props.procedure?.code ?? props.values.procedureCode}
      source="/mot-cua/huong-dan/thu-tuc.json"
      placeholder="Tên hay mã; bỏ trống nếu không có trong danh mục"
      hint={props.procedure === undefined ? undefined : shortName(props.procedure.name)}
      error={props.error}
    />
    <Button kind="quiet" formaction="/mot-cua/huong-dan/soan">
      Hiện giấy tờ
    </Button>
  </div>
)

export const GuidanceForm = (props: {
  readonly view: View
  readonly submissionKey: string
  readonly procedure: ProcedureRevision | undefined
  readonly values: GuidanceValues
  readonly errors: Errors
}) => {
  const { values, errors, procedure } = props
  return (
    <Form view={props.view} action="/mot-cua/huong-dan" submissionKey={props.submissionKey} class="form guidance-form" label="Phiếu hướng dẫn">
      <ErrorSummary errors={errors} />
      {/* The first button of a form is what Enter in a field presses. */}
      <button type="submit" class="visually-hidden" tabindex={-1} aria-hidden="true">
        Lập phiếu
      </button>
      <RadioGroup
        name="loai"
        label="Loại phiếu"
        value={values.kind}
        options={[
          { value: 'completion', label: 'Yêu cầu bổ sung, hoàn thiện hồ sơ', hint: 'Người nộp mang đủ giấy tờ thì quầy nhận.' },
          { value: 'refusal', label: 'Từ chối tiếp nhận', hint: 'Không thuộc thẩm quyền hoặc không đủ điều kiện giải quyết.' },
        ]}
      />
      <input type="hidden" name="nguoi" value={values.personId} />
      <Procedure procedure={procedure} values={values} error={errors['thu-tuc']} />
      <TextField name="ho-ten" label="Người nộp" kbd="2" value={values.name} error={errors['ho-ten']} autofocus={values.name === '' && Object.keys(errors).length === 0} />
      <div class="field-row">
        <TextField name="dien-thoai" label="Điện thoại" optional inputmode="tel" value={values.phone} error={errors['dien-thoai']} />
        <TextField name="email" label="Thư điện tử" optional type="email" value={values.email} error={errors['email']} />
      </div>
      <TextField name="dia-chi" label="Địa chỉ" optional value={values.address} error={errors['dia-chi']} />
      {procedure !== undefined && <MissingPapers components={procedure.components} missing={values.missing} id="thieu" kbd="3" />}
      <TextArea name="them" label="Nội dung cần hoàn thiện khác" optional rows={3} value={values.more} error={errors['them']} hint="Mỗi dòng một việc." kbd="4" />
      <TextArea name="ly-do" label="Lý do" rows={2} maxlength={2000} value={values.reason} error={errors['ly-do']} kbd="5" />
      <TextField name="can-cu" label="Căn cứ pháp lý" optional value={values.legalBasis} error={errors['can-cu']} hint="Nên ghi khi từ chối: điều, khoản, văn bản." />
      <Actions>
        <Button kbd="Enter">Lập phiếu</Button>
        <ButtonLink href="/mot-cua" kind="quiet">
          Về tiếp nhận
        </ButtonLink>
      </Actions>
    </Form>
  )
}
