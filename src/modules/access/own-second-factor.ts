import { Forbidden } from '#kernel/errors.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** QUERY. One's own: is one set, and how many backup codes are left. @throws Forbidden for who is not signed in */
export const ownSecondFactor = async (ctx: Ctx): Promise<{ readonly confirmed: boolean; readonly backupCodes: number }> => {
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  const { rows } = await sql<{ confirmed: boolean; backupCodes: number }>`
    select confirmed_at is not null as confirmed, cardinality(backup) as "backupCodes" from access.second_factor where user_id = ${ctx.actor.userId}`.execute(ctx.db)
  return rows[0] ?? { confirmed: false, backupCodes: 0 }
}
