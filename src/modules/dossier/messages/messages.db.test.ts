/** What happens to a dossier is told to whom it concerns: once, by their way, in their language, not at night, and to nobody who was erased. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, instant } from '#kernel/plain-date.ts'
import type { ProcedureRevision } from '#modules/catalogue'
import { completeSubmission, dossierMessages, refuseSubmission, requestCompletion, submitDossier, tellMorningWork } from '#modules/dossier'
import { type News, type Outside, editMessageTemplate, getMessageTemplate, queueNews, resendDelivery, setMessageSettings, setPreference, simulatedProviders, sweepMessages, wakeMessages } from '#modules/notification'
import { personErasures } from '#modules/organisation'
import type { Actor } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { createDb, createPool } from '#platform/db/pool.ts'
import { listDeadJobs } from '#platform/jobs/list-jobs.ts'
import { erasePrivate } from '#platform/log/erase-private.ts'
import { catchUp, replay } from '#platform/log/subscriptions.ts'
import { at as vn } from '#test/clock-cases.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, WHOLE_WAY, key, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { listener, outsideBy, runMessages } from '#test/messages.ts'
import { loadState } from '../dossier-store.ts'

const { ctx, url } = await testDb()
const privacy = createPool(url, { role: 'privacy', max: 1 })
afterAll(() => privacy.end())
const MINUTE = 60_000
const later = (minutes: number, from: Instant = NOW) => instant(from + minutes * MINUTE)

let ward: Ward
let kite: ProcedureRevision
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx(), 'H57.12')
})
/** Each test sees its own messages only; the log stays. */
beforeEach(async () => {
  await tell()
  await sql`truncate notification.message cascade`.execute(createDb(owner()))
  await sql`delete from graphile_worker._private_jobs`.execute(ctx().db)
})
let ownerPool: ReturnType<typeof createPool> | undefined
const owner = () => (ownerPool ??= createPool(url, { role: 'owner', max: 1 }))
afterAll(() => ownerPool?.end())

const tell = (now: Instant = NOW) => catchUp(ctx({ now }), dossierMessages)
const stateOf = async () =>
  (await sql<{ kind: string; state: string }>`select kind, state from notification.message order by created_at, id`.execute(ctx().db)).rows.map((row) => `${row.kind}: ${row.state}`)
const deliveries = async () => (await sql<{ id: Uuid; state: string; attempts: number; reason: string | null }>`select id, state, attempts, reason from notification.delivery order by id`.execute(ctx().db)).rows
const accountOf = (personId: Uuid): Actor => ({ kind: 'person', userId: key(NOW), personId, posts: [] })
const prefers = (personId: Uuid, choice: Partial<Parameters<typeof setPreference>[1]>) =>
  setPreference(ctx({ actor: accountOf(personId) }), { submissionKey: key(NOW), channels: ['sms'], lang: 'vi', digest: true, urgent: true, ...choice })
const submit = async (now: Instant = NOW) => {
  const by = accountOf(await newCitizen(ctx(), { phone: '0905777001' }))
  const { id, code } = must(await submitDossier(ctx({ actor: by, now }), { submissionKey: key(now), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter' }))
  return { id, code, by }
}
const on = async (id: Uuid) => ({ submissionKey: key(NOW), dossierId: id, version: (await loadState(ctx(), id)).version })

describe('a citizen is told', () => {
  it('that the dossier was received, when it is due, by the phone on record', async () => {
    const { code } = await receivedDossier(ctx(), ward, { applicantId: await newCitizen(ctx(), { phone: '0905123456' }) })
    await tell()
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(4))
    expect(sent, 'the window of five minutes').toEqual([])
    await runMessages(ctx(), outsideBy(provider), later(5))
    expect(sent).toMatchObject([{ channel: 'sms', to: '0905123456', subject: '', text: `Ho so ${code} da tiep nhan, hen tra 17:30 ngay 26/11/2026. Xem: https://motcua.example.vn/tra-cuu` }])
    expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 1, reason: null }])
  })

  it('of each step of an online filing: arrived, to complete, received, result, returned', async () => {
    const { id } = await submit()
    await tell()
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(5))
    must(await requestCompletion(ctx({ actor: ward.receiver, now: later(10) }), { ...(await on(id)), items: ['Ảnh con diều'], reason: 'Ảnh bị mờ' }))
    await tell(later(10))
    await runMessages(ctx(), outsideBy(provider), later(15))
    expect(await stateOf()).toEqual(['submitted: dispatched', 'completion-requested: dispatched'])
    expect(sent.map((m) => m.text.slice(0, 60)).join()).not.toMatch(/mờ|Ảnh/)
  })

  it('nothing any more of what was asked once it is answered', async () => {
    const { id, by } = await submit()
    must(await requestCompletion(ctx({ actor: ward.receiver, now: later(1) }), { ...(await on(id)), items: ['Ảnh con diều'], reason: 'Ảnh bị mờ' }))
    await tell(later(1))
    expect((await stateOf()).sort()).toEqual(['completion-requested: waiting', 'submitted: waiting'])
    must(await completeSubmission(ctx({ actor: by, now: later(2) }), { ...(await on(id)), components: [], otherUploadIds: [], note: 'Diều màu đỏ' }))
    await tell(later(2))
    expect((await stateOf()).sort()).toEqual(['completion-requested: settled', 'submitted: waiting'])
  })

  it('that it was submitted, whatever else happens meanwhile: an acknowledgement is combined with nothing', async () => {
    const { id, code } = await submit()
    must(await requestCompletion(ctx({ actor: ward.receiver, now: later(1) }), { ...(await on(id)), items: ['Ảnh con diều'], reason: 'Ảnh bị mờ' }))
    must(await refuseSubmission(ctx({ actor: ward.receiver, now: later(2) }), { ...(await on(id)), ground: 'not-eligible', reason: 'Diều quá dài' }))
    await tell(later(2))
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(7))
    expect(sent.filter((m) => m.text.includes(code))).toHaveLength(2)
    expect((await stateOf()).sort()).toEqual(['completion-requested: combined', 'refused: dispatched', 'submitted: dispatched'])
  })

  it('one message, not five: what happens within the window goes as the latest', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    await sendAlong(ctx({ now: later(1) }), ward, id, WHOLE_WAY)
    await tell(later(1))
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(6))
    expect(sent.map((m) => m.text.slice(0, 14))).toEqual(['Ket qua ho so '])
    expect((await stateOf()).sort()).toEqual(['received: combined', 'result-ready: combined', 'returned: dispatched'])
  })

  it('in their language, by every way that they chose', async () => {
    const applicantId = await newCitizen(ctx(), { phone: '0905123457' })
    await sql`update organisation.person set email = 'dieu@example.vn' where id = ${applicantId}`.execute(ctx().db)
    await prefers(applicantId, { channels: ['email', 'sms'], lang: 'en' })
    await receivedDossier(ctx(), ward, { applicantId })
    await tell()
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(5))
    expect(sent.map((m) => [m.channel, m.to, m.text.split(' ')[0]])).toEqual([['email', 'dieu@example.vn', 'Dear'], ['sms', '0905123457', 'Application']])
    expect(sent[0]?.subject).toMatch(/^Application H57\.12.* received, due 17:30 on 26\/11\/2026$/)
  })

  it('nothing, where they want nothing; where no way leads to them, that is on record', async () => {
    const quiet = await newCitizen(ctx())
    await prefers(quiet, { channels: [] })
    await receivedDossier(ctx(), ward, { applicantId: quiet })
    await receivedDossier(ctx(), ward, { applicantId: await newCitizen(ctx(), { phone: null }) })
    const mailOnly = await newCitizen(ctx(), { phone: '0905123458' })
    await prefers(mailOnly, { channels: ['email'] })
    await receivedDossier(ctx(), ward, { applicantId: mailOnly })
    await tell()
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(5))
    expect(sent).toEqual([])
    expect((await stateOf()).sort()).toEqual(['received: no-channel', 'received: no-channel', 'received: not-wanted'])
  })

  it('not at all, once they were erased', async () => {
    const [before, between] = [await newCitizen(ctx()), await newCitizen(ctx())]
    const erase = async (personId: Uuid) => {
      await erasePrivate({ ...ctx(), db: createDb(privacy) }, { kind: 'other', stream: personId, values: ['name', 'phone', 'personalNumber', 'address', 'birthOn', 'gender'].map((path) => ({ seq: 1, path })), reason: 'request-of-the-person' })
      await catchUp(ctx(), personErasures)
    }
    await receivedDossier(ctx(), ward, { applicantId: before })
    await receivedDossier(ctx(), ward, { applicantId: between })
    await tell()
    await erase(before)
    const refusing = listener(() => ({ outcome: 'retry', reason: 'http-503' }))
    await runMessages(ctx(), outsideBy(refusing.provider), later(5))
    await erase(between)
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(6))
    expect(sent).toEqual([])
    expect((await stateOf()).sort()).toEqual(['received: dispatched', 'received: erased'])
    expect(await deliveries()).toMatchObject([{ state: 'refused', reason: 'erased' }])
  })

  it('not at night: what happens at 21:30 leaves at seven, with what else the night brought', async () => {
    const night = vn('2026-11-20 21:30')
    const { id } = await submit(night)
    must(await requestCompletion(ctx({ actor: ward.receiver, now: vn('2026-11-21 06:50') }), { ...(await on(id)), items: ['Ảnh con diều'], reason: 'Ảnh bị mờ' }))
    await tell(vn('2026-11-21 06:51'))
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), vn('2026-11-21 06:59'))
    expect(sent).toEqual([])
    await runMessages(ctx(), outsideBy(provider), vn('2026-11-21 07:00'))
    expect(sent.map((m) => m.text)).toHaveLength(2)
    expect(sent.filter((m) => /can bo sung/.test(m.text))).toHaveLength(1)
  })

  it('an attempt that failed in the evening is not made at night', async () => {
    await receivedDossier(ctx(), ward)
    await tell()
    const busy = listener(() => ({ outcome: 'retry', reason: 'http-503' }))
    expect(await runMessages(ctx(), outsideBy(busy.provider), vn('2026-11-20 20:59'))).toEqual(['message not taken: http-503'])
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), vn('2026-11-20 23:00'))
    expect(sent).toEqual([])
    await runMessages(ctx(), outsideBy(provider), vn('2026-11-21 07:00'))
    expect(sent).toHaveLength(1)
  })
})

describe('exactly once', () => {
  it('however often the log is read', async () => {
    // What the tests before have told is not kept here: only this dossier counts.
    const { code } = await receivedDossier(ctx(), ward)
    await tell()
    const { sent: all, provider } = listener()
    const sent = () => all.filter((m) => m.text.includes(code))
    await runMessages(ctx(), outsideBy(provider), later(5))
    expect(sent()).toHaveLength(1)
    await replay(ctx(), dossierMessages)
    await runMessages(ctx(), outsideBy(provider), later(30))
    await replay(ctx({ now: later(60) }), dossierMessages)
    await runMessages(ctx(), outsideBy(provider), later(90))
    expect(sent()).toHaveLength(1)
    expect((await sql<{ n: number }>`select count(*)::int as n from notification.message where code = ${code}`.execute(ctx().db)).rows).toEqual([{ n: 1 }])
  })

  it('a worker that dies after the provider took it asks again under the same id, and the simulator has one', async () => {
    await receivedDossier(ctx(), ward)
    await tell()
    const real = simulatedProviders(ctx().db)
    const dying: Outside = { ...outsideBy(listener().provider), providers: { sms: { name: 'dying', send: async (message) => { await real.sms?.send(message); throw new Error('killed') } } } }
    expect(await runMessages(ctx(), dying, later(5))).toEqual(['message not taken: failed'])
    expect(await runMessages(ctx(), { ...dying, providers: real }, later(6))).toEqual([])
    await runMessages(ctx(), { ...dying, providers: real }, later(60))
    const { rows } = await sql<{ times: number }>`select s.times from notification.simulated s join notification.delivery d on d.id = s.id`.execute(ctx().db)
    expect(rows).toEqual([{ times: 2 }])
    expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  it('old events are no news: a log read late tells nobody of last week', async () => {
    await receivedDossier(ctx(), ward)
    await tell(later(3 * 24 * 60))
    expect(await stateOf()).toEqual([])
  })

  it('what lost its job, or waits since the clock was moved, is woken', async () => {
    await receivedDossier(ctx(), ward)
    await tell()
    await sql`delete from graphile_worker._private_jobs`.execute(ctx().db)
    expect(await wakeMessages(ctx({ now: later(4) }))).toBe(0)
    expect(await wakeMessages(ctx({ now: later(5) }))).toBe(1)
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(5))
    expect(sent).toHaveLength(1)
  })
})

describe('the delivery record', () => {
  it('what no attempt brings there is dead: in the list of dead jobs, and sent when an administrator says so', async () => {
    await receivedDossier(ctx(), ward)
    await tell()
    const busy = listener(() => ({ outcome: 'retry', reason: 'smtp-451' }))
    for (let i = 0; i < 12; i += 1) await runMessages(ctx(), outsideBy(busy.provider), later(10 + i))
    expect(busy.sent).toHaveLength(10)
    expect(new Set(busy.sent.map((m) => m.id)).size).toBe(1)
    const [dead] = await deliveries()
    expect(dead).toMatchObject({ state: 'dead', attempts: 10, reason: 'smtp-451' })
    expect((await listDeadJobs(ctx())).map((job) => [job.task, job.lastError])).toHaveLength(1)
    must(await resendDelivery(ctx(), { submissionKey: key(NOW), deliveryId: dead!.id }))
    expect(await listDeadJobs(ctx())).toEqual([])
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(30))
    expect(sent.map((m) => m.id)).toEqual([dead!.id])
    expect(await resendDelivery(ctx(), { submissionKey: key(NOW), deliveryId: dead!.id })).toEqual({ ok: false, error: { code: 'not-failed' } })
  })

  it('a refusal is final, with its reason, and no job is left', async () => {
    await receivedDossier(ctx(), ward)
    await tell()
    const no = listener(() => ({ outcome: 'refused', reason: 'http-422' }))
    for (const minute of [5, 60]) await runMessages(ctx(), outsideBy(no.provider), later(minute))
    expect(no.sent).toHaveLength(1)
    expect(await deliveries()).toMatchObject([{ state: 'refused', attempts: 1, reason: 'http-422' }])
  })

  it('holds nothing personal: no name, no phone, no text', async () => {
    await receivedDossier(ctx(), ward, { applicantId: await newCitizen(ctx(), { name: 'Nguyễn Thị Cánh Diều', phone: '0905999888' }) })
    await tell()
    await runMessages(ctx(), { ...outsideBy(listener().provider), providers: simulatedProviders(ctx().db) }, later(5))
    const { rows } = await sql<{ text: string }>`
      select concat((select string_agg(to_jsonb(m)::text, '') from notification.message m), (select string_agg(to_jsonb(d)::text, '') from notification.delivery d),
                    (select string_agg(to_jsonb(s)::text, '') from notification.simulated s), (select string_agg(payload::text, '') from graphile_worker._private_jobs)) as text`.execute(ctx().db)
    expect(rows[0]?.text).toContain('dispatched')
    for (const word of ['Cánh', '0905999888']) expect(rows[0]?.text).not.toContain(word)
  })

  it('is kept for four hundred days', async () => {
    await receivedDossier(ctx(), ward)
    await tell()
    expect(await sweepMessages(ctx({ now: later(399 * 24 * 60) }))).toBe(0)
    expect(await sweepMessages(ctx({ now: later(401 * 24 * 60) }))).toBe(1)
  })
})

describe('what an administrator decides', () => {
  it('other texts are used from now on; broken ones are refused; the shipped ones come back', async () => {
    const shipped = (await getMessageTemplate(ctx(), 'received')).template
    const texts = { ...shipped.texts, vi: { ...shipped.texts.vi, sms: 'Da nhan {code}' } }
    const edit = (version: string, wanted: typeof texts | null) => editMessageTemplate(ctx(), { submissionKey: key(NOW), kind: 'received', version, texts: wanted })
    expect(await edit(shipped.version, { ...texts, en: { ...texts.en, app: '{ma}' } })).toMatchObject({ ok: false, error: { code: 'template-broken', faults: [{ lang: 'en', part: 'app', found: '{ma}', line: 1, column: 1 }] } })
    const { version } = must(await edit(shipped.version, texts))
    await expect(edit(shipped.version, texts)).rejects.toThrow('stale')
    const { code } = await receivedDossier(ctx(), ward)
    await tell()
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), later(5))
    expect(sent.map((m) => m.text)).toEqual([`Da nhan ${code}`])
    must(await edit(version, null))
    expect((await getMessageTemplate(ctx(), 'received')).template.version).toBe(shipped.version)
  })

  it('quiet hours and window; a day without any hour to send is refused', async () => {
    const set = (change: object) => setMessageSettings(ctx(), { submissionKey: key(NOW), quietFrom: 0, quietTo: 0, window: 0, channels: ['sms'], ...change })
    expect(await set({ quietFrom: 8 * 60, quietTo: 7 * 60 })).toEqual({ ok: false, error: { code: 'quiet-all-day' } })
    expect(await set({ channels: ['sms', 'sms'] })).toEqual({ ok: false, error: { code: 'channel-twice' } })
    expect(await set({ channels: [] })).toEqual({ ok: false, error: { code: 'no-channel' } })
    must(await set({}))
    await receivedDossier(ctx({ now: vn('2026-11-20 23:00') }), ward)
    await tell(vn('2026-11-20 23:00'))
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), vn('2026-11-20 23:00'))
    expect(sent).toHaveLength(1)
    must(await set({ quietFrom: 21 * 60, quietTo: 7 * 60, window: 5, channels: ['email', 'sms', 'app'] }))
  })
})

describe('an officer is told', () => {
  const toOfficers = (sent: readonly { text: string; to: string }[], actor: Actor) => sent.filter((m) => actor.kind === 'person' && m.to === phoneOf.get(actor.personId))
  const phoneOf = new Map<Uuid, string>()
  beforeAll(async () => {
    for (const [i, { personId }] of [ward.caseOfficer, ward.leader].entries()) {
      phoneOf.set(personId, `090500000${i}`)
      await sql`update organisation.person set phone = ${`090500000${i}`} where id = ${personId}`.execute(ctx().db)
    }
  })

  it('at once, when a dossier comes into their hands on its last day; not of one that has time', async () => {
    const [early, urgent] = [await receivedDossier(ctx(), ward), await receivedDossier(ctx(), ward)]
    await sendAlong(ctx(), ward, early.id, ['forward-desk', 'assign'])
    const lastDay = vn('2026-11-26 10:00')
    await sendAlong(ctx({ now: lastDay }), ward, urgent.id, ['forward-desk', 'assign'])
    await tell(lastDay)
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), lastDay)
    expect(toOfficers(sent, ward.caseOfficer).map((m) => m.text)).toEqual([`Gap: ho so ${urgent.code} hen tra 17:30 ngay 26/11/2026. https://motcua.example.vn/xu-ly/ho-so/${urgent.id}`])
  })

  it('every working morning of what is overdue, due and new, once; not on Sundays, not if they do not want it', async () => {
    const monday = vn('2026-11-30 07:00')
    await tellMorningWork(ctx({ now: monday }))
    await tellMorningWork(ctx({ now: monday }))
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), monday)
    expect(toOfficers(sent, ward.caseOfficer).map((m) => m.text)).toEqual([expect.stringMatching(/^Hom nay: 2 qua hen, 0 den han, 0 moi\. https:/)])
    expect(await tellMorningWork(ctx({ now: vn('2026-11-29 07:00') }))).toBe(0)
    await setPreference(ctx({ actor: ward.caseOfficer }), { submissionKey: key(NOW), channels: ['sms'], lang: 'vi', digest: false, urgent: false })
    await sendAlong(ctx({ now: monday }), ward, (await receivedDossier(ctx({ now: monday }), ward)).id, ['forward-desk'])
    const tuesday = vn('2026-12-01 07:00')
    await tellMorningWork(ctx({ now: tuesday }))
    const next = listener()
    await runMessages(ctx(), outsideBy(next.provider), tuesday)
    expect(toOfficers(next.sent, ward.caseOfficer)).toEqual([])
    expect(toOfficers(next.sent, ward.leader)).toHaveLength(1)
  })

  it('who watches a unit: how much is late in it, in one line and not in a message for each', async () => {
    await sql`update organisation.person set email = 'may@example.vn' where id = ${ward.leader.personId}`.execute(ctx().db)
    await prefers(ward.leader.personId, { channels: ['email'] })
    const wednesday = vn('2026-12-02 07:00')
    await tellMorningWork(ctx({ now: wednesday }))
    const { sent, provider } = listener()
    await runMessages(ctx(), outsideBy(provider), wednesday)
    expect(sent.filter((m) => m.to === 'may@example.vn').map((m) => m.text)).toEqual([expect.stringMatching(/Quá hẹn trong phạm vi bạn theo dõi: \d+\.\n\nXem: https/)])
  })
})

describe('news', () => {
  const news: News = { cause: 'x:1', at: NOW, personId: key(NOW), dossierId: null, code: null, kind: 'received', facts: {} }
  it('comes from the program alone, inside the transaction of what happened', async () => {
    await expect(inTx(ctx({ actor: ward.receiver }), (ctx) => queueNews(ctx, [news]))).rejects.toThrow('forbidden')
    await expect(queueNews(ctx(), [news])).rejects.toThrow('outside a transaction')
    await expect(inTx(ctx(), (ctx) => queueNews(ctx, [{ ...news, kind: 'gossip' }]))).rejects.toThrow('no template')
  })
})
