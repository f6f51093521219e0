/** What stands between a request and its handler, in this order: too many, not signed in, not allowed, not from here, too big. */
import { isIP } from 'node:net'
import { can } from '#modules/access'
import { Forbidden } from '#kernel/errors.ts'
import { isLoopback } from '#platform/config/config.ts'
import type { Route } from '#web/http.ts'
import { comesFromHere, hasToken } from './csrf.ts'
import { signInAgain } from './dead-session.ts'
import { type RateLimit, bucketKey, rateLimit } from './rate-limit.ts'
import type { Started } from './request.ts'

/** Thrown by a guard; `app/` maps it like the kernel's errors. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly status: 403 | 411 | 413 | 429,
    readonly reason: 'rate' | 'token' | 'size',
  ) {
    super(`refused: ${reason}`)
  }
}

const READS_PER_MINUTE = 6_000
const WRITES_PER_MINUTE = 600
const FORM_BYTES = 1024 * 1024
const FILES_BYTES = 120 * 1024 * 1024

export const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD'

/** Limits by address. The machine itself (its own probes, its reverse proxy) reads without limit; writes and the routes' own limits hold for all. */
export const createLimits = (routes: readonly Route[]): ((route: Route | undefined, method: string, address: string, now: number) => void) => {
  const reads = rateLimit(READS_PER_MINUTE)
  const writes = rateLimit(WRITES_PER_MINUTE)
  const own = new Map<Route, RateLimit>(routes.flatMap((route) => (route.perMinute === undefined ? [] : [[route, rateLimit(route.perMinute)] as const])))
  return (route, method, address, now) => {
    const key = isIP(address) === 0 ? address : bucketKey(address)
    const general = isWrite(method) ? writes.take(key, now) : isLoopback(address) || reads.take(key, now)
    if (!general || (route !== undefined && own.get(route)?.take(key, now) === false)) throw new Refused(429, 'rate')
  }
}

const CODE = '/dang-nhap/ma'

/**
 * @returns where to go first: to sign in, when the route wants somebody and nobody is signed in; to give the code of the second factor; to change a password
 *   that somebody else chose; to set up the second factor
 * @throws Forbidden, Refused
 */
export const checkAccess = async (route: Route, started: Started, secret: Buffer): Promise<string | undefined> => {
  if (route.access === 'public') return undefined
  const { ctx, view, c } = started.req
  if (started.session?.awaitsCode === true) return isWrite(c.req.method) ? CODE : `${CODE}?tiep=${encodeURIComponent(view.path)}`
  if (ctx.actor.kind !== 'person') {
    if (!isWrite(c.req.method)) return `/dang-nhap?tiep=${encodeURIComponent(view.path)}`
    checkSize(route, started)
    return signInAgain(route, started.req, secret)
  }
  // A password that an administrator made up opens nothing but the page that changes it.
  if (started.session?.mustChangePassword === true && !route.path.startsWith('/tai-khoan/')) return '/tai-khoan/phien'
  // Officers of a real city work with two factors; until theirs is set, nothing opens but the page that sets it.
  if (!view.demo && view.signedIn?.isOfficer === true && started.session?.hasCode !== true && !route.path.startsWith('/tai-khoan/')) return '/tai-khoan/hai-lop'
  // The first door only: for which procedures a delegation holds is asked by the command or query behind it.
  if (route.access !== 'signed-in' && !can(ctx.actor, route.access, { forSome: true })) throw new Forbidden(route.access)
  return undefined
}

/** @throws Refused */
export const checkOrigin = async (route: Route, started: Started, secret: Buffer): Promise<void> => {
  const { c } = started.req
  if (!isWrite(c.req.method)) return
  const host = c.req.header('host') ?? ''
  if (!comesFromHere(c.req.raw.headers, host)) throw new Refused(403, 'token')
  if (!(await hasToken(c, secret, started.csrfBearer, route.rawBody === true))) throw new Refused(403, 'token')
}

/** A body whose length is not said could be endless; browsers always say it. @throws Refused */
export const checkSize = (route: Route, started: Started): void => {
  const { c } = started.req
  if (!isWrite(c.req.method) || route.rawBody === true) return
  const length = c.req.header('content-length')
  if (length === undefined) {
    if (c.req.header('transfer-encoding') !== undefined) throw new Refused(411, 'size')
    return
  }
  // A form is held in memory while it is read: only officers, and citizens where papers are attached, may send a hundred megabytes of it.
  const mayBringFiles = (route.takesFiles === true || (route.access !== 'public' && route.access !== 'signed-in')) && c.req.header('content-type')?.startsWith('multipart/form-data') === true
  const limit = mayBringFiles ? FILES_BYTES : FORM_BYTES
  if (!(Number(length) <= limit)) throw new Refused(413, 'size')
}
