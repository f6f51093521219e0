/** Where a person appears among the dossiers, on record or only named: what an erasure has to go through. Ids only. */
import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** What is known of them; `id` null: not on record. */
export type PersonNamed = { readonly id: Uuid | null; readonly personalNumber: string | null; readonly name: string | null; readonly phone: string | null }

/** `applicant`: the whole dossier is about them. `submitter`: they only brought it for somebody else. `recipient`: they only took the result, or it was filed under their number until that was put right. */
export type DossierOfPerson = { readonly id: Uuid; readonly open: boolean; readonly as: 'applicant' | 'submitter' | 'recipient'; readonly applicantId: Uuid }

/**
 * QUERY. By who they are, and by their number where somebody else filed for them before they were on record: such an applicant has no number on record that
 * could be another's. Reads the whole table: nobody waits for it but who erases. @throws Forbidden
 */
export const dossiersOfPerson = async (ctx: Ctx, { id, personalNumber }: PersonNamed): Promise<readonly DossierOfPerson[]> => {
  authorise(ctx, 'person.register')
  const unrecorded = sql<boolean>`(d.applicant_number = ${personalNumber} and not exists (select from organisation.pub_person p where p.id = d.applicant_id and p.personal_number is not null))`
  const before = sql<boolean>`exists (select from dossier.correction c where c.dossier_id = d.id and c.kind = 'entries'
    and (c.before->>'applicantId' = ${id}::text or c.before->'applicant'->>'personalNumber' = ${personalNumber}::text))`
  // The row has who took the last result; whoever took one before it was opened again stands in the log alone.
  const tookBefore = sql<boolean>`(exists (select from dossier.reopening r where r.dossier_id = d.id)
    and exists (select from log.private v where v.kind = 'dossier' and v.stream = d.id and v.path = 'recipient' and v.value->>'idNumber' = ${personalNumber}))`
  const { rows } = await sql<DossierOfPerson>`
    select d.id, d.open, d.applicant_id as "applicantId", case when d.applicant_id = ${id}::uuid or ${unrecorded} then 'applicant' when d.submitter_id = ${id}::uuid then 'submitter' else 'recipient' end as as
      from dossier.dossier d where d.applicant_id = ${id}::uuid or d.submitter_id = ${id}::uuid or ${unrecorded} or d.recipient_number = ${personalNumber} or ${before} or ${tookBefore} order by d.id`.execute(ctx.db)
  return rows
}

/** QUERY. Forms 02 and 03 that the counter gave them, by who they are or by name and telephone. @throws Forbidden */
export const guidanceOfPerson = async (ctx: Ctx, { id, name, phone }: PersonNamed): Promise<readonly Uuid[]> => {
  authorise(ctx, 'person.register')
  const { rows } = await sql<{ id: Uuid }>`
    select g.id from dossier.guidance g
     where g.person_id = ${id}::uuid or (g.person_phone_digits = ${phone} and search.fold(g.person_name) = search.fold(${name})) order by g.id`.execute(ctx.db)
  return rows.map((row) => row.id)
}
