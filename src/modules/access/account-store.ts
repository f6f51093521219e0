import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { type AccountEvent, type AccountState, type UserRow, evolveAccount } from './account-state.ts'

/** @throws NotFound */
export const loadAccount = async (ctx: Ctx, userId: Uuid): Promise<{ readonly state: AccountState; readonly seq: number }> => {
  const events = await readStream(ctx.db, 'other', userId)
  let state: AccountState | undefined
  for (const event of events) {
    if (!event.type.startsWith('account.')) continue
    state = evolveAccount(userId, state, { type: event.type, data: event.data } as AccountEvent, event.at)
  }
  if (state === undefined) throw new NotFound(`account ${userId}`)
  return { state, seq: events.length }
}

/** @returns ids of the rows written; a new account whose username is taken is left out */
export const writeUsers = async (ctx: Ctx, users: readonly UserRow[]): Promise<readonly Uuid[]> => {
  const { rows } = await sql<{ id: Uuid }>`
    insert into access.user (id, username, name, email, email_verified, created_at, updated_at, person_id, disabled_at, must_change_password, identity)
    select * from jsonb_to_recordset(${JSON.stringify(users)}::jsonb)
      as r(id uuid, username text, name text, email text, email_verified boolean, created_at timestamptz, updated_at timestamptz, person_id uuid,
           disabled_at timestamptz, must_change_password boolean, identity text)
    on conflict (username) do nothing
    returning id`.execute(ctx.db)
  return rows.map((r) => r.id)
}

export const rewriteUser = async (ctx: Ctx, user: UserRow): Promise<void> => {
  await sql`
    update access.user set updated_at = ${user.updated_at}::timestamptz, disabled_at = ${user.disabled_at}::timestamptz,
           must_change_password = ${user.must_change_password}, identity = ${user.identity}
     where id = ${user.id}`.execute(ctx.db)
}

export type Credential = { readonly userId: Uuid; readonly hash: string }

/** The shape that better-auth reads: one row a user with provider `credential`. */
export const writeCredentials = async (ctx: Ctx, credentials: readonly Credential[], at: Instant): Promise<void> => {
  const rows = credentials.map((c) => ({ id: newId(at), user_id: c.userId, password: c.hash }))
  const moment = new Date(at).toISOString()
  await sql`
    insert into access.account (id, account_id, provider_id, user_id, password, created_at, updated_at)
    select r.id, r.user_id::text, 'credential', r.user_id, r.password, ${moment}::timestamptz, ${moment}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, user_id uuid, password text)
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = excluded.updated_at`.execute(ctx.db)
}

export const endSessionsOf = async (ctx: Ctx, userId: Uuid, except?: Uuid): Promise<number> => {
  const { numAffectedRows } = await sql`
    delete from access.session where user_id = ${userId} and id is distinct from ${except ?? null}::uuid`.execute(ctx.db)
  return Number(numAffectedRows ?? 0n)
}
