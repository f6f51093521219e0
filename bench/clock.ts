/**
 * How fast is the deadline clock? Times computations one by one (for percentiles) and in bulk (for throughput), with and without reading the explanation,
 * beside a floor: the same dates added up without any rule.
 */
import { cpus, loadavg } from 'node:os'
import fc from 'fast-check'
import { instantAt, dayNumberOf } from '#kernel/plain-date.ts'
import { type DeadlineInput, computeDeadline, shippedCalendar } from '#modules/calendar'
import { question } from '../test/clock-questions.ts'

const CASES = 20_000
const ROUNDS = 25
const WANTED = 200_000

const calendar = shippedCalendar()
const questions = fc
  .sample(question, { numRuns: CASES * 2, seed: 2026 })
  .map(({ input }) => input)
  .filter((input) => computeDeadline(calendar, input).ok)
  .slice(0, CASES)
const plain = questions.map(({ start, limit }): DeadlineInput => ({ start, limit }))

/** Bare date additions: what any program must at least do. */
const floor = ({ start, limit }: DeadlineInput): number => instantAt(dayNumberOf(start) + Math.ceil(limit.amount), 63_000_000)
const compute = (input: DeadlineInput): number => {
  const answer = computeDeadline(calendar, input)
  return answer.ok ? (answer.value.dueAt ?? 0) : 0
}
const explained = (input: DeadlineInput): number => {
  const answer = computeDeadline(calendar, input)
  return answer.ok ? answer.value.explanation.length : 0
}

const grouped = (n: number) => Math.round(n).toLocaleString('en')

type Measured = { readonly perSecond: number; readonly perCpuSecond: number; readonly p50: number; readonly p95: number; readonly p99: number }
let sink = 0

const measure = (inputs: readonly DeadlineInput[], work: (input: DeadlineInput) => number): Measured => {
  for (const input of inputs) sink += work(input)
  const busy = process.cpuUsage()
  const started = process.hrtime.bigint()
  for (let round = 0; round < ROUNDS; round++) for (const input of inputs) sink += work(input)
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const { user, system } = process.cpuUsage(busy)
  const single = inputs.map((input) => {
    const from = process.hrtime.bigint()
    sink += work(input)
    return Number(process.hrtime.bigint() - from) / 1_000
  })
  single.sort((a, b) => a - b)
  const at = (share: number) => single[Math.floor(single.length * share)] ?? 0
  const done = inputs.length * ROUNDS
  return { perSecond: done / seconds, perCpuSecond: (done / (user + system)) * 1e6, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const rows = [
  ['floor: additions without rules', measure(plain, floor)],
  ['due date', measure(plain, compute)],
  ['due date, with suspensions', measure(questions, compute)],
  ['due date and explanation', measure(plain, explained)],
  ['due date and explanation, with suspensions', measure(questions, explained)],
] as const

const cpu = cpus()
console.log(`Deadline clock · Node ${process.versions.node} · ${cpu.length} × ${cpu[0]?.model ?? 'unknown processor'} · ${questions.length} random questions over 2020–2027 × ${ROUNDS} · load ${loadavg().map((n) => n.toFixed(1)).join(' ')}`)
console.log('')
console.log('| what | computations/s | per CPU second | p50 µs | p95 µs | p99 µs | × floor |')
console.log('|---|---:|---:|---:|---:|---:|---:|')
const base = rows[0][1].perCpuSecond
for (const [what, m] of rows) {
  const times = base / m.perCpuSecond
  console.log(`| ${what} | ${grouped(m.perSecond)} | ${grouped(m.perCpuSecond)} | ${m.p50.toFixed(2)} | ${m.p95.toFixed(2)} | ${m.p99.toFixed(2)} | ${times.toFixed(1)} |`)
}
// Other programs on the machine take wall-clock time away, not this one's own.
const [, dates] = rows[2]
const met = dates.perSecond >= WANTED || dates.perCpuSecond >= WANTED
console.log(`\nWanted: ${grouped(WANTED)} computations/s. ${met ? 'Met.' : 'MISSED.'}`)
if (sink === Number.NEGATIVE_INFINITY) console.log(sink)
if (!met) process.exitCode = 1
