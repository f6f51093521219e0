import { afterEach, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import { instant } from '#kernel/plain-date.ts'
import { clockAhead, clockNow, keepClockAhead, readClock } from '#platform/clock.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { listJobs } from '#platform/jobs/list-jobs.ts'
import { NOW, testDb } from '#test/db.ts'
import { moveClock } from './move-clock.ts'

const db = await testDb()
const administrator: Actor = { kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: [{ postId: newId(NOW), role: 'administrator', unitId: newId(NOW), agencyId: newId(NOW) }] }
const ctx = (actor: Actor = administrator): Ctx => db.ctx({ actor, now: clockNow() })
const setMode = (mode: string) => db.owner.query(`insert into platform.setting (key, value) values ('mode', $1) on conflict (key) do update set value = excluded.value`, [JSON.stringify(mode)])
const DAY = 86_400_000

afterEach(async () => {
  await inTx(ctx({ kind: 'system', job: 'test' }), (ctx) => keepClockAhead(ctx, 0))
  await readClock(ctx().db)
})

describe('the simulated clock of a demo city', () => {
  it('moves every reading of the time in this process, and in the others when they read it anew', async () => {
    await setMode('demo')
    const before = Date.now()
    const to = instant(before + 7 * DAY)
    expect(await moveClock(ctx(), { submissionKey: newId(NOW), to })).toEqual({ ok: true, value: { now: to } })
    expect(clockNow() - before).toBeGreaterThanOrEqual(7 * DAY - 1)
    expect(clockNow() - before).toBeLessThan(7 * DAY + 10_000)
    const { rows } = await sql<{ type: string }>`select type from log.event where type = 'clock.moved'`.execute(ctx().db)
    expect(rows).toHaveLength(1)
  })

  it('lets happen what would have fallen due meanwhile: once, by the new time', async () => {
    await setMode('demo')
    await db.owner.query(`insert into platform.job_schedule (task, title, due) values ('every-hour', 'Mỗi giờ', '*:05'), ('every-night', 'Mỗi đêm', '00:30')`)
    const waiting = async () => (await listJobs(ctx())).map((job) => job.task).sort()
    await moveClock(ctx(), { submissionKey: newId(NOW), to: instant(Date.now() + 60 * 60_000) })
    expect(await waiting()).toContain('every-hour')
    await moveClock(ctx(), { submissionKey: newId(NOW), to: instant(clockNow() + 30 * DAY) })
    expect(await waiting()).toEqual(['every-hour', 'every-night'])
    await db.owner.query('delete from platform.job_schedule')
  })

  it('pressed twice it moves once', async () => {
    await setMode('demo')
    const input = { submissionKey: newId(NOW), to: instant(Date.now() + DAY) }
    await moveClock(ctx(), input)
    const once = clockAhead()
    await moveClock(ctx(), input)
    expect(clockAhead()).toBe(once)
  })

  it('never goes back, nor beyond a year at once', async () => {
    await setMode('demo')
    expect(await moveClock(ctx(), { submissionKey: newId(NOW), to: instant(Date.now() - 1) })).toMatchObject({ ok: false, error: { code: 'clock-backwards' } })
    expect(await moveClock(ctx(), { submissionKey: newId(NOW), to: instant(Date.now() + 400 * DAY) })).toMatchObject({ ok: false, error: { code: 'clock-too-far' } })
    expect(clockAhead()).toBe(0)
  })

  it('decision 22: a city of production lives by real time', async () => {
    await setMode('production')
    expect(await moveClock(ctx(), { submissionKey: newId(NOW), to: instant(Date.now() + DAY) })).toEqual({ ok: false, error: { code: 'clock-of-production' } })
    expect(clockAhead()).toBe(0)
  })

  it('is for administrators alone', async () => {
    await expect(moveClock(ctx({ kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: [] }), { submissionKey: newId(NOW), to: instant(Date.now() + DAY) })).rejects.toThrow(Forbidden)
  })
})
