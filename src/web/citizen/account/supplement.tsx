/** `/tai-khoan/ho-so/:id/bo-sung-giay-to`: what was asked in examination, at the exact places, and a form that opens only those. */
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { AnswerSupplement, type OwnDossier, WithdrawMyDossier, answerSupplement, getMyDossier, withdrawMyDossier } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { type Answerable, NOTE, SupplementAnswer, askedOf, markedFields, papersOf, typedMarked } from '../../forms/index.ts'
import { type FormFields, type Req, html, readForm, seeOther, submissionKeyOf } from '../../http.ts'
import { answerRefusal } from '../../refusals.ts'
import { shortName } from '../../short-name.ts'
import { type Errors, type KeptFile, Page } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { PaperRow } from '../application/paper-drop.tsx'
import { keptFiles, paperField, storePapers } from '../application/papers-step.tsx'

export const ownId = (req: Req): Uuid => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('dossier')
  return id
}

type Shown = {
  readonly key: Uuid
  readonly typed?: Record<string, string[]>
  readonly note: string
  readonly errors: Errors
  readonly answerErrors: Readonly<Record<string, string>>
  readonly kept: ReadonlyMap<string, readonly KeptFile[]>
  readonly problem?: string
}

const page = (req: Req, dossier: OwnDossier, shown: Shown, status: 200 | 409 | 422 = 200) => {
  const asked = askedOf(dossier)
  if (asked === undefined) throw new NotFound('request')
  const { view } = req
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  return html(
    req,
    <Page view={view} title={word('Bổ sung hồ sơ', 'Supplement')} area="citizen" current="/tai-khoan" script="citizen">
      <p class="soft small tight">
        <a href={`/tai-khoan/ho-so/${dossier.id}`}>
          <span class="num">{dossier.code}</span> · <span lang="vi">{shortName(dossier.procedureName)}</span>
        </a>
      </p>
      <h1>{word('Bổ sung hồ sơ', 'Supplement your application')}</h1>
      <SupplementAnswer
        view={view}
        action={`/tai-khoan/ho-so/${dossier.id}/bo-sung-giay-to`}
        submissionKey={shown.key}
        dossier={dossier}
        asked={asked}
        {...(shown.typed !== undefined && { typed: shown.typed })}
        note={shown.note}
        errors={shown.errors}
        answerErrors={shown.answerErrors}
        problem={shown.problem}
        kept={shown.kept}
        paper={(n, title) => <PaperRow name={paperField(n)} keptName={`da-gui-${n}`} published={title} open={true} error={shown.errors[paperField(n)]} kept={shown.kept.get(String(n)) ?? []} lang={view.lang} />}
        submit={word('Gửi bổ sung', 'Send')}
      />
    </Page>,
    status,
  )
}

export const showSupplement = async (req: Req): Promise<Response> => {
  const dossier = await getMyDossier(req.ctx, ownId(req))
  if (askedOf(dossier) === undefined) return seeOther(req, `/tai-khoan/ho-so/${dossier.id}`)
  return page(req, dossier, { key: newId(req.ctx.now), note: '', errors: {}, answerErrors: {}, kept: new Map() })
}

/** What a page of answers sends, for either side. */
export const answerInput = (req: Req, dossier: Answerable, form: FormFields, byPaper: Shown['kept']) => {
  const asked = askedOf(dossier)!
  return AnswerSupplement.safeParse({
    submissionKey: submissionKeyOf(req, form),
    dossierId: dossier.id,
    version: Number(form.get('version')),
    fields: typedMarked(markedFields(dossier, asked, 'vi'), form),
    papers: papersOf(asked).map((n) => ({
      n,
      uploadIds: (byPaper.get(String(n)) ?? []).map((file) => file.id).filter(isUuid),
      originals: Number(form.get(`ban-chinh-${n}`)) || 0,
      copies: Number(form.get(`ban-sao-${n}`)) || 0,
    })),
    note: form.get(NOTE),
  })
}

export const postSupplement = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const dossier = await getMyDossier(req.ctx, ownId(req))
  const asked = askedOf(dossier)
  const back = `/tai-khoan/ho-so/${dossier.id}`
  // Sent a second time: it is answered.
  if (asked === undefined) return seeOther(req, `${back}?xong=bo-sung`)
  const { papers, errors } = await storePapers(req, form, papersOf(asked))
  const { byPaper } = await keptFiles(req, papers)
  const typed = typedMarked(markedFields(dossier, asked, req.view.lang), form)
  const shown = { key: submissionKeyOf(req, form), typed, note: form.get(NOTE), errors, answerErrors: {}, kept: byPaper }
  const parsed = answerInput(req, dossier, form, byPaper)
  if (!parsed.success || Object.keys(errors).length > 0 || form.get('viec') !== 'tiep') return page(req, dossier, shown, form.get('viec') === 'tiep' ? 422 : 200)
  const sent = await answerSupplement(req.ctx, parsed.data)
  if (sent.ok) return seeOther(req, `${back}?xong=bo-sung`)
  const again = { ...shown, key: newId(req.ctx.now) }
  return sent.error.code === 'answers-wrong' ? page(req, dossier, { ...again, answerErrors: sent.error.errors }, 422) : page(req, dossier, { ...again, problem: answerRefusal(sent.error) }, 409)
}

export const withdrawMine = async (req: Req, refused: (sentence: string) => Promise<Response>): Promise<Response> => {
  const form = await readForm(req)
  const id = ownId(req)
  const input = WithdrawMyDossier.safeParse({ submissionKey: submissionKeyOf(req, form), dossierId: id, version: Number(form.get('version')), reason: form.get('ly-do') })
  if (!input.success || form.get('chac-chan') === '') return refused(t(req.view.lang, { vi: 'Đánh dấu xác nhận để rút hồ sơ.', en: 'Tick the box to confirm the withdrawal.' }))
  const done = await withdrawMyDossier(req.ctx, input.data)
  return done.ok ? seeOther(req, `/tai-khoan/ho-so/${id}?xong=rut`) : refused(answerRefusal(done.error))
}
