import { randomBytes } from 'node:crypto'
import { type Json, canonical, sha256 } from '#kernel/digest.ts'
import { Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Actor, Ctx } from '../ctx.ts'
import { sql } from '../db/db.ts'
import { type EventData, takePrivate } from './private.ts'

export type StreamKind = 'dossier' | 'other'

/** An event to append. Personal values inside `data` are wrapped by `personal(…)`; everything else is ids, codes, dates, amounts. */
export type NewEvent = { readonly type: string; readonly v?: number; readonly data: EventData }

/** An event as it is stored: `data` holds digests where personal values were. */
export type StoredEvent = {
  readonly kind: StreamKind
  readonly stream: Uuid
  readonly seq: number
  readonly type: string
  readonly v: number
  readonly at: Instant
  readonly actor: Json
  readonly data: Json
  readonly prev: Buffer
  readonly hash: Buffer
}

export const NO_HASH = Buffer.alloc(32)

export const actorJson = (actor: Actor, postId?: Uuid): Json => {
  if (actor.kind === 'person') return postId === undefined ? { person: actor.personId } : { person: actor.personId, post: postId }
  return actor.kind === 'system' ? { system: actor.job } : { anonymous: true }
}

/** Decision 6: SHA-256 over the canonical stored form, the previous hash included; `id`, `epoch` and `xid` are outside. */
export const eventHash = (event: Omit<StoredEvent, 'hash'>): Buffer =>
  sha256(
    canonical({
      kind: event.kind,
      stream: event.stream,
      seq: event.seq,
      type: event.type,
      v: event.v,
      at: event.at,
      actor: event.actor,
      data: event.data,
      prev: event.prev.toString('hex'),
    }),
  )

export type AppendOptions = {
  /** Fails with `Stale` when the stream has moved on. 0 = the stream must be new, which also saves a round trip. */
  readonly expectedSeq?: number
  /** The post in which the actor acts. */
  readonly postId?: Uuid
}

type Head = { readonly seq: number; readonly hash: Buffer; readonly at: Instant }

/**
 * Appends to one stream inside the caller's transaction, locking its head. Moments never run backwards in a stream: `at` = max(now, the head's).
 * @returns the events as stored, in order
 * @throws Stale see `expectedSeq`
 */
export const append = async (
  ctx: Ctx,
  kind: StreamKind,
  stream: Uuid,
  events: readonly NewEvent[],
  options: AppendOptions = {},
): Promise<readonly StoredEvent[]> => {
  if (!ctx.db.isTransaction) throw new Error('append outside a transaction')
  const isNew = options.expectedSeq === 0
  const head = isNew ? { seq: 0, hash: NO_HASH, at: ctx.now } : await lockHead(ctx, kind, stream)
  if (options.expectedSeq !== undefined && options.expectedSeq !== head.seq) throw new Stale(`stream ${stream}`)

  const { stored, secrets } = chain(ctx, kind, stream, events, head, actorJson(ctx.actor, options.postId))
  const last = stored.at(-1)
  if (last === undefined) return []
  const rows = JSON.stringify(
    stored.map((e) => ({ seq: e.seq, type: e.type, v: e.v, data: e.data, prev: e.prev.toString('hex'), hash: e.hash.toString('hex') })),
  )
  const at = new Date(last.at).toISOString()
  const written = await sql<{ heads: number }>`
    with put as (
      insert into log.event (kind, stream, seq, type, v, at, actor, data, prev, hash)
      select ${kind}::text, ${stream}::uuid, (e->>'seq')::int, e->>'type', (e->>'v')::smallint, ${at}::timestamptz, ${JSON.stringify(last.actor)}::jsonb, e->'data',
             decode(e->>'prev', 'hex'), decode(e->>'hash', 'hex')
        from jsonb_array_elements(${rows}::jsonb) e order by (e->>'seq')::int),
    hide as (
      insert into log.private (kind, stream, seq, path, salt, value)
      select ${kind}::text, ${stream}::uuid, (p->>'seq')::int, p->>'path', decode(p->>'salt', 'hex'), p->'value'
        from jsonb_array_elements(${JSON.stringify(secrets)}::jsonb) p),
    head as (
      insert into log.head (stream, kind, seq, hash, at) values (${stream}::uuid, ${kind}, ${last.seq}::int, ${last.hash}, ${at}::timestamptz)
      on conflict (stream) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at where log.head.seq = ${head.seq}::int
      returning 1)
    select count(*)::int as heads from head`.execute(ctx.db)
  if (written.rows[0]?.heads !== 1) throw new Stale(`stream ${stream}`)
  return stored
}

const lockHead = async (ctx: Ctx, kind: StreamKind, stream: Uuid): Promise<Head> => {
  const { rows } = await sql<Head>`select seq, hash, at from log.head where stream = ${stream} and kind = ${kind} for update`.execute(ctx.db)
  return rows[0] ?? { seq: 0, hash: NO_HASH, at: ctx.now }
}

type Secret = { readonly seq: number; readonly path: string; readonly salt: string; readonly value: Json }

const chain = (ctx: Ctx, kind: StreamKind, stream: Uuid, events: readonly NewEvent[], head: Head, actor: Json) => {
  const at = Math.max(ctx.now, head.at) as Instant
  const secrets: Secret[] = []
  const stored: StoredEvent[] = []
  let prev = head.hash
  for (const [i, event] of events.entries()) {
    const seq = head.seq + 1 + i
    const { data, secrets: found } = takePrivate(event.data, () => randomBytes(16))
    for (const s of found) secrets.push({ seq, path: s.path, salt: s.salt.toString('hex'), value: s.value })
    const form = { kind, stream, seq, type: event.type, v: event.v ?? 1, at, actor, data, prev }
    const hash = eventHash(form)
    stored.push({ ...form, hash })
    prev = hash
  }
  return { stored, secrets }
}
