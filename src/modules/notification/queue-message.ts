/** News on its way into the queue, in the transaction of whoever tells it: it waits if and only if the rest was committed, and once however often it is told. */
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { clockAhead } from '#platform/clock.ts'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/queue.ts'
import { winner } from './combine.ts'
import type { Facts } from './draw-message.ts'
import { getMessageSettings } from './message-settings.ts'
import { leavesAt } from './quiet-hours.ts'
import { shippedTemplate } from './shipped-templates.ts'

export type News = {
  /** What happened, once for ever: `<stream>:<seq>`. */
  readonly cause: string
  readonly at: Instant
  readonly personId: Uuid
  readonly dossierId: Uuid | null
  readonly code: string | null
  /** Of the template. */
  readonly kind: string
  readonly facts: Facts
  /** Leaves at once, if it is not night. */
  readonly urgent?: boolean
}

/** Something was done that makes waiting requests pointless: nobody is told to complete what is complete. */
export type Settled = { readonly dossierId: Uuid; readonly kinds: readonly string[] }

export const SEND_MESSAGE = 'send-message'

/** Due by the city's clock; jobs run by the machine's, which a demo's clock may be ahead of. */
export const runAtOf = (due: Instant): Date => new Date(due - clockAhead())

export const queueSend = (ctx: Ctx, messageId: Uuid, due: Instant): Promise<void> => addJob(ctx, SEND_MESSAGE, { messageId }, { key: `message:${messageId}`, runAt: runAtOf(due) })

/** @throws Forbidden for everybody but the program itself · Error outside a transaction */
export const queueNews = async (ctx: Ctx, news: readonly News[]): Promise<void> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  if (!ctx.db.isTransaction) throw new Error('queueNews outside a transaction')
  if (news.length === 0) return
  const { quiet, window } = await getMessageSettings(ctx)
  for (const one of news) await queueOne(ctx, one, leavesAt(one.at, one.urgent === true ? 0 : window, quiet))
}

/** @throws Forbidden for everybody but the program itself */
export const settleNews = async (ctx: Ctx, settled: readonly Settled[]): Promise<void> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  for (const { dossierId, kinds } of settled) {
    await sql`update notification.message set state = 'settled' where dossier_id = ${dossierId} and state = 'waiting' and kind = any(${kinds}::text[])`.execute(ctx.db)
  }
}

type WaitingRow = { readonly id: Uuid; readonly kind: string; readonly dueAt: Instant }

const queueOne = async (ctx: Ctx, news: News, leaves: Instant): Promise<void> => {
  const template = shippedTemplate(news.kind)
  if (template === undefined) throw new Error(`no template for ${news.kind}`)
  const waiting = template.acknowledges === true ? [] : (await findWaiting(ctx, news)).filter((row) => shippedTemplate(row.kind)?.acknowledges !== true)
  const stands = waiting.find((row) => winner({ kind: row.kind, asks: shippedTemplate(row.kind)?.asks === true }, template) === 'waiting')
  // Whoever waits already does not wait longer for what came later.
  const dueAt = waiting.reduce<Instant>((due, row) => (row.dueAt < due ? row.dueAt : due), leaves)
  const id = newId(ctx.now)
  const { rows } = await sql<{ id: Uuid }>`/* prepared */
    insert into notification.message (id, cause, person_id, audience, kind, dossier_id, code, facts, state, due_at, created_at, into_id)
    values (${id}, ${news.cause}, ${news.personId}, ${template.audience}, ${news.kind}, ${news.dossierId}, ${news.code}, ${JSON.stringify(news.facts)}::jsonb,
            ${stands === undefined ? 'waiting' : 'combined'}, ${new Date(dueAt).toISOString()}::timestamptz, ${new Date(news.at).toISOString()}::timestamptz, ${stands?.id ?? null})
    on conflict (cause, person_id) do nothing returning id`.execute(ctx.db)
  if (rows.length === 0 || stands !== undefined) return
  await sql`/* prepared */ update notification.message set state = 'combined', into_id = ${id} where id = any(${waiting.map((row) => row.id)}::uuid[])`.execute(ctx.db)
  await queueSend(ctx, id, dueAt)
}

/** Locked: what is being sent at this moment is no longer found. */
const findWaiting = async (ctx: Ctx, news: News): Promise<readonly WaitingRow[]> => {
  if (news.dossierId === null) return []
  const { rows } = await sql<WaitingRow>`/* prepared */
    select id, kind, due_at as "dueAt" from notification.message
     where state = 'waiting' and dossier_id = ${news.dossierId} and person_id = ${news.personId} and cause <> ${news.cause} order by id for update`.execute(ctx.db)
  return rows
}
