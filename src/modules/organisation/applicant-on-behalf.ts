/** The person or organisation that somebody else files for on line: who it is, as the one who files says. */
import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import { tidy } from '#kernel/text.ts'
import { authoriseAccount } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { OrganisationName, OrganisationNumber, PersonName, PersonalNumber, Phone } from './check-person.ts'

const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal('').transform(() => null), schema]).nullable().default(null)
const reached = { phone: optional(Phone), address: optional(z.string().transform(tidy).pipe(z.string().max(250, 'Địa chỉ dài quá 250 ký tự'))) }

export const ApplicantOnBehalf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('individual'), name: PersonName, personalNumber: PersonalNumber, ...reached }),
  z.object({ kind: z.literal('organisation'), name: OrganisationName, personalNumber: OrganisationNumber, ...reached }),
])
export type ApplicantOnBehalf = z.infer<typeof ApplicantOnBehalf>

/**
 * QUERY. Whose number it is, where that person or organisation is on record: their checked account sees the dossier too; nothing of what is on record is told, and nothing
 * of it is changed by what a stranger says. Nobody is put on record here either: that an officer does, or the person. What was said stays with the dossier alone.
 * @throws Forbidden for who is not signed in
 */
export const findOnRecord = async (ctx: Ctx, { kind, personalNumber }: ApplicantOnBehalf): Promise<Uuid | undefined> => {
  authoriseAccount(ctx)
  return (await sql<{ id: Uuid }>`select id from organisation.person where personal_number = ${personalNumber} and kind = ${kind}`.execute(ctx.db)).rows[0]?.id
}
