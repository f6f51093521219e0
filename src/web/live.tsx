/** `/xu-ly/su-kien`: tells a page that its list has changed, as server-sent events. The page then asks for the list as anybody does: nothing about a dossier goes this way. */
import { getCookie } from 'hono/cookie'
import { SESSION_COOKIE, findSession } from '#modules/access'
import { placesWatched } from '#modules/dossier'
import { liveHub } from '#platform/live/live-hub.ts'
import type { Req, Route } from './http.ts'

const PATH = '/xu-ly/su-kien'

/** 204 tells a browser not to come again: the page stays as good as without script. */
const stream = async (req: Req): Promise<Response> => {
  const { c, ctx } = req
  const hub = liveHub()
  const session = await findSession(ctx, getCookie(c, SESSION_COOKIE) ?? '', { watching: true })
  if (hub === undefined || session === undefined) return new Response(null, { status: 204 })
  const body = hub.open({ sessionId: session.sessionId, places: placesWatched(session.posts), since: c.req.header('last-event-id') ?? c.req.query('tu') })
  if (body === undefined) return new Response(null, { status: 204 })
  // `no-transform` and `x-accel-buffering`: a proxy that compresses or buffers would hold the news back.
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'private, no-store, no-transform', 'x-accel-buffering': 'no' } })
}

/**
 * Once on a page whose parts carry `data-live` and an id: each is drawn again when something changes. What the hand is at stays: focus, ticked rows, the
 * active row; a part with something typed in it waits. Without script, or with nobody listening, nothing is missing.
 * @param since `liveMark()`, taken before the page read its list: what comes between is not lost
 */
export const Live = (props: { readonly since: string | undefined }) =>
  props.since === undefined ? null : <mc-live data-src={`${PATH}?tu=${encodeURIComponent(props.since)}`} data-words="Danh sách vừa được cập nhật." class="visually-hidden" role="status" />

/** What a page that reads its list now will know of; undefined where nobody listens. */
export const liveMark = (): string | undefined => liveHub()?.lastId()

export const liveRoutes: readonly Route[] = [{ method: 'GET', path: PATH, access: 'dossier.read', handle: stream }]
