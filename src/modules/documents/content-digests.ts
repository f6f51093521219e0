import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

type Held = { readonly id: Uuid; readonly digest: string }

/**
 * What the uploads hold, SHA-256 in hexadecimal, whether they still wait or were claimed: by this a submission with files is the same one again, though
 * a browser without script sends the bytes anew, under another upload id. Left out: ids that hold nothing, or no more. Only to compare with; never shown.
 */
export const contentDigests = async (ctx: Ctx, uploadIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, string>> => {
  if (uploadIds.length === 0) return new Map()
  const { rows: waiting } = await sql<Held>`
    select id, encode(digest, 'hex') as digest from documents.upload where id = any(${[...uploadIds]}::uuid[]) and stored_at is not null`.execute(ctx.db)
  const digests = new Map(waiting.map((row) => [row.id, row.digest]))
  const others = uploadIds.filter((id) => !digests.has(id))
  if (others.length === 0) return digests
  // Asked second: a claim moves an upload over, never back, so none falls between the two questions.
  const { rows: claimed } = await sql<Held>`
    select id, encode(digest, 'hex') as digest from documents.file where id = any(${others}::uuid[])`.execute(ctx.db)
  for (const row of claimed) digests.set(row.id, row.digest)
  return digests
}
