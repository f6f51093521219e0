import { expect, it } from 'vitest'
import { testDb } from '#test/db.ts'
import { inTx, sql } from './db.ts'

const { ctx } = await testDb({ max: 1 })

it('a marked statement is prepared once per connection, whatever its values; the others are not', async () => {
  for (const n of [1, 2, 3]) {
    expect((await sql<{ n: number }>`/* prepared */ select ${n}::int + 1 as n`.execute(ctx().db)).rows).toEqual([{ n: n + 1 }])
    await sql`select ${n}::int + 2 as n`.execute(ctx().db)
  }
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements where statement like '%::int +%'`.execute(ctx().db)
  expect(rows).toEqual([{ statement: '/* prepared */ select $1::int + 1 as n' }])
})

it('a marked statement keeps one plan for all values; any other is planned for its own, also after a failure and in a transaction', async () => {
  const marked = async () => (await sql<{ plan_cache_mode: string }>`/* prepared */ show plan_cache_mode`.execute(ctx().db)).rows[0]?.plan_cache_mode
  const mode = async (db = ctx().db) => (await sql<{ mode: string }>`select current_setting('plan_cache_mode') as mode, ${1}::int as n`.execute(db)).rows[0]?.mode
  expect([await marked(), await mode(), await marked()]).toEqual(['force_generic_plan', 'auto', 'force_generic_plan'])
  await expect(sql`select ${0}::int / 0`.execute(ctx().db)).rejects.toThrow('division by zero')
  expect(await marked()).toBe('force_generic_plan')
  const failing = inTx(ctx(), async (tx) => {
    expect(await mode(tx.db)).toBe('auto')
    await sql`select ${0}::int / 0`.execute(tx.db)
  })
  await expect(failing).rejects.toThrow('division by zero')
  expect([await marked(), await mode()]).toEqual(['force_generic_plan', 'auto'])
})
