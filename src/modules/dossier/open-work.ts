import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/**
 * QUERY. How many open dossiers were received at a unit, are handled by it, lie in it, or belong to it as an agency: what has to be settled before it is
 * closed. A number only: the administrator reads no dossier. @throws Forbidden
 */
export const countOpenDossiers = async (ctx: Ctx, unitId: Uuid): Promise<number> => {
  authorise(ctx, 'organisation.edit')
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from dossier.dossier d
     where d.open and ${unitId} in (d.desk_id, d.receiving_agency_id, d.division_id, d.agency_id, d.holder_unit_id)`.execute(ctx.db)
  return rows[0]?.n ?? 0
}
