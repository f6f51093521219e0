/** From a raw request to what a page's handler is given: who asks, in which language, when, with which token. */
import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { SESSION_COOKIE, type Session, actorOf, findSession, permissionsEverywhere, permissionsOf } from '#modules/access'
import { clockAhead, clockNow } from '#platform/clock.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import type { Db } from '#platform/db/db.ts'
import { CHANNELS, type Channel } from '#platform/messaging/provider.ts'
import type { Lang, Req, SignedIn, View } from '#web/http.ts'
import { CSRF_COOKIE, csrfBearer, csrfToken, newCsrfCookie } from './csrf.ts'
import { bucketKey } from './rate-limit.ts'

export type Env = { Bindings: Partial<HttpBindings> }

export type RequestSettings = {
  readonly db: Db
  readonly secret: Buffer
  readonly demo: boolean
  readonly trustProxy: boolean
  readonly publicUrl: string | undefined
  /** Left out: every one. */
  readonly channels?: readonly Channel[]
  /** Asked once a request. */
  readonly cityName: () => string | Promise<string>
}

/** A request on its way: what its answer will need besides. */
export type Started = {
  readonly req: Req
  readonly session: Session | undefined
  readonly csrfBearer: string | undefined
  /** Cookies that the answer sets. */
  readonly cookies: () => readonly string[]
  /** The page shows a token: it is this visitor's own. */
  readonly isPersonal: () => boolean
}

export const newTraceId = (): string => randomBytes(8).toString('hex')

const LANG_COOKIE = 'lang'

export const clientAddress = (c: Context<Env>, trustProxy: boolean): string => {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded ?? c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1'
}

export const isHttps = (c: Context<Env>, settings: RequestSettings): boolean =>
  settings.publicUrl?.startsWith('https:') === true || (settings.trustProxy && c.req.header('x-forwarded-proto') === 'https')

/** Nobody is asked for who brings no cookie: a public page then costs no query for the session. */
export const startRequest = async (c: Context<Env>, settings: RequestSettings, askSession: boolean): Promise<Started> => {
  const now = clockNow()
  const traceId = newTraceId()
  const anonymous: Ctx = { db: settings.db, actor: { kind: 'anonymous' }, now, traceId }
  const cookie = askSession ? getCookie(c, SESSION_COOKIE) : undefined
  const session = cookie === undefined ? undefined : await findSession(anonymous, cookie, { watching: isWatching(c) })
  const actor = actorOf(session)
  const cookies: string[] = []
  const attributes = `; Path=/; SameSite=Lax${isHttps(c, settings) ? '; Secure' : ''}`
  const lang = chooseLang(c, (chosen) => cookies.push(`${LANG_COOKIE}=${chosen}; Max-Age=31536000${attributes}`))
  let bearer = csrfBearer(c, session === undefined ? undefined : cookie)
  let personal = false
  const view: View = {
    lang,
    path: c.req.path + queryOf(c.req.url),
    cityName: await settings.cityName(),
    demo: settings.demo,
    simulatedNow: clockAhead() === 0 ? undefined : now,
    signedIn: session === undefined || session.awaitsCode ? undefined : signedInOf(session, actor),
    // Made when a page asks for it: most public pages have no form that changes anything, and stay the same for everybody.
    get csrf() {
      personal = true
      if (bearer === undefined) {
        bearer = newCsrfCookie()
        cookies.push(`${CSRF_COOKIE}=${bearer}; HttpOnly${attributes}`)
      }
      return csrfToken(settings.secret, bearer)
    },
    fragment: c.req.header('hx-request') === 'true' && c.req.header('hx-request-type') !== 'full' && c.req.header('hx-boosted') === undefined,
  }
  return {
    req: { c, ctx: { ...anonymous, actor, ...(session !== undefined && { versions: session.versions }) }, view, address: bucketKey(clientAddress(c, settings.trustProxy)), publicUrl: settings.publicUrl ?? new URL(c.req.url).origin, channels: settings.channels ?? CHANNELS },
    session,
    csrfBearer: bearer,
    cookies: () => cookies,
    isPersonal: () => personal || session !== undefined,
  }
}

/** `<mc-live>`: the stream itself, and the list that is drawn again. */
const isWatching = (c: Context<Env>): boolean => c.req.header('x-live') === '1' || c.req.header('accept') === 'text/event-stream'

const queryOf = (url: string): string => {
  const at = url.indexOf('?')
  return at === -1 ? '' : url.slice(at)
}

const isLang = (value: string | undefined): value is Lang => value === 'vi' || value === 'en'

const chooseLang = (c: Context<Env>, remember: (lang: Lang) => void): Lang => {
  const asked = c.req.query('lang')
  const kept = getCookie(c, LANG_COOKIE)
  if (isLang(asked)) {
    if (asked !== kept) remember(asked)
    return asked
  }
  return isLang(kept) ? kept : 'vi'
}

const signedInOf = (session: Session, actor: Actor): SignedIn => ({
  name: session.name,
  title: session.title,
  isOfficer: session.posts.length > 0,
  permissions: permissionsOf(actor),
  everywhere: permissionsEverywhere(actor),
})
