/** Uploads become the dossier's files, in its own transaction (decision 21). */
import type { Uuid } from '#kernel/ids.ts'
import { type Result, ok } from '#kernel/result.ts'
import { type UploadGone, claimUploads, contentDigests } from '#modules/documents'
import type { Ctx } from '#platform/ctx.ts'
import type { Attachment, FileKept } from './lifecycle/state.ts'

export type FilesNamed = {
  readonly components: readonly { readonly n: number; readonly uploadIds: readonly Uuid[] }[]
  readonly otherUploadIds: readonly Uuid[]
}

/** The same form sent again has the same contents, whatever ids its uploads got (decision 17); an upload that holds nothing any more stands for itself. */
export const filesByContent = async <C extends FilesNamed['components'][number]>(ctx: Ctx, named: { readonly components: readonly C[]; readonly otherUploadIds: readonly Uuid[] }) => {
  const digests = await contentDigests(ctx, [...named.components.flatMap((c) => c.uploadIds), ...named.otherUploadIds])
  const contents = (ids: readonly Uuid[]): readonly string[] => ids.map((id) => digests.get(id) ?? id)
  return { components: named.components.map((c) => ({ ...c, uploadIds: contents(c.uploadIds) })), otherUploadIds: contents(named.otherUploadIds) }
}

/** The same, of files that belong to no paper. */
export const contentsOf = async (ctx: Ctx, uploadIds: readonly Uuid[]): Promise<readonly string[]> => (await filesByContent(ctx, { components: [], otherUploadIds: uploadIds })).otherUploadIds

export const fileByContent = async (ctx: Ctx, uploadId: Uuid): Promise<string> => (await contentDigests(ctx, [uploadId])).get(uploadId) ?? uploadId

/**
 * In the order of the papers, the others last. An upload named twice is filed where it was named first; the same content sent twice for one paper is one file of it,
 * the second upload is left to the sweep.
 */
export const claimFiles = async (ctx: Ctx, id: Uuid, named: FilesNamed): Promise<Result<readonly Attachment[], UploadGone>> => {
  const paperOf = new Map<Uuid, number | null>()
  const wanted = [...named.components.flatMap((c) => c.uploadIds.map((u) => [u, c.n] as const)), ...named.otherUploadIds.map((u) => [u, null] as const)]
  const digests = await contentDigests(ctx, wanted.map(([upload]) => upload))
  const seen = new Set<string>()
  for (const [upload, component] of wanted) {
    const content = `${component ?? ''} ${digests.get(upload) ?? upload}`
    if (paperOf.has(upload) || seen.has(content)) continue
    seen.add(content)
    paperOf.set(upload, component)
  }
  const files = await claim(ctx, id, [...paperOf.keys()])
  return files.ok ? ok(files.value.map((file, i) => ({ ...file, n: i + 1, component: paperOf.get(file.fileId) ?? null }))) : files
}

/** Files that come with an act and are no paper of the dossier: of a question, an opinion, a visit. */
export const claimedFiles = async (ctx: Ctx, id: Uuid, uploadIds: readonly Uuid[]): Promise<Result<readonly FileKept[], UploadGone>> => {
  const files = await claimFiles(ctx, id, { components: [], otherUploadIds: uploadIds })
  return files.ok ? ok(files.value.map(({ fileId, digest, name, type, size }) => ({ fileId, digest, name, type, size }))) : files
}

export const claimFile = async (ctx: Ctx, id: Uuid, uploadId: Uuid): Promise<Result<FileKept, UploadGone>> => {
  const files = await claim(ctx, id, [uploadId])
  return files.ok ? ok(files.value[0]!) : files
}

const claim = async (ctx: Ctx, id: Uuid, uploadIds: readonly Uuid[]): Promise<Result<readonly FileKept[], UploadGone>> => {
  const claimed = await claimUploads(ctx, uploadIds, id)
  if (!claimed.ok) return claimed
  const byId = new Map(claimed.value.map((file) => [file.id, file]))
  return ok(uploadIds.map((uploadId) => byId.get(uploadId)!).map((file) => ({ fileId: file.id, digest: file.digest, name: file.name, type: file.type, size: file.size })))
}
