import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { act } from '../act.ts'

/** At a time; the next run takes the rest. */
const AT_ONCE = 1000

/**
 * For the schedule: requests that nobody answered in time are marked so, each by an act of the system's own; the signer may then stop the dossier. An answer
 * that comes before that is still taken. @returns how many
 */
export const lapseSupplements = async (ctx: Ctx): Promise<number> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const { rows } = await sql<{ id: Uuid; version: number }>`
    select d.id, d.version from dossier.dossier d
     where d.open and d.awaited_until is not null and d.awaited_until < ${dateOf(ctx.now)}::date and d.status = 'awaiting-supplement'
       and exists (select from dossier.supplement s where s.dossier_id = d.id and s.state = 'requested' and s.lapsed_at is null)
     order by d.awaited_until, d.id limit ${AT_ONCE}`.execute(ctx.db)
  let lapsed = 0
  for (const { id, version } of rows) {
    const done = await act(ctx, 'dossier.receive', { submissionKey: newId(ctx.now), dossierId: id, version }, async () => ({ action: 'lapse-supplement' }))
    if (done.ok) lapsed += 1
  }
  return lapsed
}
