/** Making a cluster and writing its settings. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CannotStart } from '../../config/cannot-start.ts'
import type { Binaries } from './binaries.ts'
import { type ClusterRecord, clusterOf, logOf, requireSpace } from './location.ts'
import { type RunUser, give } from './run-user.ts'

const run = promisify(execFile)

/** Megabytes: a new cluster with the first city needs about 250, a running one room for its write-ahead log. */
const SPACE_NEW = 400
const SPACE_OLD = 48

/**
 * Makes the cluster if it is not there; half-made ones never count, because the folder gets its name only when it is whole.
 * @returns true when this process made it
 */
export const ensureCluster = async (binaries: Binaries, user: RunUser, record: ClusterRecord, durable: boolean): Promise<boolean> => {
  const cluster = clusterOf(record)
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    await requireSpace(record.home, SPACE_OLD)
    return false
  }
  await requireSpace(record.home, SPACE_NEW)
  const half = `${cluster}.${process.pid}`
  const password = `${half}.password`
  try {
    await rm(half, { recursive: true, force: true })
    await mkdir(half, { mode: 0o700 })
    give(user, half)
    await writeFile(password, record.superPassword, { mode: 0o600 })
    give(user, password)
    await initdb(binaries, user, half, password, durable)
    await rename(half, cluster)
    return true
  } catch (error) {
    if (existsSync(join(cluster, 'PG_VERSION'))) return false
    throw error
  } finally {
    await rm(password, { force: true })
    await rm(half, { recursive: true, force: true })
  }
}

const initdb = async (binaries: Binaries, user: RunUser, directory: string, password: string, durable: boolean): Promise<void> => {
  const common = ['-D', directory, '-U', 'postgres', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(durable ? [] : ['--no-sync'])]
  // Character classes beyond ASCII for trigrams and full text, where the machine has the locale.
  const attempts = process.platform === 'linux' ? [[...common, '--lc-ctype=C.UTF-8'], common] : [common]
  let failure: unknown
  for (const args of attempts) {
    try {
      await run(binaries.initdb, args, { ...user.spawn, env: { PATH: process.env['PATH'] ?? '', LC_MESSAGES: 'C', TZ: 'UTC' } })
      return
    } catch (error) {
      failure = error
      await rm(directory, { recursive: true, force: true })
      await mkdir(directory, { mode: 0o700 })
      give(user, directory)
    }
  }
  const said = failure !== null && typeof failure === 'object' && 'stderr' in failure ? String(failure.stderr).trim() : String(failure)
  if (/no space left/i.test(said)) throw new CannotStart('There is no space left on the disk: free some and start again.')
  throw new CannotStart(`The database could not be made: ${said.split('\n').find((l) => /error|fatal|could not/i.test(l)) ?? said}.`)
}

export type ClusterSettings = { readonly port: number; readonly durable: boolean; readonly maxConnections: number }

/** Ours alone: written whole at every start, so that a new release brings its settings to an old cluster. */
export const writeSettings = async (user: RunUser, record: ClusterRecord, settings: ClusterSettings): Promise<void> => {
  const path = join(clusterOf(record), 'postgresql.conf')
  const half = `${path}.${process.pid}`
  await writeFile(half, settingsText(settings), { mode: 0o600 })
  give(user, half)
  await rename(half, path)
}

/** A sixteenth of the machine's memory, for the program and the system's own cache need the rest; touched only as far as the data reaches. */
const bufferMb = (): number => Math.round(Math.min(1_024, Math.max(192, totalmem() / 2 ** 20 / 16)))

const settingsText = ({ port, durable, maxConnections }: ClusterSettings): string => {
  const onOff = durable ? 'on' : 'off'
  return `# Written by Một Cửa at every start.
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = ${maxConnections}
password_encryption = 'scram-sha-256'
shared_buffers = '${durable ? bufferMb() : 128}MB'
work_mem = '16MB'
maintenance_work_mem = '96MB'
effective_cache_size = '1GB'
random_page_cost = 1.1
jit = off
fsync = ${onOff}
synchronous_commit = ${onOff}
full_page_writes = ${onOff}
wal_level = ${durable ? 'replica' : 'minimal'}
max_wal_senders = ${durable ? 4 : 0}
max_wal_size = '2GB'
checkpoint_timeout = '15min'
checkpoint_completion_target = 0.9
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'ISO, YMD'
lc_messages = 'C'
# No personal data in the server's log: neither statements nor the values in them.
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = 'panic'
log_error_verbosity = 'terse'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_checkpoints = off
log_min_messages = 'warning'
log_line_prefix = '%m [%p] '
`
}

const LOG_LIMIT = 8 * 1024 * 1024

/** One older log is kept. */
export const turnLog = async (record: ClusterRecord): Promise<void> => {
  const size = await stat(logOf(record)).then((s) => s.size, () => 0)
  if (size > LOG_LIMIT) await rename(logOf(record), `${logOf(record)}.1`)
}
