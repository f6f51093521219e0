/** Decision 8: the program may append to the log and read it; nothing more, neither on the parent nor behind it on a partition. */
import { beforeAll, describe, expect, it } from 'vitest'
import { inTx } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { append } from './append.ts'
import { personal } from './private.ts'

const { ctx, pool, owner } = await testDb()

let relations: readonly string[] = []
beforeAll(async () => {
  for (const kind of ['dossier', 'other'] as const) {
    await inTx(ctx(), (ctx) => append(ctx, kind, newId(NOW), [{ type: 'kite.lent', data: { to: personal('Đặng Dũng') } }]))
  }
  await owner.query(`insert into log.seal values (1, now(), 1, '5', 0, 0, '', 0, '', '', '')`)
  const { rows } = await owner.query<{ name: string }>(
    "select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'log'::regnamespace and c.relkind in ('r', 'p') and c.relname ~ '^(event|private|seal)' order by 1",
  )
  relations = rows.map((r) => r.name)
})

describe("the program's role", () => {
  it('inserts and reads', async () => {
    const { rows } = await pool.query('select count(*) as n from log.event')
    expect(rows).toEqual([{ n: 2 }])
  })

  it('is refused every update, delete and truncate, on each parent and each partition', async () => {
    expect(relations).toEqual(expect.arrayContaining(['log.event', 'log.event_other', 'log.event_dossier', 'log.event_dossier_2026', 'log.private_dossier_2026', 'log.seal']))
    for (const relation of relations) {
      const column = relation.startsWith('log.private') ? 'path' : relation === 'log.seal' ? 'n' : 'type'
      for (const statement of [`update ${relation} set ${column} = ${column}`, `delete from ${relation}`, `truncate ${relation} cascade`]) {
        await expect(pool.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      }
    }
  })

  it('cannot insert behind the parent, detach a year, replace the guard or move the heads away', async () => {
    await expect(pool.query('insert into log.event_other overriding system value select * from log.event')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('select platform.detach_year(2026)')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('alter table log.event disable trigger all')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('drop trigger append_only on log.event')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('delete from log.head')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('insert into log.epoch values (9, 9)')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query("update log.access set kind = 'x'")).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the owner', () => {
  it('is stopped by triggers, on each parent and each partition', async () => {
    for (const relation of relations) {
      const column = relation.startsWith('log.private') ? 'path' : relation === 'log.seal' ? 'n' : 'type'
      const holdsRows = !relation.endsWith('_2025')
      const statements = [`truncate ${relation}`, ...(holdsRows ? [`update ${relation} set ${column} = ${column}`, `delete from ${relation}`] : [])]
      for (const statement of statements) await expect(owner.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
  })
})
