import { describe, expect, it } from 'vitest'
import { testDb } from '#test/db.ts'
import { openCopy } from './copy-rows.ts'

const { owner } = await testDb()

const COLUMNS = ['n', 'id', 'text', 'small', 'big', 'flag', 'day', 'at', 'json', 'bytes', 'xid'] as const
const TABLE = `create temp table kite (n int, id uuid, text text, small int2, big int8, flag bool, day date, at timestamptz(3), json jsonb, bytes bytea, xid xid8, tail point) on commit drop`
const ID = '019b755a-2280-7abc-8def-0123456789ab'

const through = async (rows: readonly (readonly Parameters<Awaited<ReturnType<typeof openCopy>>['add']>[0][number][])[]) => {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query(TABLE)
    const copy = await openCopy(client, 'kite', COLUMNS)
    for (const row of rows) copy.add(row)
    await copy.flush()
    await copy.flush()
    return (await client.query<Record<string, unknown>>('select n, id, text, small, big::text, flag, day::text, at, json, encode(bytes, $1) as bytes, xid::text from kite order by n', ['hex'])).rows
  } finally {
    await client.query('rollback')
    client.release()
  }
}

describe('rows by binary COPY', () => {
  it('of every type come out as they went in, the first and last days, empty texts and nulls too', async () => {
    const strange = "H'Nhiên\tĐặng\n\"Ẩn\" \\ 🪁 \\N"
    const rows = await through([
      [1, ID, strange, -32_768, Number.MAX_SAFE_INTEGER, true, '2026-11-27', 1_795_817_600_123, { a: [1, strange] }, Buffer.from([0, 255]), '4294967299'],
      [2, ID.toUpperCase(), strange.repeat(40), 32_767, -5_000_000_000, false, '1930-02-03', -1, '{"b": 1.5}', 'ff00', 1],
      [-2_147_483_648, null, '', null, null, null, null, null, null, null, null],
    ])
    expect(rows).toEqual([
      { n: -2_147_483_648, id: null, text: '', small: null, big: null, flag: null, day: null, at: null, json: null, bytes: null, xid: null },
      { n: 1, id: ID, text: strange, small: -32_768, big: String(Number.MAX_SAFE_INTEGER), flag: true, day: '2026-11-27', at: 1_795_817_600_123, json: { a: [1, strange] }, bytes: '00ff', xid: '4294967299' },
      { n: 2, id: ID, text: strange.repeat(40), small: 32_767, big: '-5000000000', flag: false, day: '1930-02-03', at: -1, json: { b: 1.5 }, bytes: 'ff00', xid: '1' },
    ])
  })

  it('as many and as long as one likes', async () => {
    const rows = await through(Array.from({ length: 3_000 }, (_, n) => [n, ID, 'ậ'.repeat(n), 0, 0, true, '2026-01-01', 0, null, null, null]))
    expect(rows.map((row) => String(row['text']).length)).toEqual(Array.from({ length: 3_000 }, (_, n) => n))
  })

  it('what a column cannot hold is refused before it is sent; so is a column of a type that is not written here, or that there is not', async () => {
    await expect(through([[1.5]])).rejects.toThrow('whole number')
    await expect(through([[2_147_483_648]])).rejects.toThrow('too large')
    await expect(through([[1, null, null, 40_000]])).rejects.toThrow('too large')
    await expect(through([[1, null, null, null, null, 'true']])).rejects.toThrow('neither')
    await expect(through([[1, null, null, null, null, null, 'morgen']])).rejects.toThrow('whole number')
    await expect(through([[1, 'no-uuid']])).rejects.toThrow('uuid')
    await expect(through([[1, `${ID.slice(0, -1)}g`]])).rejects.toThrow('hexadecimal')
    await expect(through([[1, ID, 7]])).rejects.toThrow('text')
    const client = await owner.connect()
    await client.query('begin')
    await client.query(TABLE)
    await expect(openCopy(client, 'kite', ['tail'])).rejects.toThrow('point')
    await expect(openCopy(client, 'kite', ['wings'])).rejects.toThrow('no such column')
    await client.query('rollback')
    client.release()
  })
})
