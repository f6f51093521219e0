import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { queueNews, settleNews } from '#modules/notification'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { DeliveredEvent, Subscription } from '#platform/log/subscriptions.ts'
import { type DossierFacts, isNews, messagesFor, postIn } from './message-for.ts'

/** What is older is no news: after a long stop, and where a log is read again whose messages were not kept, nobody is told of last week as if it were now. */
const FRESH_MS = 2 * 86_400_000

/**
 * SUBSCRIPTION. What happens to a dossier is told to whom it concerns. Each event leads to a message once for ever, however often it is delivered: the
 * delivery record knows its cause, and is no read model. Reading the log again therefore empties nothing and sends nothing.
 */
export const dossierMessages: Subscription = {
  name: 'dossier-messages',
  handle: async (ctx, events) => {
    const fresh = events.filter((event) => event.kind === 'dossier' && isNews(event.type) && ctx.now - event.at < FRESH_MS)
    if (fresh.length === 0) return
    const facts = await factsOf(ctx, fresh)
    // One after the other: what happened later is combined with what waits.
    for (const event of fresh) {
      const dossier = facts(event)
      if (dossier === undefined) continue
      const { news, settles } = messagesFor(event, dossier)
      if (settles.length > 0) await settleNews(ctx, [{ dossierId: event.stream, kinds: settles }])
      await queueNews(ctx, news)
    }
  },
  reset: async () => {},
}

/** Undefined for a dossier whose year was detached meanwhile. */
const factsOf = async (ctx: Ctx, events: readonly DeliveredEvent[]): Promise<(event: DeliveredEvent) => DossierFacts | undefined> => {
  const ids = [...new Set(events.map((event) => event.stream))]
  const { rows } = await sql<Omit<DossierFacts, 'holderId'> & { id: Uuid }>`/* prepared */
    select d.id, c.code, r.name as procedure, u.name as desk, coalesce(d.submitter_id, d.applicant_id) as "recipientId", d.delivery, d.due_at as "dueAt"
      from dossier.dossier d
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
      join organisation.pub_unit u on u.id = d.desk_id
     where d.id = any(${ids}::uuid[])`.execute(ctx.db)
  const byId = new Map(rows.map(({ id, ...facts }) => [id, facts]))
  const holders = await holdersOf(ctx, [...new Set(events.flatMap((event) => postIn(event) ?? []))])
  return (event) => {
    const facts = byId.get(event.stream)
    const post = postIn(event)
    return facts === undefined ? undefined : { ...facts, holderId: post === null ? null : (holders.get(post) ?? null) }
  }
}

const holdersOf = async (ctx: Ctx, posts: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Uuid>> => {
  if (posts.length === 0) return new Map()
  const today = dateOf(ctx.now)
  const { rows } = await sql<{ postId: Uuid; personId: Uuid }>`/* prepared */
    select post_id as "postId", person_id as "personId" from organisation.pub_held_post
     where post_id = any(${posts}::uuid[]) and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)`.execute(ctx.db)
  return new Map(rows.map((row) => [row.postId, row.personId]))
}
