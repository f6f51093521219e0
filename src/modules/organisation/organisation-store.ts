/** SQL of this module's records: fold a stream, write the rows that `rowsOf…` made. Many at once, so that one command and the demo city share it. */
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { type AbsenceEvent, type AbsenceRow, type AbsenceState, evolveAbsence } from './absence-state.ts'
import { type DelegationEvent, type DelegationRow, type DelegationState, evolveDelegation } from './delegation-state.ts'
import { type PersonEvent, type PersonRow, type PersonState, evolvePerson } from './person-state.ts'
import { type PostEvent, type PostRows, type PostState, evolvePost } from './post-state.ts'
import { type UnitEvent, type UnitRows, type UnitState, evolveUnit } from './unit-state.ts'

/** A record with the length of its stream, for `append`'s `expectedSeq`: whoever was slower gets `Stale`. */
export type Loaded<T> = { readonly state: T; readonly seq: number }

const load = async <S, E>(ctx: Ctx, id: Uuid, what: string, evolve: (id: Uuid, state: S | undefined, event: E) => S): Promise<Loaded<S>> => {
  const events = await readStream(ctx.db, 'other', id)
  let state: S | undefined
  for (const event of events) {
    if (!event.type.startsWith(`${what}.`)) continue
    // The log holds only what this module's commands appended to the stream; `evolve` refuses a stream that begins otherwise.
    state = evolve(id, state, { type: event.type, data: event.data } as E)
  }
  if (state === undefined) throw new NotFound(`${what} ${id}`)
  return { state, seq: events.length }
}

export const loadUnit = (ctx: Ctx, id: Uuid): Promise<Loaded<UnitState>> => load<UnitState, UnitEvent>(ctx, id, 'unit', evolveUnit)
export const loadPost = (ctx: Ctx, id: Uuid): Promise<Loaded<PostState>> => load<PostState, PostEvent>(ctx, id, 'post', evolvePost)
export const loadPerson = (ctx: Ctx, id: Uuid): Promise<Loaded<PersonState>> => load<PersonState, PersonEvent>(ctx, id, 'person', evolvePerson)
export const loadDelegation = (ctx: Ctx, id: Uuid): Promise<Loaded<DelegationState>> => load<DelegationState, DelegationEvent>(ctx, id, 'delegation', evolveDelegation)
export const loadAbsence = (ctx: Ctx, id: Uuid): Promise<Loaded<AbsenceState>> => load<AbsenceState, AbsenceEvent>(ctx, id, 'absence', evolveAbsence)

export const writeDelegation = async (ctx: Ctx, row: DelegationRow): Promise<void> => {
  await sql`
    insert into organisation.delegation select * from jsonb_populate_record(null::organisation.delegation, ${JSON.stringify(row)}::jsonb)
    on conflict (id) do update set revoked_on = excluded.revoked_on`.execute(ctx.db)
}

export const writeAbsence = async (ctx: Ctx, row: AbsenceRow): Promise<void> => {
  await sql`
    insert into organisation.absence select * from jsonb_populate_record(null::organisation.absence, ${JSON.stringify(row)}::jsonb)
    on conflict (id) do update set valid_to = excluded.valid_to`.execute(ctx.db)
}

export const writeUnits = async (ctx: Ctx, units: readonly UnitRows[]): Promise<void> => {
  await sql`
    insert into organisation.unit (id, code, name, short_name, kind, level, parent_id, agency_id, remit, area_code, valid_from, valid_to)
    select id, code, name, short_name, kind, level, parent_id, agency_id, remit, area_code, valid_from, valid_to
      from jsonb_to_recordset(${JSON.stringify(units.map((u) => u.unit))}::jsonb)
        as r(id uuid, code text, name text, short_name text, kind text, level text, parent_id uuid, agency_id uuid, remit text, area_code text,
             valid_from date, valid_to date)
    on conflict (id) do update set name = excluded.name, short_name = excluded.short_name, remit = excluded.remit, valid_to = excluded.valid_to`.execute(ctx.db)
  await sql`
    insert into organisation.unit_name (unit_id, valid_from, name, short_name)
    select * from jsonb_to_recordset(${JSON.stringify(units.flatMap((u) => u.names))}::jsonb)
      as r(unit_id uuid, valid_from date, name text, short_name text)
    on conflict (unit_id, valid_from) do update set name = excluded.name, short_name = excluded.short_name`.execute(ctx.db)
  const contacts = units.flatMap((u) => u.contacts)
  if (contacts.length > 0) {
    await sql`
      insert into organisation.unit_contact (unit_id, valid_from, address, phone)
      select * from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as r(unit_id uuid, valid_from date, address text, phone text)
      on conflict (unit_id, valid_from) do update set address = excluded.address, phone = excluded.phone`.execute(ctx.db)
  }
  const successions = units.flatMap((u) => u.successions)
  if (successions.length === 0) return
  await sql`
    insert into organisation.succession (predecessor_id, successor_id)
    select * from jsonb_to_recordset(${JSON.stringify(successions)}::jsonb) as r(predecessor_id uuid, successor_id uuid)
    on conflict do nothing`.execute(ctx.db)
}

export const writePosts = async (ctx: Ctx, posts: readonly PostRows[]): Promise<void> => {
  await sql`
    insert into organisation.post (id, unit_id, role, title, valid_from, valid_to)
    select * from jsonb_to_recordset(${JSON.stringify(posts.map((p) => p.post))}::jsonb)
      as r(id uuid, unit_id uuid, role text, title text, valid_from date, valid_to date)
    on conflict (id) do update set valid_to = excluded.valid_to`.execute(ctx.db)
  const tenures = posts.flatMap((p) => p.tenures)
  if (tenures.length === 0) return
  await sql`
    insert into organisation.tenure (post_id, person_id, valid_from, valid_to)
    select * from jsonb_to_recordset(${JSON.stringify(tenures)}::jsonb) as r(post_id uuid, person_id uuid, valid_from date, valid_to date)
    on conflict (post_id, person_id, valid_from) do update set valid_to = excluded.valid_to`.execute(ctx.db)
}

/** @returns ids of the rows that were written; a new person whose number another row already has is left out */
export const writePeople = async (ctx: Ctx, people: readonly PersonRow[]): Promise<readonly Uuid[]> => {
  const { rows } = await sql<{ id: Uuid }>`
    insert into organisation.person (id, kind, name, personal_number, phone, birth_on, gender, address, email)
    select * from jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
      as r(id uuid, kind text, name text, personal_number text, phone text, birth_on date, gender text, address text, email text)
    on conflict (personal_number) do nothing
    returning id`.execute(ctx.db)
  return rows.map((r) => r.id)
}

/** @returns false when another person has that number */
export const rewritePerson = async (ctx: Ctx, row: PersonRow): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update organisation.person p
       set name = ${row.name}, personal_number = ${row.personal_number}, phone = ${row.phone}, birth_on = ${row.birth_on}::date,
           gender = ${row.gender}, address = ${row.address}, email = ${row.email}
     where p.id = ${row.id}
       and not exists (select 1 from organisation.person o where o.personal_number = ${row.personal_number} and o.id <> p.id)`.execute(ctx.db)
  return numAffectedRows === 1n
}
