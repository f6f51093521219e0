import { beforeAll, describe, expect, it } from 'vitest'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { expectReplayEquals } from '#test/replay.ts'
import { append } from './append.ts'
import { personal } from './private.ts'
import { startSubscriptions } from './subscription-loop.ts'
import { type Subscription, catchUp, readLags, runBatch } from './subscriptions.ts'

const { ctx, owner } = await testDb()

const lend = (to = 'Đặng Dũng') => inTx(ctx(), (ctx) => append(ctx, 'dossier', newId(NOW), [{ type: 'kite.lent', data: { to: personal(to), metres: 20 } }]))

/** A read model of the test: who has a kite. */
const borrowers: Subscription = {
  name: 'kite-borrowers',
  batchSize: 2,
  withPrivate: true,
  handle: async (ctx, events) => {
    for (const e of events) {
      const { to } = e.data as { to: string }
      await sql`insert into kite.borrower (stream, name, at) values (${e.stream}, ${to}, ${new Date(e.at).toISOString()}) on conflict do nothing`.execute(ctx.db)
    }
  },
  reset: async (ctx) => void (await sql`delete from kite.borrower`.execute(ctx.db)),
}

beforeAll(async () => {
  await owner.query(`create schema kite; create table kite.borrower (stream uuid primary key, name text, at timestamptz(3));
    grant usage on schema kite to motcua_app; grant select, insert, update, delete on all tables in schema kite to motcua_app`)
})

describe('a subscription', () => {
  it('gets every event once, in batches, with the personal values it asked for', async () => {
    for (const name of ['Đặng Dũng', 'Lê Hoài', 'Trần Vân']) await lend(name)
    expect(await catchUp(ctx(), borrowers)).toBe(3)
    const { rows } = await sql<{ name: string }>`select name from kite.borrower order by name collate "C"`.execute(ctx().db)
    expect(rows.map((r) => r.name)).toEqual(['Lê Hoài', 'Trần Vân', 'Đặng Dũng'])
    expect(await catchUp(ctx(), borrowers)).toBe(0)
  })

  it('gets digests where it did not ask for personal values', async () => {
    let seen = ''
    await catchUp(ctx(), { name: 'curious', handle: async (_ctx, events) => void (seen += JSON.stringify(events)) })
    expect(seen).toContain('$private')
    expect(seen).not.toContain('Dũng')
  })

  it('keeps neither rows nor checkpoint of a batch that failed', async () => {
    const [event] = await lend('Phan Thị Sáu')
    const failing: Subscription = {
      ...borrowers,
      handle: async (ctx, events) => {
        await borrowers.handle(ctx, events)
        throw new Error('the printer is on fire')
      },
    }
    await expect(catchUp(ctx(), failing)).rejects.toThrow('on fire')
    const { rows } = await sql`select 1 from kite.borrower where stream = ${event?.stream}`.execute(ctx().db)
    expect(rows).toEqual([])
    expect(await catchUp(ctx(), borrowers)).toBe(1)
  })

  it('runs once at a time: a second runner finds it busy', async () => {
    await lend()
    let second: number | 'busy' | undefined
    const slow: Subscription = {
      ...borrowers,
      handle: async (inner, events) => {
        second ??= await runBatch(ctx(), borrowers)
        await borrowers.handle(inner, events)
      },
    }
    await catchUp(ctx(), slow)
    expect(second).toBe('busy')
  })

  it('replayed from zero gives the same rows, column by column', () => expectReplayEquals(ctx(), borrowers, ['kite.borrower']))

  it('tells how far it is behind', async () => {
    await lend()
    const [lag, never] = await readLags(ctx().db, [borrowers.name, 'never-ran'])
    expect(lag).toMatchObject({ name: 'kite-borrowers', unread: 1, oldestAt: NOW })
    expect(lag?.movedAt).toBeTypeOf('number')
    expect(never).toMatchObject({ unread: 6, movedAt: null })
  })
})

describe('the loop', () => {
  it('goes on reading the others when one fails, and stops when told', async () => {
    const errors: string[] = []
    const loop = startSubscriptions({
      subscriptions: [borrowers, { name: 'broken', handle: () => Promise.reject(new Error('broken')) }],
      ctxFor: () => ctx(),
      onError: (subscription) => errors.push(subscription.name),
      idleMs: 20,
    })
    const [event] = await lend('Võ Kim Chi')
    loop.poke()
    let found = 0
    for (let i = 0; found === 0 && i < 300; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      found = (await sql`select 1 from kite.borrower where stream = ${event?.stream}`.execute(ctx().db)).rows.length
    }
    await loop.stop()
    expect(found).toBe(1)
    expect(errors).toContain('broken')
  })
})
