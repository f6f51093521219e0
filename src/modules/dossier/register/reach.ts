/** What an actor may see of all dossiers: what their desk received, what their division handles, what their agency answers for, or the city. */
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Permission, can } from '#modules/access'
import { type Unit, getUnit } from '#modules/organisation'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** `agencyId` of a division: its own; of a desk: only what it received for this agency, null: for all. */
export type Place =
  | { readonly of: 'city' }
  | { readonly of: 'agency'; readonly id: Uuid }
  | { readonly of: 'division'; readonly id: Uuid; readonly agencyId: Uuid }
  | { readonly of: 'desk'; readonly id: Uuid; readonly agencyId: Uuid | null }

/**
 * By each post that carries `permission`; the same rule as `postConcerned`, which opens a single dossier. A delegation for some procedures opens those one by
 * one, from the queue: it widens no list of everything.
 */
export const placesOf = (actor: Actor, permission: Permission): readonly Place[] => {
  if (actor.kind === 'system') return [{ of: 'city' }]
  if (actor.kind !== 'person') return []
  const places = actor.posts.flatMap((post): readonly Place[] => {
    const alone = { ...actor, posts: [post] }
    if (!can(alone, permission)) return []
    if (can(alone, 'dossier.oversee')) return [{ of: 'city' }]
    if (can(alone, 'dossier.approve') || can(alone, 'dossier.issue')) return [{ of: 'agency', id: post.agencyId }]
    if (can(alone, 'dossier.receive')) return [{ of: 'desk', id: post.unitId, agencyId: null }]
    return [{ of: 'division', id: post.unitId, agencyId: post.agencyId }]
  })
  const city = places.find((p) => p.of === 'city')
  return city === undefined ? [...new Map(places.map((p) => [JSON.stringify(p), p])).values()] : [city]
}

/** Only this desk, division or agency of it. @throws Forbidden where it lies outside, NotFound */
export const narrowed = async (ctx: Ctx, places: readonly Place[], unitId: Uuid, permission: Permission): Promise<readonly Place[]> => {
  const unit = await getUnit(ctx, unitId)
  const inside = places.flatMap((place): readonly Place[] => {
    if (place.of === 'city') return [placeOf(unit, null)]
    if (place.id === unit.id) return [place]
    return place.of === 'agency' && unit.agencyId === place.id ? [placeOf(unit, place.id)] : []
  })
  if (inside.length === 0) throw new Forbidden(permission)
  return inside.slice(0, 1)
}

const placeOf = (unit: Unit, agencyId: Uuid | null): Place => {
  if (unit.kind === 'commune-desk' || unit.kind === 'service-centre') return { of: 'desk', id: unit.id, agencyId }
  return unit.id === unit.agencyId ? { of: 'agency', id: unit.id } : { of: 'division', id: unit.id, agencyId: unit.agencyId }
}

/** Of `dossier.dossier d`. Each shape is the head of an index; `open` of the one on open rows, which begins with the agency. */
export const isAt = (place: Place, open = false) => {
  switch (place.of) {
    case 'city':
      return sql<boolean>`true`
    case 'agency':
      return sql<boolean>`d.agency_id = ${place.id}`
    case 'division':
      return open ? sql<boolean>`d.agency_id = ${place.agencyId} and d.division_id = ${place.id}` : sql<boolean>`d.division_id = ${place.id}`
    case 'desk':
      return place.agencyId === null ? sql<boolean>`d.desk_id = ${place.id}` : sql<boolean>`d.desk_id = ${place.id} and d.agency_id = ${place.agencyId}`
  }
}
