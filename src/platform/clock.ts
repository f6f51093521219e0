/**
 * What time it is for the business. In production: the machine's. In demo mode an administrator may move it forward, so that anyone can watch a month go by;
 * the lead over the machine's time is kept in the database, and every process reads it anew within a second. Never moved back: events only go forward.
 */
import { type Instant, instant } from '#kernel/plain-date.ts'
import type { Ctx } from './ctx.ts'
import { type Db, sql } from './db/db.ts'

const READ_EVERY_MS = 1_000

let ahead = 0

export const clockNow = (): Instant => instant(Date.now() + ahead)
/** Milliseconds by which the clock was moved; 0 = the machine's own time. */
export const clockAhead = (): number => ahead

/** Once, at the start of every process of a demo city. */
export const readClock = async (db: Db): Promise<void> => {
  const { rows } = await sql<{ ahead: number }>`select ahead_ms as ahead from platform.clock`.execute(db)
  ahead = rows[0]?.ahead ?? 0
}

/** @returns stops it. A database that is away for a moment leaves the clock as it is. */
export const followClock = (db: Db): (() => void) => {
  const timer = setInterval(() => void readClock(db).catch(() => undefined), READ_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** Inside the transaction of the command that decided it; this process goes by it once that is committed: `readClock`. */
export const keepClockAhead = async (ctx: Ctx, ms: number): Promise<void> => {
  await sql`
    insert into platform.clock (ahead_ms) values (${ms}) on conflict (one) do update set ahead_ms = excluded.ahead_ms`.execute(ctx.db)
}

/** Demo cities never become real ones (decision 22). */
export const isDemo = async (ctx: Ctx): Promise<boolean> => {
  const { rows } = await sql<{ value: string }>`select value from platform.setting where key = 'mode'`.execute(ctx.db)
  return rows[0]?.value === 'demo'
}
