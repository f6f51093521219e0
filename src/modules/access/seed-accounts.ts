import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { appendMany } from '#platform/log/append.ts'
import { type AccountEvent, accountEventData, evolveAccount, rowOfAccount } from './account-state.ts'
import { writeCredentials, writeUsers } from './account-store.ts'

export type SeededAccount = { readonly userId: Uuid; readonly personId: Uuid; readonly username: string }

/**
 * Many new accounts with one password hash, inside the caller's transaction: only for the demo city, whose password everybody knows.
 * @param hash of `hashPassword`
 * @throws Forbidden for everybody but the system
 */
export const seedAccounts = async (ctx: Ctx, accounts: readonly SeededAccount[], hash: string): Promise<void> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const made = accounts.map(({ userId, personId, username }) => {
    const event: AccountEvent = { type: 'account.created', data: { username, personId, mustChangePassword: false } }
    return { userId, event, row: rowOfAccount(evolveAccount(userId, undefined, event, ctx.now)) }
  })
  await writeUsers(ctx, made.map((m) => m.row))
  await writeCredentials(ctx, made.map(({ userId }) => ({ userId, hash })), ctx.now)
  await appendMany(ctx, made.map(({ userId, event }) => ({ kind: 'other', stream: userId, events: [{ type: event.type, data: accountEventData(event) }] })), { fresh: true })
}
