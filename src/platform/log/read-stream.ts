import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Db, sql } from '../db/db.ts'
import type { StoredEvent, StreamKind } from './event-hash.ts'
import { putPrivate } from './private.ts'

/** An event with its personal values put back: what `evolve` folds. */
export type LoggedEvent = Pick<StoredEvent, 'kind' | 'stream' | 'seq' | 'type' | 'v' | 'at' | 'actor'> & { readonly data: Json }

/** All events of one stream, in order, personal values put back. Empty for an unknown stream. */
export const readStream = async (db: Db, kind: StreamKind, stream: Uuid): Promise<readonly LoggedEvent[]> => {
  const { rows } = await sql<LoggedEvent & { secrets: Record<string, Json> | null }>`/* prepared */
    select e.kind, e.stream, e.seq, e.type, e.v, e.at, e.actor, e.data,
           (select jsonb_object_agg(p.path, p.value) from log.private p where p.kind = e.kind and p.stream = e.stream and p.seq = e.seq) as secrets
      from log.event e where e.kind = ${kind} and e.stream = ${stream} order by e.seq`.execute(db)
  return rows.map(({ secrets, ...event }) => ({ ...event, data: putPrivate(event.data, new Map(Object.entries(secrets ?? {}))) }))
}
