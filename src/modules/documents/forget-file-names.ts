import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { ERASED } from '#platform/log/private.ts'

/** Their names were erased from the log: the copies here go too (decision 5). The caller has read the event. */
export const forgetFileNames = async (ctx: Ctx, owner: Uuid, fileIds: readonly Uuid[]): Promise<void> => {
  await sql`update documents.file set name = ${ERASED} where owner = ${owner} and id = any(${fileIds}::uuid[])`.execute(ctx.db)
}
