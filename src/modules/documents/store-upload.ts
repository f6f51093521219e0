/** Uploads are stored before any transaction and stand outside the log until something claims them (decisions 9, 21). */
import { z } from 'zod'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { MS_PER_DAY } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { authoriseAccount } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { fileStore } from '#platform/files/current-store.ts'
import { TooLarge } from '#platform/files/file-store.ts'
import { newId } from '#platform/ids.ts'
import { type FileType, HEAD_BYTES, TAIL_BYTES, cleanFileName, fileType, mayBecome } from './file-type.ts'
import { MAX_FILE_BYTES, MAX_WAITING_BYTES, Refused, UPLOAD_DAYS, type UploadRefusal } from './upload-refusal.ts'
import { advanceUpload, announceContent, confirmStored, deleteUpload, insertUpload, loadUpload, waitingBytes } from './upload-store.ts'

/** A file that lies in the store and waits to be claimed. `digest`: SHA-256 in hexadecimal; `size` in bytes. */
export type Upload = { readonly id: Uuid; readonly name: string; readonly size: number; readonly type: FileType; readonly digest: string }

export type IncomingFile = {
  /** As the browser sent it, path and all. */
  readonly name: string
  readonly content: AsyncIterable<Uint8Array>
  /** Bytes, where known before: fewer are a broken line. */
  readonly announced?: number
}

/** COMMAND. A whole file in one stream: a plain multipart form. @throws Forbidden */
export const storeUpload = async (ctx: Ctx, file: IncomingFile): Promise<Result<Upload, UploadRefusal>> => {
  authoriseAccount(ctx)
  const name = cleanFileName(file.name)
  const refusal = await refuseAnnounced(ctx, name, file.announced)
  if (refusal !== undefined) return err(refusal)
  const id = newId(ctx.now)
  await insertUpload(ctx, { id, name, size: file.announced ?? null, expiresAt: ctx.now + UPLOAD_DAYS * MS_PER_DAY })
  const stored = await keep(ctx, id, name, file.content, file.announced)
  if (!stored.ok) await deleteUpload(ctx, id)
  return stored
}

/** COMMAND. Announces a file that will come in pieces. `size` in bytes. */
export const BeginUpload = z.object({ name: z.string().max(1000), size: z.int().min(0) })
export type BeginUpload = z.infer<typeof BeginUpload>

export type UploadProgress = { readonly id: Uuid; readonly offset: number; readonly size: number; readonly done: Upload | null }

/** @throws Forbidden */
export const beginUpload = async (ctx: Ctx, input: BeginUpload): Promise<Result<UploadProgress, UploadRefusal>> => {
  authoriseAccount(ctx)
  const name = cleanFileName(input.name)
  const refusal = await refuseAnnounced(ctx, name, input.size)
  if (refusal !== undefined) return err(refusal)
  const id = newId(ctx.now)
  await insertUpload(ctx, { id, name, size: input.size, expiresAt: ctx.now + UPLOAD_DAYS * MS_PER_DAY })
  return ok({ id, offset: 0, size: input.size, done: null })
}

/** COMMAND. One piece at the offset that the server knows. */
export const ContinueUpload = z.object({ id: z.string().refine(isUuid), offset: z.int().min(0) })
export type ContinueUpload = z.infer<typeof ContinueUpload>

/**
 * The last piece completes the upload. A dropped line keeps what came; `offset` says from where to go on.
 * @throws Forbidden · NotFound for somebody else's upload or one that expired
 */
export const continueUpload = async (ctx: Ctx, input: ContinueUpload, content: AsyncIterable<Uint8Array>): Promise<Result<UploadProgress, UploadRefusal>> => {
  authoriseAccount(ctx)
  const progress = await getUploadProgress(ctx, input.id)
  if (progress.done !== null) return ok(progress)
  if (input.offset !== progress.offset) return err({ code: 'wrong-offset', offset: progress.offset })
  const { name } = await loadUpload(ctx, input.id)
  try {
    const { received } = await fileStore().parts.write(input.id, input.offset, content, progress.size)
    await advanceUpload(ctx, input.id, received)
    if (received < progress.size) return ok({ ...progress, offset: received })
  } catch (error) {
    if (error instanceof TooLarge) return err({ code: 'too-large', name, maxBytes: progress.size })
    throw error
  }
  return complete(ctx, input.id, name, progress.size)
}

/** How far an upload of the actor's has come. @throws Forbidden · NotFound */
export const getUploadProgress = async (ctx: Ctx, id: Uuid): Promise<UploadProgress> => {
  authoriseAccount(ctx)
  const row = await loadUpload(ctx, id)
  const { size, digest, type } = row
  const done = row.stored_at !== null && size !== null && digest !== null && type !== null ? { id, name: row.name, size, type, digest } : null
  return { id, offset: row.received, size: size ?? row.received, done }
}

const complete = async (ctx: Ctx, id: Uuid, name: string, size: number): Promise<Result<UploadProgress, UploadRefusal>> => {
  const stored = await keep(ctx, id, name, await fileStore().parts.read(id, size), size)
  await fileStore().parts.drop(id)
  if (!stored.ok) {
    await deleteUpload(ctx, id)
    return stored
  }
  return ok({ id, offset: size, size, done: stored.value })
}

const refuseAnnounced = async (ctx: Ctx, name: string, announced: number | undefined): Promise<UploadRefusal | undefined> => {
  if (announced === 0) return { code: 'empty', name }
  if ((announced ?? 0) > MAX_FILE_BYTES) return { code: 'too-large', name, maxBytes: MAX_FILE_BYTES }
  const maxBytes = MAX_WAITING_BYTES[ctx.actor.kind === 'person' && ctx.actor.posts.length === 0 ? 'citizen' : 'officer']
  if ((await waitingBytes(ctx)) + (announced ?? 0) > maxBytes) return { code: 'too-much-waiting', maxBytes }
  return undefined
}

/** Bytes to the store, verdict on their type, digest into the row, name on disk, row confirmed: in this order. */
const keep = async (ctx: Ctx, id: Uuid, name: string, content: AsyncIterable<Uint8Array>, announced: number | undefined): Promise<Result<Upload, UploadRefusal>> => {
  const probe: Probe = { head: Buffer.alloc(0), tail: Buffer.alloc(0) }
  let type: FileType | undefined
  try {
    const stored = await fileStore().put(probed(content, probe, name), {
      maxBytes: MAX_FILE_BYTES,
      beforeKeep: async (found) => {
        type = judge(probe, name, found.size, announced)
        await announceContent(ctx, id, found, type)
      },
    })
    if (type === undefined) throw new Error('kept without a verdict')
    await confirmStored(ctx, id)
    return ok({ id, name, size: stored.size, type, digest: stored.digest })
  } catch (error) {
    if (error instanceof Refused) return err(error.refusal)
    if (error instanceof TooLarge) return err({ code: 'too-large', name, maxBytes: error.maxBytes })
    throw error
  }
}

const judge = (probe: Probe, name: string, size: number, announced: number | undefined): FileType => {
  if (size === 0) throw new Refused({ code: 'empty', name })
  if (announced !== undefined && size < announced) throw new Refused({ code: 'cut-short', name, received: size, announced })
  const verdict = fileType(probe.head, probe.tail)
  if (verdict === 'unknown') throw new Refused({ code: 'wrong-type', name })
  if (verdict === 'damaged') throw new Refused({ code: 'damaged', name })
  return verdict
}

type Probe = { head: Buffer; tail: Buffer }

/** Lets the bytes through and remembers both ends; a file that cannot become one of ours is stopped at its beginning. */
async function* probed(content: AsyncIterable<Uint8Array>, probe: Probe, name: string): AsyncIterable<Uint8Array> {
  let judged = false
  for await (const chunk of content) {
    if (probe.head.length < HEAD_BYTES) probe.head = Buffer.concat([probe.head, chunk.subarray(0, HEAD_BYTES - probe.head.length)])
    probe.tail = Buffer.concat([probe.tail, chunk]).subarray(-TAIL_BYTES)
    if (!judged && probe.head.length === HEAD_BYTES) {
      if (!mayBecome(probe.head)) throw new Refused({ code: 'wrong-type', name })
      judged = true
    }
    yield chunk
  }
}
