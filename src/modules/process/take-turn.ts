import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** Locks the unit's turn until the end of the transaction, so that two at the same moment do not choose the same officer. @returns who had the last one */
export const lockTurn = async (ctx: Ctx, unitId: Uuid): Promise<Uuid | null> => {
  const { rows } = await sql<{ post_id: Uuid | null }>`/* prepared */
    insert into process.assignment_turn as t (unit_id, post_id) values (${unitId}, null)
    on conflict (unit_id) do update set post_id = t.post_id returning post_id`.execute(ctx.db)
  return rows[0]?.post_id ?? null
}

/** Inside the transaction that locked it. */
export const noteTurn = async (ctx: Ctx, unitId: Uuid, postId: Uuid): Promise<void> => {
  await sql`/* prepared */ update process.assignment_turn set post_id = ${postId} where unit_id = ${unitId}`.execute(ctx.db)
}
