import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { type AccountEvent, accountEventData, evolveAccount, rowOfAccount } from './account-state.ts'
import { writeCredentials, writeUsers } from './account-store.ts'

export type NewAccount = {
  readonly personId: Uuid
  readonly username: string
  /** Of the password, made before the transaction: it takes 25 ms. */
  readonly hash: string
  readonly mustChangePassword: boolean
  /** Nobody has looked at an identity card. */
  readonly identity?: 'declared'
  /** The post of whoever opens it for somebody else. */
  readonly postId?: Uuid
}

/**
 * User, credential and event, inside the caller's transaction (decision 19). Whether this person may have it is the caller's question.
 * @returns undefined when the username is taken: nothing was written
 */
export const openAccount = async (ctx: Ctx, account: NewAccount): Promise<Uuid | undefined> => {
  if (!ctx.db.isTransaction) throw new Error('openAccount outside a transaction')
  const { personId, username, hash, mustChangePassword, identity, postId } = account
  const userId = newId(ctx.now)
  const event: AccountEvent = { type: 'account.created', data: { username, personId, mustChangePassword, ...(identity !== undefined && { identity }) } }
  const written = await writeUsers(ctx, [rowOfAccount(evolveAccount(userId, undefined, event, ctx.now))])
  if (written.length === 0) return undefined
  await writeCredentials(ctx, [{ userId, hash }], ctx.now)
  await append(ctx, 'other', userId, [{ type: event.type, data: accountEventData(event) }], { expectedSeq: 0, ...(postId !== undefined && { postId }) })
  return userId
}
