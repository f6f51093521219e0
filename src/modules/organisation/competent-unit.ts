import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { keepWhile, withVersions } from '#platform/versions.ts'
import { type OfferedProcedure, type Route, routeOf } from './offering.ts'
import type { UnitKind, UnitLevel } from './unit-state.ts'

/** The agency that decides and the unit in it that handles; `level` is the level at which the procedure is carried out. */
export type CompetentUnit = { readonly agencyId: Uuid; readonly unitId: Uuid; readonly level: UnitLevel; readonly deskId: Uuid; readonly deskAgencyId: Uuid }
export type NotOffered = { readonly offered: false; readonly reason: string }

type Agency = { readonly kind: UnitKind; readonly level: UnitLevel; readonly remit: string | null }

/** Asked for every dossier; units are founded and closed a few times a year. */
const agencies = keepWhile<Agency | undefined>(2_000, 'organisation')
const competent = keepWhile<CompetentUnit | undefined>(5_000, 'organisation')

/**
 * Which agency and which of its units handle a procedure that is brought to this agency.
 * @param agencyId where it is brought: a commune (its own units handle), the city's service centre or a department (the department named by
 *   the offering handles; received at the service centre)
 */
export const competentUnit = async (ctx: Ctx, procedure: OfferedProcedure, agencyId: Uuid): Promise<({ readonly offered: true } & CompetentUnit) | NotOffered> => {
  const today = dateOf(ctx.now)
  const known = await withVersions(ctx)
  const agency = await agencies(known, `${today} ${agencyId}`, async (ctx) => {
    const { rows } = await sql<Agency>`select a.kind, a.level, a.remit from organisation.unit a where a.id = ${agencyId} and ${stands('a', today)}`.execute(ctx.db)
    return rows[0]
  })
  if (agency === undefined) return { offered: false, reason: 'Cơ quan không còn hoạt động' }
  const route = routeOf(agency.level, procedure)
  if (!route.offered) return route
  if (agency.kind === 'department' && agency.remit !== route.agency) return { offered: false, reason: 'Thuộc thẩm quyền của cơ quan khác' }
  const unit = await competent(known, `${today} ${agencyId} ${route.level} ${route.agency ?? ''} ${route.unit}`, (ctx) => resolve(ctx, route, agencyId))
  return unit === undefined ? { offered: false, reason: 'Cơ quan chưa có đơn vị được phân công' } : { offered: true, ...unit }
}

/** A unit that will be closed or founded on a later day counts as it stands today. */
const stands = (alias: string, today: PlainDate) => {
  const [from, to] = [sql.ref(`${alias}.valid_from`), sql.ref(`${alias}.valid_to`)]
  return sql`${from} <= ${today}::date and (${to} is null or ${to} > ${today}::date)`
}

const resolve = async (ctx: Ctx, route: Extract<Route, { offered: true }>, agencyId: Uuid): Promise<CompetentUnit | undefined> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql<CompetentUnit>`
    select u.agency_id as "agencyId", u.id as "unitId", u.level, d.id as "deskId", d.agency_id as "deskAgencyId"
      from organisation.unit a
      join organisation.unit u on u.agency_id = a.id and u.remit = ${route.unit} and ${stands('u', today)}
      join organisation.unit d on ${stands('d', today)}
       and case when a.level = 'commune' then d.agency_id = a.id and d.kind = 'commune-desk' else d.kind = 'service-centre' end
     where ${stands('a', today)}
       and case when ${route.level} = 'commune' then a.id = ${agencyId}::uuid else a.remit = ${route.agency ?? null} and a.kind in ('department', 'city-office') end
     limit 1`.execute(ctx.db)
  return rows[0]
}
