/**
 * Who signed in, who was refused, who looked at whose personal data and why, who decided about a
 * dead job (`log.access`, decision 9). Written up to a second later, in
 * bulk, outside the transaction that it tells of: a refusal is kept although its command was rolled back, and reading costs no write.
 * A killed process loses at most that second.
 */
import type { Uuid } from '#kernel/ids.ts'
import { Forbidden } from '#kernel/errors.ts'
import type { Ctx } from '../ctx.ts'
import { type Db, sql } from '../db/db.ts'
import { newId } from '../ids.ts'

export type AccessKind = 'sign-in' | 'sign-in-failed' | 'sign-in-locked' | 'sign-out' | 'sign-out-everywhere' | 'refused' | 'read' | 'list' | 'job-retried' | 'job-dropped'

/** Ids and fixed words only, never a personal value. Who it was is taken from `ctx.actor` unless told. */
export type AccessEntry = {
  readonly kind: AccessKind
  readonly userId?: Uuid
  readonly personId?: Uuid
  /** The unit in whose name it happened. */
  readonly unitId?: Uuid
  /** Whose data, or which account: `person:<id>`, `dossier:<id>`, `account:<id>`; or which job: `job:<id>`. */
  readonly subject?: string
  /** Why: the permission used or missing, the page, the job's task. */
  readonly reason?: string
}

type Row = {
  readonly id: Uuid
  readonly at: string
  readonly kind: AccessKind
  readonly user_id: Uuid | null
  readonly person_id: Uuid | null
  readonly unit_id: Uuid | null
  readonly subject: string | null
  readonly reason: string | null
  readonly trace_id: string
}

/** With the database away, so many wait in memory; then the oldest are given up and counted. */
const MOST_WAITING = 50_000
const ROWS_A_STATEMENT = 1_000

// The one buffer of the process, like that of a log file.
let waiting: Row[] = []
let lost = 0
let writing: Promise<unknown> = Promise.resolve()

/** Notes it and returns at once. */
export const recordAccess = (ctx: Ctx, entry: AccessEntry): void => {
  const { actor } = ctx
  const person = actor.kind === 'person' ? actor : undefined
  waiting.push({
    id: newId(ctx.now),
    at: new Date(ctx.now).toISOString(),
    kind: entry.kind,
    user_id: entry.userId ?? person?.userId ?? null,
    person_id: entry.personId ?? person?.personId ?? null,
    unit_id: entry.unitId ?? null,
    subject: entry.subject ?? null,
    reason: entry.reason ?? null,
    trace_id: ctx.traceId,
  })
  if (waiting.length > MOST_WAITING) {
    waiting = waiting.slice(-MOST_WAITING)
    lost += 1
  }
}

/** For `/metrics`: what waits to be written, and what had to be given up since the start. */
export const accessBacklog = (): { readonly waiting: number; readonly lost: number } => ({ waiting: waiting.length, lost })

/** Writes what is waiting; on failure everything keeps waiting. */
export const flushAccess = (db: Db): Promise<void> => {
  const flush = writing.then(() => writeWaiting(db))
  writing = flush.catch(() => undefined)
  return flush
}

const writeWaiting = async (db: Db): Promise<void> => {
  while (waiting.length > 0) {
    const rows = waiting.slice(0, ROWS_A_STATEMENT)
    await sql`/* prepared */
      insert into log.access (id, at, kind, user_id, person_id, unit_id, subject, reason, trace_id)
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as a(id uuid, at timestamptz, kind text, user_id uuid, person_id uuid, unit_id uuid, subject text, reason text, trace_id text)
      on conflict (id) do nothing`.execute(db)
    const written = new Set(rows.map((row) => row.id))
    waiting = waiting.filter((row) => !written.has(row.id))
  }
}

/** Writes every second until stopped; stopping writes the rest. */
export const startAccessLog = (options: { readonly db: Db; readonly onError: (error: unknown) => void; readonly everyMs?: number }) => {
  const flush = () => flushAccess(options.db).catch(options.onError)
  const timer = setInterval(() => void flush(), options.everyMs ?? 1_000)
  return {
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await flush()
    },
  }
}

const PRUNED_AT_ONCE = 20_000
const MS_PER_DAY = 86_400_000

/**
 * For the schedule: takes away what is older than the installation keeps. The database lets nothing go that is younger than half a year.
 * @param keepDays `ACCESS_LOG_DAYS` @returns how many lines went
 */
export const pruneAccess = async (ctx: Ctx, keepDays: number): Promise<number> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const before = new Date(ctx.now - keepDays * MS_PER_DAY).toISOString()
  for (let gone = 0; ; ) {
    const { rows } = await sql<{ n: number }>`select log.prune_access(${before}::timestamptz, ${PRUNED_AT_ONCE}) as n`.execute(ctx.db)
    const n = rows[0]?.n ?? 0
    gone += n
    if (n < PRUNED_AT_ONCE) return gone
  }
}
