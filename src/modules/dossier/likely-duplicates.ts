import type { Uuid } from '#kernel/ids.ts'
import { instantOfUuid, uuidv7Floor } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, instant } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Status } from './lifecycle/status.ts'

export type LikelyDuplicate = { readonly id: Uuid; readonly code: string; readonly status: Status; readonly filedAt: Instant }

const DAYS = 30

/**
 * QUERY. Open dossiers of the same applicant for the same procedure, filed at this desk within 30 days: perhaps the same wish twice. A hint, never a refusal.
 * @throws Forbidden outside the actor's desk
 */
export const likelyDuplicates = async (ctx: Ctx, of: { readonly deskId: Uuid; readonly applicantId: Uuid; readonly procedureCode: string; readonly except?: Uuid }): Promise<readonly LikelyDuplicate[]> => {
  authorise(ctx, 'dossier.receive', { unitId: of.deskId, procedureCode: of.procedureCode })
  const { rows } = await sql<Omit<LikelyDuplicate, 'filedAt'>>`
    select d.id, c.code, d.status
      from dossier.dossier d join dossier.code c on c.id = d.id and c.kind = 'dossier'
     where d.applicant_id = ${of.applicantId} and d.id >= ${uuidv7Floor(instant(ctx.now - DAYS * MS_PER_DAY))}::uuid
       and d.open and d.desk_id = ${of.deskId} and d.procedure_code = ${of.procedureCode} and d.id is distinct from ${of.except ?? null}::uuid
     order by d.id desc limit 10`.execute(ctx.db)
  return rows.map((row) => ({ ...row, filedAt: instantOfUuid(row.id) }))
}
