/** `/xu-ly/ho-so/:id/dinh-chinh-thu-tuc`: the right procedure or way of filing, with the date that it gives before anything is done. Two plain forms: find, then correct. */
import { errorInVietnamese } from '#modules/calendar'
import { paperName, searchProcedures } from '#modules/catalogue'
import { CorrectProcedure, type DossierView, type ProcedurePreview, correctProcedure, getDossierView, previewProcedure } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { ActPage } from '../act-page.tsx'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { PaperName, Quantity } from '../paper-name.tsx'
import { ProcedureHits } from '../procedure-hits.tsx'
import { CHANNEL_NAMES, rowLimit } from '../procedure-words.ts'
import { acceptanceRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { Actions, Button, type Errors, Form, Notice, RadioGroup, TextField, dueInWords } from '../ui/index.ts'
import { REASON } from './correction-act.ts'
import { CorrectionReason } from './correction-fields.tsx'
import { dossierId } from './dossier.tsx'

const FOUND = 8
type Shown = { readonly form?: FormFields | undefined; readonly errors: Errors; readonly refusal?: string }
type Props = { readonly req: Req; readonly dossier: DossierView; readonly shown: Shown }

const path = (id: string): string => `/xu-ly/ho-so/${id}/dinh-chinh-thu-tuc`

const Finder = async (req: Req, { id }: DossierView) => {
  const q = req.c.req.query('tim') ?? ''
  const found = q === '' ? undefined : (await searchProcedures(req.ctx, { q, limit: FOUND })).procedures
  return (
    <>
      <Form view={req.view} method="get" action={path(id)} class="pick" label="Tìm thủ tục đúng">
        <TextField name="tim" label="Thủ tục đúng" value={q} placeholder="Tên hay mã, không dấu cũng được" size="full" />
        <Button kind="quiet">Tìm</Button>
      </Form>
      <ProcedureHits hits={found} href={(code) => `${path(id)}?thu-tuc=${code}`} />
    </>
  )
}

type Paper = ProcedurePreview['papers'][number]
type PaperProps = { readonly papers: readonly Paper[]; readonly form: FormFields | undefined; readonly caption: string }

const isTicked = (paper: Paper, form: FormFields | undefined): boolean => (form === undefined ? paper.ticked : form.list('giay').includes(String(paper.n)))

const PaperTable = ({ papers, form, caption }: PaperProps) => (
  <div class="table-wrap scroll" tabindex={0} role="region" aria-label={caption}>
    <table class="papers">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="select">
            <span class="visually-hidden">Đã nhận</span>
          </th>
          <th scope="col">Thành phần</th>
          <th scope="col" class="n">
            Bản chính
          </th>
          <th scope="col" class="n">
            Bản sao
          </th>
        </tr>
      </thead>
      <tbody>
        {papers.map((paper) => {
          const [id, name] = [`giay-${paper.n}`, paperName(paper.name)]
          return (
            <tr>
              <td class="select">
                <input type="checkbox" id={id} name="giay" value={String(paper.n)} checked={isTicked(paper, form)} />
              </td>
              <td>
                <PaperName name={name} for={id} />
              </td>
              <td class="n">
                <Quantity name={`ban-chinh-${paper.n}`} label={`Số bản chính: ${name}`} value={form?.get(`ban-chinh-${paper.n}`) ?? String(paper.originals)} />
              </td>
              <td class="n">
                <Quantity name={`ban-sao-${paper.n}`} label={`Số bản sao: ${name}`} value={form?.get(`ban-sao-${paper.n}`) ?? String(paper.copies)} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  </div>
)

/** As at the counter: remarks that ask for no sheet are folded. */
const PaperList = (props: { readonly preview: ProcedurePreview; readonly form: FormFields | undefined }) => {
  const { preview, form } = props
  const asksNothing = (paper: Paper) => paper.originals + paper.copies === 0 && !isTicked(paper, form)
  const folded = preview.papers.every(asksNothing) ? [] : preview.papers.filter(asksNothing)
  if (preview.papers.length === 0) return null
  return (
    <>
      <h3>Giấy tờ đã nhận, theo danh mục của thủ tục đúng</h3>
      <PaperTable papers={preview.papers.filter((paper) => !folded.includes(paper))} form={form} caption="Giấy tờ đã nhận, theo danh mục của thủ tục đúng" />
      {folded.length > 0 && (
        <details>
          <summary>Lưu ý và giấy tờ chỉ xuất trình ({folded.length})</summary>
          <PaperTable papers={folded} form={form} caption="Lưu ý và giấy tờ chỉ xuất trình" />
        </details>
      )}
    </>
  )
}

const RightForm = (props: Props & { readonly preview: ProcedurePreview; readonly submissionKey: ReturnType<typeof newId> }) => {
  const { req, dossier: d, shown, preview } = props
  const { form, errors } = shown
  if (preview.notOffered !== null) return <Notice tone="late">Nơi tiếp nhận không nhận thủ tục này: {preview.notOffered}. Hãy chọn thủ tục khác.</Notice>
  const rows = preview.rows.filter((r) => !r.current)
  if (rows.length === 0) return <Notice tone="soon">Hồ sơ đang theo đúng thủ tục này, và không có cách nộp nào khác. Hãy tìm thủ tục khác.</Notice>
  return (
    <Form view={req.view} action={`${path(d.id)}?thu-tuc=${preview.code}`} submissionKey={props.submissionKey} label="Đính chính thủ tục">
      <h2>{shortName(preview.name)}</h2>
      <p class="soft small">
        Mã {preview.code} · giải quyết tại {preview.division}
      </p>
      <input type="hidden" name="version" value={String(d.version)} />
      <input type="hidden" name="thu-tuc" value={preview.code} />
      <RadioGroup
        name="dong"
        label="Cách nộp và thời hạn"
        value={form?.get('dong') || String(rows[0]?.row.n)}
        error={errors['dong']}
        options={rows.map(({ row, dueAt, error }) => ({
          value: String(row.n),
          label: `${CHANNEL_NAMES[row.channel].vi}: ${rowLimit(row, 'vi')}${row.appliesWhen === null ? '' : ` (${row.appliesWhen})`}`,
          hint: error !== null ? errorInVietnamese(error) : dueAt === null ? 'thời hạn đang tạm dừng' : `hẹn trả ${dueInWords(dueAt, 'vi')}`,
        }))}
      />
      <PaperList preview={preview} form={form} />
      <CorrectionReason values={{ reason: form?.get('reason') ?? '' }} errors={errors} of="correct-procedure" hint="Người nộp nhận tin và giấy tiếp nhận mới; lý do được giữ trong lịch sử hồ sơ." />
      <Actions>
        <Button>Đính chính thủ tục</Button>
      </Actions>
    </Form>
  )
}

const show = async (req: Req, form?: FormFields, problem: { readonly errors?: Errors; readonly refusal?: string } = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const dossier = await getDossierView(req.ctx, dossierId(req))
  if (!dossier.actions.some((a) => a.action === 'correct-procedure')) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  const code = req.c.req.query('thu-tuc') ?? dossier.procedureCode
  const preview = await previewProcedure(req.ctx, dossier.id, code.slice(0, 40))
  const shown: Shown = { form, errors: problem.errors ?? {}, ...(problem.refusal !== undefined && { refusal: problem.refusal }) }
  const finder = await Finder(req, dossier)
  return html(
    req,
    <ActPage
      req={req}
      dossier={dossier}
      name="Đính chính thủ tục"
      title="Đính chính thủ tục"
      lead={
        <>
          Đang theo: <b class="ink">{shortName(dossier.procedureName)}</b>, hẹn trả {dossier.dueAt === null ? 'đang tạm dừng' : dueInWords(dossier.dueAt, 'vi')}. Thời hạn, các bước và ngày hẹn được tính lại từ lúc tiếp nhận; ngày hẹn cũ vẫn được giữ.
        </>
      }
      undone="Chưa đính chính được."
      problem={shown}
    >
      {finder}
      {req.c.req.query('tim') === undefined &&
        (preview === undefined ? <Notice tone="late">Không có thủ tục mã {code}. Hãy tìm theo tên.</Notice> : <RightForm req={req} dossier={dossier} shown={shown} preview={preview} submissionKey={submissionKeyOf(req, status === 422 ? form : undefined)} />)}
    </ActPage>,
    status,
  )
}

const numberOf = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN)

const correct = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const parsed = CorrectProcedure.safeParse({
    submissionKey: form.get('submissionKey'),
    dossierId: dossierId(req),
    version: Number(form.get('version')),
    reason: form.get('reason'),
    procedureCode: form.get('thu-tuc'),
    methodRow: numberOf(form.get('dong')),
    components: form.list('giay').map((n) => ({ n: numberOf(n), originals: numberOf(form.get(`ban-chinh-${n}`) || '0'), copies: numberOf(form.get(`ban-sao-${n}`) || '0') })),
  })
  const words = { methodRow: { field: 'dong', say: 'Chọn cách nộp.' }, components: { field: 'giay', say: 'Số bản chính, bản sao phải từ 0 đến 99.' }, ...REASON }
  if (!parsed.success) return show(req, form, { errors: fieldErrors(parsed.error, words) }, 422)
  const done = await correctProcedure(req.ctx, parsed.data)
  return done.ok ? seeOther(req, `/xu-ly/ho-so/${done.value.id}`) : show(req, form, { refusal: acceptanceRefusal(done.error) }, 409)
}

export const correctProcedureRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly/ho-so/:id/dinh-chinh-thu-tuc', access: 'dossier.read', handle: (req) => show(req) },
  { method: 'POST', path: '/xu-ly/ho-so/:id/dinh-chinh-thu-tuc', access: 'dossier.read', handle: correct },
]
