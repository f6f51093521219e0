/** The history of the demo city, from the wish to a database that is ready to be worked with: written by two threads, read models filled, indexes built. */
import { Worker } from 'node:worker_threads'
import { type Result, err, ok } from '#kernel/result.ts'
import { catalogueHistory } from '#modules/catalogue'
import { type HistoryRefusal, type HistorySeeded, type HistoryWish, dossierErasures, dossierMessages, historyRefusal, liveQueues, writePart } from '#modules/dossier'
import { personErasures } from '#modules/organisation'
import { fillAudit, readAlongForAudit } from '#modules/transparency'
import { sql } from '#platform/db/db.ts'
import { buildIndexes, setIndexesAside } from '#platform/db/set-indexes-aside.ts'
import { catchUp, horizonOf, passOver } from '#platform/log/subscriptions.ts'
import pg from 'pg'
import type { ThreadOrder, ThreadReport } from './history-thread.ts'
import type { Installation } from './open.ts'

export type HistoryMade = { readonly dossiers: number; readonly events: number; readonly seconds: number; readonly perSecond: number; readonly bytesPerDossier: number }

/** From here on two threads pay. */
const THREADED = 2_000
/** From here on the indexes come afterwards. */
const BULK = 20_000
const THREADS = 2

/** Tables that a history fills. */
const TABLES = [
  'log.event', 'dossier.dossier', 'dossier.step', 'dossier.component', 'dossier.attachment', 'dossier.result', 'dossier.note', 'dossier.completion_request',
  'dossier.result_draft', 'dossier.form', 'dossier.code', 'dossier.number_used', 'organisation.person', 'transparency.audit_entry',
]
/** A history holds nothing that they would act on; and a big one is there to be measured, not to be written about to its citizens. */
const INDIFFERENT = [catalogueHistory, dossierErasures, dossierMessages, liveQueues, personErasures]

export const makeHistory = async (installation: Installation, wish: HistoryWish, progress: (line: string) => void = () => undefined): Promise<Result<HistoryMade, HistoryRefusal>> => {
  const ctx = installation.ctx({ kind: 'system', job: 'seed' })
  const refusal = await historyRefusal(ctx)
  if (refusal !== undefined) return err(refusal)
  const began = performance.now()
  const before = await sizeOf(installation)
  const events = await (wish.dossiers < BULK ? write(installation, wish, progress) : inBulk(installation, wish, progress))
  const seconds = (performance.now() - began) / 1000
  const bytes = (await sizeOf(installation)) - before
  return ok({ dossiers: wish.dossiers, events, seconds: round(seconds, 2), perSecond: Math.round(wish.dossiers / seconds), bytesPerDossier: Math.round(bytes / Math.max(1, wish.dossiers)) })
}

const inBulk = async (installation: Installation, wish: HistoryWish, progress: (line: string) => void): Promise<number> => {
  const ctx = installation.ctx({ kind: 'system', job: 'seed' })
  // What stands so far is read by the rules; only the history itself is passed over.
  for (const subscription of INDIFFERENT) await catchUp(ctx, subscription)
  // The demo has no dossier yet: no query misses them.
  await setIndexesAside(installation.ownerUrl, TABLES)
  try {
    const events = await write(installation, wish, progress)
    const horizon = await horizonOf(installation.db)
    for (const subscription of INDIFFERENT) await passOver(ctx, subscription, horizon)
    return events
  } finally {
    progress('Building the indexes…')
    await buildIndexes(installation.ownerUrl)
    await analyse(installation.ownerUrl)
  }
}

/** With its audit. @returns the number of events */
const write = async (installation: Installation, wish: HistoryWish, progress: (line: string) => void): Promise<number> => {
  const done = await inThreads(installation, wish, progress)
  await fillAudit(installation.ctx({ kind: 'system', job: 'seed' }), done.flatMap((d) => d.transactions))
  return done.reduce((sum, d) => sum + d.events, 0)
}

const inThreads = async (installation: Installation, wish: HistoryWish, progress: (line: string) => void): Promise<readonly HistorySeeded[]> => {
  const threads = wish.dossiers < THREADED ? 1 : THREADS
  const ctx = installation.ctx({ kind: 'system', job: 'seed' })
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

/** Full tables without statistics get bad plans until the server looks at them by itself; only the owner may ask it to. */
export const analyse = async (ownerUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'motcua analyse' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

