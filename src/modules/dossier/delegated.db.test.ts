/** A delegation for some procedures (processes.md §8): what it does not name is neither received, nor listed, nor counted by who has it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf, plainDate } from '#kernel/plain-date.ts'
import {
  LATE_TABS, addNote, mayReadDossier, runLateness, countSubmissions, deskBoard, getDossierView, giveGuidance, intakeInbox, lateList, likelyDuplicates, listDeskDay, listGuidance, listReadyToReturn, receiveDossier, submitDossier, unitBoard, unitWork, workInHands,
} from '#modules/dossier'
import { foundUnit, getUnit, listUnits } from '#modules/organisation'
import type { Actor } from '#platform/ctx.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Officer, type Ward, key, kiteProcedure, kiteReception, must, newCitizen, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx } = await testDb()
const KITE = '1.999001'
const as = (actor: Actor) => ctx({ actor })

let ward: Ward
let home: Officer
let kite: Awaited<ReturnType<typeof kiteProcedure>>
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx())
  home = await newOfficer(ctx(), ward.division, 'home-affairs')
})

/** Somebody with a post of their own that does nothing here, and powers of another's. */
const acting = (of: Officer, powers: readonly string[], procedures: readonly string[] | null): Officer => ({
  ...home, posts: [...home.posts, { ...of.posts[0]!, delegated: { delegationId: key(NOW), basis: 'delegation', powers, procedures } }],
})
const DESK = ['person.register', 'dossier.receive', 'dossier.return', 'dossier.read', 'dossier.find']
const atDesk = (procedures: readonly string[] | null) => as(acting(ward.receiver, DESK, procedures))

describe('a delegation for some procedures at the desk', () => {
  it('receives those, and gives guidance on those; the others, and no procedure at all, are refused', async () => {
    const applicantId = await newCitizen(ctx())
    await expect(receiveDossier(atDesk(['1.004873']), kiteReception(ctx(), ward, { applicantId }))).rejects.toThrow(Forbidden)
    expect((await receiveDossier(atDesk([KITE]), kiteReception(ctx(), ward, { applicantId }))).ok).toBe(true)
    const guide = (procedures: readonly string[], procedureCode: string | null) =>
      giveGuidance(atDesk(procedures), { submissionKey: key(NOW), deskId: ward.desk.id, kind: 'refusal', procedureCode, person: { name: 'Lê Hỏi' }, items: [], reason: 'Không thuộc thẩm quyền' })
    await expect(guide(['1.004873'], KITE)).rejects.toThrow(Forbidden)
    await expect(guide([KITE], null)).rejects.toThrow(Forbidden)
    const { id } = await guide([KITE], KITE)
    const listed = async (procedures: readonly string[]) => (await listGuidance(atDesk(procedures), ward.desk.id, dateOf(NOW))).map((g) => g.id)
    expect([await listed([KITE]), await listed(['1.004873'])]).toEqual([[id], []])
    const of = { deskId: ward.desk.id, applicantId, procedureCode: KITE }
    expect(await likelyDuplicates(atDesk([KITE]), of)).toHaveLength(1)
    await expect(likelyDuplicates(atDesk(['1.004873']), of)).rejects.toThrow(Forbidden)
  })

  it('sees and counts those alone: the inbox, the day of the desk, what waits to be forwarded and returned', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const { id: ready } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, ready, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    const citizen: Actor = { kind: 'person', userId: key(NOW), personId: await newCitizen(ctx()), posts: [] }
    must(await submitDossier(as(citizen), { submissionKey: key(NOW), procedureCode: KITE, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter' }))
    const seen = async (procedures: readonly string[] | null) => {
      const [inbox, board] = [await intakeInbox(atDesk(procedures), { tab: 'new' }), await deskBoard(atDesk(procedures), ward.desk.id)]
      return {
        inbox: inbox.rows.length, counted: inbox.counts.new, badge: await countSubmissions(atDesk(procedures), ward.desk.id), received: board.counts.received > 0,
        day: (await listDeskDay(atDesk(procedures), ward.desk.id, 'received')).length === board.counts.received,
        forward: board.toForward.some((r) => r.id === id), back: board.toReturn.some((r) => r.id === ready), list: (await listReadyToReturn(atDesk(procedures), ward.desk.id)).some((r) => r.id === ready),
      }
    }
    const all = { inbox: 1, counted: 1, badge: 1, received: true, day: true, forward: true, back: true, list: true }
    expect(await seen(null)).toEqual(all)
    expect(await seen([KITE])).toEqual(all)
    expect(await seen(['1.004873'])).toEqual({ inbox: 0, counted: 0, badge: 0, received: false, day: true, forward: false, back: false, list: false })
    await expect(getDossierView(atDesk(['1.004873']), id)).rejects.toThrow(Forbidden)
    expect((await getDossierView(atDesk([KITE]), id)).id).toBe(id)
  })
})

describe('a delegation for some procedures of who leads', () => {
  const POWERS = ['dossier.monitor', 'dossier.assign', 'dossier.read', 'dossier.approve']
  it('shows no board, no list of what is late and no hands of the whole unit', async () => {
    for (const officer of [ward.leader, ward.signer]) {
      const limited = as(acting(officer, POWERS, [KITE]))
      await expect(unitBoard(limited)).rejects.toThrow(Forbidden)
      await expect(lateList(limited, 'late')).rejects.toThrow(Forbidden)
    }
    const limited = as(acting(ward.leader, POWERS, [KITE]))
    expect(await unitWork(limited)).toEqual([])
    await expect(workInHands(limited, ward.division.id, null)).rejects.toThrow(Forbidden)
    expect((await unitBoard(as(acting(ward.leader, POWERS, null)))).unit?.id).toBe(ward.division.id)
  })
})

describe('what has come before the chair of the city', () => {
  it('is listed for the chair and for whom that very post was delegated with those powers; each opens what the list shows, to read, and nothing else of another agency', async () => {
    const { id: late } = await receivedDossier(ctx(), ward)
    const days = (n: number) => (NOW + n * 86_400_000) as typeof NOW
    const [known] = await listUnits(ctx(), { kinds: ['city-committee'] })
    const cityId: Uuid = known?.id ?? must(await foundUnit(ctx(), { submissionKey: key(NOW), code: 'H57', name: 'Ủy ban nhân dân thành phố Diều', shortName: 'UBND thành phố', kind: 'city-committee', parentId: null, remit: null, areaCode: null, validFrom: plainDate('2018-07-01') })).unitId
    const chair = await newOfficer(ctx(), await getUnit(ctx(), cityId), 'chair')
    const elsewhere = await newWard(ctx())
    const both = ['dossier.monitor', 'dossier.approve', 'dossier.read', 'dossier.find']
    const beside = (powers: readonly string[], procedures: readonly string[] | null): Officer => ({ ...elsewhere.signer, posts: [...elsewhere.signer.posts, acting(chair, powers, procedures).posts[1]!] })
    const at = (actor: Officer, n: number) => ({ ...as(actor), now: days(n) })
    const opens = async (actor: Officer, n: number) => getDossierView(at(actor, n), late).then((view) => view.actions.length, (error: unknown) => (error instanceof Forbidden ? 'refused' : Promise.reject(error as Error)))
    const everybody = [chair, beside(both, null), beside(both, [KITE]), beside(['dossier.read', 'dossier.find'], null), elsewhere.signer]
    await runLateness({ ...ctx(), now: days(9) })
    for (const actor of everybody) {
      for (const tab of LATE_TABS) expect((await lateList(at(actor, 9), tab)).rows.some((r) => r.id === late), tab).toBe(false)
      expect(await opens(actor, 9)).toBe('refused')
    }
    await runLateness({ ...ctx(), now: days(30) })
    for (const [i, actor] of everybody.entries()) {
      const may = i < 2
      expect((await lateList(at(actor, 30), 'escalated')).rows.some((r) => r.id === late)).toBe(may)
      expect((await lateList(at(actor, 30), 'late')).rows.some((r) => r.id === late), 'the rest is the agency’s own').toBe(false)
      expect(await opens(actor, 30)).toBe(may ? 0 : 'refused')
      await (may ? expect(mayReadDossier(at(actor, 30), late)).resolves.toBeUndefined() : expect(mayReadDossier(at(actor, 30), late)).rejects.toThrow(Forbidden))
      await expect(addNote(at(actor, 30), { submissionKey: key(NOW), dossierId: late, version: 1, text: 'x' })).rejects.toThrow(Forbidden)
    }
  })
})
