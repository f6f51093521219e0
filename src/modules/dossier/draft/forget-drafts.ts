import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

const owners = (accounts: readonly Uuid[]) => accounts.map((id) => `user:${id}`)

/** QUERY. What accounts that are erased have begun to write. @throws Forbidden */
export const countDraftsOf = async (ctx: Ctx, accounts: readonly Uuid[]): Promise<number> => {
  authorise(ctx, 'account.manage')
  return (await sql<{ n: number }>`select count(*)::int as n from dossier.draft where owner = any(${owners(accounts)}::text[])`.execute(ctx.db)).rows[0]?.n ?? 0
}

/** Outside the log (decision 9): they are simply gone. @throws Forbidden */
export const forgetDraftsOf = async (ctx: Ctx, accounts: readonly Uuid[]): Promise<void> => {
  authorise(ctx, 'account.manage')
  await sql`delete from dossier.draft where owner = any(${owners(accounts)}::text[])`.execute(ctx.db)
}
