/** The server's process: is it there, start it, stop it (decision 28). */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { RunUser } from './run-user.ts'

export type Postmaster = { readonly pid: number; readonly port: number }

/** What `postmaster.pid` says, if that process lives and is a PostgreSQL; a stale file is no server. */
export const findPostmaster = (cluster: string): Postmaster | undefined => {
  const lines = readLines(join(cluster, 'postmaster.pid'))
  const pid = Number(lines?.[0])
  if (lines === undefined || !Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid) || !isPostgres(pid, cluster)) return undefined
  return { pid, port: Number(lines[3] ?? 0) }
}

const readLines = (path: string): string[] | undefined => {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return undefined
  }
}

/** A zombie answers to signal 0 but serves nobody. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const stat = readLines(`/proc/${pid}/stat`)?.[0]
  return stat === undefined || !/^\d+ \(.*\) Z/.test(stat)
}

/** Where /proc is, a process that got the number of a dead server is told from the server. */
const isPostgres = (pid: number, cluster: string): boolean => {
  const command = readLines(`/proc/${pid}/cmdline`)?.join('\n')
  return command === undefined || (command.includes('postgres') && command.includes(cluster))
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** Starts the server in a session of its own, so that a Ctrl-C at the terminal does not reach it before we have closed our work. */
export const spawnPostmaster = async (binaries: Binaries, user: RunUser, cluster: string, log: string): Promise<{ exited: () => boolean }> => {
  if (findPostmaster(cluster) === undefined) await rm(join(cluster, 'postmaster.pid'), { force: true })
  if (process.platform === 'win32') {
    spawnSync(binaries.pgCtl, ['start', '-D', cluster, '-l', log, '-W'], { ...user.spawn, stdio: 'ignore' })
    return { exited: () => false }
  }
  const out = openSync(log, 'a')
  const child = spawn(binaries.postgres, ['-D', cluster], { ...user.spawn, detached: true, stdio: ['ignore', out, out] })
  closeSync(out)
  let exited = false
  child.once('exit', () => (exited = true))
  child.once('error', () => (exited = true))
  child.unref()
  return { exited: () => exited }
}

const STOP_MS = 6_000

/** Ends sessions and writes a checkpoint; a server that takes too long is stopped without one and recovers at its next start. */
export const stopPostmaster = async (binaries: Binaries, user: RunUser, cluster: string): Promise<void> => {
  const server = findPostmaster(cluster)
  if (server === undefined) return
  if (process.platform === 'win32') {
    spawnSync(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast'], { ...user.spawn, stdio: 'ignore' })
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!send(server.pid, signal)) return
    for (let waited = 0; waited < STOP_MS; waited += 20) {
      if (!isAlive(server.pid)) return
      await sleep(20)
    }
  }
}

const send = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

export const lastLogLines = (log: string, count = 3): string =>
  existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-count).join(' | ') : ''
