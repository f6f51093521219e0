import { describe, expect, it } from 'vitest'
import { sha256 } from '#kernel/digest.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Actor } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { type NewEvent, type Salt, append, appendMany } from './append.ts'
import { personal } from './private.ts'
import { readStream } from './read-stream.ts'

const { ctx, pool } = await testDb()
/** A second database, so that the same ids can be written in two ways. */
const twin = await testDb()

const OFFICER: Actor = { kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: [] }

const salt: Salt = (stream, seq, path) => sha256('kites', stream, String(seq), path).subarray(0, 16)
const lent = (to: string) => ({ type: 'kite.lent', data: { to: personal(to), on: '2026-11-20' } })

describe('append', () => {
  it('keeps personal values out of the event and gives them back on reading', async () => {
    const stream = newId(NOW)
    const data = { to: personal('Đặng Dũng'), phones: [personal('0905000001')], note: personal(null), metres: 20 }
    await inTx(ctx(), (ctx) => append(ctx, 'dossier', stream, [{ type: 'kite.lent', data }], { expectedSeq: 0 }))
    const raw = await pool.query('select data from log.event where stream = $1', [stream])
    expect(JSON.stringify(raw.rows)).not.toMatch(/Dũng|0905/)
    const [event] = await readStream(ctx().db, 'dossier', stream)
    expect(event?.data).toEqual({ to: 'Đặng Dũng', phones: ['0905000001'], note: null, metres: 20 })
    expect(event?.at).toBe(NOW)
  })

  it('chains: each event carries the hash of the one before it', async () => {
    const stream = newId(NOW)
    const first = await inTx(ctx(), (ctx) => append(ctx, 'other', stream, [{ type: 'kite.lent', data: {} }, { type: 'kite.torn', data: {} }]))
    const second = await inTx(ctx(), (ctx) => append(ctx, 'other', stream, [{ type: 'kite.mended', data: {} }], { expectedSeq: 2 }))
    expect(first[1]?.prev).toEqual(first[0]?.hash)
    expect(second[0]?.prev).toEqual(first[1]?.hash)
    expect(second[0]?.seq).toBe(3)
  })

  it('never runs backwards in time within a stream (decision 15)', async () => {
    const stream = newId(NOW)
    await inTx(ctx(), (ctx) => append(ctx, 'other', stream, [{ type: 'kite.lent', data: {} }]))
    const earlier = (NOW - 60_000) as Instant
    const [event] = await inTx(ctx({ now: earlier }), (ctx) => append(ctx, 'other', stream, [{ type: 'kite.torn', data: {} }]))
    expect(event?.at).toBe(NOW)
  })

  it('refuses when the stream has moved on, when it exists though it should be new, and outside a transaction', async () => {
    const stream = newId(NOW)
    const once: NewEvent[] = [{ type: 'kite.lent', data: {} }]
    await inTx(ctx(), (ctx) => append(ctx, 'other', stream, once))
    await expect(inTx(ctx(), (ctx) => append(ctx, 'other', stream, once, { expectedSeq: 0 }))).rejects.toThrow('stale')
    await expect(inTx(ctx(), (ctx) => append(ctx, 'other', stream, once, { expectedSeq: 7 }))).rejects.toThrow('stale')
    await expect(inTx(ctx(), (ctx) => append(ctx, 'dossier', stream, once))).rejects.toThrow('kind')
    await expect(append(ctx(), 'other', stream, once)).rejects.toThrow('outside a transaction')
    const heads = await pool.query('select seq from log.head where stream = $1', [stream])
    expect(heads.rows).toEqual([{ seq: 1 }])
  })
})

describe('appendMany', () => {
  const later = (NOW + 3_600_000) as Instant
  const postId = newId(NOW)

  it('writes the same rows as append, event by event', async () => {
    const [a, b] = [newId(NOW), newId(NOW)]
    const torn = { type: 'kite.torn', v: 2, data: { by: 'wind' } }
    const history = (to: string) => [{ ...lent(to), actor: OFFICER, postId }, { ...torn, at: later }]
    await inTx(ctx(), (ctx) =>
      appendMany(ctx, [{ kind: 'dossier', stream: a, events: history('Đặng Dũng') }, { kind: 'dossier', stream: b, events: history('Lê Hoài') }], { fresh: true, salt }),
    )
    for (const [stream, to] of [[a, 'Đặng Dũng'], [b, 'Lê Hoài']] as const) {
      await inTx(twin.ctx({ actor: OFFICER }), (ctx) => append(ctx, 'dossier', stream, [lent(to)], { expectedSeq: 0, postId, salt }))
      await inTx(twin.ctx({ now: later }), (ctx) => append(ctx, 'dossier', stream, [torn], { salt }))
      const rows = await rowsOf(pool, stream)
      expect(rows[0]).toHaveLength(2)
      expect(rows).toEqual(await rowsOf(twin.pool, stream))
    }
  })

  it('goes on where streams already stand, and refuses as a whole when one that should be new exists', async () => {
    const [old, young] = [newId(NOW), newId(NOW)]
    const events: NewEvent[] = [{ type: 'kite.lent', data: {} }]
    await inTx(ctx(), (ctx) => append(ctx, 'other', old, events))
    const both = [{ kind: 'other', stream: old, events }, { kind: 'other', stream: young, events }] as const
    await expect(inTx(ctx(), (ctx) => appendMany(ctx, both, { fresh: true }))).rejects.toThrow('stale')
    const stored = await inTx(ctx(), (ctx) => appendMany(ctx, both))
    expect(stored.map((e) => [e.stream, e.seq])).toEqual([[old, 2], [young, 1]])
  })
})

const rowsOf = async (db: typeof pool, stream: string) => [
  (await db.query('select kind, seq, type, v, at, actor, data, prev, hash from log.event where stream = $1 order by seq', [stream])).rows,
  (await db.query('select kind, seq, path, salt, value from log.private where stream = $1 order by seq, path', [stream])).rows,
  (await db.query('select kind, seq, hash, at from log.head where stream = $1', [stream])).rows,
]
