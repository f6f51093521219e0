/** Phân công tự động: in the same act that brings a dossier to its division, in the program's own name, by the rule of that unit on that day. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { type Acted, AnswerSupplement, DraftResult, answerSupplement, approveDossier, assignDossier, draftResult, forwardDossier, getDossierView, officerQueue, sendBackDossier } from '#modules/dossier'
import { giveDelegation, leavePost, recordAbsence } from '#modules/organisation'
import { type AssignmentSetting, listAssignmentRules, setAssignmentRule } from '#modules/process'
import type { Actor } from '#platform/ctx.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { NOW, testDb } from '#test/db.ts'
import { statementsOf } from '#test/statements.ts'
import { asked, onlineInHand, photo } from '#test/detours.ts'
import { loadState } from '../dossier-store.ts'
import { heldAt } from '../lifecycle/custody.ts'
import { rowsOf } from '../lifecycle/rows.ts'
import { readResult } from '../results/read-result.ts'
import { resultPaper } from '../results/result-paper.ts'

const { ctx, owner, pool } = await testDb()
const TODAY = plainDate('2026-11-20')
const as = (actor: Actor) => ctx({ actor })
const postOf = (officer: Officer) => officer.posts[0]!.postId

beforeAll(() => kiteProcedure(ctx()))

/** A ward with three officers in its office and a rule. */
const wardWith = async (setting?: Partial<AssignmentSetting>): Promise<Ward & { readonly officers: readonly Officer[] }> => {
  const ward = await newWard(ctx())
  const officers = [ward.caseOfficer, await newOfficer(ctx(), ward.division, 'case-officer', 'Ngô Thị Hai'), await newOfficer(ctx(), ward.division, 'case-officer', 'Bùi Văn Ba')]
  if (setting !== undefined) await rule(ward, setting)
  return { ...ward, officers: officers.toSorted((a, b) => (postOf(a) < postOf(b) ? -1 : 1)) }
}
const rule = async (ward: Ward, setting: Partial<AssignmentSetting>, from = TODAY) =>
  must(await setAssignmentRule(ctx(), { submissionKey: key(NOW), unitId: ward.division.id, rule: 'manual', keepOfficer: true, from, ...setting, fields: Object.fromEntries(Object.entries(setting.fields ?? {}).map(([k, v]) => [k, [...v]])) }))

const versionOf = async (id: Uuid) => (await getDossierView(ctx(), id)).version
const on = async (dossierId: Uuid) => ({ submissionKey: key(NOW), dossierId, version: await versionOf(dossierId) })
const holderOf = async (id: Uuid) => heldAt(await loadState(ctx(), id))

/** Received and sent on by the desk. */
const arrived = async (ward: Ward): Promise<{ readonly id: Uuid; readonly acted: Acted }> => {
  const { id } = await receivedDossier(ctx(), ward)
  return { id, acted: must(await forwardDossier(as(ward.receiver), { submissionKey: key(NOW), dossierId: id, version: await versionOf(id) })) }
}
const eventsOf = async (id: Uuid) => (await readStream(ctx().db, 'dossier', id)).map((e) => ({ type: e.type, actor: e.actor, data: e.data }))

describe('a dossier that comes to its division', () => {
  it('waits for the leader where nothing was set, and where the setting says so', async () => {
    for (const ward of [await wardWith(), await wardWith({ rule: 'manual' })]) {
      const { id, acted } = await arrived(ward)
      expect(acted.step).toBe('ASSIGN')
      expect(await holderOf(id)).toMatchObject({ step: 'ASSIGN', postId: null })
    }
  })

  it('goes to one officer after the other, each time said in the log in the name of the program', async () => {
    const ward = await wardWith({ rule: 'round-robin' })
    const given: (Uuid | null | undefined)[] = []
    for (let n = 0; n < 4; n++) given.push((await holderOf((await arrived(ward)).id))?.postId)
    expect(given).toEqual([0, 1, 2, 0].map((i) => postOf(ward.officers[i]!)))
    const { id, acted } = await arrived(ward)
    expect(acted.step).toBe('HANDLE')
    const events = await eventsOf(id)
    expect(events.map((e) => e.type).slice(-2)).toEqual(['dossier.forwarded', 'dossier.assigned'])
    expect(events.at(-2)?.actor).toEqual({ person: ward.receiver.personId, post: postOf(ward.receiver) })
    expect(events.at(-1)).toMatchObject({ actor: { system: 'assignment' }, data: { rule: 'round-robin', note: null, to: { step: 'HANDLE', postId: postOf(ward.officers[1]!) } } })
    expect((await officerQueue(as(ward.officers[1]!))).rows.map((r) => r.id)).toContain(id)
  })

  it('two at the same moment take turns', async () => {
    const ward = await wardWith({ rule: 'round-robin' })
    const ids: Uuid[] = []
    for (let n = 0; n < 6; n++) ids.push((await receivedDossier(ctx(), ward)).id)
    const wanted = await Promise.all(ids.map(on))
    await Promise.all(wanted.map(async (w) => must(await forwardDossier(as(ward.receiver), w))))
    const held = await Promise.all(ids.map(holderOf))
    for (const officer of ward.officers) expect(held.filter((h) => h?.postId === postOf(officer))).toHaveLength(2)
  })

  it('goes to whoever has the least, and never to who is away', async () => {
    const ward = await wardWith({ rule: 'least-loaded' })
    const [an, binh, chi] = ward.officers
    expect([await arrived(ward), await arrived(ward), await arrived(ward)]).toHaveLength(3)
    must(await recordAbsence(as(ward.leader), { submissionKey: key(NOW), personId: binh!.personId, from: TODAY, lastDay: TODAY, standInId: null }))
    const next = [await arrived(ward), await arrived(ward), await arrived(ward), await arrived(ward)]
    const held = await Promise.all(next.map(async ({ id }) => (await holderOf(id))?.postId))
    expect(held.sort()).toEqual([postOf(an!), postOf(an!), postOf(chi!), postOf(chi!)].sort())
  })

  it('goes to whose field it is; a field that nobody has waits for the leader', async () => {
    const ward = await wardWith()
    await rule(ward, { rule: 'by-field', fields: { 'Diều sáo': [postOf(ward.officers[2]!)] } })
    expect((await holderOf((await arrived(ward)).id))?.postId).toBe(postOf(ward.officers[2]!))
    await rule(ward, { rule: 'by-field', fields: { 'Hộ tịch': [postOf(ward.officers[2]!)] } })
    expect((await arrived(ward)).acted.step).toBe('ASSIGN')
  })

  it('waits for the leader where everybody is away', async () => {
    const ward = await wardWith({ rule: 'round-robin' })
    for (const { personId } of ward.officers) must(await recordAbsence(as(ward.leader), { submissionKey: key(NOW), personId, from: TODAY, lastDay: TODAY, standInId: null }))
    expect((await arrived(ward)).acted.step).toBe('ASSIGN')
  })

  it('the setting of its day counts, and of several for one day the last', async () => {
    const ward = await wardWith({ rule: 'round-robin' })
    await rule(ward, { rule: 'least-loaded' }, plainDate('2026-12-01'))
    await rule(ward, { rule: 'manual' })
    expect((await arrived(ward)).acted.step).toBe('ASSIGN')
    expect((await listAssignmentRules(ctx(), ward.division.id)).map((r) => [r.from, r.rule])).toEqual([['2026-12-01', 'least-loaded'], ['2026-11-20', 'manual']])
  })

  it('costs no statement more where the leader assigns', async () => {
    const count = async (ward: Ward) => {
      const { id } = await receivedDossier(ctx(), ward)
      const wanted = await on(id)
      const statements = await statementsOf(pool, async () => must(await forwardDossier(as(ward.receiver), wanted)))
      return statements.length
    }
    const [never, manual, automatic] = [await count(await wardWith()), await count(await wardWith({ rule: 'manual' })), await count(await wardWith({ rule: 'least-loaded' }))]
    // Key, lock, events, calendar, head, events in, rows, answer: as before there was a rule.
    expect([never, manual]).toEqual([8, 8])
    expect(automatic).toBeGreaterThan(manual)
  })

  it('a setting cannot begin yesterday, nor name somebody of another unit', async () => {
    const ward = await wardWith()
    const set = (change: object) => setAssignmentRule(ctx(), { submissionKey: key(NOW), unitId: ward.division.id, rule: 'round-robin', keepOfficer: true, from: TODAY, fields: {}, ...change })
    expect(await set({ from: plainDate('2026-11-19') })).toMatchObject({ error: { code: 'begins-in-past' } })
    expect(await set({ rule: 'by-field', fields: { 'Hộ tịch': [postOf(ward.receiver)] } })).toMatchObject({ error: { code: 'post-elsewhere' } })
  })
})

describe('a dossier that is sent back', () => {
  const atReview = async (ward: Ward) => {
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, id, ['forward-desk'])
    must(await assignDossier(as(ward.leader), { ...(await on(id)), postId: postOf(ward.caseOfficer) }))
    must(await forwardDossier(as(ward.caseOfficer), { ...(await on(id)), note: 'Đủ điều kiện' }))
    return id
  }
  const back = async (ward: Ward, id: Uuid) => must(await sendBackDossier(as(ward.leader), { ...(await on(id)), to: 'HANDLE', reason: 'Thiếu chữ ký' }))
  const leave = async (ward: Ward) => must(await leavePost(ctx(), { submissionKey: key(NOW), postId: postOf(ward.caseOfficer), personId: ward.caseOfficer.personId, on: TODAY }))

  it('goes back to the officer who had it', async () => {
    const ward = await wardWith()
    const id = await atReview(ward)
    await back(ward, id)
    expect(await holderOf(id)).toMatchObject({ step: 'HANDLE', postId: postOf(ward.caseOfficer) })
  })

  it('goes to the unit where that officer has left, and the leader or whoever takes it goes on', async () => {
    const ward = await wardWith()
    const id = await atReview(ward)
    await leave(ward)
    await back(ward, id)
    expect(await holderOf(id)).toMatchObject({ step: 'HANDLE', postId: null })
    expect((await officerQueue(as(ward.officers.find((o) => o !== ward.caseOfficer)!))).rows.map((r) => r.id)).toContain(id)
  })

  it('goes by the rule of the unit where that officer is away, unless somebody stands in', async () => {
    const ward = await wardWith()
    const [id, other] = [await atReview(ward), await atReview(ward)]
    await rule(ward, { rule: 'least-loaded' })
    const stand = ward.officers.find((o) => o !== ward.caseOfficer)!
    const { absenceId } = must(await recordAbsence(as(ward.leader), { submissionKey: key(NOW), personId: ward.caseOfficer.personId, from: TODAY, lastDay: TODAY, standInId: stand.personId }))
    await back(ward, id)
    expect(await holderOf(id)).toMatchObject({ postId: postOf(ward.caseOfficer) })
    // The stand-in sees it, and goes on with it.
    const standing: Officer = { ...stand, posts: [...stand.posts, { ...ward.caseOfficer.posts[0]!, delegated: { delegationId: absenceId, basis: 'stand-in', powers: ['dossier.read', 'dossier.examine'], procedures: null } }] }
    expect((await officerQueue(as(standing))).rows.filter((r) => r.id === id)).toHaveLength(1)
    must(await forwardDossier(as(standing), { ...(await on(id)), note: 'Làm thay' }))
    expect((await eventsOf(id)).at(-1)?.actor).toEqual({ person: stand.personId, post: postOf(ward.caseOfficer), delegation: absenceId })
    await owner.query('update organisation.absence set stand_in_id = null where id = $1', [absenceId])
    await back(ward, other)
    const now = await holderOf(other)
    expect(now?.step).toBe('HANDLE')
    expect([postOf(ward.caseOfficer), null]).not.toContain(now?.postId)
    expect((await eventsOf(other)).at(-1)).toMatchObject({ type: 'dossier.assigned', actor: { system: 'assignment' }, data: { rule: 'least-loaded' } })
  })

  it('what an officer sends back to the leader is not assigned again by the rule', async () => {
    const ward = await wardWith()
    const { id } = await arrived(ward)
    must(await assignDossier(as(ward.leader), { ...(await on(id)), postId: postOf(ward.caseOfficer) }))
    await rule(ward, { rule: 'round-robin' })
    must(await sendBackDossier(as(ward.caseOfficer), { ...(await on(id)), to: 'ASSIGN', reason: 'Không đúng lĩnh vực' }))
    expect(await holderOf(id)).toMatchObject({ step: 'ASSIGN', postId: null })
  })
})

describe('a dossier that comes back after a supplement', () => {
  const answered = async (ward: Ward, prepare: () => Promise<unknown>): Promise<Uuid> => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    await asked(ctx(), ward, id)
    await prepare()
    must(await answerSupplement(citizen, AnswerSupplement.parse({ ...(await on(id)), fields: { 'request.content': ['Xin thả diều ở bến Ngự'] }, papers: [{ n: 3, uploadIds: [await photo(citizen)] }] })))
    return id
  }
  const leave = async (ward: Ward) => must(await leavePost(ctx(), { submissionKey: key(NOW), postId: postOf(ward.caseOfficer), personId: ward.caseOfficer.personId, on: TODAY }))

  it('goes to the officer who asked', async () => {
    const ward = await wardWith()
    expect(await holderOf(await answered(ward, async () => undefined))).toMatchObject({ step: 'HANDLE', postId: postOf(ward.caseOfficer) })
  })

  it('goes to the unit where that officer has left, by the rule where there is one', async () => {
    const manual = await wardWith()
    expect(await holderOf(await answered(manual, () => leave(manual)))).toMatchObject({ step: 'HANDLE', postId: null })
    const ward = await wardWith()
    const held = await holderOf(await answered(ward, async () => [await leave(ward), await rule(ward, { rule: 'least-loaded' })]))
    expect(ward.officers.filter((o) => o !== ward.caseOfficer).map(postOf)).toContain(held?.postId)
  })
})

describe('powers in other hands', () => {
  it('a colleague with only the power to read does not act on what the other has in hand', async () => {
    const ward = await wardWith()
    const { id } = await arrived(ward)
    must(await assignDossier(as(ward.leader), { ...(await on(id)), postId: postOf(ward.caseOfficer) }))
    const other = ward.officers.find((o) => o !== ward.caseOfficer)!
    const reading: Officer = { ...other, posts: [...other.posts, { ...ward.caseOfficer.posts[0]!, delegated: { delegationId: key(NOW), basis: 'delegation', powers: ['dossier.read'], procedures: null } }] }
    expect(await forwardDossier(as(reading), { ...(await on(id)), note: 'x' })).toMatchObject({ error: { code: 'held-by-other' } })
  })

  it('a delegation for some procedures signs those, sees those in the queue, and is refused the others', async () => {
    const ward = await wardWith()
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward', 'forward-review'])
    const signing = (procedures: readonly string[]): Officer => ({ ...ward.leader, posts: [...ward.leader.posts, { ...ward.signer.posts[0]!, delegated: { delegationId: key(NOW), basis: 'delegation', powers: ['dossier.approve', 'dossier.read'], procedures } }] })
    const outside: Officer = { ...signing(['1.004873']), posts: signing(['1.004873']).posts.slice(1) }
    expect((await officerQueue(as(signing(['1.004873'])), { step: 'SIGN' })).rows).toEqual([])
    await expect(approveDossier(as(outside), await on(id))).rejects.toThrow()
    await expect(getDossierView(as(outside), id)).rejects.toThrow()
    expect((await officerQueue(as(signing(['1.999001'])), { step: 'SIGN' })).rows.map((r) => r.id)).toEqual([id])
    must(await approveDossier(as(signing(['1.999001'])), await on(id)))
  })
})

describe('a result signed by delegation (processes.md §8)', () => {
  it('is drawn with TUQ. of the post that delegated, over the own post, and with no collective', async () => {
    const ward = await wardWith()
    must(await giveDelegation(as(ward.signer), {
      submissionKey: key(NOW), fromPostId: postOf(ward.signer), toPostId: postOf(ward.leader), toPersonId: null, documentNumber: '7/GUQ-UBND', documentOn: TODAY, from: TODAY, lastDay: TODAY,
      powers: ['dossier.approve'], procedures: null,
    }))
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
    must(await draftResult(as(ward.caseOfficer), DraftResult.parse({ ...(await on(id)), title: 'Thông báo về việc thả diều', template: 'thong-bao', fields: { to: 'Nguyễn Đăng Diều', content: 'Được thả diều.' } })))
    await sendAlong(ctx(), ward, id, ['forward', 'forward-review'])
    const { rows } = await owner.query<{ id: Uuid }>('select id from organisation.delegation where from_post_id = $1', [postOf(ward.signer)])
    const delegate: Officer = { ...ward.leader, posts: [...ward.leader.posts, { ...ward.signer.posts[0]!, delegated: { delegationId: rows[0]!.id, basis: 'delegation', powers: ['dossier.approve', 'dossier.read'], procedures: null } }] }
    must(await approveDossier(as(delegate), await on(id)))
    const facts = await readResult(ctx(), await loadState(ctx(), id), null)
    expect(facts.signer).toEqual({ title: 'Phó Chủ tịch', name: 'Lê Thị Mây', delegateTitle: 'Chánh Văn phòng' })
    const drawn = JSON.stringify(resultPaper(facts, ''))
    for (const line of ['TUQ. PHÓ CHỦ TỊCH', 'CHÁNH VĂN PHÒNG', 'Lê Thị Mây']) expect(drawn).toContain(line)
    expect(drawn).not.toContain('TM. ỦY BAN NHÂN DÂN')
  })
})

describe('decision 10: replay', () => {
  it('a setting equals what its event says, column by column', async () => {
    const { rows } = await owner.query<{ id: Uuid; all: unknown }>('select id, to_jsonb(r) as all from process.assignment_rule r')
    expect(rows.length).toBeGreaterThan(5)
    for (const { id, all } of rows) {
      const [event] = await readStream(ctx().db, 'other', id)
      const { from, unitId, rule: by, keepOfficer, fields } = event!.data as { from: string; unitId: Uuid; rule: string; keepOfficer: boolean; fields: object }
      expect({ id, unit_id: unitId, valid_from: from, rule: by, keep_officer: keepOfficer, fields }).toEqual(all)
    }
  })

  it('rows of dossiers that were assigned by a rule equal what their events say', async () => {
    const { rows } = await owner.query<{ id: Uuid; holder: Uuid | null; version: number }>('select id, holder_post_id as holder, version from dossier.dossier')
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) {
      const [kept] = rowsOf(await loadState(ctx(), row.id)).dossier
      expect({ id: row.id, holder: kept?.holder_post_id, version: kept?.version }).toEqual(row)
    }
  })
})
