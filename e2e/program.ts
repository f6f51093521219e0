/** Starts the built program on a data directory of its own, as `npm start` would, and keeps what it logged. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
    /** Only of a program that this run started. */
    programLog?: string
  }
}

const root = join(import.meta.dirname, '..')

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // While writing journeys: a program that is running already.
  const running = process.env['E2E_BASE_URL']
  if (running !== undefined) {
    project.provide('baseUrl', running)
    return async () => {}
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'motcua-e2e-'))
  const port = await freePort()
  const programLog = join(dataDir, 'program.log')
  const child = spawn(process.execPath, ['scripts/start.js', 'serve'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', DATA_DIR: join(dataDir, 'data'), PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'debug' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(programLog)
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const baseUrl = `http://127.0.0.1:${port}`
  await ready(child, baseUrl)
  project.provide('baseUrl', baseUrl)
  project.provide('programLog', programLog)
  return async () => {
    await stop(child)
    log.end()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const ready = async (child: ChildProcess, baseUrl: string): Promise<void> => {
  for (let i = 0; i < 900; i++) {
    if (child.exitCode !== null) throw new Error(`the program stopped with ${child.exitCode} before it was ready`)
    const answer = await fetch(`${baseUrl}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the program was not ready after 90 s')
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  })
