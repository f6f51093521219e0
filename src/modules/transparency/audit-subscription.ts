import type { Json } from '#kernel/digest.ts'
import { sql } from '#platform/db/db.ts'
import type { CopiedEvent } from '#platform/log/copy-events.ts'
import type { EventData } from '#platform/log/private.ts'
import type { DeliveredEvent, Subscription } from '#platform/log/subscriptions.ts'

/** SUBSCRIPTION. One row per event, of every type: who did what, where, when. Holds no personal value. */
export const auditSubscription: Subscription = {
  name: 'audit',
  batchSize: 1_000,
  handle: async (ctx, events) => {
    await sql`
      insert into transparency.audit_entry (stream, seq, kind, position, at, type, person_id, post_id, unit_id, job, code)
      select e.stream, e.seq, e.kind, e.position, e.at, e.type, e.person_id, e.post_id, p.unit_id, e.job, e.code
        from json_to_recordset(${JSON.stringify(events.map((event) => ({ ...entryOf(event), at: new Date(event.at).toISOString() })))}::json)
             as e(stream uuid, seq int, kind text, position bigint, at timestamptz, type text, person_id uuid, post_id uuid, job text, code text)
        left join organisation.pub_post p on p.id = e.post_id
      on conflict (stream, seq) do nothing`.execute(ctx.db)
  },
  reset: async (ctx) => {
    await sql`delete from transparency.audit_entry`.execute(ctx.db)
  },
}

/** A row of the audit, but for the unit of the post. */
export const entryOf = (event: CopiedEvent | DeliveredEvent) => ({
  stream: event.stream,
  seq: event.seq,
  kind: event.kind,
  position: event.id,
  at: event.at,
  type: event.type,
  person_id: textOf(event.actor, 'person'),
  post_id: textOf(event.actor, 'post'),
  job: textOf(event.actor, 'system'),
  code: textOf(event.data, 'code'),
})

const textOf = (value: Json | EventData, key: string): string | null => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const member = (value as { readonly [key: string]: unknown })[key]
  return typeof member === 'string' ? member : null
}
