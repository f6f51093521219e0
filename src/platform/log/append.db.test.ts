import { describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { inTx } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { append } from './append.ts'
import { personal } from './private.ts'
import { readStream } from './read-stream.ts'

const { ctx, pool } = await testDb()

describe('append', () => {
  it('keeps personal values out of the event and gives them back on reading', async () => {
    const stream = newId(NOW)
    await inTx(ctx(), (ctx) => append(ctx, 'dossier', stream, [{ type: 'kite.lent', data: { to: personal('Đặng Dũng'), metres: 20 } }], { expectedSeq: 0 }))
    const raw = await pool.query('select data from log.event where stream = $1', [stream])
    expect(JSON.stringify(raw.rows)).not.toContain('Dũng')
    const [event] = await readStream(ctx().db, 'dossier', stream)
    expect(event?.data).toEqual({ to: 'Đặng Dũng', metres: 20 })
    expect(event?.at).toBe(NOW)
  })
})
