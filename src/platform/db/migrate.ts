import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { sha256Hex } from '#kernel/digest.ts'
import { APP_ROLE, PRIVACY_ROLE } from './pool.ts'

/** Any number that only this program uses: one migration at a time per database. */
const MIGRATION_LOCK = 70_210_001

export type Migrated = { readonly applied: readonly string[] }
export type MigrateOptions = {
  /** Years whose partitions must exist. */
  readonly years: readonly number[]
  readonly onApply?: (name: string) => void
}

/**
 * Brings a database to the newest schema, as its owner. Each file runs in a transaction of its own; a file once applied may not change.
 * @throws Error in one sentence when the server is too old or a file was changed after it was applied.
 */
export const migrate = async (ownerUrl: string, directory: string, options: MigrateOptions): Promise<Migrated> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'motcua migrate', connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    for (const role of [APP_ROLE, PRIVACY_ROLE]) await ensureRole(client, role)
    await client.query(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, digest text not null, at timestamptz(3) not null default now());
      grant usage on schema platform to ${APP_ROLE}; grant select on platform.migration to ${APP_ROLE}`)
    const known = new Map(
      (await client.query<{ name: string; digest: string }>('select name, digest from platform.migration')).rows.map((r) => [r.name, r.digest]),
    )
    const applied: string[] = []
    for (const name of (await readdir(directory)).filter((f) => f.endsWith('.sql')).sort()) {
      const text = await readFile(join(directory, name), 'utf8')
      const digest = sha256Hex(text)
      if (known.has(name)) {
        if (known.get(name) !== digest) throw new Error(`migration ${name} was changed after it was applied to this database`)
        continue
      }
      options.onApply?.(name)
      await client.query('begin')
      try {
        await client.query(text)
        await client.query('insert into platform.migration (name, digest) values ($1, $2)', [name, digest])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error instanceof Error ? new Error(`${name}: ${error.message}`, { cause: error }) : error
      }
      applied.push(name)
    }
    for (const year of options.years) await client.query('select platform.ensure_year($1)', [year])
    await client.query('select log.ensure_epoch()')
    return { applied }
  } finally {
    await client.end()
  }
}

const ensureRole = async (client: pg.Client, role: string): Promise<void> => {
  // Roles belong to the server, not to the database: two databases may be migrated at the same moment.
  await client.query(`do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`)
  const { rows } = await client.query<{ member: boolean }>(`select pg_has_role(current_user, '${role}', 'set') as member`).catch(() =>
    client.query<{ member: boolean }>(`select pg_has_role(current_user, '${role}', 'member') as member`),
  )
  if (!rows[0]?.member) await client.query(`grant ${role} to current_user`)
}
