/**
 * Lockout (decision 19): 5 failures an account and 20 an address within 15 minutes, each further lock twice as long. An attempt is counted
 * before the password is looked at, so that a hundred at once get no more tries than five. A name that no account bears counts alike.
 */
import { sha256Hex } from '#kernel/digest.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

export const ACCOUNT_LIMIT = 5
export const ADDRESS_LIMIT = 20
const WINDOW_MS = 15 * 60_000
const LONGEST_LOCK_MS = 24 * 3_600_000

export const accountKey = (username: string): string => `account:${sha256Hex(username)}`
export const addressKey = (address: string): string => `address:${sha256Hex(address)}`

export type Attempt = { readonly key: string; readonly limit: number; readonly failures: number }
export type Locked = { readonly until: Instant }

const iso = (at: number) => new Date(at).toISOString()

/** Counts one attempt. @returns the lock when there is one, or when the attempts of this moment have used up the limit */
export const countAttempt = async (ctx: Ctx, key: string, limit: number): Promise<Attempt | Locked> => {
  const { rows } = await sql<{ failures: number; locked_until: Instant | null }>`
    insert into access.attempt as a (key, failures, window_from) values (${key}, 1, ${iso(ctx.now)}::timestamptz)
    on conflict (key) do update set
      failures = case when a.locked_until > ${iso(ctx.now)}::timestamptz then a.failures
                      when a.window_from <= ${iso(ctx.now - WINDOW_MS)}::timestamptz then 1 else a.failures + 1 end,
      window_from = case when a.window_from <= ${iso(ctx.now - WINDOW_MS)}::timestamptz then excluded.window_from else a.window_from end,
      locks = case when a.window_from <= ${iso(ctx.now - LONGEST_LOCK_MS)}::timestamptz then 0 else a.locks end
    returning failures, locked_until`.execute(ctx.db)
  const row = rows[0]
  if (row?.locked_until !== null && row?.locked_until !== undefined && row.locked_until > ctx.now) return { until: row.locked_until }
  const failures = row?.failures ?? 1
  return failures > limit ? { until: (ctx.now + WINDOW_MS) as Instant } : { key, limit, failures }
}

/** The attempt failed: at the limit the key is locked, twice as long as the time before. */
export const failAttempt = async (ctx: Ctx, attempt: Attempt): Promise<Locked | undefined> => {
  if (attempt.failures < attempt.limit) return undefined
  const { rows } = await sql<{ locked_until: Instant }>`
    update access.attempt set failures = 0, locks = least(locks + 1, 10), window_from = ${iso(ctx.now)}::timestamptz,
           locked_until = ${iso(ctx.now)}::timestamptz + least(${WINDOW_MS}::float8 * power(2, locks), ${LONGEST_LOCK_MS}::float8) * interval '1 millisecond'
     where key = ${attempt.key} returning locked_until`.execute(ctx.db)
  return rows[0] === undefined ? undefined : { until: rows[0].locked_until }
}

/** The attempt was right: the account starts afresh, the address gets this one back. */
export const forgiveAttempt = async (ctx: Ctx, account: string, address?: string): Promise<void> => {
  await sql`delete from access.attempt where key = ${account}`.execute(ctx.db)
  if (address === undefined) return
  await sql`update access.attempt set failures = greatest(failures - 1, 0) where key = ${address}`.execute(ctx.db)
}
