/** Runs the city: pages, background work and, unless DATABASE_URL names another, the database. */
import { openSessions, useSessionSecret } from '#modules/access'
import { listDemoSignIns } from '#modules/organisation'
import { type Config, readConfig } from '#platform/config/config.ts'
import { startAccessLog } from '#platform/log/access.ts'
import { appendedWithin } from '#platform/log/append.ts'
import { type SubscriptionLoop, startSubscriptions } from '#platform/log/subscription-loop.ts'
import { type Worker, startWorker } from '#platform/jobs/worker.ts'
import type { Outside } from '#modules/notification'
import { createLiveHub, useLiveHub } from '#platform/live/live-hub.ts'
import { listenForChanges } from '#platform/live/listen.ts'
import { closePdf } from '#platform/pdf/render-pdf.ts'
import { createLog } from '#platform/telemetry/log.ts'
import { type Metrics, createMetrics } from '#platform/telemetry/metrics.ts'
import type { Log } from '#platform/telemetry/log.ts'
import { loadAssets } from '#web/assets.ts'
import { routes } from '#web/routes.ts'
import { createCityName } from '../city-name.ts'
import { firstRun } from '../first-run.ts'
import { messageTasks, outsideOf } from '../messages.ts'
import { CHANNELS } from '#platform/messaging/provider.ts'
import { createHttpApp } from '../http-app.tsx'
import { serveStatics } from '../http/statics.ts'
import { type Installation, openInstallation } from '../open.ts'
import { newestMigration } from '../places.ts'
import { answerProbe, readReadings } from '../probes.ts'
import { schedule } from '../schedule.ts'
import { type WebServer, listen } from '../server.ts'
import { SUBSCRIPTIONS } from '../subscriptions.ts'
import { join } from 'node:path'

export const help = `motcua serve

Starts the city and prints its address: the embedded PostgreSQL in DATA_DIR (or the server of
DATABASE_URL), migrations, on the first run the catalogue and in demo mode the demo city, then
the pages on HOST:PORT. A production city is founded once, with "motcua user add" (see its --help).
Stops cleanly on SIGTERM or Ctrl-C within ten seconds.

Environment:
  HOST=127.0.0.1   PORT=3000        where to listen
  DATA_DIR=./var                    database, files, seals, secrets
  DATABASE_URL=postgres://…         another PostgreSQL (15 or newer) instead of the embedded one
  MODE=demo|production              only at the first run; demo by default with the embedded database
  DEMO_PUBLIC=1                     let a demo listen beyond this machine
  PUBLIC_URL=https://…              as citizens type it: on receipts, and for secure cookies
  TRUST_PROXY=1                     believe X-Forwarded-For and X-Forwarded-Proto
  SECRET=…                          key under cookies, the same for several processes (default: in DATA_DIR)
  FILES_URL                         s3://BUCKET/PREFIX?endpoint=…&region=…; without it files lie in FILES_DIR
  FILES_DIR, SEALS_DIR              default: in DATA_DIR
  SMTP_URL=smtp://… MAIL_FROM=…     e-mail to citizens and officers; SMS_URL, APP_MESSAGE_URL: gateways
                                    (docs/operations.md); a demo sends nothing, it simulates
  LOG_LEVEL=info   LOG_FILE=…       structured log; default: standard output, at a terminal DATA_DIR/motcua.log
  METRICS_PUBLIC=1                  show /metrics beyond this machine
  DB_POOL=12                        connections for pages

Exit code: 0 stopped as asked, 1 could not start or go on (one sentence says why).`

const say = (line: string): void => console.log(line)

const DRAIN_MS = 7_500
/** A balancer and an impatient supervisor both give ten seconds. */
const LAST_MOMENT_MS = 9_600

type Running = { live?: { readonly stop: () => Promise<void> }; web?: WebServer; loop?: SubscriptionLoop; worker?: Worker; accessLog?: { stop: () => Promise<void> }; installation?: Installation; open: boolean; stopping: boolean }

export const run = async (): Promise<number> => {
  const config = readConfig()
  const log = createLog(config.logLevel, config.logFile ?? (process.stdout.isTTY ? join(config.dataDir, 'motcua.log') : undefined))
  const running: Running = { open: false, stopping: false }
  return new Promise<number>((resolve, reject) => {
    const stop = (code: number): void => {
      if (running.stopping) return
      running.stopping = true
      const lastMoment = setTimeout(() => process.exit(code), LAST_MOMENT_MS)
      void shutDown(running, log).finally(() => {
        clearTimeout(lastMoment)
        resolve(code)
      })
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        log.info(`stopping: ${signal}`)
        stop(0)
      })
    }
    onOrphaned(() => {
      log.info('stopping: the shell that started this has gone')
      stop(0)
    })
    const crash = (error: unknown): void => {
      log.error('unexpected failure', { error })
      console.error('Something unexpected happened; the log says more. Một Cửa stops.')
      stop(1)
    }
    process.on('uncaughtException', crash)
    process.on('unhandledRejection', crash)
    const giveUp = (error: Error): void => {
      log.error('database lost', { error })
      console.error(`The database died and could not be brought back: ${error.message}`)
      stop(1)
    }
    start(config, log, running, giveUp).catch(async (error: unknown) => {
      if (running.stopping) return
      running.stopping = true
      await shutDown(running, log)
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })
}

/** A shell between npm and us dies of a signal without passing it on: whoever stopped npm wanted us to stop. */
const onOrphaned = (then: () => void): void => {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) then()
  }, 150).unref()
}

const start = async (config: Config, log: Log, running: Running, giveUp: (error: Error) => void): Promise<void> => {
  const installation = await openInstallation({ config, progress: say, job: 'serve', serving: true, onGivenUp: giveUp })
  running.installation = installation
  useSessionSecret(installation.secret)
  const web = await listen(config.host, config.port)
  running.web = web
  await firstRun(installation, say)
  if (running.stopping) return

  const names = SUBSCRIPTIONS.map((s) => s.name)
  const metrics = createMetrics(installation.pool, () => readReadings(installation.db, names))
  const cityName = createCityName(installation.db, installation.isUp)
  const outside = outsideOf(installation, addressOf(config, web.port), cityName)
  startBackground(installation, log, running, outside)
  await openPages(installation, log, running, web, metrics, names, outside)
  greet(installation, web.port)
  log.info('ready')
}

const openPages = async (installation: Installation, log: Log, running: Running, web: WebServer, metrics: Metrics, subscriptions: readonly string[], outside: Outside): Promise<void> => {
  const { config } = installation
  const app = createHttpApp({
    db: installation.db,
    secret: installation.secret,
    demo: installation.mode === 'demo',
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    channels: CHANNELS.filter((channel) => outside.providers[channel] !== undefined),
    cityName: outside.cityName,
    routes,
    dev: config.dev,
    log,
    metrics,
    isUp: installation.isUp,
    // A form that left nothing in the log gives its readers nothing to do; no command takes so long.
    onWrite: () => (appendedWithin(5_000) ? running.loop?.poke() : undefined),
  })
  const probes = answerProbe({
    db: installation.db,
    isUp: installation.isUp,
    isOpen: () => running.open && !running.stopping,
    subscriptions,
    newestMigration: await newestMigration(),
    metrics,
    metricsPublic: config.metricsPublic,
  })
  const statics = serveStatics(await loadAssets(), config.publicUrl?.startsWith('https:') === true)
  web.open([probes, statics], (request, env) => app.fetch(request, env))
  running.open = true
}

const startBackground = (installation: Installation, log: Log, running: Running, outside: Outside): void => {
  const { db, ownerUrl, sealsDir } = installation
  const { accessLogDays } = installation.config
  running.loop = startSubscriptions({
    subscriptions: SUBSCRIPTIONS,
    ctxFor: (subscription) => installation.ctx({ kind: 'system', job: subscription.name }),
    onError: (subscription, error) => log.error('subscription failed', { subscription: subscription.name, error }),
    onBatch: (subscription, events, ms) => log.debug('events read', { subscription: subscription.name, events, ms: Math.round(ms) }),
    idleMs: 900,
  })
  running.live = startLive(installation)
  running.accessLog = startAccessLog({ db, onError: (error) => log.error('access not recorded yet', { error }) })
  running.worker = startWorker({ ownerUrl, db, schedule: schedule({ sealsDir, accessLogDays }), tasks: messageTasks(outside), log })
}

/** What changed reaches the pages that are open: one connection for all of them. */
const startLive = (installation: Installation): { readonly stop: () => Promise<void> } => {
  const hub = createLiveHub({ stillOpen: (sessions) => openSessions(installation.ctx({ kind: 'system', job: 'live' }), sessions) })
  const listener = listenForChanges(installation.ownerUrl, hub.publish)
  useLiveHub(hub)
  return {
    stop: async () => {
      useLiveHub(undefined)
      hub.stop()
      await listener.stop()
    },
  }
}

const addressOf = (config: Config, port: number): string => `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`

const greet = (installation: Installation, port: number): void => {
  const { config, mode } = installation
  console.log(`Một Cửa is open: ${addressOf(config, port)}${mode === 'demo' ? ' (demo: people and dossiers are invented)' : ''}`)
  if (mode !== 'demo') return
  const signIns = listDemoSignIns()
  console.log(`Sign in at /dang-nhap, password ${signIns[0]?.password ?? ''}:`)
  for (const { username, who, where } of signIns) console.log(`  ${username.padEnd(24)}${who}${where === '' ? '' : ` · ${where}`}`)
}

/** Stop taking, finish what runs, then the workers, the pool, the database. */
const shutDown = async (running: Running, log: Log): Promise<void> => {
  const { installation } = running
  // Streams have no end of their own: they would hold up the drain.
  await within(500, running.live?.stop())
  await Promise.all([running.web?.drain(DRAIN_MS), within(DRAIN_MS, running.loop?.stop()), within(DRAIN_MS, running.worker?.stop())])
  await within(LAST_MOMENT_MS - DRAIN_MS, running.accessLog?.stop())
  await within(LAST_MOMENT_MS - DRAIN_MS, closePdf())
  if (installation !== undefined) await within(LAST_MOMENT_MS, installation.close())
  await within(500, log.flush())
}

const within = async (ms: number, work: Promise<void> | undefined): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work ?? Promise.resolve(), new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]).finally(() => clearTimeout(timer))
}
