/** The person or organisation that somebody else files for on line: who it is, as the one who files says. */
import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import { tidy } from '#kernel/text.ts'
import { authoriseAccount } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { OrganisationName, OrganisationNumber, PersonName, PersonalNumber, Phone } from './check-person.ts'
import { writePeople } from './organisation-store.ts'
import { type PersonEvent, evolvePerson, personEventData, rowOfPerson } from './person-state.ts'

const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal('').transform(() => null), schema]).nullable().default(null)
const reached = { phone: optional(Phone), address: optional(z.string().transform(tidy).pipe(z.string().max(250, 'Địa chỉ dài quá 250 ký tự'))) }

export const ApplicantOnBehalf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('individual'), name: PersonName, personalNumber: PersonalNumber, ...reached }),
  z.object({ kind: z.literal('organisation'), name: OrganisationName, personalNumber: OrganisationNumber, ...reached }),
])
export type ApplicantOnBehalf = z.infer<typeof ApplicantOnBehalf>

/**
 * In the transaction of the filing. Whose number is on record is that person: their checked account sees the dossier too; nothing of what is on record is told.
 * Else a person is written down, without the number where it is somebody's twelve digits: a number that only a stranger gave must not keep its owner from
 * opening an account. The dossier itself keeps what was said.
 * @throws Forbidden for who is not signed in
 */
export const personOnBehalf = async (ctx: Ctx, said: ApplicantOnBehalf): Promise<Uuid> => {
  authoriseAccount(ctx)
  if (!ctx.db.isTransaction) throw new Error('personOnBehalf outside a transaction')
  const known = await idByNumber(ctx, said)
  if (known !== undefined) return known
  const id = newId(ctx.now)
  const event: PersonEvent = { type: 'person.registered', data: { ...said, personalNumber: said.kind === 'individual' ? null : said.personalNumber, birthOn: null, gender: null, email: null } }
  const [written] = await writePeople(ctx, [rowOfPerson(evolvePerson(id, undefined, event))])
  // Written down elsewhere at the same moment: the unique number decided.
  if (written === undefined) return (await idByNumber(ctx, said)) ?? id
  await append(ctx, 'other', id, [{ type: event.type, data: personEventData(event) }], { expectedSeq: 0 })
  return id
}

const idByNumber = async (ctx: Ctx, { kind, personalNumber }: ApplicantOnBehalf): Promise<Uuid | undefined> =>
  (await sql<{ id: Uuid }>`select id from organisation.person where personal_number = ${personalNumber} and kind = ${kind}`.execute(ctx.db)).rows[0]?.id
