import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { ERASED } from '#platform/log/private.ts'
import { iso } from './upload-store.ts'

const owners = (accounts: readonly Uuid[]) => accounts.map((id) => `user:${id}`)

/** QUERY. Unclaimed uploads of accounts that are erased. @throws Forbidden */
export const countUploadsOf = async (ctx: Ctx, accounts: readonly Uuid[]): Promise<number> => {
  authorise(ctx, 'account.manage')
  return (await sql<{ n: number }>`select count(*)::int as n from documents.upload where owner = any(${owners(accounts)}::text[])`.execute(ctx.db)).rows[0]?.n ?? 0
}

/** Of accounts that are erased: their names go at once, their bytes with the next sweep, which finds them past. Outside the log (decision 9). @throws Forbidden */
export const forgetUploadsOf = async (ctx: Ctx, accounts: readonly Uuid[]): Promise<void> => {
  authorise(ctx, 'account.manage')
  await sql`update documents.upload set name = ${ERASED}, expires_at = ${iso(0)}::timestamptz where owner = any(${owners(accounts)}::text[])`.execute(ctx.db)
}
