/** The web side of the program: the route table becomes an application. Everything that holds for all pages stands here, once. */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { Forbidden } from '#kernel/errors.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Log } from '#platform/telemetry/log.ts'
import type { Metrics } from '#platform/telemetry/metrics.ts'
import type { Route } from '#web/http.ts'
import { ErrorMessage, ErrorPage, type PageError } from '#web/ui/index.ts'
import { bestEncoding, packPage } from './http/compress.ts'
import { statusOf } from './http/failures.ts'
import { Refused, checkAccess, checkOrigin, checkSize, createLimits, isWrite } from './http/guards.ts'
import { securityHeaders } from './http/headers.ts'
import { type PageCache, type SharedPage, createPageCache } from './http/page-cache.ts'
import { type Env, type RequestSettings, type Started, clientAddress, isHttps, newTraceId, startRequest } from './http/request.ts'

export type HttpOptions = RequestSettings & {
  readonly routes: readonly Route[]
  readonly dev: boolean
  readonly log: Log
  readonly metrics?: Metrics
  /** False while the database is away: requests get 503. */
  readonly isUp: () => boolean
  /** Something may have been written: readers of the log need not wait for their next look. */
  readonly onWrite?: () => void
}

type World = HttpOptions & { readonly limits: ReturnType<typeof createLimits>; readonly cache: PageCache }
type Answered = { readonly response: Response; readonly traceId: string }

/** For a path that no route has. */
const NOWHERE: Route = { method: 'GET', path: '(none)', access: 'public', handle: () => new Response(null, { status: 404 }) }

export const createHttpApp = (options: HttpOptions): Hono<Env> => {
  const app = new Hono<Env>({ strict: false })
  const routes = options.routes.filter((route) => route.devOnly !== true || options.dev)
  const world: World = { ...options, limits: createLimits(routes), cache: createPageCache() }
  const answer = (route: Route) => async (c: Context<Env>): Promise<Response> => {
    const began = performance.now()
    const { response, traceId } = await respond(c, route, world)
    const ms = performance.now() - began
    options.metrics?.observeRequest(c.req.method, route.path, response.status, ms / 1_000)
    const fields = { traceId, method: c.req.method, route: route.path, status: response.status, ms: Math.round(ms * 10) / 10 }
    if (response.status >= 500) options.log.warn('request', fields)
    else options.log.info('request', fields)
    return response
  }
  for (const route of routes) app.on(route.method, route.path, answer(route))
  app.notFound(answer(NOWHERE))
  return app
}

const respond = async (c: Context<Env>, route: Route, world: World): Promise<Answered> => {
  let started: Started | undefined
  try {
    if (!world.isUp()) return await early(c, world, 503)
    const now = Date.now()
    world.limits(route, c.req.method, clientAddress(c, world.trustProxy), now)
    const key = world.cache.keyOf(c, route)
    const kept = key === undefined ? undefined : world.cache.get(key, now)
    if (kept !== undefined) return again(c, kept)
    started = await startRequest(c, world, true)
    const response = await handle(route, started, world)
    const keep = key === undefined ? undefined : (page: SharedPage) => world.cache.put(key, page, now + (route.sharedSeconds ?? 0) * 1_000)
    return { response: await finish(response, started, world, keep), traceId: started.req.ctx.traceId }
  } catch (error) {
    return fail(c, route, world, started, error)
  }
}

/** A page that was made for somebody else a moment ago. */
const again = (c: Context<Env>, page: SharedPage): Answered => {
  const traceId = newTraceId()
  return { response: toResponse(page, c.req.header('if-none-match'), [['x-request-id', traceId]]), traceId }
}

const toResponse = (page: SharedPage, ifNoneMatch: string | undefined, more: readonly (readonly [string, string])[]): Response => {
  const headers = [...page.headers, ...more].map(([name, value]): [string, string] => [name, value])
  return ifNoneMatch === page.etag ? new Response(null, { status: 304, headers }) : new Response(page.body, { headers: [...headers, ['content-length', String(page.body.length)]] })
}

const handle = async (route: Route, started: Started, world: World): Promise<Response> => {
  if (route === NOWHERE) return errorPage(started, 404)
  const signInAt = await checkAccess(route, started, world.secret)
  if (signInAt !== undefined) {
    return started.req.view.fragment ? new Response(null, { status: 204, headers: { 'hx-redirect': signInAt } }) : new Response(null, { status: 303, headers: { location: signInAt } })
  }
  checkSize(route, started)
  await checkOrigin(route, started, world.secret)
  const response = await route.handle(started.req)
  if (isHttps(started.req.c, world)) secureCookies(response)
  if (isWrite(started.req.c.req.method)) {
    world.cache.clear()
    world.onWrite?.()
  }
  return response
}

/** Pages set cookies without knowing by which way they were reached. */
const secureCookies = (response: Response): void => {
  const cookies = response.headers.getSetCookie()
  if (cookies.length === 0) return
  response.headers.delete('set-cookie')
  for (const cookie of cookies) response.headers.append('set-cookie', /;\s*secure/i.test(cookie) ? cookie : `${cookie}; Secure`)
}

/** Before anything is known about who asks: without the database there is no session to find. */
const early = async (c: Context<Env>, options: HttpOptions, status: PageError): Promise<Answered> => {
  const started = await startRequest(c, options, false)
  const response = errorPage(started, status)
  return { response: await finish(response, started, options), traceId: started.req.ctx.traceId }
}

const fail = async (c: Context<Env>, route: Route, options: HttpOptions, started: Started | undefined, error: unknown): Promise<Answered> => {
  if (error instanceof Refused && error.status === 411) return { response: new Response(null, { status: 411, headers: { connection: 'close' } }), traceId: '' }
  const status: PageError = error instanceof Refused ? (error.status === 411 ? 413 : error.status) : statusOf(error)
  const known = started ?? (await startRequest(c, options, false))
  const traceId = known.req.ctx.traceId
  if (status >= 500) options.log.error('request failed', { traceId, method: c.req.method, route: route.path, error })
  if (error instanceof Forbidden) {
    options.log.info('forbidden', { traceId, route: route.path, permission: error.permission })
    // Decision 9: a refusal is remembered too, with who it was and what was missing.
    recordAccess(known.req.ctx, { kind: 'refused', reason: error.permission })
  }
  const response = errorPage(known, status, error instanceof Refused && error.reason === 'token' ? 'token' : undefined)
  return { response: await finish(response, known, options), traceId }
}

const STALE_FORM = {
  vi: 'Trang này mở đã lâu hoặc bạn vừa đăng nhập lại, nên chưa có gì được ghi. Hãy tải lại trang rồi gửi lần nữa.',
  en: 'This page was opened long ago or you have signed in since, so nothing was recorded. Reload it and send again.',
}

const errorPage = (started: Started, status: PageError, reason?: 'token'): Response => {
  const { view, ctx } = started.req
  const headers: Record<string, string> = { 'content-type': 'text/html; charset=UTF-8' }
  if (status === 503) headers['retry-after'] = '5'
  if (status === 429) headers['retry-after'] = '60'
  const requestId = status >= 500 ? ctx.traceId : undefined
  if (view.fragment) {
    // htmx would put the answer where the result was expected (decision 29).
    return new Response(String(<ErrorMessage status={status} {...(requestId === undefined ? {} : { requestId })} />), {
      status,
      headers: { ...headers, 'hx-retarget': '#messages', 'hx-reswap': 'innerHTML' },
    })
  }
  const page = (
    <ErrorPage
      view={view}
      status={status}
      {...(requestId === undefined ? {} : { requestId })}
      {...(reason === 'token' ? { message: STALE_FORM[view.lang] } : {})}
      {...(status === 403 && view.signedIn === undefined && reason === undefined ? { signInHref: '/dang-nhap' } : {})}
    />
  )
  return new Response(`<!doctype html>${String(page)}`, { status, headers })
}

/** Pages get their headers, their cookies and their compression; files pass as they are, with the headers. */
const finish = async (response: Response, started: Started, options: HttpOptions, keep?: (page: SharedPage) => void): Promise<Response> => {
  const { c, ctx } = started.req
  const fixed = securityHeaders(isHttps(c, options))
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true && !response.headers.has('content-encoding')
  if (!isPage) {
    for (const [name, value] of Object.entries(fixed)) if (!response.headers.has(name)) response.headers.set(name, value)
    response.headers.set('x-request-id', ctx.traceId)
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
    for (const cookie of started.cookies()) response.headers.append('set-cookie', cookie)
    return response
  }
  const text = await response.text()
  // What answers a form is about what was typed in it: a look-up's answer shows somebody's dossier to whoever has no session.
  const answersForm = isWrite(c.req.method)
  const shared = response.status === 200 && !started.isPersonal() && !answersForm
  const { body, encoding, etag } = await packPage(text, bestEncoding(c.req.header('accept-encoding')), shared)
  const bytes = new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength)
  const headers: [string, string][] = [...Object.entries(fixed), ['vary', 'cookie, accept-encoding, hx-request']]
  response.headers.forEach((value, name) => {
    if (name !== 'content-length') headers.push([name, value])
  })
  if (!response.headers.has('cache-control')) headers.push(['cache-control', started.session === undefined && !answersForm ? 'private, no-cache' : 'private, no-store'])
  if (encoding !== undefined) headers.push(['content-encoding', encoding])
  const own: [string, string][] = [['x-request-id', ctx.traceId], ...started.cookies().map((cookie): [string, string] => ['set-cookie', cookie])]
  if (!shared) return new Response(bytes, { status: response.status, headers: [...headers, ...own, ['content-length', String(bytes.length)]] })
  const page: SharedPage = { headers: [...headers, ['etag', etag]], body: bytes, etag }
  if (!response.headers.has('set-cookie')) keep?.(page)
  return toResponse(page, c.req.header('if-none-match'), own)
}
