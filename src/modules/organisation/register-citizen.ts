import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { type Result, err } from '#kernel/result.ts'
import { type WeakPassword, countSignUp, failSignUp, forgiveSignUp, hashPassword, openAccount, passwordWeakness } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { Day, PersonName, PersonalNumber, Phone } from './check-person.ts'
import { Id } from './found-unit.ts'
import { loadPerson, rewritePerson, writePeople } from './organisation-store.ts'
import { type PersonDetails, type PersonEvent, type PersonState, evolvePerson, personEventData, rowOfPerson } from './person-state.ts'

/** COMMAND, open to everybody. A citizen makes an account: the twelve digits are its name. */
export const RegisterCitizen = z.object({
  submissionKey: Id,
  personalNumber: PersonalNumber,
  name: PersonName,
  birthOn: Day,
  phone: Phone,
  email: z.union([z.literal('').transform(() => null), z.email('Địa chỉ thư điện tử không hợp lệ').max(200)]).nullable().default(null),
  password: z.string().max(500),
  /** Of the connection, for the limits. */
  address: z.string().max(100),
})
export type RegisterCitizen = z.infer<typeof RegisterCitizen>

export type CitizenRegistered = { readonly personId: Uuid; readonly userId: Uuid }
export type CitizenRefusal =
  | WeakPassword
  /** The number has an account, belongs to an officer, or is on record with other details: which of them is told to nobody. */
  | { readonly code: 'number-on-record' }
  | { readonly code: 'born-in-future' }
  | { readonly code: 'locked'; readonly until: Instant }

/**
 * Person (where there is none yet), account and their events in one transaction (decision 19). Who is on record already — a counter wrote the
 * person down — becomes the account's person only where name, day of birth and the phone on record agree, and no account is theirs yet. An officer's
 * person is never given away here: with it would go the posts.
 */
export const registerCitizen = async (ctx: Ctx, input: RegisterCitizen): Promise<Result<CitizenRegistered, CitizenRefusal>> => {
  const { submissionKey, password, address, ...details } = input
  const weak = passwordWeakness(password, details.personalNumber)
  if (weak !== undefined) return err(weak)
  if (details.birthOn > dateOf(ctx.now)) return err({ code: 'born-in-future' })
  const tried = await countSignUp(ctx, details.personalNumber, address)
  if ('until' in tried) return err({ code: 'locked', until: tried.until })
  const hash = await hashPassword(password)
  const registered = await orRefused<CitizenRegistered, CitizenRefusal>(() =>
    inTx(ctx, (ctx) =>
      // The password stays out of what the key remembers, as in `createAccount`.
      once(ctx, { command: 'citizen.register', key: submissionKey, input: details, keepDays: 7 }, async () => {
        const personId = (await newPerson(ctx, details)) ?? (await ownPerson(ctx, details)) ?? refuse<CitizenRefusal>({ code: 'number-on-record' })
        const userId = await openAccount(ctx, { personId, username: details.personalNumber, hash, mustChangePassword: false, identity: 'declared' })
        return userId === undefined ? refuse<CitizenRefusal>({ code: 'number-on-record' }) : { personId, userId }
      }),
    ),
  )
  if (registered.ok) await forgiveSignUp(ctx, tried)
  else {
    const locked = await failSignUp(ctx, tried)
    if (locked !== undefined) return err({ code: 'locked', until: locked.until })
  }
  return registered
}

type Told = { readonly personalNumber: string; readonly name: string; readonly birthOn: PlainDate; readonly phone: string; readonly email: string | null }

/** @returns undefined where the number is on record: the unique number decides, also between two sign-ups of the same moment */
const newPerson = async (ctx: Ctx, told: Told): Promise<Uuid | undefined> => {
  const id = newId(ctx.now)
  const event: PersonEvent = { type: 'person.registered', data: { kind: 'individual', gender: null, address: null, ...told } }
  const [written] = await writePeople(ctx, [rowOfPerson(evolvePerson(id, undefined, event))])
  if (written === undefined) return undefined
  await append(ctx, 'other', id, [{ type: event.type, data: personEventData(event) }], { expectedSeq: 0 })
  return id
}

/** The person on record, locked, if the details agree and nobody else has it. What was not on record is added. */
const ownPerson = async (ctx: Ctx, told: Told): Promise<Uuid | undefined> => {
  const { rows } = await sql<{ id: Uuid }>`
    select p.id from organisation.person p
     where p.personal_number = ${told.personalNumber} and p.kind = 'individual'
       and not exists (select from organisation.tenure t where t.person_id = p.id)
       and not exists (select from access.pub_account a where a.person_id = p.id)
       for update`.execute(ctx.db)
  const id = rows[0]?.id
  if (id === undefined) return undefined
  const { state, seq } = await loadPerson(ctx, id)
  if (!agrees(state, told)) return undefined
  const data: Partial<PersonDetails> = { ...(state.phone === null && { phone: told.phone }), ...(state.email === null && told.email !== null && { email: told.email }) }
  if (Object.keys(data).length === 0) return id
  const event: PersonEvent = { type: 'person.changed', data }
  await rewritePerson(ctx, rowOfPerson(evolvePerson(id, state, event)))
  await append(ctx, 'other', id, [{ type: event.type, data: personEventData(event) }], { expectedSeq: seq })
  return id
}

const sameName = (a: string, b: string): boolean => a.normalize('NFC').toLocaleLowerCase('vi') === b.normalize('NFC').toLocaleLowerCase('vi')

const agrees = (known: PersonState, told: Told): boolean =>
  sameName(known.name, told.name) && known.birthOn === told.birthOn && (known.phone === null || known.phone === told.phone)
