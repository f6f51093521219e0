/** A thread of `make-history.ts`: one part of the history over a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { instant } from '#kernel/plain-date.ts'
import { type HistoryWish, type HistorySeeded, writePart } from '#modules/dossier'
import { readAlongForAudit } from '#modules/transparency'
import { createDb, createPool } from '#platform/db/pool.ts'

export type ThreadOrder = { readonly url: string; readonly wish: HistoryWish; readonly part: { readonly n: number; readonly of: number } }
export type ThreadReport = HistorySeeded

const { url, wish, part } = workerData as ThreadOrder
const pool = createPool(url, { max: 1, name: 'motcua seed' })
const ctx = { db: createDb(pool), actor: { kind: 'system', job: 'seed' } as const, now: instant(Date.now()), traceId: 'seed' }
const report = (written: ThreadReport): void => parentPort?.postMessage(written)
report(await writePart(ctx, url, wish, part, { progress: report, alongside: [readAlongForAudit] }))
await pool.end()
