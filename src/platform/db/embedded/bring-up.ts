/** From whatever is there (nothing, a dead server, a running one) to a server that answers and is ours. */
import { realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { CannotStart } from '../../config/cannot-start.ts'
import type { Binaries } from './binaries.ts'
import { ensureCluster, turnLog, writeSettings } from './cluster.ts'
import { type ClusterRecord, clusterOf, logFileFor, logOf, writeRecord } from './location.ts'
import { findPostmaster, freePort, isAlive, isPortFree, lastLogLines, spawnPostmaster } from './postmaster.ts'
import type { RunUser } from './run-user.ts'

const OWNER = 'motcua'
const DATABASE = 'motcua'

export type Site = { readonly dataDir: string; readonly user: RunUser; readonly binaries: Binaries; readonly durable: boolean; readonly maxConnections: number }

export type Up = { readonly record: ClusterRecord; readonly isNew: boolean }

/** Crash recovery of a big log takes its time; as long as the process lives we wait. */
const WAIT_MS = 120_000
/** Sessions of a killed server hold its shared memory for a moment. */
const LINGER_MS = 10_000

const codeOf = (error: unknown): string => (error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '')

/**
 * @param samePort a server that comes back must answer where the pools look for it
 * @throws CannotStart
 */
export const bringUp = async (site: Site, record: ClusterRecord, samePort: boolean): Promise<Up> => {
  const isNew = await ensureCluster(site.binaries, site.user, record, site.durable)
  const cluster = clusterOf(record)
  const began = Date.now()
  let current = record
  for (let attempt = 0; ; attempt += 1) {
    const running = findPostmaster(cluster)
    const port = running?.port ?? (await choosePort(current.port, samePort, attempt))
    const started = running === undefined ? await start(site, current, port) : undefined
    const outcome = await untilAnswering(current, port, () => (started === undefined ? !isAlive(running?.pid ?? 0) : started.exited()))
    if (outcome === 'answering') {
      if (current.port !== port) {
        current = { ...current, port }
        await writeRecord(site.dataDir, current)
      }
      return { record: current, isNew }
    }
    if (Date.now() - began > LINGER_MS) throw new CannotStart(`The database could not be started: ${lastLogLines(logOf(record), 2) || 'no reason given'}.`)
    await sleep(150)
  }
}

const choosePort = async (known: number, samePort: boolean, attempt: number): Promise<number> => {
  const useKnown = known > 0 && (samePort || attempt < 2)
  return useKnown && (samePort || (await isPortFree(known))) ? known : freePort()
}

const start = async (site: Site, record: ClusterRecord, port: number): Promise<{ exited: () => boolean }> => {
  await turnLog(record)
  await logFileFor(record, site.user)
  await writeSettings(site.user, record, { port, durable: site.durable, maxConnections: site.maxConnections })
  return spawnPostmaster(site.binaries, site.user, clusterOf(record), logOf(record))
}

const untilAnswering = async (record: ClusterRecord, port: number, gone: () => boolean): Promise<'answering' | 'gone'> => {
  for (let waited = 0; waited < WAIT_MS; waited += 20) {
    try {
      await check(record, port)
      return 'answering'
    } catch (error) {
      if (error instanceof CannotStart) throw error
      if (codeOf(error) === '28P01') throw new CannotStart(`Another PostgreSQL runs on the data of ${record.home}: stop it first.`)
      if (gone()) return 'gone'
      await sleep(20)
    }
  }
  throw new CannotStart(`The database did not answer within ${WAIT_MS / 1000} seconds: see ${logOf(record)}.`)
}

/** Asks the server whose data it serves, and sees to the owner and the database. */
const check = async (record: ClusterRecord, port: number): Promise<void> => {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: record.superPassword, database: 'postgres', connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    const theirs = rows[0]?.data_directory ?? ''
    if (theirs !== clusterOf(record) && theirs !== (await realpath(clusterOf(record)))) throw new CannotStart(`Port ${port} belongs to another PostgreSQL (${theirs}).`)
    await ensureOwner(client, record)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const ensureOwner = async (client: pg.Client, record: ClusterRecord): Promise<void> => {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    'select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $2) as database',
    [OWNER, DATABASE],
  )
  if (!rows[0]?.role) await client.query(`create role ${OWNER} login createrole createdb password ${pg.escapeLiteral(record.ownerPassword)}`)
  if (!rows[0]?.database) await client.query(`create database ${DATABASE} owner ${OWNER}`)
}

export const ownerUrl = (record: ClusterRecord): string => `postgres://${OWNER}:${record.ownerPassword}@127.0.0.1:${record.port}/${DATABASE}`
