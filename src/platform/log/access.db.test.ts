import { describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Actor } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { accessBacklog, flushAccess, pruneAccess, recordAccess, startAccessLog } from './access.ts'

const { ctx, pool, owner } = await testDb()
const officer: Actor = { kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: [] }

describe('the record of access', () => {
  it('keeps who looked at whose data and why, also when the transaction was rolled back', async () => {
    const subject = `dossier:${newId(NOW)}`
    await inTx(ctx({ actor: officer }), async (ctx) => {
      recordAccess(ctx, { kind: 'refused', subject, reason: 'dossier.read' })
      throw new Error('refused')
    }).catch(() => undefined)
    await flushAccess(ctx().db)
    const { rows } = await pool.query('select at, kind, user_id, person_id, subject, reason from log.access where subject = $1', [subject])
    expect(rows).toEqual([{ at: NOW, kind: 'refused', user_id: officer.userId, person_id: officer.personId, subject, reason: 'dossier.read' }])
  })

  it('writes thousands in bulk, each once, although two flushes run at the same time', async () => {
    for (let i = 0; i < 2_500; i += 1) recordAccess(ctx({ actor: officer }), { kind: 'read', subject: 'bulk' })
    await Promise.all([flushAccess(ctx().db), flushAccess(ctx().db)])
    expect(accessBacklog()).toEqual({ waiting: 0, lost: 0 })
    const { rows } = await pool.query("select count(*) as n from log.access where subject = 'bulk'")
    expect(rows).toEqual([{ n: 2_500 }])
  })

  it('is written within its pause, and at the end', async () => {
    const log = startAccessLog({ db: ctx().db, onError: (error) => expect.unreachable(String(error)), everyMs: 5 })
    recordAccess(ctx(), { kind: 'sign-in', subject: 'soon' })
    await expect.poll(async () => (await pool.query("select 1 from log.access where subject = 'soon'")).rowCount).toBe(1)
    recordAccess(ctx(), { kind: 'sign-out', subject: 'end' })
    await log.stop()
    expect((await pool.query("select 1 from log.access where subject = 'end'")).rowCount).toBe(1)
  })
})

describe('how long the record of access is kept', () => {
  const agesInDays = async () => (await owner.query<{ age: number }>("select (extract(epoch from now() - at) / 86400)::int as age from log.access where subject = 'old' order by at desc")).rows.map((r) => r.age)
  const kept = (ages: readonly number[]) => owner.query("insert into log.access (id, at, kind, subject) select gen_random_uuid(), now() - make_interval(days => age), 'read', 'old' from unnest($1::int[]) age", [ages])
  const today = (days = 0) => ctx({ now: (Date.now() + days * 86_400_000) as never })

  it('what is older than the setting goes, the rest stays', async () => {
    await kept([1, 400, 1_827, 2_000])
    expect(await pruneAccess(today(), 1_826)).toBe(2)
    expect(await agesInDays()).toEqual([1, 400])
  })

  it('nothing younger than half a year goes, not even by a clock that was moved, nor past the function', async () => {
    expect(await pruneAccess(today(3_000), 180)).toBe(1)
    expect(await agesInDays()).toEqual([1])
    await expect(pool.query('delete from log.access')).rejects.toMatchObject({ code: '42501' })
    await expect(owner.query('delete from log.access')).rejects.toMatchObject({ code: '42501' })
  })

  it('only what runs by itself takes lines away', async () => {
    await expect(pruneAccess(ctx({ actor: officer }), 180)).rejects.toThrow(Forbidden)
  })
})
