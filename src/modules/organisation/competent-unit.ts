import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type OfferedProcedure, type Route, routeOf } from './offering.ts'
import type { UnitKind, UnitLevel } from './unit-state.ts'

/** The agency that decides and the unit in it that handles; `level` is the level at which the procedure is carried out. */
export type CompetentUnit = { readonly agencyId: Uuid; readonly unitId: Uuid; readonly level: UnitLevel; readonly deskId: Uuid; readonly deskAgencyId: Uuid }
export type NotOffered = { readonly offered: false; readonly reason: string }

/**
 * Which agency and which of its units handle a procedure that is brought to this agency.
 * @param agencyId where it is brought: a commune (its own units handle), the city's service centre or a department (the department named by
 *   the offering handles; received at the service centre)
 */
export const competentUnit = async (ctx: Ctx, procedure: OfferedProcedure, agencyId: Uuid): Promise<({ readonly offered: true } & CompetentUnit) | NotOffered> => {
  const { rows: agencies } = await sql<{ kind: UnitKind; level: UnitLevel; remit: string | null }>`/* prepared */
    select kind, level, remit from organisation.unit where id = ${agencyId} and valid_to is null`.execute(ctx.db)
  const agency = agencies[0]
  if (agency === undefined) return { offered: false, reason: 'Cơ quan không còn hoạt động' }
  const route = routeOf(agency.level, procedure)
  if (!route.offered) return route
  if (agency.kind === 'department' && agency.remit !== route.agency) return { offered: false, reason: 'Thuộc thẩm quyền của cơ quan khác' }
  const unit = await resolve(ctx, route, agencyId)
  return unit === undefined ? { offered: false, reason: 'Cơ quan chưa có đơn vị được phân công' } : { offered: true, ...unit }
}

const resolve = async (ctx: Ctx, route: Extract<Route, { offered: true }>, agencyId: Uuid): Promise<CompetentUnit | undefined> => {
  const { rows } = await sql<CompetentUnit>`/* prepared */
    select u.agency_id as "agencyId", u.id as "unitId", u.level, d.id as "deskId", d.agency_id as "deskAgencyId"
      from organisation.unit a
      join organisation.unit u on u.agency_id = a.id and u.remit = ${route.unit} and u.valid_to is null
      join organisation.unit d on d.valid_to is null
       and case when a.level = 'commune' then d.agency_id = a.id and d.kind = 'commune-desk' else d.kind = 'service-centre' end
     where a.valid_to is null
       and case when ${route.level} = 'commune' then a.id = ${agencyId}::uuid else a.remit = ${route.agency ?? null} and a.kind in ('department', 'city-office') end
     limit 1`.execute(ctx.db)
  return rows[0]
}
