/** `/xu-ly/lay-y-kien`: what the own unit is asked by others, due first; and the page on which it answers. */
import { Forbidden } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { formatInteger } from '#kernel/money.ts'
import { instant } from '#kernel/plain-date.ts'
import { AnswerConsultation, type ClosedAfter, type ClosedQuestion, type DossierView, type OpenQuestion, STANCES, answerConsultation, consultationInbox, getDossierView } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { Actions, Badge, Button, type Column, DeadlineBadge, ErrorSummary, type Errors, FileDrop, Form, type KeptFile, KeyValue, NewerOlder, Notice, Page, PageHead, RadioGroup, Table, TextArea, shortInstant, Refusal } from '../ui/index.ts'
import { storeFiles } from '../uploads.ts'
import { Facts, Papers } from './dossier-parts.tsx'
import { GivenFiles } from './consultation-card.tsx'
import { STANCE_WORDS, silenceInWords } from './consultation-words.ts'
import { dossierId } from './dossier.tsx'

const HERE = '/xu-ly/lay-y-kien'
const answerHref = ({ id, n }: { readonly id: string; readonly n: number }) => `${HERE}/${id}?cau=${n}`

const openColumns = (now: Instant, several: boolean): readonly Column<OpenQuestion>[] => [
  { key: 'due', head: 'Hạn trả lời', nowrap: true, cell: (q) => <DeadlineBadge dueAt={q.dueAt} now={now} late={now > q.dueAt} /> },
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (q) => <a class="num" href={answerHref(q)}>{q.code}</a> },
  { key: 'question', head: 'Nội dung hỏi', cell: (q) => <span class="clamped">{q.question}</span> },
  { key: 'by', head: 'Nơi hỏi', cell: (q) => q.askedBy },
  ...(several ? [{ key: 'unit', head: 'Hỏi đơn vị', cell: (q: OpenQuestion) => q.unit }] : []),
  { key: 'procedure', head: 'Thủ tục', minor: true, cell: (q) => <span class="clamped">{shortName(q.procedureName)}</span> },
]

const closedColumns = (now: Instant): readonly Column<ClosedQuestion>[] => [
  { key: 'code', head: 'Mã hồ sơ', primary: true, nowrap: true, cell: (q) => <span class="num">{q.code}</span> },
  { key: 'stance', head: 'Ý kiến', cell: (q) => (q.stance === null ? <Badge tone="paused">{q.recalled ? 'nơi hỏi thu hồi' : q.closedAt === null ? 'hồ sơ đã kết thúc' : 'hết hạn, không trả lời'}</Badge> : STANCE_WORDS[q.stance]) },
  { key: 'at', head: 'Lúc', nowrap: true, cell: (q) => (q.closedAt === null ? '' : shortInstant(q.closedAt, now)) },
  { key: 'by', head: 'Nơi hỏi', cell: (q) => q.askedBy },
  { key: 'procedure', head: 'Thủ tục', minor: true, cell: (q) => <span class="clamped">{shortName(q.procedureName)}</span> },
]

/** As the link of the page before says it; what cannot be right asks for the first page. */
const closedAfter = (text: string | undefined): ClosedAfter | undefined => {
  const [, at = '', id = '', n = ''] = /^(\d{13})\.([\da-f-]{36})\.(\d{1,4})$/.exec(text ?? '') ?? []
  return isUuid(id) ? { askedAt: instant(Number(at)), id, n: Number(n) } : undefined
}

const showInbox = async (req: Req): Promise<Response> => {
  const { now } = req.ctx
  const after = closedAfter(req.c.req.query('sau'))
  const { open, closed, next } = await consultationInbox(req.ctx, { after })
  const answered = /^[\w.-]{6,40}$/.exec(req.c.req.query('xong') ?? '')?.[0]
  return html(
    req,
    <Page view={req.view} title="Lấy ý kiến" area="office" current="/xu-ly">
      {answered !== undefined && (
        <Notice tone="ok" role="status">
          Đã gửi ý kiến về hồ sơ <span class="num">{answered}</span>.
        </Notice>
      )}
      <PageHead title="Đơn vị khác hỏi ý kiến" lead={open.length === 0 ? 'Không có câu hỏi nào chờ đơn vị bạn trả lời.' : `${formatInteger(open.length)} câu hỏi chờ đơn vị bạn trả lời, đến hạn trước đứng trước.`} />
      <mc-rows>
        <Table caption="Câu hỏi chờ trả lời" columns={openColumns(now, new Set(open.map((q) => q.unit)).size > 1)} rows={open} rowKey={(q) => `${q.id} ${q.n}`} rowHref={answerHref} empty={<p>Không có câu hỏi nào. Câu hỏi mới hiện ở đây, kèm hồ sơ để xem cho đến khi trả lời.</p>} />
      </mc-rows>
      {closed.length > 0 && (
        <>
          <h2 id="da-xong">Đã xong</h2>
          <Table caption="Câu hỏi đã xong, mới nhất đứng trước" columns={closedColumns(now)} rows={closed} rowKey={(q) => `${q.id} ${q.n}`} />
          <NewerOlder first={after === undefined ? undefined : `${HERE}#da-xong`} older={next === null ? undefined : `${HERE}?sau=${next.askedAt}.${next.id}.${next.n}#da-xong`} />
        </>
      )}
    </Page>,
  )
}

type Shown = { readonly typed: (name: string) => string | undefined; readonly kept: readonly KeptFile[]; readonly errors: Errors; readonly refusal?: string }

const AnswerForm = (props: { readonly req: Req; readonly id: string; readonly code: string; readonly n: number; readonly shown: Shown; readonly submissionKey: string }) => {
  const { shown } = props
  return (
    <Form view={props.req.view} action={`${HERE}/${props.id}`} submissionKey={props.submissionKey} multipart label="Trả lời">
      <input type="hidden" name="n" value={String(props.n)} />
      <input type="hidden" name="ma" value={props.code} />
      <RadioGroup name="stance" label="Ý kiến của đơn vị" value={shown.typed('stance')} error={shown.errors['stance']} options={STANCES.map((stance) => ({ value: stance, label: STANCE_WORDS[stance] }))} />
      <TextArea name="text" label="Nội dung" rows={5} maxlength={8000} value={shown.typed('text') ?? ''} error={shown.errors['text']} hint="Đồng ý thì có thể để trống; các ý kiến khác phải ghi rõ." />
      <FileDrop name="tep" label="Văn bản trả lời" optional kept={shown.kept} keptName="tep-da-gui" upload="/tai-len" error={shown.errors['tep']} />
      <Actions>
        <Button>Gửi ý kiến</Button>
      </Actions>
    </Form>
  )
}

const Asked = (props: { readonly dossier: DossierView; readonly asked: DossierView['consultations'][number]; readonly now: Instant }) => {
  const { dossier: d, asked, now } = props
  return (
    <section class="card" aria-labelledby="cau-hoi">
      <h2 class="card-title" id="cau-hoi">Nội dung hỏi</h2>
      <p class="said">{asked.question}</p>
      <GivenFiles dossierId={d.id} files={asked.files} />
      <KeyValue
        items={[
          ['Nơi hỏi', [asked.askedBy.person, asked.askedBy.post, d.divisionName].filter((v) => v !== null).join(', ')],
          ['Hỏi lúc', shortInstant(asked.asked.at, now)],
          ['Hạn trả lời', <DeadlineBadge dueAt={asked.dueAt} now={now} late={now > asked.dueAt} />],
          ['Quá hạn', silenceInWords(asked.silence)],
        ]}
      />
    </section>
  )
}

const BACK = { href: HERE, label: 'Lấy ý kiến' }

const AnswerPage = (props: { readonly req: Req; readonly dossier: DossierView; readonly n: number; readonly shown: Shown; readonly submissionKey: string }) => {
  const { req, dossier: d, shown } = props
  const { now } = req.ctx
  const asked = d.consultations.find((c) => c.n === props.n)
  return (
    <Page view={req.view} title={`Trả lời lấy ý kiến ${d.code ?? ''}`} area="office" current="/xu-ly" width="narrow">
      <Refusal title="Chưa gửi được." why={shown.refusal} />
      <PageHead back={BACK} title={<>Trả lời về hồ sơ <span class="num">{d.code}</span></>} lead={shortName(d.procedureName)} />
      <ErrorSummary errors={shown.errors} />
      {asked !== undefined && <Asked dossier={d} asked={asked} now={now} />}
      <AnswerForm req={req} id={d.id} code={d.code ?? ''} n={props.n} shown={shown} submissionKey={props.submissionKey} />
      <section aria-labelledby="ho-so">
        <h2 id="ho-so">Hồ sơ</h2>
        <p>
          Xem được đến khi đơn vị trả lời hoặc hết hạn. <a href={`/xu-ly/ho-so/${d.id}`}>Mở toàn bộ hồ sơ</a>
        </p>
        <Facts dossier={d} now={now} />
      </section>
      <Papers dossier={d} />
    </Page>
  )
}

/** The question was closed while somebody wrote: the dossier is not theirs to read any more, what they wrote is. */
const LostPage = (props: { readonly req: Req; readonly form: FormFields; readonly shown: Shown }) => (
  <Page view={props.req.view} title="Câu hỏi đã đóng" area="office" current="/xu-ly">
    <Refusal title="Chưa gửi được." why={props.shown.refusal} />
    <PageHead back={BACK} title={`Hồ sơ ${props.form.get('ma')}`} />
    {props.form.get('text') !== '' && (
      <>
        <p>Nội dung đã viết, để gửi nơi hỏi bằng văn bản nếu cần:</p>
        <p class="said">{props.form.get('text')}</p>
      </>
    )}
  </Page>
)

const showAnswer = async (req: Req, form?: FormFields, problem: { readonly errors?: Errors; readonly kept?: readonly KeptFile[]; readonly refusal?: string } = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const shown: Shown = { typed: (name) => form?.get(name), kept: problem.kept ?? [], errors: problem.errors ?? {}, ...(problem.refusal !== undefined && { refusal: problem.refusal }) }
  try {
    const dossier = await getDossierView(req.ctx, dossierId(req))
    const wanted = Number(form?.get('n') ?? req.c.req.query('cau'))
    const n = dossier.toAnswer.find((mine) => mine === wanted) ?? dossier.toAnswer[0]
    if (n !== undefined) return html(req, <AnswerPage req={req} dossier={dossier} n={n} shown={shown} submissionKey={submissionKeyOf(req, status === 422 ? form : undefined)} />, status)
  } catch (error) {
    if (!(error instanceof Forbidden) || form === undefined) throw error
  }
  return form === undefined ? seeOther(req, HERE) : html(req, <LostPage req={req} form={form} shown={shown} />, status)
}

const WORDS = { stance: { field: 'stance', say: 'Chọn ý kiến của đơn vị.' }, text: { field: 'text', say: 'Tối đa 8.000 chữ cái.' }, uploadIds: { field: 'tep', say: 'Gửi kèm nhiều nhất 10 tệp.' } } as const

const answer = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const files = await storeFiles(req, form, 'tep', 'tep-da-gui')
  const parsed = AnswerConsultation.safeParse({ submissionKey: form.get('submissionKey'), dossierId: dossierId(req), n: Number(form.get('n')), stance: form.get('stance'), text: form.get('text'), uploadIds: files.ids })
  if (!parsed.success || files.problems.length > 0) {
    return showAnswer(req, form, { errors: { ...(parsed.success ? {} : fieldErrors(parsed.error, WORDS)), ...(files.problems.length > 0 && { tep: files.problems.join(' ') }) }, kept: files.files }, 422)
  }
  const done = await answerConsultation(req.ctx, parsed.data)
  if (done.ok) return seeOther(req, `${HERE}?xong=${encodeURIComponent(form.get('ma'))}`)
  if (done.error.code === 'opinion-missing') return showAnswer(req, form, { errors: { text: actRefusal(done.error) }, kept: files.files }, 422)
  return showAnswer(req, form, { refusal: actRefusal(done.error), kept: files.files }, 409)
}

export const consultationRoutes: readonly Route[] = [
  { method: 'GET', path: HERE, access: 'dossier.advise', handle: showInbox },
  { method: 'GET', path: `${HERE}/:id`, access: 'dossier.advise', handle: (req) => showAnswer(req) },
  { method: 'POST', path: `${HERE}/:id`, access: 'dossier.advise', handle: answer },
]
