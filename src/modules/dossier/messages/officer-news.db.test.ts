/** What reaches officers reaches whoever does their work today, and what comes before somebody is told to them. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, instant, plainDate } from '#kernel/plain-date.ts'
import { dossierMessages, runLateness, tellMorningWork } from '#modules/dossier'
import { foundUnit, getUnit, giveDelegation, recordAbsence } from '#modules/organisation'
import { sql } from '#platform/db/db.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { at as vn } from '#test/clock-cases.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx } = await testDb()
let ward: Ward
let beside: Officer
let leaderAside: Officer
const LAST_DAY = vn('2026-11-26 10:00')
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  beside = await newOfficer(ctx(), ward.division, 'case-officer', 'Hồ Thị Thay')
  leaderAside = await newOfficer(ctx(), ward.division, 'case-officer', 'Ngô Văn Được Giao')
  must(await recordAbsence(ctx({ actor: ward.leader }), { submissionKey: key(NOW), personId: ward.caseOfficer.personId, from: plainDate('2026-11-26'), lastDay: plainDate('2026-11-27'), standInId: beside.personId }))
  must(await giveDelegation(ctx({ actor: ward.leader }), {
    submissionKey: key(NOW), fromPostId: ward.leader.posts[0]!.postId, toPostId: null, toPersonId: leaderAside.personId, documentNumber: '1/UQ', documentOn: plainDate('2026-11-20'),
    powers: ['dossier.review', 'dossier.assign', 'dossier.read'], procedures: ['1.999001'], from: plainDate('2026-11-20'), lastDay: plainDate('2026-12-31'),
  }))
})

const told = async (kind: string): Promise<readonly { personId: Uuid; cause: string; dossierId: Uuid | null; facts: object }[]> =>
  (await sql<{ personId: Uuid; cause: string; dossierId: Uuid | null; facts: object }>`select person_id as "personId", cause, dossier_id as "dossierId", facts from notification.message where kind = ${kind} order by id`.execute(ctx().db)).rows
const tell = (now: Instant) => catchUp(ctx({ now }), dossierMessages)

describe('work in other hands', () => {
  it('what is urgent reaches who stands in for the absent holder; who hands it over is not told of it', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx({ now: LAST_DAY }), ward, id, ['forward-desk', 'assign'])
    await tell(LAST_DAY)
    expect((await told('officer-urgent')).map((m) => m.personId).sort()).toEqual([ward.caseOfficer.personId, beside.personId].sort())
  })

  it('the list of the morning tells a stand-in and a delegate what waits in the posts that they act in; the day after, no more', async () => {
    await receivedDossier(ctx(), ward).then(({ id }) => sendAlong(ctx(), ward, id, ['forward-desk']))
    await tellMorningWork(ctx({ now: vn('2026-11-27 07:00') }))
    const today = await told('officer-digest')
    expect(today.find((m) => m.personId === beside.personId)?.facts).toMatchObject({ late: 1 })
    expect(today.find((m) => m.personId === leaderAside.personId)?.facts).toMatchObject({ late: 1 })
    await sql`delete from notification.message`.execute(ctx().db)
    await tellMorningWork(ctx({ now: vn('2026-11-30 07:00') }))
    expect((await told('officer-digest')).some((m) => m.personId === beside.personId)).toBe(false)
  })
})

describe('an escalation', () => {
  it('is told to each before whom it comes: officer and leader of every one, control office and chair once a day that there are some', async () => {
    const city = must(await foundUnit(ctx(), { submissionKey: key(NOW), code: 'H57', name: 'Ủy ban nhân dân thành phố Diều', shortName: 'UBND thành phố', kind: 'city-committee', parentId: null, remit: null, areaCode: null, validFrom: plainDate('2018-07-01') })).unitId
    const cityChair = await newOfficer(ctx(), await getUnit(ctx(), city), 'chair', 'Đỗ Chủ Tịch')
    const control = await newOfficer(ctx(), ward.division, 'control-officer', 'Đinh Kiểm Soát')
    const [one, two] = [await receivedDossier(ctx(), ward), await receivedDossier(ctx(), ward)]
    for (const { id } of [one, two]) await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
    await sql`delete from notification.message`.execute(ctx().db)
    const of = (list: Awaited<ReturnType<typeof told>>, who: Officer) => list.filter((m) => m.personId === who.personId)
    for (let day = 0; day < 9; day += 1) {
      const now = instant(vn('2026-11-27 05:00') + day * MS_PER_DAY)
      await runLateness(ctx({ now }))
      await tell(now)
      // Read again, it is told to nobody twice.
      await tell(now)
    }
    const each = await told('officer-escalated')
    const mine = (who: Officer) => of(each, who).filter((m) => m.dossierId === one.id || m.dossierId === two.id).length
    expect([mine(ward.caseOfficer), mine(ward.leader), mine(leaderAside), mine(control)]).toEqual([2, 2, 2, 0])
    const lists = await told('officer-escalated-list')
    expect([of(lists, control).length, of(lists, cityChair).length, of(lists, ward.leader).length]).toEqual([1, 1, 0])
    expect(lists.every((m) => m.dossierId === null && (m.facts as { path?: string }).path === '/xu-ly/sap-han')).toBe(true)
  })
})
