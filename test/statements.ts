import type pg from 'pg'

/** What `work` asks of the database, as the driver sends it; transactions and settings left out. */
export const statementsOf = async (pool: pg.Pool, work: () => Promise<unknown>): Promise<readonly string[]> => {
  const seen: string[] = []
  const client = await pool.connect()
  const proto = Object.getPrototypeOf(client) as { query: (this: unknown, ...args: unknown[]) => unknown }
  client.release()
  const { query } = proto
  proto.query = function (...args) {
    const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text?: string } | undefined)?.text
    if (text !== undefined && !/^(begin|commit|rollback|set )/.test(text)) seen.push(text)
    return query.apply(this, args)
  }
  try {
    await work()
    return seen
  } finally {
    proto.query = query
  }
}
