import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '#kernel/digest.ts'
import { NotFound } from '#kernel/errors.ts'
import { diskStore } from './disk-store.ts'
import { DamagedFile, type FileStore, TooLarge } from './file-store.ts'

let folder: string
let store: FileStore
const MAX = { maxBytes: 1_000_000 }
const TEXT = Buffer.from('Giấy xác nhận tình trạng hôn nhân')
const DIGEST = sha256Hex(TEXT)
const path = () => join(folder, DIGEST.slice(0, 2), DIGEST.slice(2, 4), DIGEST)

async function* pieces(...parts: readonly (Uint8Array | Error)[]): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part
    yield part
  }
}

const readAll = async (content: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = []
  for await (const piece of content) all.push(piece)
  return Buffer.concat(all)
}

const filesBelow = async (): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-files-'))
  store = diskStore(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('storing a file', () => {
  it('lies under its digest and comes back byte for byte', async () => {
    expect(await store.put(pieces(TEXT.subarray(0, 7), TEXT.subarray(7)), MAX)).toEqual({ digest: DIGEST, size: TEXT.length })
    expect(await readFile(path())).toEqual(TEXT)
    expect(await readAll(await store.open(DIGEST))).toEqual(TEXT)
    expect(await store.has(DIGEST)).toBe(true)
    expect(await store.verify(DIGEST)).toBe('good')
  })

  it('the same content twice is one file, also when both arrive at once', async () => {
    await Promise.all([store.put(pieces(TEXT), MAX), store.put(pieces(TEXT), MAX), store.put(pieces(TEXT), MAX)])
    expect(await filesBelow()).toEqual([DIGEST])
  })

  it('a line that drops in the middle leaves nothing', async () => {
    await expect(store.put(pieces(TEXT, new Error('aborted')), MAX)).rejects.toThrow('aborted')
    expect(await filesBelow()).toEqual([])
  })

  it('one byte over the limit is refused and leaves nothing; the limit itself is allowed', async () => {
    await expect(store.put(pieces(TEXT), { maxBytes: TEXT.length - 1 })).rejects.toThrow(TooLarge)
    expect(await filesBelow()).toEqual([])
    expect((await store.put(pieces(TEXT), { maxBytes: TEXT.length })).size).toBe(TEXT.length)
  })

  it('what is thrown before keeping stops the storing and leaves nothing', async () => {
    await expect(store.put(pieces(TEXT), { ...MAX, beforeKeep: () => Promise.reject(new Error('wrong type')) })).rejects.toThrow('wrong type')
    expect(await filesBelow()).toEqual([])
  })

  it('a big file keeps its digest over many pieces', async () => {
    const big = Buffer.alloc(900_000, 'đ')
    const { digest } = await store.put(pieces(big), MAX)
    expect(digest).toBe(sha256Hex(big))
    expect((await readAll(await store.open(digest))).equals(big)).toBe(true)
  })
})

describe('reading', () => {
  it('a flipped byte is found, and the damaged file never arrives whole', async () => {
    await store.put(pieces(TEXT), MAX)
    const bytes = await readFile(path())
    bytes[5] = (bytes[5] ?? 0) ^ 1
    await writeFile(path(), bytes)
    expect(await store.verify(DIGEST)).toBe('damaged')
    await expect(store.open(DIGEST).then(readAll)).rejects.toThrow(DamagedFile)
    await store.put(pieces(TEXT), MAX)
    expect(await store.verify(DIGEST), 'storing the same content again heals it').toBe('good')
  })

  it('a file cut short on disk is damaged; one that is gone is missing', async () => {
    await store.put(pieces(TEXT), MAX)
    await writeFile(path(), TEXT.subarray(0, 10))
    expect(await store.verify(DIGEST)).toBe('damaged')
    await rm(path())
    expect(await store.verify(DIGEST)).toBe('missing')
    await expect(store.open(DIGEST)).rejects.toThrow(NotFound)
  })

  it('only a digest is a name: no path reaches the disk', async () => {
    await expect(store.open('../../etc/passwd')).rejects.toThrow(RangeError)
    await expect(store.open(DIGEST.toUpperCase())).rejects.toThrow(RangeError)
    await expect(store.parts.read('../escape', 1)).rejects.toThrow(RangeError)
  })
})

describe('sweeping', () => {
  const old = new Date('2026-01-01T00:00:00Z')
  const since = Date.parse('2026-06-01T00:00:00Z')

  it('removes old content, keeps what was put again since', async () => {
    await store.put(pieces(TEXT), MAX)
    await utimes(path(), old, old)
    await store.put(pieces(TEXT), MAX)
    expect(await store.removeUnlessNewer(DIGEST, since)).toBe(false)
    await utimes(path(), old, old)
    expect(await store.removeUnlessNewer(DIGEST, since)).toBe(true)
    expect(await filesBelow()).toEqual([])
  })

  it('a put at the very moment of the sweep never loses: fifty races', async () => {
    for (let round = 0; round < 50; round += 1) {
      await store.put(pieces(TEXT), MAX)
      await utimes(path(), old, old)
      await Promise.all([store.removeUnlessNewer(DIGEST, since), store.put(pieces(TEXT), MAX)])
      expect(await store.verify(DIGEST)).toBe('good')
    }
  })

  it('removes what broken-off writes left, not what is still arriving', async () => {
    await store.parts.write('00000000-0000-7000-8000-000000000001', 0, pieces(TEXT), 1000)
    await store.parts.write('00000000-0000-7000-8000-000000000002', 0, pieces(TEXT), 1000)
    await utimes(join(folder, 'parts/00000000-0000-7000-8000-000000000001'), old, old)
    expect(await store.sweepTemporary(since)).toBe(1)
    expect(await filesBelow()).toEqual(['00000000-0000-7000-8000-000000000002'])
  })
})

describe('a file in pieces', () => {
  const ID = '00000000-0000-7000-8000-000000000001'

  it('a dropped line keeps what came, and the next piece goes on from there', async () => {
    expect(await store.parts.write(ID, 0, pieces(TEXT.subarray(0, 9), new Error('reset')), 1000)).toEqual({ received: 9, complete: false })
    expect(await store.parts.write(ID, 9, pieces(TEXT.subarray(9)), 1000)).toEqual({ received: TEXT.length, complete: true })
    expect(await readAll(await store.parts.read(ID, TEXT.length))).toEqual(TEXT)
    await store.parts.drop(ID)
    expect(await filesBelow()).toEqual([])
  })

  it('bytes that nobody confirmed are overwritten, and those past the end do not count', async () => {
    await store.parts.write(ID, 0, pieces(Buffer.alloc(200, 'x')), 1000)
    await store.parts.write(ID, 0, pieces(TEXT), 1000)
    expect(await readAll(await store.parts.read(ID, TEXT.length))).toEqual(TEXT)
  })

  it('more than was announced is refused', async () => {
    await expect(store.parts.write(ID, 0, pieces(TEXT), 10)).rejects.toThrow(TooLarge)
  })
})
