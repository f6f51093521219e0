/** Ten thousand dossiers by two writers: every read model, column by column, is what the events give. Some minutes: not in the quick check. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { importCalendar } from '#modules/calendar'
import { catalogueHistory, importShippedProcedures } from '#modules/catalogue'
import { seedDemoCity } from '#modules/organisation'
import { auditSubscription } from '#modules/transparency'
import { sql } from '#platform/db/db.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { verifyLog } from '#platform/log/verify.ts'
import { testDb } from '#test/db.ts'
import { must } from '#test/factories.ts'
import { expectReplayEquals } from '#test/replay.ts'
import { INTEGRITY_CHECKS } from '../../../app/integrity-checks.ts'
import { TABLE_NAMES, columnsOf, loadState } from '../dossier-store.ts'
import { rowsOf } from '../lifecycle/rows.ts'
import { writePart } from './seed-history.ts'

const { ctx, pool, url } = await testDb()
const wish = { dossiers: 10_000, open: 1_000, seed: 11, asOf: plainDate('2026-11-20') }

beforeAll(async () => {
  await importCalendar(ctx())
  await importShippedProcedures(ctx(), join(import.meta.dirname, '../../../../data/procedures'))
  must(await seedDemoCity(ctx()))
  await Promise.all([0, 1].map((n) => writePart(ctx(), url, wish, { n, of: 2 })))
}, 300_000)

describe('ten thousand seeded dossiers', () => {
  it('fold to their rows, column by column', async () => {
    const ids = (await pool.query<{ id: Uuid }>('select id from dossier.dossier order by id')).rows.map((r) => r.id)
    expect(ids).toHaveLength(10_000)
    for (let from = 0; from < ids.length; from += 500) {
      const some = ids.slice(from, from + 500)
      const states = await Promise.all(some.map((id) => loadState(ctx(), id)))
      for (const table of TABLE_NAMES) {
        const owner = table === 'dossier' || table === 'code' ? 'id' : 'dossier_id'
        const { rows } = await sql<object>`select ${sql.raw(columnsOf(table).join(', '))} from ${sql.table(`dossier.${table}`)} where ${sql.ref(owner)} = any(${some}::uuid[])`.execute(ctx().db)
        expect(sorted(rows), table).toEqual(sorted(states.flatMap((state): readonly object[] => rowsOf(state)[table])))
      }
    }
  }, 300_000)

  it('are audited by a replay as they were by the first reading', async () => {
    await expectReplayEquals(ctx(), auditSubscription, ['transparency.audit_entry'])
    await catchUp(ctx(), catalogueHistory)
  }, 300_000)

  it('verify finds nothing', async () => {
    const sealsDir = mkdtempSync(join(tmpdir(), 'motcua-history-'))
    expect(await verifyLog(ctx().db, { sealsDir, integrityChecks: INTEGRITY_CHECKS })).toMatchObject({ ok: true, firstBad: null })
    rmSync(sealsDir, { recursive: true })
  }, 300_000)
})

const sorted = (rows: readonly object[]): readonly object[] => rows.map((row) => [JSON.stringify(row), row] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
