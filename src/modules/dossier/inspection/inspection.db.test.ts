/** A visit to the place on a real database: rows, photographs, the printed record, what the applicant reads, what an erasure leaves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { MS_PER_DAY, instant } from '#kernel/plain-date.ts'
import { openFile } from '#modules/documents'
import {
  PlanInspection, RecordInspection, SignInspection, dossierErasures, getDossierView, getInspection, getMyDossier, mayReadDossier, planInspection, recordInspection, renderInspection, signInspection,
} from '#modules/dossier'
import { createDb, createPool } from '#platform/db/pool.ts'
import { sql } from '#platform/db/db.ts'
import { erasePrivate } from '#platform/log/erase-private.ts'
import { listPrivate } from '#platform/log/list-private.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, testDb } from '#test/db.ts'
import { on, onlineInHand, photo } from '#test/detours.ts'
import { type Ward, kiteProcedure, must, newWard } from '#test/factories.ts'
import { flat, pdfText, withPdfTools } from '#test/pdf.ts'

const { ctx, url } = await testDb()
const privacy = createPool(url, { role: 'privacy', max: 1 })
afterAll(() => privacy.end())
const later = instant(NOW + 3 * MS_PER_DAY)

let ward: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})

const VISIT = {
  beganAt: instant(NOW + 2 * MS_PER_DAY),
  endedAt: instant(NOW + 2 * MS_PER_DAY + 45 * 60_000),
  place: 'Bãi thả của bà Sếu, đường Bến Ngự',
  people: [{ name: 'Nguyễn Đăng Diều', capacity: 'Chủ hồ sơ' }, { name: 'Trịnh Thị Sếu', capacity: 'Chủ bãi thả, hàng xóm' }],
  findings: 'Bãi rộng hai nghìn mét vuông.\nCách đường dây điện 120 mét.',
  conclusion: 'Đủ điều kiện thả diều dài dưới hai mét.',
}
const officer = () => ctx({ actor: ward.caseOfficer, now: later })
const visited = async (): Promise<{ readonly id: Uuid; readonly citizen: ReturnType<typeof ctx> }> => {
  const filed = await onlineInHand(ctx(), ward)
  must(await planInspection(ctx({ actor: ward.caseOfficer }), PlanInspection.parse({ ...(await on(ctx(), filed.id)), at: VISIT.beganAt, place: VISIT.place, note: 'Mang theo con diều' })))
  must(await recordInspection(officer(), RecordInspection.parse({ ...(await on(ctx(), filed.id)), ...VISIT, uploadIds: [await photo(officer())] })))
  return filed
}

describe('a visit to the place', () => {
  it('the applicant reads when and where, and of what was found only that it is written down', async () => {
    const { id, citizen } = await visited()
    const mine = await getMyDossier(citizen, id)
    expect(mine.visits).toMatchObject([{ at: VISIT.beganAt, place: VISIT.place, note: 'Mang theo con diều', phase: 'recorded' }])
    expect(JSON.stringify(mine)).not.toMatch(/hai nghìn mét|Trịnh Thị Sếu/)
    expect(mine.timeline.map((t) => t.what)).not.toContain('record-inspection')
  })

  it('the offices read the record and open its photographs; the signed paper is kept beside it', async () => {
    const { id } = await visited()
    must(await signInspection(officer(), SignInspection.parse({ ...(await on(ctx(), id)), uploadId: await photo(officer()) })))
    const [visit] = (await getDossierView(ctx({ actor: ward.leader }), id)).inspections
    expect(visit).toMatchObject({ record: { findings: VISIT.findings, people: VISIT.people }, signed: { by: { personId: ward.caseOfficer.personId } } })
    for (const fileId of [visit!.record!.photos[0]!.fileId, visit!.signed!.scan!.fileId]) await openFile(ctx({ actor: ward.leader }), { owner: id, id: fileId }, mayReadDossier)
  })

  it('prints as a record: every word that was written, whoever was there with room for a hand, and the draft says that it is one', async () => {
    const { id } = await visited()
    const paper = await getInspection(ctx({ actor: ward.leader }), id, 1)
    await withPdfTools(async () => {
      const words = flat(await pdfText(await renderInspection(paper, 'https://motcua.example')))
      for (const part of ['BIÊN BẢN KIỂM TRA THỰC ĐỊA', VISIT.place, ...VISIT.people.flatMap((p) => [p.name, p.capacity]), ...VISIT.findings.split('\n'), VISIT.conclusion, '08 giờ 45 phút', 'BẢN CHƯA KÝ', '1 ảnh']) expect(words).toContain(part.normalize('NFC'))
      must(await signInspection(officer(), SignInspection.parse(await on(ctx(), id))))
      expect(flat(await pdfText(await renderInspection(await getInspection(ctx({ actor: ward.leader }), id, 1), 'https://motcua.example')))).not.toContain('BẢN CHƯA KÝ')
    })
    await expect(getInspection(ctx({ actor: ward.leader }), id, 2)).rejects.toThrow(NotFound)
    const elsewhere = await newWard(ctx(), undefined, 'phường Cánh Cò')
    await expect(getInspection(ctx({ actor: elsewhere.leader }), id, 1)).rejects.toThrow(Forbidden)
  })

  it('an erasure takes place, people, findings and the names of the photographs out of the log, the rows and the store of files', async () => {
    const { id } = await visited()
    const words = /Sếu|Bến Ngự|hai nghìn mét|diều mới/
    const { rows: log } = await sql<{ text: string }>`select string_agg(data::text, ' ') as text from log.event where stream = ${id}`.execute(ctx().db)
    expect(log[0]!.text).not.toMatch(words)
    await erasePrivate({ ...ctx(), db: createDb(privacy) }, { kind: 'dossier', stream: id, values: await listPrivate(ctx().db, 'dossier', id), reason: 'request-of-the-person' })
    await catchUp(ctx(), dossierErasures)
    const kept = JSON.stringify([(await sql<object>`select * from dossier.inspection where dossier_id = ${id}`.execute(ctx().db)).rows, (await sql<object>`select name from documents.pub_file where owner = ${id}`.execute(ctx().db)).rows])
    expect(kept).toContain('đã xóa')
    expect(kept).not.toMatch(words)
  })
})
