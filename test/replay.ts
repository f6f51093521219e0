import { expect } from 'vitest'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type Subscription, catchUp, replay } from '#platform/log/subscriptions.ts'

/**
 * Replaying a subscription into its emptied read model gives the same rows, column by column (decision 32).
 * Brings the subscription up to date first; fails for a table that is empty, because then nothing was compared.
 * @param tables names with schema: `transparency.audit_entry`
 */
export const expectReplayEquals = async (ctx: Ctx, subscription: Subscription, tables: readonly string[]): Promise<void> => {
  await catchUp(ctx, subscription)
  const before = await rowsOfTables(ctx, tables)
  for (const table of tables) expect(before[table]?.length, `${table} is empty: nothing would be compared`).toBeGreaterThan(0)
  await replay(ctx, subscription)
  expect(await rowsOfTables(ctx, tables)).toEqual(before)
  // Delivered once more, the same events change nothing.
  await sql`delete from log.checkpoint where subscription = ${subscription.name}`.execute(ctx.db)
  await catchUp(ctx, subscription)
  expect(await rowsOfTables(ctx, tables), `${subscription.name} is not idempotent`).toEqual(before)
}

const rowsOfTables = async (ctx: Ctx, tables: readonly string[]): Promise<Record<string, readonly unknown[]>> => {
  const all: Record<string, readonly unknown[]> = {}
  for (const table of tables) {
    const { rows } = await sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.table(table)} t order by to_jsonb(t)::text`.execute(ctx.db)
    all[table] = rows.map((r) => r.row)
  }
  return all
}
