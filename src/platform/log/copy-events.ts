/** Events in bulk: the same rows as `append` writes event by event, for streams that are all new. For a history that is written at once. */
import type pg from 'pg'
import type { Instant } from '#kernel/plain-date.ts'
import type { Actor } from '../ctx.ts'
import { copyLine, copyTable, flushCopy } from '../db/copy-rows.ts'
import { type Salt, type Secret, type StreamEvents, chain } from './chain.ts'
import type { StoredEvent } from './event-hash.ts'

const EVENT = ['kind', 'stream', 'seq', 'epoch', 'xid', 'type', 'v', 'at', 'actor', 'data', 'prev', 'hash']
const HEAD = ['stream', 'kind', 'seq', 'hash', 'at', 'epoch', 'xid']
const PRIVATE = ['kind', 'stream', 'seq', 'path', 'salt', 'value']

export type EventCopy = {
  /** @returns the events as they will stand */
  readonly add: (given: StreamEvents) => readonly StoredEvent[]
  /** Sends what was added. A stream that exists already is an error of the database: nothing is written twice. */
  readonly flush: () => Promise<void>
}

/** Good for one transaction of the client, in which it is begun. @param by whose events they are where they do not say */
export const copyEvents = async (client: pg.ClientBase, by: { readonly now: Instant; readonly actor: Actor }, salt: Salt): Promise<EventCopy> => {
  const { rows } = await client.query<{ epoch: number; xid: string }>('select log.current_epoch() as epoch, pg_current_xact_id()::text as xid')
  const { epoch, xid } = rows[0] ?? { epoch: 0, xid: '0' }
  const [event, hidden, head] = [copyTable('log.event', EVENT), copyTable('log.private', PRIVATE), copyTable('log.head', HEAD)]
  const iso = (at: Instant) => new Date(at).toISOString()
  return {
    add: (given) => {
      const secrets: Secret[] = []
      const stored = chain(by, given, undefined, salt, secrets)
      const last = stored.at(-1)
      if (last === undefined) return stored
      for (const e of stored) event.lines.push(copyLine([e.kind, e.stream, e.seq, epoch, xid, e.type, e.v, iso(e.at), JSON.stringify(e.actor), e.canonicalData, e.prev, e.hash]))
      // As JSON text, also where the value is a plain string.
      for (const s of secrets) hidden.lines.push(copyLine([s.kind, s.stream, s.seq, s.path, s.salt, JSON.stringify(s.value)]))
      head.lines.push(copyLine([last.stream, last.kind, last.seq, last.hash, iso(last.at), epoch, xid]))
      return stored
    },
    flush: async () => {
      // The heads first: a stream that is there already fails before anything else is sent.
      for (const table of [head, event, hidden]) await flushCopy(client, table)
    },
  }
}
