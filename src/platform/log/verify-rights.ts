import { type Db, sql } from '../db/db.ts'

export type Rights = {
  readonly role: string
  /** What this role could do to the log in spite of everything; empty for the program's role. */
  readonly couldChange: readonly string[]
  /** The role that signed in, from which this one was taken on and to which it could go back. */
  readonly session: string
}

/** Whether the role that runs this could change the log: as superuser, as owner, or by a privilege, on parents and partitions (decision 8). */
export const readRights = async (db: Db): Promise<Rights> => {
  const { rows } = await sql<{ role: string; session: string; superuser: boolean; could: string[] }>`
    with t as (
      select c.oid, c.oid::regclass::text as name, c.relowner from pg_class c
       where c.relnamespace = 'log'::regnamespace and c.relkind in ('r', 'p') and c.relname ~ '^(event|private|seal)(_|$)')
    select current_user::text as role, session_user::text as session, (select rolsuper from pg_roles where rolname = current_user) as superuser,
           coalesce((select array_agg(x.could order by x.could) from (
             select 'owns ' || t.name as could from t where pg_has_role(t.relowner, 'usage')
             union all
             select p || ' on ' || t.name from t, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p where has_table_privilege(t.oid, p)) x), '{}') as could`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('no role')
  return { role: row.role, session: row.session, couldChange: [...(row.superuser ? ['is superuser'] : []), ...row.could] }
}
