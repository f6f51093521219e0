/**
 * A foreign page must not act with a citizen's or officer's cookies. Two hurdles for every unsafe request: the browser's own word on where it comes
 * from, and a token bound to the session (or, before sign-in, to a random cookie).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'

export const CSRF_COOKIE = 'csrf'

export const csrfToken = (secret: Buffer, bearer: string): string => createHmac('sha256', secret).update(`csrf:${bearer}`).digest('base64url').slice(0, 32)

export const newCsrfCookie = (): string => randomBytes(16).toString('base64url')

const sameText = (a: string, b: string): boolean => {
  const [given, right] = [Buffer.from(a), Buffer.from(b)]
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Browsers that do not send `Sec-Fetch-Site` send `Origin` with a POST. Programs send neither, and have no cookies to abuse. */
export const comesFromHere = (headers: Headers, host: string): boolean => {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = headers.get('origin')
  if (origin === null) return true
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

/** @param bearer the session's token, or the random cookie */
export const hasToken = async (c: Context, secret: Buffer, bearer: string | undefined, rawBody: boolean): Promise<boolean> => {
  if (bearer === undefined) return false
  const right = csrfToken(secret, bearer)
  const header = c.req.header('x-csrf-token')
  if (header !== undefined) return sameText(header, right)
  if (rawBody) return false
  const field = (await c.req.parseBody({ all: true }))['_csrf']
  return typeof field === 'string' && sameText(field, right)
}

export const csrfBearer = (c: Context, sessionToken: string | undefined): string | undefined => sessionToken ?? getCookie(c, CSRF_COOKIE)
