import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '#kernel/digest.ts'
import { NotFound } from '#kernel/errors.ts'
import { uuid } from '#kernel/ids.ts'
import type { Actor } from '#platform/ctx.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { testDb } from '#test/db.ts'
import type { View } from '../http.ts'
import { uploadRoutes } from './uploads.ts'

const db = await testDb()
const folder = await mkdtemp(join(tmpdir(), 'motcua-web-'))
useFileStore(diskStore(folder))
afterAll(() => rm(folder, { recursive: true, force: true }))

const me = uuid('019b755a-2280-7000-8000-000000000001')
/** Any account sends files; here a citizen's. */
const citizen: Actor = { kind: 'person', userId: me, personId: me, posts: [] }
const another: Actor = { ...citizen, userId: uuid('019b755a-2280-7000-8000-000000000002') }
let actor = citizen
const view: View = { lang: 'vi', path: '/', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }

const app = new Hono()
for (const route of uploadRoutes) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: db.ctx({ actor }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] }))
app.onError((error, c) => c.text(error.message, error instanceof NotFound ? 404 : 500))

const PDF = Buffer.from('%PDF-1.7\nGiấy khai sinh\n%%EOF\n')
const announce = (body: object) => app.request('/tai-len', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const put = (id: string, at: number, bytes: Uint8Array) => app.request(`/tai-len/${id}?tu=${at}`, { method: 'PUT', body: new Uint8Array(bytes) })
const idOf = async (response: Response) => String(((await response.json()) as { id: string }).id)

/** The same routes on a real socket, cut from the client's side. */
const cutOff = async (head: string, body: Uint8Array): Promise<void> => {
  const listener = getRequestListener(app.fetch)
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(head)
  socket.write(body)
  await sleep(300)
  socket.destroy()
  await new Promise((resolve) => server.close(resolve))
}
const waiting = async () => (await db.owner.query('select 1 from documents.upload')).rowCount

describe('sending files', () => {
  it('with script: announced, sent in pieces, looked at', async () => {
    const announced = await announce({ name: 'Giấy khai sinh.pdf', size: PDF.length })
    expect(announced.status).toBe(201)
    const id = await idOf(announced)
    expect(await (await put(id, 0, PDF.subarray(0, 9))).json()).toEqual({ id, offset: 9, size: PDF.length, done: false })
    expect(await (await app.request(`/tai-len/${id}`)).json()).toMatchObject({ offset: 9 })
    expect(await (await put(id, 9, PDF.subarray(9))).json()).toMatchObject({ done: true, type: 'application/pdf', name: 'Giấy khai sinh.pdf' })
    const seen = await app.request(`/tai-len/${id}/xem`)
    expect(Buffer.from(await seen.arrayBuffer()).equals(PDF)).toBe(true)
    expect(seen.headers.get('content-type')).toBe('application/pdf')
    expect(seen.headers.get('content-disposition')).toBe(`inline; filename="Giay khai sinh.pdf"; filename*=UTF-8''Gi%E1%BA%A5y%20khai%20sinh.pdf`)
    expect(seen.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('a piece for another place: 409 with the right one', async () => {
    const id = await idOf(await announce({ name: 'a.pdf', size: 100 }))
    const answer = await put(id, 50, PDF)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ error: 'wrong-offset', offset: 0 })
  })

  it('without script: one multipart form', async () => {
    const body = new FormData()
    body.set('file', new File([PDF], 'to-khai.pdf'))
    const answer = await app.request('/tai-len', { method: 'POST', body })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ done: true, type: 'application/pdf' })
  })

  it.each([
    ['a wrong type', new File(['#!/bin/sh'], 'a.pdf'), 'Tệp “a.pdf” không thuộc loại được nhận'],
    ['a cut PDF', new File([PDF.subarray(0, 12)], 'b.pdf'), 'Tệp “b.pdf” bị hỏng hoặc thiếu phần cuối'],
    ['an empty file', new File([], 'c.pdf'), 'Tệp “c.pdf” không có nội dung'],
    ['no choice', new File([], ''), 'Chưa chọn tệp'],
  ])('%s: 422 and a sentence that says what to do', async (_what, file, sentence) => {
    const body = new FormData()
    body.set('file', file)
    const answer = await app.request('/tai-len', { method: 'POST', body })
    expect(answer.status).toBe(422)
    expect(((await answer.json()) as { message: string }).message).toContain(sentence)
  })

  it('a real line that drops in the middle of a piece: what came is kept, the next piece goes on', async () => {
    const id = await idOf(await announce({ name: 'a.pdf', size: PDF.length }))
    await cutOff(`PUT /tai-len/${id}?tu=0 HTTP/1.1\r\nHost: x\r\nContent-Length: ${PDF.length}\r\n\r\n`, PDF.subarray(0, 11))
    await expect.poll(async () => (await app.request(`/tai-len/${id}`)).json(), { timeout: 10_000 }).toMatchObject({ offset: 11, done: false })
    expect(await (await put(id, 11, PDF.subarray(11))).json()).toMatchObject({ done: true })
  })

  it('a real line that drops in the middle of a plain form leaves nothing', async () => {
    const before = await waiting()
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    await cutOff('POST /tai-len HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n', Buffer.concat([Buffer.from(head), PDF]))
    expect(await waiting()).toBe(before)
  })

  it('malformed announcements and foreign ids are refused', async () => {
    expect((await announce({ name: 'a.pdf', size: -1 })).status).toBe(422)
    expect((await announce({ name: 'a.pdf', size: 60_000_000 })).status).toBe(422)
    expect((await app.request('/tai-len/not-an-id')).status).toBe(404)
    expect((await put('019b755a-2280-7000-8000-00000000ffff', 0, PDF)).status).toBe(404)
  })

  it('one that is too large is refused with the limit: announced, and as a plain form', async () => {
    const announced = await announce({ name: 'ban-ve.pdf', size: 50_000_001 })
    expect([announced.status, ((await announced.json()) as { message: string }).message]).toEqual([422, 'Tệp “ban-ve.pdf” lớn quá 50 MB.'])
    const before = await waiting()
    const body = new FormData()
    body.set('file', new File([Buffer.concat([PDF, Buffer.alloc(50_000_000)])], 'ban-ve.pdf'))
    const plain = await app.request('/tai-len', { method: 'POST', body })
    expect([plain.status, ((await plain.json()) as { error: string }).error]).toEqual([422, 'too-large'])
    expect(await waiting(), 'nothing left behind').toBe(before)
  })

  it('a path in the name is cut off on every way', async () => {
    const body = new FormData()
    body.set('file', new File([PDF], '../../../etc/passwd.pdf'))
    expect(await (await app.request('/tai-len', { method: 'POST', body })).json()).toMatchObject({ name: 'passwd.pdf' })
    const id = await idOf(await announce({ name: 'C:\\Users\\Lan\\..\\khai-sinh.pdf', size: PDF.length }))
    expect(await (await put(id, 0, PDF)).json()).toMatchObject({ done: true, name: 'khai-sinh.pdf' })
    expect((await readdir(folder, { recursive: true })).some((name) => /passwd|khai-sinh/.test(name)), 'no name of a person reaches the disk').toBe(false)
  })

  it('the same file twice, by whichever way, lies there once', async () => {
    const twice = Buffer.from('%PDF-1.7\nSổ hộ khẩu\n%%EOF\n')
    const body = new FormData()
    body.set('file', new File([twice], 'a.pdf'))
    expect((await app.request('/tai-len', { method: 'POST', body })).status).toBe(201)
    expect(await (await put(await idOf(await announce({ name: 'b.pdf', size: twice.length })), 0, twice)).json()).toMatchObject({ done: true })
    const { rows } = await db.owner.query('select 1 from documents.upload where digest = sha256($1)', [twice])
    expect(rows).toHaveLength(2)
    expect((await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile() && e.name === sha256Hex(twice))).toHaveLength(1)
  })

  it("another citizen's upload does not exist: not its progress, not its content, no piece for it", async () => {
    const id = await idOf(await announce({ name: 'a.pdf', size: PDF.length }))
    actor = another
    try {
      for (const path of [`/tai-len/${id}`, `/tai-len/${id}/xem`]) expect((await app.request(path)).status).toBe(404)
      expect((await put(id, 0, PDF)).status).toBe(404)
    } finally {
      actor = citizen
    }
    expect(await (await put(id, 0, PDF)).json()).toMatchObject({ done: true })
  })
})
