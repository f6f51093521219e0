import { expect, it } from 'vitest'
import { testDb } from '#test/db.ts'
import { sql } from './db.ts'

const { ctx } = await testDb({ max: 1 })

it('a marked statement is prepared once per connection, whatever its values; the others are not', async () => {
  for (const n of [1, 2, 3]) {
    expect((await sql<{ n: number }>`/* prepared */ select ${n}::int + 1 as n`.execute(ctx().db)).rows).toEqual([{ n: n + 1 }])
    await sql`select ${n}::int + 2 as n`.execute(ctx().db)
  }
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements where statement like '%::int +%'`.execute(ctx().db)
  expect(rows).toEqual([{ statement: '/* prepared */ select $1::int + 1 as n' }])
})
