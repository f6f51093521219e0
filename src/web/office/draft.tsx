/** `/xu-ly/ho-so/:id/du-thao`: the draft of the result: a template with its fields filled in from the dossier, or a file written elsewhere. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type DossierView, DraftResult, type DraftProposal, type DraftResultRefusal, draftResult, getDossierView, proposeDrafts } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { ActPage } from '../act-page.tsx'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { Actions, Button, ButtonLink, type Errors, FileDrop, Form, type KeptFile, RadioGroup, Tabs, TextField } from '../ui/index.ts'
import { storeFiles } from '../uploads.ts'
import { dossierId } from './dossier.tsx'
import { TemplateFields, fieldName } from './template-fields.tsx'

const UPLOAD = 'tep'

type Attempt = { readonly key: Uuid; readonly form: FormFields; readonly errors: Errors; readonly kept: readonly KeptFile[]; readonly refusal?: string }

const DraftForm = (props: { readonly req: Req; readonly dossier: DossierView; readonly proposal: DraftProposal | undefined; readonly attempt: Attempt | undefined }) => {
  const { req, dossier, proposal, attempt } = props
  const draft = dossier.resultDraft
  const errors = attempt?.errors ?? {}
  const title = attempt?.form.get('title') ?? (draft !== null && (draft.template?.slug ?? '') === (proposal?.template.slug ?? '') ? draft.title : (proposal?.template.name ?? ''))
  return (
    <Form view={req.view} action={`/xu-ly/ho-so/${dossier.id}/du-thao`} submissionKey={attempt?.key ?? newId(req.ctx.now)} multipart={proposal === undefined} label="Dự thảo kết quả">
      <input type="hidden" name="version" value={String(dossier.version)} />
      {proposal !== undefined && <input type="hidden" name="template" value={proposal.template.slug} />}
      {proposal !== undefined && <input type="hidden" name="kind" value={proposal.template.kind} />}
      <TextField name="title" label="Tên văn bản" value={title} error={errors['title']} size="full" />
      {proposal === undefined ? (
        <>
          <RadioGroup
            name="kind"
            label="Kết quả"
            inline
            value={attempt?.form.get('kind') ?? draft?.kind ?? 'granted'}
            options={[
              { value: 'granted', label: 'Giải quyết' },
              { value: 'declined', label: 'Từ chối giải quyết' },
            ]}
          />
          <FileDrop name={UPLOAD} label="Tệp dự thảo" multiple={false} hint="PDF hoặc văn bản đã soạn ở nơi khác" error={errors[UPLOAD]} kept={attempt?.kept ?? []} keptName={`${UPLOAD}-da-gui`} upload="/tai-len" />
        </>
      ) : (
        <TemplateFields {...proposal} typed={(name) => attempt?.form.get(name)} errors={errors} />
      )}
      <Actions>
        <Button kbd="f">Lưu và xem trước</Button>
        <ButtonLink href={`/xu-ly/ho-so/${dossier.id}`} kind="quiet">
          Thôi
        </ButtonLink>
      </Actions>
    </Form>
  )
}

const show = async (req: Req, attempt?: Attempt, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const id = dossierId(req)
  const [dossier, proposals] = await Promise.all([getDossierView(req.ctx, id), proposeDrafts(req.ctx, id)])
  const wanted = attempt?.form.get('template') ?? req.c.req.query('mau') ?? dossier.resultDraft?.template?.slug ?? (dossier.resultDraft === null ? proposals[0]?.template.slug : '')
  const proposal = proposals.find((p) => p.template.slug === wanted)
  const may = dossier.actions.some((a) => a.action === 'draft')
  return html(
    req,
    <ActPage
      req={req}
      dossier={dossier}
      name="Dự thảo"
      title="Dự thảo kết quả"
      undone="Chưa lưu được."
      problem={attempt}
    >
      <Tabs
        label="Mẫu văn bản"
        tabs={[
          ...proposals.map(({ template }) => ({ href: `/xu-ly/ho-so/${id}/du-thao?mau=${template.slug}`, label: template.name, current: template.slug === proposal?.template.slug })),
          { href: `/xu-ly/ho-so/${id}/du-thao?mau=tep`, label: 'Tải tệp lên', current: proposal === undefined },
        ]}
      />
      {may ? <DraftForm req={req} dossier={dossier} proposal={proposal} attempt={attempt} /> : <p class="soft">Hồ sơ đang ở bước khác, hoặc do người khác giữ: bạn chỉ xem được dự thảo.</p>}
    </ActPage>,
    status,
  )
}

const REFUSALS: Readonly<Record<DraftResultRefusal['code'], string>> = {
  'template-unknown': 'Mẫu này không dùng cho thủ tục của hồ sơ. Hãy chọn mẫu khác.',
  'fields-missing': 'Còn chỗ chưa điền.',
  'draft-empty': 'Chọn một mẫu, hoặc đính kèm tệp dự thảo.',
  'other-kind': 'Mẫu này không dùng cho loại kết quả đã chọn.',
}
const isDraftRefusal = (refusal: { readonly code: string }): refusal is DraftResultRefusal => Object.hasOwn(REFUSALS, refusal.code)

const WORDS = { title: { field: 'title', say: 'Ghi tên văn bản.' }, uploadId: { field: UPLOAD, say: 'Đính kèm lại tệp dự thảo.' } } as const

const save = async (req: Req): Promise<Response> => {
  const id = dossierId(req)
  const form = await readForm(req)
  const files = await storeFiles(req, form, UPLOAD, `${UPLOAD}-da-gui`)
  const [uploadId] = files.ids.slice(-1)
  const [sent, template] = [form.get('submissionKey'), form.get('template')]
  const key = isUuid(sent) ? sent : newId(req.ctx.now)
  const fields = Object.fromEntries([...form.all].flatMap(([name, values]) => (name.startsWith('f.') ? [[name.slice(2), values[0] ?? '']] : [])))
  const parsed = DraftResult.safeParse({
    submissionKey: key,
    dossierId: id,
    version: Number(form.get('version')),
    kind: form.get('kind') || undefined,
    title: form.get('title'),
    fields,
    ...(template === '' ? {} : { template }),
    ...(uploadId === undefined ? {} : { uploadId }),
  })
  const refused = (errors: Errors, status: 409 | 422, refusal?: string) => show(req, { key: status === 409 ? newId(req.ctx.now) : key, form, errors, kept: files.files, ...(refusal === undefined ? {} : { refusal }) }, status)
  if (!parsed.success) return refused(fieldErrors(parsed.error, WORDS), 422)
  if (files.problems.length > 0) return refused({ [UPLOAD]: files.problems.join(' ') }, 422)
  const done = await draftResult(req.ctx, parsed.data)
  if (done.ok) return seeOther(req, `/xu-ly/ho-so/${id}#du-thao`)
  const { error } = done
  if (!isDraftRefusal(error)) return refused({}, 409, actRefusal(error))
  if (error.code !== 'fields-missing') return refused({}, 409, REFUSALS[error.code])
  const proposals = await proposeDrafts(req.ctx, id)
  const missing = (proposals.find((p) => p.template.slug === template)?.template.fields ?? []).filter((f) => error.labels.includes(f.label))
  return refused(Object.fromEntries(missing.map((f) => [fieldName(f.name), `Điền ${f.label.toLowerCase()}.`])), 422)
}

export const draftRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly/ho-so/:id/du-thao', access: 'dossier.read', handle: (req) => show(req) },
  { method: 'POST', path: '/xu-ly/ho-so/:id/du-thao', access: 'dossier.read', handle: save },
]
