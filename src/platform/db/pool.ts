import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from '../../../db/types.ts'
import type { Db } from './db.ts'
import { ONE_PLAN, preparing } from './prepared.ts'

/** The role that the program becomes: it may not change the log (decision 8). */
export const APP_ROLE = 'motcua_app'
/** The role that may erase a personal value, and nothing else that the program may not (decision 5). */
export const PRIVACY_ROLE = 'motcua_privacy'

const checkedInteger = (text: string): number => {
  const n = Number(text)
  if (!Number.isSafeInteger(n)) throw new RangeError(`int8 beyond safe integers: ${text}`)
  return n
}

const moment = (text: string): number => {
  const ms = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  if (Number.isNaN(ms)) throw new RangeError(`not a moment: ${text}`)
  return ms
}

/** Set once, for every connection: date → string, timestamptz → integer milliseconds, int8 → checked number, numeric → string. */
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (text) => text)
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, moment)
types.setTypeParser(pg.types.builtins.INT8, checkedInteger)
types.setTypeParser(pg.types.builtins.NUMERIC, (text) => text)
types.setTypeParser(1182 as number, (text) => pg.types.getTypeParser(1009 as number)(text)) // date[] → string[]

export type PoolOptions = { readonly max?: number; readonly role?: 'app' | 'owner' | 'privacy'; readonly name?: string; /** For a free connection, before the request is given up. */ readonly waitMs?: number; /** Statements are sent without waiting for the answer to the one before; no COPY then. */ readonly pipeline?: boolean }

export const createPool = (url: string, options: PoolOptions = {}): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    types,
    application_name: options.name ?? 'motcua',
    connectionTimeoutMillis: options.waitMs ?? 5_000,
    // A new connection plans everything anew, a fifth of a second in all: they are kept while people work.
    idleTimeoutMillis: 600_000,
    pipeline: options.pipeline ?? false,
    options: `-c timezone=UTC -c ${ONE_PLAN}${options.role === 'owner' ? '' : ` -c role=${options.role === 'privacy' ? PRIVACY_ROLE : APP_ROLE}`}`,
  })
  // An idle connection that the server closed: the pool makes a new one. Without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

export const createDb = (pool: pg.Pool): Db => new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
