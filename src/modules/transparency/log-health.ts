import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type Seal, listLastSeals } from '#platform/log/seal.ts'
import { type Lag, readLags } from '#platform/log/subscriptions.ts'
import { type Rights, readRights } from '#platform/log/verify-rights.ts'

export type LogHealth = {
  /** The newest first. */
  readonly seals: readonly Seal[]
  /** Events newer than the last seal, counted up to ten thousand. */
  readonly unsealed: number
  /** Every reader of the log that has ever moved, and how far behind it is. */
  readonly readers: readonly Lag[]
  readonly rights: Rights
}

/** QUERY. How the log is: sealed until when, read by whom, changeable by whom. @throws Forbidden */
export const getLogHealth = async (ctx: Ctx): Promise<LogHealth> => {
  authorise(ctx, 'audit.read')
  const seals = await listLastSeals(ctx.db, 10)
  const last = seals[0]
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select from log.event where (epoch, xid) >= (${last?.epoch ?? 0}::int, ${last?.xid ?? '0'}::xid8) limit 10000) unsealed`.execute(ctx.db)
  const { rows: names } = await sql<{ name: string }>`select subscription as name from log.checkpoint order by 1`.execute(ctx.db)
  return { seals, unsealed: counted[0]?.n ?? 0, readers: await readLags(ctx.db, names.map((r) => r.name)), rights: await readRights(ctx.db) }
}
