import { describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import type { Actor } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { accessBacklog, flushAccess, recordAccess, startAccessLog } from './access.ts'

const { ctx, pool } = await testDb()
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
