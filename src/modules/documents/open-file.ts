import type { Uuid } from '#kernel/ids.ts'
import { NotFound } from '#kernel/errors.ts'
import { authoriseAccount } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { fileStore } from '#platform/files/current-store.ts'
import type { FileType } from './file-type.ts'
import type { Upload } from './store-upload.ts'
import { findStored } from './upload-store.ts'

export type FileRow = { readonly id: Uuid; readonly digest: string; readonly size: number; readonly type: FileType; readonly name: string }

/** `content` is checked against the digest while it is read: a damaged file breaks off before its end. */
export type OpenedFile = FileRow & { readonly content: AsyncIterable<Buffer> }

/** Says whether the actor may read what belongs to `owner`, by throwing `Forbidden` or `NotFound`: the module of the owner knows, this one does not. */
export type MayRead = (ctx: Ctx, owner: Uuid) => Promise<unknown>

/** @throws NotFound · whatever `mayRead` throws */
export const openFile = async (ctx: Ctx, file: { readonly owner: Uuid; readonly id: Uuid }, mayRead: MayRead): Promise<OpenedFile> => {
  await mayRead(ctx, file.owner)
  const { rows } = await sql<FileRow>`
    select id, encode(digest, 'hex') as digest, size, type, name from documents.file
     where owner = ${file.owner} and id = ${file.id}`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) throw new NotFound('file')
  return { ...row, content: await fileStore().open(row.digest) }
}

/** The files of one owner, oldest first. Names are personal: the caller has authorised. */
export const listFiles = async (ctx: Ctx, owner: Uuid): Promise<readonly FileRow[]> => {
  const { rows } = await sql<FileRow>`
    select id, encode(digest, 'hex') as digest, size, type, name from documents.file where owner = ${owner} order by id`.execute(ctx.db)
  return rows
}

/** Uploads of the actor's that a form carries, to show them again after a 422; those that are gone are left out. @throws Forbidden */
export const listUploads = async (ctx: Ctx, ids: readonly Uuid[]): Promise<readonly Upload[]> => {
  authoriseAccount(ctx)
  return (await findStored(ctx, ids)).flatMap((row) =>
    row.digest === null || row.type === null || row.size === null ? [] : [{ id: row.id, name: row.name, size: row.size, type: row.type, digest: row.digest }],
  )
}

/** An upload of the actor's, to look at it before it is claimed. @throws Forbidden · NotFound */
export const openUpload = async (ctx: Ctx, id: Uuid): Promise<OpenedFile> => {
  const upload = (await listUploads(ctx, [id]))[0]
  if (upload === undefined) throw new NotFound('upload')
  return { ...upload, content: await fileStore().open(upload.digest) }
}
