/** QUERY. The journey of a dossier as its page shows it. Part of `getDossierView`, which has asked whether the actor may read the dossier. */
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type CitizenTime, citizenTime, countsSince, filedAtOf } from '../lifecycle/journey.ts'
import type { DossierState } from '../lifecycle/state.ts'

/** A dossier of the same applicant at the same place, or a guidance of the desk in the same name: for the officer to choose. */
type Candidate = { readonly id: Uuid; readonly of: 'dossier' | 'guidance'; readonly code: string | null; readonly procedureName: string | null; readonly at: Instant }
export type Journey = {
  readonly time: CitizenTime
  readonly attempts: readonly (DossierState['attempts'][number] & { readonly code: string | null })[]
  /** Filed again since: dossiers that count this one as their earlier attempt. */
  readonly followedBy: readonly { readonly id: Uuid; readonly code: string }[]
  readonly candidates: readonly Candidate[]
}

type Found = { readonly part: 'attempt' | 'follower' | 'candidate'; readonly of: Candidate['of']; readonly id: Uuid; readonly code: string | null; readonly procedureName: string | null; readonly at: Instant | null }

export const journeyOf = async (ctx: Ctx, state: DossierState): Promise<Journey> => {
  const time = citizenTime(state, ctx.now)
  const linked = state.attempts.filter((a) => a.of === 'dossier').map((a) => a.id)
  const filedAt = filedAtOf(state)
  const { rows } = await sql<Found>`/* prepared */
    select 'attempt' as part, 'dossier' as of, c.id, c.code, null as "procedureName", null::timestamptz as at from dossier.code c where c.id = any(${linked}::uuid[]) and c.kind = 'dossier'
    union all
    select 'follower', 'dossier', c.id, c.code, null, null from dossier.earlier_attempt e join dossier.code c on c.id = e.dossier_id and c.kind = 'dossier'
     where e.earlier_id = ${state.id} and e.unlinked_at is null
    union all
    (select 'candidate', 'dossier', d.id, c.code, r.name, coalesce(d.submitted_at, d.received_at)
       from dossier.dossier d join dossier.code c on c.id = d.id and c.kind = 'dossier' join catalogue.pub_revision r on r.id = d.revision_id
      where d.applicant_id = ${state.applicantId} and d.id < ${state.id} and (d.desk_id = ${state.deskId} or d.agency_id = ${state.agencyId})
      order by d.id desc limit 10)
    union all
    (select 'candidate', 'guidance', g.id, null, null, g.given_at from dossier.guidance g
      where g.desk_id = ${state.deskId} and g.given_on between ${dateOf(countsSince(filedAt))}::date and ${dateOf(filedAt)}::date and g.given_at >= ${new Date(countsSince(filedAt)).toISOString()}::timestamptz and g.given_at <= ${new Date(filedAt).toISOString()}::timestamptz
        and (g.person_id = ${state.applicantId} or search.fold(g.person_name) = search.fold(${state.applicant.name}))
      order by g.id desc limit 10)`.execute(ctx.db)
  const live = new Set(state.attempts.filter((a) => a.unlinked === null).map((a) => a.id))
  return {
    time,
    attempts: state.attempts.map((a) => ({ ...a, code: rows.find((r) => r.part === 'attempt' && r.id === a.id)?.code ?? null })),
    followedBy: rows.flatMap((r) => (r.part === 'follower' && r.code !== null ? [{ id: r.id, code: r.code }] : [])),
    candidates: rows.flatMap((r) => (r.part === 'candidate' && r.at !== null && !live.has(r.id) ? [{ id: r.id, of: r.of, code: r.code, procedureName: r.procedureName, at: r.at }] : [])),
  }
}
