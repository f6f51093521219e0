import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'

type Access = { readonly kind: string; readonly userId?: Uuid; readonly personId?: Uuid; readonly subject?: string }

/** Who signed in, who failed, who was locked out: `log.access`, not the event log (decision 9). */
export const recordAccess = async (ctx: Ctx, access: Access): Promise<void> => {
  await sql`
    insert into log.access (id, at, kind, user_id, person_id, subject, trace_id)
    values (${newId(ctx.now)}, ${new Date(ctx.now).toISOString()}::timestamptz, ${access.kind}, ${access.userId ?? null}, ${access.personId ?? null},
            ${access.subject ?? null}, ${ctx.traceId})`.execute(ctx.db)
}
