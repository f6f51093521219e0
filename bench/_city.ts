/**
 * The city that the measurements are made in: a million invented dossiers on the embedded server, made once by `motcua seed` and kept in BENCH_DATA (default:
 * a folder under the system's temporary one). BENCH_DOSSIERS says another size; each size has its own folder.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { sql } from '#platform/db/db.ts'
import { type Installation, openInstallation } from '../src/app/open.ts'

const DOSSIERS = Number(process.env['BENCH_DOSSIERS'] ?? 1_000_000)
const FOLDER = process.env['BENCH_DATA'] ?? join(tmpdir(), `motcua-bench-${DOSSIERS}`)
const DONE = join(FOLDER, 'seeded')
const environment = (more: Readonly<Record<string, string>> = {}) => ({ ...process.env, DATA_DIR: FOLDER, MODE: 'demo', LOG_FILE: join(FOLDER, 'log'), ...more })

const run = (script: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { env: environment(), stdio: 'inherit' })
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${script} ended with ${code}`))))
  })

const seed = async (): Promise<void> => {
  if (existsSync(DONE)) return
  mkdirSync(FOLDER, { recursive: true, mode: 0o711 })
  console.error(`Making a city of ${DOSSIERS} dossiers in ${FOLDER}; this is done once.`)
  const began = performance.now()
  await run('scripts/start.js', ['seed', '--dossiers', String(DOSSIERS), '--seed', '1', '--json'])
  await run('scripts/start.js', ['lateness'])
  await cleanUp()
  writeFileSync(DONE, `${Math.round((performance.now() - began) / 1_000)} s\n`)
}

/** What program and server do by themselves within a day of such a load, and would do while we measure: see to what is late, tidy up. */
const cleanUp = async (): Promise<void> => {
  Object.assign(process.env, { DATA_DIR: FOLDER, MODE: 'demo' })
  const { ownerUrl, close } = await openInstallation({ job: 'bench' })
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
  await close()
}

/** Measured acts leave messages to write and to send, minutes of work that would be measured with the pages of the next bench: they are let go. */
const forgetMessages = async ({ ownerUrl }: Installation): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`update log.checkpoint c set epoch = l.epoch, xid = l.xid, id = l.id
    from (select e.epoch, e.xid, e.id from log.event e order by e.id desc limit 1) l where c.id < l.id`)
  await client.query(`delete from graphile_worker._private_jobs where task_id in (select id from graphile_worker._private_tasks where identifier = 'send-message')`)
  await client.query(`delete from notification.message where state = 'waiting'`)
  await client.end()
}

export type BenchCity = { readonly installation: Installation; readonly close: () => Promise<void> }

/** Built anew from the sources, seeded if it is not yet. */
export const openCity = async (): Promise<BenchCity> => {
  await run('scripts/build.js', [])
  await seed()
  Object.assign(process.env, { DATA_DIR: FOLDER, MODE: 'demo', DB_POOL: process.env['DB_POOL'] ?? '8' })
  const installation = await openInstallation({ job: 'bench' })
  await forgetMessages(installation)
  return { installation, close: installation.close }
}

export type Served = { readonly base: string; readonly stop: () => Promise<void> }

/** The built program on that city, TRUST_PROXY on: the generator plays many addresses. */
export const serveCity = async (): Promise<Served> => {
  const port = 3_900 + (process.pid % 90)
  const child: ChildProcess = spawn(process.execPath, ['scripts/start.js', 'serve'], { env: environment({ PORT: String(port), TRUST_PROXY: '1', DB_POOL: '12' }), stdio: ['ignore', 'ignore', 'inherit'] })
  const base = `http://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  for (let i = 0; i < 480; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    if ((await fetch(`${base}/readyz`).catch(() => undefined))?.ok === true) return { base, stop }
  }
  await stop()
  throw new Error('the program did not start')
}

/** Machine, settings and size of the data: without them no figure means anything. */
export const printMachine = async ({ installation }: BenchCity, what: string): Promise<void> => {
  const { rows } = await sql<{ settings: string; dossiers: number; events: number; bytes: number }>`
    select (select string_agg(name || ' ' || setting, ', ' order by name) from pg_settings where name in ('fsync', 'synchronous_commit', 'server_version', 'shared_buffers')) as settings,
           (select count(*)::int from dossier.dossier) as dossiers, (select reltuples::bigint from pg_class where oid = 'log.head'::regclass) as events,
           pg_database_size(current_database()) as bytes`.execute(installation.db)
  const { settings, dossiers, bytes } = rows[0]!
  const cpu = cpus()
  console.log(`${what} · ${cpu.length} × ${cpu[0]?.model ?? '?'} · Node ${process.versions.node} · ${settings} · load ${loadavg().map((n) => n.toFixed(1)).join(' ')}`)
  console.log(`${dossiers.toLocaleString('en')} dossiers, ${(bytes / 2 ** 30).toFixed(1)} GiB. Generator, program and database share the machine.\n`)
}
