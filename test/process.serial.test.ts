/** The real program in real processes: started, asked, killed at bad moments, started again. Runs alone: it watches the clock. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const program = join(root, 'node_modules/.cache/process-test/main.js')
const dataDir = await mkdtemp(join(tmpdir(), 'motcua-process-'))
const started: ChildProcess[] = []

type Ended = { readonly code: number | null; readonly out: string; readonly err: string; readonly ms: number }

const launch = (args: readonly string[], env: Readonly<Record<string, string>>): { child: ChildProcess; ended: Promise<Ended> } => {
  const began = performance.now()
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|TEST_DATABASE_URL|npm_lifecycle_event|NODE_OPTIONS|VITEST.*)$/.test(name)))
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env: { ...inherited, NODE_ENV: 'production', DATA_DIR: dataDir, MODE: 'production', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err, ms: performance.now() - began }))) }
}

const command = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> => launch(args, env).ended

let port = 0
const ready = async (program: { child: ChildProcess; ended: Promise<Ended> }): Promise<void> => {
  for (let i = 0; i < 1_200; i += 1) {
    if (program.child.exitCode !== null) throw new Error(`ended: ${(await program.ended).err}`)
    if ((await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok === true) return
    await sleep(50)
  }
  throw new Error('not ready after a minute')
}
const serve = async (): Promise<{ child: ChildProcess; ended: Promise<Ended> }> => {
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

beforeAll(async () => {
  await build({ absWorkingDir: root, entryPoints: { main: 'src/app/main.ts' }, outdir: join(program, '..'), bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node22', packages: 'external', jsx: 'automatic', jsxImportSource: 'hono/jsx', logLevel: 'silent' })
  port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
})

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  const server = existsSync(join(dataDir, 'postgres.json')) ? postmaster() : undefined
  if (server !== undefined) process.kill(server, 'SIGQUIT')
  await sleep(300)
  if (existsSync(join(dataDir, 'postgres.json')) && record().home !== dataDir) await rm(record().home, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
})

describe('the command line', () => {
  it('lists its commands, explains each, and answers 2 to one that it does not know', async () => {
    const overview = await command(['--help'])
    expect(overview.code).toBe(0)
    const names = [...overview.out.matchAll(/^ {2}([a-z:-]+) {2,}/gm)].map((m) => m[1] ?? '')
    expect(names).toEqual(expect.arrayContaining(['serve', 'migrate', 'seed', 'import-procedures', 'deadline', 'seal', 'verify', 'user']))
    for (const name of names) {
      const help = await command([name, '--help'])
      expect([name, help.code, /Exit code/.test(help.out)]).toEqual([name, 0, true])
    }
    expect((await command(['dance'])).code).toBe(2)
    expect((await command(['migrate', '--fast'])).code).toBe(2)
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong port', { PORT: 'many' }, /^Wrong setting: PORT is a number\.$/],
    ['a wrong mode', { MODE: 'test' }, /^Wrong setting: MODE is demo or production\.$/],
    ['a database that nobody runs', { DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/b' }, /^The database at 127\.0\.0\.1:1\/b \(DATABASE_URL\) cannot be reached: nothing listens there\.$/],
    ['something that is no database address', { DATABASE_URL: 'mysql://x' }, /^Wrong setting: DATABASE_URL begins with postgres:\/\/\.$/],
  ])('says in one sentence what is wrong with %s', async (_, env, sentence) => {
    const ended = await command(['serve'], env)
    expect(ended.code).toBe(1)
    expect(ended.err.trim()).toMatch(sentence)
    expect(ended.err).not.toContain('secret')
  })
})

describe('the program and its database', () => {
  it('starts from nothing; a second one on the same folder and one on a taken port say so', async () => {
    const program = await serve()
    const second = await command(['serve'], { PORT: '0' })
    expect([second.code, second.err]).toEqual([1, expect.stringMatching(/already runs on/)])
    // Whatever else is asked of the folder meanwhile works beside it, and does not stop its database.
    expect((await command(['migrate', '--json'])).code).toBe(0)
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    program.child.kill('SIGTERM')
    const ended = await program.ended
    expect(ended.code).toBe(0)
    expect(postmaster()).toBeUndefined()
  }, 120_000)

  it('a port that somebody else has is one sentence, and nothing is left running', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve))
    const ended = await command(['serve'], { PORT: String(port) })
    taken.close()
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(/^Port \d+ is taken/)])
    expect(postmaster()).toBeUndefined()
  }, 60_000)

  it('keeps to its mode: what is production stays production (decision 22)', async () => {
    const ended = await command(['migrate'], { MODE: 'demo' })
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(/made in production mode/)])
  }, 60_000)

  it('kill -9 of the program, of the database, of both: each time the next start works', async () => {
    const first = await serve()
    first.child.kill('SIGKILL')
    await first.ended
    const second = await serve()
    process.kill(postmaster() ?? 0, 'SIGKILL')
    const away = await fetch(`http://127.0.0.1:${port}/readyz`)
    expect([200, 503]).toContain(away.status)
    // The program brings its database back by itself.
    await ready(second)
    process.kill(postmaster() ?? 0, 'SIGKILL')
    second.child.kill('SIGKILL')
    await second.ended
    const third = await serve()
    third.child.kill('SIGTERM')
    expect((await third.ended).code).toBe(0)
  }, 120_000)

  it('what was acknowledged before a kill -9 of the database is there afterwards', async () => {
    const program = await serve()
    const client = await connect()
    const acknowledged: string[] = []
    const killing = sleep(150).then(() => process.kill(postmaster() ?? 0, 'SIGKILL'))
    try {
      for (;;) {
        const key = `crash.${acknowledged.length}`
        await client.query(`insert into platform.setting (key, value) values ($1, '1')`, [key])
        acknowledged.push(key)
      }
    } catch {
      // The kill.
    }
    await killing
    await ready(program)
    const again = await connect()
    const { rows } = await again.query<{ key: string }>(`select key from platform.setting where key like 'crash.%'`)
    await again.end()
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(rows.map((r) => r.key)).toEqual(expect.arrayContaining(acknowledged))
    program.child.kill('SIGTERM')
    expect((await program.ended).code).toBe(0)
  }, 120_000)
})
