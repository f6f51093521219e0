import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { keepWhile } from '#platform/versions.ts'

/** Officers are named by what they are (unit and post) and, inside the offices, by name too. */
export type Names = {
  readonly unit: (id: Uuid | null) => string | null
  readonly post: (id: Uuid | null) => string | null
  /** The person of an event. Only for who works on the dossier. */
  readonly person: (id: Uuid | null) => string | null
}

/** Of all units and posts, retired ones too: some thousand words, asked for at every page. */
const ofOffices = keepWhile<ReadonlyMap<Uuid, string>>(1, 'organisation')

const readOffices = async (ctx: Ctx): Promise<ReadonlyMap<Uuid, string>> => {
  const { rows } = await sql<{ id: Uuid; name: string }>`
    select id, name from organisation.pub_unit union all select id, title from organisation.pub_post`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

const readPeople = async (ctx: Ctx, wanted: readonly (Uuid | null)[]): Promise<ReadonlyMap<Uuid, string>> => {
  const asked = [...new Set(wanted.filter((id) => id !== null))]
  if (asked.length === 0) return new Map()
  const { rows } = await sql<{ id: Uuid; name: string }>`/* prepared */ select id, name from organisation.pub_person where id = any(${asked}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** The present names of all units and posts, and of these people: one round trip, none where nobody is to be named. */
export const findNames = async (ctx: Ctx, people: readonly (Uuid | null)[] = []): Promise<Names> => {
  const [offices, persons] = await Promise.all([ofOffices(ctx, '', readOffices), readPeople(ctx, people)])
  const of = (names: ReadonlyMap<Uuid, string>) => (id: Uuid | null) => (id === null ? null : (names.get(id) ?? null))
  return { unit: of(offices), post: of(offices), person: of(persons) }
}
