import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant, PlainDate } from '#kernel/plain-date.ts'
import { authorise, proceduresFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { GuidanceGiven } from './guidance-state.ts'

export type Guidance = GuidanceGiven & { readonly id: Uuid; readonly at: Instant; readonly by: { readonly personId: Uuid | null; readonly postId: Uuid | null } }

const COLUMNS = sql.raw(`g.id, g.kind, g.desk_id as "deskId", g.agency_id as "agencyId", g.procedure_code as "procedureCode", g.person_id as "personId", g.items, g.reason, g.legal_basis as "legalBasis", g.given_at as at,
  jsonb_build_object('name', g.person_name, 'address', g.person_address, 'phone', g.person_phone, 'email', g.person_email) as person,
  jsonb_build_object('personId', g.by_person, 'postId', g.by_post) as by`)

/** QUERY. For the desk that gave it; the reading is recorded. @throws Forbidden, NotFound */
export const getGuidance = async (ctx: Ctx, id: Uuid): Promise<Guidance> => {
  authorise(ctx, 'dossier.receive', { forSome: true })
  const { rows } = await sql<Guidance>`select ${COLUMNS} from dossier.guidance g where g.id = ${id}`.execute(ctx.db)
  const found = rows[0]
  if (found === undefined) throw new NotFound(`guidance ${id}`)
  const post = authorise(ctx, 'dossier.receive', { unitId: found.deskId, procedureCode: found.procedureCode ?? undefined })
  recordAccess(ctx, { kind: 'read', ...(post !== undefined && { unitId: post.unitId }), subject: `guidance:${id}`, reason: 'dossier.receive' })
  return found
}

/** QUERY. What a desk gave on a day, the newest first; the reading of the list is recorded. @throws Forbidden outside the actor's desk */
export const listGuidance = async (ctx: Ctx, deskId: Uuid, day: PlainDate): Promise<readonly Guidance[]> => {
  authorise(ctx, 'dossier.receive', { unitId: deskId, forSome: true })
  const procedures = proceduresFor(ctx.actor, 'dossier.receive', { unitId: deskId })
  recordAccess(ctx, { kind: 'list', unitId: deskId, reason: 'guidance' })
  const { rows } = await sql<Guidance>`select ${COLUMNS} from dossier.guidance g where g.desk_id = ${deskId} and g.given_on = ${day}::date and (${procedures}::text[] is null or g.procedure_code = any(${procedures}::text[])) order by g.id desc limit 200`.execute(ctx.db)
  return rows
}
