import type { Uuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Upload } from './store-upload.ts'
import { findStored, iso } from './upload-store.ts'

/** `uploadIds` are not there any more: expired, claimed already, never completed, or somebody else's. */
export type UploadGone = { readonly code: 'upload-gone'; readonly uploadIds: readonly Uuid[] }

/**
 * Makes uploads of the actor's files of `owner`, inside the caller's transaction; all or none, in the order given. A file keeps the id of its upload.
 * The caller puts id, digest, size and type into its event, and the name as a personal value: so the log vouches for the bytes.
 * @param owner the stream that they belong to: a dossier
 */
export const claimUploads = async (ctx: Ctx, uploadIds: readonly Uuid[], owner: Uuid): Promise<Result<readonly Upload[], UploadGone>> => {
  if (!ctx.db.isTransaction) throw new Error('claimUploads outside a transaction')
  if (uploadIds.length === 0) return ok([])
  const rows = await findStored(ctx, uploadIds, true)
  const files = rows.flatMap((row) =>
    row.digest === null || row.type === null || row.size === null ? [] : [{ id: row.id, name: row.name, size: row.size, type: row.type, digest: row.digest }],
  )
  const found = new Set(files.map((file) => file.id))
  // Named twice: the second time it is gone.
  const gone = uploadIds.filter((id, i) => !found.has(id) || uploadIds.indexOf(id) !== i)
  if (gone.length > 0) return err({ code: 'upload-gone', uploadIds: gone })
  await sql`delete from documents.upload where id = any(${[...uploadIds]}::uuid[])`.execute(ctx.db)
  await insertFiles(ctx, owner, files)
  return ok(files)
}

/** Sorted by digest, so that two transactions with the same contents cannot block each other. */
const insertFiles = async (ctx: Ctx, owner: Uuid, files: readonly Upload[]): Promise<void> => {
  const sorted = JSON.stringify(files.toSorted((a, b) => (a.digest < b.digest ? -1 : 1)))
  await sql`
    with given as (
      select (f->>'id')::uuid as id, decode(f->>'digest', 'hex') as digest, (f->>'size')::bigint as size, f->>'type' as type, f->>'name' as name
        from jsonb_array_elements(${sorted}::jsonb) f),
    content as (
      insert into documents.content (digest, size, type, kept_at)
      select distinct on (digest) digest, size, type, ${iso(ctx.now)}::timestamptz from given order by digest
      on conflict (digest) do nothing)
    insert into documents.file (owner, id, digest, size, type, name, at)
    select ${owner}::uuid, id, digest, size, type, name, ${iso(ctx.now)}::timestamptz from given`.execute(ctx.db)
}
