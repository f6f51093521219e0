/** The copy of the seals outside the database: `<DATA_DIR>/seals/0001.json`, and beside it `0001.heads`, the streams that moved since the seal before. */
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Uuid } from '#kernel/ids.ts'
import type { Seal } from './seal.ts'

/** The sealed last event of a stream, with the beginnings of the hashes of all its events since the seal before: they name what was changed. */
export type SealedHead = { readonly stream: Uuid; readonly seq: number; readonly hash: string; readonly trail: readonly string[] }

/** Hexadecimal digits of a hash in a trail: enough to tell two events apart, not meant to prove anything. */
export const TRAIL_DIGITS = 16

const baseName = (n: number) => String(n).padStart(4, '0')
const PENDING = '.pending'

export type HeadsFile = { readonly add: (head: SealedHead) => Promise<void>; readonly close: () => Promise<void> }

/** Begins the list of a seal that is not yet in the database. */
export const openHeadsFile = async (sealsDir: string, n: number): Promise<HeadsFile> => {
  await mkdir(sealsDir, { recursive: true })
  const handle = await open(join(sealsDir, `${baseName(n)}.heads${PENDING}`), 'w')
  let lines: string[] = []
  const flush = async () => {
    await handle.write(lines.join(''))
    lines = []
  }
  return {
    add: async (head) => {
      lines.push(`${head.stream} ${head.seq} ${head.hash} ${head.trail.join(',')}\n`)
      if (lines.length >= 1_000) await flush()
    },
    close: async () => {
      await flush()
      await syncAndClose(handle)
    },
  }
}

export const writePendingSeal = async (sealsDir: string, seal: Seal): Promise<void> => {
  const handle = await open(join(sealsDir, `${baseName(seal.n)}.json${PENDING}`), 'w')
  await handle.write(`${JSON.stringify(seal, undefined, 2)}\n`)
  await syncAndClose(handle)
  await syncDirectory(sealsDir)
}

const syncAndClose = async (handle: FileHandle): Promise<void> => {
  await handle.sync()
  await handle.close()
}

const syncDirectory = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  // Some file systems cannot flush a folder; the files themselves are safe.
  await handle.sync().catch(() => undefined)
  await handle.close()
}

/** Gives the files of a seal that now stands in the database their names. */
export const confirmSealFiles = async (sealsDir: string, n: number): Promise<void> => {
  for (const suffix of ['.heads', '.json']) {
    const path = join(sealsDir, baseName(n) + suffix)
    await rename(path + PENDING, path)
  }
  await syncDirectory(sealsDir)
}

/**
 * After a crash between the files and the row, or between the row and the names: keeps what the database knows, drops the rest.
 * @param isSealed whether the database has this seal
 */
export const settlePendingFiles = async (sealsDir: string, isSealed: (n: number, hash: string) => Promise<boolean>): Promise<void> => {
  const names = await listNames(sealsDir)
  for (const name of names.filter((f) => f.endsWith(`.json${PENDING}`))) {
    const seal = await readSeal(join(sealsDir, name))
    if (seal !== undefined && (await isSealed(seal.n, seal.hash))) {
      await rename(join(sealsDir, `${baseName(seal.n)}.heads${PENDING}`), join(sealsDir, `${baseName(seal.n)}.heads`)).catch(() => undefined)
      await rename(join(sealsDir, name), join(sealsDir, name.slice(0, -PENDING.length)))
    }
  }
  for (const name of await listNames(sealsDir)) if (name.endsWith(PENDING)) await rm(join(sealsDir, name), { force: true })
}

const listNames = (path: string): Promise<string[]> => readdir(path).catch(() => [])

const readSeal = async (path: string): Promise<Seal | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Seal
  } catch {
    return undefined
  }
}

export type SealOnDisk = { readonly n: number; readonly file: string; readonly seal: Seal | undefined }

/** Every seal in the folder, a pending one too (the program was killed before it could name it), in order. */
export const listSealFiles = async (sealsDir: string): Promise<readonly SealOnDisk[]> => {
  const found = new Map<number, SealOnDisk>()
  for (const file of (await listNames(sealsDir)).sort()) {
    const match = /^(\d{4,})\.json(\.pending)?$/.exec(file)
    const n = Number(match?.[1])
    if (match !== null && !found.has(n)) found.set(n, { n, file, seal: await readSeal(join(sealsDir, file)) })
  }
  return [...found.values()].sort((a, b) => a.n - b.n)
}

/** The list of a seal, one stream after the other; nothing when the file is missing. */
export async function* readHeadsFile(sealsDir: string, n: number): AsyncGenerator<SealedHead> {
  const names = await listNames(sealsDir)
  const file = [`${baseName(n)}.heads`, `${baseName(n)}.heads${PENDING}`].find((f) => names.includes(f))
  if (file === undefined) return
  const input = createReadStream(join(sealsDir, file), 'utf8')
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const [stream, seq, hash, trail] = line.split(' ')
      if (stream === undefined || seq === undefined || hash === undefined || trail === undefined) continue
      yield { stream: stream as Uuid, seq: Number(seq), hash, trail: trail.split(',') }
    }
  } finally {
    input.destroy()
  }
}
