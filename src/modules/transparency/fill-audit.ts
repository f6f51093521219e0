import { type Uuid, uuidv7Floor } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { horizonOf, passOver } from '#platform/log/subscriptions.ts'
import { auditSubscription } from './audit-subscription.ts'

/** Streams of so many pieces of the time: some thousand dossiers each, so that no transaction is long (decision 3). */
export type FillAudit = { readonly from: Instant; readonly until: Instant; readonly pieces: number }

/**
 * What `auditSubscription` would write for the events so far, in the database and in bulk: after a seeded history. The same rows (a test), and harmless
 * beside the running subscription.
 */
export const fillAudit = async (ctx: Ctx, { from, until, pieces }: FillAudit): Promise<void> => {
  const horizon = await horizonOf(ctx.db)
  const bounds: (Uuid | null)[] = [null]
  for (let i = 1; i < pieces; i += 1) bounds.push(uuidv7Floor(Math.floor(from + ((until - from) * i) / pieces) as Instant))
  bounds.push(null)
  const piece = async (i: number): Promise<void> => {
    const [low, high] = [bounds[i] ?? '00000000-0000-0000-0000-000000000000', bounds[i + 1] ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff']
    for (const kind of ['other', 'dossier']) await fill(ctx, kind, low, high, horizon)
  }
  let next = 0
  const worker = async (): Promise<void> => {
    for (let i = next++; i < pieces; i = next++) await piece(i)
  }
  await Promise.all([worker(), worker()])
  await passOver(ctx, auditSubscription, horizon)
}

const fill = (ctx: Ctx, kind: string, low: string, high: string, horizon: { readonly epoch: number; readonly xid: string }) =>
  sql`
    insert into transparency.audit_entry (stream, seq, kind, position, at, type, person_id, post_id, unit_id, job, code)
    select e.stream, e.seq, e.kind, e.id, e.at, e.type, (e.actor ->> 'person')::uuid, (e.actor ->> 'post')::uuid, p.unit_id, e.actor ->> 'system',
           case when jsonb_typeof(e.data -> 'code') = 'string' then e.data ->> 'code' end
      from log.event e left join organisation.pub_post p on p.id = (e.actor ->> 'post')::uuid
     where e.kind = ${sql.lit(kind)} and e.stream >= ${low}::uuid and e.stream < ${high}::uuid
       and (e.epoch, e.xid) < (${horizon.epoch}::int, ${horizon.xid}::xid8)
    on conflict (stream, seq) do nothing`.execute(ctx.db)
