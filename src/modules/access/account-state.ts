/**
 * An account (decision 19). Pure. Its stream is the user's id. Credentials are outside the log (docs/decisions/0003): that a password was set is
 * an event, its hash is not, since a hash kept for ever is a gift to whoever reads an old backup.
 */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { ERASED, type EventData, personal } from '#platform/log/private.ts'

export type AccountState = {
  readonly userId: Uuid
  readonly username: string
  readonly personId: Uuid
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly disabledAt: Instant | null
  readonly mustChangePassword: boolean
  readonly identity: Identity
}

/** `declared`: on the sign-up page, by whoever sat there. `checked`: on the identity card, by an officer, or made by an administrator. */
export type Identity = 'declared' | 'checked'

export type AccountEvent =
  | { readonly type: 'account.created'; readonly data: { readonly username: string; readonly personId: Uuid; readonly mustChangePassword: boolean; readonly identity?: 'declared' } }
  | { readonly type: 'account.identity-checked'; readonly data: Record<string, never> }
  | { readonly type: 'account.password-reset'; readonly data: { readonly mustChangePassword: boolean } }
  | { readonly type: 'account.password-changed'; readonly data: Record<string, never> }
  | { readonly type: 'account.second-factor-set'; readonly data: Record<string, never> }
  | { readonly type: 'account.second-factor-reset'; readonly data: Record<string, never> }
  | { readonly type: 'account.disabled'; readonly data: Record<string, never> }
  | { readonly type: 'account.enabled'; readonly data: Record<string, never> }

/** What stands in the log: a username often is a name. */
export const accountEventData = (event: AccountEvent): EventData =>
  event.type === 'account.created' ? { ...event.data, username: personal(event.data.username) } : event.data

export const evolveAccount = (userId: Uuid, state: AccountState | undefined, event: AccountEvent, at: Instant): AccountState => {
  if (event.type === 'account.created') return { userId, ...event.data, createdAt: at, updatedAt: at, disabledAt: null, identity: event.data.identity ?? 'checked' }
  if (state === undefined) throw new Error(`account ${userId}: ${event.type} before account.created`)
  const next = { ...state, updatedAt: at }
  switch (event.type) {
    case 'account.password-reset':
      return { ...next, mustChangePassword: event.data.mustChangePassword }
    case 'account.password-changed':
      return { ...next, mustChangePassword: false }
    case 'account.identity-checked':
      return { ...next, identity: 'checked' }
    case 'account.second-factor-set':
    case 'account.second-factor-reset':
      return next
    case 'account.disabled':
      return { ...next, disabledAt: at }
    case 'account.enabled':
      return { ...next, disabledAt: null }
  }
}

/** Moments as ISO text, as they go into the database. */
export type UserRow = {
  readonly id: Uuid
  readonly username: string
  readonly name: string
  readonly email: string
  readonly email_verified: boolean
  readonly created_at: string
  readonly updated_at: string
  readonly person_id: Uuid
  readonly disabled_at: string | null
  readonly must_change_password: boolean
  readonly identity: Identity
}

const iso = (at: Instant) => new Date(at).toISOString()

/** Decision 10: the only place where a user's row is made. */
export const rowOfAccount = (state: AccountState): UserRow => ({
  id: state.userId,
  // Nobody signs in by it, and it must be nobody else's.
  username: state.username === ERASED ? `da-xoa-${state.userId}` : state.username,
  name: state.username,
  // better-auth demands an address; this one is never shown and never mailed (decision 19).
  email: `${state.userId}@khong-co.invalid`,
  email_verified: false,
  created_at: iso(state.createdAt),
  updated_at: iso(state.updatedAt),
  person_id: state.personId,
  disabled_at: state.disabledAt === null ? null : iso(state.disabledAt),
  must_change_password: state.mustChangePassword,
  identity: state.identity,
})
