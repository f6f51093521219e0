/** One dossier opened a thousand times: it grows neither what is kept of it nor the time that it takes. */
import { openCity, printMachine, serveCity } from './_city.ts'
import { head } from './_drive.ts'
import { send, signIn } from './_officers.ts'

const TIMES = Number(process.argv[2] ?? 1_000)
const TENTH = Math.max(1, Math.floor(TIMES / 10))
/** The last tenth may take this much longer than the second: noise of a shared machine. */
const SLACK = 1.25

const city = await openCity()
try {
  await printMachine(city, `One dossier opened ${TIMES} times, one after the other`)
  const { pool } = city.installation
  const { rows } = await pool.query<{ id: string }>(
    `select d.id from dossier.dossier d join organisation.pub_held_post h on h.unit_id = d.division_id join access.pub_account a on a.person_id = h.person_id
       join access."user" u on u.id = a.user_id and u.username = 'hotich.thuanhoa' where d.open and d.received_at is not null order by d.id desc limit 1`,
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the ward has no open dossier')
  /** Rows of the dossier in the log and in every read model that names it. */
  const kept = async (): Promise<number> => {
    const tables = await pool.query<{ name: string; column: string }>(
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name, column_name as column from information_schema.columns
        where table_schema in ('dossier', 'log') and (column_name in ('dossier_id', 'stream') or (table_schema, table_name, column_name) = ('dossier', 'dossier', 'id')) and data_type = 'uuid'
          and table_name !~ '_\\d{4}$' and table_name not like 'pub\\_%'`,
    )
    let sum = 0
    for (const { name, column } of tables.rows) sum += (await pool.query<{ n: number }>(`select count(*)::int as n from ${name} where ${column} = $1`, [id])).rows[0]?.n ?? 0
    return sum
  }
  const before = await kept()
  const served = await serveCity()
  try {
    const cookie = await signIn(served.base, 'hotich.thuanhoa', 0)
    const times: number[] = []
    const bytes: number[] = []
    for (let n = 0; n < TIMES + TENTH; n += 1) {
      const from = performance.now()
      const { status, body } = await send(served.base, `/xu-ly/ho-so/${id}`, { cookie, from: '10.1.0.1' })
      if (status !== 200) throw new Error(`answered ${status}`)
      // The first ones warm up.
      if (n < TENTH) continue
      times.push(performance.now() - from)
      bytes.push(body.length)
    }
    const middle = (part: readonly number[]): number => part.toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0
    const [first, last] = [middle(times.slice(0, TENTH)), middle(times.slice(-TENTH))]
    const after = await kept()
    head(['', 'p50 ms', 'bytes of the page', 'rows kept of the dossier'])
    console.log(`| first ${TENTH} | ${first.toFixed(2)} | ${bytes[0]} | ${before} |`)
    console.log(`| last ${TENTH} | ${last.toFixed(2)} | ${bytes.at(-1)} | ${after} |`)
    const missed = [last > first * SLACK && `${(last / first).toFixed(2)} × as slow`, after !== before && `${after - before} rows more`, bytes.at(-1) !== bytes[0] && 'another page'].filter((m) => m !== false)
    console.log(missed.length === 0 ? '\nBudgets kept. Each opening is a line of log.access, as it must be.' : `\nMISSED: ${missed.join('; ')}`)
    if (missed.length > 0) process.exitCode = 1
  } finally {
    await served.stop()
  }
} finally {
  await city.close()
}
