/** The administrator's page of background work, with a job that has died. */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { inTx, sql } from '#platform/db/db.ts'
import { listDeadJobs } from '#platform/jobs/list-jobs.ts'
import { addJob } from '#platform/jobs/queue.ts'
import { flushAccess } from '#platform/log/access.ts'
import { testDb } from '#test/db.ts'
import { jobsRoutes } from './jobs.tsx'

const { ctx } = await testDb()
const app = new Hono()
for (const route of jobsRoutes) {
  app.on(route.method, route.path, (c) => {
    const view = { lang: 'vi' as const, path: c.req.path, cityName: 'thành phố Huế', demo: true, signedIn: undefined, csrf: 'x', fragment: false }
    return route.handle({ c, ctx: ctx(), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] })
  })
}
const text = async (path: string) => (await (await app.request(path)).text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const post = (path: string, id: string) => app.request(path, { method: 'POST', body: new URLSearchParams({ id }) })

const die = async (): Promise<string> => {
  await inTx(ctx(), (ctx) => addJob(ctx, 'send-message', {}))
  await sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'the provider "Công ty A" answered 500'`.execute(ctx().db)
  return (await listDeadJobs(ctx()))[0]?.id ?? ''
}

describe('/quan-tri/cong-viec', () => {
  it('shows what is due and when, and that nothing has died', async () => {
    await sql`insert into platform.job_schedule (task, title, due) values ('seal', 'Niêm phong nhật ký', '00:30')`.execute(ctx().db)
    const page = await text('/quan-tri/cong-viec')
    expect(page).toContain('Niêm phong nhật ký hằng ngày 00:30 21/11/2026 00:30 chưa chạy')
    expect(page).toContain('Không có việc nào hỏng.')
  })

  it('a dead job stands there with its error and without the values in it, until it is told to run again', async () => {
    const id = await die()
    const page = await text('/quan-tri/cong-viec')
    expect(page).toMatch(/the provider &quot;…&quot; answered 500/)
    expect(page).not.toContain('Công ty A')
    expect((await post('/quan-tri/cong-viec/chay-lai', id)).headers.get('location')).toBe('/quan-tri/cong-viec?xong=chay-lai')
    expect(await text('/quan-tri/cong-viec?xong=chay-lai')).toContain('Công việc sẽ chạy lại ngay.')
  })

  it('deciding about a job that is gone says so and changes nothing', async () => {
    const id = await die()
    expect((await post('/quan-tri/cong-viec/bo', id)).headers.get('location')).toBe('/quan-tri/cong-viec?xong=bo')
    expect((await post('/quan-tri/cong-viec/bo', id)).headers.get('location')).toBe('/quan-tri/cong-viec?xong=khong-con')
    expect((await post('/quan-tri/cong-viec/bo', "1'; drop")).headers.get('location')).toBe('/quan-tri/cong-viec?xong=khong-con')
  })

  it('decision 9: who told a dead job to run again or dropped it is recorded', async () => {
    const recorded = async () => (await sql<object>`select kind, reason from log.access where subject = ${`job:${id}`} order by id`.execute(ctx().db)).rows
    const id = await die()
    await post('/quan-tri/cong-viec/chay-lai', id)
    await post('/quan-tri/cong-viec/bo', id)
    await flushAccess(ctx().db)
    expect(await recorded(), 'waiting again, it is not dead and cannot be dropped').toEqual([{ kind: 'job-retried', reason: 'send-message' }])
    await sql`update graphile_worker._private_jobs set attempts = max_attempts`.execute(ctx().db)
    await post('/quan-tri/cong-viec/bo', id)
    await flushAccess(ctx().db)
    expect(await recorded()).toContainEqual({ kind: 'job-dropped', reason: 'send-message' })
  })
})
