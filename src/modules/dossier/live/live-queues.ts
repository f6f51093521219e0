import type { Uuid } from '#kernel/ids.ts'
import type { Ctx, HeldPost } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { notifyChange } from '#platform/live/listen.ts'
import type { DeliveredEvent, Subscription } from '#platform/log/subscriptions.ts'

/** Older than that, and no page waits for it: a log that is read again disturbs nobody. */
const FRESH_MS = 60_000

/** SUBSCRIPTION. Whose list changed, told to every process: the units and posts that a dossier came to or left. Keeps nothing. */
export const liveQueues: Subscription = {
  name: 'live-queues',
  handle: async (ctx, events) => {
    const fresh = events.filter((event) => event.kind === 'dossier' && ctx.now - event.at < FRESH_MS)
    const last = fresh.at(-1)
    if (last === undefined) return
    const places = await placesOf(ctx, fresh)
    if (places.length > 0) await notifyChange(ctx, { id: String(last.id), places })
  },
  reset: async () => {},
}

/** Who has them now, and who had them until these events. */
const placesOf = async (ctx: Ctx, events: readonly DeliveredEvent[]): Promise<readonly Uuid[]> => {
  const since = new Date(Math.min(...events.map((event) => event.at))).toISOString()
  const { rows } = await sql<{ unit: Uuid; post: Uuid | null }>`/* prepared */
    select distinct unit_id as unit, post_id as post from dossier.step
     where dossier_id = any(${[...new Set(events.map((event) => event.stream))]}::uuid[]) and (left_at is null or left_at >= ${since}::timestamptz)`.execute(ctx.db)
  return [...new Set(rows.flatMap(({ unit, post }) => (post === null ? [unit] : [unit, post])))]
}

/** What concerns whoever holds these posts: the ids that `liveQueues` tells. */
export const placesWatched = (posts: readonly HeldPost[]): readonly Uuid[] => [...new Set(posts.flatMap((post) => [post.unitId, post.agencyId, post.postId]))]
