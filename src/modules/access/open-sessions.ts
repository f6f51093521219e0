import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { OFFICER_IDLE_MS } from './find-session.ts'

/** Which of these sessions of officers go on: not signed out, not past, not idle, account not disabled. For pages that stay open. */
export const openSessions = async (ctx: Ctx, sessions: readonly Uuid[]): Promise<ReadonlySet<Uuid>> => {
  const { rows } = await sql<{ id: Uuid }>`/* prepared */
    select s.id from access.session s join access.user u on u.id = s.user_id
     where s.id = any(${sessions}::uuid[]) and s.expires_at > ${new Date(ctx.now).toISOString()}::timestamptz
       and s.updated_at > ${new Date(ctx.now - OFFICER_IDLE_MS).toISOString()}::timestamptz and u.disabled_at is null`.execute(ctx.db)
  return new Set(rows.map((row) => row.id))
}
