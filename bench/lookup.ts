/** The look-up of a dossier by its code and secret, `POST /tra-cuu`, as fast as sixteen people at many addresses can ask. */
import { lookUpDossier } from '#modules/dossier'
import { openCity, printMachine, serveCity } from './_city.ts'
import { drive, head, line, median } from './_drive.ts'
import { send, visit } from './_officers.ts'

const CLIENTS = 16
/** So many that the rate is kept while some wait. */
const OFFERING = 64
const SECONDS = Number(process.argv[2] ?? 8)
const ROUNDS = Number(process.argv[3] ?? 3)
const [PER_SECOND, P95] = [500, 20]

const city = await openCity()
try {
  await printMachine(city, `Looking up a dossier; ${CLIENTS} clients, ${ROUNDS} × ${SECONDS} s, the median by p95`)
  const { installation } = city
  const { rows } = await installation.pool.query<{ code: string; secret: string }>(
    `select c.code, d.secret from dossier.dossier d tablesample system (0.1) join dossier.code c on c.id = d.id and c.kind = 'dossier' and c.code like 'H%' limit 4000`,
  )
  const asked = (i: number) => rows[(i * 7) % rows.length]!
  const address = (i: number) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`
  head(['what', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'failed'])
  const anyone = installation.ctx({ kind: 'anonymous' })
  line('the query, one at a time', await drive(async (i) => (await lookUpDossier(anyone, { ...asked(i), address: address(i) })).ok, 1, SECONDS / 2))
  const served = await serveCity()
  try {
    const visitor = await visit(served.base, '/tra-cuu')
    const ask = async (i: number): Promise<boolean> => {
      const { code, secret } = asked(i)
      const answer = await send(served.base, '/tra-cuu', { cookie: visitor.cookie, from: address(i + 1), form: { _csrf: visitor.csrf, ma: code, 'ma-tra-cuu': secret } })
      return answer.status === 200 && answer.body.includes(code)
    }
    await drive(ask, CLIENTS, 3)
    const rounds = []
    for (let n = 0; n < ROUNDS; n += 1) rounds.push(await drive(ask, CLIENTS, SECONDS))
    const flat = median(rounds)
    line(`POST /tra-cuu, ${CLIENTS} clients without a pause`, flat)
    // What waits behind it says nothing of one answer: how long one takes is asked at the rate that is wanted.
    const offered = []
    for (let n = 0; n < ROUNDS; n += 1) offered.push(await drive(ask, OFFERING, SECONDS, (OFFERING / PER_SECOND) * 1_000))
    const paced = median(offered)
    line(`POST /tra-cuu, ${PER_SECOND} a second offered`, paced)
    const missed = [
      flat.perSecond < PER_SECOND && `${flat.perSecond.toFixed(0)}/s, wanted ${PER_SECOND}`, paced.p95 > P95 && `p95 ${paced.p95.toFixed(1)} ms at ${PER_SECOND} a second, wanted ${P95}`,
      flat.failed + paced.failed > 0 && `${flat.failed + paced.failed} failed`,
    ].filter((x) => x !== false)
    console.log(missed.length === 0 ? '\nBudgets kept.' : `\nMISSED: ${missed.join('; ')}`)
    if (missed.length > 0) process.exitCode = 1
  } finally {
    await served.stop()
  }
} finally {
  await city.close()
}
