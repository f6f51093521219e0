import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { fold, tidy } from '#kernel/text.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { authorise } from './authorise.ts'

export type Account = {
  readonly userId: Uuid
  readonly personId: Uuid
  readonly username: string
  readonly name: string | null
  readonly posts: readonly { readonly title: string; readonly unitName: string; readonly agencyName: string }[]
  readonly sessions: number
  readonly createdAt: Instant
  readonly disabledAt: Instant | null
  readonly mustChangePassword: boolean
  /** A second factor is set. */
  readonly hasCode: boolean
}

export type AccountFilter = { readonly q?: string; readonly username?: string; readonly userId?: Uuid; readonly limit?: number; readonly offset?: number }

/** Accounts by username, or by name without accents. @throws Forbidden without `account.manage` */
export const listAccounts = async (ctx: Ctx, filter: AccountFilter = {}): Promise<readonly Account[]> => {
  authorise(ctx, 'account.manage')
  const q = fold(tidy(filter.q ?? '')).replace(/[\\%_]/g, (c) => `\\${c}`)
  const today = dateOf(ctx.now)
  const { rows } = await sql<Account>`
    select u.id as "userId", u.person_id as "personId", u.username, p.name, u.created_at as "createdAt", u.disabled_at as "disabledAt",
           u.must_change_password as "mustChangePassword",
           exists (select from access.second_factor f where f.user_id = u.id and f.confirmed_at is not null) as "hasCode",
           (select count(*)::int from access.session s where s.user_id = u.id and s.expires_at > ${new Date(ctx.now).toISOString()}::timestamptz) as sessions,
           (select coalesce(jsonb_agg(jsonb_build_object('title', h.title, 'unitName', h.unit_name, 'agencyName', h.agency_name) order by h.valid_from desc), '[]')
              from organisation.pub_held_post h
             where h.person_id = u.person_id and h.valid_from <= ${today}::date and (h.valid_to is null or h.valid_to > ${today}::date)) as posts
      from access.user u left join organisation.pub_person p on p.id = u.person_id
     where (${q} = '' or u.username like ${`%${q}%`} or p.name_fold like ${`%${q}%`})
       and (${filter.username ?? null}::text is null or u.username = ${filter.username ?? null})
       and (${filter.userId ?? null}::uuid is null or u.id = ${filter.userId ?? null}::uuid)
     order by u.username limit ${filter.limit ?? 50} offset ${filter.offset ?? 0}`.execute(ctx.db)
  return rows
}

/** @throws Forbidden, NotFound */
export const getAccount = async (ctx: Ctx, by: { readonly username: string } | { readonly userId: Uuid }): Promise<Account> => {
  const [account] = await listAccounts(ctx, by)
  if (account === undefined) throw new NotFound('account')
  return account
}
