/** The detours on a real database: what each side sees and may change, what the clock does, what is kept. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { MS_PER_DAY, instant, isoInstant, plainDate } from '#kernel/plain-date.ts'
import {
  AnswerSupplement, ProposeSupplement, WithdrawDossier, answerSupplement, confirmPayment, getDossierView, getMyDossier, lapseSupplements, listMyDossiers, listProposals, officerQueue, proposeSupplement,
  recordSupplement, requestPayment, returnSupplement, stopDossier, unitBoard, withdrawDossier, withdrawMyDossier,
} from '#modules/dossier'
import { sql } from '#platform/db/db.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { NOW, testDb } from '#test/db.ts'
import { asked, on, onlineInHand, photo, proposalOf } from '#test/detours.ts'
import { type Ward, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx } = await testDb()
let ward: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})
const later = (days: number) => instant(NOW + days * MS_PER_DAY)
const rowOf = async (id: Uuid) => (await sql<Record<string, unknown>>`select * from dossier.dossier where id = ${id}`.execute(ctx().db)).rows[0]!

describe('a supplement in examination (domain.md §2.2, 4→5→4; §2.6)', () => {
  it('proposed, nothing is asked of the citizen; sent back, the officer reads why', async () => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    must(await proposeSupplement(ctx({ actor: ward.caseOfficer }), ProposeSupplement.parse({ ...(await on(ctx(), id)), ...proposalOf() })))
    expect(await getMyDossier(citizen, id)).toMatchObject({ status: 'processing', supplements: [] })
    expect((await rowOf(id))['proposed_at']).toBe(NOW)
    const listed = async (actor: Ward['leader']) => (await listProposals(ctx({ actor }))).some((p) => p.id === id)
    expect([await listed(ward.leader), await listed(ward.signer), await listed(ward.caseOfficer)]).toEqual([true, true, false])
    must(await returnSupplement(ctx({ actor: ward.leader }), { ...(await on(ctx(), id)), reason: 'Ảnh vẫn xem được' }))
    const view = await getDossierView(ctx({ actor: ward.caseOfficer }), id)
    expect(view.supplements[0]).toMatchObject({ state: 'sent-back', sentBack: { reason: 'Ảnh vẫn xem được' } })
    expect(view.actions.map((a) => a.action)).toContain('propose-supplement')
  })

  it('approved, the clock stands still, the desk watches, and both sides see where and why', async () => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    await asked(ctx(), ward, id)
    const mine = await getMyDossier(citizen, id)
    expect(mine).toMatchObject({ status: 'awaiting-supplement', dueAt: null, held: { step: 'SUPPLEMENT', unitId: ward.desk.id } })
    expect(mine.supplements[0]?.items.map((i) => [i.place.title, i.reason])).toEqual([['Nội dung đề nghị – Đề nghị giải quyết', 'wrong-entry'], ['Ảnh con diều', 'unreadable']])
    expect((await listMyDossiers(citizen)).find((d) => d.id === id)?.punctuality).toBe('paused')
    expect((await officerQueue(ctx({ actor: ward.caseOfficer }))).rows.some((r) => r.id === id)).toBe(false)
    expect(await rowOf(id)).toMatchObject({ national_code: 5, due_at: null, due_law_at: null, paused_at: NOW, awaited_until: '2026-12-15', holder_post_id: null })
    expect((await unitBoard(ctx({ actor: ward.leader }))).tally.paused).toBeGreaterThan(0)
  })

  it('the citizen changes only what was marked, and it comes back to the same officer with what differs', async () => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    const promised = (await getDossierView(ctx(), id)).dueAt!
    await asked(ctx(), ward, id)
    const answeredAt = later(7)
    const answer = AnswerSupplement.parse({
      ...(await on(ctx(), id)),
      fields: { 'request.content': ['Xin thả diều ở bến Ngự'], 'requester.fullName': ['Người khác'] },
      papers: [{ n: 3, uploadIds: [await photo({ ...citizen, now: answeredAt })] }],
    })
    must(await answerSupplement({ ...citizen, now: answeredAt }, answer))
    const view = await getDossierView(ctx({ actor: ward.caseOfficer, now: answeredAt }), id)
    expect(view).toMatchObject({ status: 'processing', held: { step: 'HANDLE', postId: ward.caseOfficer.posts[0]!.postId } })
    expect(view.form?.answers).toMatchObject({ requester: { fullName: 'Nguyễn Đăng Diều' }, request: { content: 'Xin thả diều ở bến Ngự' } })
    expect(view.supplements[0]?.answer).toMatchObject({ changes: [{ at: '/request/content', before: 'Xin thả diều', after: 'Xin thả diều ở bến Ngự' }], attachments: [1] })
    // Friday 20/11 to Friday 27/11, three working days: of the limit nothing had run, so it ends three working days after the answer.
    expect([isoInstant(promised), isoInstant(view.dueAt!)]).toEqual(['2026-11-26T17:30:00+07:00', '2026-12-02T17:30:00+07:00'])
    expect(view.dueChanges).toMatchObject([{ kind: 'supplement', from: promised, to: view.dueAt }])
    expect(view.dueOriginalAt).toBe(promised)
  })

  it('a file for a paper that nobody asked for is refused, and so is an answer that leaves something open without a word', async () => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    await asked(ctx(), ward, id)
    const stray = AnswerSupplement.parse({ ...(await on(ctx(), id)), papers: [{ n: 1, uploadIds: [await photo(citizen)] }] })
    expect(await answerSupplement(citizen, stray)).toMatchObject({ ok: false, error: { code: 'not-asked-for' } })
    const half = AnswerSupplement.parse({ ...(await on(ctx(), id)), fields: { 'request.content': ['Xin thả diều ở bến Ngự'] } })
    expect(await answerSupplement(citizen, half)).toMatchObject({ ok: false, error: { code: 'items-unanswered', items: [{ place: { title: 'Ảnh con diều' } }] } })
    const empty = AnswerSupplement.parse({ ...(await on(ctx(), id)), fields: { 'request.content': [''] } })
    expect(await answerSupplement(citizen, empty)).toMatchObject({ ok: false, error: { code: 'answers-wrong', errors: { '/request/content': expect.any(String) } } })
    const other = { ...citizen, actor: { kind: 'person', userId: id, personId: await newCitizen(ctx()), posts: [] } } as const
    await expect(answerSupplement(other, half)).rejects.toThrow(NotFound)
  })

  it('brought to the desk on paper, the desk writes down the sheets', async () => {
    const { id } = await onlineInHand(ctx(), ward)
    await asked(ctx(), ward, id)
    must(await recordSupplement(ctx({ actor: ward.receiver }), AnswerSupplement.parse({ ...(await on(ctx(), id)), fields: { 'request.content': ['Xin thả diều ở bến Ngự'] }, papers: [{ n: 3, originals: 1 }] })))
    expect((await getDossierView(ctx(), id)).components).toContainEqual({ n: 3, name: 'Ảnh con diều', originals: 1, copies: 0 })
  })

  it('one more needs a new fact and a signer', async () => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    await asked(ctx(), ward, id)
    must(await answerSupplement(citizen, AnswerSupplement.parse({ ...(await on(ctx(), id)), note: 'Ảnh đã rõ, xin xem lại' })))
    const again = async (newFact?: string) => proposeSupplement(ctx({ actor: ward.caseOfficer }), ProposeSupplement.parse({ ...(await on(ctx(), id)), ...proposalOf(newFact === undefined ? {} : { newFact }) }))
    expect(await again()).toMatchObject({ ok: false, error: { code: 'new-fact-needed' } })
    must(await again('Hàng xóm báo diều có lưỡi dao'))
    const buttons = async (actor: Ward['leader']) => (await getDossierView(ctx({ actor }), id)).actions.map((a) => a.action)
    expect(await buttons(ward.leader)).not.toContain('request-supplement')
    expect(await buttons(ward.signer)).toContain('request-supplement')
  })

  it('unanswered past its limit: an act of the system opens the way to the stop notice', async () => {
    const { id } = await onlineInHand(ctx(), ward)
    await asked(ctx(), ward, id)
    const stop = async (now: typeof NOW) => stopDossier(ctx({ actor: ward.signer, now }), { ...(await on(ctx(), id)), ground: 'supplement-lapsed', reason: 'Không bổ sung', legalBasis: 'NĐ 118/2025' })
    expect(await stop(later(20))).toMatchObject({ ok: false, error: { code: 'supplement-not-lapsed' } })
    await expect(lapseSupplements(ctx({ actor: ward.signer }))).rejects.toThrow(Forbidden)
    const system = (days: number) => ctx({ actor: { kind: 'system', job: 'lapse-supplements' }, now: later(days) })
    expect(await lapseSupplements(system(25))).toBe(0)
    // Every other test's request of this day has run out as well.
    expect(await lapseSupplements(system(26))).toBeGreaterThan(0)
    expect(await lapseSupplements(system(26))).toBe(0)
    expect((await readStream(ctx().db, 'dossier', id)).at(-1)).toMatchObject({ type: 'dossier.supplement-lapsed', data: { until: '2026-12-15' }, actor: { system: 'lapse-supplements' } })
    must(await stop(later(27)))
    const view = await getDossierView(ctx({ now: later(30) }), id)
    expect(view).toMatchObject({ status: 'stopped', held: null, ending: { kind: 'stopped', ground: 'supplement-lapsed', endedAt: NOW }, punctuality: 'early', supplements: [{ state: 'dropped', lapsedAt: later(26) }] })
    expect(await rowOf(id)).toMatchObject({ national_code: 8, open: false, ended_at: NOW, paused_at: null })
  })
})

describe('a financial obligation (domain.md §2.2, 4→6→4)', () => {
  it('waits until it is paid, then goes on with the same officer; money is a track of its own', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
    must(await requestPayment(ctx({ actor: ward.caseOfficer }), { ...(await on(ctx(), id)), amount: 20_000, noticeNumber: '15/TB-CCT', noticeOn: plainDate('2026-11-20'), dueOn: plainDate('2026-12-20') }))
    expect(await rowOf(id)).toMatchObject({ national_code: 6, finance: 'owed', hand_over: 'none', sync: 'waiting', due_at: null, awaited_until: '2026-12-20' })
    const confirm = async (paidOn: string, days: number) => confirmPayment(ctx({ actor: ward.receiver, now: later(days) }), { ...(await on(ctx(), id)), paidOn: plainDate(paidOn), evidence: 'Biên lai 000123' })
    expect(await confirm('2026-11-19', 3)).toMatchObject({ ok: false, error: { code: 'paid-before-notice' } })
    must(await confirm('2026-11-23', 3))
    expect(await rowOf(id)).toMatchObject({ national_code: 4, finance: 'settled', step: 'HANDLE', holder_post_id: ward.caseOfficer.posts[0]!.postId, awaited_until: null })
  })
})

describe('a withdrawal (domain.md §2.2, 2,4,5,6→7)', () => {
  it('from the account: closed, counted by the day on which the work was over', async () => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    must(await withdrawMyDossier(citizen, { ...(await on(ctx(), id)), reason: 'Không thả nữa' }))
    expect(await getMyDossier(citizen, id)).toMatchObject({ status: 'withdrawn', held: null, punctuality: 'early', actions: [] })
    expect(await withdrawMyDossier(citizen, { ...(await on(ctx(), id)) })).toMatchObject({ ok: false, error: { code: 'wrong-status' } })
  })

  it('at the desk with the written request; not after the result is issued; nobody else’s', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const stranger = { kind: 'person', userId: id, personId: await newCitizen(ctx()), posts: [] } as const
    await expect(withdrawMyDossier(ctx({ actor: stranger }), await on(ctx(), id))).rejects.toThrow(NotFound)
    must(await withdrawDossier(ctx({ actor: ward.receiver }), WithdrawDossier.parse({ ...(await on(ctx(), id)), evidence: 'Đơn ngày 20/11/2026' })))
    expect((await sql<object>`select kind, evidence, ground from dossier.ending where dossier_id = ${id}`.execute(ctx().db)).rows).toEqual([{ kind: 'withdrawn', evidence: 'Đơn ngày 20/11/2026', ground: null }])
    const { id: done } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx(), ward, done, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    expect(await withdrawDossier(ctx({ actor: ward.receiver }), WithdrawDossier.parse({ ...(await on(ctx(), done)), evidence: 'Đơn' }))).toMatchObject({ ok: false, error: { code: 'wrong-status', status: 'finished' } })
  })
})
