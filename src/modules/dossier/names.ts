import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** Officers are named by what they are (unit and post) and, inside the offices, by name too. */
export type Names = {
  readonly unit: (id: Uuid | null) => string | null
  readonly post: (id: Uuid | null) => string | null
  /** The person of an event. Only for who works on the dossier. */
  readonly person: (id: Uuid | null) => string | null
}

type Wanted = { readonly units: readonly (Uuid | null)[]; readonly posts?: readonly (Uuid | null)[]; readonly people?: readonly (Uuid | null)[] }

const ids = (list: readonly (Uuid | null)[] = []) => [...new Set(list.filter((id) => id !== null))]

/** The present names of units, posts and people, in one round trip. */
export const findNames = async (ctx: Ctx, wanted: Wanted): Promise<Names> => {
  const { rows } = await sql<{ id: Uuid; name: string }>`/* prepared */
    select id, name from organisation.pub_unit where id = any(${ids(wanted.units)}::uuid[])
    union all select id, title from organisation.pub_post where id = any(${ids(wanted.posts)}::uuid[])
    union all select id, name from organisation.pub_person where id = any(${ids(wanted.people)}::uuid[])`.execute(ctx.db)
  const names = new Map(rows.map((row) => [row.id, row.name]))
  const of = (id: Uuid | null) => (id === null ? null : (names.get(id) ?? null))
  return { unit: of, post: of, person: of }
}
