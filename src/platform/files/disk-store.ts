import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NotFound } from '#kernel/errors.ts'
import { type Condition, DamagedFile, type Digest, type FileStore, type PartStore, type PutOptions, type StoredContent, TooLarge, isDigest } from './file-store.ts'

/**
 * Files under `<directory>/aa/bb/<sha256>`; what is still arriving lies in `tmp/` and `parts/`. Several processes may share the directory.
 * Order of a put: write to tmp, fsync, rename, fsync the folder. Only then is it answered.
 */
export const diskStore = (directory: string): FileStore => ({
  put: (content, options) => put(directory, content, options),
  open: async (digest) => {
    if ((await mtimeOf(pathOf(directory, digest))) === undefined) throw new NotFound('file')
    return checked(directory, digest)
  },
  has: async (digest) => (await mtimeOf(pathOf(directory, digest))) !== undefined,
  verify: (digest) => verify(directory, digest),
  removeUnlessNewer: (digest, before) => removeUnlessNewer(directory, digest, before),
  parts: diskParts(join(directory, 'parts')),
  sweepTemporary: (before) => sweepTemporary(directory, before),
})

const pathOf = (directory: string, digest: Digest): string => {
  // The digest becomes a path: nothing but hexadecimal digits may reach the file system.
  if (!isDigest(digest)) throw new RangeError('not a digest')
  return join(directory, digest.slice(0, 2), digest.slice(2, 4), digest)
}

const put = async (directory: string, content: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredContent> => {
  const temporary = join(directory, 'tmp', randomUUID())
  await mkdir(dirname(temporary), { recursive: true })
  try {
    const stored = await writeTemporary(temporary, content, options.maxBytes)
    await options.beforeKeep?.(stored)
    await keep(directory, temporary, pathOf(directory, stored.digest))
    return stored
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Bytes to a file of its own, safe on disk before it answers. */
export const writeTemporary = async (path: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredContent> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of content) {
      size += chunk.byteLength
      if (size > maxBytes) throw new TooLarge(maxBytes)
      hash.update(chunk)
      await writeAll(handle, chunk, size - chunk.byteLength)
    }
    await handle.sync()
    return { digest: hash.digest('hex'), size }
  } finally {
    await handle.close()
  }
}

const writeAll = async (handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> => {
  let done = 0
  while (done < chunk.byteLength) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.byteLength - done, position + done)
    done += bytesWritten
  }
}

/** Content that is there already is replaced by its equal: one copy, a fresh mtime against the sweep, and a damaged copy is healed. */
const keep = async (directory: string, temporary: string, target: string): Promise<void> => {
  const folder = dirname(target)
  const made = await mkdir(folder, { recursive: true })
  await rename(temporary, target)
  await syncFolder(folder)
  if (made !== undefined) {
    await syncFolder(dirname(folder))
    await syncFolder(directory)
  }
}

/** Makes a rename durable. Windows has no such call and refuses to open a folder. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const mtimeOf = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const openForReading = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (isMissing(error)) throw new NotFound('file')
    throw error
  }
}

const PIECE = 256 * 1024

async function* checked(directory: string, digest: Digest): AsyncGenerator<Buffer> {
  const handle = await openForReading(pathOf(directory, digest))
  yield* checkedPieces(handle.createReadStream({ highWaterMark: PIECE }) as AsyncIterable<Buffer>, digest)
}

/** @throws DamagedFile at the end, when the bytes are not those that the digest was made of */
export async function* checkedPieces(content: AsyncIterable<Uint8Array>, digest: Digest): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  // One piece is held back, so that a damaged file never arrives whole.
  let held: Buffer | undefined
  for await (const piece of content) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    hash.update(bytes)
    if (held !== undefined) yield held
    held = bytes
  }
  if (hash.digest('hex') !== digest) throw new DamagedFile(digest)
  if (held !== undefined) yield held
}

const verify = async (directory: string, digest: Digest): Promise<Condition> => {
  try {
    const pieces = checked(directory, digest)
    while ((await pieces.next()).done !== true) {
      // The digest is checked on the way; the bytes are not needed.
    }
    return 'good'
  } catch (error) {
    if (error instanceof NotFound) return 'missing'
    if (error instanceof DamagedFile) return 'damaged'
    throw error
  }
}

/**
 * Moves the content aside before looking at its age: a put of the same content before the move shows in the age (and it is moved back),
 * one after the move makes a new file.
 */
const removeUnlessNewer = async (directory: string, digest: Digest, before: number): Promise<boolean> => {
  const path = pathOf(directory, digest)
  const age = await mtimeOf(path)
  if (age === undefined || age >= before) return false
  const aside = join(directory, 'tmp', `${digest}-${randomUUID()}`)
  await mkdir(dirname(aside), { recursive: true })
  try {
    await rename(path, aside)
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
  if (((await mtimeOf(aside)) ?? 0) >= before) {
    await rename(aside, path)
    await syncFolder(dirname(path))
    return false
  }
  await unlink(aside)
  return true
}

export const sweepTemporary = async (directory: string, before: number): Promise<number> => {
  let removed = 0
  for (const folder of [join(directory, 'tmp'), join(directory, 'parts')]) {
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name)
      if (((await mtimeOf(path)) ?? Number.POSITIVE_INFINITY) >= before) continue
      // Content that a dying sweep moved aside: it was old then, but a put may have believed in it. Back is the safe side.
      const digest = name.slice(0, 64)
      if (isDigest(digest) && (await mtimeOf(pathOf(directory, digest))) === undefined) {
        await mkdir(dirname(pathOf(directory, digest)), { recursive: true })
        await rename(path, pathOf(directory, digest))
      } else await rm(path, { force: true })
      removed += 1
    }
  }
  return removed
}

export const diskParts = (folder: string): PartStore => {
  const partPath = (id: string): string => {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new RangeError('not the id of an upload')
    return join(folder, id)
  }
  return {
    write: async (id, offset, content, maxBytes) => {
      await mkdir(folder, { recursive: true })
      const handle = await openPart(partPath(id))
      try {
        const end = await writePart(handle, offset, content, maxBytes)
        await handle.sync()
        return end
      } finally {
        await handle.close()
      }
    },
    read: async (id, size) => firstBytes(await openForReading(partPath(id)), size),
    drop: (id) => rm(partPath(id), { force: true }),
  }
}

const openPart = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if (isMissing(error)) return open(path, 'w', 0o600)
    throw error
  }
}

/** Nothing is cut off first: two senders of the same piece (a retry beside a hanging connection) then write equal bytes to equal places. */
const writePart = async (handle: FileHandle, offset: number, content: AsyncIterable<Uint8Array>, maxBytes: number) => {
  let received = offset
  try {
    for await (const chunk of content) {
      if (received + chunk.byteLength > maxBytes) throw new TooLarge(maxBytes)
      await writeAll(handle, chunk, received)
      received += chunk.byteLength
    }
    return { received, complete: true }
  } catch (error) {
    if (error instanceof TooLarge || isDiskError(error)) throw error
    return { received, complete: false }
  }
}

const isDiskError = (error: unknown): boolean => error instanceof Error && 'code' in error && ['ENOSPC', 'EIO', 'EDQUOT', 'EROFS', 'EACCES'].includes(String(error.code))

async function* firstBytes(handle: FileHandle, size: number): AsyncIterable<Buffer> {
  if (size === 0) return void (await handle.close())
  for await (const piece of handle.createReadStream({ start: 0, end: size - 1, highWaterMark: PIECE })) yield piece as Buffer
}
