/** Is the server that DATABASE_URL names good enough? One sentence for each reason why not. */
import pg from 'pg'
import { CannotStart } from '../config/cannot-start.ts'
import { APP_ROLE } from './pool.ts'

const OLDEST = 150_000

const where = (url: string): string => {
  try {
    const { hostname, port, pathname } = new URL(url)
    return `${hostname || 'localhost'}:${port || '5432'}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  '28P01': 'it refuses this user name or password',
  '28000': 'it does not let this user in',
  '3D000': 'there is no such database on it',
  '53300': 'it has no connection left',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'no way leads to that host',
  ENETUNREACH: 'no way leads to that host',
}

type Facts = { version: number; name: string; encoding: string; standby: boolean; may_create_role: boolean; has_role: boolean; may_create: boolean; missing: string | null }

const FACTS = `
  select current_setting('server_version_num')::int as version, current_setting('server_version') as name, current_setting('server_encoding') as encoding,
         pg_is_in_recovery() as standby,
         (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create_role,
         exists (select from pg_roles where rolname = '${APP_ROLE}' and pg_has_role(current_user, oid, 'member')) as has_role,
         has_database_privilege(current_database(), 'create') as may_create,
         (select string_agg(x, ', ') from unnest(array['unaccent', 'pg_trgm', 'btree_gin']) x where x not in (select name from pg_available_extensions)) as missing`

/** @throws CannotStart */
export const checkServer = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, application_name: 'motcua check', connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const code = error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : ''
    const reason = REFUSALS[code] ?? (error instanceof Error && /timeout/i.test(error.message) ? 'it does not answer' : code || 'no reason given')
    throw new CannotStart(`The database at ${where(url)} (DATABASE_URL) cannot be reached: ${reason}.`)
  }
  try {
    const { rows } = await client.query<Facts>(FACTS)
    const fault = rows[0] === undefined ? undefined : faultOf(rows[0])
    if (fault !== undefined) throw new CannotStart(`The database at ${where(url)} cannot be used: ${fault}.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const faultOf = (f: Facts): string | undefined => {
  if (f.version < OLDEST) return `its PostgreSQL is ${f.name}, and 15 or newer is needed`
  if (f.encoding !== 'UTF8') return `its encoding is ${f.encoding}, and UTF8 is needed`
  if (f.standby) return 'it is a standby and cannot be written to'
  if (!f.may_create_role && !f.has_role) return `this user may not create the role ${APP_ROLE} (give it CREATEROLE, or create the role and grant it)`
  if (!f.may_create) return 'this user may not create schemas in it (make it the owner of the database)'
  return f.missing === null ? undefined : `the extension ${f.missing} is not available there (Debian: postgresql-contrib)`
}
