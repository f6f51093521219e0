/** What the background work looks like: read from graphile-worker's public view and from our own record of runs. Payloads are never read. */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '../ctx.ts'
import { type Db, sql } from '../db/db.ts'
import { withoutValues } from '../telemetry/log.ts'
import { nextDue } from './due.ts'

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
  /** `00:30` every day, `*:20` every hour. */
  readonly due: string
  readonly nextAt: Instant
  readonly last: Pick<JobRun, 'startedAt' | 'endedAt' | 'error'> | null
}

export const listSchedule = async (ctx: Ctx): Promise<readonly Scheduled[]> => {
  const { rows } = await sql<{ task: string; title: string; due: string; startedAt: Instant | null; endedAt: Instant | null; error: string | null }>`
    select s.task, s.title, s.due, r.started_at as "startedAt", r.ended_at as "endedAt", r.error
      from platform.job_schedule s
      left join lateral (select started_at, ended_at, error from platform.job_run where task = s.task order by started_at desc limit 1) r on true
     order by s.due, s.task`.execute(ctx.db)
  return rows.map(({ task, title, due, startedAt, endedAt, error }) => ({
    task,
    title,
    due,
    nextAt: nextDue(ctx.now, due),
    last: startedAt === null || endedAt === null ? null : { startedAt, endedAt, error },
  }))
}
