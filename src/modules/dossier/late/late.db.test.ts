/** Lateness on a real database: what the run finds, writes and does not write twice; who sees and signs what (domain.md §2.6). */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, dateOf, instant, plainDate } from '#kernel/plain-date.ts'
import { getWorkingCalendar } from '#modules/calendar'
import {
  extendDossier, getApology, getControlSlip, getDossierView, getMyDossier, getRegister, issueResult, lateList, lookUpDossier, renderApology, renderControlSlips, runLateness, actOnMany,
} from '#modules/dossier'
import { flushAccess } from '#platform/log/access.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { testDb } from '#test/db.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newCitizen, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { kiteMethod } from '#test/kite-permit.ts'
import { flat, pdfText } from '#test/pdf.ts'
import { loadState, saveManyChanges } from '../dossier-store.ts'
import { rowsOf } from '../lifecycle/rows.ts'
import { decideLateness } from '../lifecycle/extension.ts'
import { dueText } from '../papers/register-data.ts'
import { draftedReason } from './apology-reasons.ts'
import { findDueActs } from './find-due-acts.ts'

const { ctx, pool } = await testDb()
const on = (day: string, time = '09:00'): Instant => instant(Date.parse(`2026-${day}T${time}:00+07:00`))
const as = (actor: Officer, now: Instant) => ctx({ actor, now })
const RUN = { kind: 'system', job: 'lateness' } as const
const run = (now: Instant) => runLateness(ctx({ actor: RUN, now }))

let ward: Ward
let other: Ward
let chair: Officer
let control: Officer
beforeAll(async () => {
  await kiteProcedure(ctx(), { methods: [kiteMethod(), kiteMethod({ channel: 'online', time_limit: { amount: 4, unit: 'hour' }, time_limit_raw: '4 Giờ làm việc' }), kiteMethod({ channel: 'postal', time_limit: { amount: 10, unit: 'day' }, time_limit_raw: '10 Ngày' })] })
  ward = await newWard(ctx())
  other = await newWard(ctx(), undefined, 'phường Cánh Cò')
  chair = await newOfficer(ctx(), ward.agency, 'chair', 'Cao Chủ Tịch')
  control = await newOfficer(ctx(), other.division, 'control-officer', 'Đinh Kiểm Soát')
})

/** Received on Friday 20 November 2026, due on Thursday the 26th. */
const receive = async (methodRow = 1, applicantId?: Uuid): Promise<Uuid> => (await receivedDossier(ctx({ now: on('11-20') }), ward, { methodRow, ...(applicantId !== undefined && { applicantId }) })).id
const eventsOf = async (id: Uuid) => (await readStream(ctx().db, 'dossier', id)).map((e) => e.type)
const sign = async (ids: readonly Uuid[], now: Instant, actor: Officer = ward.signer) =>
  actOnMany(as(actor, now), { action: 'apologise', items: await Promise.all(ids.map(async (dossierId) => ({ dossierId, submissionKey: key(now), version: (await loadState(ctx(), dossierId)).version }))) })

describe('the lateness run', () => {
  it('finds in SQL exactly what the rule would do, for every kind of dossier on every day', async () => {
    const ids = [await receive(), await receive(2), await receive(3), await receive(), await receive(), await receive(), await receive()]
    await sendAlong(ctx({ now: on('11-23') }), ward, ids[3]!, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    await sendAlong(ctx({ now: on('11-30') }), ward, ids[4]!, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    await sendAlong(ctx({ now: on('11-23') }), ward, ids[5]!, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve'])
    const { version } = await loadState(ctx(), ids[5]!)
    must(await issueResult(as(ward.clerk, on('11-23')), { dossierId: ids[5]!, version, submissionKey: key(on('11-23')), kind: 'declined', title: 'Từ chối', number: '9/TB-UBND', issuedOn: plainDate('2026-11-23') }))
    must(await extendDossier(as(ward.signer, on('11-25')), { dossierId: ids[6]!, version: (await loadState(ctx(), ids[6]!)).version, submissionKey: key(on('11-25')), dueOn: plainDate('2026-11-27'), reason: 'workload' }))
    // Declined, and late: both handed over before any run has seen them finished.
    const [declined, tooLate] = [await receive(), await receive()]
    await sendAlong(ctx({ now: on('11-24') }), ward, declined, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve'])
    must(await issueResult(as(ward.clerk, on('11-24')), { dossierId: declined, version: (await loadState(ctx(), declined)).version, submissionKey: key(on('11-24')), kind: 'declined', title: 'Từ chối', number: '10/TB-UBND', issuedOn: plainDate('2026-11-24') }))
    await sendAlong(ctx({ now: on('11-24') }), ward, declined, ['return'])
    await sendAlong(ctx({ now: on('11-30') }), ward, tooLate, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue', 'return'])
    const calendar = await getWorkingCalendar(ctx())
    const all = (await pool.query<{ id: Uuid }>('select id from dossier.dossier order by id')).rows.map((r) => r.id)
    let [acted, quiet] = [0, 0]
    for (const [i, day] of ['11-20', '11-23', '11-24', '11-25', '11-26', '11-27', '11-28', '11-30', '12-01', '12-02', '12-04', '12-08'].entries()) {
      const now = on(day, i % 2 === 0 ? '05:00' : '11:00')
      const wanted: Uuid[] = []
      for (const id of all) if (decideLateness(await loadState(ctx(), id), { now, calendar }, draftedReason).length > 0) wanted.push(id)
      expect([...(await findDueActs(ctx({ now }), calendar))].sort(), day).toEqual(wanted)
      acted += wanted.length
      quiet += all.length - wanted.length
      // On half of the days it runs: what was done stands between the next days.
      if (i % 2 === 1) await run(now)
    }
    expect(Math.min(acted, quiet)).toBeGreaterThan(10)
    expect([(await loadState(ctx(), declined)).apologyDraft?.kind, (await loadState(ctx(), tooLate)).apologyDraft?.kind]).toEqual(['explanation', 'apology'])
  })

  it('once a day, twice, or two at a time: every letter, mark and escalation is made once', async () => {
    const ids = [await receive(), await receive(), await receive()]
    await Promise.all([run(on('11-25', '05:00')), run(on('11-25', '05:00')), run(on('11-25', '05:01'))])
    await run(on('11-25', '06:00'))
    await Promise.all([run(on('11-27', '05:00')), run(on('11-27', '05:00'))])
    await run(on('11-30', '05:00'))
    for (const id of ids) {
      expect(await eventsOf(id)).toEqual([
        'dossier.received', 'dossier.code-issued', 'dossier.apology-drafted', 'dossier.marked-late', 'dossier.escalated', 'dossier.apology-drafted', 'dossier.escalated',
      ])
    }
    const [marked] = (await readStream(ctx().db, 'dossier', ids[0]!)).filter((e) => e.type === 'dossier.marked-late')
    expect(marked?.actor).toMatchObject({ system: 'lateness' })
  })

  it('a dossier that somebody has in hand at that moment is left to the next run', async () => {
    const id = await receive()
    const holder = await pool.connect()
    try {
      await holder.query('begin')
      await holder.query('select from log.head where stream = $1 for update', [id])
      expect((await run(on('11-25', '05:00'))).left).toBeGreaterThanOrEqual(1)
      await holder.query('rollback')
    } finally {
      holder.release()
    }
    await run(on('11-25', '06:00'))
    expect(await eventsOf(id)).toContain('dossier.apology-drafted')
  })

  it('is the system’s alone', async () => {
    await expect(runLateness(as(chair, on('11-25')))).rejects.toThrow(Forbidden)
  })
})

describe('the letters', () => {
  it('many at once, an answer for each: sent, gone meanwhile, of another agency', async () => {
    const [a, b, c] = [await receive(), await receive(), await receive()]
    const { id: d } = await receivedDossier(ctx({ now: on('11-20') }), other)
    await run(on('11-25', '05:00'))
    await sendAlong(ctx({ now: on('11-25', '08:00') }), ward, c, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'])
    const outcomes = await sign([a, b, c, d], on('11-25'))
    expect(outcomes.map((o) => [o.dossierId, o.outcome])).toEqual([[a, 'done'], [b, 'done'], [c, 'refused'], [d, 'forbidden']])
    const [first, second] = [await loadState(ctx(), a), await loadState(ctx(), b)]
    expect(dateOf(first.dueAt!)).toBe('2026-11-30')
    expect(dateOf(first.dueOriginalAt!)).toBe('2026-11-26')
    const numbers = [first, second].map((s) => Number(/^(\d+)\/PXL-UBND$/.exec(s.apologies[0]!.number)?.[1]))
    expect(numbers[1]).toBe(numbers[0]! + 1)
    // Sent again, the same form gives the same answer and no second letter.
    expect((await sign([a], on('11-25'))).map((o) => o.outcome)).toEqual(['refused'])
    expect((await eventsOf(a)).filter((t) => t === 'dossier.extended')).toHaveLength(1)
  })

  it('a number is not spent on a letter that is refused', async () => {
    const [a, b] = [await receive(), await receive()]
    await run(on('11-25', '05:00'))
    const version = async (id: Uuid) => (await loadState(ctx(), id)).version
    const wish = { reason: 'workload', submissionKey: key(on('11-25')) }
    const refused = await extendDossier(as(ward.signer, on('11-25')), { ...wish, dossierId: a, version: await version(a), dueOn: plainDate('2027-11-30') })
    expect(refused.ok ? '' : refused.error.code).toBe('date-too-far')
    await sign([a, b], on('11-25'))
    const numbers = [await loadState(ctx(), a), await loadState(ctx(), b)].map((s) => Number(s.apologies[0]!.number.split('/')[0]))
    expect(numbers[1]).toBe(numbers[0]! + 1)
  })

  it('is printed as form 04 of the regime, the draft as a draft, and read by the applicant', async () => {
    const applicantId = await newCitizen(ctx(), { name: 'Tôn Nữ Thuý Hoà', phone: '0905998877' })
    const id = await receive(1, applicantId)
    await run(on('11-25', '05:00'))
    const draft = flat(await pdfText(await renderApology(await getApology(as(ward.signer, on('11-25')), id, 'draft'), 'https://motcua.example')))
    expect(draft).toContain('Số: ……')
    await sign([id], on('11-25'))
    const sent = flat(await pdfText(await renderApology(await getApology(as(ward.caseOfficer, on('11-25')), id, 1), 'https://motcua.example')))
    expect(sent).not.toContain('Số: ……')
    for (const words of ['VĂN BẢN XIN LỖI', 'Tôn Nữ Thuý Hoà', '17 giờ 30 phút, ngày 26 tháng 11 năm 2026', '17 giờ 30 phút, ngày 30 tháng 11 năm 2026', 'KT. CHỦ TỊCH', 'Phạm Văn Trời', '/PXL-UBND']) {
      expect(sent).toContain(words)
    }
    const view = await getDossierView(as(ward.signer, on('11-25')), id)
    const found = await lookUpDossier(ctx({ actor: { kind: 'anonymous' }, now: on('11-25') }), { code: view.code ?? '', secret: '8877', address: '192.0.2.7' })
    expect(found.ok ? found.value.apologies : []).toMatchObject([{ kind: 'extension', about: view.dueOriginalAt, dueAt: view.dueAt }])
    const own: Officer = { kind: 'person', userId: key(on('11-25')), personId: applicantId, posts: [] }
    const mine = await getMyDossier(as(own, on('11-25')), id)
    expect(mine.apologies).toHaveLength(1)
    expect(mine.timeline.map((t) => t.what)).toEqual(['received', 'extend'])
    expect((await getApology(as(own, on('11-25')), id, 1, 'own')).number).toBe(mine.apologies[0]?.number)
    await expect(getApology(as(own, on('11-25')), id, 'draft', 'own')).rejects.toThrow('apology')
    // Both dates stand on the papers that go along: nothing is struck out.
    const slip = flat(await pdfText(await renderControlSlips([await getControlSlip(as(ward.caseOfficer, on('11-25')), id)], 'https://motcua.example')))
    expect(slip).toContain(`ngày 30 tháng 11 năm 2026; hẹn lại theo thư số ${mine.apologies[0]?.number}, trước đó 17 giờ 30 phút, ngày 26 tháng 11 năm 2026`)
    const register = must(await getRegister(as(ward.signer, on('11-25')), { text: view.code ?? '' }))
    expect(register.rows.map(dueText)).toEqual(['26/11/2026; hẹn lại 30/11/2026'])
    await flushAccess(ctx().db)
  })
})

describe('the lists', () => {
  it('show the head what to sign, everybody what is late and who has it, the control office and the chair what has come before them', async () => {
    const place = await newWard(ctx(), undefined, 'phường Sáo Trúc')
    const head = await newOfficer(ctx(), place.agency, 'chair', 'Cao Sáo Trúc')
    const { id } = await receivedDossier(ctx({ now: on('11-20') }), place)
    const idsOf = async (actor: Officer, now: Instant, tab: Parameters<typeof lateList>[1]) => (await lateList(as(actor, now), tab)).rows.map((r) => r.id)
    const { id: far } = await receivedDossier(ctx({ now: on('11-20') }), place, { methodRow: 3 })
    expect(await idsOf(place.signer, on('11-23'), 'soon')).toEqual([id])
    expect(await idsOf(place.signer, on('11-26'), 'soon')).toEqual([id, far])
    await run(on('11-25', '05:00'))
    expect(await idsOf(place.signer, on('11-25'), 'letters')).toEqual([id])
    expect(await idsOf(ward.signer, on('11-25'), 'letters')).not.toContain(id)
    // On the list of the same day, also before the run has come.
    const { rows, counts } = await lateList(as(place.leader, on('11-27', '00:01')), 'late')
    expect([rows.map((r) => r.id), counts.late, rows[0]?.holder, rows[0]?.days]).toEqual([[id], 1, 'Trung tâm Phục vụ hành chính công phường Sáo Trúc', 1])
    await run(instant(on('11-27', '05:00')))
    expect(await idsOf(head, on('11-27'), 'escalated')).toEqual([])
    for (let day = 0; day < 5; day += 1) await run(instant(on('11-28', '05:00') + day * MS_PER_DAY))
    expect(await idsOf(head, on('12-02'), 'escalated')).toEqual([id])
    expect(await idsOf(control, on('12-02'), 'escalated')).toContain(id)
    await expect(lateList(as(place.caseOfficer, on('12-02')), 'late')).rejects.toThrow(Forbidden)
  })
})

it('a bulk write that would leave a row behind is refused whole: only one dossier at a time may lose rows', async () => {
  const { id } = await receivedDossier(ctx({ now: on('11-20') }), ward)
  const before = rowsOf(await loadState(ctx(), id))
  expect(before.component.length).toBeGreaterThan(0)
  await expect(saveManyChanges(ctx(), [{ before, after: { ...before, component: [] } }])).rejects.toThrow('component')
  await saveManyChanges(ctx(), [{ before, after: before }])
})
