/** For machines that watch: is the process up, is it able to work, what does it measure. Outside the pages, so that they answer when pages cannot. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { instant } from '#kernel/plain-date.ts'
import { isLoopback } from '#platform/config/config.ts'
import { type Db, sql } from '#platform/db/db.ts'
import { type Lag, readLags } from '#platform/log/subscriptions.ts'
import { countJobs } from '#platform/jobs/list-jobs.ts'
import type { Metrics, Readings } from '#platform/telemetry/metrics.ts'

/** A reader whose oldest unread event is older than this is stuck, not busy. */
const STUCK_MS = 5 * 60_000

export type ProbeOptions = {
  readonly db: Db
  readonly isUp: () => boolean
  /** False from the first SIGTERM on, so that a balancer sends no more. */
  readonly isOpen: () => boolean
  readonly subscriptions: readonly string[]
  readonly newestMigration: string
  readonly metrics: Metrics
  readonly metricsPublic: boolean
}

type Check = { readonly ok: boolean; readonly checks: Readonly<Record<string, boolean>> }

const isStuck = (lag: Lag, now: number): boolean => lag.oldestAt !== null && now - Math.max(lag.oldestAt, lag.movedAt ?? 0) > STUCK_MS

const checkReadiness = async (options: ProbeOptions): Promise<Check> => {
  const checks: Record<string, boolean> = { open: options.isOpen(), database: false, migrations: false, subscriptions: false }
  try {
    if (options.isUp()) {
      const { rows } = await sql<{ newest: string | null }>`select max(name) as newest from platform.migration`.execute(options.db)
      checks['database'] = true
      checks['migrations'] = rows[0]?.newest === options.newestMigration
      const lags = await readLags(options.db, options.subscriptions)
      checks['subscriptions'] = lags.every((lag) => !isStuck(lag, Date.now()))
    }
  } catch {
    // The check that failed stays false: that is the answer.
  }
  return { ok: Object.values(checks).every(Boolean), checks }
}

export const readReadings = async (db: Db, subscriptions: readonly string[]): Promise<Readings> => {
  const now = instant(Date.now())
  const lags = await readLags(db, subscriptions)
  return {
    subscriptions: lags.map((lag) => ({ name: lag.name, unread: lag.unread, oldestSeconds: lag.oldestAt === null ? 0 : Math.max(0, (now - lag.oldestAt) / 1_000) })),
    jobs: await countJobs(db),
  }
}

const send = (response: ServerResponse, status: number, body: string, type = 'application/json'): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** @returns true when the request was one of these */
export const answerProbe = (options: ProbeOptions) => {
  const ready = async (response: ServerResponse): Promise<void> => {
    const { ok, checks } = await checkReadiness(options)
    send(response, ok ? 200 : 503, JSON.stringify({ ok, ...checks }))
  }
  const measured = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A reverse proxy on this machine speaks for the world outside: its requests carry a forwarding header.
    const fromHere = isLoopback(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined
    if (!options.metricsPublic && !fromHere) return send(response, 403, 'metrics are shown on this machine only\n', 'text/plain')
    const text = await options.metrics.text().catch(() => undefined)
    if (text === undefined) send(response, 503, 'the database is away\n', 'text/plain')
    else send(response, 200, text, options.metrics.contentType)
  }
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    switch (request.url) {
      case '/healthz':
        send(response, 200, '{"ok":true}')
        return true
      case '/readyz':
        void ready(response)
        return true
      case '/metrics':
        void measured(request, response)
        return true
      default:
        return false
    }
  }
}
