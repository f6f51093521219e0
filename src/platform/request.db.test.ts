/** Decision 17: a command runs once per submission key, however often and however simultaneously it is sent. */
import { describe, expect, it } from 'vitest'
import { Stale } from '#kernel/errors.ts'
import { MS_PER_DAY } from '#kernel/plain-date.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { orRefused, refuse } from './refused.ts'
import { once } from './request.ts'

const { ctx } = await testDb()

const somebody = (): Actor => ({ kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: [] })

const file = (ctx: Ctx, key = newId(NOW), input = { kite: 'red' }, work: () => Promise<string> = async () => newId(NOW)) =>
  inTx(ctx, (ctx) => once(ctx, { command: 'kite.file', key, input }, work))

describe('a submission key', () => {
  it('gives a repeat the first answer and does not do the work again', async () => {
    const key = newId(NOW)
    const first = await file(ctx(), key)
    expect(await file(ctx(), key, { kite: 'red' }, () => Promise.reject(new Error('done twice')))).toBe(first)
  })

  it('sent eight times at the same moment, does the work once and answers all alike', async () => {
    const key = newId(NOW)
    let done = 0
    const work = async () => {
      done += 1
      await new Promise((resolve) => setTimeout(resolve, 30))
      return newId(NOW)
    }
    const answers = await Promise.all(Array.from({ length: 8 }, () => file(ctx(), key, { kite: 'red' }, work)))
    expect(done).toBe(1)
    expect(new Set(answers).size).toBe(1)
  })

  it('whose first attempt failed is free again, also for one that waited for it', async () => {
    const key = newId(NOW)
    const failing = file(ctx(), key, { kite: 'red' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      throw new Error('the printer is on fire')
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const waiting = file(ctx(), key, { kite: 'red' }, async () => 'second')
    await expect(failing).rejects.toThrow('on fire')
    expect(await waiting).toBe('second')
  })

  it('used for other input, another command or by somebody else is stale', async () => {
    const [key, officer] = [newId(NOW), somebody()]
    await file(ctx({ actor: officer }), key)
    await expect(file(ctx({ actor: officer }), key, { kite: 'blue' })).rejects.toThrow(Stale)
    await expect(file(ctx({ actor: somebody() }), key)).rejects.toThrow(Stale)
    await expect(inTx(ctx({ actor: officer }), (ctx) => once(ctx, { command: 'kite.mend', key, input: { kite: 'red' } }, async () => 'x'))).rejects.toThrow(Stale)
  })

  it('used for other input at the same moment is stale too', async () => {
    const key = newId(NOW)
    const slow = file(ctx(), key, { kite: 'red' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      return 'first'
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(file(ctx(), key, { kite: 'blue' })).rejects.toThrow(Stale)
    expect(await slow).toBe('first')
  })

  it('whose form was refused is not kept: sent again later it is judged anew, not answered with the old no', async () => {
    const key = newId(NOW)
    const refused = await orRefused(() => file(ctx(), key, { kite: 'red' }, async () => refuse({ code: 'no-wind' })))
    expect(refused).toEqual({ ok: false, error: { code: 'no-wind' } })
    expect((await sql`select from platform.request where id = ${key}`.execute(ctx().db)).rows).toHaveLength(0)
    expect(await file(ctx(), key, { kite: 'red' }, async () => 'flies')).toBe('flies')
  })

  it('is kept 7 days, 400 for filing', async () => {
    const [short, long] = [newId(NOW), newId(NOW)]
    await file(ctx(), short)
    await inTx(ctx(), (ctx) => once(ctx, { command: 'kite.file', key: long, input: null, keepDays: 400 }, async () => null))
    const { rows } = await sql<{ days: number }>`select (extract(epoch from keep_until - at) * 1000)::bigint / ${MS_PER_DAY}::bigint as days from platform.request where id = any(${[short, long]}::uuid[]) order by keep_until`.execute(ctx().db)
    expect(rows.map((r) => r.days)).toEqual([7, 400])
  })
})
