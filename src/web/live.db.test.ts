/** The stream of an officer's page through the whole application: whole headers, nothing compressed, nothing for whoever is not signed in. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import { SESSION_COOKIE, createAccount, openSessions, signIn, signOutEverywhere, useSessionSecret } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { createLiveHub, liveHub, useLiveHub } from '#platform/live/live-hub.ts'
import { SILENT } from '#platform/telemetry/log.ts'
import { testDb } from '#test/db.ts'
import { type Ward, key, must, newWard } from '#test/factories.ts'
import { createHttpApp } from '../app/http-app.tsx'
import { routes } from './routes.ts'

const { ctx } = await testDb()
useSessionSecret(randomBytes(32))
/** The application lives by the clock of this machine. */
const now = () => instant(Date.now())
const app = createHttpApp({ db: ctx().db, secret: randomBytes(32), demo: true, trustProxy: true, publicUrl: undefined, cityName: () => 'thành phố Huế', routes, dev: false, log: SILENT, isUp: () => true })
let ward: Ward
beforeAll(async () => {
  ward = await newWard(ctx(), 'H57.12')
  must(await createAccount(ctx({ now: now() }), { submissionKey: key(now()), personId: ward.leader.personId, username: 'may.le', password: 'Mua-mua-Hue-2026', mustChangePassword: false }))
})
afterEach(() => {
  liveHub()?.stop()
  useLiveHub(undefined)
})

const cookieOf = async () => must(await signIn(ctx({ actor: { kind: 'anonymous' }, now: now() }), { username: 'may.le', password: 'Mua-mua-Hue-2026', address: '192.0.2.1' })).cookie
const ask = async (cookie: string, path = '/xu-ly/su-kien', headers: Record<string, string> = {}) =>
  app.request(path, { headers: { host: 'localhost', cookie: `${SESSION_COOKIE}=${cookie}`, accept: 'text/event-stream', 'accept-encoding': 'gzip, br', ...headers } })
const listen = () => useLiveHub(createLiveHub({ stillOpen: (sessions) => openSessions(ctx({ now: now() }), sessions), checkEvery: 20, pause: 0 }))
const read = async (reader: ReadableStreamDefaultReader<Uint8Array>, until: RegExp): Promise<string> => {
  let text = ''
  while (!until.test(text)) {
    const { value, done } = await reader.read()
    if (done) return text
    text += new TextDecoder().decode(value)
  }
  return text
}

describe('/xu-ly/su-kien', () => {
  it('is a stream that nobody may compress, buffer or keep, and says what concerns this officer', async () => {
    listen()
    const answer = await ask(await cookieOf())
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-encoding'), answer.headers.get('x-accel-buffering')]).toEqual([200, 'text/event-stream; charset=utf-8', null, 'no'])
    expect(answer.headers.get('cache-control')).toBe('private, no-store, no-transform')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const reader = answer.body!.getReader()
    liveHub()?.publish({ id: '7', places: [ward.receiver.posts[0]!.postId] })
    liveHub()?.publish({ id: '8', places: [ward.division.id] })
    expect(await read(reader, /event: change/)).toMatch(/id: 8\nevent: change/)
    await reader.cancel()
    expect(liveHub()?.size()).toBe(0)
  })

  it('goes on where the browser left off', async () => {
    listen()
    const cookie = await cookieOf()
    const mark = liveHub()?.lastId() ?? ''
    liveHub()?.publish({ id: '9', places: [ward.division.id] })
    const missed = await read((await ask(cookie, '/xu-ly/su-kien', { 'last-event-id': mark })).body!.getReader(), /event: change/)
    expect(missed).toContain('id: 9')
    const page = await (await app.request('/xu-ly', { headers: { host: 'localhost', cookie: `${SESSION_COOKIE}=${cookie}` } })).text()
    expect(page).toContain('data-src="/xu-ly/su-kien?tu=9"')
  })

  it('ends when its officer signs out', async () => {
    listen()
    const cookie = await cookieOf()
    const reader = (await ask(cookie)).body!.getReader()
    const officer: Ctx = ctx({ actor: { ...ward.leader, userId: must(await signIn(ctx({ actor: { kind: 'anonymous' }, now: now() }), { username: 'may.le', password: 'Mua-mua-Hue-2026', address: '192.0.2.1' })).session.userId }, now: now() })
    await signOutEverywhere(officer)
    expect(await read(reader, /never/)).toContain('event: ended')
    expect((await ask(cookie)).status).toBe(303)
  })

  it('without anybody who listens there is none, and the page says nothing of it', async () => {
    const cookie = await cookieOf()
    expect((await ask(cookie)).status).toBe(204)
    expect(await (await app.request('/xu-ly', { headers: { host: 'localhost', cookie: `${SESSION_COOKIE}=${cookie}` } })).text()).not.toContain('mc-live')
  })
})
