/** Decisions 12 and 13: a dossier lies in the year of its Vietnamese day, and a whole year can be taken out and put back. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Instant, instant } from '#kernel/plain-date.ts'
import { codeIntegrity, getDossierView } from '#modules/dossier'
import { testDb } from '#test/db.ts'
import { type Ward, WHOLE_WAY, kiteProcedure, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx, owner } = await testDb()
/** Vietnam is seven hours ahead: 2025 ends at 17:00 UTC. */
const NEW_YEAR = Date.UTC(2025, 11, 31, 17, 0, 0)
const BEFORE = instant(NEW_YEAR - 1_000)
const AFTER = instant(NEW_YEAR + 1_000)

let ward: Ward
const receiveAt = async (now: Instant) => receivedDossier(ctx({ now }), ward, { applicantId: await newCitizen(ctx({ now })) })
const yearsOf = async (table: string, column: string, id: string) =>
  (await owner.query(`select tableoid::regclass::text as part from ${table} where ${column} = $1`, [id])).rows.map((r: { part: string }) => r.part)

beforeAll(async () => {
  await kiteProcedure(ctx({ now: instant(BEFORE - 86_400_000) }))
  ward = await newWard(ctx({ now: instant(BEFORE - 86_400_000) }), 'H57.12')
})

describe('intake at the turn of the year', () => {
  it('31 December 23:59:59 lies in 2025, 1 January 00:00:01 in 2026, with its events, and the counter begins anew', async () => {
    const [old, young] = [await receiveAt(BEFORE), await receiveAt(AFTER)]
    expect([old.code, young.code]).toEqual(['H57.12-20251231-0000001', 'H57.12-20260101-0000001'])
    expect(await yearsOf('dossier.dossier', 'id', old.id)).toEqual(['dossier.dossier_2025'])
    expect(await yearsOf('dossier.dossier', 'id', young.id)).toEqual(['dossier.dossier_2026'])
    expect(await yearsOf('dossier.step', 'dossier_id', old.id)).toEqual(['dossier.step_2025'])
    expect(new Set(await yearsOf('log.event', 'stream', young.id))).toEqual(new Set(['log.event_dossier_2026']))
    const { rows } = await owner.query('select received_on from dossier.dossier where id = any($1) order by id', [[old.id, young.id]])
    expect(rows.map((r: { received_on: string }) => r.received_on)).toEqual(['2025-12-31', '2026-01-01'])
  })

  it('a life that crosses the year stays in the year where it began', async () => {
    const { id } = await receiveAt(BEFORE)
    await sendAlong(ctx({ now: AFTER }), ward, id, WHOLE_WAY)
    expect(new Set(await yearsOf('dossier.step', 'dossier_id', id))).toEqual(new Set(['dossier.step_2025']))
    expect(await yearsOf('dossier.result', 'dossier_id', id)).toEqual(['dossier.result_2025'])
  })
})

describe('taking a year out', () => {
  it('detaches with everything that hangs on it, the rest goes on, and it comes back whole', async () => {
    const { id } = await receiveAt(BEFORE)
    const count = async () => Number((await owner.query('select count(*) as n from dossier.dossier')).rows[0].n)
    const before = await count()
    await owner.query('select platform.detach_year(2025)')
    expect(await count()).toBeLessThan(before)
    // A code whose year is away is not dangling; its row lies in the detached tables.
    expect(await codeIntegrity.run(ctx().db)).toEqual([])
    expect(Number((await owner.query('select count(*) as n from dossier.step_2025 where dossier_id = $1', [id])).rows[0].n)).toBe(1)
    const young = await receiveAt(AFTER)
    await owner.query('select platform.attach_year(2025)')
    expect(await count()).toBe(before + 1)
    expect((await getDossierView(ctx({ now: AFTER }), id)).code).toMatch(/-20251231-/)
    expect((await getDossierView(ctx({ now: AFTER }), young.id)).status).toBe('received')
  })

  it('a dossier cannot be deleted from under its steps, in any year', async () => {
    const { id } = await receiveAt(AFTER)
    await expect(owner.query('delete from dossier.dossier where id = $1', [id])).rejects.toThrow(/foreign key/)
  })
})
