/** Decision 15: what comes out of the database is what the program works with; nothing is rounded silently. */
import { describe, expect, it } from 'vitest'
import { testDb } from '#test/db.ts'

const { pool, owner } = await testDb()
const one = async (expression: string): Promise<unknown> => (await pool.query<{ x: unknown }>(`select ${expression} as x`)).rows[0]?.x

describe('column types', () => {
  it('timestamptz is integer milliseconds, whatever its fraction', async () => {
    const cases = ['2026-11-20T01:00:00Z', '2026-11-20T08:00:00.5+07:00', '2026-11-20T01:00:00.123Z', '1969-12-31T23:59:59.999Z', '2199-12-31T23:59:59Z']
    for (const iso of cases) {
      expect(await one(`'${iso}'::timestamptz(3)`)).toBe(Date.parse(iso))
      expect(await one(`'${iso}'::timestamptz`)).toBe(Date.parse(iso))
    }
  })

  it('timestamptz is read alike in a session of another time zone', async () => {
    const client = await pool.connect()
    try {
      for (const zone of ['Asia/Ho_Chi_Minh', 'Asia/Kolkata', 'America/New_York']) {
        await client.query(`set timezone = '${zone}'`)
        const { rows } = await client.query<{ x: number }>(`select '2026-11-20T01:00:00.25Z'::timestamptz as x`)
        expect(rows[0]?.x, zone).toBe(Date.parse('2026-11-20T01:00:00.25Z'))
      }
    } finally {
      client.release(true)
    }
  })

  it('a moment that has no milliseconds is refused, not read as NaN', async () => {
    await expect(one(`'infinity'::timestamptz`)).rejects.toThrow(RangeError)
    await expect(one(`'0044-03-15 12:00:00 BC'::timestamptz`)).rejects.toThrow(RangeError)
  })

  it('date is its text, alone and in arrays', async () => {
    expect(await one(`'2026-02-28'::date`)).toBe('2026-02-28')
    expect(await one(`array['2026-02-28', '2027-01-01']::date[]`)).toEqual(['2026-02-28', '2027-01-01'])
  })

  it('int8 is a number while that is exact, and refused beyond', async () => {
    expect(await one('9007199254740991::int8')).toBe(Number.MAX_SAFE_INTEGER)
    await expect(one('9007199254740992::int8')).rejects.toThrow('safe integer')
  })

  it('numeric is its text; xid8 too', async () => {
    expect(await one('123.4500::numeric')).toBe('123.4500')
    expect(await one(`'18446744073709551615'::xid8`)).toBe('18446744073709551615')
  })

  it("every connection is the program's role, in UTC; the owner's pool is not", async () => {
    expect(await one('current_user::text')).toBe('motcua_app')
    expect(await one(`current_setting('timezone')`)).toBe('UTC')
    const { rows } = await owner.query<{ u: string }>('select current_user::text as u')
    expect(rows[0]?.u).not.toBe('motcua_app')
  })
})
