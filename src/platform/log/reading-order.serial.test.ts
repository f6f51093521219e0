/** Decision 1: no event is lost and none is read before one of its own stream, however transactions overlap. */
import { describe, expect, it } from 'vitest'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { append } from './append.ts'
import { type DeliveredEvent, type Subscription, catchUp, runBatch } from './subscriptions.ts'

const { ctx } = await testDb()

/** A reader that remembers what it got, in order. */
const reader = (name: string, batchSize = 500): { subscription: Subscription; got: DeliveredEvent[] } => {
  const got: DeliveredEvent[] = []
  return { got, subscription: { name, batchSize, handle: async (_ctx, events) => void got.push(...events) } }
}

const open = async () => {
  const tx = await ctx().db.startTransaction().execute()
  return { ctx: { ...ctx(), db: tx } as Ctx, commit: () => tx.commit().execute(), takeXid: () => sql`select pg_current_xact_id()`.execute(tx) }
}

const lend = (ctx: Ctx, stream = newId(NOW)) => append(ctx, 'dossier', stream, [{ type: 'kite.lent', data: { metres: 20 } }])

/** Other databases of the server may hold the reader back for a moment too. */
const readUntil = async (subscription: Subscription, got: readonly unknown[], count: number): Promise<void> => {
  for (let i = 0; got.length < count && i < 500; i += 1) {
    await runBatch(ctx(), subscription)
    if (got.length < count) await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const startAtTheEnd = async (name: string) => {
  const r = reader(name)
  await catchUp(ctx(), r.subscription)
  r.got.length = 0
  return r
}

describe('reading order (decision 1)', () => {
  it('a held transaction holds back what committed after it, and comes first', async () => {
    const { subscription, got } = await startAtTheEnd('held')
    const held = await open()
    const [first] = await lend(held.ctx)
    const later = await open()
    const [second] = await lend(later.ctx)
    await later.commit()

    expect(await runBatch(ctx(), subscription)).toBe(0)
    await held.commit()
    await catchUp(ctx(), subscription)
    expect(got.map((e) => e.stream)).toEqual([first?.stream, second?.stream])
  })

  it('a lower xid with a higher id that commits first does not hide the other', async () => {
    const { subscription, got } = await startAtTheEnd('lower-xid')
    const early = await open()
    await early.takeXid()
    const late = await open()
    const [fromLate] = await lend(late.ctx)
    const [fromEarly] = await lend(early.ctx)
    await early.commit()

    await readUntil(subscription, got, 1)
    expect(got.map((e) => e.stream)).toEqual([fromEarly?.stream])
    await late.commit()
    await catchUp(ctx(), subscription)
    expect(got.map((e) => e.stream)).toEqual([fromEarly?.stream, fromLate?.stream])
    // What a checkpoint by id alone would have lost:
    expect(got[1]?.id).toBeLessThan(got[0]?.id ?? 0)
  })

  it('within a stream the order is that of seq, also when the later writer took its xid first (record 0002)', async () => {
    const { subscription, got } = await startAtTheEnd('within-a-stream')
    const stream = newId(NOW)
    const waiting = await open()
    await waiting.takeXid()
    const quick = await open()
    await lend(quick.ctx, stream)
    await quick.commit()
    await lend(waiting.ctx, stream)
    await waiting.commit()

    await catchUp(ctx(), { ...subscription, batchSize: 1 })
    expect(got.map((e) => e.seq)).toEqual([1, 2])
    const { rows } = await sql<{ xid: string; real: string }>`select xid::text as xid, xmin::text as real from log.event where stream = ${stream} order by seq`.execute(ctx().db)
    expect(Number(rows[1]?.real), 'the trial: the second writer really had the lower xid').toBeLessThan(Number(rows[0]?.real))
    expect(rows[1]?.xid).toBe(rows[0]?.xid)
  })

  it('a writer that finds the stream moved on is told so, and leaves nothing behind', async () => {
    const stream = newId(NOW)
    const first = await open()
    await append(first.ctx, 'dossier', stream, [{ type: 'kite.lent', data: {} }], { expectedSeq: 0 })
    const second = await open()
    const attempt = append(second.ctx, 'dossier', stream, [{ type: 'kite.lent', data: {} }], { expectedSeq: 0 }).then(
      () => 'written',
      (error: Error) => error.name,
    )
    await first.commit()
    expect(await attempt).toBe('Stale')
    await second.commit()
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from log.event where stream = ${stream}`.execute(ctx().db)
    expect(rows[0]?.n).toBe(1)
  })
})
