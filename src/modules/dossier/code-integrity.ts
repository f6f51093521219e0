import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

export type DanglingCode = { readonly code: string; readonly id: string }

/**
 * For `verify` (decision 13): codes without their dossier, which no foreign key can refuse. Years that are detached are left alone.
 * Dossiers without a code come too, with an empty `code`.
 */
export const findDanglingCodes = async (ctx: Ctx, limit = 100): Promise<readonly DanglingCode[]> => {
  const { rows } = await sql<DanglingCode>`
    with attached as (
      select platform.year_floor(y) as "from", platform.year_floor(y + 1) as "to"
        from (select substring(c.relname from '\\d{4}$')::int as y from pg_inherits i join pg_class c on c.oid = i.inhrelid
               where i.inhparent = 'dossier.dossier'::regclass) years)
    select c.code, c.id::text from dossier.code c join attached a on c.id >= a."from" and c.id < a."to"
     where not exists (select 1 from dossier.dossier d where d.id = c.id)
    union all
    select '', d.id::text from dossier.dossier d where not exists (select 1 from dossier.code c where c.id = d.id and c.kind = 'dossier')
    limit ${limit}`.execute(ctx.db)
  return rows
}
