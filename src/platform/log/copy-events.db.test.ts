import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { inTx } from '#platform/db/db.ts'
import { createPool } from '#platform/db/pool.ts'
import { NOW, SYSTEM, testDb } from '#test/db.ts'
import { type NewEvent, append } from './append.ts'
import type { Salt } from './chain.ts'
import { copyEvents } from './copy-events.ts'
import { personal } from './private.ts'

const { ctx, pool, url } = await testDb()
/** Nothing is copied by a connection that does not wait for its answers. */
const copying = createPool(url, { max: 1 })
afterAll(() => copying.end())

const salt: Salt = (stream, seq, path) => createHash('sha256').update(`${stream} ${seq} ${path}`).digest().subarray(0, 16)
const EVENTS: readonly NewEvent[] = [
  { type: 'kite.lent', data: { to: personal({ name: "H'Nhiên Đặng\tDũng\n\"Ẩn\" \\ 🪁", phone: null }), length: 7, tail: ['đỏ', null, true], note: personal(null) } },
  { type: 'kite.returned', v: 2, data: { torn: false, remark: personal('rách \\n ở góc') } },
]

type Asking = { readonly query: (text: string, values: readonly unknown[]) => Promise<{ readonly rows: readonly object[] }> }

/** The transaction and the number of the event are not its own. */
const rowsOf = async (asking: Asking, stream: Uuid) => ({
  events: (await asking.query('select kind, seq, type, v, at, actor, data, prev, hash from log.event where stream = $1 order by seq', [stream])).rows,
  hidden: (await asking.query('select kind, seq, path, salt, value from log.private where stream = $1 order by seq, path', [stream])).rows,
  heads: (await asking.query('select kind, seq, hash, at from log.head where stream = $1', [stream])).rows,
})

describe('events in bulk', () => {
  it('stand in the log as `append` would have written them one by one: events, personal values, head, byte for byte', async () => {
    const stream = uuidv7(NOW, Buffer.alloc(10, 7))
    const client = await copying.connect()
    try {
      await client.query('begin')
      const copy = await copyEvents(client, { now: NOW, actor: SYSTEM }, salt)
      await copy.begin(2)
      copy.add({ kind: 'dossier', stream, events: EVENTS })
      await copy.flush()
      const bulk = await rowsOf({ query: (text, values) => client.query(text, [...values]) }, stream)
      await client.query('rollback')
      await inTx(ctx({ actor: SYSTEM }), (ctx) => append(ctx, 'dossier', stream, EVENTS, { expectedSeq: 0, salt }))
      expect(bulk).toEqual(await rowsOf({ query: (text, values) => pool.query(text, [...values]) }, stream))
      expect(bulk.events).toHaveLength(2)
      expect(bulk.hidden).toHaveLength(2)
    } finally {
      client.release()
    }
  })

  it('a stream that is there already is not written again', async () => {
    const stream = uuidv7(NOW, Buffer.alloc(10, 7))
    const client = await copying.connect()
    try {
      await client.query('begin')
      const copy = await copyEvents(client, { now: NOW, actor: SYSTEM }, salt)
      await copy.begin(2)
      copy.add({ kind: 'dossier', stream, events: EVENTS })
      await expect(copy.flush()).rejects.toThrow(/duplicate key/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
