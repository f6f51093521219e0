/**
 * Named prepared statements for the few hottest queries (stack.md): what begins with the comment `prepared` is parsed and planned once per
 * connection. Only for statements whose plan does not depend on the values: inserts, and reads by key. Left to itself the server weighs at every execution
 * whether a plan for these very values would be cheaper, and over ten years of partitions makes it again for ever: ten times the work of the statement.
 * So connections keep the one plan, and what is not marked is planned for its values between two settings, sent with it in one write. Behind PgBouncer in transaction mode this
 * needs its 1.21 with `max_prepared_statements`.
 */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

const MARK = /^\s*\/\* prepared \*\//

/** One name per text, the same on every connection of this process. */
const names = new Map<string, string>()
const nameOf = (text: string): string | undefined => {
  const known = names.get(text)
  if (known !== undefined || !MARK.test(text)) return known
  const name = `p${names.size + 1}`
  names.set(text, name)
  return name
}

/** The pool as Kysely sees it. */
export const preparing = (pool: pg.Pool): PostgresPool => {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const wrapped = clients.get(client) ?? { query: queryOf(client), release: (destroy?: boolean) => client.release(destroy) }
      clients.set(client, wrapped)
      return wrapped
    },
  }
}

/** What is sent in the same moment leaves in one write to the socket: each is a system call, for the program and for the server. */
const inOneGo = ({ pipeline, connection: { stream } }: pg.PoolClient): void => {
  if (!pipeline) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** A transaction begins with its first statement, which is sent right behind. Should this one fail, nothing more is heard of the connection. */
const begin = <R>(client: pg.PoolClient): Promise<PostgresQueryResult<R>> => {
  inOneGo(client)
  client.query('begin').catch(() => client.connection.stream.destroy())
  return Promise.resolve({ command: 'SELECT', rowCount: 0, rows: [] })
}

/** What pools set for every connection. */
export const ONE_PLAN = 'plan_cache_mode=force_generic_plan'

/** A connection without pipelining takes one statement at a time. */
const inTurn = async (client: pg.PoolClient, text: string, values: unknown[]): Promise<pg.QueryResult> => {
  await client.query('set plan_cache_mode = auto').catch(() => undefined)
  const answer = client.query(text, values)
  await answer.catch(() => undefined)
  await client.query(`set ${ONE_PLAN}`).catch(() => undefined)
  return answer
}

const plannedAnew = (client: pg.PoolClient, text: string, values: unknown[]): Promise<pg.QueryResult> => {
  if (values.length === 0) return client.query(text)
  if (!client.pipeline) return inTurn(client, text, values)
  // In a transaction that failed they are refused, and its end undoes them both.
  client.query('set plan_cache_mode = auto').catch(() => undefined)
  const sent = client.query(text, values)
  client.query(`set ${ONE_PLAN}`).catch(() => undefined)
  return sent
}

const queryOf = (client: pg.PoolClient): PostgresPoolClient['query'] => {
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query<R>(text: string | PostgresCursor<R>, values: readonly unknown[] = []): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new TypeError('this program reads without cursors')
    if (text === 'begin' && client.pipeline) return begin<R>(client)
    inOneGo(client)
    const name = nameOf(text)
    const sent = name === undefined ? plannedAnew(client, text, [...values]) : client.query({ name, text, values: [...values] })
    return sent as Promise<PostgresQueryResult<R>>
  }
  return query
}
