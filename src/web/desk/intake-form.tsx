/** The dossier itself: which row, which papers, which files, how the result goes back; beside it the due date and the one button. */
import type { Instant } from '#kernel/plain-date.ts'
import { formatTime } from '#kernel/plain-date.ts'
import { errorInVietnamese } from '#modules/calendar'
import { type Component, caseName, paperName } from '#modules/catalogue'
import { ACCEPTED } from '#modules/documents'
import type { View } from '../http.ts'
import { PaperName, Quantity } from '../paper-name.tsx'
import { CHANNEL_NAMES, feeLinesOf, rowLimit } from '../procedure-words.ts'
import { BigDate, Button, type Errors, FileDrop, Form, type KeptFile, Kbd, RadioGroup, Select, TextField, Why, dueInWords, limitInWords } from '../ui/index.ts'
import type { Case, IntakeView, RowChoice } from './intake-view.ts'

/** What was typed, shown again after a 422 or 409. */
export type DossierForm = {
  readonly key: string
  readonly errors: Errors
  readonly refusal: string | undefined
  readonly ticked: ReadonlySet<number>
  readonly counts: ReadonlyMap<number, { readonly originals: number; readonly copies: number }>
  /** Files already stored, by component; under 0 those of no published paper. */
  readonly kept: ReadonlyMap<number, readonly KeptFile[]>
  readonly values: Readonly<Record<string, string>>
}

export const emptyDossierForm = (key: string): DossierForm => ({ key, errors: {}, refusal: undefined, ticked: new Set(), counts: new Map(), kept: new Map(), values: {} })

const dueText = ({ deadline }: RowChoice): string =>
  deadline.ok ? (deadline.value.dueAt === null ? '' : `hẹn trả ${dueInWords(deadline.value.dueAt, 'vi')}`) : errorInVietnamese(deadline.error)

const Rows = (props: { readonly intake: IntakeView }) => {
  const { intake } = props
  if (intake.rows.length === 1) return <input type="hidden" name="dong" value={String(intake.chosenRow ?? '')} />
  return (
    <RadioGroup
      name="dong"
      label="Cách nộp và thời hạn"
      value={String(intake.chosenRow ?? '')}
      options={intake.rows.map((choice) => ({
        value: String(choice.row.n),
        label: `${CHANNEL_NAMES[choice.row.channel].vi}: ${rowLimit(choice.row, 'vi')}${choice.row.appliesWhen === null ? '' : ` (${choice.row.appliesWhen})`}`,
        hint: dueText(choice),
      }))}
      attributes={{ 'hx-get': `/mot-cua/hen-tra?thu-tuc=${intake.query.procedureCode}`, 'hx-include': 'this', 'hx-target': '#due', 'hx-trigger': 'change' }}
    />
  )
}

const PaperRow = (props: { readonly component: Component; readonly form: DossierForm }) => {
  const { component: c, form } = props
  const counts = form.counts.get(c.n) ?? c
  const id = `giay-${c.n}`
  const name = paperName(c.name)
  return (
    <tr>
      <td class="select">
        <input type="checkbox" id={id} name="giay" value={String(c.n)} checked={form.ticked.has(c.n)} />
      </td>
      <td>
        <PaperName name={name} for={id} />
        {(form.kept.get(c.n) ?? []).map((file) => (
          <label class="kept">
            <input type="checkbox" name={`da-gui-${c.n}`} value={file.id} checked={true} /> {file.name}
          </label>
        ))}
      </td>
      <td class="n">
        <Quantity name={`ban-chinh-${c.n}`} label={`Số bản chính: ${name}`} value={counts.originals} />
      </td>
      <td class="n">
        <Quantity name={`ban-sao-${c.n}`} label={`Số bản sao: ${name}`} value={counts.copies} />
      </td>
      <td>
        <input class="attach" type="file" name={`tep-${c.n}`} aria-label={`Tệp quét: ${name}`} accept={ACCEPTED} multiple={true} />
      </td>
    </tr>
  )
}

const PaperTable = (props: { readonly cases: readonly Case[]; readonly form: DossierForm; readonly caption: string; readonly main?: boolean }) => (
  <div class="table-wrap scroll" tabindex={0} role="region" aria-label={props.caption}>
    <table class="papers">
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="select">
            <span class="visually-hidden">Đã kiểm tra</span>
            <input class="js-only" type="checkbox" data-all="giay" aria-label="Đủ tất cả giấy tờ" {...(props.main === true ? { 'data-key': '3', 'aria-keyshortcuts': '3' } : {})} />
          </th>
          <th scope="col">Thành phần</th>
          <th scope="col" class="n">
            Bản chính
          </th>
          <th scope="col" class="n">
            Bản sao
          </th>
          <th scope="col">Tệp quét</th>
        </tr>
      </thead>
      {props.cases.map((one) => (
        <tbody>
          {one.name !== null && (
            <tr class="group">
              <th scope="rowgroup" colspan={5}>
                {caseName(one.name)}
              </th>
            </tr>
          )}
          {one.components.map((c) => (
            <PaperRow component={c} form={props.form} />
          ))}
        </tbody>
      ))}
    </table>
  </div>
)

/** The published lists mix papers with remarks that ask for no sheet: those are folded, yet can be ticked (a paper only shown). */
const Papers = (props: { readonly cases: readonly Case[]; readonly form: DossierForm }) => {
  const all = props.cases.flatMap((c) => c.components)
  const asksNothing = (c: Component) => c.originals + c.copies === 0 && !props.form.ticked.has(c.n)
  const folded = all.every(asksNothing) ? [] : all.filter(asksNothing)
  const only = (keep: (c: Component) => boolean) => props.cases.map((c) => ({ ...c, components: c.components.filter(keep) })).filter((c) => c.components.length > 0)
  return (
    <>
      <h2 class="intake-heading">
        Giấy tờ <Kbd>3</Kbd>
      </h2>
      <PaperTable cases={only((c) => !folded.includes(c))} form={props.form} caption="Giấy tờ phải nộp: đánh dấu khi đã kiểm tra" main />
      {folded.length > 0 && (
        <details>
          <summary>Lưu ý và giấy tờ chỉ xuất trình ({folded.length})</summary>
          <PaperTable cases={only((c) => folded.includes(c))} form={props.form} caption="Lưu ý và giấy tờ chỉ xuất trình" />
        </details>
      )}
    </>
  )
}

/** Swapped by htmx when another row is chosen, and every minute: the cut-off of the day passes while people talk. */
export const DueCard = (props: { readonly choice: RowChoice | undefined; readonly now: Instant }) => {
  const { choice, now } = props
  if (choice === undefined) return null
  const { row, deadline } = choice
  if (!deadline.ok) return <p class="field-error">{errorInVietnamese(deadline.error)}</p>
  return (
    <>
      <span class="soft small">Hẹn trả</span>
      {deadline.value.dueAt !== null && <BigDate at={deadline.value.dueAt} now={now} lang="vi" />}
      <p class="soft small">
        nhận {formatTime(now)}, {row.limit !== null && (row.limit.amount === 0 ? 'giải quyết trong ngày' : `thời hạn ${limitInWords(row.limit, 'vi')}`)}
      </p>
      <Why lines={deadline.value.explanation} lang="vi" provisional={deadline.value.provisional} />
      <hr />
      <span class="soft small">Phí, lệ phí</span>
      {feeLinesOf(row.fee, 'vi').map((line) => (
        <div class="fee">
          <b class="num">{line.amount}</b>
          {line.note !== null && <span class="soft small fee-note">{line.note}</span>}
        </div>
      ))}
    </>
  )
}

const DELIVERY = [
  { value: 'counter', label: 'Tại quầy' },
  { value: 'postal', label: 'Qua bưu chính' },
  { value: 'online', label: 'Bản điện tử' },
]

const Delivery = (props: { readonly form: DossierForm }) => {
  const { values, errors } = props.form
  return (
    <>
      <div class="field-row">
        <Select name="tra-ket-qua" label="Nhận kết quả" options={DELIVERY} value={values['tra-ket-qua'] ?? 'counter'} />
        <TextField name="so-bo" label="Số bộ hồ sơ" type="number" min={1} max={20} value={values['so-bo'] ?? '1'} error={errors['so-bo']} />
      </div>
      <TextField name="dia-chi-nhan" label="Địa chỉ nhận, nếu qua bưu chính" optional value={values['dia-chi-nhan'] ?? ''} error={errors['dia-chi-nhan']} />
      <details open={(values['nop-thay'] ?? '') !== '' || errors['nop-thay'] !== undefined}>
        <summary>Người khác nộp thay, ghi chú</summary>
        <TextField name="nop-thay" label="Số định danh của người nộp thay" optional inputmode="numeric" value={values['nop-thay'] ?? ''} error={errors['nop-thay']} />
        <TextField name="quan-he" label="Theo giấy tờ nào" optional placeholder="Giấy ủy quyền số …" value={values['quan-he'] ?? ''} error={errors['quan-he']} />
        <TextField name="ghi-chu" label="Ghi chú" optional value={values['ghi-chu'] ?? ''} error={errors['ghi-chu']} />
      </details>
    </>
  )
}

export const DossierFormView = (props: { readonly view: View; readonly intake: IntakeView; readonly form: DossierForm; readonly now: Instant }) => {
  const { intake, form } = props
  const chosen = intake.rows.find(({ row }) => row.n === intake.chosenRow)
  const ready = intake.person !== undefined && chosen !== undefined && intake.notHere === undefined
  return (
    <Form view={props.view} action="/mot-cua" submissionKey={form.key} multipart class="intake-form" id="tiep-nhan" label="Hồ sơ">
      <input type="hidden" name="thu-tuc" value={intake.query.procedureCode} />
      <input type="hidden" name="nguoi-nop" value={intake.query.personId} />
      <input type="hidden" name="ban-quyet-dinh" value={intake.procedure?.id ?? ''} />
      <section>
            <Rows intake={intake} />
            <Papers cases={intake.cases} form={form} />
            <FileDrop name="tep-0" label="Tệp khác" optional hint="PDF, JPG, PNG, DOCX, XLSX" accept={ACCEPTED} kept={form.kept.get(0) ?? []} keptName="da-gui-0" upload="/tai-len" error={form.errors['tep-0']} />
            <Delivery form={form} />
      </section>
      <aside class="card due-card">
        <div
          id="due"
          {...(chosen === undefined ? {} : { 'hx-get': `/mot-cua/hen-tra?thu-tuc=${intake.query.procedureCode}&dong=${chosen.row.n}`, 'hx-trigger': 'every 60s' })}
        >
          <DueCard choice={chosen} now={props.now} />
        </div>
        {chosen === undefined && <p class="field-error">Thủ tục này chưa nhận tại quầy được: thời hạn công bố còn chỗ chưa rõ, người quản trị phải xác định trước.</p>}
        <Button wide kbd="Enter" disabled={!ready}>
          Tiếp nhận và in phiếu
        </Button>
        {intake.person === undefined && <p class="hint">Chọn người nộp trước (phím 2).</p>}
        {/* Two keys: one letter of a name typed too early must not lead away. */}
        <Button wide kind="quiet" kbd="g d" formaction="/mot-cua/huong-dan/soan">
          {intake.notHere === undefined ? 'Lập phiếu hướng dẫn' : 'Lập phiếu từ chối'}
        </Button>
      </aside>
    </Form>
  )
}
