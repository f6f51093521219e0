/** Public pages that are the same for everybody, ready to send. Small and short-lived: it takes the peak off the most visited pages, nothing depends on it. */
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { SESSION_COOKIE } from '#modules/access'
import type { Route } from '#web/http.ts'
import { bestEncoding } from './compress.ts'

export type SharedPage = { readonly headers: readonly (readonly [string, string])[]; readonly body: Uint8Array<ArrayBuffer>; readonly etag: string }

export type PageCache = {
  /** Undefined where the answer may depend on who asks. */
  readonly keyOf: (c: Context, route: Route) => string | undefined
  readonly get: (key: string, now: number) => SharedPage | undefined
  readonly put: (key: string, page: SharedPage, until: number) => void
  readonly clear: () => void
}

const MOST_BYTES = 16 * 1024 * 1024

export const createPageCache = (): PageCache => {
  const pages = new Map<string, SharedPage & { readonly until: number }>()
  let bytes = 0
  const forget = (key: string): void => {
    bytes -= pages.get(key)?.body.length ?? 0
    pages.delete(key)
  }
  return {
    keyOf: (c, route) => {
      if (route.sharedSeconds === undefined || c.req.method !== 'GET' || c.req.header('hx-request') !== undefined) return undefined
      const url = c.req.url
      const from = url.indexOf('/', 8)
      const path = from === -1 ? '/' : url.slice(from)
      // Choosing a language sets a cookie.
      if (/[?&]lang=/.test(path) || getCookie(c, SESSION_COOKIE) !== undefined) return undefined
      return `${bestEncoding(c.req.header('accept-encoding')) ?? '-'} ${getCookie(c, 'lang') ?? ''} ${path}`
    },
    get: (key, now) => {
      const page = pages.get(key)
      if (page === undefined) return undefined
      if (page.until >= now) return page
      forget(key)
      return undefined
    },
    put: (key, page, until) => {
      forget(key)
      pages.set(key, { ...page, until })
      bytes += page.body.length
      for (const oldest of pages.keys()) {
        if (bytes <= MOST_BYTES) break
        forget(oldest)
      }
    },
    clear: () => {
      pages.clear()
      bytes = 0
    },
  }
}
