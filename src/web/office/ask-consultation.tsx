/** `/xu-ly/ho-so/:id/lay-y-kien`: the case officer asks other units, several at once, each with a limit of its own. */
import { dateOf } from '#kernel/plain-date.ts'
import { AskConsultation, type ConsultableUnit, type DossierView, askConsultation, consultableUnits, getDossierView } from '#modules/dossier'
import { consultationSetting } from '#modules/process'
import { newId } from '#platform/ids.ts'
import { ActPage } from '../act-page.tsx'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { Actions, Button, type Errors, FileDrop, Form, type KeptFile, Select, TextArea, TextField, dueInWords } from '../ui/index.ts'
import { storeFiles } from '../uploads.ts'
import { LIMIT_UNITS, silenceInWords } from './consultation-words.ts'
import { dossierId } from './dossier.tsx'

/** As many as one form asks; whoever needs more asks again. */
const ROWS = [1, 2, 3, 4] as const
const names = (row: number) => ({ unit: `don-vi-${row}`, amount: `so-${row}`, of: `tinh-theo-${row}` })

type Shown = { readonly typed: (name: string) => string | undefined; readonly kept: readonly KeptFile[]; readonly errors: Errors; readonly refusal?: string }
type Setting = ReturnType<typeof consultationSetting>

const UnitRow = (props: { readonly row: number; readonly units: readonly ConsultableUnit[]; readonly setting: Setting; readonly shown: Shown }) => {
  const { row, shown, setting } = props
  const { unit, amount, of } = names(row)
  return (
    <fieldset class="plain">
      <legend>Đơn vị thứ {row}</legend>
      <div class="field-row">
        <Select
          name={unit}
          label="Đơn vị được hỏi"
          optional={row > 1}
          empty="Chọn đơn vị"
          value={shown.typed(unit)}
          error={shown.errors[unit]}
          options={props.units.map((u) => ({ value: u.id, label: u.id === u.agencyId ? `${u.name} (lãnh đạo)` : u.name, group: u.agencyName }))}
        />
        <TextField name={amount} label="Trả lời trong" inputmode="numeric" value={shown.typed(amount) ?? setting.limit.amount} error={shown.errors[amount]} />
        <Select name={of} label="Tính theo" value={shown.typed(of) ?? setting.limit.unit} options={LIMIT_UNITS} />
      </div>
    </fieldset>
  )
}

const AskPage = (props: { readonly req: Req; readonly dossier: DossierView; readonly units: readonly ConsultableUnit[]; readonly shown: Shown; readonly submissionKey: ReturnType<typeof newId> }) => {
  const { req, dossier: d, shown } = props
  const setting = consultationSetting(d.regime, d.procedureCode, dateOf(req.ctx.now))
  // Nearest first: those of the own agency.
  const units = props.units.filter((u) => u.id !== d.divisionId).toSorted((a, b) => Number(b.agencyId === d.agencyId) - Number(a.agencyId === d.agencyId))
  const [first, ...others] = ROWS.map((row) => ({ row, at: <UnitRow row={row} units={units} setting={setting} shown={shown} /> }))
  const used = others.some(({ row }) => (shown.typed(names(row).unit) ?? '') !== '' || shown.errors[names(row).unit] !== undefined)
  return (
    <ActPage
      req={req}
      dossier={d}
      name="Lấy ý kiến"
      title="Lấy ý kiến đơn vị khác"
      undone="Chưa gửi được."
      problem={shown}
    >
      <p>
        Thời hạn giải quyết vẫn chạy{d.dueAt !== null && `, hẹn trả ${dueInWords(d.dueAt, 'vi')}`}. Đơn vị được hỏi xem được hồ sơ cho đến khi trả lời hoặc hết hạn. {silenceInWords(setting.silence)}.
      </p>
      <Form view={req.view} action={`/xu-ly/ho-so/${d.id}/lay-y-kien`} submissionKey={props.submissionKey} multipart label="Lấy ý kiến">
        <input type="hidden" name="version" value={String(d.version)} />
        <TextArea name="question" label="Nội dung cần cho ý kiến" rows={4} maxlength={4000} value={shown.typed('question') ?? ''} error={shown.errors['question']} autofocus={shown.typed('question') === undefined} />
        <FileDrop name="tep" label="Tệp gửi kèm" optional hint="Giấy tờ trong hồ sơ thì đơn vị được hỏi đã xem được." kept={shown.kept} keptName="tep-da-gui" upload="/tai-len" error={shown.errors['tep']} />
        {first?.at}
        <details class="fold" open={used}>
          <summary>Hỏi thêm đơn vị khác</summary>
          {others.map(({ at }) => at)}
        </details>
        <Actions>
          <Button>Gửi lấy ý kiến</Button>
        </Actions>
      </Form>
    </ActPage>
  )
}

const show = async (req: Req, form?: FormFields, problem: { readonly errors?: Errors; readonly kept?: readonly KeptFile[]; readonly refusal?: string } = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const dossier = await getDossierView(req.ctx, dossierId(req))
  if (!dossier.actions.some((a) => a.action === 'ask-consultation')) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  const shown: Shown = { typed: (name) => form?.get(name), kept: problem.kept ?? [], errors: problem.errors ?? {}, ...(problem.refusal !== undefined && { refusal: problem.refusal }) }
  return html(req, <AskPage req={req} dossier={dossier} units={await consultableUnits(req.ctx)} shown={shown} submissionKey={submissionKeyOf(req, status === 422 ? form : undefined)} />, status)
}

const ask = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const files = await storeFiles(req, form, 'tep', 'tep-da-gui')
  // The first row always; of the others those where somebody was chosen.
  const rows = ROWS.filter((row) => row === 1 || form.get(names(row).unit) !== '')
  const units = rows.map((row) => ({ unitId: form.get(names(row).unit), amount: Number(form.get(names(row).amount)), unit: form.get(names(row).of) }))
  const parsed = AskConsultation.safeParse({ submissionKey: form.get('submissionKey'), dossierId: dossierId(req), version: Number(form.get('version')), question: form.get('question'), uploadIds: files.ids, units })
  if (!parsed.success || files.problems.length > 0) {
    const words = { question: { field: 'question', say: 'Ghi nội dung cần cho ý kiến.' }, uploadIds: { field: 'tep', say: 'Gửi kèm nhiều nhất 10 tệp.' }, units: { field: 'units' } }
    const { units: _, ...errors } = parsed.success ? {} as Errors : fieldErrors(parsed.error, words)
    const wrong = parsed.success ? [] : parsed.error.issues.flatMap(({ path }) => (path[0] === 'units' && typeof path[1] === 'number' ? [{ row: rows[path[1]] ?? 1, of: path[2] }] : []))
    const atRows = Object.fromEntries(wrong.map(({ row, of }) => (of === 'unitId' ? [names(row).unit, 'Chọn đơn vị được hỏi.'] : [names(row).amount, 'Ghi số ngày, số giờ từ 1 đến 90.'])))
    return show(req, form, { errors: { ...errors, ...atRows, ...(files.problems.length > 0 && { tep: files.problems.join(' ') }) }, kept: files.files }, 422)
  }
  const done = await askConsultation(req.ctx, parsed.data)
  if (!done.ok) return show(req, form, { refusal: actRefusal(done.error), kept: files.files }, 409)
  return seeOther(req, `/xu-ly/ho-so/${done.value.id}#lay-y-kien`)
}

export const askConsultationRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly/ho-so/:id/lay-y-kien', access: 'dossier.examine', handle: (req) => show(req) },
  { method: 'POST', path: '/xu-ly/ho-so/:id/lay-y-kien', access: 'dossier.examine', handle: ask },
]
