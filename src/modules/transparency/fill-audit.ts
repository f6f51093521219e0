import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { openCopy } from '#platform/db/copy-rows.ts'
import { sql } from '#platform/db/db.ts'
import type { OpenReadAlong } from '#platform/log/copy-events.ts'
import { horizonOf, passOver } from '#platform/log/subscriptions.ts'
import { auditSubscription, entryOf } from './audit-subscription.ts'

const COLUMNS = ['stream', 'seq', 'kind', 'position', 'at', 'type', 'person_id', 'post_id', 'unit_id', 'job', 'code']

/** What `auditSubscription` would write of the events of a history, beside them. */
export const readAlongForAudit: OpenReadAlong = async (client) => {
  const { rows } = await client.query<{ id: Uuid; unit_id: Uuid }>('select id, unit_id from organisation.pub_post')
  const units = new Map<string, Uuid>(rows.map((post) => [post.id, post.unit_id]))
  const { add, flush } = await openCopy(client, 'transparency.audit_entry', COLUMNS)
  return {
    add: (event) => {
      const e = entryOf(event)
      add([e.stream, e.seq, e.kind, e.position, e.at, e.type, e.person_id, e.post_id, units.get(e.post_id ?? '') ?? null, e.job, e.code])
    },
    flush,
  }
}

/**
 * After a history that was read along: the events of everybody else so far, and the subscription goes on behind them. The same rows as it would write
 * (a test), and harmless beside it.
 * @param transactions those of the history
 */
export const fillAudit = async (ctx: Ctx, transactions: readonly string[]): Promise<void> => {
  const horizon = await horizonOf(ctx.db)
  // A stream that somebody else has written to shows it by its head. Those are few: each is looked up, whatever the planner thinks of tables that it has not seen yet.
  await sql`
    insert into transparency.audit_entry (stream, seq, kind, position, at, type, person_id, post_id, unit_id, job, code)
    select e.stream, e.seq, e.kind, e.id, e.at, e.type, (e.actor ->> 'person')::uuid, (e.actor ->> 'post')::uuid, p.unit_id, e.actor ->> 'system',
           case when jsonb_typeof(e.data -> 'code') = 'string' then e.data ->> 'code' end
      from (select h.kind, h.stream from log.head h where not (h.epoch = ${horizon.epoch}::int and h.xid = any(${transactions}::xid8[])) offset 0) other
           cross join lateral (select * from log.event e where e.kind = other.kind and e.stream = other.stream offset 0) e
           left join organisation.pub_post p on p.id = (e.actor ->> 'post')::uuid
     where (e.epoch, e.xid) < (${horizon.epoch}::int, ${horizon.xid}::xid8)
    on conflict (stream, seq) do nothing`.execute(ctx.db)
  await passOver(ctx, auditSubscription, horizon)
}
