/** An application on its way: the draft with what it stands on today. */
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type ElectronicForm, type MethodRow, type ProcedureRevision, findCurrentRevision, findForm, formOf, getRevision, isReceivable, paperName } from '#modules/catalogue'
import { type Draft, type DraftPapers, getDraft, saveDraft } from '#modules/dossier'
import { type Unit, getUnit } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import type { Req } from '../../http.ts'
import { bearerOf, takeDraftsAlong } from '../draft-cookie.ts'
import { AUTHORISATION } from './on-behalf.tsx'

export type Application = {
  readonly draft: Draft
  readonly revision: ProcedureRevision
  readonly form: ElectronicForm
  /** The form that the draft was filled in by, where that is another one now. */
  readonly formBefore: ElectronicForm | undefined
  readonly place: Unit
  /** Undefined: the procedure was published anew and has no such row any more, or none that is open. */
  readonly row: MethodRow | undefined
  /** It was published anew since the draft was begun. */
  readonly replaced: boolean
}

/**
 * The draft of the address. Where the procedure was published anew, the draft moves on to what is in force: papers keep their files by name.
 * @throws NotFound for somebody else's
 */
export const loadApplication = async (req: Req): Promise<Application> => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('draft')
  // Signed in since, in another tab perhaps: what the cookie owned is the account's.
  await takeDraftsAlong(req, req.ctx)
  const kept = await getDraft(req.ctx, id, bearerOf(req))
  const revision = await findCurrentRevision(req.ctx, kept.procedureCode)
  if (revision === undefined) throw new NotFound('procedure')
  const replaced = kept.submittedAs === null && kept.revisionId !== revision.id
  const draft = replaced ? await moveOn(req.ctx, kept, revision, bearerOf(req)) : kept
  const row = revision.methods.find((m) => m.n === draft.methodRow && m.channel === 'online' && isReceivable(m))
  const form = formOf(draft.procedureCode, revision)
  const formBefore = draft.formVersion === null || draft.formVersion === form.version || Object.keys(draft.fields).length === 0 ? undefined : findForm(draft.formVersion)
  return { draft, revision, form, formBefore, place: await getUnit(req.ctx, draft.agencyId), row, replaced }
}

const moveOn = async (ctx: Ctx, draft: Draft, revision: ProcedureRevision, bearer: string | undefined): Promise<Draft> => {
  const before = await getRevision(ctx, draft.revisionId)
  const papers: Record<string, readonly Uuid[]> = {}
  for (const [n, files] of Object.entries(draft.papers)) {
    // The authorisation belongs to no published list.
    if (n === String(AUTHORISATION)) {
      papers[n] = files
      continue
    }
    const name = before.components.find((c) => String(c.n) === n)?.name
    const now = revision.components.find((c) => paperName(c.name) === paperName(name ?? ''))
    const key = now === undefined ? '0' : String(now.n)
    papers[key] = [...(papers[key] ?? []), ...files]
  }
  await saveDraft(ctx, { id: draft.id, papers: mutable(papers), place: { revisionId: revision.id, agencyId: draft.agencyId, methodRow: draft.methodRow } }, bearer)
  return { ...draft, papers, revisionId: revision.id }
}

/** As Zod's types want it. */
export const mutable = (papers: DraftPapers): Record<string, Uuid[]> => Object.fromEntries(Object.entries(papers).map(([n, files]) => [n, [...files]]))
