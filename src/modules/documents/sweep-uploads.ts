import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { fileStore } from '#platform/files/current-store.ts'
import { MS_PER_DAY } from '#kernel/plain-date.ts'
import { UPLOAD_DAYS } from './upload-refusal.ts'
import { deleteUpload, iso } from './upload-store.ts'

export type Swept = { readonly uploads: number; readonly contents: number; readonly temporary: number }

const BATCH = 500
/** A claim under way took its `now` earlier than the sweep: what has just expired is left alone. */
const GRACE_MS = 3_600_000

/**
 * COMMAND, every hour. Forgets uploads past their two days and removes content that nothing refers to. Bytes go first, the row that knows
 * of them last: a program that dies in between sweeps again.
 */
export const sweepUploads = async (ctx: Ctx): Promise<Swept> => {
  authorise(ctx, 'jobs.manage')
  const store = fileStore()
  const before = ctx.now - UPLOAD_DAYS * MS_PER_DAY
  let [uploads, contents] = [0, 0]
  for (;;) {
    const expired = await findExpired(ctx)
    for (const row of expired) {
      await store.parts.drop(row.id)
      if (row.orphan !== null && (await store.removeUnlessNewer(row.orphan, before))) contents += 1
      await deleteUpload(ctx, row.id)
    }
    uploads += expired.length
    if (expired.length < BATCH) break
  }
  return { uploads, contents, temporary: await store.sweepTemporary(before) }
}

type Expired = { readonly id: Uuid; readonly orphan: string | null }

/** `orphan`: its digest, where neither a living upload nor anything kept has the same content. */
const findExpired = async (ctx: Ctx): Promise<readonly Expired[]> => {
  const cutoff = iso(ctx.now - GRACE_MS)
  const { rows } = await sql<Expired>`
    select u.id, case when not exists (select from documents.upload other where other.digest = u.digest and other.expires_at > ${cutoff})
                       and not exists (select from documents.content c where c.digest = u.digest)
                      then encode(u.digest, 'hex') end as orphan
      from documents.upload u where u.expires_at <= ${cutoff} order by u.expires_at limit ${BATCH}`.execute(ctx.db)
  return rows
}
