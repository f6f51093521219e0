import type { Json } from '#kernel/digest.ts'
import { Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { chanceBytes } from '../chance.ts'
import type { Ctx } from '../ctx.ts'
import { sql } from '../db/db.ts'
import { type ChainedEvent, type Head, type NewEvent, type Salt, type Secret, type StreamEvents, chain } from './chain.ts'
import type { StreamKind } from './event-hash.ts'

export type { Head, NewEvent, PastEvent, Salt, StreamEvents } from './chain.ts'

export type AppendOptions = {
  /** Fails with `Stale` when the stream has moved on. 0 = the stream must be new, which also saves a round trip. */
  readonly expectedSeq?: number
  /** The post in which the actor acts. */
  readonly postId?: Uuid
  /** Chance, unless a seed wants the same bytes every time. */
  readonly salt?: Salt
}

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
): Promise<readonly ChainedEvent[]> => {
  const { expectedSeq } = options
  const head = expectedSeq === 0 ? undefined : (await lockHeads(ctx, [stream])).get(stream)
  if (expectedSeq !== undefined && expectedSeq !== (head?.seq ?? 0)) throw new Stale(`stream ${stream}`)
  const { stored, written } = appendTo(ctx, head, kind, stream, events, options)
  await written
  return stored
}

/**
 * `append` to a stream that is new (no head), or whose head the transaction has locked (`readForUpdate`): the events are known at once, while the
 * statement that writes them is under way. The caller awaits `written` before its transaction ends.
 */
export const appendTo = (
  ctx: Ctx,
  head: Head | undefined,
  kind: StreamKind,
  stream: Uuid,
  events: readonly NewEvent[],
  { postId, salt }: Omit<AppendOptions, 'expectedSeq'> = {},
): { readonly stored: readonly ChainedEvent[]; readonly written: Promise<unknown> } =>
  write(ctx, [{ kind, stream, events: postId === undefined ? events : events.map((event) => ({ ...event, postId })) }], new Map(head === undefined ? [] : [[stream, head]]), salt ?? randomSalt)

/**
 * Appends to many streams, each named once, in one statement: the same rows as `append` event by event. Up to some thousand events at a time.
 * @param options `fresh`: all streams are new, which saves the locking of heads (and is checked)
 * @throws Stale when someone else wrote to one of the streams
 */
export const appendMany = async (
  ctx: Ctx,
  streams: readonly StreamEvents[],
  options: { readonly fresh?: boolean; readonly salt?: Salt } = {},
): Promise<readonly ChainedEvent[]> => {
  const heads = options.fresh === true ? new Map<Uuid, Head>() : await lockHeads(ctx, streams.map((s) => s.stream))
  const { stored, written } = write(ctx, streams, heads, options.salt ?? randomSalt)
  await written
  return stored
}

let appendedAt = Number.NEGATIVE_INFINITY
/** Whether this process has sent events to the log within so many milliseconds: a request that ends now may have left something to read. */
export const appendedWithin = (ms: number): boolean => performance.now() - appendedAt < ms

const randomSalt: Salt = () => chanceBytes(16)

/** In the order of streams, so that two writers of the same streams cannot wait for each other. */
const lockHeads = async (ctx: Ctx, streams: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Head>> => {
  const { rows } = await sql<Head & { stream: Uuid }>`/* prepared */
    select stream, kind, seq, encode(hash, 'hex') as hash, at from log.head where stream = any(${streams}::uuid[]) order by stream for update`.execute(ctx.db)
  return new Map(rows.map((row) => [row.stream, row]))
}

const write = (ctx: Ctx, streams: readonly StreamEvents[], heads: ReadonlyMap<Uuid, Head>, salt: Salt): { readonly stored: readonly ChainedEvent[]; readonly written: Promise<unknown> } => {
  if (!ctx.db.isTransaction) throw new Error('append outside a transaction')
  const stored: ChainedEvent[] = []
  const secrets: Secret[] = []
  const moves: Json[] = []
  appendedAt = performance.now()
  for (const given of streams) {
    const head = heads.get(given.stream)
    if (head !== undefined && head.kind !== given.kind) throw new Error(`stream ${given.stream} is of kind ${head.kind}`)
    const chained = chain(ctx, given, head, salt, secrets)
    const last = chained.at(-1)
    if (last === undefined) continue
    stored.push(...chained)
    moves.push({ stream: last.stream, kind: last.kind, was: head?.seq ?? 0, seq: last.seq, hash: last.hash, at: isoUtc(last.at) })
  }
  return { stored, written: stored.length === 0 ? Promise.resolve() : writeChained(ctx, stored, secrets, moves) }
}

const writeChained = async (ctx: Ctx, stored: readonly ChainedEvent[], secrets: readonly Secret[], moves: readonly Json[]): Promise<void> => {
  // JSON texts go into the statement as they are: they were written once, for the hash.
  const hidden = secrets.map((s) => `{"kind":"${s.kind}","stream":"${s.stream}","seq":${s.seq},"path":${JSON.stringify(s.path)},"salt":"${s.salt.toString('hex')}","value":${s.text}}`)
  const rows = stored.map(
    (e, n) =>
      `{"n":${n},"kind":"${e.kind}","stream":"${e.stream}","seq":${e.seq},"type":${JSON.stringify(e.type)},"v":${e.v},"at":"${isoUtc(e.at)}","actor":${e.actor},"data":${e.data},"prev":"${e.prev}","hash":"${e.hash}"}`,
  )
  const written = await sql<{ heads: number }>`/* prepared */
    with move as (
      select * from json_to_recordset(${JSON.stringify(moves)}::json) as m(stream uuid, kind text, was int, seq int, hash text, at timestamptz)),
    founded as (
      insert into log.head (stream, kind, seq, hash, at, epoch, xid)
      select stream, kind, seq, decode(hash, 'hex'), at, (select log.current_epoch()), pg_current_xact_id() from move where was = 0 order by stream
      on conflict (stream) do nothing returning stream, epoch, xid),
    moved as (
      update log.head h set seq = m.seq, hash = decode(m.hash, 'hex'), at = m.at, epoch = c.epoch,
             xid = case when h.epoch = c.epoch then greatest(h.xid, pg_current_xact_id()) else pg_current_xact_id() end
        from move m, (select log.current_epoch() as epoch) c where m.was > 0 and h.stream = m.stream and h.seq = m.was
      returning h.stream, h.epoch, h.xid),
    head as (select * from founded union all select * from moved),
    put as (
      insert into log.event (kind, stream, seq, epoch, xid, type, v, at, actor, data, prev, hash)
      select e.kind, e.stream, e.seq, head.epoch, head.xid, e.type, e.v, e.at, e.actor, e.data, decode(e.prev, 'hex'), decode(e.hash, 'hex')
        from json_to_recordset(${`[${rows.join(',')}]`}::json)
             as e(n int, kind text, stream uuid, seq int, type text, v smallint, at timestamptz, actor jsonb, data jsonb, prev text, hash text)
        join head on head.stream = e.stream order by e.n),
    hide as (
      insert into log.private (kind, stream, seq, path, salt, value)
      select p.kind, p.stream, p.seq, p.path, decode(p.salt, 'hex'), p.value
        from json_to_recordset(${`[${hidden.join(',')}]`}::json) as p(kind text, stream uuid, seq int, path text, salt text, value jsonb)
        join head on head.stream = p.stream)
    select count(*)::int as heads from head`.execute(ctx.db)
  // A stream whose head moved meanwhile is missing from `head`, and with it its events: nothing half-written, no broken key.
  if (written.rows[0]?.heads !== moves.length) throw new Stale(moves.length === 1 ? `stream ${stored[0]?.stream}` : 'one of many streams')
}

const isoUtc = (at: Instant): string => new Date(at).toISOString()
