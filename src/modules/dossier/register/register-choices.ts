import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import { type StaffMember, type Unit, listStaff, listUnits } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import type { RegisterFilter } from './filter.ts'
import { type Place, narrowed, placesOf } from './reach.ts'

/** `units`: what the list may be narrowed to; `officers`: who works there. Empty where there is nothing to choose. */
export type RegisterChoices = { readonly units: readonly Unit[]; readonly officers: readonly StaffMember[] }

/** QUERY. What the filters of the register offer. @throws Forbidden */
export const registerChoices = async (ctx: Ctx, filter: RegisterFilter): Promise<RegisterChoices> => {
  authorise(ctx, 'dossier.find')
  const places = placesOf(ctx.actor, 'dossier.find')
  const at = filter.unitId === undefined ? places : await narrowed(ctx, places, filter.unitId, 'dossier.find')
  const [units, officers] = await Promise.all([Promise.all(places.map((place) => unitsIn(ctx, place))), Promise.all(at.map((place) => officersIn(ctx, place)))])
  return { units: units.flat(), officers: officers.flat() }
}

const unitsIn = async (ctx: Ctx, place: Place): Promise<readonly Unit[]> => {
  if (place.of === 'city') return listUnits(ctx, { kinds: ['city-committee', 'department', 'commune-committee', 'service-centre'] })
  if (place.of !== 'agency') return []
  return (await listUnits(ctx, { agencyId: place.id })).filter((unit) => unit.kind === 'division' || unit.kind === 'commune-office' || unit.kind === 'commune-desk')
}

const WORKING = ['case-officer', 'unit-leader'] as const
const officersIn = async (ctx: Ctx, place: Place): Promise<readonly StaffMember[]> => {
  const of = (where: { unitId: Uuid } | { agencyId: Uuid }) => listStaff(ctx, { ...where, roles: WORKING })
  if (place.of === 'division') return of({ unitId: place.id })
  return place.of === 'agency' ? of({ agencyId: place.id }) : []
}
