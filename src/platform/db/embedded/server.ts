/**
 * The embedded PostgreSQL of a data folder, shared by every process of ours that works on that folder: the first one in starts it, the last one out
 * stops it, a dead one is started again (decisions 27, 28).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { resolve } from 'node:path'
import pg from 'pg'
import { CannotStart } from '../../config/cannot-start.ts'
import { binariesFor } from './binaries.ts'
import { type Site, type Up, bringUp, ownerUrl } from './bring-up.ts'
import { clusterOf, findOrMakeRecord } from './location.ts'
import { stopPostmaster } from './postmaster.ts'
import { runUser } from './run-user.ts'

/** Advisory locks, in the program's own database: every process shares the first, `serve` alone holds the second. */
const PRESENT = 70_210_011
const SERVING = 70_210_012

export type EmbeddedOptions = {
  readonly dataDir: string
  /** One line for the person at the terminal. */
  readonly say: (line: string) => void
  /** Only one such process per data folder. */
  readonly serving?: boolean
  /** False only for servers of tests: nothing is flushed to the disk. */
  readonly durable?: boolean
  readonly maxConnections?: number
  /** The server died and did not come back at the third attempt. */
  readonly onGivenUp?: (error: Error) => void
}

export type EmbeddedServer = {
  /** As the owner `motcua`, who is no superuser. Stays the same while this process lives. */
  readonly ownerUrl: string
  /** This process made the cluster just now. */
  readonly isNew: boolean
  /** False between a crash of the server and its return. */
  readonly isUp: () => boolean
  /** Leaves; the last one out stops the server. */
  readonly close: () => Promise<void>
}

const RESTARTS = 3
/** A server that dies sooner than this after its return counts as not returned. */
const SETTLED_MS = 2_000

/** @throws CannotStart */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedServer> => {
  const dataDir = resolve(options.dataDir)
  const user = runUser()
  const site: Site = { dataDir, user, binaries: await binariesFor(user, options.say), durable: options.durable ?? true, maxConnections: options.maxConnections ?? 60 }
  const first = await enter(site, await findOrMakeRecord(dataDir, user, options.say), options, false)
  const record = first.up.record

  const state = { up: true, closing: false, failures: 0, upSince: Date.now(), seat: first.seat }
  const watch = (seat: pg.Client): void => {
    seat.once('error', () => undefined)
    seat.once('end', () => void recover())
  }
  const recover = async (): Promise<void> => {
    if (state.closing || !state.up) return
    state.up = false
    state.failures = Date.now() - state.upSince > SETTLED_MS ? 0 : state.failures + 1
    let failure = new Error('the database keeps dying')
    while (state.failures < RESTARTS && !state.closing) {
      await sleep(state.failures * 1_000)
      try {
        state.seat = (await enter(site, record, options, true)).seat
        state.up = true
        state.upSince = Date.now()
        watch(state.seat)
        return
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error))
        state.failures += 1
      }
    }
    if (!state.closing) options.onGivenUp?.(failure)
  }
  watch(state.seat)

  const close = async (): Promise<void> => {
    state.closing = true
    const last = await leave(state.seat)
    if (last) await stopPostmaster(site.binaries, user, clusterOf(record))
    await state.seat.end().catch(() => undefined)
  }
  return { ownerUrl: ownerUrl(record), isNew: first.up.isNew, isUp: () => state.up, close }
}

/** Brings the server up and takes a seat: a session that shows that this process is present. The last one out may stop the server in between: once more then. */
const enter = async (site: Site, record: Parameters<typeof bringUp>[1], options: EmbeddedOptions, samePort: boolean): Promise<{ up: Up; seat: pg.Client }> => {
  for (let attempt = 1; ; attempt += 1) {
    const up = await bringUp(site, record, samePort)
    const seat = new pg.Client({ connectionString: ownerUrl(up.record), application_name: 'motcua seat', connectionTimeoutMillis: 5_000, keepAlive: true })
    // Without a listener a lost session would end the program.
    seat.on('error', () => undefined)
    try {
      await seat.connect()
      await seat.query('select pg_advisory_lock_shared($1)', [PRESENT])
      if (options.serving === true) await takeService(seat, site.dataDir)
      return { up, seat }
    } catch (error) {
      await seat.end().catch(() => undefined)
      if (error instanceof CannotStart || attempt === 5) throw error
      await sleep(100)
    }
  }
}

/** A killed program's session lives on for a moment, so one refusal is not the answer yet. */
const takeService = async (seat: pg.Client, dataDir: string): Promise<void> => {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const { rows } = await seat.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [SERVING])
    if (rows[0]?.mine === true) return
    await sleep(125)
  }
  throw new CannotStart(`Một Cửa already runs on ${dataDir}: stop that one first, or set DATA_DIR and PORT for a second city.`)
}

const leave = async (seat: pg.Client): Promise<boolean> => {
  try {
    await seat.query('select pg_advisory_unlock_all()')
    const { rows } = await seat.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [PRESENT])
    return rows[0]?.last === true
  } catch {
    return false
  }
}
