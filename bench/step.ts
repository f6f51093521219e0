/** Forwarding a dossier, `forwardDossier`, eight at a time over forty wards: beside its own statements, prepared (decision 33). Every step takes a dossier that was just received. */
import { randomBytes } from 'node:crypto'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { instant } from '#kernel/plain-date.ts'
import { getCurrentRevision } from '#modules/catalogue'
import { forwardDossier, receiveDossier } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { type BenchCity, openCity, printMachine } from './_city.ts'
import { drive, head, line, median, recordStatements, sendAgain } from './_drive.ts'

const CLIENTS = 8
const SECONDS = Number(process.argv[2] ?? 4)
const ROUNDS = Number(process.argv[3] ?? 3)
const WANTED = 0.6
const PROCEDURE = '1.004873'

const newKey = (): Uuid => uuidv7(instant(Date.now()), randomBytes(10))
type Desk = { readonly deskId: Uuid; readonly actor: Actor }

const desksOf = async ({ installation }: BenchCity): Promise<readonly Desk[]> => {
  const { rows } = await installation.pool.query<{ deskId: Uuid; agencyId: Uuid; postId: Uuid; personId: Uuid }>(
    `select distinct on (u.id) u.id as "deskId", u.agency_id as "agencyId", p.id as "postId", t.person_id as "personId"
       from organisation.pub_unit u join organisation.pub_post p on p.unit_id = u.id and p.role = 'desk-officer' join organisation.pub_tenure t on t.post_id = p.id
      where u.kind = 'commune-desk' order by u.id, p.id`,
  )
  return rows.map(({ deskId, agencyId, postId, personId }) => ({ deskId, actor: { kind: 'person', userId: personId, personId, posts: [{ postId, role: 'desk-officer', unitId: deskId, agencyId }] } }))
}

const city = await openCity()
try {
  const { installation } = city
  await printMachine(city, `Forwarding a dossier; ${CLIENTS} clients, ${ROUNDS} × ${SECONDS} s, the median by p95`)
  const desks = await desksOf(city)
  const ctxOf = (desk: Desk) => ({ ...installation.ctx(desk.actor), now: instant(Date.now()) })
  const { rows: people } = await installation.pool.query<{ id: Uuid }>('select applicant_id as id from dossier.dossier tablesample system (1) limit 200')
  const revision = await getCurrentRevision(installation.ctx(), PROCEDURE)
  const methodRow = revision.methods.find((m) => m.settled && m.limit !== null)?.n ?? 1

  type Waiting = { readonly id: Uuid; readonly desk: Desk }
  const receive = async (i: number): Promise<Waiting> => {
    const desk = desks[i % desks.length]!
    const received = await receiveDossier(ctxOf(desk), {
      submissionKey: newKey(), deskId: desk.deskId, procedureCode: PROCEDURE, methodRow, applicantId: people[i % people.length]!.id, components: [], otherUploadIds: [], sets: 1, delivery: 'counter',
    })
    if (!received.ok) throw new Error(JSON.stringify(received.error))
    return { id: received.value.id, desk }
  }
  /** More than are forwarded in a round. */
  const stock = async (n: number): Promise<Waiting[]> => {
    const made: Waiting[] = []
    let i = 0
    await Promise.all(Array.from({ length: CLIENTS }, async () => { while (i < n) made.push(await receive(i++)) }))
    return made
  }
  const forward = async ({ id, desk }: Waiting, key = newKey()): Promise<void> => {
    const done = await forwardDossier(ctxOf(desk), { submissionKey: key, dossierId: id, version: 2 })
    if (!done.ok) throw new Error(JSON.stringify(done.error))
  }
  const [pattern] = await stock(1)
  const patternKey = newKey()
  const { statements } = await recordStatements(installation.pool, () => forward(pattern!, patternKey))
  const again = async ({ id }: Waiting): Promise<void> => {
    const key = newKey()
    await sendAgain(installation.pool, statements, (value) => (typeof value === 'string' ? value.replaceAll(pattern!.id, id).replaceAll(patternKey, key) : value))
  }
  /** Ends when the time or the stock is spent. */
  const round = async (work: (waiting: Waiting) => Promise<void>, seconds: number) => {
    const waiting = await stock(Math.ceil(seconds * 700))
    return drive(async () => {
      const next = waiting.pop()
      if (next !== undefined) await work(next)
      else await new Promise((resolve) => setTimeout(resolve, 1))
      return next !== undefined
    }, CLIENTS, seconds)
  }
  await round(forward, 1)
  await round(again, 1)
  const [command, floor] = [[] as Awaited<ReturnType<typeof drive>>[], [] as Awaited<ReturnType<typeof drive>>[]]
  for (let n = 0; n < ROUNDS; n += 1) {
    floor.push(await round(again, SECONDS))
    command.push(await round(forward, SECONDS))
  }
  const [c, f] = [median(command), median(floor)]
  const ratio = c.perSecond / f.perSecond
  head(['what', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'without stock', 'of the floor'])
  line(`floor: its ${statements.length} statements, prepared`, f, '100 %')
  line('forwardDossier', c, `${(ratio * 100).toFixed(0)} %`)
  console.log(ratio >= WANTED ? '\nBudget kept.' : `\nMISSED: ${(ratio * 100).toFixed(0)} % of the floor, wanted ${WANTED * 100}`)
  if (ratio < WANTED) process.exitCode = 1
} finally {
  await city.close()
}
