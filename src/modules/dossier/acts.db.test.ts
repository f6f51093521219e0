/** From the desk to the returned result on a real database; who may do what, and what a second click does. */
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, dateOf, instant, plainDate } from '#kernel/plain-date.ts'
import { getCurrentRevision } from '#modules/catalogue'
import { storeUpload } from '#modules/documents'
import {
  DESK_LISTS, SubmitDossier, acceptSubmission, addNote, actOnMany, assignDossier, completeSubmission, deskBoard, draftResult, isPastDue, forwardDossier, getDossierView, issueResult, lateList, listDeskDay,
  listReadyToReturn, officerQueue, requestCompletion, returnResult, runLateness, searchDossiers, sendBackDossier, submitDossier,
} from '#modules/dossier'
import { closePost, leavePost } from '#modules/organisation'
import { flushAccess } from '#platform/log/access.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { sql } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { everyCorrection } from '#test/corrections.ts'
import { everyDetour } from '#test/detours.ts'
import { type Officer, type Ward, WHOLE_WAY, key, kiteProcedure, must, newCitizen, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { columnsOf, keyOf, loadState, putDossiers, TABLE_NAMES } from './dossier-store.ts'
import { rowsOf } from './lifecycle/rows.ts'

const { ctx } = await testDb()
let ward: Ward
let other: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  other = await newWard(ctx())
})
const as = (actor: Officer, now = NOW) => ctx({ actor, now })
const on = async (dossierId: Uuid) => ({ submissionKey: key(NOW), dossierId, version: (await getDossierView(ctx(), dossierId)).version })

describe('the main job', () => {
  it('counter → assign → examine → review → sign → number → return, every step an event, rows equal to the replay', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx({ now: instant(NOW + 3_600_000) }), ward, id, WHOLE_WAY)
    expect((await readStream(ctx().db, 'dossier', id)).map((e) => e.type)).toEqual([
      'dossier.received', 'dossier.code-issued', 'dossier.forwarded', 'dossier.assigned', 'dossier.forwarded', 'dossier.forwarded', 'dossier.approved',
      'dossier.result-issued', 'dossier.result-returned',
    ])
    const rows = rowsOf(await loadState(ctx(), id))
    for (const table of TABLE_NAMES) {
      const owned = table === 'dossier' || table === 'code' ? 'id' : 'dossier_id'
      const { rows: stored } = await sql<object>`select ${sql.raw(columnsOf(table).join(', '))} from ${sql.table(`dossier.${table}`)} where ${sql.ref(owned)} = ${id} order by ${sql.raw(keyOf(table).join(', '))}`.execute(ctx().db)
      expect(stored, table).toEqual(rows[table])
    }
    const view = await getDossierView(as(ward.receiver), id)
    expect(view).toMatchObject({ status: 'returned', punctuality: 'early', held: null, results: [{ number: '12/GP-UBND' }], handOver: { recipient: { kind: 'self' } } })
    expect(view.custody.map((c) => c.who.person)).toEqual(['Hoàng Thị Sáo', 'Lê Thị Mây', 'Trần Văn Gió', 'Lê Thị Mây', 'Phạm Văn Trời', 'Võ Thị Dấu', 'Hoàng Thị Sáo'])
  })

  it('years late, it is still returned: late, and no obstacle anywhere', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const late = instant(NOW + 20 * MS_PER_DAY)
    await sendAlong(ctx({ now: late }), ward, id, WHOLE_WAY)
    expect((await getDossierView(as(ward.receiver, late), id)).punctuality).toBe('late')
  })

  it('sent back with its reason, it is again with the officer who had it', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward'])
    must(await sendBackDossier(as(ward.leader), { ...(await on(id)), to: 'HANDLE', reason: 'Thiếu ảnh con diều' }))
    const queue = await officerQueue(as(ward.caseOfficer))
    expect(queue.rows.find((r) => r.id === id)).toMatchObject({ step: 'HANDLE', holderPostId: ward.caseOfficer.posts[0]!.postId, holderName: 'Trần Văn Gió' })
    expect((await getDossierView(as(ward.caseOfficer), id)).timeline.at(-1)).toMatchObject({ what: 'send-back', text: 'Thiếu ảnh con diều', actor: { person: 'Lê Thị Mây' } })
  })
})

describe('who was faster, who clicked twice', () => {
  it('a page that showed an older version is stale; a note makes nobody stale', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const seen = await on(id)
    must(await addNote(as(ward.receiver), { ...seen, submissionKey: key(NOW), text: 'Đã gọi điện' }))
    must(await forwardDossier(as(ward.receiver), { ...seen, submissionKey: key(NOW) }))
    await expect(forwardDossier(as(ward.receiver), { ...seen, submissionKey: key(NOW) })).rejects.toThrow(Stale)
    expect((await getDossierView(as(ward.leader), id)).notes).toMatchObject([{ text: 'Đã gọi điện' }])
  })

  it('the same form twice, at the same moment: once', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const form = await on(id)
    const [a, b] = await Promise.all([forwardDossier(as(ward.receiver), form), forwardDossier(as(ward.receiver), form)])
    expect(b).toEqual(a)
    expect((await getDossierView(ctx(), id)).custody).toHaveLength(2)
  })

  it('two different forms at the same moment: one is done, the other is stale', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const form = await on(id)
    const outcomes = await Promise.allSettled([forwardDossier(as(ward.receiver), form), forwardDossier(as(ward.receiver), { ...form, submissionKey: key(NOW) })])
    expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('who may not', () => {
  it("the neighbour ward's officers neither see nor do anything, whatever they are", async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const form = await on(id)
    await expect(getDossierView(as(other.receiver), id)).rejects.toThrow(Forbidden)
    await expect(forwardDossier(as(other.receiver), form)).rejects.toThrow(Forbidden)
    await expect(assignDossier(as(other.leader), { ...form, postId: other.caseOfficer.posts[0]!.postId })).rejects.toThrow(Forbidden)
    await expect(returnResult(as(other.receiver), { ...form, recipient: { kind: 'self', name: 'A', idNumber: '1', signature: 's' } })).rejects.toThrow(Forbidden)
    await expect(addNote(as(other.caseOfficer), { ...form, text: 'x' })).rejects.toThrow(Forbidden)
    await expect(issueResult(as(other.clerk), { ...form, kind: 'granted', title: 't', number: '1', issuedOn: dateOf(NOW) })).rejects.toThrow(Forbidden)
    expect(await actOnMany(as(other.signer), { action: 'approve', items: [form] })).toEqual([{ dossierId: id, outcome: 'forbidden' }])
    expect(await searchDossiers(as(other.receiver), 'nguyen dang dieu')).toEqual([])
  })

  it('an officer whose seat was given up today', async () => {
    const retired = await newOfficer(ctx(), ward.division, 'case-officer', 'Đã Thôi Việc')
    const post = retired.posts[0]!.postId
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, id, ['forward-desk'])
    must(await closePost(ctx(), { submissionKey: key(NOW), postId: post, on: dateOf(NOW) }))
    expect(await assignDossier(as(ward.leader), { ...(await on(id)), postId: post })).toEqual({ ok: false, error: { code: 'assignee-not-in-unit', unitId: ward.division.id } })
    // The session resolves posts at every request: a given-up seat is no post any more.
    await expect(addNote(as({ ...retired, posts: [] }), { ...(await on(id)), text: 'x' })).rejects.toThrow(Forbidden)
  })

  it('what does not exist', async () => {
    const form = { submissionKey: key(NOW), dossierId: key(NOW), version: 1 }
    await expect(forwardDossier(as(ward.receiver), form)).rejects.toThrow(NotFound)
  })

  it('the step says no in words, not in exceptions', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    expect(await issueResult(as(ward.clerk), { ...(await on(id)), kind: 'granted', title: 't', number: '1', issuedOn: dateOf(NOW) })).toEqual({
      ok: false, error: { code: 'wrong-status', status: 'received' },
    })
  })
})

describe('approving many', () => {
  it('each has its own outcome: one that is not there yet does not hold up the others', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await receivedDossier(ctx(), ward)).id))
    for (const id of ids.slice(0, 2)) await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward', 'forward-review'])
    const items = await Promise.all(ids.map(on))
    const outcomes = await actOnMany(as(ward.signer), { action: 'approve', items: [items[0]!, { ...items[1]!, version: 1 }, items[2]!] })
    expect(outcomes.map((o) => o.outcome)).toEqual(['done', 'stale', 'refused'])
  })
})

describe('queues and boards', () => {
  it('by what is due first; each sees what waits for them', async () => {
    const own = await newWard(ctx())
    const later = (await receivedDossier(ctx({ now: instant(NOW + 3 * MS_PER_DAY) }), own)).id
    const sooner = (await receivedDossier(ctx(), own)).id
    const board = await deskBoard(as(own.receiver), own.desk.id)
    expect(board).toMatchObject({ counts: { received: 2, open: 2, late: 0, due: 0, returned: 0 }, toReturn: [] })
    // Every figure opens to as many rows.
    for (const list of DESK_LISTS) expect(await listDeskDay(as(own.receiver), own.desk.id, list)).toHaveLength(board.counts[list])
    expect((await officerQueue(as(own.receiver))).rows.map((r) => r.id)).toEqual([sooner, later])
    expect((await officerQueue(as(own.leader))).rows).toEqual([])
    await sendAlong(ctx(), own, sooner, ['forward-desk'])
    const leading = await officerQueue(as(own.leader))
    expect(leading.rows).toMatchObject([{ id: sooner, step: 'ASSIGN', procedureName: 'Cấp giấy phép thả diều', holderTitle: null, code: expect.stringMatching(/^H57\./) }])
    expect(leading.counts.find((c) => c.step === 'ASSIGN')).toMatchObject({ step: 'ASSIGN', count: 1, late: 0 })
    await sendAlong(ctx(), own, sooner, ['assign', 'forward', 'forward-review', 'approve', 'issue'])
    expect((await listReadyToReturn(as(own.receiver), own.desk.id)).map((r) => r.id)).toEqual([sooner])
    const late = instant(NOW + 30 * MS_PER_DAY)
    expect((await officerQueue(as(own.receiver, late))).counts).toContainEqual(expect.objectContaining({ step: 'RECEIVE', count: 1, late: 1 }))
    await expect(deskBoard(as(own.receiver), ward.desk.id)).rejects.toThrow(Forbidden)
  })

  it('a dossier of three days is late from the day after its day, not from 17:30 (domain.md §2.7): board, queue and dossier agree', async () => {
    const own = await newWard(ctx())
    const { id, dueAt } = await receivedDossier(ctx(), own)
    const seen = async (now: Instant) => {
      const [board, queue, view] = await Promise.all([deskBoard(as(own.receiver, now), own.desk.id), officerQueue(as(own.receiver, now)), getDossierView(as(own.receiver, now), id)])
      return [board.counts.due, board.counts.late, queue.counts.find((c) => c.step === 'RECEIVE')?.late, isPastDue(board.toForward[0]!, now), view.punctuality]
    }
    expect(await seen(instant(dueAt + 3_600_000))).toEqual([1, 0, 0, false, 'within'])
    expect(await seen(instant(dueAt + 8 * 3_600_000))).toEqual([0, 1, 1, true, 'late'])
  })

  it('names the holder of the day, also one whose time in the post has an end', async () => {
    const own = await newWard(ctx())
    const { id } = await receivedDossier(ctx(), own)
    await sendAlong(ctx(), own, id, ['forward-desk', 'assign'])
    const { postId } = own.caseOfficer.posts[0]!
    const end = instant(NOW + 5 * MS_PER_DAY)
    must(await leavePost(ctx(), { submissionKey: key(NOW), postId, personId: own.caseOfficer.personId, on: dateOf(end) }))
    const holder = async (now: Instant) => (await officerQueue(as(own.leader, now), { tab: 'unit' })).rows.find((r) => r.id === id)?.holderName
    expect([await holder(NOW), await holder(end)]).toEqual(['Trần Văn Gió', null])
  })

  it('who searched, and whose dossier it was, stands in log.access', async () => {
    const own = await newWard(ctx())
    const { id } = await receivedDossier(ctx(), own)
    await searchDossiers(as(own.receiver), 'dang dieu')
    await flushAccess(ctx().db)
    const { rows } = await sql<object>`select kind, person_id, unit_id, reason from log.access where subject = ${`dossier:${id}`}`.execute(ctx().db)
    expect(rows).toEqual([{ kind: 'read', person_id: own.receiver.personId, unit_id: own.desk.id, reason: 'search' }])
  })

  it("a desk's day, its lists and the results to return show names: each look is written down with the desk", async () => {
    const own = await newWard(ctx())
    await receivedDossier(ctx(), own)
    await deskBoard(as(own.receiver), own.desk.id)
    await listDeskDay(as(own.receiver), own.desk.id, 'received')
    await listReadyToReturn(as(own.receiver), own.desk.id)
    await flushAccess(ctx().db)
    const { rows } = await sql<object>`select kind, reason, unit_id from log.access where person_id = ${own.receiver.personId} and kind = 'list' order by reason`.execute(ctx().db)
    expect(rows).toEqual(['desk-day', 'desk-day', 'return'].map((reason) => ({ kind: 'list', reason, unit_id: own.desk.id })))
  })

  it('is found by code, by name without accents, by phone', async () => {
    const own = await newWard(ctx())
    const { id, code } = await receivedDossier(ctx(), own)
    const { applicant } = await getDossierView(ctx(), id)
    for (const q of [code, code.toLowerCase(), 'dang dieu', 'NGUYỄN Đăng Di', applicant.phone!, applicant.personalNumber!]) {
      expect((await searchDossiers(as(own.receiver), q)).map((d) => d.id), q).toEqual([id])
    }
    expect(await searchDossiers(as(own.receiver), 'x')).toEqual([])
    expect(await searchDossiers(as(own.clerk), 'dieu')).toHaveLength(1)
  })
})

/** A life that fills every table that a counter dossier leaves empty: form, completion request, file, draft of the result. */
const draftedFromOnline = async (): Promise<void> => {
  const personId = await newCitizen(ctx())
  const applicant = as({ kind: 'person', userId: key(NOW), personId, posts: [] })
  const { id: revisionId } = await getCurrentRevision(ctx(), '1.999001')
  const answers = {
    requester: { fullName: 'Nguyễn Đăng Diều', personalId: '046190000001', phone: '0905123456', address: 'Số 1 Lê Lợi' },
    request: { content: 'Xin thả diều', declaration: true },
  }
  const wish = SubmitDossier.parse({ submissionKey: key(NOW), procedureCode: '1.999001', revisionId, methodRow: 2, agencyId: ward.agency.id, form: { slug: 'chung', answers }, components: [], otherUploadIds: [], delivery: 'counter' })
  const { id } = must(await submitDossier(applicant, wish))
  const atDesk = as(ward.receiver)
  must(await requestCompletion(atDesk, { ...(await on(id)), items: ['Ảnh con diều'], reason: 'Chưa có ảnh', until: plainDate('2026-12-01') }))
  const photo = must(await storeUpload(applicant, { name: 'Ảnh diều.pdf', content: Readable.from([Buffer.from('%PDF-1.7\n% Con diều\n%%EOF\n')]) }))
  must(await completeSubmission(applicant, { ...(await on(id)), components: [{ n: 3, uploadIds: [photo.id] }], otherUploadIds: [] }))
  must(await acceptSubmission(atDesk, await on(id)))
  await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
  must(await draftResult(as(ward.caseOfficer), { ...(await on(id)), kind: 'granted', title: 'Thông báo về việc thả diều', template: 'thong-bao', fields: { to: 'Nguyễn Đăng Diều', content: 'Được thả diều.' } }))
}

describe('decision 10: replay', () => {
  it('of the whole log into emptied tables gives the same rows, column by column', async () => {
    const all = async () => {
      const found: Record<string, readonly unknown[]> = {}
      for (const table of TABLE_NAMES) {
        const { rows } = await sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.table(`dossier.${table}`)} t order by to_jsonb(t)::text`.execute(ctx().db)
        found[table] = rows.map((r) => r.row)
      }
      return found
    }
    await draftedFromOnline()
    const eve = instant(NOW + 5 * MS_PER_DAY)
    await runLateness(ctx({ now: eve }))
    const { rows: letters } = await lateList(as(ward.signer, eve), 'letters')
    await actOnMany(as(ward.signer, eve), { action: 'apologise', items: letters.map((l) => ({ dossierId: l.id, version: l.version, submissionKey: key(NOW) })) })
    await runLateness(ctx({ now: instant(eve + 20 * MS_PER_DAY) }))
    // Stopped, and filed again.
    const { applicantId } = await loadState(ctx(), await everyDetour(ctx(), ward))
    await receivedDossier(ctx(), ward, { applicantId })
    await everyCorrection(ctx(), ward)
    const before = await all()
    expect(TABLE_NAMES.filter((t) => before[t]?.length === 0), 'nothing would be compared').toEqual([])
    const { rows: streams } = await sql<{ stream: Uuid }>`select distinct stream from log.event where kind = 'dossier'`.execute(ctx().db)
    for (const table of TABLE_NAMES.toReversed()) await sql`delete from ${sql.table(`dossier.${table}`)}`.execute(ctx().db)
    for (const { stream } of streams) await putDossiers(ctx(), rowsOf(await loadState(ctx(), stream)))
    expect(await all()).toEqual(before)
  })
})
