/**
 * Sealing the log (decision 7). A seal covers the events with `(epoch, xid)` below the oldest transaction that was still running: no later
 * commit can add to them, and by record 0002 they are a whole beginning of every stream. So nothing needs to be locked and nothing is
 * sealed half. `verify` finds the same events again by the same bound, however much was appended since.
 */
import { canonical, sha256Hex } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '../ctx.ts'
import { type Db, inTx, sql } from '../db/db.ts'
import { NO_HASH, type StreamKind } from './event-hash.ts'
import { merkleTree } from './merkle.ts'
import { type HeadsFile, TRAIL_DIGITS, confirmSealFiles, openHeadsFile, settlePendingFiles, writePendingSeal } from './seal-files.ts'

/** Digests in hexadecimal, `at` in ISO 8601 (UTC), `xid` as text because it has 64 bits. */
export type Seal = {
  readonly n: number
  readonly at: string
  readonly epoch: number
  readonly xid: string
  readonly streams: number
  readonly events: number
  /** Merkle root over the last sealed event of every stream, ordered by stream. */
  readonly root: string
  readonly changed: number
  /** The same over the streams that moved since the seal before: so each seal can be checked from the events, also the old ones. */
  readonly changes: string
  readonly prev: string
  readonly hash: string
}

/** A leaf of the tree: what a stream had come to. */
export const leafOf = (stream: string, seq: number, hash: string): string => `${stream} ${seq} ${hash}`

/** Over everything but itself; `prev` chains it to the seal before. */
export const sealHash = (s: Omit<Seal, 'hash'>): string =>
  sha256Hex(
    canonical({ n: s.n, at: s.at, epoch: s.epoch, xid: s.xid, streams: s.streams, events: s.events, root: s.root, changed: s.changed, changes: s.changes, prev: s.prev }),
  )

/** Any number that only this program uses: one seal at a time. */
const SEAL_LOCK = 70_210_003

/** Streams a query. */
const PAGE = 2_000

export type SealOptions = {
  readonly sealsDir: string
  /** How long to wait for transactions that are open at the start, so that what was answered before is sealed; 6 s unless told (decision 3: none is longer than 5 s). */
  readonly patienceMs?: number
}

/** Seals everything committed, writes the row and the files, and returns the seal. */
export const sealLog = async (ctx: Ctx, options: SealOptions): Promise<Seal> => {
  await waitForOpenTransactions(ctx.db, options.patienceMs ?? 6_000)
  const seal = await inTx(ctx, async (ctx) => {
    await sql`select pg_advisory_xact_lock(${SEAL_LOCK}::bigint)`.execute(ctx.db)
    await settlePendingFiles(options.sealsDir, async (n, hash) => (await findSeal(ctx.db, n))?.hash === hash)
    const last = await findLastSeal(ctx.db)
    const n = (last?.n ?? 0) + 1
    const to = await readHorizon(ctx.db)
    // Files inside a transaction, against the rule: it holds no row that anyone waits for, and a seal whose files were not safe before its row would look tampered with after a crash.
    const file = await openHeadsFile(options.sealsDir, n)
    const counted = await countHeads(ctx.db, last ?? { epoch: 0, xid: '0' }, to, file)
    await file.close()
    const open = { n, at: new Date(ctx.now).toISOString(), ...to, ...counted, prev: last?.hash ?? NO_HASH.toString('hex') }
    const seal: Seal = { ...open, hash: sealHash(open) }
    await writePendingSeal(options.sealsDir, seal)
    await insertSeal(ctx.db, seal)
    return seal
  })
  await confirmSealFiles(options.sealsDir, seal.n)
  return seal
}

/** A point in the order of `(epoch, xid)`. */
export type Horizon = { readonly epoch: number; readonly xid: string }

const readHorizon = async (db: Db): Promise<Horizon> => {
  const { rows } = await sql<Horizon>`select log.current_epoch() as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
  if (rows[0] === undefined) throw new Error('no horizon')
  return rows[0]
}

const waitForOpenTransactions = async (db: Db, patienceMs: number): Promise<void> => {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db)
  const next = BigInt(rows[0]?.next ?? '0')
  const until = performance.now() + patienceMs
  while (BigInt((await readHorizon(db)).xid) < next && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
}

type HeadRow = { readonly stream: Uuid; readonly kind: StreamKind; readonly seq: number; readonly hash: Buffer; readonly moved: boolean; readonly inside: boolean }
type Sealed = { readonly seq: number; readonly hash: string; readonly trail: readonly string[] }

/** Walks the heads in order of stream, page by page; memory does not grow with the log. */
const countHeads = async (db: Db, from: Horizon, to: Horizon, file: HeadsFile) => {
  const all = merkleTree()
  const changed = merkleTree()
  let events = 0
  let after = '00000000-0000-0000-0000-000000000000' as Uuid
  for (;;) {
    const { rows: heads } = await sql<HeadRow>`
      select stream, kind, seq, hash, (epoch, xid) >= (${from.epoch}::int, ${from.xid}::xid8) as moved, (epoch, xid) < (${to.epoch}::int, ${to.xid}::xid8) as inside
        from log.head where stream > ${after} order by stream limit ${PAGE}`.execute(db)
    const moved = heads.filter((h) => h.moved)
    const since = await readInterval(db, moved, from, to)
    const before = await readLastBefore(db, moved.filter((h) => !h.inside && !since.has(h.stream)), from)
    for (const head of heads) {
      const news = since.get(head.stream)
      const sealed = news ?? (head.moved ? before.get(head.stream) : { seq: head.seq, hash: head.hash.toString('hex'), trail: [] })
      if (sealed === undefined) continue // founded after the horizon
      const leaf = leafOf(head.stream, sealed.seq, sealed.hash)
      all.add(leaf)
      events += sealed.seq
      if (news === undefined) continue
      changed.add(leaf)
      await file.add({ stream: head.stream, ...news })
    }
    const last = heads.at(-1)
    if (last === undefined) break
    after = last.stream
  }
  return { streams: all.count(), events, root: all.root().toString('hex'), changed: changed.count(), changes: changed.root().toString('hex') }
}

type EventRow = { readonly stream: Uuid; readonly seq: number; readonly hash: Buffer }

/** What each of these streams appended between the two horizons: its last event there, and the trail. */
const readInterval = async (db: Db, heads: readonly HeadRow[], from: Horizon, to: Horizon): Promise<ReadonlyMap<Uuid, Sealed>> => {
  const found = new Map<Uuid, { seq: number; hash: string; trail: string[] }>()
  for (const kind of ['dossier', 'other'] as const) {
    const streams = heads.filter((h) => h.kind === kind).map((h) => h.stream)
    if (streams.length === 0) continue
    const { rows } = await sql<EventRow>`
      select stream, seq, hash from log.event
       where kind = ${kind} and stream = any(${streams}::uuid[]) and (epoch, xid) >= (${from.epoch}::int, ${from.xid}::xid8) and (epoch, xid) < (${to.epoch}::int, ${to.xid}::xid8)
       order by stream, seq`.execute(db)
    for (const row of rows) {
      const hash = row.hash.toString('hex')
      const trail = found.get(row.stream)?.trail ?? []
      trail.push(hash.slice(0, TRAIL_DIGITS))
      found.set(row.stream, { seq: row.seq, hash, trail })
    }
  }
  return found
}

/** Streams that moved only after the horizon: what they had come to at the seal before. */
const readLastBefore = async (db: Db, heads: readonly HeadRow[], from: Horizon): Promise<ReadonlyMap<Uuid, Sealed>> => {
  const found = new Map<Uuid, Sealed>()
  for (const { kind, stream } of heads) {
    const { rows } = await sql<EventRow>`
      select stream, seq, hash from log.event where kind = ${kind} and stream = ${stream} and (epoch, xid) < (${from.epoch}::int, ${from.xid}::xid8)
       order by seq desc limit 1`.execute(db)
    if (rows[0] !== undefined) found.set(stream, { seq: rows[0].seq, hash: rows[0].hash.toString('hex'), trail: [] })
  }
  return found
}

const insertSeal = (db: Db, seal: Seal) =>
  sql`insert into log.seal (n, at, epoch, xid, streams, events, root, changed, changes, prev, hash)
      values (${seal.n}, ${seal.at}, ${seal.epoch}, ${seal.xid}::xid8, ${seal.streams}, ${seal.events}, decode(${seal.root}, 'hex'), ${seal.changed},
              decode(${seal.changes}, 'hex'), decode(${seal.prev}, 'hex'), decode(${seal.hash}, 'hex'))`.execute(db)

type SealRow = Omit<Seal, 'at'> & { readonly at: Instant }

const readSeals = async (db: Db, where: ReturnType<typeof sql>): Promise<readonly Seal[]> => {
  const { rows } = await sql<SealRow>`
    select n, at, epoch, xid::text as xid, streams, events, encode(root, 'hex') as root, changed, encode(changes, 'hex') as changes,
           encode(prev, 'hex') as prev, encode(hash, 'hex') as hash from log.seal ${where}`.execute(db)
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

export const listSeals = (db: Db): Promise<readonly Seal[]> => readSeals(db, sql`order by n`)

/** The newest first: for screens. */
export const listLastSeals = (db: Db, limit: number): Promise<readonly Seal[]> => readSeals(db, sql`order by n desc limit ${limit}`)

const findSeal = async (db: Db, n: number): Promise<Seal | undefined> => (await readSeals(db, sql`where n = ${n}`))[0]

const findLastSeal = async (db: Db): Promise<Seal | undefined> => (await listLastSeals(db, 1))[0]
