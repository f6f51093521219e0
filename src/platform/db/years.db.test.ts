/** Decisions 12–13: partitions by Vietnamese year, without a default one; a year leaves and comes back whole. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, instant } from '#kernel/plain-date.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { personal } from '#platform/log/private.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { sealLog } from '#platform/log/seal.ts'
import { verifyLog } from '#platform/log/verify.ts'
import { testDb } from '#test/db.ts'
import { inTx } from './db.ts'

const { ctx, pool, owner } = await testDb()

/** 31 December 2025 23:59:59 and 1 January 2026 00:00:01 in Vietnam. */
const OLD_YEAR = instant(Date.parse('2025-12-31T23:59:59+07:00'))
const NEW_YEAR = instant(Date.parse('2026-01-01T00:00:01+07:00'))

const lend = async (at: Instant): Promise<Uuid> => {
  const stream = newId(at)
  await inTx(ctx({ now: at }), (ctx) => append(ctx, 'dossier', stream, [{ type: 'kite.lent', data: { to: personal('Đặng Dũng') } }]))
  return stream
}
const tablesOf = async (stream: Uuid) => {
  const tables = ['event', 'private'].map((t) => pool.query<{ t: string }>(`select tableoid::regclass::text as t from log.${t} where stream = $1`, [stream]))
  return (await Promise.all(tables)).flatMap((r) => r.rows.map((row) => row.t))
}

describe('the bounds of a year (decision 12)', () => {
  it('are Vietnamese new year as UUIDv7', async () => {
    const { rows } = await pool.query('select platform.year_floor(2026) as a, platform.year_floor(2027) as b')
    expect(rows).toEqual([{ a: '019b755a-2280-0000-0000-000000000000', b: '01a2cd0b-4e80-0000-0000-000000000000' }])
  })

  it('an intake at 31 December 23:59:59 lies in the old year, one at 00:00:01 in the new', async () => {
    expect(await tablesOf(await lend(OLD_YEAR))).toEqual(['log.event_dossier_2025', 'log.private_dossier_2025'])
    expect(await tablesOf(await lend(NEW_YEAR))).toEqual(['log.event_dossier_2026', 'log.private_dossier_2026'])
  })

  it('a year without partition takes nothing, until it is made: there is no default one', async () => {
    const inTwoYears = instant(Date.parse('2028-06-01T09:00:00+07:00'))
    await expect(lend(inTwoYears)).rejects.toThrow('no partition')
    const made = await pool.query<{ n: number }>('select platform.ensure_year(2028) as n')
    const { rows } = await owner.query<{ n: number }>('select count(*) as n from platform.yearly_table')
    expect(made.rows[0]?.n).toBe(rows[0]?.n)
    expect((await pool.query('select platform.ensure_year(2028) as n')).rows).toEqual([{ n: 0 }])
    expect(await tablesOf(await lend(inTwoYears))).toEqual(['log.event_dossier_2028', 'log.private_dossier_2028'])
    await expect(pool.query('select platform.ensure_year(20280)')).rejects.toThrow('no such year')
  })

  it('every yearly partition of the log refuses truncation', async () => {
    const { rows } = await owner.query(`select c.relname from pg_class c where c.relnamespace = 'log'::regnamespace and c.relname ~ '_\\d{4}$'  and c.relkind = 'r'
      and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only_truncate')`)
    expect(rows).toEqual([])
  })
})

describe('a detached year (decision 13)', () => {
  let sealsDir = ''
  let old: Uuid
  beforeAll(async () => {
    sealsDir = await mkdtemp(join(tmpdir(), 'motcua-seals-'))
    old = await lend(OLD_YEAR)
    await sealLog(ctx(), { sealsDir })
  })
  afterAll(() => rm(sealsDir, { recursive: true, force: true }))

  it('takes its rows along and brings them back, in every table that has years', async () => {
    const before = await owner.query('select * from log.event order by stream, seq')
    const { rows: tables } = await owner.query<{ name: string }>('select table_name as name from platform.yearly_table')
    const partitions = () =>
      owner.query<{ n: number }>(`select count(*) as n from pg_inherits where inhrelid = any(select (table_name || '_2025')::regclass from platform.yearly_table)`).then((r) => r.rows[0]?.n)

    await owner.query('select platform.detach_year(2025)')
    expect(await partitions()).toBe(0)
    expect(await readStream(ctx().db, 'dossier', old)).toEqual([])
    expect((await readStream(ctx().db, 'dossier', await lend(NEW_YEAR))).length).toBe(1)
    expect((await pool.query('select platform.ensure_year(2025) as n')).rows, 'a detached year is not made anew').toEqual([{ n: 0 }])

    await owner.query('select platform.attach_year(2025)')
    expect(await partitions()).toBe(tables.length)
    const after = await owner.query('select * from log.event where stream = any($1) order by stream, seq', [before.rows.map((r: { stream: string }) => r.stream)])
    expect(after.rows).toEqual(before.rows)
  })

  it('stays guarded and verified while it stands outside, and is guarded again when it is back', async () => {
    await owner.query('select platform.detach_year(2025)')
    await expect(owner.query(`update log.event_dossier_2025 set type = 'x'`)).rejects.toMatchObject({ code: '42501' })
    await expect(owner.query('delete from log.event_dossier_2025')).rejects.toMatchObject({ code: '42501' })
    await expect(owner.query('truncate log.event_dossier_2025')).rejects.toMatchObject({ code: '42501' })
    expect(await verifyLog(ctx().db, { sealsDir })).toMatchObject({ ok: true, firstBad: null })

    await owner.query('alter table log.event_dossier_2025 disable trigger user')
    await owner.query(`update log.event_dossier_2025 set type = 'kite.sold' where stream = $1`, [old])
    expect((await verifyLog(ctx().db, { sealsDir })).firstBad).toMatchObject({ what: 'event-changed', stream: old, seq: 1 })
    await owner.query(`update log.event_dossier_2025 set type = 'kite.lent' where stream = $1`, [old])
    await owner.query('alter table log.event_dossier_2025 enable trigger user')

    await owner.query('select platform.attach_year(2025)')
    await expect(owner.query('delete from log.event_dossier_2025')).rejects.toMatchObject({ code: '42501' })
    expect(await verifyLog(ctx().db, { sealsDir })).toMatchObject({ ok: true })
  })

  it('taken away altogether, is named as missing instead of looking deleted', async () => {
    await owner.query('select platform.detach_year(2025)')
    await owner.query('alter table log.event_dossier_2025 rename to event_dossier_2025_away')
    const found = await verifyLog(ctx().db, { sealsDir })
    expect(found.faults).toEqual([{ what: 'year-missing', detail: '2025: attach it again to have it verified' }])
    await owner.query('alter table log.event_dossier_2025_away rename to event_dossier_2025')
    await owner.query('select platform.attach_year(2025)')
  })
})
