/**
 * For a load into empty tables: their indexes, keys and the foreign keys of their partitions are dropped, and built and checked for all rows at once
 * afterwards, which is several times quicker. A row that is there twice is found then. What was set aside stands in the settings, so that a load that
 * was interrupted loses nothing: the next start puts it back.
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

/** Never for tables that hold anything of worth: queries crawl until `buildIndexes`, and nothing is kept from being written twice. @param tables with schema, the largest first */
export const setIndexesAside = (ownerUrl: string, tables: readonly string[]): Promise<number> =>
  asOwner(ownerUrl, async (client) => {
    await client.query('begin')
    const foreign = await drop(client, FOREIGN_KEYS, tables, (key) => `alter table ${key.table} drop constraint if exists ${key.name}, add constraint ${key.name} ${key.definition}`)
    const indexes = await drop(client, INDEXES, tables, (index) => index.definition.replace(/^CREATE INDEX /, 'CREATE INDEX IF NOT EXISTS '))
    // What others still point at stays.
    const keys = await drop(client, PRIMARY_KEYS, tables, ({ table, name, definition }) => addOnce(table, name, definition))
    // Nobody looks at a table while it fills: each look would be out of date at once, and costs a tenth of the load.
    const quiet = await drop(client, LEAVES, tables, ({ table }) => `alter table ${table} reset (autovacuum_enabled)`)
    const aside: readonly Aside[] = [...keys.map((key) => ({ ...key, first: true })), ...indexes, ...foreign, ...quiet]
    if (aside.length > 0) await client.query('insert into platform.setting (key, value) values ($1, $2::jsonb)', [KEY, JSON.stringify(aside)])
    await client.query('commit')
    return aside.length
  })

type Found = { readonly table: string; readonly name: string; readonly definition: string; readonly drop: string; readonly beside?: boolean }

const INDEXES = `
  select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition,
         'drop index ' || i.indexrelid::regclass as drop, c.relkind = 'r' as beside
    from pg_index i join pg_class c on c.oid = i.indrelid where i.indrelid = any($1::text[]::regclass[]) and not i.indisunique order by array_position($1::text[]::regclass[], i.indrelid::regclass), 2`
const FOREIGN_KEYS = `
  select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition,
         format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop
    from pg_constraint c join pg_inherits i on i.inhrelid = c.conrelid
   where c.contype = 'f' and c.conparentid = 0 and i.inhparent = any($1::text[]::regclass[]) order by 1, 2`
const PRIMARY_KEYS = `
  select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition,
         format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop
    from pg_constraint c
   where c.contype = 'p' and c.conrelid = any($1::text[]::regclass[])
     and not exists (select from pg_constraint f where f.contype = 'f' and (f.confrelid = c.conrelid or f.confrelid in (select relid from pg_partition_tree(c.conrelid))))
   order by array_position($1::text[]::regclass[], c.conrelid::regclass)`

const LEAVES = `
  select c.oid::regclass::text as table, '' as name, '' as definition, format('alter table %s set (autovacuum_enabled = off)', c.oid::regclass) as drop
    from pg_class c
   where c.relkind = 'r' and exists (select from unnest($1::text[]::regclass[]) t where c.oid = t or c.oid in (select relid from pg_partition_tree(t)))
   order by 1`

const drop = async (client: pg.Client, query: string, tables: readonly string[], back: (found: Found) => string): Promise<readonly Aside[]> => {
  const { rows } = await client.query<Found>(query, [tables])
  for (const found of rows) await client.query(found.drop)
  return rows.map((found) => ({ table: found.table, statement: back(found), ...(found.beside === true && { beside: true }) }))
}

const addOnce = (table: string, name: string, definition: string): string =>
  `do $$ begin if not exists (select from pg_constraint where conrelid = '${table}'::regclass and quote_ident(conname) = '${name}') then alter table ${table} add constraint ${name} ${definition}; end if; end $$`

/** What puts it back; harmless when it is back already. `first`: others lean on it. `beside`: while something else is done to its table; not for a table with partitions, whose indexes get their names in the order they are made. */
type Aside = { readonly table: string; readonly statement: string; readonly first?: boolean; readonly beside?: boolean }

/** Builds what was set aside, two at a time; nothing to do: nothing happens. @throws the database's error for rows that break a key */
export const buildIndexes = async (ownerUrl: string): Promise<number> => {
  const aside = await asOwner(ownerUrl, async (client) => (await client.query<{ value: readonly Aside[] }>('select value from platform.setting where key = $1', [KEY])).rows[0]?.value)
  if (aside === undefined) return 0
  await inTwos(ownerUrl, aside.filter((a) => a.first === true))
  await inTwos(ownerUrl, aside.filter((a) => a.beside === true))
  await inTwos(ownerUrl, aside.filter((a) => a.first !== true && a.beside !== true))
  await asOwner(ownerUrl, (client) => client.query('delete from platform.setting where key = $1', [KEY]))
  return aside.length
}

/** What may not be done beside something else to its table is done by one, one after the other. */
const inTwos = async (ownerUrl: string, aside: readonly Aside[]): Promise<void> => {
  const alone = [...new Set(aside.filter((a) => a.beside !== true).map((a) => a.table))].map((table) => aside.filter((a) => a.table === table))
  const waiting = [...aside.filter((a) => a.beside === true).map((a) => [a]), ...alone]
  const worker = async (): Promise<void> =>
    asOwner(ownerUrl, async (client) => {
      await client.query("set maintenance_work_mem = '256MB'; set max_parallel_maintenance_workers = 0")
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) for (const { statement } of next) await client.query(statement)
    })
  await Promise.all([worker(), worker()])
}

/** Full tables without statistics get bad plans until the server looks at them by itself; only the owner may ask it to. Two tables at a time. */
export const analyse = async (ownerUrl: string): Promise<void> => {
  const tables = await asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
        where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' and pg_has_role(c.relowner, 'usage')
        order by (select sum(pg_relation_size(coalesce(t.relid, c.oid))) from pg_partition_tree(c.oid) t) desc nulls last`,
    )
    return rows.map((row) => row.name)
  })
  // The partitions of a table are looked at with it.
  const aside = tables.map((table): Aside => ({ table, statement: `analyze ${table}` }))
  await inTwos(ownerUrl, aside)
}
