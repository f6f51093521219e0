import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import { sql } from '#platform/db/db.ts'
import { flushAccess } from '#platform/log/access.ts'
import { SILENT, createLog, describeError, withoutValues } from '#platform/telemetry/log.ts'
import { type Route, html, readForm, seeOther } from '#web/http.ts'
import { Form } from '#web/ui/index.ts'
import { testDb } from '#test/db.ts'
import { bucketKey } from './http/rate-limit.ts'
import { createHttpApp } from './http-app.tsx'

const db = await testDb({ max: 2 })

const failing = (path: string, error: () => unknown): Route => ({
  method: 'GET',
  path,
  access: 'public',
  handle: () => {
    throw error()
  },
})

let drawn = 0
const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/chung', access: 'public', sharedSeconds: 60, handle: (req) => html(req, <p>{`lần ${(drawn += 1)} ${req.view.signedIn?.name ?? ''}`}</p>) },
  { method: 'GET', path: '/chung-co-bieu-mau', access: 'public', sharedSeconds: 60, handle: (req) => html(req, <Form view={req.view} action={`/thu/${(drawn += 1)}`} />) },
  { method: 'GET', path: '/cong-khai', access: 'public', handle: (req) => html(req, <p>{'xin chào '.repeat(400)}</p>) },
  { method: 'GET', path: '/thu/:ma', access: 'public', handle: (req) => html(req, <Form view={req.view} action="/thu" />) },
  { method: 'POST', path: '/thu', access: 'public', handle: async (req) => seeOther(req, `/thu/${(await readForm(req)).get('ten')}`) },
  { method: 'PUT', path: '/tho', access: 'public', rawBody: true, handle: async (req) => req.c.text(await req.c.req.text()) },
  { method: 'GET', path: '/hiem', access: 'public', perMinute: 3, handle: (req) => html(req, <p>ít thôi</p>) },
  { method: 'GET', path: '/rieng', access: 'signed-in', handle: (req) => html(req, <p>của tôi</p>) },
  { method: 'POST', path: '/rieng', access: 'jobs.manage', handle: (req) => seeOther(req, '/rieng') },
  { method: 'GET', path: '/_ui', access: 'public', devOnly: true, handle: (req) => html(req, <p>ui</p>) },
  failing('/cam', () => new Forbidden('dossier.read')),
  failing('/khong-co', () => new NotFound('dossier')),
  failing('/cu', () => new Stale('dossier')),
  failing('/sai', () => z.object({ ma: z.string() }).safeParse({}).error),
  failing('/hong', () => new Error('secret of Nguyễn Văn An')),
  failing('/nul', () => Object.assign(new Error('invalid byte sequence'), { code: '22021' })),
  failing('/ket', () => Object.assign(new Error('deadlock detected'), { code: '40P01' })),
  failing('/chen', () => Object.assign(new Error('could not serialize access'), { code: '40001' })),
  { method: 'POST', path: '/tim', access: 'public', handle: async (req) => html(req, <p>{`hồ sơ ${(await readForm(req)).get('ma')}`}</p>) },
  failing('/mat', () => Object.assign(new Error('gone'), { code: '57P01' })),
]

const make = (options: { isUp?: () => boolean; dev?: boolean; trustProxy?: boolean } = {}) => {
  let writes = 0
  const app = createHttpApp({
    db: db.ctx().db,
    secret: randomBytes(32),
    demo: true,
    trustProxy: options.trustProxy ?? false,
    publicUrl: undefined,
    cityName: () => 'thành phố Huế',
    routes: ROUTES,
    dev: options.dev ?? false,
    log: SILENT,
    isUp: options.isUp ?? (() => true),
    onWrite: () => (writes += 1),
  })
  return { get: (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }), send: (path: string, init: RequestInit) => app.request(path, init), writes: () => writes }
}

/** What a browser has after it has opened a page with a form. */
const openForm = async (app: ReturnType<typeof make>) => {
  const page = await app.get('/thu/1')
  const token = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { token, cookie }
}
const form = (fields: Record<string, string>, headers: Record<string, string>): RequestInit => {
  const body = new URLSearchParams(fields).toString()
  return { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length), host: 'localhost', ...headers } }
}

describe('every answer', () => {
  it('carries a policy that allows nothing inline and nothing from elsewhere', async () => {
    const { headers } = await make().get('/cong-khai')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toBeNull()
    const behindProxy = await make({ trustProxy: true }).get('/cong-khai', { 'x-forwarded-proto': 'https' })
    expect(behindProxy.headers.get('strict-transport-security')).toContain('max-age=31536000')
  })

  it('of a public page is compressed, sets no cookie and is not sent twice to who has it', async () => {
    const app = make()
    const first = await app.get('/cong-khai', { 'accept-encoding': 'gzip, br' })
    expect(first.headers.get('content-encoding')).toBe('br')
    expect(first.headers.getSetCookie()).toEqual([])
    const again = await app.get('/cong-khai', { 'accept-encoding': 'gzip, br', 'if-none-match': first.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  it('to HEAD is the one to GET without its body', async () => {
    const answer = await make().send('/cong-khai', { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  it('speaks the language that was asked for, and keeps it', async () => {
    const answer = await make().get('/nowhere?lang=en')
    expect(await answer.text()).toContain('There is no such page')
    expect(answer.headers.getSetCookie().join()).toMatch(/^lang=en;/)
  })
})

describe('a page that is the same for everybody', () => {
  it('is drawn once, in each language, until something is written', async () => {
    const app = make()
    const first = await (await app.get('/chung')).text()
    expect(await (await app.get('/chung')).text()).toBe(first)
    expect(await (await app.get('/chung', { cookie: 'lang=en' })).text()).not.toBe(first)
    expect(await (await app.get('/chung?trang=2')).text()).not.toBe(first)
    const { token, cookie } = await openForm(app)
    await app.send('/thu', form({ _csrf: token, ten: 'a' }, { cookie }))
    expect(await (await app.get('/chung')).text()).not.toBe(first)
  })

  it('is drawn for each who brings a session, and never kept when it shows a token', async () => {
    const app = make()
    const first = await (await app.get('/chung')).text()
    expect(await (await app.get('/chung', { cookie: 'motcua_session=abc.def' })).text()).not.toBe(first)
    const a = await app.get('/chung-co-bieu-mau')
    const b = await app.get('/chung-co-bieu-mau')
    expect(a.headers.getSetCookie()[0]).toMatch(/^csrf=/)
    expect(await a.text()).not.toBe(await b.text())
  })
})

describe('who is not signed in', () => {
  it('is sent to sign in, and back afterwards', async () => {
    const answer = await make().get('/rieng?loc=1')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/dang-nhap?tiep=%2Frieng%3Floc%3D1'])
    expect((await make().send('/rieng', form({}, {}))).headers.get('location')).toBe('/dang-nhap')
  })

  it('gets the whole sign-in page when htmx asked for a fragment', async () => {
    const answer = await make().get('/rieng', { 'hx-request': 'true' })
    expect([answer.status, answer.headers.get('hx-redirect')]).toEqual([204, '/dang-nhap?tiep=%2Frieng'])
  })

  it('a forged session cookie is nobody', async () => {
    expect((await make().get('/rieng', { cookie: 'motcua_session=abc.def' })).status).toBe(303)
  })

  it('/_ui does not exist outside development (decision 22)', async () => {
    expect((await make().get('/_ui')).status).toBe(404)
    expect((await make({ dev: true }).get('/_ui')).status).toBe(200)
  })
})

describe('a form', () => {
  it('is taken with its token, and the readers of the log are told', async () => {
    const app = make()
    const { token, cookie } = await openForm(app)
    const answer = await app.send('/thu', form({ _csrf: token, ten: 'a' }, { cookie }))
    expect([answer.status, answer.headers.get('location'), app.writes()]).toEqual([303, '/thu/a', 1])
  })

  it.each<[string, (token: string, cookie: string) => RequestInit]>([
    ['without a token', (_, cookie) => form({ ten: 'a' }, { cookie })],
    ['with letters that no token has', (_, cookie) => form({ ten: 'a' }, { cookie, 'x-csrf-token': 'é'.repeat(32) })],
    ['without the cookie that the token belongs to', (token) => form({ _csrf: token }, {})],
    ["with another visitor's token", (_, cookie) => form({ _csrf: 'x'.repeat(32) }, { cookie })],
    ['from another site', (token, cookie) => form({ _csrf: token }, { cookie, 'sec-fetch-site': 'cross-site' })],
    ['from another origin', (token, cookie) => form({ _csrf: token }, { cookie, origin: 'https://example.org' })],
  ])('is refused %s', async (_, build) => {
    const app = make()
    const { token, cookie } = await openForm(app)
    const answer = await app.send('/thu', build(token, cookie))
    expect([answer.status, app.writes()]).toEqual([403, 0])
  })

  it('is answered for nobody else: no browser and no cache keeps what a look-up found', async () => {
    const app = make()
    const { token, cookie } = await openForm(app)
    const answer = await app.send('/tim', form({ _csrf: token, ma: 'H57.12-20261120-0000007' }, { cookie, 'if-none-match': '*' }))
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([200, 'private, no-store', null])
    expect(await answer.text()).toContain('H57.12-20261120-0000007')
  })

  it('of more than a megabyte is not even read', async () => {
    const app = make()
    const { cookie } = await openForm(app)
    expect((await app.send('/thu', form({}, { cookie, 'content-length': '2000000' }))).status).toBe(413)
  })

  it('that everybody may send carries no files: a hundred megabytes would stand in memory', async () => {
    const app = make()
    const { cookie } = await openForm(app)
    expect((await app.send('/thu', form({}, { cookie, 'content-type': 'multipart/form-data; boundary=b', 'content-length': '2000000' }))).status).toBe(413)
  })

  it('raw uploads show their token in a header', async () => {
    const app = make()
    const { token, cookie } = await openForm(app)
    const put = (headers: Record<string, string>) => app.send('/tho', { method: 'PUT', body: 'bytes', headers: { cookie, host: 'localhost', ...headers } })
    expect((await put({})).status).toBe(403)
    expect(await (await put({ 'x-csrf-token': token })).text()).toBe('bytes')
  })
})

describe('what goes wrong', () => {
  it.each([
    ['/cam', 403],
    ['/khong-co', 404],
    ['/cu', 409],
    ['/sai', 422],
    ['/hong', 500],
    ['/mat', 503],
    ['/ket', 409],
    ['/chen', 409],
    ['/nul', 422],
    ['/nowhere', 404],
  ])('%s is answered with %i, as a page', async (path, status) => {
    const answer = await make().get(path)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('<main')
  })

  it('a fault is told by its number, never by its details', async () => {
    const answer = await make().get('/hong')
    const text = await answer.text()
    expect(text).toContain(answer.headers.get('x-request-id') ?? 'no id')
    expect(text).not.toMatch(/secret|Nguyễn/)
  })

  it('htmx puts it into the message region, not where the result was expected (decision 29)', async () => {
    const answer = await make().get('/cu', { 'hx-request': 'true' })
    expect([answer.headers.get('hx-retarget'), (await answer.text()).includes('<html')]).toEqual(['#messages', false])
  })

  it('while the database is away, everybody is told to come back', async () => {
    const answer = await make({ isUp: () => false }).get('/rieng', { cookie: 'motcua_session=abc.def' })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })

  it('a refusal is remembered in log.access (decision 9): when, and what was missing', async () => {
    await make().get('/cam')
    await flushAccess(db.ctx().db)
    const { rows } = await sql<object>`select kind, reason from log.access where kind = 'refused'`.execute(db.ctx().db)
    expect(rows).toContainEqual({ kind: 'refused', reason: 'dossier.read' })
  })

  it.each([
    ['2001:db8::1', '2001:db8:0:0:ffff::2'], ['2001:db8:1:2::1', '2001:db8:1:2:3:4:5:6'], ['203.0.113.7', '::ffff:203.0.113.7'],
  ])('%s and %s are one house, with one bucket', (a, b) => {
    expect(bucketKey(a)).toBe(bucketKey(b))
    expect(bucketKey(a)).not.toBe(bucketKey('2001:db8:1:3::1'))
  })

  it('too many requests from one address are answered with 429', async () => {
    const app = make({ trustProxy: true })
    const ask = (address: string) => app.get('/hiem', { 'x-forwarded-for': address })
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await ask('203.0.113.7')).status))
    expect(statuses.sort()).toEqual([200, 200, 200, 429])
    expect((await ask('203.0.113.8')).status).toBe(200)
  })
})

describe('the log', () => {
  it('keeps the shape of a message and none of its values', () => {
    expect(withoutValues('no account for "Trần Thị Bé" (012345678901)')).toBe('no account for "…" (#)')
    expect(withoutValues('not found: Nguyễn Đăng Khoa at desk 12')).not.toMatch(/Nguyễn|Khoa|Đăng/)
    const described = JSON.stringify(describeError(Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (phone)=(0905123456)', constraint: 'person_phone_key' })))
    expect(described).toContain('person_phone_key')
    expect(described).not.toContain('0905123456')
  })

  it('can be silent', () => {
    expect(() => createLog('silent').info('nothing')).not.toThrow()
  })
})
