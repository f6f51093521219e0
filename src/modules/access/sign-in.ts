import { z } from 'zod'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import { endSessionsOf } from './account-store.ts'
import { signInByPassword } from './better-auth.ts'
import { SESSION_MS, type Session, findSession } from './find-session.ts'
import { ACCOUNT_LIMIT, ADDRESS_LIMIT, type Attempt, accountKey, addressKey, countAttempt, failAttempt, forgiveAttempt } from './lockout.ts'
import { hashPassword } from './password.ts'
import { tokenOfCookie } from './session-secret.ts'

/** COMMAND. Open to everybody. */
export const SignIn = z.object({
  username: z.string().transform((s) => s.normalize('NFC').trim().toLowerCase()).pipe(z.string().min(1, 'Hãy nhập tên đăng nhập').max(100)),
  password: z.string().min(1, 'Hãy nhập mật khẩu').max(500),
  /** Of the client, for lockout and for the list of sessions. */
  address: z.string().max(100),
  agent: z.string().transform((s) => s.slice(0, 300)).default(''),
  /** The cookie that the request brought: that session ends (rotation). */
  previousCookie: z.string().optional(),
})
export type SignIn = z.input<typeof SignIn>

export type SignedInSession = { readonly cookie: string; readonly session: Session }
export type SignInRefusal = { readonly code: 'wrong' } | { readonly code: 'locked'; readonly until: Instant }

/** The same answer, after the same time, for a wrong password, an unknown name and a disabled account. */
export const signIn = async (ctx: Ctx, input: SignIn): Promise<Result<SignedInSession, SignInRefusal>> => {
  const { username, password, address, agent, previousCookie } = SignIn.parse(input)
  const account = await findUser(ctx, username)
  // Never the name as typed: it may be somebody's name, or a password in the wrong field.
  const subject = account === undefined ? {} : { subject: `account:${account.id}` }
  const attempts: Attempt[] = []
  for (const [key, limit] of [[addressKey(address), ADDRESS_LIMIT], [accountKey(username), ACCOUNT_LIMIT]] as const) {
    const attempt = await countAttempt(ctx, key, limit)
    if ('until' in attempt) {
      recordAccess(ctx, { kind: 'sign-in-locked', ...subject })
      return err({ code: 'locked', until: attempt.until })
    }
    attempts.push(attempt)
  }
  const cookie = await openSession(ctx, account?.disabled === true, { username, password, address, agent })
  const session = cookie === undefined ? undefined : await findSession(ctx, cookie)
  if (cookie === undefined || session === undefined) {
    recordAccess(ctx, { kind: 'sign-in-failed', ...subject })
    for (const attempt of attempts) {
      const locked = await failAttempt(ctx, attempt)
      if (locked !== undefined) return err({ code: 'locked', until: locked.until })
    }
    return err({ code: 'wrong' })
  }
  await forgiveAttempt(ctx, accountKey(username), addressKey(address))
  if (previousCookie !== undefined) await endByCookie(ctx, previousCookie)
  recordAccess(ctx, { kind: 'sign-in', userId: session.userId, personId: session.personId })
  return ok({ cookie, session })
}

type User = { readonly id: Uuid; readonly disabled: boolean }

const findUser = async (ctx: Ctx, username: string): Promise<User | undefined> =>
  (await sql<User>`select id, disabled_at is not null as disabled from access.user where username = ${username}`.execute(ctx.db)).rows[0]

const openSession = async (
  ctx: Ctx,
  disabled: boolean,
  input: { username: string; password: string; address: string; agent: string },
): Promise<string | undefined> => {
  if (disabled) {
    // As long as a real look at the password takes.
    await hashPassword(input.password)
    return undefined
  }
  return signInByPassword(ctx, { ...input, expiresAt: (ctx.now + SESSION_MS) as Instant })
}

const endByCookie = async (ctx: Ctx, cookie: string): Promise<void> => {
  const token = tokenOfCookie(cookie)
  if (token !== undefined) await sql`delete from access.session where token = ${token}`.execute(ctx.db)
}

/** Ends the session of this cookie; one that is none ends nothing. */
export const signOut = async (ctx: Ctx, cookie: string): Promise<void> => {
  await endByCookie(ctx, cookie)
  if (ctx.actor.kind === 'person') recordAccess(ctx, { kind: 'sign-out', userId: ctx.actor.userId, personId: ctx.actor.personId })
}

const self = (ctx: Ctx) => {
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  return ctx.actor
}

/** Ends every session of whoever is signed in. @returns how many @throws Forbidden for who is not */
export const signOutEverywhere = async (ctx: Ctx): Promise<number> => {
  const { userId, personId } = self(ctx)
  const ended = await endSessionsOf(ctx, userId)
  recordAccess(ctx, { kind: 'sign-out-everywhere', userId, personId })
  return ended
}

/** Ends one of one's own sessions; another's is not found and nothing happens. */
export const endSession = async (ctx: Ctx, sessionId: Uuid): Promise<void> => {
  const { userId } = self(ctx)
  await sql`delete from access.session where id = ${sessionId} and user_id = ${userId}`.execute(ctx.db)
}

export type OwnSession = {
  readonly sessionId: Uuid
  readonly signedInAt: Instant
  readonly seenAt: Instant
  readonly address: string | null
  readonly agent: string | null
}

/** One's own sessions that have not ended, newest first. */
export const listOwnSessions = async (ctx: Ctx): Promise<readonly OwnSession[]> => {
  const { userId } = self(ctx)
  const { rows } = await sql<OwnSession>`
    select id as "sessionId", created_at as "signedInAt", updated_at as "seenAt", ip_address as address, user_agent as agent
      from access.session where user_id = ${userId} and expires_at > ${new Date(ctx.now).toISOString()}::timestamptz
     order by created_at desc`.execute(ctx.db)
  return rows
}
