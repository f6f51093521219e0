/**
 * A form was sent after the session had ended, and no script held the page: what was typed is kept for the user whom that session named, sealed, for an
 * hour, and given back to nobody else. Outside the log (decision 9), like a draft.
 */
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { openWords, sealWordsFor } from './sealed-words.ts'
import { tokenOfCookie } from './session-secret.ts'

export const KEPT_FORM_MS = 3_600_000
const MOST_CHARACTERS = 65_536
/** A user's newest; older ones make room. */
const MOST_FORMS = 5

export type KeptForm = {
  /** Where it was sent. */
  readonly path: string
  readonly fields: readonly (readonly [name: string, values: readonly string[]])[]
  /** Files were chosen with it: those are not kept. */
  readonly hadFiles: boolean
}

/**
 * @param cookie of the session that has ended; a session that was signed out of names nobody any more
 * @returns undefined where the cookie names nobody, or the form is too long to keep
 */
export const keepForm = async (ctx: Ctx, cookie: string, form: KeptForm): Promise<Uuid | undefined> => {
  const token = tokenOfCookie(cookie)
  const text = JSON.stringify(form)
  if (token === undefined || text.length > MOST_CHARACTERS) return undefined
  // Where a second factor is set, a password alone was nobody.
  const { rows } = await sql<{ id: Uuid }>`
    select u.id from access.session s join access.user u on u.id = s.user_id left join access.second_factor f on f.user_id = u.id
     where s.token = ${token} and u.disabled_at is null and (f.confirmed_at is null or s.code_given_at is not null)`.execute(ctx.db)
  const userId = rows[0]?.id
  if (userId === undefined) return undefined
  const id = newId(ctx.now)
  await sql`
    with old as (delete from access.kept_form where user_id = ${userId} and id not in (select id from access.kept_form where user_id = ${userId} order by id desc limit ${MOST_FORMS - 1}))
    insert into access.kept_form (id, user_id, sealed, expires_at) values (${id}, ${userId}, ${sealWordsFor(ctx, userId, text)}, ${new Date(ctx.now + KEPT_FORM_MS).toISOString()}::timestamptz)`.execute(ctx.db)
  return id
}

/** QUERY. Undefined for anybody else's, and when its hour is over. */
export const findKeptForm = async (ctx: Ctx, id: Uuid): Promise<KeptForm | undefined> => {
  if (ctx.actor.kind !== 'person') return undefined
  const { rows } = await sql<{ sealed: string }>`
    select sealed from access.kept_form where id = ${id} and user_id = ${ctx.actor.userId} and expires_at > ${new Date(ctx.now).toISOString()}::timestamptz`.execute(ctx.db)
  const text = rows[0] === undefined ? undefined : openWords(ctx, rows[0].sealed, 4 * MOST_CHARACTERS)
  return text === undefined ? undefined : (JSON.parse(text) as KeptForm)
}

export const sweepKeptForms = async (ctx: Ctx): Promise<void> => void (await sql`delete from access.kept_form where expires_at < ${new Date(ctx.now).toISOString()}::timestamptz`.execute(ctx.db))
