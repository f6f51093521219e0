import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** `applicant`: the whole dossier is about them. `submitter`: they only brought it for somebody else. */
export type DossierOfPerson = { readonly id: Uuid; readonly open: boolean; readonly as: 'applicant' | 'submitter' }

/** QUERY. In which dossiers a person appears: what an erasure has to go through. Ids only. @throws Forbidden */
export const dossiersOfPerson = async (ctx: Ctx, personId: Uuid): Promise<readonly DossierOfPerson[]> => {
  authorise(ctx, 'person.register')
  const { rows } = await sql<DossierOfPerson>`
    select d.id, d.open, case when d.applicant_id = ${personId} then 'applicant' else 'submitter' end as as
      from dossier.dossier d where d.applicant_id = ${personId} or d.submitter_id = ${personId} order by d.id`.execute(ctx.db)
  return rows
}
