/** Decision 5: what a person may have erased is gone from the log and from the rows; the dossier goes on without it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { dossierErasures, forwardDossier, getDossierView, searchDossiers } from '#modules/dossier'
import { createDb, createPool } from '#platform/db/pool.ts'
import { sql } from '#platform/db/db.ts'
import { type Erasure, erasePrivate } from '#platform/log/erase-private.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, WHOLE_WAY, key, kiteProcedure, must, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx, url } = await testDb()
const privacy = createPool(url, { role: 'privacy', max: 1 })
afterAll(() => privacy.end())

let ward: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})
const erase = (stream: Uuid, values: Erasure['values']) =>
  erasePrivate({ ...ctx(), db: createDb(privacy) }, { kind: 'dossier', stream, values, reason: 'request-of-the-person' })

describe('a dossier whose applicant was erased', () => {
  it('is still read and still goes on; pages opened before the erasure stay good', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    const { version } = await getDossierView(ctx(), id)
    expect(await erase(id, [{ seq: 1, path: 'applicant' }])).toBe(1)
    expect((await getDossierView(ctx({ actor: ward.receiver }), id)).applicant).toMatchObject({ name: 'đã xóa', phone: null })
    must(await forwardDossier(ctx({ actor: ward.receiver }), { submissionKey: key(NOW), dossierId: id, version }))
  })

  it('loses the name in its rows too, and is found by it no more', async () => {
    const { id } = await receivedDossier(ctx(), ward)
    await erase(id, [{ seq: 1, path: 'applicant' }])
    await catchUp(ctx(), dossierErasures)
    const { rows } = await sql<object>`select applicant_name, applicant_phone, applicant_number, applicant_fold from dossier.dossier where id = ${id}`.execute(ctx().db)
    expect(rows).toEqual([{ applicant_name: 'đã xóa', applicant_phone: null, applicant_number: null, applicant_fold: 'da xoa' }])
    expect((await searchDossiers(ctx({ actor: ward.receiver }), 'dang dieu')).map((d) => d.id)).not.toContain(id)
  })
})

describe('the log of a whole dossier', () => {
  it('holds no word that somebody typed: not even the title of the result, which may name the citizen', async () => {
    const { id } = await receivedDossier(ctx(), ward, { remark: 'Gửi qua bà nội Nguyễn Thị Cánh' })
    await sendAlong(ctx(), ward, id, WHOLE_WAY)
    const { rows } = await sql<{ text: string }>`select data::text as text from log.event where stream = ${id}`.execute(ctx().db)
    const log = rows.map((r) => r.text).join('\n')
    for (const typed of ['Diều', 'Cánh', 'Lê Lợi', 'Đủ điều kiện', 'Giấy phép', '046190000001', 'Đã ký sổ']) expect(log, typed).not.toContain(typed)
    expect((await getDossierView(ctx(), id)).results).toMatchObject([{ title: 'Giấy phép thả diều' }])
  })
})
