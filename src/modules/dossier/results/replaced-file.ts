import type { Uuid } from '#kernel/ids.ts'
import { type MayRead, type OpenedFile, openFile } from '#modules/documents'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/**
 * QUERY. A file of a dossier. One that was a result until another took its place says so by its name wherever it is saved: what was signed is not written on.
 * @throws NotFound · whatever `mayRead` throws
 */
export const openDossierFile = async (ctx: Ctx, { owner, id }: { readonly owner: Uuid; readonly id: Uuid }, mayRead: MayRead): Promise<OpenedFile> => {
  const file = await openFile(ctx, { owner, id }, mayRead)
  const { rows } = await sql<{ replaced: boolean }>`select exists (select from dossier.result where dossier_id = ${owner} and file_id = ${id} and replaced_by is not null) as replaced`.execute(ctx.db)
  return rows[0]?.replaced === true ? { ...file, name: `Đã được thay - ${file.name}` } : file
}
