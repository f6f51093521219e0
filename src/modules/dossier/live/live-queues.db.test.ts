/** A change of one's list reaches the page that shows it: from the commit through the log and the database to the stream. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useSessionSecret } from '#modules/access'
import { liveQueues, placesWatched } from '#modules/dossier'
import { type LiveChange } from '#platform/live/live-hub.ts'
import { type Listener, listenForChanges } from '#platform/live/listen.ts'
import { catchUp, replay } from '#platform/log/subscriptions.ts'
import { sql } from '#platform/db/db.ts'
import { instant } from '#kernel/plain-date.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Officer, type Ward, kiteProcedure, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx, url, owner } = await testDb()
useSessionSecret(randomBytes(32))
const heard: LiveChange[] = []
let listener: Listener
let ward: Ward
let other: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx(), 'H57.12')
  other = await newWard(ctx(), 'H57.13')
  await catchUp(ctx(), liveQueues)
  listener = listenForChanges(url, (change) => void heard.push(change))
  await sleep(300)
  heard.length = 0
})
afterAll(() => listener.stop())

const hears = async (): Promise<readonly LiveChange[]> => {
  heard.length = 0
  await catchUp(ctx(), liveQueues)
  for (let i = 0; i < 100 && heard.length === 0; i += 1) await sleep(10)
  return [...heard]
}
const concerned = (changes: readonly LiveChange[]) => (officer: Officer) => changes.some(({ places }) => places === 'all' || placesWatched(officer.posts).some((place) => places.includes(place)))

describe('live lists', () => {
  it('whoever gets a dossier hears of it, and whoever had it; nobody of another ward does', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const atDesk = concerned(await hears())
    expect([ward.receiver, ward.leader, other.receiver].map(atDesk)).toEqual([true, false, false])
    await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
    const assigned = concerned(await hears())
    expect([ward.receiver, ward.leader, ward.caseOfficer, other.caseOfficer].map(assigned)).toEqual([true, true, true, false])
  })

  it('reading the log again, or late, disturbs nobody', async () => {
    await receivedDossier(ctx(), ward)
    await hears()
    heard.length = 0
    await replay(ctx({ now: instant(NOW + 61_000) }), liveQueues)
    await sleep(100)
    expect(heard).toEqual([])
  })

  it('so much at once that no notification holds it: everybody looks', async () => {
    const many = await Promise.all(Array.from({ length: 3 }, () => receivedDossier(ctx(), ward)))
    expect(many).toHaveLength(3)
    await sql`insert into dossier.step (dossier_id, n, step, unit_id, entered_at)
      select ${many[0]!.id}::uuid, 100 + i, 'HANDLE', gen_random_uuid(), now() from generate_series(1, 300) i`.execute(ctx().db)
    expect((await hears()).map((change) => change.places)).toContain('all')
    await sql`delete from dossier.step where n > 100`.execute(ctx().db)
  })

  it('a lost connection is replaced, and everybody looks', async () => {
    heard.length = 0
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'motcua live' and datname = current_database()`)
    for (let i = 0; i < 300 && heard.length === 0; i += 1) await sleep(10)
    expect(heard.map((change) => change.places)).toEqual(['all'])
    await receivedDossier(ctx(), ward)
    expect(concerned(await hears())(ward.receiver)).toBe(true)
  })
})
