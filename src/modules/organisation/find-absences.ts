import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { authorise, can, postFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type StaffMember, listStaff } from './find-units.ts'

export type Absence = {
  readonly id: Uuid
  readonly personId: Uuid
  readonly name: string
  readonly title: string
  readonly unitName: string
  readonly validFrom: PlainDate
  /** First day back. */
  readonly validTo: PlainDate
  readonly standInName: string | null
}

/** QUERY. Who of the actor's units is away now or later, soonest first. @throws Forbidden for who leads nobody */
export const listAbsences = async (ctx: Ctx): Promise<readonly Absence[]> => {
  const { units, agencies, all } = ledBy(ctx)
  const today = dateOf(ctx.now)
  const { rows } = await sql<Absence>`
    select distinct on (b.valid_from, b.id) b.id, b.person_id as "personId", n.name, h.title, h.unit_name as "unitName", b.valid_from as "validFrom", b.valid_to as "validTo", s.name as "standInName"
      from organisation.absence b
      join organisation.person n on n.id = b.person_id
      join organisation.pub_held_post h on h.person_id = b.person_id and h.valid_from < b.valid_to and (h.valid_to is null or h.valid_to > b.valid_from)
      left join organisation.person s on s.id = b.stand_in_id
     where b.valid_to > ${today}::date and b.valid_to > b.valid_from
       and (${all} or h.unit_id = any(${units}::uuid[]) or h.agency_id = any(${agencies}::uuid[]))
     order by b.valid_from, b.id, h.valid_from limit 200`.execute(ctx.db)
  return rows
}

/** QUERY. Whose absence the actor may record: everybody of the units that they lead; for the administrator of the unit that they name. @throws Forbidden */
export const listLed = async (ctx: Ctx, unitId?: Uuid): Promise<readonly StaffMember[]> => {
  const { units, agencies, all } = ledBy(ctx)
  if (all) return unitId === undefined ? [] : onceEach(await listStaff(ctx, { unitId }))
  const staff = await Promise.all([...agencies.map((agencyId) => listStaff(ctx, { agencyId })), ...units.map((unitId) => listStaff(ctx, { unitId }))])
  return onceEach(staff.flat())
}

const onceEach = (staff: readonly StaffMember[]): readonly StaffMember[] => [...new Map(staff.map((s) => [s.personId, s])).values()]

const ledBy = (ctx: Ctx): { readonly units: readonly Uuid[]; readonly agencies: readonly Uuid[]; readonly all: boolean } => {
  authorise(ctx, 'absence.record')
  const { actor } = ctx
  if (actor.kind !== 'person') return { units: [], agencies: [], all: true }
  const leading = actor.posts.filter((post) => can({ ...actor, posts: [post] }, 'absence.record'))
  const heads = leading.filter((post) => can({ ...actor, posts: [post] }, 'dossier.approve'))
  return { units: leading.filter((post) => !heads.includes(post)).map((p) => p.unitId), agencies: heads.map((p) => p.agencyId), all: postFor(actor, 'organisation.edit') !== undefined }
}
