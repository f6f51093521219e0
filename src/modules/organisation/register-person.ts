import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { Day, OrganisationName, OrganisationNumber, PersonName, PersonalNumber, Phone } from './check-person.ts'
import { Id } from './found-unit.ts'
import { loadPerson, rewritePerson, writePeople } from './organisation-store.ts'
import { type PersonEvent, type PersonKind, evolvePerson, personEventData, rowOfPerson } from './person-state.ts'

const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal('').transform(() => null), schema]).nullable().default(null)

const details = {
  name: PersonName,
  personalNumber: optional(PersonalNumber),
  phone: optional(Phone),
  birthOn: optional(Day),
  gender: optional(z.enum(['male', 'female'])),
  address: optional(z.string().transform(tidy).pipe(z.string().max(250, 'Địa chỉ dài quá 250 ký tự'))),
  email: optional(z.email('Địa chỉ thư điện tử không hợp lệ').max(200)),
}

/** COMMAND. An applicant at the counter, or a new officer. Who has the same number is the same person. */
export const RegisterPerson = z.discriminatedUnion('kind', [
  z.object({ submissionKey: Id, kind: z.literal('individual'), ...details }),
  z.object({
    submissionKey: Id,
    kind: z.literal('organisation'),
    ...details,
    name: OrganisationName,
    personalNumber: optional(OrganisationNumber),
  }),
])
export type RegisterPerson = z.infer<typeof RegisterPerson>

/** `existed`: a person with that number was there already; nothing was changed. */
export type Registered = { readonly personId: Uuid; readonly existed: boolean }
export type PersonRefusal =
  | { readonly code: 'number-taken'; readonly personId: Uuid }
  /** Good for one kind, and the person is of the other: twelve digits of a person, a tax code of an organisation. */
  | { readonly code: 'not-of-this-kind'; readonly kind: PersonKind; readonly field: 'name' | 'personalNumber'; readonly message: string }

const idByNumber = async (ctx: Ctx, number: string | null): Promise<Uuid | undefined> =>
  number === null
    ? undefined
    : (await sql<{ id: Uuid }>`select id from organisation.person where personal_number = ${number}`.execute(ctx.db)).rows[0]?.id

export const registerPerson = async (ctx: Ctx, input: RegisterPerson): Promise<Registered> => {
  const by = authorise(ctx, 'person.register')
  return inTx(ctx, (ctx) =>
    once(ctx, { command: 'person.register', key: input.submissionKey, input }, async () => {
      const known = await idByNumber(ctx, input.personalNumber)
      if (known !== undefined) return { personId: known, existed: true }
      const id = newId(ctx.now)
      const { submissionKey: _, ...data } = input
      const event: PersonEvent = { type: 'person.registered', data }
      const [written] = await writePeople(ctx, [rowOfPerson(evolvePerson(id, undefined, event))])
      if (written === undefined) {
        // Registered at another counter at the same moment: the unique number decided.
        return { personId: (await idByNumber(ctx, input.personalNumber)) ?? id, existed: true }
      }
      await append(ctx, 'other', id, [{ type: event.type, data: personEventData(event) }], { expectedSeq: 0, ...(by && { postId: by.postId }) })
      return { personId: id, existed: false }
    }),
  )
}

/** COMMAND. Corrects what is known of a person; fields left out stay as they are, '' or null clears. */
export const ChangePerson = z.object({
  submissionKey: Id,
  personId: Id,
  /** What is good for either kind; of which kind the person is, the command knows. */
  name: z.union([PersonName, OrganisationName]).optional(),
  personalNumber: optional(z.union([PersonalNumber, OrganisationNumber])).removeDefault().optional(),
  phone: details.phone.removeDefault().optional(),
  birthOn: details.birthOn.removeDefault().optional(),
  gender: details.gender.removeDefault().optional(),
  address: details.address.removeDefault().optional(),
  email: details.email.removeDefault().optional(),
})
export type ChangePerson = z.infer<typeof ChangePerson>

const KINDS = { individual: { name: PersonName, personalNumber: PersonalNumber }, organisation: { name: OrganisationName, personalNumber: OrganisationNumber } } as const

/** Only what changes: an old entry that would not pass today is no reason to refuse a new phone number. */
const fitting = (kind: PersonKind, changes: Readonly<Record<string, string | null>>): void => {
  for (const field of ['name', 'personalNumber'] as const) {
    const given = changes[field]
    const checked = given === undefined || given === null ? undefined : KINDS[kind][field].safeParse(given)
    if (checked?.success === false) refuse<PersonRefusal>({ code: 'not-of-this-kind', kind, field, message: checked.error.issues[0]?.message ?? '' })
  }
}

export const changePerson = async (ctx: Ctx, input: ChangePerson): Promise<Result<{ readonly personId: Uuid }, PersonRefusal>> => {
  const by = authorise(ctx, 'person.register')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'person.change', key: input.submissionKey, input }, async () => {
        const { state, seq } = await loadPerson(ctx, input.personId)
        const { submissionKey: _, personId: __, ...given } = input
        const changes = Object.fromEntries(Object.entries(given).filter(([key, v]) => v !== undefined && v !== state[key as keyof typeof given]))
        if (Object.keys(changes).length === 0) return { personId: state.id }
        fitting(state.kind, changes)
        const event: PersonEvent = { type: 'person.changed', data: changes }
        const next = evolvePerson(state.id, state, event)
        if (!(await rewritePerson(ctx, rowOfPerson(next)))) {
          refuse<PersonRefusal>({ code: 'number-taken', personId: (await idByNumber(ctx, next.personalNumber)) ?? state.id })
        }
        await append(ctx, 'other', state.id, [{ type: event.type, data: personEventData(event) }], { expectedSeq: seq, ...(by && { postId: by.postId }) })
        return { personId: state.id }
      }),
    ),
  )
}
