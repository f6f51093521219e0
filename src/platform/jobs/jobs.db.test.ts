import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inTx, sql } from '#platform/db/db.ts'
import { SILENT } from '#platform/telemetry/log.ts'
import { NOW, testDb } from '#test/db.ts'
import { countJobs, listDeadJobs, listJobRuns, listJobs, listSchedule } from './list-jobs.ts'
import { addJob, removeJob, retryJob } from './queue.ts'
import { type Task, startWorker } from './worker.ts'

const db = await testDb()

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 400; i += 1) {
    if (await condition()) return
    await sleep(25)
  }
  throw new Error('waited ten seconds in vain')
}

const withWorker = async (tasks: Record<string, Task>, work: () => Promise<void>): Promise<void> => {
  const ctx = db.ctx()
  const worker = startWorker({
    ownerUrl: db.url,
    db: ctx.db,
    tasks,
    schedule: [{ name: 'nightly', title: 'Việc đêm', due: '00:30', run: async () => {} }],
    log: SILENT,
  })
  try {
    await work()
  } finally {
    await worker.stop()
  }
}

const killOnce = async (task: string): Promise<void> => {
  await sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'Error: no such person "Nguyễn Văn An" 012345678901'
             where task_id = (select id from graphile_worker._private_tasks where identifier = ${task})`.execute(db.ctx().db)
}

describe('background work', () => {
  it('a job exists if and only if the transaction that asked for it was committed', async () => {
    await expect(
      inTx(db.ctx(), async (ctx) => {
        await addJob(ctx, 'never', { id: 1 })
        throw new Error('the rest failed')
      }),
    ).rejects.toThrow('the rest failed')
    await inTx(db.ctx(), (ctx) => addJob(ctx, 'later', { id: 2 }, { runAt: new Date(Date.now() + 3_600_000) }))
    expect((await listJobs(db.ctx())).map((j) => j.task)).toEqual(['later'])
    expect(await countJobs(db.ctx().db)).toEqual({ waiting: 1, running: 0, dead: 0 })
  })

  it('a queued job runs with the system as its actor, and its run is remembered', async () => {
    const seen: unknown[] = []
    await inTx(db.ctx(), (ctx) => addJob(ctx, 'greet', { to: 'desk' }))
    await withWorker({ greet: async (ctx, payload) => void seen.push([ctx.actor, payload]), later: async () => {} }, async () => {
      await until(async () => (await listJobRuns(db.ctx())).some((r) => r.task === 'greet'))
    })
    expect(seen).toEqual([[{ kind: 'system', job: 'greet' }, { to: 'desk' }]])
    expect((await listJobRuns(db.ctx()))[0]).toMatchObject({ task: 'greet', error: null })
  })

  it('the schedule of the running release can be read, with its next moment', async () => {
    const [nightly] = await listSchedule(db.ctx({ now: NOW }))
    expect(nightly).toMatchObject({ task: 'nightly', title: 'Việc đêm', due: '00:30', last: null })
  })

  it('a dead job shows its error without the values in it, and runs again when asked', async () => {
    await inTx(db.ctx(), (ctx) => addJob(ctx, 'fragile', {}, { runAt: new Date(Date.now() + 3_600_000) }))
    await killOnce('fragile')
    const [dead] = await listDeadJobs(db.ctx())
    expect(dead?.task).toBe('fragile')
    expect(dead?.lastError).not.toMatch(/Nguyễn|012345/)

    expect(await retryJob(db.ctx({ now: NOW }), dead?.id ?? '')).toBe(true)
    expect(await listDeadJobs(db.ctx())).toEqual([])
    expect(await retryJob(db.ctx(), dead?.id ?? '')).toBe(false)
  })

  it('a dead job that is removed is gone; a living one cannot be removed', async () => {
    await inTx(db.ctx(), (ctx) => addJob(ctx, 'hopeless', {}, { runAt: new Date(Date.now() + 3_600_000) }))
    const living = (await listJobs(db.ctx())).find((j) => j.task === 'hopeless')
    expect(await removeJob(db.ctx(), living?.id ?? '')).toBe(false)
    await killOnce('hopeless')
    expect(await removeJob(db.ctx(), living?.id ?? '')).toBe(true)
    expect(await listDeadJobs(db.ctx())).toEqual([])
  })

  it('a failing job is tried again, and its failure is remembered without personal data', async () => {
    await inTx(db.ctx(), (ctx) => addJob(ctx, 'broken', {}))
    await withWorker({ broken: async () => Promise.reject(new Error('no account for "Trần Thị Bé"')) }, async () => {
      await until(async () => (await listJobRuns(db.ctx())).some((r) => r.task === 'broken'))
    })
    const run = (await listJobRuns(db.ctx())).find((r) => r.task === 'broken')
    expect(run?.error).toMatch(/^Error: no account/)
    expect(run?.error).not.toContain('Trần')
    expect((await listJobs(db.ctx())).find((j) => j.task === 'broken')?.attempts).toBe(1)
  })
})
