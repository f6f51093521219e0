/**
 * For a load into empty tables: their indexes that guard nothing are dropped and built again afterwards, which is several times quicker; so are the
 * foreign keys of their partitions, which are then checked for all rows at once. What was set aside stands in the settings, so that a load that was
 * interrupted loses nothing: the next start puts it back.
 */
import pg from 'pg'

const KEY = 'indexes.aside'

const asOwner = async <T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'motcua indexes' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Never for tables that hold anything of worth: queries crawl until `buildIndexes`. @param tables with schema */
export const setIndexesAside = (ownerUrl: string, tables: readonly string[]): Promise<number> =>
  asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string; definition: string; table: string }>(
      `select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition
         from pg_index i where i.indrelid = any($1::text[]::regclass[]) and not i.indisunique order by 1`,
      [tables],
    )
    const keys = await client.query<{ name: string; definition: string; table: string }>(
      `select quote_ident(c.conname) as name, c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as definition
         from pg_constraint c join pg_inherits i on i.inhrelid = c.conrelid
        where c.contype = 'f' and c.conparentid = 0 and i.inhparent = any($1::text[]::regclass[]) order by 2, 1`,
      [tables],
    )
    const aside: readonly Aside[] = [
      ...rows.map(({ table, definition }) => ({ table, statement: definition.replace(/^CREATE INDEX /, 'CREATE INDEX IF NOT EXISTS ') })),
      ...keys.rows.map(({ table, name, definition }) => ({ table, statement: `alter table ${table} drop constraint if exists ${name}, add constraint ${name} ${definition}` })),
    ]
    if (aside.length === 0) return 0
    await client.query('begin')
    await client.query(`insert into platform.setting (key, value) values ($1, $2::jsonb)`, [KEY, JSON.stringify(aside)])
    for (const { name } of rows) await client.query(`drop index ${name}`)
    for (const { table, name } of keys.rows) await client.query(`alter table ${table} drop constraint ${name}`)
    await client.query('commit')
    return aside.length
  })

/** What puts it back; harmless when it is back already. */
type Aside = { readonly table: string; readonly statement: string }

/** Builds what was set aside, two tables at a time; nothing to do: nothing happens. */
export const buildIndexes = async (ownerUrl: string): Promise<number> => {
  const aside = await asOwner(ownerUrl, async (client) => (await client.query<{ value: readonly Aside[] }>('select value from platform.setting where key = $1', [KEY])).rows[0]?.value)
  if (aside === undefined) return 0
  const waiting = [...new Set(aside.map((a) => a.table))]
  const worker = async (): Promise<void> =>
    asOwner(ownerUrl, async (client) => {
      await client.query("set maintenance_work_mem = '256MB'")
      for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
        for (const { statement } of aside.filter((a) => a.table === table)) await client.query(statement)
      }
    })
  await Promise.all([worker(), worker()])
  await asOwner(ownerUrl, (client) => client.query('delete from platform.setting where key = $1', [KEY]))
  return aside.length
}
