/** One press of a button, many dossiers: each is done or answered on its own, and nothing is done twice. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { actOnMany, getDossierView, sendBackDossier, unitWork, workInHands } from '#modules/dossier'
import { leavePost, recordAbsence } from '#modules/organisation'
import { setAssignmentRule } from '#modules/process'
import type { Actor } from '#platform/ctx.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { NOW, testDb } from '#test/db.ts'

const { ctx } = await testDb()
const TODAY = plainDate('2026-11-20')
const as = (actor: Actor) => ctx({ actor })
const postOf = (officer: Officer) => officer.posts[0]!.postId
const on = async (dossierId: Uuid) => ({ submissionKey: key(NOW), dossierId, version: (await getDossierView(ctx(), dossierId)).version })
const holderOf = async (id: Uuid) => (await getDossierView(ctx(), id)).held

beforeAll(() => kiteProcedure(ctx()))

const received = async (ward: Ward, n: number): Promise<readonly Uuid[]> => {
  const ids: Uuid[] = []
  for (let i = 0; i < n; i++) ids.push((await receivedDossier(ctx(), ward)).id)
  return ids
}

describe('many at once', () => {
  it('the desk forwards what it received; one that was forwarded meanwhile stops none of the others', async () => {
    const ward = await newWard(ctx())
    const ids = await received(ward, 4)
    const items = await Promise.all(ids.map(on))
    await sendAlong(ctx(), ward, ids[1]!, ['forward-desk'])
    const outcomes = await actOnMany(as(ward.receiver), { action: 'forward', items: [...items, { submissionKey: key(NOW), dossierId: key(NOW), version: 1 }], note: 'Đủ giấy tờ' })
    expect(outcomes.map((o) => o.outcome)).toEqual(['done', 'stale', 'done', 'done', 'not-found'])
    expect(outcomes[0]).toMatchObject({ step: 'ASSIGN' })
    // The same form again: the first answers, nothing moves.
    expect((await actOnMany(as(ward.receiver), { action: 'forward', items, note: 'Đủ giấy tờ' })).map((o) => o.outcome)).toEqual(['done', 'stale', 'done', 'done'])
    for (const id of ids) expect((await holderOf(id))?.step).toBe('ASSIGN')
  })

  it('an officer takes what nobody has; what a colleague has stays with them', async () => {
    const ward = await newWard(ctx())
    const second = await newOfficer(ctx(), ward.division, 'case-officer', 'Ngô Thị Hai')
    const ids = await received(ward, 3)
    for (const id of ids) await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward'])
    must(await leavePost(ctx(), { submissionKey: key(NOW), postId: postOf(ward.caseOfficer), personId: ward.caseOfficer.personId, on: TODAY }))
    for (const id of ids.slice(0, 2)) must(await sendBackDossier(as(ward.leader), { ...(await on(id)), to: 'HANDLE', reason: 'Xem lại' }))
    const outcomes = await actOnMany(as(second), { action: 'take', items: await Promise.all(ids.map(on)) })
    expect(outcomes.map((o) => (o.outcome === 'refused' ? o.refusal.code : o.outcome))).toEqual(['done', 'done', 'wrong-step'])
    for (const id of ids.slice(0, 2)) expect((await holderOf(id))?.postId).toBe(postOf(second))
  })
})

describe("a sick colleague's work", () => {
  const sick = async (n: number) => {
    const ward = await newWard(ctx())
    const others = [await newOfficer(ctx(), ward.division, 'case-officer', 'Ngô Thị Hai'), await newOfficer(ctx(), ward.division, 'case-officer', 'Bùi Văn Ba')]
    const ids = await received(ward, n)
    for (const id of ids) await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
    must(await recordAbsence(as(ward.leader), { submissionKey: key(NOW), personId: ward.caseOfficer.personId, from: TODAY, lastDay: plainDate('2026-11-27'), standInId: null }))
    return { ward, others, ids }
  }

  it('is seen by the leader: who is away until when, and what lies there', async () => {
    const { ward, ids } = await sick(3)
    const [work] = await unitWork(as(ward.leader))
    expect(work).toMatchObject({ unitId: ward.division.id, rule: 'manual' })
    const hands = work?.hands.find((h) => h.postId === postOf(ward.caseOfficer))
    expect(hands).toMatchObject({ name: 'Trần Văn Gió', backOn: '2026-11-28', open: 3, standInName: null })
    expect((await workInHands(as(ward.leader), ward.division.id, postOf(ward.caseOfficer))).map((r) => r.id).sort()).toEqual([...ids].sort())
    await expect(workInHands(as((await newWard(ctx())).leader), ward.division.id, null)).rejects.toThrow()
  })

  it('goes to one colleague in one act, with a note in each dossier and an event of its own', async () => {
    const { ward, others, ids } = await sick(3)
    const outcomes = await actOnMany(as(ward.leader), { action: 'assign', items: await Promise.all(ids.map(on)), postId: postOf(others[0]!), note: 'Chị Hai làm thay, anh Gió ốm' })
    expect(outcomes.map((o) => o.outcome)).toEqual(['done', 'done', 'done'])
    for (const id of ids) {
      expect(await holderOf(id)).toMatchObject({ step: 'HANDLE', postId: postOf(others[0]!) })
      const [event] = (await readStream(ctx().db, 'dossier', id)).slice(-1)
      expect(event).toMatchObject({ type: 'dossier.assigned', actor: { person: ward.leader.personId, post: postOf(ward.leader) }, data: { note: 'Chị Hai làm thay, anh Gió ốm' } })
    }
    expect(await workInHands(as(ward.leader), ward.division.id, postOf(ward.caseOfficer))).toEqual([])
  })

  it('is shared out by the rule: the least loaded where the unit has none, never back to who is away', async () => {
    const { ward, others, ids } = await sick(4)
    const byRule = async () => actOnMany(as(ward.leader), { action: 'assign', items: await Promise.all(ids.map(on)), postId: 'rule' })
    expect((await byRule()).every((o) => o.outcome === 'done')).toBe(true)
    const held = await Promise.all(ids.map(async (id) => (await holderOf(id))?.postId))
    for (const officer of others) expect(held.filter((p) => p === postOf(officer))).toHaveLength(2)
    expect((await readStream(ctx().db, 'dossier', ids[0]!)).at(-1)).toMatchObject({ data: { rule: 'least-loaded' }, actor: { post: postOf(ward.leader) } })
    must(await setAssignmentRule(ctx(), { submissionKey: key(NOW), unitId: ward.division.id, rule: 'round-robin', keepOfficer: true, from: TODAY, fields: {} }))
    for (const { personId } of others) must(await recordAbsence(as(ward.leader), { submissionKey: key(NOW), personId, from: TODAY, lastDay: TODAY, standInId: null }))
    expect((await byRule()).map((o) => (o.outcome === 'refused' ? o.refusal.code : o.outcome))).toEqual(Array.from({ length: 4 }, () => 'nobody-to-assign'))
  })

  it('what nobody was given is found, and given, in the same way', async () => {
    const { ward, others } = await sick(0)
    const ids = await received(ward, 2)
    for (const id of ids) await sendAlong(ctx(), ward, id, ['forward-desk'])
    expect((await workInHands(as(ward.leader), ward.division.id, null)).map((r) => r.id).sort()).toEqual([...ids].sort())
    expect((await unitWork(as(ward.leader)))[0]?.hands[0]).toMatchObject({ postId: null, open: 2 })
    await actOnMany(as(ward.leader), { action: 'assign', items: await Promise.all(ids.map(on)), postId: postOf(others[1]!) })
    for (const id of ids) expect((await holderOf(id))?.postId).toBe(postOf(others[1]!))
  })
})
