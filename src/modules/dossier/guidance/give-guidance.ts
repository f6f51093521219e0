/** Form 02 or 03 at the counter, before there is a dossier: nobody is sent home without a paper that says why (NĐ 309/2026 Art 8). */
import { z } from 'zod'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import { getUnit } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { once } from '#platform/request.ts'
import { Line, Text } from '../act.ts'
import { type GuidanceGiven, guidanceLogged, guidanceRow } from './guidance-state.ts'

const Id = z.string().refine(isUuid)

/** COMMAND. */
export const GiveGuidance = z.object({
  submissionKey: Id,
  deskId: Id,
  /** `completion`: what is missing (form 02). `refusal`: why it cannot be received here (form 03). */
  kind: z.enum(['completion', 'refusal']),
  /** Null where the wish is no procedure of ours. */
  procedureCode: z.string().max(40).nullable(),
  person: z.object({ /** Where the officer had them on record. */ id: Id.optional(), name: Line(200), address: Line(300).optional(), phone: Line(30).optional(), email: Line(200).optional() }),
  items: z.array(Line(500)).max(30),
  reason: Text(2000),
  legalBasis: Line(500).optional(),
})
export type GiveGuidance = z.infer<typeof GiveGuidance>

/** @throws Forbidden outside the actor's desk or the procedures of their delegation · NotFound for an unknown desk · Stale for a key used for something else */
export const giveGuidance = async (ctx: Ctx, input: GiveGuidance): Promise<{ readonly id: Uuid }> => {
  const post = authorise(ctx, 'dossier.receive', { unitId: input.deskId, procedureCode: input.procedureCode ?? undefined })
  const { agencyId } = await getUnit(ctx, input.deskId)
  const { submissionKey, ...content } = input
  return inTx(ctx, (ctx) =>
    once(ctx, { command: 'guidance.give', key: submissionKey, input: JSON.parse(JSON.stringify(content)), keepDays: 400 }, async () => {
      const id = newId(ctx.now)
      const { id: personId, name, address, phone, email } = input.person
      const given: GuidanceGiven = {
        kind: input.kind,
        deskId: input.deskId,
        agencyId,
        procedureCode: input.procedureCode,
        personId: personId ?? null,
        person: { name, address: address ?? null, phone: phone ?? null, email: email ?? null },
        items: input.items,
        reason: input.reason,
        legalBasis: input.legalBasis ?? null,
      }
      const by = { personId: ctx.actor.kind === 'person' ? ctx.actor.personId : null, postId: post?.postId ?? null }
      const row = guidanceRow(id, given, ctx.now, by)
      await sql`
        insert into dossier.guidance (id, kind, desk_id, agency_id, procedure_code, person_id, person_name, person_address, person_phone, person_email, items, reason, legal_basis, given_at, by_person, by_post)
        values (${row.id}, ${row.kind}, ${row.desk_id}, ${row.agency_id}, ${row.procedure_code}, ${row.person_id}, ${row.person_name}, ${row.person_address}, ${row.person_phone}, ${row.person_email},
                ${JSON.stringify(row.items)}::jsonb, ${row.reason}, ${row.legal_basis}, ${new Date(row.given_at).toISOString()}::timestamptz, ${row.by_person}, ${row.by_post})`.execute(ctx.db)
      await append(ctx, 'other', id, [guidanceLogged(given)], { expectedSeq: 0, ...(post !== undefined && { postId: post.postId }) })
      return { id }
    }),
  )
}
