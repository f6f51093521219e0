/** The history of the demo city, from the wish to a database that is ready to be worked with: written by two threads, read models filled, indexes built. */
import { Worker } from 'node:worker_threads'
import { type Result, err, ok } from '#kernel/result.ts'
import { HISTORY_TABLES, type HistoryRefusal, type HistorySeeded, type HistoryWish, historyRefusal, writePart } from '#modules/dossier'
import { auditSubscription, fillAudit, readAlongForAudit } from '#modules/transparency'
import { sql } from '#platform/db/db.ts'
import { analyse, buildIndexes, setIndexesAside } from '#platform/db/set-indexes-aside.ts'
import { catchUp, horizonOf, passOver } from '#platform/log/subscriptions.ts'
import type { ThreadOrder, ThreadReport } from './history-thread.ts'
import type { Installation } from './open.ts'
import { SUBSCRIPTIONS } from './subscriptions.ts'

export type HistoryMade = { readonly dossiers: number; readonly events: number; readonly seconds: number; readonly perSecond: number; readonly bytesPerDossier: number }

const SEED = { kind: 'system', job: 'seed' } as const

/** From here on it pays to build the indexes afterwards. */
const ASIDE = 1_000
/** From here on a second thread pays: each reads the program and the city for itself before it writes the first dossier. */
const THREADED = 6_000
const THREADS = 2
/** From here on a history is passed over by those who would only read it. */
const BULK = 20_000

/** Tables that a history fills, the largest first. */
const TABLES = ['log.event', 'transparency.audit_entry', 'log.private', ...HISTORY_TABLES, 'log.head', 'organisation.person']
/** Those who keep the audit have theirs written beside it. The others would act on nothing in it; and a big one is there to be measured, not to be written about to its citizens. */
const INDIFFERENT = SUBSCRIPTIONS.filter((subscription) => subscription !== auditSubscription)

export const makeHistory = async (installation: Installation, wish: HistoryWish, progress: (line: string) => void = () => undefined): Promise<Result<HistoryMade, HistoryRefusal>> => {
  const ctx = installation.ctx(SEED)
  const refusal = await historyRefusal(ctx)
  if (refusal !== undefined) return err(refusal)
  const began = performance.now()
  const before = await sizeOf(installation)
  const bulk = wish.dossiers >= BULK
  // What stands so far is read by the rules; only the history itself is passed over.
  if (bulk) for (const subscription of INDIFFERENT) await catchUp(ctx, subscription)
  const done = await (wish.dossiers < ASIDE ? inThreads(installation, wish, progress) : withoutIndexes(installation, progress, () => inThreads(installation, wish, progress)))
  await fillAudit(ctx, done.flatMap((d) => d.transactions))
  if (bulk) await settle(installation)
  const seconds = (performance.now() - began) / 1000
  const bytes = (await sizeOf(installation)) - before
  return ok({ dossiers: wish.dossiers, events: done.reduce((sum, d) => sum + d.events, 0), seconds: round(seconds, 2), perSecond: Math.round(wish.dossiers / seconds), bytesPerDossier: Math.round(bytes / Math.max(1, wish.dossiers)) })
}

/** The demo has no dossier yet: no query misses them. */
const withoutIndexes = async <T>(installation: Installation, progress: (line: string) => void, work: () => Promise<T>): Promise<T> => {
  await setIndexesAside(installation.ownerUrl, TABLES)
  try {
    return await work()
  } finally {
    progress('Building the indexes…')
    await buildIndexes(installation.ownerUrl)
  }
}

/** Nothing of it waits for those whom it does not concern, and every plan knows how much there is. */
const settle = async (installation: Installation): Promise<void> => {
  const horizon = await horizonOf(installation.db)
  for (const subscription of INDIFFERENT) await passOver(installation.ctx(SEED), subscription, horizon)
  await analyse(installation.ownerUrl)
}

const inThreads = async (installation: Installation, wish: HistoryWish, progress: (line: string) => void): Promise<readonly HistorySeeded[]> => {
  const threads = wish.dossiers < THREADED ? 1 : THREADS
  const ctx = installation.ctx(SEED)
  if (threads === 1) return [await writePart(ctx, installation.ownerUrl, wish, { n: 0, of: 1 }, { alongside: [readAlongForAudit] })]
  const done = Array.from({ length: threads }, (): HistorySeeded => ({ dossiers: 0, events: 0, transactions: [] }))
  let told = performance.now()
  await Promise.all(
    done.map((_, n) => inThread({ url: installation.ownerUrl, wish, part: { n, of: threads } }, (report) => {
      done[n] = report
      if (performance.now() - told < 5_000) return
      told = performance.now()
      progress(`${done.reduce((sum, d) => sum + d.dossiers, 0)} of ${wish.dossiers} dossiers…`)
    })),
  )
  return done
}

const round = (n: number, digits: number): number => Number(n.toFixed(digits))

const sizeOf = async (installation: Installation): Promise<number> =>
  (await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(installation.db)).rows[0]?.bytes ?? 0

/** Beside the built program stands `history-thread.js`; from the sources Node takes the types off by itself. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './history-thread.ts' : './history-thread.js', import.meta.url)

const inThread = (order: ThreadOrder, onReport: (report: ThreadReport) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(ENTRY, { workerData: order })
    worker.on('message', onReport)
    worker.on('error', reject)
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread of the history ended with ${code}`))))
  })
