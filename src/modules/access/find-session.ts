import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import type { Actor, Ctx, HeldPost, Versions } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { PERMISSIONS, type Permission } from './permissions.ts'
import { can } from './authorise.ts'
import { tokenOfCookie } from './session-secret.ts'

/** Name of the cookie; its value is what `signIn` gave. */
export const SESSION_COOKIE = 'motcua_session'

/** An officer's session ends after this time without a request; a citizen's after its absolute time. */
export const OFFICER_IDLE_MS = 8 * 3_600_000
export const SESSION_MS = 30 * 86_400_000
/** The time of the last request is kept to this much: most requests write nothing. */
const SEEN_EVERY_MS = 5 * 60_000

export type SessionPost = HeldPost & { readonly title: string; readonly unitName: string; readonly agencyName: string }

export type Session = {
  readonly sessionId: Uuid
  readonly userId: Uuid
  readonly personId: Uuid
  readonly username: string
  readonly name: string
  /** `Chuyên viên · UBND phường Thuận Hóa`; empty for a citizen. */
  readonly title: string
  readonly posts: readonly SessionPost[]
  readonly mustChangePassword: boolean
  /** A second factor is set for the account. */
  readonly hasCode: boolean
  /** Only the password stands behind this session: it is nobody's until the code is given. */
  readonly awaitsCode: boolean
  readonly expiresAt: Instant
  /** Come along, for all that the request will ask for: `ctx.versions`. */
  readonly versions: Versions
}

type Row = {
  readonly session_id: Uuid
  readonly user_id: Uuid
  readonly person_id: Uuid
  readonly username: string
  readonly name: string | null
  readonly must_change_password: boolean
  readonly expires_at: Instant
  readonly seen_at: Instant
  readonly has_code: boolean
  readonly code_given_at: Instant | null
  readonly posts: readonly SessionPost[]
  readonly versions: Versions
}

/**
 * Who is signed in, with the posts held at `ctx.now`: one query. Undefined for a cookie that is forged, unknown or past, and for a disabled account.
 * @param cookie the value of `SESSION_COOKIE`
 * @param watching a page asks by itself, nobody's hand: that does not keep a session from ending
 */
export const findSession = async (ctx: Ctx, cookie: string, { watching = false } = {}): Promise<Session | undefined> => {
  const token = tokenOfCookie(cookie)
  if (token === undefined) return undefined
  const now = new Date(ctx.now).toISOString()
  const { rows } = await sql<Row>`/* prepared */
    select *, (select jsonb_object_agg(name, v) from platform.version) as versions
      from access.session_of(${token}, ${now}::timestamptz, ${dateOf(ctx.now)}::date)`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) return undefined
  const idle = ctx.now - row.seen_at
  if (row.posts.length > 0 && idle > OFFICER_IDLE_MS) return undefined
  if (idle > SEEN_EVERY_MS && !watching) await sql`update access.session set updated_at = ${now}::timestamptz where id = ${row.session_id}`.execute(ctx.db)
  const post = row.posts[0]
  return {
    sessionId: row.session_id,
    userId: row.user_id,
    personId: row.person_id,
    username: row.username,
    name: row.name ?? row.username,
    title: post === undefined ? '' : postInWords(post),
    posts: row.posts,
    mustChangePassword: row.must_change_password,
    hasCode: row.has_code,
    awaitsCode: row.has_code && row.code_given_at === null,
    expiresAt: row.expires_at,
    versions: row.versions,
  }
}

type PostWords = Pick<SessionPost, 'title' | 'unitName' | 'agencyName' | 'delegated'>
const BASIS_WORDS = { delegation: 'Được ủy quyền', 'stand-in': 'Làm thay' } as const

/** `Văn thư · Văn phòng HĐND và UBND · Ủy ban nhân dân phường Thuận Hóa`, the unit only when asked for; nothing is said twice. */
export const postInWords = (post: PostWords, withUnit = false): string => {
  const told = post.title.includes(post.agencyName) || post.title.includes(post.agencyName.replace('Ủy ban nhân dân', 'UBND'))
  const places = [...(withUnit && post.unitName !== post.agencyName ? [post.unitName] : []), ...(told ? [] : [post.agencyName])]
  return [...(post.delegated === undefined ? [] : [BASIS_WORDS[post.delegated.basis]]), post.title, ...places].join(' · ')
}

/** The actor of a request: what `ctx.actor` is made of. */
export const actorOf = (session: Session | undefined): Actor =>
  session === undefined || session.awaitsCode ? { kind: 'anonymous' } : { kind: 'person', userId: session.userId, personId: session.personId, posts: session.posts }

/** What of it holds for every procedure: pages about all of a unit open to nobody whose delegation names some. */
export const permissionsEverywhere = (actor: Actor): ReadonlySet<Permission> => new Set((Object.keys(PERMISSIONS) as Permission[]).filter((permission) => can(actor, permission)))

/** What the menus may show: computed by the rule that also refuses at the door; a limited delegation opens it. */
export const permissionsOf = (actor: Actor): ReadonlySet<Permission> =>
  new Set((Object.keys(PERMISSIONS) as Permission[]).filter((permission) => can(actor, permission, { forSome: true })))
