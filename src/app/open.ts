/** From settings to an open installation: database started or found, migrated, roles and epoch in order. Every command begins here. */
import { mkdir } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { dateOf, instant } from '#kernel/plain-date.ts'
import { CannotStart, sentenceFor } from '#platform/config/cannot-start.ts'
import { clockNow, followClock, readClock } from '#platform/clock.ts'
import { type Config, type Mode, readConfig, refuseLinkless, refusePublicDemo } from '#platform/config/config.ts'
import { installationSecret } from '#platform/config/secret.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { type Db, sql } from '#platform/db/db.ts'
import { type EmbeddedServer, startEmbedded } from '#platform/db/embedded/server.ts'
import { flushAccess } from '#platform/log/access.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createDb, createPool } from '#platform/db/pool.ts'
import { checkServer } from '#platform/db/server-check.ts'
import { migrateJobs } from '#platform/jobs/migrate-jobs.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { s3Store } from '#platform/files/s3-store.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { MIGRATIONS } from './places.ts'

export type Installation = {
  readonly config: Config
  readonly mode: Mode
  readonly db: Db
  readonly pool: pg.Pool
  /** For what only the owner may do: migrations, and reading what the program's role may not. */
  readonly ownerUrl: string
  readonly filesDir: string
  readonly sealsDir: string
  /** 32 bytes under cookies and tokens. */
  readonly secret: Buffer
  /** The actor is `system` with the command's name unless told; `now` is taken at the call. */
  readonly ctx: (actor?: Actor) => Ctx
  /** False while a dead embedded server is being brought back. */
  readonly isUp: () => boolean
  /** Closes the pool and leaves the embedded server, which stops when nobody is left. */
  readonly close: () => Promise<void>
}

export type OpenOptions = {
  /** A line for what takes longer than two seconds, or what the person should know. Default: standard error. */
  readonly progress?: (line: string) => void
  /** Name of the command, for the log's actor. */
  readonly job?: string
  /** `serve` is alone on its data folder. */
  readonly serving?: boolean
  readonly config?: Config
  /** The embedded server died and stays dead. */
  readonly onGivenUp?: (error: Error) => void
}

/** @throws CannotStart */
export const openInstallation = async (options: OpenOptions = {}): Promise<Installation> => {
  const config = options.config ?? readConfig()
  const say = options.progress ?? ((line: string) => console.error(line))
  const server = await openServer(config, options, say)
  try {
    const { ownerUrl } = server
    await slowly(say, 'Bringing the database to this release…', () => bringUpToDate(ownerUrl))
    const secret = await installationSecret(config)
    await mkdir(config.filesDir, { recursive: true, mode: 0o700 })
    useFileStore(config.filesUrl === undefined ? diskStore(config.filesDir) : await s3Store(config.filesUrl, config.filesDir))
    const pool = createPool(ownerUrl, { max: config.poolSize, pipeline: true })
    tolerateLoss(pool)
    const db = createDb(pool)
    const mode = await settleMode(db, config)
    if (options.serving === true) {
      refusePublicDemo(config, mode)
      refuseLinkless(config, mode)
    }
    if (mode === 'demo') await readClock(db)
    const unfollow = mode === 'demo' ? followClock(db) : () => {}
    return {
      config,
      mode,
      db,
      pool,
      ownerUrl,
      filesDir: config.filesDir,
      sealsDir: config.sealsDir,
      secret,
      ctx: (actor = { kind: 'system', job: options.job ?? 'motcua' }) => ({ db, actor, now: clockNow(), traceId: randomBytes(8).toString('hex') }),
      isUp: server.isUp,
      close: async () => {
        unfollow()
        // What a command that is done in a second has looked at is recorded too. A query that hangs must not keep the database from being stopped.
        const records = flushAccess(db).catch(() => say('What was looked at could not be recorded.'))
        await Promise.race([records.then(() => pool.end()), new Promise((resolve) => setTimeout(resolve, POOL_END_MS).unref())])
        await server.close()
      },
    }
  } catch (error) {
    await server.close()
    throw error
  }
}

const openServer = async (config: Config, options: OpenOptions, say: (line: string) => void): Promise<Pick<EmbeddedServer, 'ownerUrl' | 'isUp' | 'close'>> => {
  if (config.databaseUrl !== undefined) {
    await checkServer(config.databaseUrl)
    return { ownerUrl: config.databaseUrl, isUp: () => true, close: async () => {} }
  }
  return slowly(say, 'Starting the database…', () =>
    startEmbedded({
      dataDir: config.dataDir,
      say,
      ...(options.serving === undefined ? {} : { serving: options.serving }),
      ...(options.onGivenUp === undefined ? {} : { onGivenUp: options.onGivenUp }),
    }),
  )
}

const POOL_END_MS = 1_500
const SLOW_MS = 2_000

/** Says what it is doing, if it is still doing it after two seconds. */
export const slowly = async <T>(say: (line: string) => void, line: string, work: () => Promise<T>): Promise<T> => {
  const timer = setTimeout(() => say(line), SLOW_MS)
  try {
    return await work()
  } finally {
    clearTimeout(timer)
  }
}

const FIRST_YEAR = 2019

/** Partitions from 2019 to next year and one more (decision 12). */
export const partitionYears = (now: number): readonly number[] => {
  const last = Number(dateOf(instant(now)).slice(0, 4)) + 2
  return Array.from({ length: last - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i)
}

const bringUpToDate = async (ownerUrl: string): Promise<void> => {
  try {
    await migrate(ownerUrl, MIGRATIONS, { years: partitionYears(Date.now()) })
    await migrateJobs(ownerUrl)
  } catch (error) {
    if (sentenceFor(error) !== undefined || !(error instanceof Error)) throw error
    throw new CannotStart(`The database could not be brought to this release: ${error.message}.`)
  }
}

/** Without a listener, a connection lost while idle would end the program; the next query gets a new one. */
const tolerateLoss = (pool: pg.Pool): void => {
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
}

/** Decision 22: written once. @throws CannotStart when another mode is asked for later */
const settleMode = async (db: Db, config: Config): Promise<Mode> => {
  const wanted = config.mode ?? (config.databaseUrl === undefined ? 'demo' : 'production')
  await sql`insert into platform.setting (key, value) values ('mode', ${JSON.stringify(wanted)}::jsonb) on conflict (key) do nothing`.execute(db)
  const { rows } = await sql<{ value: Mode }>`select value from platform.setting where key = 'mode'`.execute(db)
  const mode = rows[0]?.value ?? wanted
  if (config.mode !== undefined && config.mode !== mode) {
    throw new CannotStart(`This database was made in ${mode} mode and stays so: MODE=${config.mode} needs a new one.`)
  }
  return mode
}
