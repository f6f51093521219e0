/** One kind of page: sixteen officers over HTTP beside its query in this process and the query's own statements, prepared (decision 33). */
import type { Ctx, HeldPost } from '#platform/ctx.ts'
import type { Uuid } from '#kernel/ids.ts'
import { instant } from '#kernel/plain-date.ts'
import { type BenchCity, openCity, printMachine, serveCity } from './_city.ts'
import { drive, head, line, median, recordStatements, sendAgain } from './_drive.ts'
import { WARDS, send, signIn } from './_officers.ts'

const OFFICERS = 16
const PACE_MS = 1_000
const SECONDS = Number(process.argv[2] ?? 6)
const ROUNDS = Number(process.argv[3] ?? 3)

export type Officer = { readonly username: string; readonly ctx: Ctx; readonly posts: readonly HeldPost[] }

export type PageBench = {
  readonly title: string
  /** Of the demo: `hotich.` and the ward's key are put together. */
  readonly usernames: readonly string[]
  /** What each asks for, in turn. */
  readonly paths: (city: BenchCity, officer: Officer) => Promise<readonly string[]>
  readonly query: (officer: Officer, path: string) => Promise<unknown>
  /** Where words are sent by POST: the form, for a path that is no address. Then the address that the answer leads to is measured. */
  readonly form?: (path: string) => { readonly at: string; readonly fields: Readonly<Record<string, string>> }
  readonly p95: number
}

const officerOf = async ({ installation }: BenchCity, username: string): Promise<Officer> => {
  const { rows } = await installation.pool.query<HeldPost & { personId: Uuid; userId: Uuid }>(
    `select h.post_id as "postId", h.role, h.unit_id as "unitId", h.agency_id as "agencyId", a.person_id as "personId", a.user_id as "userId"
       from access.pub_account a join organisation.pub_held_post h on h.person_id = a.person_id join access."user" u on u.id = a.user_id where u.username = $1`,
    [username],
  )
  const first = rows[0]
  if (first === undefined) throw new Error(`nobody is ${username}`)
  const posts = rows.map(({ postId, role, unitId, agencyId }) => ({ postId, role, unitId, agencyId }))
  const ctx = { ...installation.ctx({ kind: 'person', userId: first.userId, personId: first.personId, posts }), now: instant(Date.now()) }
  return { username, ctx, posts }
}

export const benchPages = async (bench: PageBench): Promise<void> => {
  const city = await openCity()
  try {
    await printMachine(city, `${bench.title}; ${OFFICERS} officers, ${ROUNDS} × ${SECONDS} s, the median by p95`)
    const officers = await Promise.all(Array.from({ length: OFFICERS }, (_, n) => officerOf(city, `${bench.usernames[n % bench.usernames.length]}.${WARDS[Math.floor(n / bench.usernames.length) % WARDS.length]}`)))
    const paths = await Promise.all(officers.map((officer) => bench.paths(city, officer)))
    const pathOf = (client: number, i: number) => paths[client]![i % paths[client]!.length]!
    head(['what', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'failed', 'of the floor'])

    // One at a time: how long it takes, not how long one waits for the others.
    const { statements } = await recordStatements(city.installation.pool, () => bench.query(officers[0]!, pathOf(0, 0)))
    const raw = median(await times(ROUNDS, () => drive(() => sendAgain(city.installation.pool, statements, (v) => v), 1, SECONDS / 2)))
    line(`floor: its ${statements.length} statements`, raw, '100 %')
    const query = median(await times(ROUNDS, () => drive(() => bench.query(officers[0]!, pathOf(0, 0)), 1, SECONDS / 2)))
    const ratio = query.p50 / raw.p50
    line('the query', query, `${ratio.toFixed(2)} × its time`)

    const served = await serveCity()
    try {
      const cookies: string[] = []
      for (const [n, { username }] of officers.entries()) cookies.push(await signIn(served.base, username, n))
      const addresses = bench.form === undefined ? paths : await sendForms(served.base, cookies, paths, bench.form)
      const addressOf = (client: number, i: number) => addresses[client]![i % addresses[client]!.length]!
      const ask = async (i: number, client: number) => (await send(served.base, addressOf(client, i), { cookie: cookies[client]!, from: `10.1.0.${client + 1}` })).status === 200
      await drive(ask, OFFICERS, 3)
      const paced = median(await times(ROUNDS, () => drive(ask, 1, SECONDS / 2)))
      line('page, one officer', paced, '')
      // Faster than anybody reads; and what the machine can do.
      const page = median(await times(ROUNDS, () => drive(ask, OFFICERS, SECONDS, PACE_MS)))
      line(`page, ${OFFICERS} officers, each once a second`, page, '')
      const pressed = median(await times(ROUNDS, () => drive(ask, OFFICERS, SECONDS)))
      line(`page, ${OFFICERS} officers without a pause`, pressed, '')
      const missed = [page.p95 > bench.p95 && `p95 ${page.p95.toFixed(1)} ms, wanted ${bench.p95}`, ratio > 2 && `query ${ratio.toFixed(2)} × the floor, wanted 2`, page.failed + pressed.failed > 0 && `${page.failed + pressed.failed} failed`].filter((m) => m !== false)
      console.log(missed.length === 0 ? '\nBudgets kept.' : `\nMISSED: ${missed.join('; ')}`)
      if (missed.length > 0) process.exitCode = 1
    } finally {
      await served.stop()
    }
  } finally {
    await city.close()
  }
}

const sendForms = async (base: string, cookies: readonly string[], paths: readonly (readonly string[])[], form: NonNullable<PageBench['form']>): Promise<readonly (readonly string[])[]> =>
  Promise.all(
    paths.map(async (own, n) => {
      const [cookie, from] = [cookies[n]!, `10.1.0.${n + 1}`]
      const csrf = /name="_csrf" value="([^"]*)"/.exec((await send(base, form(own[0]!).at, { cookie, from })).body)?.[1] ?? ''
      const addresses: string[] = []
      for (const path of own) {
        const { at, fields } = form(path)
        const { location } = await send(base, at, { cookie, from, form: { ...fields, _csrf: csrf } })
        if (location === undefined) throw new Error(`${at} leads nowhere`)
        addresses.push(location)
      }
      return addresses
    }),
  )

const times = async <T>(n: number, work: () => Promise<T>): Promise<readonly T[]> => {
  const all: T[] = []
  for (let i = 0; i < n; i += 1) all.push(await work())
  return all
}
