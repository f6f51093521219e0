import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { fold, tidy } from '#kernel/text.ts'
import { authorise, can } from '#modules/access'
import { canonicalDossierCode } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Status } from './lifecycle/status.ts'

export type FoundDossier = {
  readonly id: Uuid
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly applicantName: string
  readonly status: Status
  readonly step: string | null
  readonly receivedAt: Instant
  readonly dueAt: Instant | null
}

/**
 * QUERY. By whole code, by the applicant's name with or without accents, by personal number or phone as the person has it today; newest first.
 * Only what the actor's desk, division or agency has to do with; the reading is recorded. @throws Forbidden
 */
export const searchDossiers = async (ctx: Ctx, q: string, limit = 20): Promise<readonly FoundDossier[]> => {
  const post = authorise(ctx, 'dossier.read', { forSome: true })
  const match = matchOf(tidy(q))
  if (match === undefined || ctx.actor.kind === 'anonymous') return []
  const { actor } = ctx
  // By posts that reach every procedure: a limited delegation opens its dossiers from the queue.
  const posts = actor.kind === 'person' ? actor.posts : []
  const units = posts.filter((post) => actor.kind === 'person' && can({ ...actor, posts: [post] }, 'dossier.read')).map((post) => post.unitId)
  const agencies = posts
    .filter((post) => actor.kind === 'person' && (can({ ...actor, posts: [post] }, 'dossier.approve') || can({ ...actor, posts: [post] }, 'dossier.issue')))
    .map((post) => post.agencyId)
  const { rows } = await sql<FoundDossier>`
    select d.id, c.code, d.procedure_code as "procedureCode", r.name as "procedureName", d.applicant_name as "applicantName", d.status, d.step,
           d.received_at as "receivedAt", d.due_at as "dueAt"
      from dossier.dossier d
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
     where ${match}
       and (${actor.kind === 'system'} or d.desk_id = any(${units}::uuid[]) or d.division_id = any(${units}::uuid[]) or d.agency_id = any(${agencies}::uuid[]))
     order by d.id desc limit ${Math.min(limit, 100)}`.execute(ctx.db)
  for (const { id } of rows) recordAccess(ctx, { kind: 'read', ...(post !== undefined && { unitId: post.unitId }), subject: `dossier:${id}`, reason: 'search' })
  return rows
}

const matchOf = (q: string): ReturnType<typeof sql> | undefined => {
  const digits = q.replace(/[\s.]/g, '')
  if (/^[A-Za-z0-9.]+-\d{6,8}-\d+$/.test(digits) || /-/.test(q)) return sql`d.id = (select id from dossier.code where code = ${canonicalDossierCode(q)})`
  if (/^\d{9,12}$/.test(digits)) return sql`d.applicant_id in (select id from organisation.pub_person where personal_number = ${digits} or phone = ${digits}
    union select o.applicant_id from dossier.dossier o where o.applicant_number = ${digits} and o.submitter_id is not null and o.submitted_at is not null)`
  const words = fold(q).split(/[^a-z0-9]+/u).filter((word) => word !== '')
  if (words.every((word) => word.length < 2)) return undefined
  // Every word whole, the last one perhaps still being typed.
  const query = words.map((word, i) => (i === words.length - 1 ? `${word}:*` : word)).join(' & ')
  return sql`to_tsvector('simple', d.applicant_fold) @@ to_tsquery('simple', ${query})`
}
