import { setCookie } from 'hono/cookie'
import { SESSION_COOKIE, SESSION_MS, type SignedInSession, actorOf } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import type { Req } from '../http.ts'

/**
 * The cookie of a new session. An officer's goes with the browser: counters share machines. `Secure` is added where the page was reached by https.
 * @returns the request's ctx as the person who has just signed in
 */
export const openCookie = (req: Req, { cookie, session }: SignedInSession): Ctx => {
  setCookie(req.c, SESSION_COOKIE, cookie, { httpOnly: true, sameSite: 'Lax', path: '/', ...(session.posts.length === 0 && { maxAge: SESSION_MS / 1_000 }) })
  return { ...req.ctx, actor: actorOf(session) }
}
