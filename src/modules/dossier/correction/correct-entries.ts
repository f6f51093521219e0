/** What was written down wrong, put right by the desk or a leader; the amount of a notice by whoever examines it. */
import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { OrganisationNumber, PersonalNumber, Phone } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act } from '../act.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { RequestPayment } from '../payment-duty/payment-duty.ts'

/** Left empty: there is none. */
const orNone = <S extends z.ZodType>(schema: S) => z.union([z.literal('').transform(() => null), schema]).nullable()

/** COMMAND. All entries as they should be: those that are right are sent again as they are. */
export const CorrectEntries = ActOn.extend({
  reason: Text(2000),
  name: Line(250),
  personalNumber: orNone(z.union([PersonalNumber, OrganisationNumber])),
  phone: orNone(Phone),
  address: orNone(Line(300)),
  email: orNone(z.email().max(200)),
  delivery: z.enum(['counter', 'postal', 'online']),
  deliveryAddress: orNone(Line(300)),
})
export type CorrectEntries = z.infer<typeof CorrectEntries>

/** Another number is another applicant, who has the dossier from then on; of one that a checked account filed, whoever approves says so (`other-applicant-unapproved`). Nothing of it touches the record of the person: only what this dossier says of them. @throws Forbidden, NotFound, Stale */
export const correctEntries = (ctx: Ctx, input: CorrectEntries): Promise<Result<Acted, ActRefusal>> => act(ctx, 'dossier.read', input, toCorrect)

const toCorrect = async (ctx: Ctx, input: CorrectEntries, state: DossierState): Promise<Act> => {
  const { reason, name, personalNumber, phone, address, email, delivery, deliveryAddress } = input
  const applicantId = await whoHas(ctx, personalNumber, state)
  return { action: 'correct-entries', reason, filedChecked: await isFiledChecked(ctx, state), entries: { applicantId, applicant: { kind: state.applicant.kind, name, personalNumber, phone, address, email }, delivery, deliveryAddress } }
}

/** It was filed under somebody else's number: it is the dossier of whoever the right number belongs to, where they are on record, and no more of the other's. */
const whoHas = async (ctx: Ctx, personalNumber: string | null, state: DossierState): Promise<Uuid> => {
  if (personalNumber === state.applicant.personalNumber) return state.applicantId
  if (personalNumber === null) return newId(ctx.now)
  const { rows } = await sql<{ id: Uuid }>`select id from organisation.pub_person where personal_number = ${personalNumber}`.execute(ctx.db)
  // Unknown: the dossier of somebody who is not on record yet, and no more of whoever the wrong number belongs to.
  return rows[0]?.id ?? (state.applicant.personalNumber === null ? state.applicantId : newId(ctx.now))
}

/** Only an account that nobody has looked at may have been opened by anybody with that number; without one any more, it was looked at. */
const isFiledChecked = async (ctx: Ctx, { submittedAt, submitterId, applicantId }: DossierState): Promise<boolean> => {
  if (submittedAt === null) return false
  const { rows } = await sql<{ declared: boolean | null }>`select bool_and(identity = 'declared') as declared from access.pub_account where person_id = ${submitterId ?? applicantId}`.execute(ctx.db)
  return rows[0]?.declared !== true
}

/** COMMAND. The notice as it should have been. */
export const CorrectPayment = RequestPayment.extend({ reason: Text(2000), noticeOn: z.string().refine(isPlainDate), dueOn: z.string().refine(isPlainDate) })
export type CorrectPayment = z.infer<typeof CorrectPayment>

/** While it is owed: what was paid is accounted for elsewhere. @throws Forbidden, NotFound, Stale */
export const correctPayment = (ctx: Ctx, input: CorrectPayment): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async (_, { reason, amount, noticeNumber, noticeOn, dueOn }) => ({ action: 'correct-payment', reason, amount, noticeNumber, noticeOn, dueOn }))
