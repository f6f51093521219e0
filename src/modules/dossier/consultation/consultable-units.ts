import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { ROLES, authorise, roleCarries } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

export type ConsultableUnit = { readonly id: Uuid; readonly name: string; readonly agencyId: Uuid; readonly agencyName: string }

const ADVISERS = ROLES.filter((role) => roleCarries(role, 'dossier.advise'))

/** QUERY. Units that can be asked for an opinion today: those where somebody can answer. @throws Forbidden */
export const consultableUnits = async (ctx: Ctx): Promise<readonly ConsultableUnit[]> => {
  authorise(ctx, 'dossier.examine', { forSome: true })
  return unitsWithAdvisers(ctx)
}

/** `Phòng Kinh tế, Ủy ban nhân dân phường Thuận Hóa`: divisions of forty wards bear the same name. Those of `agencyId` go by their own. */
export const namesInFull = async (ctx: Ctx, units: readonly Uuid[], agencyId: Uuid): Promise<ReadonlyMap<Uuid, string>> => {
  if (units.length === 0) return new Map()
  const { rows } = await sql<{ id: Uuid; name: string }>`/* prepared */
    select u.id, concat_ws(', ', u.name, case when u.agency_id not in (u.id, ${agencyId}::uuid) then a.name end) as name
      from organisation.pub_unit u join organisation.pub_unit a on a.id = u.agency_id where u.id = any(${units}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** @param among only of these; left out: all */
export const unitsWithAdvisers = async (ctx: Ctx, among?: readonly Uuid[]): Promise<readonly ConsultableUnit[]> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql<ConsultableUnit>`/* prepared */
    select u.id, u.name, u.agency_id as "agencyId", a.name as "agencyName"
      from organisation.pub_unit u join organisation.pub_unit a on a.id = u.agency_id
     where (${among ?? null}::uuid[] is null or u.id = any(${among ?? null}::uuid[]))
       and exists (select from organisation.pub_held_post h
                    where h.unit_id = u.id and h.role = any(${ADVISERS}::text[]) and h.valid_from <= ${today}::date and (h.valid_to is null or h.valid_to > ${today}::date))
     order by a.code, u.id <> u.agency_id, u.code`.execute(ctx.db)
  return rows
}
