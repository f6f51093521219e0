/** Reading the log in order, each reader from its own checkpoint (decision 1). */
import type { Json } from '#kernel/digest.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '../ctx.ts'
import { type Db, inTx, sql } from '../db/db.ts'
import { putPrivate } from './private.ts'
import type { LoggedEvent } from './read-stream.ts'

/** An event as a subscription gets it; `id` grows within a stream, and says nothing across streams. */
export type DeliveredEvent = LoggedEvent & { readonly id: number }

/**
 * A reader of the log. `handle` gets events in the order of `(epoch, xid, id)`: within a stream that is the order of `seq`; across streams
 * an event may come before one that it answers. It writes its rows in the same transaction that moves the checkpoint, from the events alone
 * (`event.at`, never `ctx.now`) and so that a second delivery changes nothing.
 */
export type Subscription = {
  readonly name: string
  /** Events a transaction; 500 unless told. */
  readonly batchSize?: number
  /** Put the personal values back into `data`. Without it they stay `{ $private: digest }`. */
  readonly withPrivate?: boolean
  readonly handle: (ctx: Ctx, events: readonly DeliveredEvent[]) => Promise<void>
  /** Empties the read model, so that it can be built from zero. */
  readonly reset?: (ctx: Ctx) => Promise<void>
}

/** Any number that only this program uses: the first half of a lock whose second half is the subscription's name. */
const SUBSCRIPTION_LOCK = 70_210_002

type Position = { readonly epoch: number; readonly xid: string; readonly id: number }

const START: Position = { epoch: 0, xid: '0', id: 0 }

/**
 * Handles one batch and moves the checkpoint, in one transaction.
 * @returns the number of events handled; 'busy' when another process is at it
 */
export const runBatch = (ctx: Ctx, subscription: Subscription): Promise<number | 'busy'> =>
  inTx(ctx, async (ctx) => {
    const locking = sql<{ mine: boolean }>`/* prepared */
      select pg_try_advisory_xact_lock(${SUBSCRIPTION_LOCK}::int, hashtext(${subscription.name})) as mine`.execute(ctx.db)
    const reading = sql<Position>`/* prepared */
      select epoch, xid::text as xid, id from log.checkpoint where subscription = ${subscription.name}`.execute(ctx.db)
    const [lock, { rows }] = await Promise.all([locking, reading])
    if (lock.rows[0]?.mine !== true) return 'busy'
    const read = await readAfter(ctx.db, rows[0] ?? START, subscription.batchSize ?? 500, subscription.withPrivate === true)
    const last = read.at(-1)
    if (last === undefined) return 0
    await subscription.handle(ctx, read.map((row) => row.event))
    await moveCheckpoint(ctx.db, subscription.name, last.position)
    return read.length
  })

type Row = LoggedEvent & Position & { readonly secrets: Record<string, Json> | null }

/** Never past the oldest transaction still running: what it will write belongs before what others have written since. */
const readAfter = async (db: Db, after: Position, limit: number, withPrivate: boolean) => {
  const secrets = withPrivate
    ? sql`(select jsonb_object_agg(p.path, p.value) from log.private p where p.kind = e.kind and p.stream = e.stream and p.seq = e.seq)`
    : sql`null::jsonb`
  // The limit stands in the text: with the one plan for any limit the server would expect a tenth of the log.
  const { rows } = await sql<Row>`/* prepared */
    select e.kind, e.stream, e.seq, e.type, e.v, e.at, e.actor, e.data, e.epoch, e.xid::text as xid, e.id, ${secrets} as secrets
      from log.event e
     where (e.epoch, e.xid, e.id) > (${after.epoch}::int, ${after.xid}::xid8, ${after.id}::bigint)
       and (e.epoch < (select log.current_epoch()) or e.xid < (select pg_snapshot_xmin(pg_current_snapshot())))
     order by e.epoch, e.xid, e.id limit ${sql.raw(String(limit))}`.execute(db)
  return rows.map(({ epoch, xid, secrets, ...event }) => ({
    position: { epoch, xid, id: event.id },
    event: withPrivate ? { ...event, data: putPrivate(event.data, new Map(Object.entries(secrets ?? {}))) } : event,
  }))
}

/** Those of them that have something to read which no open transaction holds back: one question for all. */
export const withNews = async (db: Db, names: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ name: string }>`/* prepared */
    select n.name from unnest(${names}::text[]) n(name) left join log.checkpoint c on c.subscription = n.name
     cross join lateral (
       select from log.event e
        where (e.epoch, e.xid, e.id) > (coalesce(c.epoch, 0), coalesce(c.xid, '0'::xid8), coalesce(c.id, 0))
          and (e.epoch < (select log.current_epoch()) or e.xid < (select pg_snapshot_xmin(pg_current_snapshot())))
        order by e.epoch, e.xid, e.id limit 1) news`.execute(db)
  return new Set(rows.map((row) => row.name))
}

const moveCheckpoint = (db: Db, name: string, to: Position) =>
  sql`/* prepared */ insert into log.checkpoint (subscription, epoch, xid, id, at)
      values (${name}, ${to.epoch}::int, ${to.xid}::xid8, ${to.id}::bigint, clock_timestamp())
      on conflict (subscription) do update set epoch = excluded.epoch, xid = excluded.xid, id = excluded.id, at = excluded.at`.execute(db)

/** Everything before this is settled: no transaction that is still open can add to it. */
export const horizonOf = async (db: Db): Promise<{ readonly epoch: number; readonly xid: string }> => {
  const { rows } = await sql<{ epoch: number; xid: string }>`
    select log.current_epoch() as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
  const found = rows[0]
  if (found === undefined) throw new Error('the log has no epoch')
  return found
}

/**
 * Moves a subscription past what it would read without any effect, or what was put into its read model by other means: a history of millions of events.
 * @param horizon all before it counts as read
 */
export const passOver = (ctx: Ctx, subscription: Pick<Subscription, 'name'>, horizon: { readonly epoch: number; readonly xid: string }): Promise<void> =>
  inTx(ctx, async (ctx) => {
    await sql`select pg_advisory_xact_lock(${SUBSCRIPTION_LOCK}::int, hashtext(${subscription.name}))`.execute(ctx.db)
    // Ids begin at 1: nothing of the horizon's own transaction is passed over.
    await sql`
      insert into log.checkpoint (subscription, epoch, xid, id, at) values (${subscription.name}, ${horizon.epoch}::int, ${horizon.xid}::xid8, 0, clock_timestamp())
      on conflict (subscription) do update set epoch = excluded.epoch, xid = excluded.xid, id = 0, at = excluded.at
        where (checkpoint.epoch, checkpoint.xid) < (excluded.epoch, excluded.xid)`.execute(ctx.db)
  })

export type Lag = {
  readonly name: string
  /** Events not yet handled, held-back ones included; counted up to `LAG_LIMIT`. */
  readonly unread: number
  /** Moment of the oldest of them. */
  readonly oldestAt: Instant | null
  /** When the checkpoint moved last; null before the first batch. */
  readonly movedAt: Instant | null
}

/** Nobody needs to know how far behind beyond this; counting on would cost more than reading. */
const LAG_LIMIT = 10_001

/** How far each subscription is behind: for `/metrics`, `/readyz` and the administrator. */
export const readLags = async (db: Db, names: readonly string[]): Promise<readonly Lag[]> => {
  const lags: Lag[] = []
  for (const name of names) {
    const { rows } = await sql<Omit<Lag, 'name'>>`
      with c as (select epoch, xid, id, at from log.checkpoint where subscription = ${name}),
           unread as materialized (
             select e.at from log.event e
              where (e.epoch, e.xid, e.id) > (coalesce((select epoch from c), 0), coalesce((select xid from c), '0'::xid8), coalesce((select id from c), 0))
              order by e.epoch, e.xid, e.id limit ${LAG_LIMIT})
      select count(*)::int as unread, min(at) as "oldestAt", (select at from c) as "movedAt" from unread`.execute(db)
    const row = rows[0]
    if (row !== undefined) lags.push({ name, ...row })
  }
  return lags
}

/**
 * Runs a subscription until nothing is left to read, waiting for transactions that are still open: for seeding, replay and tests.
 * @returns the number of events handled here
 * @throws Error when events are still held back after `patienceMs`
 */
export const catchUp = async (ctx: Ctx, subscription: Subscription, patienceMs = 15_000): Promise<number> => {
  let total = 0
  let idleSince: number | undefined
  for (;;) {
    const handled = await runBatch(ctx, subscription)
    if (handled !== 'busy' && handled > 0) {
      total += handled
      idleSince = undefined
      continue
    }
    const [lag] = await readLags(ctx.db, [subscription.name])
    if (lag?.unread === 0) return total
    idleSince ??= performance.now()
    if (performance.now() - idleSince > patienceMs) throw new Error(`${subscription.name}: ${lag?.unread} events held back by an open transaction`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/**
 * Builds a read model again from the first event. Until it is done, its readers see it growing.
 * @throws Error for a subscription that does not know how to empty its read model
 */
export const replay = async (ctx: Ctx, subscription: Subscription): Promise<number> => {
  const { reset } = subscription
  if (reset === undefined) throw new Error(`${subscription.name} cannot be replayed: it has no reset`)
  await inTx(ctx, async (ctx) => {
    await sql`select pg_advisory_xact_lock(${SUBSCRIPTION_LOCK}::int, hashtext(${subscription.name}))`.execute(ctx.db)
    await reset(ctx)
    await sql`delete from log.checkpoint where subscription = ${subscription.name}`.execute(ctx.db)
  })
  return catchUp(ctx, subscription)
}
