/** One need, several attempts: linked when it is filed again, corrected by an officer, counted from the first contact. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, dateOf, instant } from '#kernel/plain-date.ts'
import type { ProcedureRevision } from '#modules/catalogue'
import { LinkAttempt, UnlinkAttempt, WithdrawDossier, forwardDossier, getDossierView, giveGuidance, issueResult, linkAttempt, refuseSubmission, registerRows, requestCompletion, stopDossier, submitDossier, unlinkAttempt, withdrawDossier } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, must, newCitizen, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { columnsOf, loadState } from '../dossier-store.ts'
import { rowsOf } from '../lifecycle/rows.ts'

const { ctx } = await testDb()
let ward: Ward
let kite: ProcedureRevision
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx())
})
const on = async (id: Uuid, now = NOW) => ({ submissionKey: key(now), dossierId: id, version: (await loadState(ctx(), id)).version })
const days = (n: number): Instant => instant(NOW + n * MS_PER_DAY)
const at = (actor: Actor, n = 0) => ctx({ actor, now: days(n) })
const accountOf = (personId: Uuid): Actor => ({ kind: 'person', userId: key(NOW), personId, posts: [] })
const received = async (applicantId: Uuid, n: number) => (await receivedDossier(ctx({ now: days(n) }), ward, { applicantId })).id
const submitted = async (by: Actor, n: number) =>
  must(await submitDossier(at(by, n), { submissionKey: key(days(n)), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter' })).id
const journey = async (id: Uuid, n = 40) => (await getDossierView(ctx({ now: days(n), actor: ward.receiver }), id)).journey
const fates = async (id: Uuid) => (await journey(id)).attempts.map((a) => a.fate)
const withdraw = async (id: Uuid, n: number) => must(await withdrawDossier(at(ward.receiver, n), WithdrawDossier.parse({ ...(await on(id)), evidence: 'Đơn xin rút' })))

/** Kept: what the rows hold is what the events fold to. */
const expectFolded = async (id: Uuid) => {
  const { rows } = await sql<object>`select ${sql.raw(columnsOf('earlier_attempt').join(', '))} from dossier.earlier_attempt where dossier_id = ${id} order by n`.execute(ctx().db)
  expect(rows).toEqual(rowsOf(await loadState(ctx(), id)).earlier_attempt)
}

describe('filed again', () => {
  it('three attempts, refused, withdrawn, then granted: one journey, counted from the first contact', async () => {
    const applicantId = await newCitizen(ctx())
    const by = accountOf(applicantId)
    const first = await submitted(by, 0)
    must(await refuseSubmission(at(ward.receiver, 1), { ...(await on(first)), ground: 'not-competent', reason: 'Nộp ở phường khác' }))
    const second = await received(applicantId, 10)
    await withdraw(second, 12)
    const third = await received(applicantId, 20)
    await sendAlong(ctx({ now: days(24) }), ward, third, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    expect((await journey(third)).time).toMatchObject({ days: 24, attempts: 3, over: true, met: true })
    expect(await fates(third)).toEqual(['refused', 'withdrawn'])
    expect((await journey(first)).followedBy.map((d) => d.id)).toEqual(expect.arrayContaining([second, third]))
    const { rows } = await sql<{ at: Instant | null }>`select first_contact_at as at from dossier.dossier where id = ${third}`.execute(ctx().db)
    expect(rows).toEqual([{ at: days(0) }])
    await expectFolded(third)
  })

  it('declined, stopped, asked to complete: the same need; a result that was granted is none', async () => {
    const applicantId = await newCitizen(ctx())
    const declined = await received(applicantId, 0)
    await sendAlong(ctx(), ward, declined, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve'])
    must(await issueResult(at(ward.clerk, 1), { ...(await on(declined)), kind: 'declined', title: 'Từ chối', number: '1/TB', issuedOn: dateOf(days(1)) }))
    const stopped = await received(applicantId, 2)
    must(await stopDossier(at(ward.signer, 3), { ...(await on(stopped)), ground: 'other', reason: 'Bãi thả đóng cửa', legalBasis: 'Điều 10' }))
    const asked = await submitted(accountOf(applicantId), 4)
    must(await requestCompletion(at(ward.receiver, 5), { ...(await on(asked)), items: ['Ảnh con diều'], reason: 'Ảnh mờ' }))
    const last = await received(applicantId, 6)
    expect(await fates(last)).toEqual(['declined', 'stopped', 'completion-asked'])
    await sendAlong(ctx({ now: days(7) }), ward, last, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    expect(await fates(await received(applicantId, 8)), 'the granted one is none').toEqual(['declined', 'stopped', 'completion-asked'])
  })

  it('another applicant, another procedure, too long ago: not linked, and nothing is written', async () => {
    const applicantId = await newCitizen(ctx())
    await withdraw(await received(applicantId, -60), -60)
    const late = await received(applicantId, 31)
    const stranger = await received(await newCitizen(ctx()), 1)
    const other = await kiteProcedure(ctx(), { code: '1.999002' })
    const elsewhere = (await receivedDossier(ctx({ now: days(2) }), ward, { applicantId, procedureCode: other.code })).id
    for (const id of [late, stranger, elsewhere]) {
      expect((await loadState(ctx(), id)).seq, 'received and coded, no more').toBe(2)
      expect(await fates(id)).toEqual([])
    }
    expect(await fates(await received(applicantId, 30))).toEqual(['withdrawn'])
  })

  it('who was sent home with a paper from the counter is found by their record, or by their telephone however it was written', async () => {
    const applicantId = await newCitizen(ctx(), { name: 'Lê Thị Cánh', phone: '0905112233' })
    const give = (n: number, person: object) => giveGuidance(at(ward.receiver, n), { submissionKey: key(days(n)), deskId: ward.desk.id, kind: 'completion', procedureCode: kite.code, person: { name: 'Cánh', ...person }, items: ['Đơn'], reason: 'Thiếu đơn' })
    await give(0, { phone: '+84 905 112 233' })
    await give(1, { id: applicantId })
    await give(1, { phone: '0905112234' })
    const id = await received(applicantId, 3)
    expect(await fates(id)).toEqual(['guided', 'guided'])
    expect((await journey(id, 5)).time).toMatchObject({ days: 5, attempts: 3, over: false })
  })
})

describe('an officer’s word', () => {
  it('takes a link out and puts one in, each with its reason; a code of somebody else leads to nothing', async () => {
    const applicantId = await newCitizen(ctx())
    const first = await received(applicantId, 0)
    await withdraw(first, 0)
    const id = await received(applicantId, 5)
    must(await unlinkAttempt(at(ward.caseOfficer, 6), UnlinkAttempt.parse({ ...(await on(id)), attempt: '1', reason: 'Con diều khác' })))
    expect((await journey(id)).time).toMatchObject({ from: days(5), attempts: 1 })
    const { code } = await receivedDossier(ctx(), ward)
    const link = async (input: object) => linkAttempt(at(ward.receiver, 6), LinkAttempt.parse({ ...(await on(id)), reason: 'Hỏi lại: vẫn là con diều ấy', ...input }))
    expect(await link({ code })).toMatchObject({ ok: false, error: { code: 'attempt-unknown' } })
    expect(LinkAttempt.safeParse({ ...(await on(id)), reason: 'x' }).success).toBe(false)
    expect((await journey(id)).candidates.map((c) => c.id)).toContain(first)
    must(await link({ attemptId: first }))
    expect((await journey(id)).time).toMatchObject({ from: days(0), attempts: 2 })
    expect(await link({ attemptId: first })).toMatchObject({ error: { code: 'attempt-linked-before' } })
    await expectFolded(id)
  })

  it('an officer of another ward does neither', async () => {
    const applicantId = await newCitizen(ctx())
    const id = await received(applicantId, 0)
    const other = await newWard(ctx(), undefined, 'phường Cánh Cò')
    for (const actor of [other.receiver, await newOfficer(ctx(), other.division, 'case-officer'), accountOf(applicantId)])
      await expect(linkAttempt(at(actor), LinkAttempt.parse({ ...(await on(id)), code: 'X-1', reason: 'x' }))).rejects.toThrow(Forbidden)
  })

  it('a page that was open before is still good: a link moves nothing', async () => {
    const applicantId = await newCitizen(ctx())
    const earlier = await received(applicantId, 0)
    const id = await received(applicantId, 1)
    const form = await on(id)
    must(await linkAttempt(at(ward.receiver, 1), LinkAttempt.parse({ ...(await on(id)), attemptId: earlier, reason: 'Cùng một việc' })))
    must(await forwardDossier(at(ward.receiver, 1), form))
  })
})

it('the export of the register tells the first contact and the number of attempts', async () => {
  const lines = []
  for await (const line of registerRows(ctx({ actor: ward.signer, now: days(50) }), {})) lines.push(line)
  expect(lines.find((l) => l.attempts === 3 && l.lastEndedAt !== null)).toMatchObject({ firstContactAt: days(0) })
  for (const line of lines.filter((l) => l.attempts === 1)) expect(line.firstContactAt).toBeLessThanOrEqual(line.receivedAt ?? Infinity)
})
