import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, afterEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '#kernel/digest.ts'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import { type Instant, MS_PER_DAY } from '#kernel/plain-date.ts'
import { uuid } from '#kernel/ids.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { DamagedFile } from '#platform/files/file-store.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { beginUpload, claimUploads, continueUpload, getUploadProgress, listFiles, listUploads, openFile, openUpload, storeUpload, sweepUploads, verifyContents } from './index.ts'

const db = await testDb()
const officer = (n: number, role = 'desk-officer'): Extract<Actor, { kind: 'person' }> => {
  const id = uuid(`019b755a-2280-7000-8000-${String(n).padStart(12, '0')}`)
  return { kind: 'person', userId: id, personId: id, posts: [{ postId: id, role, unitId: id, agencyId: id }] }
}
const citizen = (n: number): Actor => ({ ...officer(n), posts: [] })
const lan = () => db.ctx({ actor: officer(1) })
const minh = () => db.ctx({ actor: officer(2) })
const later = (days: number): Ctx => db.ctx({ now: (Date.now() + days * MS_PER_DAY) as Instant })
const anyone = () => Promise.resolve()

const PDF = Buffer.from('%PDF-1.7\nGiấy khai sinh\n%%EOF\n')
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('…IEND')])
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

async function* stream(...parts: readonly (Uint8Array | Error)[]): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part
    yield part
  }
}
const readAll = async (content: AsyncIterable<Buffer>) => {
  const all: Buffer[] = []
  for await (const piece of content) all.push(piece)
  return Buffer.concat(all)
}
const send = async (ctx: Ctx, bytes: Uint8Array = PDF, name = 'khai-sinh.pdf') => {
  const stored = await storeUpload(ctx, { name, content: stream(bytes), announced: bytes.length })
  if (!stored.ok) throw new Error(stored.error.code)
  return stored.value
}
const begin = async (size = PDF.length) => {
  const begun = await beginUpload(lan(), { name: 'ban-ve.pdf', size })
  if (!begun.ok) throw new Error(begun.error.code)
  return begun.value
}
const claim = (ctx: Ctx, ids: Parameters<typeof claimUploads>[1], owner: Parameters<typeof claimUploads>[2]) => inTx(ctx, (ctx) => claimUploads(ctx, ids, owner))

let folder: string
const filesBelow = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name)
const path = (digest: string) => join(folder, digest.slice(0, 2), digest.slice(2, 4), digest)
const rows = async (table: string) => (await db.owner.query<{ n: number }>(`select count(*) as n from documents.${table}`)).rows[0]?.n

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-documents-'))
  useFileStore(diskStore(folder))
  await db.owner.query('truncate documents.upload, documents.content, documents.file')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a paper is scanned and sent', () => {
  it('lies under its digest before the answer is given', async () => {
    const upload = await send(lan())
    expect(upload).toMatchObject({ name: 'khai-sinh.pdf', size: PDF.length, type: 'application/pdf', digest: sha256Hex(PDF) })
    expect(await filesBelow()).toEqual([sha256Hex(PDF)])
    expect(await readAll((await openUpload(lan(), upload.id)).content)).toEqual(PDF)
  })

  it('the same paper sent twice is stored once', async () => {
    await send(lan())
    await send(minh(), PDF, 'ban-sao.pdf')
    expect(await filesBelow()).toHaveLength(1)
    expect(await rows('upload')).toBe(2)
  })

  it('what it is is told by its bytes, not by its name', async () => {
    expect((await send(lan(), JPEG, 'anh.pdf')).type).toBe('image/jpeg')
    expect((await send(lan(), PNG, 'khong-duoi')).type).toBe('image/png')
  })

  it.each([
    ['a program called .pdf', Buffer.from('MZ\x90\0 this program'), 'wrong-type'],
    ['a web page', Buffer.from('<html><script>alert(1)</script>'), 'wrong-type'],
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['a PDF cut before it came here', PDF.subarray(0, 12), 'damaged'],
    ['a document with macros', Buffer.from('PK\x03\x04 word/document.xml word/vbaProject.bin PK\x05\x06', 'latin1'), 'wrong-type'],
  ])('%s is refused and leaves nothing', async (_what, bytes, code) => {
    const refused = await storeUpload(lan(), { name: 'to-khai.pdf', content: stream(bytes), announced: bytes.length })
    expect(refused).toMatchObject({ ok: false, error: { code, name: 'to-khai.pdf' } })
    expect(await filesBelow()).toEqual([])
    expect(await rows('upload')).toBe(0)
  })

  it('one that is too large is refused before its bytes are read', async () => {
    const refused = await storeUpload(lan(), { name: 'a.pdf', content: stream(new Error('must not be read')), announced: 60 * 1024 * 1024 })
    expect(refused).toMatchObject({ ok: false, error: { code: 'too-large', maxBytes: 50_000_000 } })
  })

  it('one that turns out too large on the way leaves nothing', async () => {
    const mega = Buffer.alloc(1024 * 1024, 'x')
    const refused = await storeUpload(lan(), { name: 'a.pdf', content: stream(Buffer.from('%PDF-'), ...Array.from({ length: 50 }, () => mega)) })
    expect(refused).toMatchObject({ ok: false, error: { code: 'too-large' } })
    expect(await filesBelow()).toEqual([])
  })

  it('a line that ends early is told from a whole file', async () => {
    const refused = await storeUpload(lan(), { name: 'a.pdf', content: stream(PDF), announced: PDF.length + 1000 })
    expect(refused).toMatchObject({ ok: false, error: { code: 'cut-short', received: PDF.length, announced: PDF.length + 1000 } })
    expect(await filesBelow()).toEqual([])
  })

  it('a path in the name is cut off, tricks with the direction of text too', async () => {
    expect((await send(lan(), PDF, '../../etc/passwd')).name).toBe('passwd')
    expect((await send(lan(), PDF, 'C:\\Users\\Lan\\Giấy khai sinh.pdf')).name).toBe('Giấy khai sinh.pdf')
    expect((await send(lan(), PDF, 'anh\u202egpj.exe')).name).toBe('anhgpj.exe')
    expect((await send(lan(), PDF, '..')).name).toBe('tep-khong-ten')
    expect(Array.from((await send(lan(), PDF, `${'ắ'.repeat(400)}.pdf`)).name)).toHaveLength(150)
  })

  it('any account may send, nobody else', async () => {
    await expect(storeUpload(db.ctx({ actor: { kind: 'anonymous' } }), { name: 'a.pdf', content: stream(PDF) })).rejects.toThrow(Forbidden)
    await expect(beginUpload(db.ctx({ actor: { kind: 'anonymous' } }), { name: 'a.pdf', size: 10 })).rejects.toThrow(Forbidden)
    expect(await send(db.ctx({ actor: citizen(3) }))).toMatchObject({ type: 'application/pdf' })
  })

  it('a citizen has 300 MB waiting and no more: announced bytes count', async () => {
    const mai = db.ctx({ actor: citizen(4) })
    for (let n = 0; n < 6; n++) expect(await beginUpload(mai, { name: 'a.pdf', size: 50_000_000 })).toMatchObject({ ok: true })
    expect(await beginUpload(mai, { name: 'a.pdf', size: 1 })).toMatchObject({ ok: false, error: { code: 'too-much-waiting', maxBytes: 300_000_000 } })
    expect(await beginUpload(db.ctx({ actor: citizen(5) }), { name: 'a.pdf', size: 1 })).toMatchObject({ ok: true })
  })

  it("another citizen neither sees, continues nor claims a citizen's upload", async () => {
    const [mai, hoa] = [db.ctx({ actor: citizen(6) }), db.ctx({ actor: citizen(7) })]
    const upload = await send(mai)
    expect(await listUploads(hoa, [upload.id])).toEqual([])
    await expect(openUpload(hoa, upload.id)).rejects.toThrow(NotFound)
    await expect(continueUpload(hoa, { id: upload.id, offset: 0 }, stream(PDF))).rejects.toThrow(NotFound)
    expect(await claim(hoa, [upload.id], newId(NOW))).toMatchObject({ ok: false, error: { code: 'upload-gone' } })
    expect(await claim(mai, [upload.id], newId(NOW))).toMatchObject({ ok: true })
  })

  it("somebody else's upload does not exist", async () => {
    const upload = await send(lan())
    expect(await listUploads(minh(), [upload.id])).toEqual([])
    await expect(openUpload(minh(), upload.id)).rejects.toThrow(NotFound)
  })
})

describe('a large paper is sent in pieces', () => {
  it('piece after piece, the last one completes it', async () => {
    const { id } = await begin()
    expect(await continueUpload(lan(), { id, offset: 0 }, stream(PDF.subarray(0, 10)))).toMatchObject({ ok: true, value: { offset: 10, done: null } })
    expect(await continueUpload(lan(), { id, offset: 10 }, stream(PDF.subarray(10)))).toMatchObject({ ok: true, value: { done: { id, digest: sha256Hex(PDF) } } })
    expect(await filesBelow()).toEqual([sha256Hex(PDF)])
  })

  it('the line drops: what came is kept, and it goes on from there', async () => {
    const { id } = await begin()
    await continueUpload(lan(), { id, offset: 0 }, stream(PDF.subarray(0, 7), new Error('socket hang up')))
    expect(await getUploadProgress(lan(), id)).toMatchObject({ offset: 7, done: null })
    expect(await continueUpload(lan(), { id, offset: 7 }, stream(PDF.subarray(7)))).toMatchObject({ ok: true, value: { done: { size: PDF.length } } })
  })

  it('a piece for another place is refused with the place that is next; the last piece sent again is answered again', async () => {
    const { id } = await begin()
    expect(await continueUpload(lan(), { id, offset: 5 }, stream(PDF))).toEqual({ ok: false, error: { code: 'wrong-offset', offset: 0 } })
    const first = await continueUpload(lan(), { id, offset: 0 }, stream(PDF))
    expect(await continueUpload(lan(), { id, offset: 0 }, stream(PDF))).toEqual(first)
  })

  it('more than announced is refused', async () => {
    const { id } = await begin(10)
    expect(await continueUpload(lan(), { id, offset: 0 }, stream(PDF))).toMatchObject({ ok: false, error: { code: 'too-large' } })
  })

  it('of the wrong type it is refused at its end and leaves nothing', async () => {
    const { id } = await begin(5)
    expect(await continueUpload(lan(), { id, offset: 0 }, stream(Buffer.from('hello')))).toMatchObject({ ok: false, error: { code: 'wrong-type' } })
    expect(await filesBelow()).toEqual([])
  })
})

describe('a dossier claims what was sent for it', () => {
  it('the file then belongs to the dossier and is opened by whoever may read it', async () => {
    const [upload, owner] = [await send(lan()), newId(NOW)]
    expect(await claim(lan(), [upload.id], owner)).toEqual({ ok: true, value: [upload] })
    expect(await rows('upload')).toBe(0)
    expect(await listFiles(minh(), owner)).toEqual([upload])
    expect(await readAll((await openFile(minh(), { owner, id: upload.id }, anyone)).content)).toEqual(PDF)
    await expect(openFile(minh(), { owner, id: upload.id }, () => Promise.reject(new Forbidden('dossier.read')))).rejects.toThrow(Forbidden)
    await expect(openFile(minh(), { owner: newId(NOW), id: upload.id }, anyone)).rejects.toThrow(NotFound)
  })

  it('all or none: one that is gone refuses the whole, and the others stay claimable', async () => {
    const [upload, owner, gone] = [await send(lan()), newId(NOW), newId(NOW)]
    expect(await claim(lan(), [upload.id, gone], owner)).toEqual({ ok: false, error: { code: 'upload-gone', uploadIds: [gone] } })
    expect(await claim(lan(), [upload.id], owner)).toMatchObject({ ok: true })
  })

  it("twice, somebody else's, unfinished or expired: gone", async () => {
    const [upload, owner] = [await send(lan()), newId(NOW)]
    expect(await claim(minh(), [upload.id], owner)).toMatchObject({ ok: false })
    expect(await claim({ ...lan(), now: (NOW + 3 * MS_PER_DAY) as Instant }, [upload.id], owner)).toMatchObject({ ok: false })
    expect(await claim(lan(), [upload.id], owner)).toMatchObject({ ok: true })
    expect(await claim(lan(), [upload.id], owner)).toMatchObject({ ok: false })
    const half = await beginUpload(lan(), { name: 'a.pdf', size: 100 })
    if (half.ok) expect(await claim(lan(), [half.value.id], owner)).toMatchObject({ ok: false })
  })

  it('one upload for two papers is refused: the second time it is gone', async () => {
    const upload = await send(lan())
    expect(await claim(lan(), [upload.id, upload.id], newId(NOW))).toEqual({ ok: false, error: { code: 'upload-gone', uploadIds: [upload.id] } })
  })

  it('the same content for two papers is two files and one content', async () => {
    const [a, b, owner] = [await send(lan()), await send(lan()), newId(NOW)]
    expect(await claim(lan(), [b.id, a.id], owner)).toMatchObject({ ok: true, value: [{ id: b.id }, { id: a.id }] })
    expect([await rows('file'), await rows('content')]).toEqual([2, 1])
  })

  it('two dossiers with the same two papers at once do not block each other', async () => {
    const send2 = async () => [(await send(lan())).id, (await send(lan(), JPEG)).id]
    const [a, b] = [await send2(), await send2()]
    const both = await Promise.all([claim(lan(), a, newId(NOW)), claim(lan(), b.toReversed(), newId(NOW))])
    expect(both.every((r) => r.ok)).toBe(true)
    expect(await rows('content')).toBe(2)
  })
})

describe('the sweep', () => {
  it('takes uploads after two days, and their content where nothing else has it', async () => {
    const [kept, owner] = [await send(lan()), newId(NOW)]
    await send(lan(), PDF, 'lan-hai.pdf')
    await send(lan(), JPEG, 'anh.jpg')
    await claim(lan(), [kept.id], owner)
    expect(await sweepUploads(db.ctx({ now: (NOW + MS_PER_DAY) as Instant }))).toMatchObject({ uploads: 0, contents: 0 })
    expect(await sweepUploads(later(5))).toMatchObject({ uploads: 2, contents: 1 })
    expect(await filesBelow()).toEqual([sha256Hex(PDF)])
    expect(await verifyContents(db.ctx().db)).toEqual({ checked: 1, bad: [] })
  })

  it('two uploads of the same content that expire together leave nothing behind', async () => {
    await send(lan())
    await send(lan())
    expect(await sweepUploads(later(5))).toMatchObject({ uploads: 2, contents: 1 })
    expect(await filesBelow()).toEqual([])
  })

  it('a program that died between bytes and row, or in the middle of a piece, leaves only what the sweep finds', async () => {
    const upload = await send(lan())
    await db.owner.query('update documents.upload set stored_at = null')
    expect(await claim(lan(), [upload.id], newId(NOW))).toMatchObject({ ok: false })
    const half = await beginUpload(lan(), { name: 'a.pdf', size: 100 })
    if (half.ok) await continueUpload(lan(), { id: half.value.id, offset: 0 }, stream(PDF))
    expect(await filesBelow()).toHaveLength(2)
    expect(await sweepUploads(later(5))).toMatchObject({ uploads: 2, contents: 1 })
    expect(await filesBelow()).toEqual([])
  })
})

describe('checking', () => {
  it('a flipped byte and a lost file are found and named; the damaged one never arrives whole', async () => {
    const [pdf, jpeg, owner] = [await send(lan()), await send(lan(), JPEG), newId(NOW)]
    await claim(lan(), [pdf.id, jpeg.id], owner)
    const bytes = await readFile(path(pdf.digest))
    bytes[3] = (bytes[3] ?? 0) ^ 8
    await writeFile(path(pdf.digest), bytes)
    await rm(path(jpeg.digest))
    const { checked, bad } = await verifyContents(db.ctx().db)
    expect(checked).toBe(2)
    expect(new Set(bad)).toEqual(new Set([{ digest: pdf.digest, condition: 'damaged' }, { digest: jpeg.digest, condition: 'missing' }]))
    const opened = await openFile(lan(), { owner, id: pdf.id }, anyone)
    await expect(readAll(opened.content)).rejects.toThrow(DamagedFile)
  })
})
