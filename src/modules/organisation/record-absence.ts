import { z } from 'zod'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, addDays, dateOf } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { authorise, can, postFor } from '#modules/access'
import type { Ctx, HeldPost } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { granted, orRefused } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { type AbsenceFacts, type AbsenceRefusal, decideAbsence, decideReturn, evolveAbsence, rowOfAbsence } from './absence-state.ts'
import { Day } from './check-person.ts'
import { Id } from './found-unit.ts'
import { loadAbsence, writeAbsence } from './organisation-store.ts'

/** COMMAND. `lastDay`: the last one away. */
export const RecordAbsence = z
  .object({ submissionKey: Id, personId: Id, from: Day, lastDay: Day, standInId: Id.nullable().default(null) })
  .refine((a) => a.lastDay >= a.from, { path: ['lastDay'], error: 'Ngày cuối phải từ ngày bắt đầu trở đi' })
  .refine((a) => a.standInId !== a.personId, { path: ['standInId'], error: 'Người làm thay phải là người khác' })
export type RecordAbsence = z.infer<typeof RecordAbsence>

/** COMMAND. Back today: from now on the stand-in's rights are gone. */
export const EndAbsence = z.object({ submissionKey: Id, absenceId: Id })
export type EndAbsence = z.infer<typeof EndAbsence>

type Recorded = { readonly absenceId: Uuid }

/** @throws Forbidden for somebody of another unit or agency */
export const recordAbsence = async (ctx: Ctx, input: RecordAbsence): Promise<Result<Recorded, AbsenceRefusal>> => {
  authorise(ctx, 'absence.record')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'absence.record', key: input.submissionKey, input }, async () => {
        const by = await leaderOf(ctx, input.personId, input.from)
        const wanted = { personId: input.personId, validFrom: input.from, validTo: addDays(input.lastDay, 1), standInId: input.standInId, unitIds: by.units }
        const event = granted(decideAbsence(wanted, await factsOf(ctx, wanted, by.units)))
        const id = newId(ctx.now)
        await writeAbsence(ctx, rowOfAbsence(evolveAbsence(id, undefined, event)))
        await append(ctx, 'other', id, [event], { expectedSeq: 0, ...(by.post && { postId: by.post.postId }) })
        return { absenceId: id }
      }),
    ),
  )
}

/** @throws Forbidden as `recordAbsence`, NotFound */
export const endAbsence = async (ctx: Ctx, input: EndAbsence): Promise<Result<Recorded, AbsenceRefusal>> => {
  authorise(ctx, 'absence.record')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'absence.end', key: input.submissionKey, input }, async () => {
        const { state, seq } = await loadAbsence(ctx, input.absenceId)
        const by = await leaderOf(ctx, state.personId, state.validFrom)
        const event = granted(decideReturn(state, dateOf(ctx.now)))
        await writeAbsence(ctx, rowOfAbsence(evolveAbsence(state.id, state, event)))
        await append(ctx, 'other', state.id, [event], { expectedSeq: seq, ...(by.post && { postId: by.post.postId }) })
        return { absenceId: state.id }
      }),
    ),
  )
}

type Led = { readonly post: HeldPost | undefined; /** Of the person's, those in which the actor leads them. */ readonly units: readonly Uuid[] }

/** The post by which the actor leads the person: in a unit of theirs, at the head of their agency, or as administrator of everybody. @throws Forbidden */
const leaderOf = async (ctx: Ctx, personId: Uuid, on: PlainDate): Promise<Led> => {
  // Locked, whoever records: two absences of one person at the same moment see each other.
  await sql`select 1 from organisation.person where id = ${personId} for update`.execute(ctx.db)
  const { rows } = await sql<{ unitId: Uuid; agencyId: Uuid }>`
    select unit_id as "unitId", agency_id as "agencyId" from organisation.pub_held_post
     where person_id = ${personId} and valid_from <= ${on}::date and (valid_to is null or valid_to > ${on}::date)`.execute(ctx.db)
  const { actor } = ctx
  const everywhere = postFor(actor, 'organisation.edit')
  if (actor.kind !== 'person' || everywhere !== undefined) return { post: everywhere, units: rows.map((r) => r.unitId) }
  const led = rows.flatMap(({ unitId, agencyId }) => {
    // One post must carry both: a leader of a unit who signs by delegation is no head of the agency.
    const heads = actor.posts.find((post) => (['dossier.approve', 'absence.record'] as const).every((right) => can({ ...actor, posts: [post] }, right, { agencyId })))
    const post = postFor(actor, 'absence.record', { unitId }) ?? heads
    return post === undefined ? [] : [{ post, unitId }]
  })
  if (led[0] === undefined) throw new Forbidden('absence.record')
  return { post: led[0].post, units: led.map((l) => l.unitId) }
}

const factsOf = async (ctx: Ctx, wanted: { readonly personId: Uuid; readonly validFrom: PlainDate; readonly validTo: PlainDate; readonly standInId: Uuid | null }, units: readonly Uuid[]): Promise<AbsenceFacts> => {
  const { personId, validFrom, validTo, standInId } = wanted
  const { rows } = await sql<{ person: Uuid; from: PlainDate; to: PlainDate }>`
    select person_id as person, valid_from as "from", valid_to as "to" from organisation.absence
     where person_id in (${personId}, ${standInId}::uuid) and valid_from < ${validTo}::date and valid_to > ${validFrom}::date and valid_to > valid_from`.execute(ctx.db)
  const { rows: beside } = await sql`
    select 1 from organisation.pub_held_post a join organisation.pub_held_post b on b.unit_id = a.unit_id
     where a.person_id = ${personId} and b.person_id = ${standInId}::uuid and a.unit_id = any(${units}::uuid[])
       and a.valid_from <= ${validFrom}::date and (a.valid_to is null or a.valid_to > ${validFrom}::date)
       and b.valid_from <= ${validFrom}::date and (b.valid_to is null or b.valid_to > ${validFrom}::date) limit 1`.execute(ctx.db)
  const own = rows.find((r) => r.person === personId)
  return { overlapping: own && { from: own.from, to: own.to }, standInAway: rows.some((r) => r.person === standInId), standInBeside: beside.length > 0 }
}
