import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import type { Role } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { UnitKind, UnitLevel } from './unit-state.ts'

export type Unit = {
  readonly id: Uuid
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly kind: UnitKind
  readonly level: UnitLevel
  readonly parentId: Uuid | null
  readonly agencyId: Uuid
  readonly remit: string | null
  readonly areaCode: string | null
  readonly validFrom: PlainDate
  /** First day on which it is no more; null = open. */
  readonly validTo: PlainDate | null
}

const COLUMNS = sql.raw(`u.id, u.code, u.name, u.short_name as "shortName", u.kind, u.level, u.parent_id as "parentId", u.agency_id as "agencyId",
  u.remit, u.area_code as "areaCode", u.valid_from as "validFrom", u.valid_to as "validTo"`)

const findUnit = async (ctx: Ctx, id: Uuid): Promise<Unit | undefined> =>
  (await sql<Unit>`select ${COLUMNS} from organisation.unit u where u.id = ${id}`.execute(ctx.db)).rows[0]

/** @throws NotFound */
export const getUnit = async (ctx: Ctx, id: Uuid): Promise<Unit> => {
  const unit = await findUnit(ctx, id)
  if (unit === undefined) throw new NotFound(`unit ${id}`)
  return unit
}

/** The unit that bears this code today. */
export const findUnitByCode = async (ctx: Ctx, code: string): Promise<Unit | undefined> =>
  (
    await sql<Unit>`
      select ${COLUMNS} from organisation.unit u
       where u.code = ${code} and u.valid_from <= ${dateOf(ctx.now)}::date and (u.valid_to is null or u.valid_to > ${dateOf(ctx.now)}::date)`.execute(ctx.db)
  ).rows[0]

export type UnitFilter = {
  readonly agencyId?: Uuid
  readonly parentId?: Uuid
  readonly kinds?: readonly UnitKind[]
  /** Default: today. 'ever' = closed and future ones too. */
  readonly on?: PlainDate | 'ever'
}

/** Units by code. The whole city is some 330 rows. */
export const listUnits = async (ctx: Ctx, filter: UnitFilter = {}): Promise<readonly Unit[]> => {
  const on = filter.on ?? dateOf(ctx.now)
  const { rows } = await sql<Unit>`/* prepared */
    select ${COLUMNS} from organisation.unit u
     where (${filter.agencyId ?? null}::uuid is null or u.agency_id = ${filter.agencyId ?? null}::uuid)
       and (${filter.parentId ?? null}::uuid is null or u.parent_id = ${filter.parentId ?? null}::uuid)
       and (${filter.kinds ?? null}::text[] is null or u.kind = any(${filter.kinds ?? null}::text[]))
       and (${on === 'ever'} or (u.valid_from <= ${on === 'ever' ? null : on}::date and (u.valid_to is null or u.valid_to > ${on === 'ever' ? null : on}::date)))
     order by u.code, u.valid_from`.execute(ctx.db)
  return rows
}

export type UnitName = { readonly name: string; readonly shortName: string; readonly from: PlainDate }

/** The name that a unit bore on a day: what a paper of that day prints. @throws NotFound */
export const unitNameOn = async (ctx: Ctx, id: Uuid, on: PlainDate): Promise<UnitName> => {
  const { rows } = await sql<UnitName>`
    select name, short_name as "shortName", valid_from as "from" from organisation.unit_name
     where unit_id = ${id} order by (valid_from <= ${on}::date) desc, abs(valid_from - ${on}::date) limit 1`.execute(ctx.db)
  if (rows[0] === undefined) throw new NotFound(`unit ${id}`)
  return rows[0]
}

/** Address and number of a unit on a day, as a paper of that day prints them; empty before the first one was given. */
export const unitContactOn = async (ctx: Ctx, id: Uuid, on: PlainDate): Promise<{ readonly address: string | null; readonly phone: string | null }> => {
  const { rows } = await sql<{ address: string | null; phone: string | null }>`
    select address, phone from organisation.unit_contact where unit_id = ${id} and valid_from <= ${on}::date order by valid_from desc limit 1`.execute(ctx.db)
  return rows[0] ?? { address: null, phone: null }
}

export type Succession = { readonly predecessors: readonly Unit[]; readonly successors: readonly Unit[] }

export const getSuccession = async (ctx: Ctx, id: Uuid): Promise<Succession> => {
  const [predecessors, successors] = await Promise.all([
    sql<Unit>`select ${COLUMNS} from organisation.succession s join organisation.unit u on u.id = s.predecessor_id where s.successor_id = ${id} order by u.code`.execute(ctx.db),
    sql<Unit>`select ${COLUMNS} from organisation.succession s join organisation.unit u on u.id = s.successor_id where s.predecessor_id = ${id} order by u.code`.execute(ctx.db),
  ])
  return { predecessors: predecessors.rows, successors: successors.rows }
}

export type StaffMember = {
  readonly postId: Uuid
  readonly role: Role
  readonly title: string
  readonly unitId: Uuid
  readonly unitName: string
  readonly personId: Uuid
  readonly name: string
  /** Away on that day; the first day back. */
  readonly backOn: PlainDate | null
}

export type StaffFilter = { readonly unitId?: Uuid; readonly agencyId?: Uuid; readonly roles?: readonly Role[]; readonly on?: PlainDate }

/** Who holds which post on a day (default today), by role and name. Names of officers are public: no permission is asked. */
export const listStaff = async (ctx: Ctx, filter: StaffFilter): Promise<readonly StaffMember[]> => {
  const on = filter.on ?? dateOf(ctx.now)
  const { rows } = await sql<StaffMember>`
    select h.post_id as "postId", h.role, h.title, h.unit_id as "unitId", h.unit_name as "unitName", h.person_id as "personId", p.name,
           (select max(b.valid_to) from organisation.absence b where b.person_id = h.person_id and b.valid_from <= ${on}::date and b.valid_to > ${on}::date) as "backOn"
      from organisation.pub_held_post h join organisation.person p on p.id = h.person_id
     where (${filter.unitId ?? null}::uuid is null or h.unit_id = ${filter.unitId ?? null}::uuid)
       and (${filter.agencyId ?? null}::uuid is null or h.agency_id = ${filter.agencyId ?? null}::uuid)
       and (${filter.roles ?? null}::text[] is null or h.role = any(${filter.roles ?? null}::text[]))
       and h.valid_from <= ${on}::date and (h.valid_to is null or h.valid_to > ${on}::date)
     order by h.role, h.title, p.name collate "vi-x-icu"`.execute(ctx.db)
  return rows
}

export type PostHeld = {
  readonly postId: Uuid
  readonly role: Role
  readonly title: string
  readonly unitId: Uuid
  readonly unitName: string
  readonly agencyId: Uuid
  readonly agencyName: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
}

/** The posts of a person that give permissions on a day; 'ever' = also former and future ones, newest first. */
export const listPostsOf = async (ctx: Ctx, personId: Uuid, on: PlainDate | 'ever' = dateOf(ctx.now)): Promise<readonly PostHeld[]> => {
  const { rows } = await sql<PostHeld>`
    select post_id as "postId", role, title, unit_id as "unitId", unit_name as "unitName", agency_id as "agencyId", agency_name as "agencyName",
           valid_from as "validFrom", valid_to as "validTo"
      from organisation.pub_held_post
     where person_id = ${personId}
       and (${on === 'ever'} or (valid_from <= ${on === 'ever' ? null : on}::date and (valid_to is null or valid_to > ${on === 'ever' ? null : on}::date)))
     order by valid_from desc, title`.execute(ctx.db)
  return rows
}

export type PostSeat = {
  readonly postId: Uuid
  readonly role: Role
  readonly title: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  /** Who sits on it today. */
  readonly personId: Uuid | null
  readonly personName: string | null
  readonly since: PlainDate | null
}

/** Every seat of a unit, empty ones too. */
export const listSeats = async (ctx: Ctx, unitId: Uuid): Promise<readonly PostSeat[]> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql<PostSeat>`
    select p.id as "postId", p.role, p.title, p.valid_from as "validFrom", p.valid_to as "validTo",
           t.person_id as "personId", n.name as "personName", t.valid_from as since
      from organisation.post p
      left join organisation.tenure t on t.post_id = p.id and t.valid_from <= ${today}::date and (t.valid_to is null or t.valid_to > ${today}::date)
      left join organisation.person n on n.id = t.person_id
     where p.unit_id = ${unitId}
     order by (p.valid_to is not null), p.title, p.id`.execute(ctx.db)
  return rows
}

export type Seat = Pick<PostSeat, 'postId' | 'role' | 'title'> & { readonly unitId: Uuid; readonly unitName: string; readonly agencyId: Uuid }

/** @throws NotFound */
export const getSeat = async (ctx: Ctx, postId: Uuid): Promise<Seat> => {
  const { rows } = await sql<Seat>`
    select p.id as "postId", p.role, p.title, u.id as "unitId", u.name as "unitName", u.agency_id as "agencyId"
      from organisation.post p join organisation.unit u on u.id = p.unit_id where p.id = ${postId}`.execute(ctx.db)
  if (rows[0] === undefined) throw new NotFound(`post ${postId}`)
  return rows[0]
}
