/**
 * How fast is a dossier received at the counter? The whole command `receiveDossier`, eight at a time, beside a floor (decision 33): the very statements
 * that the command sent, recorded from one reception, sent again as prepared statements with fresh ids by the same process over the same pool; same
 * indexes, constraints, fsync and synchronous_commit. Over forty agencies, and for one, where everybody waits for one counter.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { instant } from '#kernel/plain-date.ts'
import { getCurrentRevision, importShippedProcedures } from '#modules/catalogue'
import { receiveDossier } from '#modules/dossier'
import { listStaff, registerPerson, seedDemoCity } from '#modules/organisation'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { startEmbedded } from '#platform/db/embedded/server.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createDb, createPool } from '#platform/db/pool.ts'

const CLIENTS = 8
const SECONDS = Number(process.argv[2] ?? 6)
const ROUNDS = Number(process.argv[3] ?? 3)
const WANTED = 0.5
/** Marital-status certificate: three working days, received everywhere. */
const PROCEDURE = '1.004873'

const root = process.cwd()
const newKey = (): Uuid => uuidv7(instant(Date.now()), randomBytes(10))

type Desk = { readonly deskId: Uuid; readonly actor: Actor }
type Setting = { readonly pool: pg.Pool; readonly ctx: (actor: Actor) => Ctx; readonly desks: readonly Desk[]; readonly applicants: readonly Uuid[]; readonly methodRow: number }

const prepareCity = async (url: string): Promise<Setting> => {
  await migrate(url, join(root, 'db/migrations'), { years: [2026, new Date().getFullYear(), new Date().getFullYear() + 1] })
  const pool = createPool(url, { max: CLIENTS, name: 'bench receive' })
  const db = createDb(pool)
  const ctx = (actor: Actor): Ctx => ({ db, actor, now: instant(Date.now()), traceId: 'bench' })
  const system = ctx({ kind: 'system', job: 'bench' })
  await importShippedProcedures(system, join(root, 'data/procedures'))
  await seedDemoCity(system)
  const staff = await listStaff(system, { roles: ['desk-officer'] })
  const desks = [...new Map(staff.map((s) => [s.unitId, s])).values()].flatMap((s): Desk[] =>
    s.unitName.includes('thành phố') && !s.unitName.includes('phường') && !s.unitName.includes('xã') ? [] : [{ deskId: s.unitId, actor: { kind: 'person', userId: newKey(), personId: s.personId, posts: [] } }],
  )
  const { rows } = await pool.query<{ id: Uuid; agency_id: Uuid; post_id: Uuid }>(
    `select u.id, u.agency_id, p.id as post_id from organisation.pub_unit u join organisation.pub_post p on p.unit_id = u.id and p.role = 'desk-officer' where u.kind = 'commune-desk'`,
  )
  const placed = desks.flatMap((desk): Desk[] => {
    const found = rows.find((r) => r.id === desk.deskId)
    if (found === undefined || desk.actor.kind !== 'person') return []
    return [{ deskId: desk.deskId, actor: { ...desk.actor, posts: [{ postId: found.post_id, role: 'desk-officer', unitId: found.id, agencyId: found.agency_id }] } }]
  })
  const applicants: Uuid[] = []
  for (let i = 0; i < 200; i += 1) {
    const { personId } = await registerPerson(system, {
      submissionKey: newKey(), kind: 'individual', name: `Nguyễn Thị Đo ${'ABCDEFGHIJ'[i % 10]}`, personalNumber: `0469${String(i).padStart(8, '0')}`, phone: `09${String(i).padStart(8, '0')}`,
      birthOn: null, gender: null, address: 'Số 1 Lê Lợi, phường Thuận Hóa', email: null,
    })
    applicants.push(personId)
  }
  const revision = await getCurrentRevision(system, PROCEDURE)
  const methodRow = revision.methods.find((m) => m.settled && m.limit !== null)?.n
  if (methodRow === undefined) throw new Error(`${PROCEDURE} has no settled row`)
  return { pool, ctx, desks: placed.slice(0, 40), applicants, methodRow }
}

const receiveOne = async ({ ctx, applicants, methodRow }: Setting, desk: Desk, i: number): Promise<{ id: Uuid; code: string; key: Uuid }> => {
  const key = newKey()
  const received = await receiveDossier(ctx(desk.actor), {
    submissionKey: key, deskId: desk.deskId, procedureCode: PROCEDURE, methodRow, applicantId: applicants[i % applicants.length]!,
    components: [{ n: 1, originals: 1, copies: 0, uploadIds: [] }, { n: 2, originals: 0, copies: 1, uploadIds: [] }], otherUploadIds: [], sets: 1, delivery: 'counter',
  })
  if (!received.ok) throw new Error(JSON.stringify(received.error))
  return { id: received.value.id, code: received.value.code, key }
}

type Statement = { readonly text: string; readonly values: readonly unknown[]; readonly inTransaction: boolean }

/** What one reception sends, with where its ids stand. */
const record = async (setting: Setting, desk: Desk): Promise<{ statements: readonly Statement[]; id: Uuid; key: Uuid }> => {
  const client = await setting.pool.connect()
  const proto = Object.getPrototypeOf(client) as { query: (this: unknown, ...args: unknown[]) => unknown }
  client.release()
  const { query } = proto
  const statements: Statement[] = []
  let inTransaction = false
  proto.query = function (...args) {
    const [first] = args
    const text = typeof first === 'string' ? first : (first as { text: string }).text
    const values = (typeof first === 'string' ? args[1] : (first as { values?: unknown }).values) as unknown[] | undefined
    if (/^\s*(begin|start)/i.test(text)) inTransaction = true
    statements.push({ text, values: values ?? [], inTransaction })
    if (/^\s*commit/i.test(text)) inTransaction = false
    return query.apply(this, args)
  }
  try {
    const { id, key } = await receiveOne(setting, desk, 0)
    return { statements, id, key }
  } finally {
    proto.query = query
  }
}

/** The same statements, prepared, with fresh ids: what any program would have to send. */
const rawOne = async (pool: pg.Pool, recorded: Awaited<ReturnType<typeof record>>, agency: string): Promise<void> => {
  const [id, key] = [newKey(), newKey()]
  const fresh = (value: unknown): unknown => (typeof value === 'string' ? (value === ownAgency ? agency : value.replaceAll(recorded.id, id).replaceAll(recorded.key, key)) : value)
  const ownAgency = recorded.statements.find((s) => s.text.includes('code_counter'))?.values[0]
  const send = (client: pg.Pool | pg.PoolClient, { text, values }: Statement, n: number) =>
    client.query(values.length === 0 ? text : { name: `raw${n}`, text, values: codeless(text, values.map(fresh), agency, id) })
  let client: pg.PoolClient | undefined
  try {
    for (const [n, statement] of recorded.statements.entries()) {
      if (statement.inTransaction) client ??= await pool.connect()
      await send(client ?? pool, statement, n)
    }
  } finally {
    client?.release()
  }
}

/** Each agency of the floor has a prefix of its own, so that its codes do not meet those of the command. */
const codeless = (text: string, values: unknown[], agency: string, _id: Uuid): unknown[] =>
  text.includes('code_counter') ? values.map((v) => (typeof v === 'string' && /-\d{8}-$/.test(v) ? `${agency}-` : v)) : values

type Measured = { readonly perSecond: number; readonly p50: number; readonly p95: number; readonly p99: number }

const drive = async (work: (i: number) => Promise<unknown>, seconds: number): Promise<Measured> => {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  const started = performance.now()
  let i = 0
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < until) {
        i += 1
        const from = performance.now()
        await work(i)
        times.push(performance.now() - from)
      }
    }),
  )
  const took = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: times.length / took, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const median = (runs: readonly Measured[]): Measured => [...runs].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(runs.length / 2)]!

const compare = async (setting: Setting, desks: readonly Desk[]) => {
  const recorded = await record(setting, desks[0]!)
  const command = (i: number) => receiveOne(setting, desks[i % desks.length]!, i)
  const raw = (i: number) => rawOne(setting.pool, recorded, `F${i % desks.length}`)
  await drive(command, 2)
  await drive(raw, 2)
  const runs = { command: [] as Measured[], raw: [] as Measured[] }
  // Turn about, so that a busy machine slows both.
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.raw.push(await drive(raw, SECONDS))
    runs.command.push(await drive(command, SECONDS))
  }
  return { statements: recorded.statements.length, command: median(runs.command), raw: median(runs.raw) }
}

const dataDir = mkdtempSync(join(tmpdir(), 'motcua-bench-'))
await chmod(dataDir, 0o711)
const server = process.env['DATABASE_URL'] === undefined ? await startEmbedded({ dataDir, say: () => undefined, durable: true }) : undefined
try {
  const setting = await prepareCity(server?.ownerUrl ?? process.env['DATABASE_URL']!)
  const { rows: settings } = await setting.pool.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'server_version', 'shared_buffers') order by name",
  )
  const cpu = cpus()
  console.log(`Receiving a dossier · Node ${process.versions.node} · ${settings.map((s) => `${s.name} ${s.setting}`).join(', ')} · ${cpu.length} × ${cpu[0]?.model ?? '?'}`)
  console.log(`${CLIENTS} clients, ${ROUNDS} × ${SECONDS} s each (median), one process, pool of ${CLIENTS}, ${setting.desks.length} agencies · load ${loadavg().map((n) => n.toFixed(1)).join(' ')}\n`)
  console.log('| where | what | dossiers/s | p50 ms | p95 ms | p99 ms | of the floor |')
  console.log('|---|---|---:|---:|---:|---:|---:|')
  for (const [where, desks] of [['40 agencies', setting.desks], ['one agency', setting.desks.slice(0, 1)]] as const) {
    const { command, raw, statements } = await compare(setting, desks)
    const ratio = command.perSecond / raw.perSecond
    for (const [what, m, share] of [[`floor: ${statements} statements`, raw, 1], ['receiveDossier', command, ratio]] as const) {
      console.log(`| ${where} | ${what} | ${m.perSecond.toFixed(0)} | ${m.p50.toFixed(1)} | ${m.p95.toFixed(1)} | ${m.p99.toFixed(1)} | ${(share * 100).toFixed(0)} % |`)
    }
    if (ratio < WANTED) process.exitCode = 1
  }
  const { rows } = await setting.pool.query<{ dossiers: number; events: number }>(
    "select (select count(*)::int from dossier.dossier) as dossiers, (select count(*)::int from log.event where kind = 'dossier') as events",
  )
  console.log(`\n${rows[0]?.dossiers} dossiers and ${rows[0]?.events} events at the end. Wanted: at least ${WANTED * 100} % of the floor. ${process.exitCode === 1 ? 'MISSED.' : 'Met.'}`)
  await setting.pool.end()
} finally {
  await server?.close()
  rmSync(dataDir, { recursive: true, force: true })
}
