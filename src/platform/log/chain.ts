/** PURE. New events of one stream become stored ones: numbered, chained, personal values taken out. One by one or by the million, it is done here. */
import { type Json, canonical } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Actor } from '../ctx.ts'
import { type HashedForm, type StreamKind, hashOfForm } from './event-hash.ts'
import { type EventData, takePrivate } from './private.ts'

/** An event to append. Personal values inside `data` are wrapped by `personal(…)`; everything else is ids, codes, dates, amounts. */
export type NewEvent = { readonly type: string; readonly v?: number; readonly data: EventData }

/** An event of a history that is written at once: with its own moment and actor instead of ctx's. */
export type PastEvent = NewEvent & { readonly at?: Instant; readonly actor?: Actor; readonly postId?: Uuid }

/** 16 bytes that make the digest of one personal value unguessable. */
export type Salt = (stream: Uuid, seq: number, path: string) => Buffer

export type StreamEvents = { readonly kind: StreamKind; readonly stream: Uuid; readonly events: readonly PastEvent[] }

/** Where a stream stands. `hash` in hexadecimal digits. */
export type Head = { readonly kind: StreamKind; readonly seq: number; readonly hash: string; readonly at: Instant }
/** `text`: the value as canonical JSON. */
export type Secret = { readonly kind: StreamKind; readonly stream: Uuid; readonly seq: number; readonly path: string; readonly salt: Buffer; readonly text: string }

const NO_HASH = '0'.repeat(64)

const actorJson = (actor: Actor, postId?: Uuid): Json => {
  if (actor.kind === 'person') {
    if (postId === undefined) return { person: actor.personId }
    // In a post that is another's: by which delegation stands beside it, for good.
    const delegation = actor.posts.find((held) => held.postId === postId)?.delegated?.delegationId
    return { person: actor.personId, post: postId, ...(delegation !== undefined && { delegation }) }
  }
  return actor.kind === 'system' ? { system: actor.job } : { anonymous: true }
}

/** As it will be stored, with what was needed for its hash: `actor` (which is `by`) and `data` as canonical JSON, `prev` and `hash` in hexadecimal digits. */
export type ChainedEvent = HashedForm & { readonly hash: string; readonly by: Json }

/** Moments never run backwards in a stream: `at` = max(the event's or `now`, the head's). @param secrets gets the personal values */
export const chain = (
  { now, actor }: { readonly now: Instant; readonly actor: Actor },
  given: StreamEvents,
  head: Head | undefined,
  salt: Salt,
  secrets: Secret[],
): readonly ChainedEvent[] => {
  const { kind, stream } = given
  let at = head?.at ?? Number.NEGATIVE_INFINITY
  let seq = head?.seq ?? 0
  let prev = head?.hash ?? NO_HASH
  return given.events.map((event) => {
    seq += 1
    at = Math.max(event.at ?? now, at)
    const taken = takePrivate(event.data, (path) => salt(stream, seq, path))
    for (const s of taken.secrets) secrets.push({ kind, stream, seq, path: s.path, salt: s.salt, text: s.text })
    const by = actorJson(event.actor ?? actor, event.postId)
    const form: HashedForm = { kind, stream, seq, type: event.type, v: event.v ?? 1, at: at as Instant, actor: canonical(by), data: taken.text, prev }
    prev = hashOfForm(form)
    return { ...form, hash: prev, by }
  })
}
