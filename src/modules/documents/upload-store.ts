/** SQL of uploads and files. */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { NotFound } from '#kernel/errors.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { StoredContent } from '#platform/files/file-store.ts'
import type { FileType } from './file-type.ts'

export type UploadRow = {
  readonly id: Uuid
  readonly owner: string
  readonly name: string
  readonly size: number | null
  readonly received: number
  readonly digest: string | null
  readonly type: FileType | null
  readonly stored_at: Instant | null
  readonly expires_at: Instant
}

/** Whose upload it is. Citizens before sign-in (a signed cookie) come with online filing. */
const uploadOwner = (actor: Actor): string => (actor.kind === 'person' ? `user:${actor.userId}` : actor.kind === 'system' ? `system:${actor.job}` : 'nobody')

export const iso = (at: number): string => new Date(at).toISOString()

const COLUMNS = sql`id, owner, name, size, received, encode(digest, 'hex') as digest, type, stored_at, expires_at`

export const insertUpload = async (ctx: Ctx, row: { id: Uuid; name: string; size: number | null; expiresAt: number }): Promise<void> => {
  await sql`
    insert into documents.upload (id, owner, name, size, created_at, expires_at)
    values (${row.id}, ${uploadOwner(ctx.actor)}, ${row.name}, ${row.size}, ${iso(ctx.now)}, ${iso(row.expiresAt)})`.execute(ctx.db)
}

/** Before the bytes get their name on disk. */
export const announceContent = async (ctx: Ctx, id: Uuid, content: StoredContent, type: FileType): Promise<void> => {
  await sql`
    update documents.upload set digest = decode(${content.digest}, 'hex'), size = ${content.size}, received = ${content.size}, type = ${type} where id = ${id}`.execute(ctx.db)
}

export const confirmStored = async (ctx: Ctx, id: Uuid): Promise<void> => {
  await sql`update documents.upload set stored_at = ${iso(ctx.now)} where id = ${id}`.execute(ctx.db)
}

export const advanceUpload = async (ctx: Ctx, id: Uuid, received: number): Promise<void> => {
  await sql`update documents.upload set received = greatest(received, ${received}::bigint) where id = ${id}`.execute(ctx.db)
}

export const deleteUpload = async (ctx: Ctx, id: Uuid): Promise<void> => {
  await sql`delete from documents.upload where id = ${id}`.execute(ctx.db)
}

/** The actor's own, not expired. @throws NotFound, also for somebody else's */
export const loadUpload = async (ctx: Ctx, id: Uuid): Promise<UploadRow> => {
  const { rows } = await sql<UploadRow>`
    select ${COLUMNS} from documents.upload where id = ${id} and owner = ${uploadOwner(ctx.actor)} and expires_at > ${iso(ctx.now)}`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) throw new NotFound('upload')
  return row
}

/** The actor's own, stored and not expired, in the order asked for; others are left out. */
export const findStored = async (ctx: Ctx, ids: readonly Uuid[], lock = false): Promise<readonly UploadRow[]> => {
  const { rows } = await sql<UploadRow>`
    select ${COLUMNS} from documents.upload
     where id = any(${[...ids]}::uuid[]) and owner = ${uploadOwner(ctx.actor)} and stored_at is not null and expires_at > ${iso(ctx.now)}
     order by array_position(${[...ids]}::uuid[], id) ${lock ? sql`for update` : sql``}`.execute(ctx.db)
  return rows
}

/** Bytes that the actor has lying unclaimed. */
export const waitingBytes = async (ctx: Ctx): Promise<number> => {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(greatest(size, received)), 0)::bigint as bytes from documents.upload
     where owner = ${uploadOwner(ctx.actor)} and expires_at > ${iso(ctx.now)}`.execute(ctx.db)
  return rows[0]?.bytes ?? 0
}
