/**
 * How fast is a dossier received at the counter? The whole command `receiveDossier`, eight at a time, beside a floor (decision 33): the very statements
 * that the command sent, recorded from one reception, sent again as prepared statements with fresh ids by the same process over the same pool; same
 * indexes, constraints, fsync and synchronous_commit. Over forty agencies, and for one, where everybody waits for one counter.
 */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { instant } from '#kernel/plain-date.ts'
import { getCurrentRevision } from '#modules/catalogue'
import { receiveDossier } from '#modules/dossier'
import { listStaff, registerPerson } from '#modules/organisation'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { type Processor, inWords, ofOne, processorTime } from './_cpu.ts'
import { type BenchCity, openCity, printMachine } from './_city.ts'
import { type Measured, type Statement, drive, recordStatements, sendAgain } from './_drive.ts'

const CLIENTS = 8
const SECONDS = Number(process.argv[2] ?? 6)
const ROUNDS = Number(process.argv[3] ?? 3)
const WANTED = 0.6
const PER_SECOND = 500
const missed: string[] = []
/** Marital-status certificate: three working days, received everywhere. */
const PROCEDURE = '1.004873'

const newKey = (): Uuid => uuidv7(instant(Date.now()), randomBytes(10))

type Desk = { readonly deskId: Uuid; readonly actor: Actor }
type Setting = { readonly pool: pg.Pool; readonly ctx: (actor: Actor) => Ctx; readonly desks: readonly Desk[]; readonly applicants: readonly Uuid[]; readonly methodRow: number }

const prepareCity = async ({ installation }: BenchCity): Promise<Setting> => {
  const { pool, db } = installation
  const ctx = (actor: Actor): Ctx => ({ db, actor, now: instant(Date.now()), traceId: 'bench' })
  const system = ctx({ kind: 'system', job: 'bench' })
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

type Recorded = { readonly statements: readonly Statement[]; readonly id: Uuid; readonly key: Uuid }

/** What one reception sends, with where its ids stand. */
const record = async (setting: Setting, desk: Desk): Promise<Recorded> => {
  const { statements, value } = await recordStatements(setting.pool, () => receiveOne(setting, desk, 0))
  return { statements, id: value.id, key: value.key }
}

/** The same statements, prepared, with fresh ids: what any program would have to send. */
const rawOne = async (pool: pg.Pool, recorded: Recorded, agency: string): Promise<void> => {
  const [id, key] = [newKey(), newKey()]
  const ownAgency = recorded.statements.find((s) => s.text.includes('code_counter'))?.values[0]
  await sendAgain(pool, recorded.statements, (value, { text }) => {
    if (typeof value !== 'string') return value
    if (value === ownAgency) return agency
    // Each agency of the floor has a prefix of its own, so that its codes do not meet those of the command.
    if (text.includes('code_counter') && /-\d{8}-$/.test(value)) return `${agency}-`
    return value.replaceAll(recorded.id, id).replaceAll(recorded.key, key)
  })
}

type Run = Measured & { readonly used: Processor | undefined }

/** With what one took of the processors. */
const measure = async (pool: pg.Pool, work: (i: number) => Promise<unknown>, seconds: number): Promise<Run> => {
  const { value, used } = await processorTime(pool, () => drive(work, CLIENTS, seconds))
  const n = value.perSecond * seconds
  return { ...value, used: ofOne(used, n) }
}

const middle = (runs: readonly Run[]): Run => runs.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(runs.length / 2)]!

const compare = async (setting: Setting, desks: readonly Desk[]) => {
  const recorded = await record(setting, desks[0]!)
  const command = (i: number) => receiveOne(setting, desks[i % desks.length]!, i)
  // Of this run alone: the folder is kept, and with it the codes of the runs before.
  const raw = (i: number) => rawOne(setting.pool, recorded, `F${process.pid}.${i % desks.length}`)
  await drive(command, CLIENTS, 2)
  await drive(raw, CLIENTS, 2)
  const runs = { command: [] as Run[], raw: [] as Run[] }
  // Turn about, so that a busy machine slows both.
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.raw.push(await measure(setting.pool, raw, SECONDS))
    runs.command.push(await measure(setting.pool, command, SECONDS))
  }
  return { statements: recorded.statements.length, command: middle(runs.command), raw: middle(runs.raw) }
}

const city = await openCity()
try {
  const setting = await prepareCity(city)
  await printMachine(city, `Receiving a dossier; ${CLIENTS} clients, ${ROUNDS} × ${SECONDS} s each (median), one process, pool of ${CLIENTS}, ${setting.desks.length} agencies`)
  console.log('| where | what | dossiers/s | p50 ms | p95 ms | p99 ms | of the floor | processor ms: program + database |')
  console.log('|---|---|---:|---:|---:|---:|---:|---:|')
  for (const [where, desks] of [['40 agencies', setting.desks], ['one agency', setting.desks.slice(0, 1)]] as const) {
    const { command, raw, statements } = await compare(setting, desks)
    const ratio = command.perSecond / raw.perSecond
    for (const [what, m, share] of [[`floor: ${statements} statements`, raw, 1], ['receiveDossier', command, ratio]] as const) {
      console.log(`| ${where} | ${what} | ${m.perSecond.toFixed(0)} | ${m.p50.toFixed(1)} | ${m.p95.toFixed(1)} | ${m.p99.toFixed(1)} | ${(share * 100).toFixed(0)} % | ${inWords(m.used)} |`)
    }
    if (ratio < WANTED) missed.push(`${where}: ${(ratio * 100).toFixed(0)} % of the floor, wanted ${WANTED * 100}`)
    if (desks.length > 1 && command.perSecond < PER_SECOND) missed.push(`${where}: ${command.perSecond.toFixed(0)}/s, wanted ${PER_SECOND}`)
  }
  console.log(missed.length === 0 ? '\nBudgets kept.' : `\nMISSED: ${missed.join('; ')}`)
  if (missed.length > 0) process.exitCode = 1
} finally {
  await city.close()
}
