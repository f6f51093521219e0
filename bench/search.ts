/**
 * How fast is the search for a procedure, and its page? Sixteen users over HTTP against the built program, each asking its next question when it has the
 * answer: names without accents and with one slip, everyday words, procedure pages, the home page. Beside it a floor in the same run: the smallest answer
 * that the same server can give (`/healthz`), and the search function alone, without HTTP.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fold } from '#kernel/text.ts'
import synonymData from '../data/catalogue/synonyms.json' with { type: 'json' }

const USERS = 16
const SECONDS = Number(process.argv[2] ?? 8)
const ROUNDS = Number(process.argv[3] ?? 3)
/** A running program to measure; without it one is started on an empty folder and thrown away. */
const GIVEN = process.env['BENCH_URL']
const P95_MS = 30
const PER_SECOND = 800

type Named = { readonly code: string; readonly name: string }
const directory = join(process.cwd(), 'data/procedures')
const procedures = readdirSync(directory)
  .filter((f) => f.endsWith('.jsonl'))
  .flatMap((f) => readFileSync(join(directory, f), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Named))

/** mulberry32: the same questions in every run. */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const next = chance(2026)
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
const slip = (text: string) => {
  const at = Math.floor(next() * text.length)
  return `${text.slice(0, at)}${oneOf([...'abcdeghiklmnopqrstuvxy'])}${text.slice(at + 1)}`
}
const searchFor = (q: string) => `/thu-tuc?q=${encodeURIComponent(q)}`
/** People type a few words, not a whole name. */
const firstWords = (name: string) => fold(name).split(/\s+/).slice(0, 3 + Math.floor(next() * 5)).join(' ')

const QUESTIONS = {
  'floor: /healthz': () => '/healthz',
  'search: first words of a name, without accents': () => searchFor(firstWords(oneOf(procedures).name)),
  'search: the same with one slip': () => searchFor(slip(firstWords(oneOf(procedures).name))),
  'search: a whole name with one slip': () => searchFor(slip(fold(oneOf(procedures).name).slice(0, 300))),
  'search: everyday words': () => searchFor(oneOf(synonymData.synonyms.flatMap((s) => s.say))),
  'page: a procedure': () => `/thu-tuc/${oneOf(procedures).code}`,
  'page: all procedures': () => '/thu-tuc',
  'page: home': () => '/',
} as const

type Measured = { readonly perSecond: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly failed: number }

const ask = (base: string, agent: Agent, path: string): Promise<{ ms: number; ok: boolean }> =>
  new Promise((resolve, reject) => {
    const from = performance.now()
    const request = get(base + path, { agent, headers: { 'accept-encoding': 'gzip', accept: 'text/html' } }, (response) => {
      response.resume()
      response.on('end', () => resolve({ ms: performance.now() - from, ok: response.statusCode === 200 }))
    })
    request.on('error', reject)
  })

const measure = async (base: string, question: () => string, seconds: number): Promise<Measured> => {
  const agent = new Agent({ keepAlive: true, maxSockets: USERS })
  const times: number[] = []
  let failed = 0
  const started = performance.now()
  const until = started + seconds * 1_000
  const user = async () => {
    while (performance.now() < until) {
      const { ms, ok } = await ask(base, agent, question())
      times.push(ms)
      if (!ok) failed += 1
    }
  }
  await Promise.all(Array.from({ length: USERS }, user))
  const took = (performance.now() - started) / 1_000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { perSecond: times.length / took, p50: at(0.5), p95: at(0.95), p99: at(0.99), failed }
}

const startProgram = async (): Promise<{ base: string; stop: () => Promise<void> }> => {
  if (GIVEN !== undefined) return { base: GIVEN, stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-search-'))
  const port = 3_900 + (process.pid % 90)
  const child: ChildProcess = spawn(process.execPath, ['scripts/start.js', 'serve'], {
    env: { ...process.env, DATA_DIR: folder, PORT: String(port), MODE: 'demo', LOG_FILE: join(folder, 'log') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const base = `http://127.0.0.1:${port}`
  const stop = async () => {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
  for (let i = 0; i < 240; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    if ((await fetch(`${base}/readyz`).catch(() => undefined))?.ok === true) return { base, stop }
  }
  await stop()
  throw new Error('the program did not start')
}

const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`)

const { base, stop } = await startProgram()
try {
  console.log(`${USERS} users, ${SECONDS} s a question, median of ${ROUNDS} rounds by p95; ${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(2)}. The questions are asked by one process on the same cores.\n`)
  row(['question', 'answers/s', 'p50 ms', 'p95 ms', 'p99 ms', 'failed', 'of the floor'])
  row(['---', '--:', '--:', '--:', '--:', '--:', '--:'])
  let floor = 0
  const missed: string[] = []
  for (const [name, question] of Object.entries(QUESTIONS)) {
    await measure(base, question, 2)
    // Each procedure is drawn once for everybody: what is measured is the second visitor's page.
    if (name === 'page: a procedure') for (const { code } of procedures) await (await fetch(`${base}/thu-tuc/${code}`, { headers: { 'accept-encoding': 'gzip' } })).arrayBuffer()
    const rounds: Measured[] = []
    for (let i = 0; i < ROUNDS; i += 1) rounds.push(await measure(base, question, SECONDS))
    rounds.sort((a, b) => a.p95 - b.p95)
    const m = rounds[Math.floor(ROUNDS / 2)] as Measured
    if (name.startsWith('floor')) floor = m.perSecond
    row([name, m.perSecond.toFixed(0), m.p50.toFixed(1), m.p95.toFixed(1), m.p99.toFixed(1), String(m.failed), `${((100 * m.perSecond) / floor).toFixed(0)} %`])
    if (m.failed > 0) missed.push(`${name}: ${m.failed} failed`)
    if (name.startsWith('search') && m.p95 > P95_MS) missed.push(`${name}: p95 ${m.p95.toFixed(1)} ms, wanted ${P95_MS}`)
    if (name.startsWith('page') && m.perSecond < PER_SECOND) missed.push(`${name}: ${m.perSecond.toFixed(0)}/s, wanted ${PER_SECOND}`)
  }
  console.log(missed.length === 0 ? '\nAll budgets kept.' : `\nMissed:\n${missed.map((m) => `- ${m}`).join('\n')}`)
  process.exitCode = missed.length === 0 ? 0 : 1
} finally {
  await stop()
}
