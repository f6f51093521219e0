/** Other units asked for their opinion, on a real database: who reads for how long, the inbox, silence by the hourly run, and what an erasure leaves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, instant } from '#kernel/plain-date.ts'
import { openFile } from '#modules/documents'
import {
  AnswerConsultation, AskConsultation, actOnMany, answerConsultation, askConsultation, consultableUnits, consultationInbox, dossierErasures, dossierMessages, forwardDossier, getControlSlip, getDossierView, getMyDossier,
  lookUpDossier, mayReadDossier, recallConsultation, runLateness,
} from '#modules/dossier'
import { createDb, createPool } from '#platform/db/pool.ts'
import { sql } from '#platform/db/db.ts'
import { erasePrivate } from '#platform/log/erase-private.ts'
import { listPrivate } from '#platform/log/list-private.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, testDb } from '#test/db.ts'
import { on, onlineInHand, photo } from '#test/detours.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { loadState } from '../dossier-store.ts'

const { ctx, url } = await testDb()
const privacy = createPool(url, { role: 'privacy', max: 1 })
afterAll(() => privacy.end())
const as = (actor: Officer, now: Instant = NOW) => ctx({ actor, now })
const later = (days: number) => instant(NOW + days * MS_PER_DAY)
const run = (now: Instant) => runLateness(ctx({ actor: { kind: 'system', job: 'lateness' }, now }))

let ward: Ward
let other: Ward
let third: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  other = await newWard(ctx(), undefined, 'phường Cánh Cò')
  third = await newWard(ctx(), undefined, 'phường Dây Điện')
})

const inHand = async (): Promise<Uuid> => {
  const { id } = await receivedDossier(ctx(), ward)
  await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
  return id
}
const asked = async (id: Uuid, units: readonly Uuid[] = [other.division.id, third.division.id]) =>
  askConsultation(as(ward.caseOfficer), AskConsultation.parse({ ...(await on(ctx(), id)), question: 'Bãi thả của ông Cánh có vướng dây điện không?', units: units.map((unitId) => ({ unitId, amount: 2, unit: 'working-day' })), uploadIds: [await photo(as(ward.caseOfficer))] }))
const answer = async (id: Uuid, actor: Officer, n: number, now: Instant = NOW) =>
  answerConsultation(as(actor, now), AnswerConsultation.parse({ submissionKey: key(NOW), dossierId: id, n, stance: 'agree-if', text: 'Đồng ý nếu thả cách đường dây 100 mét', uploadIds: [await photo(as(actor, now))] }))
const rowsOf = async (id: Uuid) => (await sql<Record<string, unknown>>`select * from dossier.consultation where dossier_id = ${id} order by n`.execute(ctx().db)).rows

describe('a unit that is asked for its opinion', () => {
  it('finds the question in its inbox and reads the whole dossier with its files, until it has answered and no longer', async () => {
    const id = await inHand()
    const mayRead = async (actor: Officer, fileId?: Uuid) => {
      await getDossierView(as(actor), id)
      await mayReadDossier(as(actor), id)
      if (fileId !== undefined) await openFile(as(actor), { owner: id, id: fileId }, mayReadDossier)
    }
    await expect(mayRead(other.caseOfficer)).rejects.toThrow(Forbidden)
    must(await asked(id))
    const [question] = (await getDossierView(as(other.caseOfficer), id)).consultations
    await mayRead(other.caseOfficer, question!.files[0]!.fileId)
    await mayRead(other.leader)
    // Of the same ward, but nobody asked them; and one who was, in a post that gives no opinions.
    for (const actor of [other.signer, other.clerk, other.receiver, await newOfficer(ctx(), other.division, 'clerk')]) await expect(mayRead(actor)).rejects.toThrow(Forbidden)
    expect((await consultationInbox(as(other.leader))).open.filter((q) => q.id === id)).toMatchObject([{ n: 1, unit: other.division.name, askedBy: `${ward.division.name}, ${ward.agency.name}`, silence: 'nothing' }])
    expect((await getDossierView(as(other.leader), id)).actions.map((a) => a.action)).toEqual(['answer-consultation'])
    // Only in the name of the own unit.
    await expect(answer(id, other.leader, 2)).rejects.toThrow(Forbidden)
    await expect(answer(id, ward.caseOfficer, 2)).rejects.toThrow(Forbidden)

    must(await answer(id, other.caseOfficer, 1))
    for (const actor of [other.caseOfficer, other.leader]) await expect(mayRead(actor, question!.files[0]!.fileId)).rejects.toThrow(Forbidden)
    await mayRead(third.caseOfficer)
    const inbox = await consultationInbox(as(other.leader))
    expect([inbox.open.some((q) => q.id === id), inbox.closed.find((q) => q.id === id)?.stance]).toEqual([false, 'agree-if'])
    expect(JSON.stringify(inbox.closed)).not.toMatch(/Cánh có vướng|100 mét|Đăng Diều/)
    // A second answer is told why it is too late; the dossier is not shown for it.
    expect(await answer(id, other.leader, 1)).toMatchObject({ ok: false, error: { code: 'consultation-closed', how: 'answered' } })
  })

  it('is paged by what it was asked before, newest first, each line once', async () => {
    const [reader, id] = [await newWard(ctx(), undefined, 'phường Giấy Cũ'), await inHand()]
    await sql`
      insert into dossier.consultation (dossier_id, n, unit_id, open, question, files, limit_amount, limit_unit, silence, asked_at, due_at, lapsed_at, opinion_files)
      select ${id}::uuid, 100 + n, ${reader.division.id}::uuid, false, 'Cũ', '[]', 2, 'working-day', 'nothing', ${new Date(NOW).toISOString()}::timestamptz - interval '1 minute' * (n / 3), now(), now(), '[]'
        from generate_series(1, 120) n`.execute(ctx().db)
    const pages: number[][] = []
    let page = await consultationInbox(as(reader.leader))
    for (pages.push(page.closed.map((q) => q.n)); page.next !== null; pages.push(page.closed.map((q) => q.n))) page = await consultationInbox(as(reader.leader), { after: page.next })
    expect(pages.map((p) => p.length)).toEqual([50, 50, 20])
    expect(new Set(pages.flat()).size).toBe(120)
    expect(pages.flat().map((n) => Math.floor((n - 100) / 3))).toEqual(pages.flat().map((n) => Math.floor((n - 100) / 3)).toSorted((a, b) => a - b))
    await sql`delete from dossier.consultation where unit_id = ${reader.division.id}`.execute(ctx().db)
  })

  it('leaves clock, custody and open pages as they were; the officer reads opinion and file', async () => {
    const id = await inHand()
    const before = await loadState(ctx(), id)
    must(await asked(id))
    must(await answer(id, other.leader, 1))
    const view = await getDossierView(as(ward.caseOfficer), id)
    expect(view).toMatchObject({ version: before.version, dueAt: before.dueAt, custody: before.custody, pauses: [] })
    expect(view.consultations[0]).toMatchObject({ unit: `${other.division.name}, ${other.agency.name}`, closing: 'answered', answer: { stance: 'agree-if', text: 'Đồng ý nếu thả cách đường dây 100 mét', files: [{ name: 'Ảnh diều mới.pdf' }] }, answeredBy: { person: 'Lê Thị Mây' } })
    await openFile(as(ward.caseOfficer), { owner: id, id: view.consultations[0]!.answer!.files[0]!.fileId }, mayReadDossier)
    expect((await getControlSlip(as(ward.receiver), id)).coordinatedBy).toEqual([other, third].map((w) => `${w.division.name}, ${w.agency.name}`))
  })

  it('the same form sent twice asks once; a unit where nobody answers is refused before anything is kept', async () => {
    const id = await inHand()
    const input = AskConsultation.parse({ ...(await on(ctx(), id)), question: 'Có vướng không?', units: [{ unitId: other.division.id, amount: 2, unit: 'hour' }] })
    expect(must(await askConsultation(as(ward.caseOfficer), input))).toEqual(must(await askConsultation(as(ward.caseOfficer), input)))
    expect(await rowsOf(id)).toHaveLength(1)
    expect(await asked(id, [other.desk.id])).toMatchObject({ ok: false, error: { code: 'consulted-unit-unknown' } })
    const offered = await consultableUnits(as(ward.caseOfficer))
    expect([other.division.id, other.agency.id, other.desk.id].map((unit) => offered.some((u) => u.id === unit))).toEqual([true, true, false])
  })

  it('the applicant and the public learn that others were asked, not what and not whom', async () => {
    const { id, citizen } = await onlineInHand(ctx(), ward)
    must(await asked(id))
    must(await answer(id, other.leader, 1))
    const mine = await getMyDossier(citizen, id)
    expect(mine.timeline.map((t) => t.what)).toEqual(expect.arrayContaining(['ask-consultation', 'answer-consultation']))
    const { code, secret } = await loadState(ctx(), id)
    const found = must(await lookUpDossier(ctx({ actor: { kind: 'anonymous' } }), { code: code!, secret, address: '192.0.2.7' }))
    for (const seen of [mine, found]) expect(JSON.stringify(seen)).not.toMatch(/ông Cánh|100 mét|Cánh Cò/)
  })
})

describe('silence', () => {
  it('is reminded of and closed by the hourly run, once each, however often and however many at a time it runs', async () => {
    const id = await inHand()
    must(await asked(id))
    must(await answer(id, third.leader, 2))
    const types = async () => (await readStream(ctx().db, 'dossier', id)).map((e) => e.type).filter((type) => type.includes('reminded') || type.includes('lapsed'))
    // Friday 20/11 and two working days, Culture Day left out: until Wednesday 25/11, 17:30.
    expect(await types()).toEqual([])
    await Promise.all([run(later(3.1)), run(later(3.1))])
    await run(later(3.2))
    expect(await types()).toEqual(['dossier.consultation-reminded'])
    await run(later(5))
    expect(await types()).toEqual(['dossier.consultation-reminded'])
    await Promise.all([run(later(6)), run(later(6))])
    await run(later(6.1))
    expect(await types()).toEqual(['dossier.consultation-reminded', 'dossier.consultation-lapsed'])
    expect((await readStream(ctx().db, 'dossier', id)).findLast((e) => e.type === 'dossier.consultation-lapsed')).toMatchObject({ data: { n: 1, silence: 'nothing' }, actor: { system: 'lateness' } })
    await expect(getDossierView(as(other.leader, later(6.2)), id)).rejects.toThrow(Forbidden)
    expect(await answer(id, other.leader, 1, later(6.2))).toMatchObject({ ok: false, error: { code: 'consultation-closed', how: 'lapsed' } })
    expect((await rowsOf(id)).map((row) => row['open'])).toEqual([false, false])
  })
})

describe('who is told', () => {
  it('the leader of the unit that is asked, and before its time runs out; the officer when it is closed; nobody twice', async () => {
    const id = await inHand()
    must(await asked(id))
    const tell = (now: Instant) => catchUp(ctx({ now }), dossierMessages)
    const told = async () => {
      const { rows } = await sql<{ kind: string; person: Uuid }>`select kind, person_id as person from notification.message where dossier_id = ${id} and kind like 'consultation-%' order by created_at, kind, id`.execute(ctx().db)
      return rows.map((row) => [row.kind, row.person])
    }
    await tell(NOW)
    await tell(NOW)
    const both = [other.leader, third.leader].map((leader) => ['consultation-asked', leader.personId])
    expect((await told()).sort()).toEqual(both.sort())
    must(await answer(id, third.leader, 2))
    await tell(NOW)
    await run(later(3.1))
    await tell(later(3.1))
    await run(later(6))
    await tell(later(6))
    expect((await told()).slice(2).sort()).toEqual([['consultation-closed', ward.caseOfficer.personId], ['consultation-closed', ward.caseOfficer.personId], ['consultation-reminder', other.leader.personId]].sort())
  })
})

describe('going on without an opinion', () => {
  it('one by one it has to be meant; by the dozen it is refused with a sentence', async () => {
    const id = await inHand()
    must(await asked(id, [other.division.id]))
    expect(await forwardDossier(as(ward.caseOfficer), await on(ctx(), id))).toMatchObject({ ok: false, error: { code: 'consultations-open', open: 1, held: false } })
    expect(await actOnMany(as(ward.caseOfficer), { action: 'forward', items: [await on(ctx(), id)] })).toMatchObject([{ outcome: 'refused', refusal: { code: 'consultations-open' } }])
    must(await forwardDossier(as(ward.caseOfficer), { ...(await on(ctx(), id)), despiteOpen: true }))
    must(await answer(id, other.leader, 1))
  })

  it('or the question is taken back, by who asked', async () => {
    const id = await inHand()
    must(await asked(id, [other.division.id]))
    must(await recallConsultation(as(ward.caseOfficer), { ...(await on(ctx(), id)), n: 1, reason: 'Ông Cánh đổi bãi thả' }))
    await expect(getDossierView(as(other.leader), id)).rejects.toThrow(Forbidden)
    must(await forwardDossier(as(ward.caseOfficer), await on(ctx(), id)))
  })
})

describe('an erasure', () => {
  it('takes question, opinion and the names of their files out of the log, the rows and the store of files', async () => {
    const id = await inHand()
    must(await asked(id))
    must(await answer(id, other.leader, 1))
    const { rows: log } = await sql<{ text: string }>`select string_agg(data::text, ' ') as text from log.event where stream = ${id}`.execute(ctx().db)
    expect(log[0]!.text).not.toMatch(/Cánh có vướng|100 mét|diều mới/)
    await erasePrivate({ ...ctx(), db: createDb(privacy) }, { kind: 'dossier', stream: id, values: await listPrivate(ctx().db, 'dossier', id), reason: 'request-of-the-person' })
    await catchUp(ctx(), dossierErasures)
    const kept = JSON.stringify([await rowsOf(id), (await sql<object>`select name from documents.pub_file where owner = ${id}`.execute(ctx().db)).rows])
    expect(kept).toContain('đã xóa')
    expect(kept).not.toMatch(/Cánh có vướng|100 mét|diều mới/)
  })
})
