import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { authorise } from './authorise.ts'

/** QUERY. Accounts of a person, closed ones too. @throws Forbidden */
export const accountsOfPerson = async (ctx: Ctx, personId: Uuid): Promise<readonly Uuid[]> => {
  authorise(ctx, 'account.manage')
  const { rows } = await sql<{ id: Uuid }>`select id from access.user where person_id = ${personId} order by id`.execute(ctx.db)
  return rows.map((row) => row.id)
}
