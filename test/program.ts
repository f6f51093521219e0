/** The real program as real processes on a data directory of its own: started, asked, killed, started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import pg from 'pg'

const root = join(import.meta.dirname, '..')

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string; readonly ms: number }
export type Launched = { readonly child: ChildProcess; readonly ended: Promise<Ended> }

export type ProgramUnderTest = {
  readonly port: number
  /** Runs one command to its end. */
  readonly command: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>
  /** `serve`, when it is ready. @throws Error when it ends before that */
  readonly serve: () => Promise<Launched>
  readonly ready: (program: Launched) => Promise<void>
  /** Process number of the embedded database server, if one runs. */
  readonly postmaster: () => number | undefined
  /** To the database, past the program, as its owner. */
  readonly connect: () => Promise<pg.Client>
  /** Ends whatever was started and removes the data. */
  readonly remove: () => Promise<void>
}

const bundle = (outdir: string) =>
  build({ absWorkingDir: root, entryPoints: { main: 'src/app/main.ts', 'history-thread': 'src/app/history-thread.ts' }, outdir, bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node22', packages: 'external', jsx: 'automatic', jsxImportSource: 'hono/jsx', logLevel: 'silent' })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Built from the sources as they are now. `name`: of the test, so that two do not overwrite each other's build. */
export const buildProgram = async (name: string, mode: 'demo' | 'production'): Promise<ProgramUnderTest> => {
  const outdir = join(root, 'node_modules/.cache', name)
  await bundle(outdir)
  const [dataDir, port] = [await mkdtemp(join(tmpdir(), `motcua-${name}-`)), await freePort()]
  const started: ChildProcess[] = []

  const launch = (args: readonly string[], env: Readonly<Record<string, string>>): Launched => {
    const began = performance.now()
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(DATABASE_URL|TEST_DATABASE_URL|npm_lifecycle_event|NODE_OPTIONS|VITEST.*)$/.test(key)))
    const child = spawn(process.execPath, [join(outdir, 'main.js'), ...args], { cwd: root, env: { ...inherited, NODE_ENV: 'production', DATA_DIR: dataDir, MODE: mode, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    started.push(child)
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err, ms: performance.now() - began }))) }
  }

  const ready = async (program: Launched): Promise<void> => {
    for (let i = 0; i < 1_200; i += 1) {
      if (program.child.exitCode !== null) throw new Error(`ended: ${(await program.ended).err}`)
      if ((await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok === true) return
      await sleep(50)
    }
    throw new Error('not ready after a minute')
  }

  const serve = async (): Promise<Launched> => {
    const program = launch(['serve'], { PORT: String(port) })
    await ready(program)
    return program
  }

  const record = (): { home: string; port: number; ownerPassword: string } => JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'))

  const postmaster = (): number | undefined => {
    const path = join(record().home, 'postgres/postmaster.pid')
    return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : undefined
  }

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: `postgres://motcua:${record().ownerPassword}@127.0.0.1:${record().port}/motcua` })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  const remove = async (): Promise<void> => {
    for (const child of started) child.kill('SIGKILL')
    const server = existsSync(join(dataDir, 'postgres.json')) ? postmaster() : undefined
    if (server !== undefined) process.kill(server, 'SIGQUIT')
    await sleep(300)
    if (existsSync(join(dataDir, 'postgres.json')) && record().home !== dataDir) await rm(record().home, { recursive: true, force: true })
    await rm(dataDir, { recursive: true, force: true })
  }

  return { port, command: (args, env = {}) => launch(args, env).ended, serve, ready, postmaster, connect, remove }
}
