/** Whose a draft is before anybody signs in: a cookie that scripts cannot read (decision 21). */
import { getCookie, setCookie } from 'hono/cookie'
import { adoptDrafts, newDraftBearer } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import type { Req } from '../http.ts'

const COOKIE = 'motcua_nhap'
const SECONDS = 30 * 86_400
const ATTRIBUTES = { httpOnly: true, sameSite: 'Lax', path: '/' } as const

export const bearerOf = (req: Req): string | undefined => getCookie(req.c, COOKIE)

/** For who is about to write something without an account. */
export const keepBearer = (req: Req): string => {
  const bearer = bearerOf(req) ?? newDraftBearer()
  setCookie(req.c, COOKIE, bearer, { ...ATTRIBUTES, maxAge: SECONDS })
  return bearer
}

/** What was begun on this machine goes to whoever has just signed in. @param ctx of the new session */
export const takeDraftsAlong = async (req: Req, ctx: Ctx): Promise<void> => {
  const bearer = bearerOf(req)
  if (bearer === undefined || ctx.actor.kind !== 'person') return
  await adoptDrafts(ctx, bearer)
  setCookie(req.c, COOKIE, '', { ...ATTRIBUTES, maxAge: 0 })
}
