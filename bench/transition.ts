/**
 * Transitions of open dossiers, eight at a time: each beside its own statements, prepared and sent in the same flights (decision 33). The dossiers are
 * copies of one of the seeded city that is at that step and within its time. Arguments: names of transitions (default: all), dossiers a round.
 */
import { randomBytes } from 'node:crypto'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { type PlainDate, addDays, dateOf, instant } from '#kernel/plain-date.ts'
import { getWorkingCalendar, workingDateAfter } from '#modules/calendar'
import { approveDossier, extendDossier, forwardDossier, haltDossier, proposeSupplement, requestPayment, sendBackDossier, withdrawDossier } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { readEvents } from '../src/modules/dossier/dossier-store.ts'
import { type BenchCity, openCity, printMachine } from './_city.ts'
import { inWords, ofOne, processorTime } from './_cpu.ts'
import { recordStatements, sendAgain } from './_drive.ts'
import { copyDossier } from './_stock.ts'

const CLIENTS = 8
const ROUNDS = 3
const WANTED = 0.6
const PER_SECOND = 300

type Waiting = { readonly deskId: Uuid; readonly id: Uuid; readonly version: number; readonly unitId: Uuid; readonly agencyId: Uuid; readonly postId: Uuid | null; readonly dueOn: PlainDate }
type On = { readonly submissionKey: Uuid; readonly dossierId: Uuid; readonly version: number; readonly dueOn: PlainDate }
type Transition = { readonly step: string; readonly role: string; readonly act: (ctx: Ctx, on: On) => Promise<{ readonly ok: boolean }> }

const TRANSITIONS: Readonly<Record<string, Transition>> = {
  forward: { step: 'HANDLE', role: 'case-officer', act: forwardDossier },
  'send-back': { step: 'SIGN', role: 'signer', act: (ctx, on) => sendBackDossier(ctx, { ...on, to: 'HANDLE', reason: 'Bổ sung căn cứ.' }) },
  approve: { step: 'SIGN', role: 'signer', act: approveDossier },
  supplement: {
    step: 'HANDLE', role: 'case-officer',
    act: (ctx, on) => proposeSupplement(ctx, { ...on, items: [{ place: { kind: 'paper', component: 1 }, reason: 'unclear', text: 'Bản chụp mờ, nộp lại bản rõ.' }], until: inDays(ctx, 20) }),
  },
  'request-payment': { step: 'HANDLE', role: 'case-officer', act: (ctx, on) => requestPayment(ctx, { ...on, amount: 250_000, noticeNumber: 'TB-12', noticeOn: inDays(ctx, 0), dueOn: inDays(ctx, 20) }) },
  withdraw: { step: 'HANDLE', role: 'desk-officer', act: (ctx, on) => withdrawDossier(ctx, { ...on, evidence: 'Đơn xin rút' }) },
  halt: { step: 'SIGN', role: 'signer', act: (ctx, on) => haltDossier(ctx, { ...on, reason: 'Chờ kết luận của cơ quan điều tra.' }) },
  extend: { step: 'SIGN', role: 'signer', act: (ctx, on) => getWorkingCalendar(ctx).then((calendar) => extendDossier(ctx, { ...on, reason: 'workload', dueOn: workingDateAfter(calendar, on.dueOn, 1) })) },
}
const inDays = (ctx: Ctx, days: number) => addDays(dateOf(ctx.now), days)

const newKey = (): Uuid => uuidv7(instant(Date.now()), randomBytes(10))

/** @throws Error in a city without such a dossier */
const makeWaiting = async ({ installation }: BenchCity, step: string, count: number): Promise<readonly Waiting[]> => {
  const { rows } = await installation.pool.query<Waiting>(
    `select d.id, d.version, d.desk_id as "deskId", d.holder_unit_id as "unitId", d.agency_id as "agencyId", d.holder_post_id as "postId", d.due_on as "dueOn" from dossier.dossier d join log.head h on h.stream = d.id and h.seq = d.seq
      where d.open and d.step = $1 and d.status = 'processing' and d.seq = d.version and d.due_at > now() + interval '2 days' and d.extensions = 0 and d.proposed_at is null
        and case d.step when 'SIGN' then d.holder_unit_id = d.agency_id else d.holder_post_id is not null end
      order by d.received_at desc, d.id limit 1`,
    [step],
  )
  const model = rows[0]
  if (model === undefined) throw new Error(`no dossier at ${step}`)
  const ctx = installation.ctx()
  const ids = await copyDossier(ctx, await readEvents(ctx, model.id), count)
  return ids.map((id) => ({ ...model, id }))
}

const measure = async (city: BenchCity, items: readonly Waiting[], work: (waiting: Waiting) => Promise<boolean>) => {
  const left = [...items]
  const times: number[] = []
  let failed = 0
  const began = performance.now()
  const { used } = await processorTime(city.installation.pool, () =>
    Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        for (let next = left.pop(); next !== undefined; next = left.pop()) {
          const from = performance.now()
          if (!(await work(next))) failed += 1
          times.push(performance.now() - from)
        }
      }),
    ),
  )
  const perSecond = (items.length / (performance.now() - began)) * 1_000
  times.sort((a, b) => a - b)
  return { perSecond, p50: times[Math.floor(times.length * 0.5)] ?? 0, p95: times[Math.floor(times.length * 0.95)] ?? 0, failed, used: ofOne(used, items.length) }
}
type Figures = Awaited<ReturnType<typeof measure>>

const middle = (runs: readonly Figures[]): Figures => runs.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(runs.length / 2)]!
const line = (name: string, m: Figures, share: number): void =>
  console.log(`| ${name} | ${m.perSecond.toFixed(0)} | ${m.p50.toFixed(1)} | ${m.p95.toFixed(1)} | ${m.failed} | ${(share * 100).toFixed(0)} % | ${inWords(m.used)} |`)

const compare = async (city: BenchCity, name: string, { step, role, act }: Transition, perRound: number): Promise<readonly string[]> => {
  const waiting = await makeWaiting(city, step, (2 * ROUNDS + 1) * perRound + 2)
  const ctxOf = ({ deskId, unitId, agencyId, postId }: Waiting): Ctx => {
    const posts = [role === 'desk-officer' ? { postId: newKey(), role, unitId: deskId, agencyId } : { postId: postId ?? newKey(), role, unitId, agencyId }]
    return { ...city.installation.ctx({ kind: 'person', userId: newKey(), personId: newKey(), posts }), now: instant(Date.now()) }
  }
  const command = async (w: Waiting, key = newKey()): Promise<boolean> => (await act(ctxOf(w), { submissionKey: key, dossierId: w.id, version: w.version, dueOn: w.dueOn })).ok
  // The first of all reads what is then kept in memory.
  await command(waiting[0]!)
  const [pattern, key] = [waiting[1]!, newKey()]
  const { statements, value } = await recordStatements(city.installation.pool, () => command(pattern, key))
  if (!value) return [`${name}: refused ${JSON.stringify(await act(ctxOf(pattern), { submissionKey: newKey(), dossierId: pattern.id, version: pattern.version, dueOn: pattern.dueOn }))}`]
  const floor = async ({ id }: Waiting): Promise<boolean> => {
    const fresh = newKey()
    await sendAgain(city.installation.pool, statements, (value) => (typeof value === 'string' ? value.replaceAll(pattern.id, id).replaceAll(key, fresh) : value))
    return true
  }
  const piece = (n: number) => waiting.slice(2 + n * perRound, 2 + (n + 1) * perRound)
  await measure(city, piece(0), command)
  const [commands, floors] = [[] as Figures[], [] as Figures[]]
  for (let n = 0; n < ROUNDS; n += 1) {
    floors.push(await measure(city, piece(1 + 2 * n), floor))
    commands.push(await measure(city, piece(2 + 2 * n), (w) => command(w)))
  }
  const [c, f] = [middle(commands), middle(floors)]
  const ratio = c.perSecond / f.perSecond
  line(`${name}: floor, its ${statements.length} statements`, f, 1)
  line(`${name} (${perRound} dossiers a round)`, c, ratio)
  return [ratio < WANTED && `${name}: ${(ratio * 100).toFixed(0)} % of the floor, wanted ${WANTED * 100}`, c.perSecond < PER_SECOND && `${name}: ${c.perSecond.toFixed(0)}/s, wanted ${PER_SECOND}`, c.failed > 0 && `${name}: ${c.failed} refused`].filter((m) => m !== false)
}

const names = process.argv.slice(2).filter((arg) => arg in TRANSITIONS)
const perRound = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 300)
const city = await openCity()
try {
  await printMachine(city, `Transitions; ${CLIENTS} clients, ${ROUNDS} rounds each, the median`)
  console.log('| what | per second | p50 ms | p95 ms | refused | of the floor | processor ms: program + database |\n|---|---:|---:|---:|---:|---:|---:|')
  const missed: string[] = []
  for (const [name, transition] of Object.entries(TRANSITIONS)) if (names.length === 0 || names.includes(name)) missed.push(...(await compare(city, name, transition, perRound)))
  console.log(missed.length === 0 ? '\nBudgets kept.' : `\nMISSED: ${missed.join('; ')}`)
  if (missed.length > 0) process.exitCode = 1
} finally {
  await city.close()
}
