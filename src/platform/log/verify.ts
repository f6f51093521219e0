/** `verifyLog`: computes everything in the log again and names the first bad event (decisions 5–8, 13). */
import { instantOfUuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { type Db, sql } from '../db/db.ts'
import { type StreamSoFar, checkErasures, checkEvent, newStream } from './check-events.ts'
import { checkSealChain, nameChanges, sealCounter, stretchesOf } from './check-seals.ts'
import { type Fault, type FaultList, faultList } from './fault.ts'
import { merkleTree } from './merkle.ts'
import { listSealFiles, readHeadsFile } from './seal-files.ts'
import { type Seal, leafOf, listSeals } from './seal.ts'
import { type Rights, readRights } from './verify-rights.ts'
import { type Sources, type WalkedEvent, type WalkedHead, findSources, walkEvents, walkHeads } from './walk-events.ts'

/** A check of plain ids that no foreign key can hold (decision 13): modules offer theirs, `app/` gathers them. */
export type IntegrityCheck = {
  /** `dossier.code → dossier.dossier` */
  readonly name: string
  /** @returns one fault (`id-unknown`) for each id that names nothing */
  readonly run: (db: Db) => Promise<readonly Fault[]>
}

export type VerifyOptions = {
  /** The copies outside the database. Without it the seals are checked against the database alone. */
  readonly sealsDir?: string
  readonly integrityChecks?: readonly IntegrityCheck[]
  readonly onProgress?: (events: number) => void
}

export type Verified = {
  readonly ok: boolean
  readonly events: number
  readonly streams: number
  /** Merkle root over the heads as they are now. */
  readonly root: string
  /** Moment of the newest seal, ISO 8601 (UTC). */
  readonly sealedUntil: string | null
  /** Events newer than that seal: whole, but nothing outside the database vouches for them yet. */
  readonly unsealed: number
  readonly firstBad: Fault | null
  /** The first hundred. */
  readonly faults: readonly Fault[]
  readonly faultCount: number
  readonly seals: number
  readonly rights: Rights
}

/** In one read-only snapshot, so that it can run beside the program. Takes about a minute for three million events. */
export const verifyLog = (db: Db, options: VerifyOptions = {}): Promise<Verified> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const rights = await readRights(tx)
      const faults = faultList()
      const seals = await listSeals(tx)
      const files = options.sealsDir === undefined ? undefined : await listSealFiles(options.sealsDir)
      for (const fault of checkSealChain(seals, files)) faults.add(fault)
      const sources = await findSources(tx)
      for (const year of sources.missingYears) faults.add({ what: 'year-missing', detail: `${year}: attach it again to have it verified` })

      const walked = await walkStreams(tx, sources, seals, faults, options.onProgress)
      const notMet = sources.missingYears.length > 0 ? [] : walked.notMet
      await nameWhatSealsMiss(tx, sources, seals, notMet[0], options.sealsDir, faults)
      await findStrayPrivate(tx, faults)
      for (const check of options.integrityChecks ?? []) for (const fault of await check.run(tx)) faults.add(fault)

      const { events, streams, root, unsealed } = walked
      const newest = seals.at(-1)
      const found = { firstBad: faults.first() ?? null, faults: faults.kept(), faultCount: faults.count() }
      return { ok: faults.count() === 0, events, streams, root, sealedUntil: newest?.at ?? null, unsealed, ...found, seals: seals.length, rights }
    })

/** Sorts after every stream. */
const AFTER_ALL = 'g'

type OpenStream = { readonly last: WalkedEvent; readonly so: StreamSoFar }

const walkStreams = async (db: Db, sources: Sources, seals: readonly Seal[], faults: FaultList, onProgress?: (events: number) => void) => {
  const counter = sealCounter(seals)
  const tree = merkleTree()
  const heads = walkHeads(db)
  let head = await heads.next()
  let events = 0
  let open: OpenStream | undefined

  const takeHead = async (given: WalkedHead) => {
    tree.add(leafOf(given.stream, given.seq, given.hash.toString('hex')))
    head = await heads.next()
  }
  /** Heads up to this stream: those passed over have no events. */
  const headOf = async (stream: string | undefined): Promise<WalkedHead | undefined> => {
    const end = stream ?? AFTER_ALL
    while (head.done !== true && head.value.stream < end) {
      const given = head.value
      if (!isOfYears(given, sources.missingYears)) faults.add({ what: 'stream-missing', stream: given.stream, seq: 1, detail: `the head says ${given.seq} events` })
      await takeHead(given)
    }
    if (head.done === true || head.value.stream !== stream) return undefined
    const given = head.value
    await takeHead(given)
    return given
  }
  const close = async () => {
    if (open === undefined) return
    counter.endStream()
    for (const fault of checkErasures(open.so, open.last.stream)) faults.add(fault)
    const fault = checkHead(await headOf(open.last.stream), open.last)
    if (fault !== undefined) faults.add(fault)
  }

  for await (const event of walkEvents(db, sources)) {
    if (open === undefined || open.last.stream !== event.stream || open.last.kind !== event.kind) {
      await close()
      open = { last: event, so: newStream() }
    }
    for (const fault of checkEvent(open.so, event)) faults.add(fault)
    counter.add(event)
    open = { last: event, so: open.so }
    events += 1
    if (events % 100_000 === 0) onProgress?.(events)
  }
  await close()
  await headOf(undefined)
  return { events, streams: tree.count(), root: tree.root().toString('hex'), unsealed: counter.unsealed(), notMet: counter.notMet() }
}

const checkHead = (head: WalkedHead | undefined, last: WalkedEvent): Fault | undefined => {
  const { stream, seq } = last
  if (head === undefined || head.kind !== last.kind) return { what: 'head-missing', stream, seq }
  if (head.seq > seq) return { what: 'event-missing', stream, seq: seq + 1, detail: `the head says ${head.seq} events` }
  if (head.seq < seq) return { what: 'event-inserted', stream, seq: head.seq + 1, detail: `the head says ${head.seq} events` }
  return head.hash.equals(last.hash) ? undefined : { what: 'head-differs', stream, seq }
}

const isOfYears = (head: WalkedHead, years: readonly number[]): boolean =>
  head.kind === 'dossier' && years.length > 0 && years.includes(Number(dateOf(instantOfUuid(head.stream)).slice(0, 4)))

const nameWhatSealsMiss = async (db: Db, sources: Sources, seals: readonly Seal[], seal: Seal | undefined, sealsDir: string | undefined, faults: FaultList) => {
  if (seal === undefined) return
  const before = faults.count()
  if (sealsDir !== undefined) {
    const index = seals.indexOf(seal)
    const now = stretchesOf(walkEvents(db, sources), seals, index)
    for await (const fault of nameChanges(seal, readHeadsFile(sealsDir, seal.n), now)) faults.add(fault)
  }
  faults.add({ what: 'seal-not-met', seal: seal.n, ...(faults.count() > before ? {} : { detail: 'the events up to this seal are not those that were sealed' }) })
}

/** Personal values beside no event at all. */
const findStrayPrivate = async (db: Db, faults: FaultList): Promise<void> => {
  const { rows } = await sql<{ stream: WalkedEvent['stream']; seq: number; path: string }>`
    select p.stream, p.seq, p.path from log.private p
     where not exists (select from log.event e where e.kind = p.kind and e.stream = p.stream and e.seq = p.seq) limit 20`.execute(db)
  for (const { stream, seq, path } of rows) faults.add({ what: 'private-inserted', stream, seq, detail: path })
}
