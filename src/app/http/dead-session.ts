/** A form came in, and nobody is signed in any more. */
import { getCookie } from 'hono/cookie'
import { SESSION_COOKIE, keepForm, tokenOfCookie } from '#modules/access'
import { type Req, type Route, readForm } from '#web/http.ts'
import { safeReturnPath } from '#web/return-path.ts'
import { comesFromHere, hasToken } from './csrf.ts'

/** The page that the form stands on. */
const pageOf = (c: Req['c']): string | undefined => {
  const referer = c.req.header('referer')
  const page = referer !== undefined && URL.canParse(referer) ? new URL(referer) : undefined
  return page === undefined || page.host !== c.req.header('host') ? undefined : safeReturnPath(page.pathname + page.search)
}

/** Of a body that is read for somebody who is not signed in. */
const MOST_BYTES = 1024 * 1024

/** Of a whole page only: a script keeps its page and what stands on it. The form must be one that this very session was given. */
const keepTyped = async (route: Route, req: Req, secret: Buffer): Promise<string | undefined> => {
  const { c } = req
  const cookie = getCookie(c, SESSION_COOKIE)
  const byScript = req.view.fragment || (c.req.header('sec-fetch-mode') ?? 'navigate') !== 'navigate'
  if (cookie === undefined || byScript || route.method !== 'POST' || route.rawBody === true || route.takesSecrets === true) return undefined
  // Before a byte of it is read: a cookie that we gave, and no more than words.
  if (tokenOfCookie(cookie) === undefined || !(Number(c.req.header('content-length')) <= MOST_BYTES)) return undefined
  if (!comesFromHere(c.req.raw.headers, c.req.header('host') ?? '') || !(await hasToken(c, secret, cookie, false))) return undefined
  const { _csrf: _, ...body } = await c.req.parseBody({ all: true })
  const hadFiles = Object.values(body).flat().some((value) => value instanceof File && value.size > 0)
  const fields = [...(await readForm(req)).all].filter(([name]) => name !== '_csrf')
  return keepForm(req.ctx, cookie, { path: req.view.path, fields, hadFiles })
}

/** @returns the way to sign in, and from there back to the page of the form; by what was typed, where that could be kept */
export const signInAgain = async (route: Route, req: Req, secret: Buffer): Promise<string> => {
  const page = pageOf(req.c)
  const kept = await keepTyped(route, req, secret)
  if (kept !== undefined) {
    const way = `/dang-do/${kept}${page === undefined ? '' : `?ve=${encodeURIComponent(page)}`}`
    // Too long a way back is no way back at all.
    return `/dang-nhap?tiep=${encodeURIComponent(safeReturnPath(way) ?? `/dang-do/${kept}`)}&het=giu`
  }
  return page === undefined ? '/dang-nhap' : `/dang-nhap?tiep=${encodeURIComponent(page)}&het=1`
}
