/** `/mot-cua/bo-sung/:id`: somebody brings to the desk what was asked for; the desk writes it down, and it goes back to the same officer. */
import { getDossierView, recordSupplement } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { answerInput, ownId as idOf } from '../citizen/account/supplement.tsx'
import { keptFiles, paperField, storePapers } from '../citizen/application/papers-step.tsx'
import { NOTE, Sheets, SupplementAnswer, askedOf, markedFields, papersOf, typedMarked } from '../forms/index.ts'
import { ActPage } from '../act-page.tsx'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { answerRefusal } from '../refusals.ts'
import { type Errors, FileDrop, type KeptFile } from '../ui/index.ts'

type Shown = { readonly form?: FormFields; readonly errors: Errors; readonly answerErrors: Readonly<Record<string, string>>; readonly kept: ReadonlyMap<string, readonly KeptFile[]>; readonly problem?: string }

const show = async (req: Req, shown: Shown = { errors: {}, answerErrors: {}, kept: new Map() }, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const dossier = await getDossierView(req.ctx, idOf(req))
  const asked = askedOf(dossier)
  if (asked === undefined || !dossier.actions.some((a) => a.action === 'complete-supplement')) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  const { form } = shown
  return html(
    req,
    <ActPage
      req={req}
      dossier={dossier}
      name="Bổ sung"
      title="Nhận bổ sung tại quầy"
      area="desk"
    >
      <SupplementAnswer
        view={req.view}
        action={`/mot-cua/bo-sung/${dossier.id}`}
        submissionKey={status === 422 && form !== undefined ? submissionKeyOf(req, form) : newId(req.ctx.now)}
        dossier={dossier}
        asked={asked}
        {...(form !== undefined && { typed: typedMarked(markedFields(dossier, asked, 'vi'), form) })}
        note={form?.get(NOTE) ?? ''}
        errors={shown.errors}
        answerErrors={shown.answerErrors}
        problem={shown.problem}
        kept={shown.kept}
        paper={(n, title) => <FileDrop name={paperField(n)} label={`Tệp của ${title}`} optional error={shown.errors[paperField(n)]} kept={shown.kept.get(String(n)) ?? []} keptName={`da-gui-${n}`} upload="/tai-len" />}
        sheets={(n) => <Sheets n={n} typed={(name) => form?.get(name) ?? ''} />}
        submit="Ghi nhận bổ sung"
      />
    </ActPage>,
    status,
  )
}

const record = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const dossier = await getDossierView(req.ctx, idOf(req))
  const asked = askedOf(dossier)
  if (asked === undefined) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  const { papers, errors } = await storePapers(req, form, papersOf(asked))
  const { byPaper } = await keptFiles(req, papers)
  const shown: Shown = { form, errors, answerErrors: {}, kept: byPaper }
  const parsed = answerInput(req, dossier, form, byPaper)
  if (!parsed.success || Object.keys(errors).length > 0) return show(req, shown, 422)
  const done = await recordSupplement(req.ctx, parsed.data)
  if (done.ok) return seeOther(req, `/xu-ly/ho-so/${dossier.id}`)
  return done.error.code === 'answers-wrong' ? show(req, { ...shown, answerErrors: done.error.errors }, 422) : show(req, { ...shown, problem: answerRefusal(done.error) }, 409)
}

export const supplementRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/bo-sung/:id', access: 'dossier.receive', handle: (req) => show(req) },
  { method: 'POST', path: '/mot-cua/bo-sung/:id', access: 'dossier.receive', handle: record, takesFiles: true },
]
