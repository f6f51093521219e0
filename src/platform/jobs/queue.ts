/** Putting a job into the queue, and dealing with dead ones. Jobs stand outside the log (decision 9); what they do does not. */
import type { Json } from '#kernel/digest.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '../ctx.ts'
import { sql } from '../db/db.ts'
import { recordAccess } from '../log/access.ts'
import { nextDue } from './due.ts'

export type JobOptions = {
  /** A job with the same key that has not begun yet is replaced. */
  readonly key?: string
  readonly runAt?: Date
  readonly maxAttempts?: number
}

/** In the caller's transaction: the job exists if and only if the rest was committed. The payload holds ids, never personal data. */
export const addJob = async (ctx: Ctx, task: string, payload: { readonly [key: string]: Json }, options: JobOptions = {}): Promise<void> => {
  await sql`select graphile_worker.add_job(${task}::text, payload => ${JSON.stringify(payload)}::json, job_key => ${options.key ?? null}::text,
      run_at => ${options.runAt?.toISOString() ?? null}::timestamptz, max_attempts => ${options.maxAttempts ?? 12}::int)`.execute(ctx.db)
}

/** Takes away the dead job of a key, before its work is asked for anew: the worker would keep it beside the new one. */
export const clearDeadJob = async (ctx: Ctx, key: string): Promise<void> => {
  await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where key = ${key} and attempts >= max_attempts and locked_at is null))`.execute(ctx.db)
}

/** Every process goes by a moved clock within a second: what is to run by it begins after that. */
const CLOCK_READ_MS = 2_000

/** A clock was moved: what would have fallen due meanwhile is run once, now, as after a night in which nothing ran. */
export const runMissed = async (ctx: Ctx, from: Instant, to: Instant): Promise<void> => {
  const { rows } = await sql<{ task: string; due: string }>`select task, due from platform.job_schedule order by due, task`.execute(ctx.db)
  const runAt = new Date(Date.now() + CLOCK_READ_MS)
  for (const { task, due } of rows) if (nextDue(from, due) <= to) await addJob(ctx, task, {}, { key: `due:${task}`, runAt })
}

/** The ids of this job if it is dead: no id otherwise, so that the functions below have nothing to work on. */
const ifDead = (id: string) => sql`array(select id from graphile_worker.jobs where id = ${id}::bigint and attempts >= max_attempts and locked_at is null)`

/** Lets a dead job begin anew, at once, and records who decided so. @returns false when there is no such dead job */
export const retryJob = async (ctx: Ctx, id: string): Promise<boolean> => {
  const { rows } = await sql<Decided>`
    select j.id::text as id, t.identifier as task
      from graphile_worker.reschedule_jobs(${ifDead(id)}, run_at => ${new Date(ctx.now).toISOString()}::timestamptz, attempts => 0) j
      join graphile_worker._private_tasks t on t.id = j.task_id`.execute(ctx.db)
  return recordDecision(ctx, 'job-retried', rows)
}

/** Takes a dead job away for good, and records who decided so. @returns false when there is no such dead job */
export const removeJob = async (ctx: Ctx, id: string): Promise<boolean> => {
  const { rows } = await sql<Decided>`
    select j.id::text as id, t.identifier as task
      from graphile_worker.complete_jobs(${ifDead(id)}) j join graphile_worker._private_tasks t on t.id = j.task_id`.execute(ctx.db)
  return recordDecision(ctx, 'job-dropped', rows)
}

type Decided = { readonly id: string; readonly task: string }

const recordDecision = (ctx: Ctx, kind: 'job-retried' | 'job-dropped', jobs: readonly Decided[]): boolean => {
  for (const { id, task } of jobs) recordAccess(ctx, { kind, subject: `job:${id}`, reason: task })
  return jobs.length > 0
}
