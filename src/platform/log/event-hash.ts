import { type Json, canonical, sha256 } from '#kernel/digest.ts'
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

/**
 * Decision 6: SHA-256 over the canonical stored form, the previous hash included; `id`, `epoch` and `xid` are outside. The canonical form of the whole
 * is written here member by member, in the order of their names.
 * @param data canonical, where the caller has it already
 */
export const eventHash = (event: Omit<StoredEvent, 'hash'>, data: string = canonical(event.data)): Buffer => {
  const { actor, at, kind, prev, seq, stream, type, v } = event
  if (!Number.isSafeInteger(at)) throw new TypeError(`not a safe integer: ${at}`)
  return sha256(
    `{"actor":${canonical(actor)},"at":${at},"data":${data},"kind":"${kind}","prev":"${prev.toString('hex')}","seq":${seq},"stream":"${stream}","type":${canonical(type)},"v":${v}}`,
  )
}
