/** From a phone: filed once whatever the line does, answered by the desk, completed by nobody but who applied. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, instant, isoInstant } from '#kernel/plain-date.ts'
import type { ProcedureRevision } from '#modules/catalogue'
import {
  type SubmitDossier, acceptSubmission, completeSubmission, forwardDossier, getDossierView, getMyDossier, getReceipt, giveGuidance, intakeInbox, listGuidance, listMyDossiers,
  lookUpDossier, mayReadOwnDossier, refuseSubmission, requestCompletion, submitDossier,
} from '#modules/dossier'
import { storeUpload } from '#modules/documents'
import { leavePost } from '#modules/organisation'
import type { Actor } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { flushAccess } from '#platform/log/access.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, must, newCitizen, newOfficer, newWard } from '#test/factories.ts'
import { columnsOf, keyOf, loadState, TABLE_NAMES } from '../dossier-store.ts'
import { guidanceFrom, guidanceRow } from '../guidance/guidance-state.ts'
import { rowsOf } from '../lifecycle/rows.ts'

const { ctx, owner } = await testDb()
let ward: Ward
let otherWard: Ward
let kite: ProcedureRevision
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx(), 'H57.12')
  otherWard = await newWard(ctx(), 'H57.13')
})

const accountOf = (personId: Uuid): Actor => ({ kind: 'person', userId: key(NOW), personId, posts: [] })
const newApplicant = async (name = 'Đặng Thị Diều Hâu'): Promise<Actor> => accountOf(await newCitizen(ctx(), { name, phone: '0905777001' }))
const as = (actor: Actor, now: Instant = NOW) => ctx({ actor, now })
const atDesk = (now: Instant = NOW) => as(ward.receiver, now)
const wish = (change: Partial<SubmitDossier> = {}): SubmitDossier => ({
  submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter', ...change,
})
const submitted = async (applicant?: Actor, change: Partial<SubmitDossier> = {}) => {
  const by = applicant ?? (await newApplicant())
  return { by, ...must(await submitDossier(as(by), wish(change))) }
}
const versionOf = async (id: Uuid) => (await loadState(ctx(), id)).version
const on = async (id: Uuid) => ({ submissionKey: key(NOW), dossierId: id, version: await versionOf(id) })
const PDF = Buffer.from('%PDF-1.7\n% Ảnh con diều\n%%EOF\n')
async function* once(bytes: Buffer) {
  yield bytes
}
const upload = async (actor: Actor, now: Instant = NOW) => must(await storeUpload(as(actor, now), { name: 'Ảnh diều của Đặng Thị Diều Hâu.pdf', content: once(PDF) })).id

describe('filing on line', () => {
  it('decision 24: acknowledged with its code, the look-up secret, and the moment by which the desk answers (8 working hours)', async () => {
    const { id, code, secret, intakeDueAt } = await submitted()
    expect(code).toMatch(/^H57\.12-20261120-\d{7}$/)
    expect(secret).toMatch(/^[A-Z][A-Z2-9]{3}$/)
    expect(isoInstant(intakeDueAt)).toBe('2026-11-23T08:00:00+07:00')
    const found = must(await lookUpDossier(ctx({ actor: { kind: 'anonymous' } }), { code, secret, address: '192.0.2.7' }))
    expect(found).toMatchObject({ status: 'submitted', nationalCode: 1, receivedAt: null, dueAt: null, punctuality: 'not-counted' })
    expect((await intakeInbox(atDesk(), { tab: 'new' })).rows.map((row) => row.id)).toContain(id)
  })

  it('decision 17: pressed twice, answer lost, replayed later: one dossier', async () => {
    const by = await newApplicant()
    const input = wish({ components: [{ n: 1, uploadIds: [await upload(by)] }] })
    const answers = await Promise.all(Array.from({ length: 8 }, () => submitDossier(as(by), input)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await submitDossier(as(by, instant(NOW + 3 * MS_PER_DAY)), input)).toEqual(answers[0])
    expect(await listMyDossiers(as(by))).toHaveLength(1)
    await expect(submitDossier(as(by), { ...input, delivery: 'online' })).rejects.toThrow(Stale)
    await expect(submitDossier(as(await newApplicant()), input)).rejects.toThrow(Stale)
  })

  it('a file that is not there any more refuses the whole filing, and nothing is left of it', async () => {
    const [by, other] = [await newApplicant(), await newApplicant('Hồ Thị Sáo')]
    const before = (await owner.query('select count(*)::int as n from dossier.dossier')).rows[0].n
    const foreign = await upload(other)
    expect(await submitDossier(as(by), wish({ otherUploadIds: [foreign] }))).toMatchObject({ ok: false, error: { code: 'upload-gone', uploadIds: [foreign] } })
    expect((await owner.query('select count(*)::int as n from dossier.dossier')).rows[0].n).toBe(before)
  })

  it('is refused at a row of the counter, at a place that does not receive it, without an account', async () => {
    const by = await newApplicant()
    expect(await submitDossier(as(by), wish({ methodRow: 1 }))).toMatchObject({ ok: false, error: { code: 'row-not-online' } })
    expect(await submitDossier(as(by), wish({ revisionId: key(NOW) }))).toMatchObject({ ok: false, error: { code: 'revision-replaced', current: kite.id } })
    expect(await submitDossier(as(by), wish({ delivery: 'postal' }))).toMatchObject({ ok: false, error: { code: 'address-missing' } })
    await expect(submitDossier(as({ kind: 'anonymous' }), wish())).rejects.toThrow(Forbidden)
  })
})

describe('the electronic form', () => {
  const ANSWERS = {
    requester: { fullName: 'Đặng Thị Diều Hâu', personalId: '046190000001', phone: '0905777001', address: 'Số 1 Lê Lợi' },
    request: { content: 'Xin thả diều Hâu ở bãi bồi', declaration: true },
  }

  it('is kept as filled in, with the version that it was filled in by: the applicant and the desk read it again', async () => {
    const { id, by } = await submitted(undefined, { form: { slug: 'chung', answers: ANSWERS } })
    const own = await getMyDossier(as(by), id)
    expect(own.form).toMatchObject({ slug: 'chung', version: expect.stringMatching(/./), answers: ANSWERS })
    expect((await getDossierView(atDesk(), id)).form).toEqual(own.form)
  })

  it('replaced by the answer to a request, checked like the first', async () => {
    const { id, by } = await submitted(undefined, { form: { slug: 'chung', answers: ANSWERS } })
    must(await requestCompletion(atDesk(), { ...(await on(id)), items: ['Ghi rõ bãi thả'], reason: 'Chưa rõ nơi thả' }))
    const again = { ...ANSWERS, request: { ...ANSWERS.request, content: 'Xin thả diều Hâu ở bãi Cồn Hến' } }
    const wrong = await completeSubmission(as(by), { ...(await on(id)), form: { slug: 'chung', answers: {} }, components: [], otherUploadIds: [] })
    expect(wrong).toMatchObject({ ok: false, error: { code: 'answers-wrong' } })
    must(await completeSubmission(as(by), { ...(await on(id)), form: { slug: 'chung', answers: again }, components: [], otherUploadIds: [] }))
    expect((await getMyDossier(as(by), id)).form?.answers).toEqual(again)
  })

  it('of another procedure, or wrongly filled in, refuses the filing and says where', async () => {
    const by = await newApplicant()
    expect(await submitDossier(as(by), wish({ form: { slug: 'to-khai-ket-hon', answers: {} } }))).toEqual({ ok: false, error: { code: 'form-replaced', slug: 'chung' } })
    const wrong = await submitDossier(as(by), wish({ form: { slug: 'chung', answers: { ...ANSWERS, requester: { ...ANSWERS.requester, phone: 'không có' } } } }))
    expect(wrong).toMatchObject({ ok: false, error: { code: 'answers-wrong', errors: { '/requester/phone': expect.stringMatching(/./) } } })
    expect(await listMyDossiers(as(by))).toEqual([])
  })
})

describe('the desk answers', () => {
  it('accepts: the clock of the law starts at that moment, and the receipt can be printed', async () => {
    const { id } = await submitted()
    const monday = instant(Date.UTC(2026, 10, 23, 2))
    must(await acceptSubmission(atDesk(monday), await on(id)))
    const view = await getDossierView(atDesk(monday), id)
    expect(view).toMatchObject({ status: 'received', receivedAt: monday, channel: 'online', held: { step: 'RECEIVE' } })
    // Monday 23/11 is day 0; Culture Day 24/11 does not count (C2, C5).
    expect(isoInstant(view.dueAt!)).toBe('2026-11-27T17:30:00+07:00')
    expect((await getReceipt(atDesk(monday), id)).receivedAt).toBe(monday)
    must(await forwardDossier(atDesk(monday), await on(id)))
  })

  it('may correct the way of filing, and refuses one that cannot be received', async () => {
    const { id } = await submitted()
    expect(await acceptSubmission(atDesk(), { ...(await on(id)), methodRow: 9 })).toMatchObject({ ok: false, error: { code: 'no-such-row' } })
    must(await acceptSubmission(atDesk(), { ...(await on(id)), methodRow: 1 }))
    expect(await getDossierView(atDesk(), id)).toMatchObject({ methodN: 1, channel: 'online' })
  })

  it('asks once for everything; the applicant completes; the desk has eight new hours; a second request is refused', async () => {
    const { id, by } = await submitted()
    must(await requestCompletion(atDesk(), { ...(await on(id)), items: ['Ảnh con diều chụp thẳng', 'Đơn có chữ ký'], reason: 'Ảnh mờ' }))
    expect((await intakeInbox(atDesk(), { tab: 'waiting' })).rows.map((row) => row.id)).toContain(id)
    expect((await listMyDossiers(as(by))).find((d) => d.id === id)?.asked).toMatchObject({ items: ['Ảnh con diều chụp thẳng', 'Đơn có chữ ký'], reason: 'Ảnh mờ', until: null })
    const later = instant(NOW + 5 * MS_PER_DAY)
    must(await completeSubmission(as(by, later), { ...(await on(id)), components: [{ n: 1, uploadIds: [await upload(by, later)] }], otherUploadIds: [], note: 'Đã chụp lại' }))
    expect(await getMyDossier(as(by), id)).toMatchObject({ status: 'submitted', completionRequests: [{ answeredAt: later }], attachments: [{ n: 1, component: 1 }] })
    expect(await requestCompletion(atDesk(later), { ...(await on(id)), items: ['Nữa'], reason: 'Nữa' })).toMatchObject({ ok: false, error: { code: 'completion-asked-before' } })
  })

  it('refuses with ground and reason, which the applicant reads and a stranger does not', async () => {
    const { id, by, code, secret } = await submitted()
    must(await refuseSubmission(atDesk(), { ...(await on(id)), ground: 'not-eligible', reason: 'Diều dài quá ba mét', legalBasis: 'Điều 3' }))
    expect(await getMyDossier(as(by), id)).toMatchObject({ status: 'refused', refusal: { ground: 'not-eligible', reason: 'Diều dài quá ba mét' } })
    const seen = must(await lookUpDossier(ctx({ actor: { kind: 'anonymous' } }), { code, secret, address: '192.0.2.8' }))
    expect(JSON.stringify(seen)).not.toContain('ba mét')
  })
})

describe('who may not', () => {
  it("a citizen with somebody else's dossier: it is not there for them", async () => {
    const { id } = await submitted()
    const stranger = as(await newApplicant('Nguyễn Tò Mò'))
    await expect(getMyDossier(stranger, id)).rejects.toThrow(NotFound)
    await expect(mayReadOwnDossier(stranger, id)).rejects.toThrow(NotFound)
    await expect(completeSubmission(stranger, { ...(await on(id)), components: [], otherUploadIds: [] })).rejects.toThrow(NotFound)
    await expect(acceptSubmission(stranger, await on(id))).rejects.toThrow(Forbidden)
    expect(await listMyDossiers(stranger)).toEqual([])
  })

  it('the desk of another ward, and the officers who come later', async () => {
    const { id } = await submitted()
    await expect(acceptSubmission(as(otherWard.receiver), await on(id))).rejects.toThrow(Forbidden)
    await expect(refuseSubmission(as(otherWard.receiver), { ...(await on(id)), ground: 'other', reason: 'x' })).rejects.toThrow(Forbidden)
    await expect(requestCompletion(as(ward.caseOfficer), { ...(await on(id)), items: ['x'], reason: 'x' })).rejects.toThrow(Forbidden)
    expect((await intakeInbox(as(otherWard.receiver), { tab: 'new' })).rows.map((row) => row.id)).not.toContain(id)
  })

  it('a post that was left: the session of the next request has no rights any more', async () => {
    const officer = await newOfficer(ctx(), ward.desk, 'desk-officer', 'Lê Thị Đã Nghỉ')
    await leavePost(ctx(), { submissionKey: key(NOW), postId: officer.posts[0]!.postId, personId: officer.personId, on: '2026-11-20' as never })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from organisation.pub_held_post where person_id = ${officer.personId} and (valid_to is null or valid_to > '2026-11-20'::date)`.execute(ctx().db)
    expect(rows[0]?.n).toBe(0)
    const { id } = await submitted()
    await expect(acceptSubmission(as({ ...officer, posts: [] }), await on(id))).rejects.toThrow(Forbidden)
  })
})

describe('the record', () => {
  it("what an officer looks at is written down: a dossier, the desk's inbox, the guidances of a day", async () => {
    const { id } = await submitted()
    await getDossierView(atDesk(), id)
    await intakeInbox(atDesk(), { tab: 'new' })
    await listGuidance(atDesk(), ward.desk.id, '2026-11-20' as never)
    await flushAccess(ctx().db)
    const { rows } = await owner.query('select kind, reason, subject from log.access where person_id = $1 and unit_id = $2', [ward.receiver.personId, ward.desk.id])
    expect(rows).toEqual(expect.arrayContaining([
      { kind: 'read', reason: 'dossier.read', subject: `dossier:${id}` },
      { kind: 'list', reason: 'intake', subject: null },
      { kind: 'list', reason: 'guidance', subject: null },
    ]))
  })

  it('decision 10: rows of every kind of submission are what the fold of the log gives, column by column', async () => {
    const { rows: all } = await sql<{ id: Uuid }>`select id from dossier.dossier`.execute(ctx().db)
    const filled = new Set<string>()
    for (const { id } of all) {
      const rows = rowsOf(await loadState(ctx(), id))
      for (const table of TABLE_NAMES) {
        const owned = table === 'dossier' || table === 'code' ? 'id' : 'dossier_id'
        const { rows: stored } = await sql<object>`select ${sql.raw(columnsOf(table).join(', '))} from ${sql.table(`dossier.${table}`)} where ${sql.ref(owned)} = ${id} order by ${sql.raw(keyOf(table).join(', '))}`.execute(ctx().db)
        expect(stored, table).toEqual(rows[table])
        if (stored.length > 0) filled.add(table)
      }
    }
    expect([...filled]).toEqual(expect.arrayContaining(['dossier', 'step', 'component', 'attachment', 'form', 'completion_request', 'code']))
  })

  it('decision 5: names, phones, reasons and file names stand in no event', async () => {
    const { rows } = await owner.query("select string_agg(data::text || actor::text, '') as all from log.event where kind = 'dossier' or type like 'guidance.%'")
    expect(rows[0].all).not.toMatch(/Hâu|Cồn Hến|0905777001|ba mét|chụp thẳng|chụp lại|Ảnh mờ/)
  })
})

describe('at the counter, before there is a dossier', () => {
  it('a guidance is kept for its desk, once per key, and shown to no other', async () => {
    const input = { submissionKey: key(NOW), deskId: ward.desk.id, kind: 'completion' as const, procedureCode: kite.code, person: { name: 'Trần Thị Về Không' }, items: ['Ảnh con diều'], reason: 'Chưa mang ảnh' }
    const [a, b] = await Promise.all([giveGuidance(atDesk(), input), giveGuidance(atDesk(), input)])
    expect(a).toEqual(b)
    expect(await listGuidance(atDesk(), ward.desk.id, '2026-11-20' as never)).toMatchObject([{ id: a.id, person: { name: 'Trần Thị Về Không' }, items: ['Ảnh con diều'] }])
    // Decision 10: the row is what its one event gives.
    const [event] = await readStream(ctx().db, 'other', a.id)
    const { rows } = await sql<object>`select ${sql.raw(Object.keys(guidanceRow(a.id, guidanceFrom(event!), event!.at, { personId: null, postId: null })).join(', '))} from dossier.guidance where id = ${a.id}`.execute(ctx().db)
    expect(rows[0]).toEqual(guidanceRow(a.id, guidanceFrom(event!), event!.at, { personId: ward.receiver.personId, postId: ward.receiver.posts[0]!.postId }))
    await expect(listGuidance(as(otherWard.receiver), ward.desk.id, '2026-11-20' as never)).rejects.toThrow(Forbidden)
    await expect(giveGuidance(as(otherWard.receiver), { ...input, submissionKey: key(NOW) })).rejects.toThrow(Forbidden)
  })
})
