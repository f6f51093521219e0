import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { ResultKind } from './lifecycle/results.ts'

export type DraftTitle = { readonly title: string; readonly kind: ResultKind }

/** QUERY. What was drafted as the result of each, for a list that the actor has before them; none for one without a draft. @throws Forbidden */
export const findDraftTitles = async (ctx: Ctx, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, DraftTitle>> => {
  authorise(ctx, 'dossier.read', { forSome: true })
  if (ids.length === 0) return new Map()
  const { rows } = await sql<DraftTitle & { id: Uuid }>`
    select dossier_id as id, title, kind from dossier.result_draft where dossier_id = any(${ids}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, ...draft }) => [id, draft]))
}
