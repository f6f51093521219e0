/** What the background work looks like: read from graphile-worker's public view and from our own record of runs. Payloads are never read. */
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, MS_PER_MINUTE, dayNumberOf, instantAt } from '#kernel/plain-date.ts'
import type { Ctx } from '../ctx.ts'
import { type Db, sql } from '../db/db.ts'
import { withoutValues } from '../telemetry/log.ts'

export type Job = {
  readonly id: string
  readonly task: string
  readonly runAt: Instant
  readonly attempts: number
  readonly maxAttempts: number
  readonly createdAt: Instant
  readonly isRunning: boolean
  /** The last failure, without the values that it named. */
  readonly lastError: string | null
}

const list = async (db: Db, dead: boolean, limit: number): Promise<readonly Job[]> => {
  const { rows } = await sql<Job>`
    select id::text as id, task_identifier as task, run_at as "runAt", attempts, max_attempts as "maxAttempts", created_at as "createdAt",
           locked_at is not null as "isRunning", last_error as "lastError"
      from graphile_worker.jobs
     where (attempts >= max_attempts and locked_at is null) = ${dead}
     order by run_at limit ${limit}`.execute(db)
  return rows.map((job) => ({ ...job, lastError: job.lastError === null ? null : withoutValues(job.lastError.split('\n')[0] ?? '') }))
}

/** Waiting and running, next first. */
export const listJobs = (ctx: Ctx, limit = 50): Promise<readonly Job[]> => list(ctx.db, false, limit)

/** Those that have failed as often as they may. */
export const listDeadJobs = (ctx: Ctx, limit = 200): Promise<readonly Job[]> => list(ctx.db, true, limit)

export const countJobs = async (db: Db): Promise<Readonly<Record<'waiting' | 'running' | 'dead', number>>> => {
  const { rows } = await sql<{ waiting: number; running: number; dead: number }>`
    select count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
           count(*) filter (where locked_at is not null)::int as running,
           count(*) filter (where locked_at is null and attempts >= max_attempts)::int as dead
      from graphile_worker.jobs`.execute(db)
  return rows[0] ?? { waiting: 0, running: 0, dead: 0 }
}

export type JobRun = { readonly id: Uuid; readonly task: string; readonly startedAt: Instant; readonly endedAt: Instant; readonly error: string | null }

/** Newest first. */
export const listJobRuns = async (ctx: Ctx, limit = 30): Promise<readonly JobRun[]> => {
  const { rows } = await sql<JobRun>`
    select id, task, started_at as "startedAt", ended_at as "endedAt", error from platform.job_run order by started_at desc limit ${limit}`.execute(ctx.db)
  return rows
}

export type Scheduled = {
  readonly task: string
  readonly title: string
  /** Of the Vietnamese day. */
  readonly minuteOfDay: number
  readonly nextAt: Instant
  readonly last: Pick<JobRun, 'startedAt' | 'endedAt' | 'error'> | null
}

export const nextDaily = (now: Instant, minuteOfDay: number): Instant => {
  const today = instantAt(dayNumberOf(now), minuteOfDay * MS_PER_MINUTE)
  return today > now ? today : ((today + MS_PER_DAY) as Instant)
}

export const listSchedule = async (ctx: Ctx): Promise<readonly Scheduled[]> => {
  const { rows } = await sql<{ task: string; title: string; minute: number; startedAt: Instant | null; endedAt: Instant | null; error: string | null }>`
    select s.task, s.title, s.minute_of_day as minute, r.started_at as "startedAt", r.ended_at as "endedAt", r.error
      from platform.job_schedule s
      left join lateral (select started_at, ended_at, error from platform.job_run where task = s.task order by started_at desc limit 1) r on true
     order by s.minute_of_day, s.task`.execute(ctx.db)
  return rows.map((row) => ({
    task: row.task,
    title: row.title,
    minuteOfDay: row.minute,
    nextAt: nextDaily(ctx.now, row.minute),
    last: row.startedAt === null || row.endedAt === null ? null : { startedAt: row.startedAt, endedAt: row.endedAt, error: row.error },
  }))
}
