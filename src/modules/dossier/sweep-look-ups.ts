import { Forbidden } from '#kernel/errors.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** Wrong look-ups count for an hour (decision 20); what is older than a day serves nobody. */
const DAY = 86_400_000

/** For the schedule. @returns how many were dropped */
export const sweepWrongLookUps = async (ctx: Ctx): Promise<number> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const { numAffectedRows } = await sql`delete from dossier.wrong_look_up where at < ${new Date(ctx.now - DAY).toISOString()}::timestamptz`.execute(ctx.db)
  return Number(numAffectedRows ?? 0n)
}
