/** `/tai-khoan/ho-so/:id/bo-sung`: the answer to the one complete request. Only what was asked; what is typed is kept as everywhere. */
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf, formatDate, formatTime } from '#kernel/plain-date.ts'
import { canonical } from '#kernel/digest.ts'
import { type AnswerErrors, type Component, type ElectronicForm, answersFromFields, checkAnswers, getForm, getRevision, paperName, warningsOf } from '#modules/catalogue'
import { CompleteSubmission, type Draft, type OwnDossier, completeSubmission, dropDraft, findCompletionDraft, getMyDossier, saveDraft, startDraft } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { FormFieldsView } from '../../forms/index.ts'
import { type FormFields, type Req, html, readForm, seeOther } from '../../http.ts'
import { completionRefusalIn } from '../../public-refusals.ts'
import { shortName } from '../../short-name.ts'
import { Card, ErrorSummary, type Errors, Form, type KeptFile, Notice, Page, TextArea } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { fieldsMap, fieldsOf, pointerErrors, typedFields } from '../application/form-step.tsx'
import { EnterGoesOn, GoOnOrSave } from '../application/frame.tsx'
import { mutable } from '../application/load.ts'
import { PaperDrop, PaperRow } from '../application/paper-drop.tsx'
import { keptFiles, keptIn, numbersOf, paperField, storePapers } from '../application/papers-step.tsx'

type Answer = { readonly dossier: OwnDossier; readonly components: readonly Component[]; readonly draft: Draft | undefined; readonly form: ElectronicForm | undefined; readonly request: OwnDossier['completionRequests'][number] }
type Shown = { readonly errors: Errors; readonly answerErrors: AnswerErrors; readonly kept: ReadonlyMap<string, readonly KeptFile[]>; readonly problem?: string }

const load = async (req: Req): Promise<Answer | undefined> => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('dossier')
  const dossier = await getMyDossier(req.ctx, id)
  const request = dossier.completionRequests.findLast((r) => r.answeredAt === null)
  if (request === undefined) return undefined
  const form = dossier.form === null ? undefined : getForm(dossier.form.slug, dossier.form.version)
  const { components } = await getRevision(req.ctx, dossier.revisionId)
  return { dossier, components, draft: await findCompletionDraft(req.ctx, id), form, request }
}

/** What is computed by the day goes by the day of filing, not by that of the answer. */
const filedOn = (dossier: OwnDossier): PlainDate => dateOf(dossier.submittedAt ?? dossier.receivedAt ?? (0 as Instant))

const hrefOf = (id: Uuid) => `/tai-khoan/ho-so/${id}/bo-sung`

/** Names of our own fields in the form, beside those of the electronic form. */
const NOTE = 'loi-nhan'
const isOurs = (name: string): boolean => name === NOTE || name === 'bo' || name === 'version' || /^(tep|da-gui)-\d+$/.test(name)
const formFields = ({ form, dossier }: Answer, page: FormFields): Record<string, string[]> => {
  const typed = Object.fromEntries(Object.entries(typedFields(page)).filter(([name]) => !isOurs(name)))
  return form === undefined ? typed : fieldsOf(form, page, typed, filedOn(dossier))
}

const answersNow = ({ dossier, draft, form }: Answer): ReturnType<typeof answersFromFields> | undefined => {
  if (form === undefined || dossier.form === null) return undefined
  return draft === undefined || Object.keys(draft.fields).length === 0 ? dossier.form.answers : answersFromFields(form, fieldsMap(draft.fields), filedOn(dossier))
}

const same = (a: Parameters<typeof canonical>[0], b: Parameters<typeof canonical>[0]): boolean => canonical(a) === canonical(b)

/** Papers that the request names come first and open; the others stand folded. */
const PaperFields = (props: { readonly answer: Answer; readonly shown: Shown; readonly req: Req }) => {
  const { answer, shown, req } = props
  const { lang } = req.view
  const { components } = answer
  const wanted = components.filter((c) => answer.request.items.some((item) => item.includes(paperName(c.name)) || shown.errors[paperField(c.n)] !== undefined))
  const field = (open: boolean) => (c: { readonly n: number; readonly name: string }) => (
    <PaperRow name={paperField(c.n)} keptName={`da-gui-${c.n}`} published={c.name} open={open} error={shown.errors[paperField(c.n)]} kept={shown.kept.get(String(c.n)) ?? []} lang={lang} />
  )
  const others = components.filter((c) => !wanted.includes(c))
  const used = others.some((c) => (shown.kept.get(String(c.n))?.length ?? 0) > 0)
  return (
    <>
      {wanted.map(field(true))}
      <PaperDrop name={paperField(0)} keptName="da-gui-0" label={t(lang, { vi: 'Giấy tờ gửi thêm', en: 'Papers to add' })} error={shown.errors[paperField(0)]} kept={shown.kept.get('0') ?? []} lang={lang} />
      {others.length > 0 && (
        <details class="fold" open={used}>
          <summary>{t(lang, { vi: 'Gửi theo từng loại giấy tờ', en: 'By kind of paper' })}</summary>
          {others.map(field(false))}
        </details>
      )}
    </>
  )
}

const CompletionPage = (props: { readonly req: Req; readonly answer: Answer; readonly shown: Shown }) => {
  const { req, answer, shown } = props
  const { dossier, draft, form, request } = answer
  const { view } = req
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  const answers = answersNow(answer)
  const changed = answers !== undefined && dossier.form !== null && !same(answers, dossier.form.answers)
  return (
    <Page view={view} title={word('Trả lời yêu cầu hoàn thiện', 'Answer a request')} area="citizen" current="/tai-khoan" script="citizen">
      <p class="soft small tight">
        <a href={`/tai-khoan/ho-so/${dossier.id}`}>
          <span class="num">{dossier.code}</span> · <span lang="vi">{shortName(dossier.procedureName)}</span>
        </a>
      </p>
      <h1>{word('Trả lời yêu cầu hoàn thiện', 'Answer the request')}</h1>
      <ErrorSummary errors={{ ...pointerErrors(shown.answerErrors), ...shown.errors }} />
      {shown.problem !== undefined && (
        <Notice tone="late" role="alert" title={word('Chưa gửi được', 'Not sent')}>
          {shown.problem}
        </Notice>
      )}
      <Card tone="gold" title={word('Nơi nhận cần bạn', 'The desk asks you for')}>
        <ul lang="vi">
          {request.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
        <p lang="vi">{request.reason}</p>
        {request.until !== null && (
          <p>
            <b>{word(`Trả lời đến hết ngày ${formatDate(request.until)}.`, `Answer by ${formatDate(request.until)}.`)}</b>
          </p>
        )}
      </Card>
      <Form view={view} action={hrefOf(dossier.id)} multipart={true} submissionKey={draft?.submissionKey ?? newId(req.ctx.now)} label={word('Trả lời', 'Answer')} attributes={{ 'data-autosave': `${hrefOf(dossier.id)}/luu` }}>
        <EnterGoesOn />
        <input type="hidden" name="version" value={String(dossier.version)} />
        <PaperFields answer={answer} shown={shown} req={req} />
        {form !== undefined && answers !== undefined && (
          <details class="fold" open={changed || Object.keys(shown.answerErrors).length > 0}>
            <summary>{word('Sửa tờ khai', 'Correct the form')}</summary>
            <FormFieldsView form={form} answers={answers} errors={shown.answerErrors} warnings={warningsOf(form, answers, filedOn(dossier), view.lang)} lang={view.lang} view={view} />
          </details>
        )}
        <TextArea name={NOTE} label={word('Lời nhắn cho nơi nhận', 'A word to the desk')} value={draft?.wishes[NOTE]?.[0] ?? ''} optional={true} rows={3} maxlength={1000} error={shown.errors[NOTE]} />
        <GoOnOrSave view={view} savedAt={draft?.savedAt} go={{ vi: 'Gửi trả lời', en: 'Send the answer' }} />
      </Form>
    </Page>
  )
}

export const showCompletion = async (req: Req): Promise<Response> => {
  const answer = await load(req)
  if (answer === undefined) return seeOther(req, `/tai-khoan/ho-so/${req.c.req.param('id') ?? ''}`)
  const { byPaper } = await keptFiles(req, answer.draft?.papers ?? {})
  return html(req, <CompletionPage req={req} answer={answer} shown={{ errors: {}, answerErrors: {}, kept: byPaper }} />)
}

/** The draft is made with the first thing that is saved. */
const save = async (req: Req, answer: Answer, page: FormFields, papers: Record<string, readonly Uuid[]>) => {
  const { dossier, draft, form } = answer
  const id = draft?.id ?? (await begun(req, dossier))
  return saveDraft(req.ctx, { id, fields: formFields(answer, page), ...(form !== undefined && { formVersion: form.version }), papers: mutable(papers), wishes: { [NOTE]: [page.get(NOTE)] } }, undefined)
}
const begun = async (req: Req, { id, procedureCode, revisionId, receivingAgencyId, methodN }: OwnDossier): Promise<Uuid> => {
  const started = await startDraft(req.ctx, { procedureCode, revisionId, agencyId: receivingAgencyId, methodRow: methodN, completes: id }, undefined)
  if (!started.ok) throw new Error(started.error.code)
  return started.value.id
}

export const autosaveCompletion = async (req: Req): Promise<Response> => {
  const answer = await load(req)
  if (answer === undefined) throw new NotFound('request')
  const form = await readForm(req)
  const { savedAt } = await save(req, answer, form, keptIn(form, numbersOf(answer.components)))
  return req.c.json({ savedAt: formatTime(savedAt) })
}

export const postCompletion = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const before = await load(req)
  const id = req.c.req.param('id') ?? ''
  // Sent a second time: it is answered.
  if (before === undefined) return seeOther(req, `/tai-khoan/ho-so/${id}?xong=bo-sung`)
  const { papers, errors } = await storePapers(req, form, numbersOf(before.components))
  await save(req, before, form, papers)
  const answer: Answer = { ...before, draft: await findCompletionDraft(req.ctx, before.dossier.id) }
  if (form.get('viec') !== 'tiep') return seeOther(req, hrefOf(before.dossier.id))
  const answers = answersNow(answer)
  const checked = answer.form === undefined || answers === undefined ? undefined : checkAnswers(answer.form, answers, dateOf(req.ctx.now), req.view.lang)
  const { byPaper } = await keptFiles(req, papers)
  const empty = Object.keys(papers).length === 0 && form.get(NOTE) === '' && (answers === undefined || same(answers, answer.dossier.form?.answers ?? null))
  const allErrors: Errors = { ...errors, ...(empty && { [NOTE]: t(req.view.lang, { vi: 'Chưa có gì mới: gửi thêm giấy tờ, sửa tờ khai, hoặc ghi lời nhắn.', en: 'Nothing is new: add a paper, correct the form, or write a word.' }) }) }
  if (Object.keys(allErrors).length > 0 || checked?.ok === false) {
    return html(req, <CompletionPage req={req} answer={answer} shown={{ errors: allErrors, answerErrors: checked?.ok === false ? checked.error : {}, kept: byPaper }} />, 422)
  }
  const sent = await completeSubmission(req.ctx, inputOf(answer, form, byPaper, answers))
  if (sent.ok) {
    if (answer.draft !== undefined) await dropDraft(req.ctx, answer.draft.id, undefined)
    return seeOther(req, `/tai-khoan/ho-so/${id}?xong=bo-sung`)
  }
  return html(req, <CompletionPage req={req} answer={answer} shown={{ errors: {}, answerErrors: {}, kept: byPaper, problem: completionRefusalIn(req.view.lang, sent.error) }} />, 409)
}

const inputOf = ({ dossier, components, draft, form }: Answer, typed: FormFields, kept: Shown['kept'], answers: ReturnType<typeof answersNow>): CompleteSubmission => {
  const idsOf = (n: number) => kept.get(String(n))?.map((file) => file.id).filter(isUuid) ?? []
  return CompleteSubmission.parse({
    submissionKey: draft?.submissionKey ?? typed.get('submissionKey'),
    dossierId: dossier.id,
    version: dossier.version,
    ...(form !== undefined && answers !== undefined && !same(answers, dossier.form?.answers ?? null) && { form: { slug: form.slug, version: form.version, answers } }),
    components: components.map((c) => ({ n: c.n, uploadIds: idsOf(c.n) })).filter((c) => c.uploadIds.length > 0),
    otherUploadIds: idsOf(0),
    ...(typed.get(NOTE) !== '' && { note: typed.get(NOTE) }),
  })
}
