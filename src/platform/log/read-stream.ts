import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Db, sql } from '../db/db.ts'
import type { Head } from './chain.ts'
import type { StoredEvent, StreamKind } from './event-hash.ts'
import { putPrivate } from './private.ts'

/** An event with its personal values put back: what `evolve` folds. */
export type LoggedEvent = Pick<StoredEvent, 'kind' | 'stream' | 'seq' | 'type' | 'v' | 'at' | 'actor'> & { readonly data: Json }

type Row = LoggedEvent & { readonly secrets: Record<string, Json> | null }
const COLUMNS = sql.raw(`e.kind, e.stream, e.seq, e.type, e.v, e.at, e.actor, e.data,
           (select jsonb_object_agg(p.path, p.value) from log.private p where p.kind = e.kind and p.stream = e.stream and p.seq = e.seq) as secrets`)

const loggedOf = ({ kind, stream, seq, type, v, at, actor, data, secrets }: Row): LoggedEvent => ({
  kind, stream, seq, type, v, at, actor, data: putPrivate(data, new Map(Object.entries(secrets ?? {}))),
})

/** All events of one stream, in order, personal values put back. Empty for an unknown stream. */
export const readStream = async (db: Db, kind: StreamKind, stream: Uuid): Promise<readonly LoggedEvent[]> => {
  const { rows } = await sql<Row>`/* prepared */
    select ${COLUMNS}
      from log.event e where e.kind = ${kind} and e.stream = ${stream} order by e.seq`.execute(db)
  return rows.map(loggedOf)
}

/**
 * As `readStream`, with the head, which stays locked until the end of the transaction: what is to be appended needs no second look. One round trip; a
 * second one where somebody else was writing, because the events of a statement are as of its beginning, the head that it waited for is the newest.
 */
export const readForUpdate = async (db: Db, kind: StreamKind, stream: Uuid): Promise<{ readonly head: Head; readonly events: readonly LoggedEvent[] } | undefined> => {
  const { rows } = await sql<Row & { head_seq: number; head_hash: string; head_at: Head['at'] }>`/* prepared */
    with head as materialized (select seq, hash, at from log.head where stream = ${stream} and kind = ${kind} for update)
    select h.seq as head_seq, encode(h.hash, 'hex') as head_hash, h.at as head_at, ${COLUMNS}
      from head h cross join log.event e where e.kind = ${kind} and e.stream = ${stream} order by e.seq`.execute(db)
  const newest = rows.at(-1)
  if (newest === undefined) return undefined
  const head: Head = { kind, seq: newest.head_seq, hash: newest.head_hash, at: newest.head_at }
  return { head, events: newest.seq === head.seq ? rows.map(loggedOf) : await readStream(db, kind, stream) }
}

/**
 * Of some hundred streams those that nobody else has locked, with their heads locked until the end of the transaction. Two round trips: the events are read
 * after the lock was taken, so none is missing.
 */
export const readFree = async (db: Db, kind: StreamKind, streams: readonly Uuid[]): Promise<ReadonlyMap<Uuid, readonly LoggedEvent[]>> => {
  const free = await sql<{ stream: Uuid }>`/* prepared */
    select stream from log.head where stream = any(${streams}::uuid[]) and kind = ${kind} order by stream for update skip locked`.execute(db)
  const { rows } = await sql<Row>`/* prepared */
    select ${COLUMNS}
      from log.event e where e.kind = ${kind} and e.stream = any(${free.rows.map((row) => row.stream)}::uuid[]) order by e.stream, e.seq`.execute(db)
  return Map.groupBy(rows.map(loggedOf), (event) => event.stream)
}
