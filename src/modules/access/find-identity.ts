import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Identity } from './account-state.ts'
import { authorise } from './authorise.ts'

/** QUERY. How the person's account came to be theirs; undefined: there is none. For the counter. @throws Forbidden without `person.register` */
export const findIdentity = async (ctx: Ctx, personId: Uuid): Promise<Identity | undefined> => {
  authorise(ctx, 'person.register')
  const { rows } = await sql<{ identity: Identity }>`select identity from access.user where person_id = ${personId} and disabled_at is null order by created_at limit 1`.execute(ctx.db)
  return rows[0]?.identity
}

/** QUERY. How one's own account came to be one's own. @throws Forbidden for who is not signed in */
export const getOwnIdentity = async (ctx: Ctx): Promise<Identity> => {
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  const { rows } = await sql<{ identity: Identity }>`select identity from access.user where id = ${ctx.actor.userId}`.execute(ctx.db)
  return rows[0]?.identity ?? 'checked'
}
