import { type Json, canonical, sha256Hex } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'

export type StreamKind = 'dossier' | 'other'

/** An event as it is stored: `data` holds digests where personal values were. */
export type StoredEvent = {
  readonly kind: StreamKind
  readonly stream: Uuid
  /** 1, 2, 3 … within the stream. */
  readonly seq: number
  readonly type: string
  readonly v: number
  readonly at: Instant
  readonly actor: Json
  readonly data: Json
  readonly prev: Buffer
  readonly hash: Buffer
}

/** What stands before the first event of a stream and before the first seal. */
export const NO_HASH = Buffer.alloc(32)

/** What an event is hashed from: `actor` and `data` as canonical JSON, `prev` in hexadecimal digits. */
export type HashedForm = Omit<StoredEvent, 'actor' | 'data' | 'prev' | 'hash'> & { readonly actor: string; readonly data: string; readonly prev: string }

/**
 * Decision 6: SHA-256 over the canonical stored form, the previous hash included; `id`, `epoch` and `xid` are outside. The canonical form of the whole
 * is written here member by member, in the order of their names.
 * @returns hexadecimal digits
 */
export const hashOfForm = ({ actor, at, data, kind, prev, seq, stream, type, v }: HashedForm): string => {
  if (!Number.isSafeInteger(at)) throw new TypeError(`not a safe integer: ${at}`)
  return sha256Hex(`{"actor":${actor},"at":${at},"data":${data},"kind":"${kind}","prev":"${prev}","seq":${seq},"stream":"${stream}","type":${canonical(type)},"v":${v}}`)
}

/** Of an event as it stands in the log. */
export const eventHash = (event: Omit<StoredEvent, 'hash'>): Buffer =>
  Buffer.from(hashOfForm({ ...event, actor: canonical(event.actor), data: canonical(event.data), prev: event.prev.toString('hex') }), 'hex')
