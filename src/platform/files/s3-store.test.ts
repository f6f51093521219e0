/** The bucket store against s3rver, a bucket on this machine: what the disk store promises, a bucket keeps too. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '#kernel/digest.ts'
import { NotFound } from '#kernel/errors.ts'
import { type FileStore, TooLarge } from './file-store.ts'
import { bucketOf, s3Store } from './s3-store.ts'

const MAX = { maxBytes: 1_000_000 }
const TEXT = Buffer.from('Giấy xác nhận tình trạng hôn nhân')
const DIGEST = sha256Hex(TEXT)
let folder: string
let server: ChildProcess
let store: FileStore
let made = 0
let url = ''

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
const later = () => Date.now() + 60_000

beforeAll(async () => {
  // The only key that s3rver knows.
  process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER'
  folder = await mkdtemp(join(tmpdir(), 'motcua-s3-'))
  server = fork(join(import.meta.dirname, '../../../test/bucket-server.ts'), [join(folder, 'buckets')])
  const [port] = await once(server, 'message')
  url = `s3://motcua/files-N?endpoint=http://127.0.0.1:${port}`
})
beforeEach(async () => {
  made += 1
  store = await s3Store(url.replace('files-N', `files-${made}`), join(folder, 'staging'))
})
afterAll(async () => {
  const ended = once(server, 'exit')
  server.kill()
  await ended
  await rm(folder, { recursive: true, force: true })
})

describe('a bucket', () => {
  it('gives back byte for byte what was put under its digest', async () => {
    expect(await store.put(pieces(TEXT.subarray(0, 7), TEXT.subarray(7)), MAX)).toEqual({ digest: DIGEST, size: TEXT.length })
    expect(await readAll(await store.open(DIGEST))).toEqual(TEXT)
    expect([await store.has(DIGEST), await store.verify(DIGEST)]).toEqual([true, 'good'])
    expect(await readdir(join(folder, 'staging/tmp'))).toEqual([])
  })

  it('holds the same content once, also when it arrives three times at once', async () => {
    await Promise.all([1, 2, 3].map(() => store.put(pieces(TEXT), MAX)))
    await store.put(pieces(TEXT), MAX)
    const kept = (await readdir(join(folder, 'buckets/motcua'), { recursive: true })).filter((name) => name.includes(`files-${made}/`) && name.endsWith('._S3rver_object'))
    expect(kept).toHaveLength(1)
  })

  it('keeps a big file whole over many pieces', async () => {
    const big = Buffer.alloc(900_000, 'đ')
    const { digest } = await store.put(pieces(big), MAX)
    expect((await readAll(await store.open(digest))).equals(big)).toBe(true)
  })

  it('keeps nothing of a broken line, of too much, of what was refused before keeping', async () => {
    await expect(store.put(pieces(TEXT, new Error('aborted')), MAX)).rejects.toThrow('aborted')
    await expect(store.put(pieces(TEXT), { maxBytes: TEXT.length - 1 })).rejects.toThrow(TooLarge)
    await expect(store.put(pieces(TEXT), { ...MAX, beforeKeep: () => Promise.reject(new Error('wrong type')) })).rejects.toThrow('wrong type')
    expect(await store.has(DIGEST)).toBe(false)
  })

  it('knows what is missing; nothing but a digest is a name', async () => {
    expect(await store.verify(DIGEST)).toBe('missing')
    await expect(store.open(DIGEST)).rejects.toThrow(NotFound)
    await expect(store.open('../../etc/passwd')).rejects.toThrow(RangeError)
  })

  it('a sweep takes what is old, and nothing that was put since', async () => {
    await store.put(pieces(TEXT), MAX)
    expect(await store.removeUnlessNewer(DIGEST, Date.now() - 60_000)).toBe(false)
    expect(await store.removeUnlessNewer(DIGEST, later())).toBe(true)
    expect(await store.has(DIGEST)).toBe(false)
  })

  it('a put at the very moment of the sweep never loses: twenty races', async () => {
    for (let round = 0; round < 20; round += 1) {
      await store.put(pieces(TEXT), MAX).catch(() => store.put(pieces(TEXT), MAX))
      const since = Date.now() + 1
      await new Promise((resolve) => setTimeout(resolve, 2))
      // s3rver stumbles over a folder that goes away while it lists it; a sweep that fails comes again.
      await Promise.all([store.removeUnlessNewer(DIGEST, since).catch(() => false), store.put(pieces(TEXT), MAX).catch(() => store.put(pieces(TEXT), MAX))])
      expect(await store.verify(DIGEST)).toBe('good')
    }
  })

  it('takes a file in pieces, going on where the line dropped', async () => {
    const id = '00000000-0000-7000-8000-000000000001'
    expect(await store.parts.write(id, 0, pieces(TEXT.subarray(0, 9), new Error('reset')), 1000)).toEqual({ received: 9, complete: false })
    expect(await store.parts.write(id, 9, pieces(TEXT.subarray(9)), 1000)).toEqual({ received: TEXT.length, complete: true })
    expect(await readAll(await store.parts.read(id, TEXT.length))).toEqual(TEXT)
    await store.parts.drop(id)
  })
})

it('FILES_URL says bucket, prefix, endpoint and region; anything else is refused in one sentence', () => {
  expect(bucketOf('s3://hoso/hue/2026?endpoint=https://s3.hue.gov.vn&region=vn-1')).toEqual({ bucket: 'hoso', prefix: 'hue/2026', endpoint: 'https://s3.hue.gov.vn', region: 'vn-1' })
  for (const wrong of ['https://s3.hue.gov.vn/hoso', 's3://', 'hoso']) expect(() => bucketOf(wrong)).toThrow('FILES_URL must be s3://')
})
