/** The worker inside the program: runs what is queued and what is due, remembers how it went. */
import { randomBytes } from 'node:crypto'
import type { Runner } from 'graphile-worker'
import { type Instant, MS_PER_DAY } from '#kernel/plain-date.ts'
import { clockNow } from '../clock.ts'
import type { Ctx } from '../ctx.ts'
import { type Db, sql } from '../db/db.ts'
import { newId } from '../ids.ts'
import { type Log, withoutValues } from '../telemetry/log.ts'
import { cronOf } from './due.ts'
import { workerPool } from './migrate-jobs.ts'

export type Task = (ctx: Ctx, payload: unknown) => Promise<void>

export type ScheduledTask = {
  /** `seal`, `sweep-uploads` */
  readonly name: string
  /** For the administrator, in Vietnamese. */
  readonly title: string
  /** Vietnamese time: `00:30` every day, `*:20` every hour. */
  readonly due: string
  readonly run: (ctx: Ctx) => Promise<void>
}

export type WorkerOptions = {
  readonly ownerUrl: string
  readonly db: Db
  readonly schedule: readonly ScheduledTask[]
  readonly tasks: Readonly<Record<string, Task>>
  readonly log: Log
}

export type Worker = { readonly stop: () => Promise<void> }

/** Runs of the last days are enough to see how things go. */
const KEEP_RUNS_MS = 30 * MS_PER_DAY
/** Starts again when it breaks (the database went away), until stopped. */
export const startWorker = (options: WorkerOptions): Worker => {
  const state = { stopped: false, runner: undefined as Runner | undefined, wake: () => {} }
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      state.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const keepRunning = async (): Promise<void> => {
    while (!state.stopped) {
      const pool = workerPool(options.ownerUrl, 4)
      try {
        await writeSchedule(options)
        state.runner = await startRunner(options, pool)
        if (state.stopped) await state.runner.stop()
        await state.runner.promise
      } catch (error) {
        if (!state.stopped) options.log.warn('worker stopped, starts again', { error })
      } finally {
        state.runner = undefined
        await pool.end().catch(() => undefined)
      }
      if (!state.stopped) await pause(2_000)
    }
  }
  const running = keepRunning()
  return {
    stop: async () => {
      state.stopped = true
      state.wake()
      await state.runner?.stop().catch(() => undefined)
      await running
    },
  }
}

const startRunner = async (options: WorkerOptions, pgPool: ReturnType<typeof workerPool>): Promise<Runner> => {
  const { Logger, parseCronItems, run } = await import('graphile-worker')
  const daily = Object.fromEntries(options.schedule.map((task) => [task.name, (ctx: Ctx) => task.run(ctx)]))
  const tasks: Record<string, Task> = { ...options.tasks, ...daily }
  return run({
    pgPool,
    noHandleSignals: true,
    concurrency: 2,
    pollInterval: 5_000,
    // Without a batch nobody listens when the database dies while a job is marked as done: the rejection would end the program. With one the worker stops, and is started again.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => () => undefined),
    taskList: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => runOnce(options, name, task, payload)])),
    // A task that fell due while nothing ran is made up for, once, at the next start within a day.
    parsedCronItems: parseCronItems(options.schedule.map((task) => ({ task: task.name, match: cronOf(task.due), options: { backfillPeriod: MS_PER_DAY, maxAttempts: 6, jobKey: `due:${task.name}` } }))),
  })
}

const runOnce = async (options: WorkerOptions, name: string, task: Task, payload: unknown): Promise<void> => {
  const began = clockNow()
  const ctx: Ctx = { db: options.db, actor: { kind: 'system', job: name }, now: began, traceId: randomBytes(8).toString('hex') }
  try {
    await task(ctx, payload)
    await remember(options.db, name, began, null)
    options.log.info('job done', { traceId: ctx.traceId, job: name, ms: clockNow() - began })
  } catch (error) {
    options.log.error('job failed', { traceId: ctx.traceId, job: name, error })
    await remember(options.db, name, began, withoutValues(error instanceof Error ? `${error.name}: ${error.message}` : 'unknown')).catch(() => undefined)
    throw error
  }
}

const remember = async (db: Db, task: string, began: Instant, error: string | null): Promise<void> => {
  const ended = clockNow()
  await sql`insert into platform.job_run (id, task, started_at, ended_at, error)
    values (${newId(began)}, ${task}, ${new Date(began).toISOString()}, ${new Date(ended).toISOString()}, ${error})`.execute(db)
}

/** Called by the nightly sweep. */
export const forgetOldRuns = async (ctx: Ctx): Promise<void> => {
  await sql`delete from platform.job_run where started_at < ${new Date(ctx.now - KEEP_RUNS_MS).toISOString()}::timestamptz`.execute(ctx.db)
}

/** What this release does by itself, for the administrator's page. */
const writeSchedule = async ({ db, schedule }: WorkerOptions): Promise<void> => {
  const rows = JSON.stringify(schedule.map((task) => ({ task: task.name, title: task.title, due: task.due })))
  await sql`with given as (select * from jsonb_to_recordset(${rows}::jsonb) as x(task text, title text, due text)),
      gone as (delete from platform.job_schedule where task not in (select task from given))
    insert into platform.job_schedule (task, title, due) select task, title, due from given
    on conflict (task) do update set title = excluded.title, due = excluded.due`.execute(db)
}
