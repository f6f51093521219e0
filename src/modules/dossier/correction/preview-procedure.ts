import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { type DeadlineError, getWorkingCalendar } from '#modules/calendar'
import { type MethodRow, type ProcedureRevision, getRevision, isReceivable } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import { authorise } from '#modules/access'
import { loadState } from '../dossier-store.ts'
import { readableBy } from '../dossier-view.ts'
import { reckonAnew } from '../lifecycle/clock.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { findNames } from '../names.ts'
import { competentFor, papersAnew, revisionThen } from './correct-law.ts'

type RowPreview = { readonly row: MethodRow; readonly current: boolean; readonly dueAt: Instant | null; readonly error: DeadlineError | null }
export type ProcedurePreview = {
  readonly code: string
  readonly name: string
  /** Where it would be examined; null with the reason where this desk may not take it. */
  readonly division: string | null
  readonly notOffered: string | null
  readonly rows: readonly RowPreview[]
  readonly papers: readonly { readonly n: number; readonly name: string; readonly group: string | null; readonly originals: number; readonly copies: number; readonly ticked: boolean }[]
}

/** QUERY. What would come of it under another procedure or way of filing: the dates from the same reception, the papers of its list. Undefined: there is no such procedure. @throws Forbidden, NotFound */
export const previewProcedure = async (ctx: Ctx, id: Uuid, code: string): Promise<ProcedurePreview | undefined> => {
  authorise(ctx, 'dossier.find', { forSome: true })
  const state = await loadState(ctx, id)
  await readableBy(ctx, state, [], false)
  const { receivedAt } = state
  const revision = receivedAt === null ? undefined : await revisionThen(ctx, state, code, receivedAt)
  if (revision === undefined) return undefined
  const competent = await competentFor(ctx, state, revision)
  const division = competent.offered ? (await findNames(ctx)).unit(competent.divisionId) : null
  return {
    code: revision.code,
    name: revision.name,
    division,
    notOffered: competent.offered ? null : competent.reason,
    rows: await rowsOf(ctx, state, revision, competent.offered ? competent.agencyId : state.agencyId),
    papers: papersOf(state, await getRevision(ctx, state.revisionId), revision),
  }
}

/** As it came: what was handed in at a desk did not come by the portal. */
const AT_A_DESK = ['in-person', 'postal', 'other'] as const
const ON_LINE = ['online', ...AT_A_DESK] as const

const rowsOf = async (ctx: Ctx, state: DossierState, revision: ProcedureRevision, agencyId: Uuid): Promise<readonly RowPreview[]> => {
  const calendar = await getWorkingCalendar(ctx, agencyId)
  const order = state.submittedAt === null ? AT_A_DESK : ON_LINE
  return order.flatMap((channel) => revision.methods.filter((row) => row.channel === channel && isReceivable(row))).flatMap((row) => {
    if (row.limit === null) return []
    const reckoned = reckonAnew({ ...state, limit: row.limit, inDayCutoff: row.inDayCutoff ?? null }, state.pauses, calendar)
    const current = revision.id === state.revisionId && row.n === state.methodN
    return [{ row, current, dueAt: reckoned.ok ? reckoned.value.dueAt : null, error: reckoned.ok ? null : reckoned.error.error }]
  })
}

/** As they are ticked now, by name. */
const papersOf = (state: DossierState, wrong: ProcedureRevision, right: ProcedureRevision): ProcedurePreview['papers'] => {
  const { ticked } = papersAnew(state, wrong, right)
  return right.components.map(({ n, name, group, originals, copies }) => {
    const held = ticked.find((t) => t.n === n)
    return { n, name, group, originals: held?.originals ?? originals, copies: held?.copies ?? copies, ticked: held !== undefined }
  })
}
