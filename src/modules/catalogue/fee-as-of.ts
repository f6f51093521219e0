import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Fee, FeeChoice } from './method-rows.ts'
import { getRevision } from './revisions.ts'

/**
 * QUERY. The fee of a row as it had been decided at a moment: a paper that is printed again says what was said then. A decision made later than the
 * moment counts only where it was the first one. Undefined for a row that there is not.
 * @throws NotFound for an unknown revision
 */
export const findFeeAsOf = async (ctx: Ctx, revisionId: Uuid, n: number, at: Instant): Promise<Fee | undefined> => {
  const revision = await getRevision(ctx, revisionId)
  const row = revision.methods.find((method) => method.n === n)
  // The common case needs no history: nothing was decided, or nothing since.
  if (row === undefined || row.decision === null || row.decision.settledAt <= at) return row?.fee
  const { rows } = await sql<{ at: Instant; fee: FeeChoice | null }>`
    select at, data->'fee' as fee from catalogue.history
     where procedure_id = ${revision.procedureId} and type = 'procedure.row-settled' and data->>'revisionId' = ${revisionId} and (data->>'n')::int = ${n}
     order by seq`.execute(ctx.db)
  const decided = rows.findLast((decision) => decision.at <= at) ?? rows[0]
  return decided === undefined ? row.fee : { ...row.fee, chosen: decided.fee }
}
