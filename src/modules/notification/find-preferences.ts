import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { authoriseAccount } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Preference } from './set-preference.ts'

/** Undefined: never chosen. For the program itself, and for `getOwnPreference`. */
export const findPreferences = async (ctx: Ctx, people: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Preference>> => {
  const { rows } = await sql<Preference & { personId: Uuid }>`/* prepared */
    select person_id as "personId", channels, lang, digest, urgent from notification.preference where person_id = any(${people}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ personId, ...preference }) => [personId, preference]))
}

/** QUERY. Undefined: never chosen. @throws Forbidden for who is not signed in */
export const getOwnPreference = async (ctx: Ctx): Promise<Preference | undefined> => {
  authoriseAccount(ctx)
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  return (await findPreferences(ctx, [ctx.actor.personId])).get(ctx.actor.personId)
}
