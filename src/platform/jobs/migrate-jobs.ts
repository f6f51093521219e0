import pg from 'pg'
import { APP_ROLE } from '../db/pool.ts'

/** A pool with the driver's own parsers: graphile-worker reads dates as `Date`. */
export const workerPool = (ownerUrl: string, max: number): pg.Pool => {
  const pool = new pg.Pool({ connectionString: ownerUrl, max, application_name: 'motcua worker', connectionTimeoutMillis: 5_000, options: `-c timezone=UTC -c role=${APP_ROLE}` })
  // A lost idle connection is replaced by the next query; without a listener it would end the program.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** The newest migration of the graphile-worker that is installed; its package is loaded only when the database is older. */
const NEWEST = 20

/** Fills graphile-worker's schema, as the role that owns it. Needs migration 0090. */
export const migrateJobs = async (ownerUrl: string): Promise<void> => {
  const pool = workerPool(ownerUrl, 2)
  try {
    const { rows } = await pool.query<{ newest: number | null }>('select max(id) as newest from graphile_worker.migrations')
    if ((rows[0]?.newest ?? 0) >= NEWEST) return
    const { Logger, runMigrations } = await import('graphile-worker')
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) })
  } finally {
    await pool.end()
  }
}
