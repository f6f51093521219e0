/**
 * better-auth over our tables (decision 19): it checks the credential, makes the session and signs the cookie; later also second factor and
 * OpenID Connect. None of its HTTP routes is reachable: only `auth.api` is called. Loaded on the first sign-in (0.4 s, 50 MB), not at start.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Db } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { sessionSecret } from './session-secret.ts'

/** better-auth takes the time from the machine; ours is handed to its hooks this way. */
type Now = { readonly now: Instant; readonly expiresAt: Instant; readonly address: string; readonly agent: string }
const current = new AsyncLocalStorage<Now>()

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' }

const build = async (db: Db) => {
  const [{ betterAuth }, { username }] = await Promise.all([import('better-auth'), import('better-auth/plugins/username')])
  return betterAuth({
    // Only for addresses in its mails and redirects, of which there are none yet.
    baseURL: 'http://127.0.0.1',
    secret: sessionSecret(),
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db, type: 'postgres', schemaName: 'access' },
    advanced: {
      cookiePrefix: 'motcua',
      database: { generateId: () => newId(current.getStore()?.now ?? (0 as Instant)) },
    },
    user: { fields: { ...TIMES, emailVerified: 'email_verified' }, additionalFields: { personId: { type: 'string', fieldName: 'person_id', required: true, input: false } } },
    account: {
      fields: {
        ...TIMES,
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    session: {
      cookieCache: { enabled: false },
      disableSessionRefresh: true,
      fields: { ...TIMES, userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent' },
    },
    verification: { fields: { ...TIMES, expiresAt: 'expires_at' } },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const at = current.getStore()
            if (at === undefined) return { data: session }
            const now = new Date(at.now)
            return { data: { ...session, createdAt: now, updatedAt: now, expiresAt: new Date(at.expiresAt), ipAddress: at.address, userAgent: at.agent } }
          },
        },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    plugins: [username({ displayUsername: false, minUsernameLength: 2, maxUsernameLength: 60, usernameValidator: (name) => USERNAME.test(name) })],
  })
}

export const USERNAME = /^[a-z0-9]+([._-][a-z0-9]+)*$/

type Auth = Awaited<ReturnType<typeof build>>
const instances = new WeakMap<Db, Promise<Auth>>()

export const auth = (db: Db): Promise<Auth> => {
  const known = instances.get(db)
  if (known !== undefined) return known
  const made = build(db)
  instances.set(db, made)
  // A failure is not kept: the next sign-in tries again.
  made.catch(() => instances.delete(db))
  return made
}

export type PasswordSignIn = { readonly username: string; readonly password: string; readonly address: string; readonly agent: string; readonly expiresAt: Instant }

/** @returns the signed cookie value of a new session, or undefined when name or password is wrong: same time for both */
export const signInByPassword = async (ctx: Ctx, input: PasswordSignIn): Promise<string | undefined> => {
  const { api } = await auth(ctx.db)
  const { isAPIError } = await import('better-auth/api')
  try {
    const { headers } = await current.run({ now: ctx.now, expiresAt: input.expiresAt, address: input.address, agent: input.agent }, () =>
      api.signInUsername({ body: { username: input.username, password: input.password }, headers: new Headers(), returnHeaders: true }),
    )
    const cookie = headers.getSetCookie().find((c) => c.startsWith('motcua.session_token='))
    return cookie === undefined ? undefined : decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1).split(';')[0] ?? '')
  } catch (error) {
    if (isAPIError(error) && (error.statusCode === 401 || error.statusCode === 422 || error.statusCode === 400)) return undefined
    throw error
  }
}
