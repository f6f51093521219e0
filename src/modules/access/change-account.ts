import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { type AccountEvent, type AccountState, accountEventData, evolveAccount, rowOfAccount } from './account-state.ts'
import { endSessionsOf, loadAccount, rewriteUser, writeCredentials } from './account-store.ts'
import { authorise } from './authorise.ts'
import type { AccountRefusal } from './create-account.ts'
import { ACCOUNT_LIMIT, accountKey, countAttempt, failAttempt, forgiveAttempt } from './lockout.ts'
import { hashPassword, passwordWeakness, verifyPassword } from './password.ts'

/** Not idempotent by key on purpose: doing any of these twice is the same as once, or refused by the state. */
export const recordChange = async (
  ctx: Ctx,
  postId: Uuid | undefined,
  current: { readonly state: AccountState; readonly seq: number },
  event: AccountEvent,
): Promise<void> => {
  const [stored] = await append(ctx, 'other', current.state.userId, [{ type: event.type, data: accountEventData(event) }], {
    expectedSeq: current.seq,
    ...(postId !== undefined && { postId }),
  })
  await rewriteUser(ctx, rowOfAccount(evolveAccount(current.state.userId, current.state, event, stored?.at ?? ctx.now)))
}

/** COMMAND. Nobody signs in by this account any more; its sessions end at once. @throws Forbidden without `account.manage`, NotFound */
export const disableAccount = async (ctx: Ctx, userId: Uuid): Promise<Result<{ readonly userId: Uuid }, AccountRefusal>> => {
  const by = authorise(ctx, 'account.manage')
  return inTx(ctx, async (ctx): Promise<Result<{ readonly userId: Uuid }, AccountRefusal>> => {
    const account = await loadAccount(ctx, userId)
    if (account.state.disabledAt !== null) return err({ code: 'already-disabled' })
    await recordChange(ctx, by?.postId, account, { type: 'account.disabled', data: {} })
    await endSessionsOf(ctx, userId)
    return ok({ userId })
  })
}

/** COMMAND. The account may be used again. @throws Forbidden without `account.manage`, NotFound */
export const enableAccount = async (ctx: Ctx, userId: Uuid): Promise<Result<{ readonly userId: Uuid }, AccountRefusal>> => {
  const by = authorise(ctx, 'account.manage')
  return inTx(ctx, async (ctx): Promise<Result<{ readonly userId: Uuid }, AccountRefusal>> => {
    const account = await loadAccount(ctx, userId)
    if (account.state.disabledAt === null) return err({ code: 'already-enabled' })
    await recordChange(ctx, by?.postId, account, { type: 'account.enabled', data: {} })
    return ok({ userId })
  })
}

/**
 * COMMAND. An officer has looked at the identity card of whoever says that the account is theirs. Nothing happens where it was looked at before.
 * @throws Forbidden without `person.register`, NotFound where the person has no account
 */
export const confirmIdentity = async (ctx: Ctx, personId: Uuid): Promise<{ readonly userId: Uuid }> => {
  const by = authorise(ctx, 'person.register')
  return inTx(ctx, async (ctx) => {
    const { rows } = await sql<{ id: Uuid }>`select id from access.user where person_id = ${personId} and disabled_at is null order by created_at limit 1 for update`.execute(ctx.db)
    const userId = rows[0]?.id
    if (userId === undefined) throw new NotFound('account')
    const account = await loadAccount(ctx, userId)
    if (account.state.identity === 'declared') await recordChange(ctx, by?.postId, account, { type: 'account.identity-checked', data: {} })
    return { userId }
  })
}

export type ResetPassword = { readonly userId: Uuid; readonly password: string; readonly mustChangePassword?: boolean }

/** COMMAND. A new password by the administrator: sessions end, the lockout is lifted, and it must be changed at the next sign-in. */
export const resetPassword = async (ctx: Ctx, input: ResetPassword): Promise<Result<{ readonly userId: Uuid }, AccountRefusal>> => {
  const by = authorise(ctx, 'account.manage')
  const { state } = await loadAccount(ctx, input.userId)
  const weak = passwordWeakness(input.password, state.username)
  if (weak !== undefined) return err(weak)
  const hash = await hashPassword(input.password)
  return inTx(ctx, async (ctx) => {
    await recordChange(ctx, by?.postId, await loadAccount(ctx, input.userId), {
      type: 'account.password-reset',
      data: { mustChangePassword: input.mustChangePassword ?? true },
    })
    await writeCredentials(ctx, [{ userId: input.userId, hash }], ctx.now)
    await endSessionsOf(ctx, input.userId)
    await sql`delete from access.attempt where key = ${accountKey(state.username)}`.execute(ctx.db)
    return ok({ userId: input.userId })
  })
}

export type ChangePassword = { readonly current: string; readonly next: string; readonly sessionId: Uuid }
export type PasswordRefusal = AccountRefusal | { readonly code: 'wrong-password' } | { readonly code: 'locked' } | { readonly code: 'same-password' }

/** COMMAND. One's own password; every other session of the account ends. Guessing the current one counts as failed sign-ins. @throws Forbidden */
export const changePassword = async (ctx: Ctx, input: ChangePassword): Promise<Result<{ readonly endedSessions: number }, PasswordRefusal>> => {
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  const { userId } = ctx.actor
  const { state } = await loadAccount(ctx, userId)
  const weak = passwordWeakness(input.next, state.username)
  if (weak !== undefined) return err(weak)
  const attempt = await countAttempt(ctx, accountKey(state.username), ACCOUNT_LIMIT)
  if ('until' in attempt) return err({ code: 'locked' })
  const { rows } = await sql<{ password: string }>`
    select password from access.account where user_id = ${userId} and provider_id = 'credential'`.execute(ctx.db)
  if (!(await verifyPassword(rows[0]?.password ?? '', input.current))) {
    return err({ code: (await failAttempt(ctx, attempt)) === undefined ? 'wrong-password' : 'locked' })
  }
  await forgiveAttempt(ctx, attempt.key)
  if (input.current === input.next) return err({ code: 'same-password' })
  const hash = await hashPassword(input.next)
  return inTx(ctx, async (ctx) => {
    await recordChange(ctx, undefined, await loadAccount(ctx, userId), { type: 'account.password-changed', data: {} })
    await writeCredentials(ctx, [{ userId, hash }], ctx.now)
    return ok({ endedSessions: await endSessionsOf(ctx, userId, input.sessionId) })
  })
}
