/** A message whose time has come, and its way to the person: one delivery per channel, each a job that is tried again until it is taken, refused or dead. */
import { Forbidden } from '#kernel/errors.ts'
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { addJob, clearDeadJob } from '#platform/jobs/queue.ts'
import { type Channel, CHANNELS, type Outcome, type Providers } from '#platform/messaging/provider.ts'
import { type DrawnMessage, type Facts, drawMessage } from './draw-message.ts'
import { getMessageSettings } from './message-settings.ts'
import type { MessageLang } from './message-template.ts'
import { afterQuiet } from './quiet-hours.ts'
import { queueSend, runAtOf } from './queue-message.ts'
import { type Recipient, findRecipient, waysTo } from './recipient.ts'
import { keepVersion, templateNow, templateOfVersion } from './template-store.ts'

export const DELIVER_MESSAGE = 'deliver-message'

/** With graphile-worker's pauses (e, e², … seconds) the last attempt comes after three and a half hours. */
const MOST_ATTEMPTS = 10

/** How this installation reaches people, and where its pages are. */
export type Outside = {
  readonly providers: Providers
  /** Without a slash at the end. */
  readonly publicUrl: string
  readonly cityName: () => string | Promise<string>
}

const isoOf = (at: Instant) => new Date(at).toISOString()

const keyOf = (deliveryId: Uuid) => `delivery:${deliveryId}`

const queueDelivery = (ctx: Ctx, deliveryId: Uuid, at: Instant, attempts = 0): Promise<void> =>
  addJob(ctx, DELIVER_MESSAGE, { deliveryId }, { key: keyOf(deliveryId), runAt: runAtOf(at), maxAttempts: Math.max(1, MOST_ATTEMPTS - attempts) })

/** As if it had never been tried. */
export const queueAnew = async (ctx: Ctx, deliveryId: Uuid): Promise<void> => {
  await clearDeadJob(ctx, keyOf(deliveryId))
  await queueDelivery(ctx, deliveryId, ctx.now)
}

type MessageRow = { readonly id: Uuid; readonly personId: Uuid; readonly kind: string; readonly dueAt: Instant }

/** COMMAND of the worker. Chooses channels and language, and gives the message to them. Nothing happens to one that does not wait any more. */
export const sendMessage = async (ctx: Ctx, outside: Outside, messageId: Uuid): Promise<void> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  await inTx(ctx, async (ctx) => {
    const { rows } = await sql<MessageRow>`/* prepared */
      select id, person_id as "personId", kind, due_at as "dueAt" from notification.message where id = ${messageId} and state = 'waiting' for update`.execute(ctx.db)
    const message = rows[0]
    if (message === undefined) return
    const leaves = afterQuiet(message.dueAt > ctx.now ? message.dueAt : ctx.now, (await getMessageSettings(ctx)).quiet)
    if (leaves > ctx.now) {
      await sql`update notification.message set due_at = ${isoOf(leaves)}::timestamptz where id = ${messageId}`.execute(ctx.db)
      return queueSend(ctx, messageId, leaves)
    }
    const recipient = await findRecipient(ctx, message.personId)
    if (recipient === undefined) return close(ctx, messageId, 'erased')
    const template = await templateNow(ctx, message.kind)
    const ways = await waysTo(ctx, message.personId, recipient, CHANNELS.filter((channel) => outside.providers[channel] !== undefined), template.choice)
    if (ways.channels.length === 0) return close(ctx, messageId, ways.wanted ? 'no-channel' : 'not-wanted')
    await keepVersion(ctx, template)
    await sql`update notification.message set state = 'dispatched', version = ${template.version}, lang = ${ways.lang} where id = ${messageId}`.execute(ctx.db)
    for (const channel of ways.channels) {
      const id = newId(ctx.now)
      await sql`insert into notification.delivery (id, message_id, channel, state, queued_at) values (${id}, ${messageId}, ${channel}, 'queued', ${isoOf(ctx.now)}::timestamptz)`.execute(ctx.db)
      await queueDelivery(ctx, id, ctx.now)
    }
  })
}

const close = async (ctx: Ctx, id: Uuid, state: 'erased' | 'no-channel' | 'not-wanted'): Promise<void> => {
  await sql`update notification.message set state = ${state} where id = ${id}`.execute(ctx.db)
}

export type Sendable = {
  readonly personId: Uuid
  readonly dossierId: Uuid | null
  readonly audience: 'citizen' | 'officer'
  readonly code: string | null
  readonly facts: Facts
  readonly lang: MessageLang
  /** Of the version that it was sent by. */
  readonly content: Json
}

type DeliveryRow = Sendable & { readonly id: Uuid; readonly channel: Channel; readonly state: string; readonly attempts: number }

/**
 * COMMAND of the worker. Gives one delivery to its provider, under the same id at every attempt, and writes down what came of it.
 * @throws Error where it shall be tried again: the worker waits longer each time, and keeps the dead ones for the administrator
 */
export const deliverMessage = async (ctx: Ctx, outside: Outside, deliveryId: Uuid): Promise<void> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const { rows } = await sql<DeliveryRow>`/* prepared */
    select d.id, d.channel, d.state, d.attempts, m.person_id as "personId", m.dossier_id as "dossierId", m.audience, m.code, m.facts, m.lang, v.content
      from notification.delivery d join notification.message m on m.id = d.message_id join notification.template_version v on v.version = m.version
     where d.id = ${deliveryId} and d.state in ('queued', 'dead')`.execute(ctx.db)
  const delivery = rows[0]
  if (delivery === undefined) return
  const leaves = afterQuiet(ctx.now, (await getMessageSettings(ctx)).quiet)
  if (leaves > ctx.now) return queueDelivery(ctx, deliveryId, leaves, delivery.attempts)
  const outcome = await attempt(ctx, outside, delivery)
  const attempts = delivery.attempts + 1
  const provider = outside.providers[delivery.channel]?.name ?? null
  if (outcome.outcome === 'accepted') return record(ctx, deliveryId, { state: 'sent', attempts, provider, accepted_as: outcome.as, reason: null })
  if (outcome.outcome === 'refused') return record(ctx, deliveryId, { state: 'refused', attempts, provider, accepted_as: null, reason: outcome.reason })
  await record(ctx, deliveryId, { state: attempts % MOST_ATTEMPTS === 0 ? 'dead' : 'queued', attempts, provider, accepted_as: null, reason: outcome.reason })
  throw new Error(`message not taken: ${outcome.reason}`)
}

const attempt = async (ctx: Ctx, outside: Outside, delivery: DeliveryRow): Promise<Outcome> => {
  const recipient = await findRecipient(ctx, delivery.personId)
  if (recipient === undefined) return { outcome: 'refused', reason: 'erased' }
  const to = recipient.addresses[delivery.channel]
  if (to === undefined) return { outcome: 'refused', reason: 'no-address' }
  const provider = outside.providers[delivery.channel]
  if (provider === undefined) return { outcome: 'retry', reason: 'no-provider' }
  const { subject, text } = drawFor(delivery, delivery.channel, recipient, outside.publicUrl, await outside.cityName())
  // A fault of the provider's own code is no reason to lose the message.
  return provider.send({ id: delivery.id, channel: delivery.channel, to, subject, text }).catch((): Outcome => ({ outcome: 'retry', reason: 'failed' }))
}

/** As the person reads it. */
export const drawFor = (message: Sendable, channel: Channel, recipient: Recipient, publicUrl: string, city: string): DrawnMessage =>
  drawMessage(templateOfVersion(message.content), { ...message.facts, code: message.code, name: recipient.name, city, link: `${publicUrl}${typeof message.facts['path'] === 'string' ? message.facts['path'] : pathFor(message, recipient)}` }, message.lang, channel)

const pathFor = ({ audience, dossierId }: Sendable, { account }: Recipient): string => {
  if (audience === 'officer') return dossierId === null ? '/xu-ly' : `/xu-ly/ho-so/${dossierId}`
  // Without an account: code and look-up secret of the receipt.
  return account === null ? '/tra-cuu' : account === 'declared' || dossierId === null ? '/tai-khoan' : `/tai-khoan/ho-so/${dossierId}`
}

type Recorded = { readonly state: 'queued' | 'sent' | 'dead' | 'refused'; readonly attempts: number; readonly provider: string | null; readonly accepted_as: string | null; readonly reason: string | null }

const record = async (ctx: Ctx, id: Uuid, r: Recorded): Promise<void> => {
  const now = isoOf(ctx.now)
  await sql`/* prepared */
    update notification.delivery set state = ${r.state}, attempts = ${r.attempts}, provider = ${r.provider}, accepted_as = ${r.accepted_as}, reason = ${r.reason},
           tried_at = ${now}::timestamptz, sent_at = ${r.state === 'sent' ? now : null}::timestamptz
     where id = ${id} and state <> 'sent'`.execute(ctx.db)
}

/**
 * COMMAND of the schedule. Wakes what should have left: after a demo's clock was moved, and where a job was lost.
 * @returns how many
 */
export const wakeMessages = async (ctx: Ctx): Promise<number> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  return inTx(ctx, async (ctx) => {
    const { rows } = await sql<{ id: Uuid }>`select id from notification.message where state = 'waiting' and due_at <= ${isoOf(ctx.now)}::timestamptz order by due_at limit 5000`.execute(ctx.db)
    for (const { id } of rows) await queueSend(ctx, id, ctx.now)
    return rows.length
  })
}

/** A year and a month: as long as anybody asks whether something was sent. */
const KEEP_MS = 400 * 86_400_000

/** COMMAND of the schedule. @returns how many were dropped */
export const sweepMessages = async (ctx: Ctx): Promise<number> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const { numAffectedRows } = await sql`delete from notification.message where created_at < ${isoOf((ctx.now - KEEP_MS) as Instant)}::timestamptz`.execute(ctx.db)
  return Number(numAffectedRows ?? 0n)
}
