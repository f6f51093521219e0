/** Clients that each ask for the next thing when they have the answer to the last; figures; the floor of a database command. */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

export type Measured = { readonly perSecond: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly failed: number }

/**
 * @param work may say `false` for an answer that does not count
 * @param everyMs each client asks once in so many milliseconds, at a moment of its own; left out: again as soon as it is answered
 */
export const drive = async (work: (i: number, client: number) => Promise<unknown>, clients: number, seconds: number, everyMs = 0): Promise<Measured> => {
  const times: number[] = []
  let [i, failed] = [0, 0]
  const started = performance.now()
  const until = started + seconds * 1_000
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; performance.now() < until; n += 1) {
        if (everyMs > 0) await sleep(Math.max(0, started + (n + client / clients) * everyMs - performance.now()))
        const from = performance.now()
        if ((await work(i++, client)) === false) failed += 1
        times.push(performance.now() - from)
      }
    }),
  )
  const took = (performance.now() - started) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: times.length / took, p50: at(0.5), p95: at(0.95), p99: at(0.99), failed }
}

export const median = (runs: readonly Measured[]): Measured => runs.toSorted((a, b) => a.p95 - b.p95)[Math.floor(runs.length / 2)]!

export const head = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |\n|${cells.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`)
export const line = (name: string, m: Measured, ...more: readonly string[]): void =>
  console.log(`| ${[name, m.perSecond.toFixed(0), m.p50.toFixed(1), m.p95.toFixed(1), m.p99.toFixed(1), String(m.failed), ...more].join(' | ')} |`)

/** `behind`: sent before the statement before it was answered, as a pool with a pipeline may. */
export type Statement = { readonly text: string; readonly values: readonly unknown[]; readonly inTransaction: boolean; readonly behind: boolean }

/** Every statement that `work` sends, as the driver gets it. */
export const recordStatements = async <T>(pool: pg.Pool, work: () => Promise<T>): Promise<{ readonly statements: readonly Statement[]; readonly value: T }> => {
  const client = await pool.connect()
  const proto = Object.getPrototypeOf(client) as { query: (this: unknown, ...args: unknown[]) => unknown }
  client.release()
  const { query } = proto
  const statements: Statement[] = []
  let inTransaction = false
  const unanswered = new WeakMap<object, number>()
  const wait = (of: object, by: number): void => void unanswered.set(of, (unanswered.get(of) ?? 0) + by)
  proto.query = function (...args) {
    const client = this as object
    const [first] = args
    const text = typeof first === 'string' ? first : (first as { text: string }).text
    const values = (typeof first === 'string' ? args[1] : (first as { values?: unknown }).values) as unknown[] | undefined
    if (/^\s*(begin|start)/i.test(text)) inTransaction = true
    statements.push({ text, values: values ?? [], inTransaction, behind: inTransaction && (unanswered.get(client) ?? 0) > 0 })
    if (/^\s*commit/i.test(text)) inTransaction = false
    const answer = query.apply(this, args)
    // The pool itself asks with a callback.
    if (answer instanceof Promise) {
      wait(client, 1)
      void answer.catch(() => undefined).then(() => wait(client, -1))
    }
    return answer
  }
  try {
    return { value: await work(), statements }
  } finally {
    proto.query = query
  }
}

const PREPARED = /^\s*\/\* prepared \*\//
/** One name per text, on every connection. */
const names = new Map<string, string>()
const nameOf = (text: string): string => {
  const name = names.get(text) ?? `floor${names.size}`
  names.set(text, name)
  return name
}

/** Sends them again over the same pool, prepared and one behind the other as the program sends them; `change` puts fresh ids in. */
export const sendAgain = async (pool: pg.Pool, statements: readonly Statement[], change: (value: unknown, statement: Statement) => unknown): Promise<void> => {
  // One connection, as settings come with the statement that they are for.
  const client = await pool.connect()
  try {
    const under: Promise<unknown>[] = []
    for (const statement of statements) {
      if (!statement.behind) await Promise.all(under.splice(0))
      const { text, values } = statement
      // What the program plans anew for its values is planned anew here too: one plan for all names would be another query.
      const named: { name?: string } = PREPARED.test(text) ? { name: nameOf(text) } : {}
      under.push(client.query(values.length === 0 && named.name === undefined ? text : { ...named, text, values: values.map((value) => change(value, statement)) }))
    }
    await Promise.all(under)
  } finally {
    client.release()
  }
}
