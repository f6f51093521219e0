/** What the forms of a correction send: a result drawn anew keeps all that was typed, another applicant is refused at the field. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { acceptSubmission, draftResult, getDossierView, submitDossier } from '#modules/dossier'
import { diskStore } from '#platform/files/disk-store.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { closePdf } from '#platform/pdf/render-pdf.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import type { View } from '../http.ts'
import { actRoutes } from './act.ts'
import { correctEntriesRoutes } from './correct-entries.tsx'
import { correctionRoutes } from './correction-act.ts'

const { ctx } = await testDb()
const view: View = { lang: 'vi', path: '/xu-ly', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }
const folder = await mkdtemp(join(tmpdir(), 'motcua-correction-'))
useFileStore(diskStore(folder))
afterAll(async () => {
  await closePdf()
  await rm(folder, { recursive: true, force: true })
})
let ward: Ward
let kite: Awaited<ReturnType<typeof kiteProcedure>>
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx())
})

const ask = async (actor: Officer, path: string, fields?: Record<string, string>) => {
  const app = new Hono()
  for (const route of [...actRoutes, ...correctionRoutes, ...correctEntriesRoutes]) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: ctx({ actor }), view, address: '127.0.0.1', publicUrl: '', channels: [] }))
  const answer = await app.request(`http://mot-cua.test${path}`, fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) })
  return { status: answer.status, text: await answer.text() }
}
const on = async (id: Uuid) => ({ submissionKey: key(NOW), dossierId: id, version: (await getDossierView(ctx(), id)).version })

const drawn = async (): Promise<Uuid> => {
  const { id } = await receivedDossier(ctx(), ward)
  await sendAlong(ctx(), ward, id, ['forward-desk', 'assign'])
  must(await draftResult(ctx({ actor: ward.caseOfficer }), { ...(await on(id)), kind: 'granted', title: 'Thông báo thả diều', template: 'thong-bao', fields: { to: 'Đặng Dũng Khuyên', content: 'Chỉ thả ban ngày.' } }))
  await sendAlong(ctx(), ward, id, ['forward', 'forward-review', 'approve', 'issue'])
  return id
}

describe('a result that replaces another', () => {
  it('shows what the old one said by its template; what is missing is named and nothing typed is lost; then it is drawn', async () => {
    const id = await drawn()
    const page = await ask(ward.signer, `/xu-ly/ho-so/${id}`)
    for (const part of ['name="f.to"', 'Đặng Dũng Khuyên', 'Soạn lại từ mẫu']) expect(page.text).toContain(part)
    const path = `/xu-ly/ho-so/${id}/dinh-chinh-ket-qua`
    const fields = async (change: object = {}) => ({ submissionKey: key(NOW), version: String((await on(id)).version), kind: 'granted', title: 'Thông báo thả diều', number: '', issuedOn: dateOf(NOW), source: 'anew', 'f.to': 'Đặng Dũng Khuyến', 'f.content': '', reason: 'Sai tên', ...change })
    const refused = await ask(ward.signer, path, await fields())
    expect([refused.status, refused.text.includes('Còn chỗ chưa điền trong mẫu: Nội dung.'), refused.text.includes('Đặng Dũng Khuyến'), refused.text.includes('Chỉ thả ban ngày.')]).toEqual([409, true, true, false])
    expect((await ask(ward.signer, path, await fields({ 'f.content': 'Chỉ thả ban ngày.' }))).status).toBe(303)
    expect((await getDossierView(ctx(), id)).results.at(-1)).toMatchObject({ fields: { to: 'Đặng Dũng Khuyến' }, replaces: 1 })
  })
})

it('another applicant of what was filed on line: the desk reads at the number who may, and loses nothing typed', async () => {
  const actor: Officer = { kind: 'person', userId: key(NOW), personId: await newCitizen(ctx()), posts: [] }
  const { id } = must(await submitDossier(ctx({ actor }), { submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter' }))
  must(await acceptSubmission(ctx({ actor: ward.receiver }), await on(id)))
  const fields = { submissionKey: key(NOW), version: String((await on(id)).version), name: 'Lê Văn Vạc', personalNumber: '046190055001', phone: '', address: '9 Lê Lợi', email: '', delivery: 'counter', deliveryAddress: '', reason: 'Nộp nhầm số của con' }
  const path = `/xu-ly/ho-so/${id}/dinh-chinh`
  const refused = await ask(ward.receiver, path, fields)
  expect(refused.status).toBe(422)
  for (const part of ['đổi người nộp phải do lãnh đạo phòng hoặc người ký duyệt', '046190055001', 'Lê Văn Vạc', 'Nộp nhầm số của con']) expect(refused.text).toContain(part)
  expect((await ask(ward.leader, path, { ...fields, submissionKey: key(NOW) })).status).toBe(303)
})
