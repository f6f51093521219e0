import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { plainDate } from '#kernel/plain-date.ts'
import { importCalendar } from '#modules/calendar'
import { importShippedProcedures } from '#modules/catalogue'
import { seedDemoCity } from '#modules/organisation'
import { testDb } from '#test/db.ts'
import { must } from '#test/factories.ts'
import { seedHistory } from '../index.ts'

const { ctx, pool, url } = await testDb()
const wish = { dossiers: 500, open: 50, seed: 7, asOf: plainDate('2026-11-20') }

beforeAll(async () => {
  await importCalendar(ctx())
  await importShippedProcedures(ctx(), join(import.meta.dirname, '../../../../data/procedures'))
  must(await seedDemoCity(ctx()))
  console.time('h')
  console.log(must(await seedHistory(ctx(), url, wish)))
  console.timeEnd('h')
})

describe('a history', () => {
  it('looks', async () => {
    const q = async (s: string) => console.table((await pool.query(s)).rows)
    await q(`select status, step, open, count(*)::int n, min(received_at at time zone 'Asia/Ho_Chi_Minh'), max(received_at at time zone 'Asia/Ho_Chi_Minh') from dossier.dossier group by 1,2,3 order by 1,2`)
    await q(`select count(*) filter (where finished_at is not null)::int fin, count(*) filter (where finished_on > due_on)::int late from dossier.dossier`)
    expect(1).toBe(1)
  })
})
