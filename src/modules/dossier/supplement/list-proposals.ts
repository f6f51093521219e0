import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { authorise, postFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import { isAt, placesOf } from '../register/reach.ts'

export type WaitingProposal = { readonly id: Uuid; readonly code: string; readonly procedureName: string; readonly applicantName: string; readonly proposedAt: Instant; readonly dueAt: Instant | null }

/** QUERY. Requests for papers that wait for the actor's word, the oldest first; empty for who approves none. At most 100. @throws Forbidden */
export const listProposals = async (ctx: Ctx): Promise<readonly WaitingProposal[]> => {
  const acting = authorise(ctx, 'dossier.read', { forSome: true })
  if (postFor(ctx.actor, 'dossier.review') === undefined && postFor(ctx.actor, 'dossier.approve') === undefined) return []
  const places = [...placesOf(ctx.actor, 'dossier.review'), ...placesOf(ctx.actor, 'dossier.approve')]
  const { rows } = await sql<WaitingProposal>`
    select d.id, c.code, r.name as "procedureName", d.applicant_name as "applicantName", d.proposed_at as "proposedAt", d.due_at as "dueAt"
      from dossier.dossier d
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
     where d.open and d.proposed_at is not null and (${sql.join(places.map((place) => isAt(place)), sql` or `)})
     order by d.proposed_at, d.id limit 100`.execute(ctx.db)
  if (rows.length > 0) recordAccess(ctx, { kind: 'list', ...(acting !== undefined && { unitId: acting.unitId }), reason: 'proposals' })
  return rows
}
