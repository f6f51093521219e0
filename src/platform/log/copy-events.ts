/** Events in bulk: the same rows as `append` writes event by event, for streams that are all new. For a history that is written at once. */
import type pg from 'pg'
import type { Instant } from '#kernel/plain-date.ts'
import type { Actor } from '../ctx.ts'
import { openCopy } from '../db/copy-rows.ts'
import { type ChainedEvent, type Salt, type Secret, type StreamEvents, chain } from './chain.ts'
import type { EventData } from './private.ts'
import type { DeliveredEvent } from './subscriptions.ts'

const EVENT = ['kind', 'stream', 'seq', 'id', 'epoch', 'xid', 'type', 'v', 'at', 'actor', 'data', 'prev', 'hash']
const HEAD = ['stream', 'kind', 'seq', 'hash', 'at', 'epoch', 'xid']
const PRIVATE = ['kind', 'stream', 'seq', 'path', 'salt', 'value']

/** An event as it is told to those who read along. */
export type CopiedEvent = Pick<DeliveredEvent, 'id' | 'kind' | 'stream' | 'seq' | 'type' | 'at' | 'actor'> & { readonly data: EventData }

/** Writes beside the events, in their transactions, what its subscription would make of them later. */
export type ReadAlong = { readonly add: (event: CopiedEvent) => void; readonly flush: () => Promise<void> }
export type OpenReadAlong = (client: pg.ClientBase) => Promise<ReadAlong>

export type EventCopy = {
  /** First in each transaction of the client. @param atMost so many events will be added @returns the transaction's number */
  readonly begin: (atMost: number) => Promise<string>
  /** @returns the events as they will stand */
  readonly add: (given: StreamEvents) => readonly ChainedEvent[]
  /** Sends what was added. A stream that exists already is an error of the database: nothing is written twice. */
  readonly flush: () => Promise<void>
}

/** @param by whose events they are where they do not say */
export const copyEvents = async (client: pg.ClientBase, by: { readonly now: Instant; readonly actor: Actor }, salt: Salt, alongside: readonly OpenReadAlong[] = []): Promise<EventCopy> => {
  const [head, event, hidden] = [await openCopy(client, 'log.head', HEAD), await openCopy(client, 'log.event', EVENT), await openCopy(client, 'log.private', PRIVATE)]
  const readers: ReadAlong[] = []
  for (const open of alongside) readers.push(await open(client))
  let [epoch, xid] = [0, '0']
  const ids = stock()
  return {
    begin: async (atMost) => {
      const { rows } = await client.query<{ epoch: number; xid: string }>('select log.current_epoch() as epoch, pg_current_xact_id()::text as xid')
      ;({ epoch, xid } = rows[0] ?? { epoch, xid })
      await ids.fill(client, atMost)
      return xid
    },
    add: (given) => {
      const secrets: Secret[] = []
      const stored = chain(by, given, undefined, salt, secrets)
      const last = stored.at(-1)
      if (last === undefined) return stored
      for (const [i, e] of stored.entries()) {
        const id = ids.take()
        event.add([e.kind, e.stream, e.seq, id, epoch, xid, e.type, e.v, e.at, e.actor, e.data, e.prev, e.hash])
        for (const reader of readers) reader.add({ id, kind: e.kind, stream: e.stream, seq: e.seq, type: e.type, at: e.at, actor: e.by, data: given.events[i]?.data ?? {} })
      }
      for (const s of secrets) hidden.add([s.kind, s.stream, s.seq, s.path, s.salt, s.text])
      head.add([last.stream, last.kind, last.seq, last.hash, last.at, epoch, xid])
      return stored
    },
    flush: async () => {
      // The heads first: a stream that is there already fails before anything else is sent.
      for (const table of [head, event, hidden, ...readers]) await table.flush()
    },
  }
}

/** Numbers of events, taken from the log's own sequence before they are needed; what is left over is for the next transaction. */
const stock = () => {
  let [ids, next]: [readonly string[], number] = [[], 0]
  return {
    fill: async (client: pg.ClientBase, wanted: number): Promise<void> => {
      const left = ids.slice(next)
      const { rows } = await client.query<{ ids: string | null }>(
        `select string_agg(nextval(s.id)::text, ' ') as ids from (select pg_get_serial_sequence('log.event', 'id')::regclass as id offset 0) s, generate_series(1, $1::int)`,
        [Math.max(0, wanted - left.length)],
      )
      ids = [...left, ...(rows[0]?.ids?.split(' ') ?? [])]
      next = 0
    },
    take: (): number => {
      const id = ids[next]
      if (id === undefined) throw new RangeError('more events than were announced')
      next += 1
      return Number(id)
    },
  }
}
