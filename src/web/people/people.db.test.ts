/** The pages about people without script: what is wrong stands at its field, nothing typed is lost, and what was done is said. */
import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { type Permission, permissionsEverywhere, permissionsOf } from '#modules/access'
import { getDossierView, workInHands } from '#modules/dossier'
import { listAbsences, listDelegations } from '#modules/organisation'
import { listAssignmentRules } from '#modules/process'
import type { Actor } from '#platform/ctx.ts'
import { type Officer, type Ward, key, kiteProcedure, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { NOW, testDb } from '#test/db.ts'
import { assignmentRoutes } from '../admin/assignment-rules.tsx'
import { queueRoutes } from '../office/queue.tsx'
import { shareWorkRoutes } from '../office/share-work.tsx'
import { absenceRoutes } from './absences.tsx'
import { delegationRoutes } from './delegations.tsx'

const { ctx } = await testDb()

/** A browser of this actor, against the pages' own handlers. */
const browser = (actor: Actor) => {
  const app = new Hono()
  const permissions: ReadonlySet<Permission> = permissionsOf(actor)
  for (const route of [...absenceRoutes, ...delegationRoutes, ...assignmentRoutes, ...shareWorkRoutes, ...queueRoutes]) {
    app.on(route.method, route.path, (c) => {
      const view = { lang: 'vi' as const, path: c.req.path, cityName: 'thành phố Huế', demo: false, signedIn: { name: 'A', title: '', isOfficer: true, permissions, everywhere: permissionsEverywhere(actor) }, csrf: 'x', fragment: false }
      return route.handle({ c, ctx: ctx({ actor }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] })
    })
  }
  const read = async (answer: Response) => ({ status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() })
  return {
    open: async (path: string) => read(await app.request(path)),
    post: async (path: string, fields: Readonly<Record<string, string | readonly string[]>>) => {
      const body = new URLSearchParams()
      for (const [name, values] of Object.entries({ submissionKey: key(NOW), ...fields })) for (const value of typeof values === 'string' ? [values] : values) body.append(name, value)
      return read(await app.request(path, { method: 'POST', body }))
    },
  }
}

let ward: Ward
let second: Officer
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  second = await newOfficer(ctx(), ward.division, 'case-officer', 'Ngô Thị Hai')
})
const postOf = (officer: Officer) => officer.posts[0]!.postId

describe('absences', () => {
  it('a day before the first, or the same person standing in, is told at the field; the rest stays', async () => {
    const leader = browser(ward.leader)
    const wrong = await leader.post('/xu-ly/vang-mat', { nguoi: ward.caseOfficer.personId, tu: '2026-11-24', den: '2026-11-20', thay: ward.caseOfficer.personId })
    expect(wrong.status).toBe(422)
    for (const words of ['Ngày cuối phải từ ngày bắt đầu trở đi', 'Người làm thay phải là người khác', 'value="2026-11-24"', 'value="2026-11-20"']) expect(wrong.text).toContain(words)
    expect((await leader.post('/xu-ly/vang-mat', { nguoi: '', tu: '', den: '' })).text).toContain('Chọn người vắng.')
    expect(await leader.post('/xu-ly/vang-mat', { nguoi: ward.caseOfficer.personId, tu: '2026-11-20', den: '2026-11-24', thay: '' })).toMatchObject({ status: 303, to: '/xu-ly/vang-mat?xong=ghi' })
    const again = await leader.post('/xu-ly/vang-mat', { nguoi: ward.caseOfficer.personId, tu: '2026-11-23', den: '2026-11-30', thay: '' })
    expect([again.status, again.text.includes('Đã ghi vắng từ 20/11/2026 đến hết 24/11/2026')]).toEqual([409, true])
    const [absence] = await listAbsences(ctx({ actor: ward.leader }))
    expect(await leader.post('/xu-ly/vang-mat/tro-lai', { 'vang-mat': absence?.id ?? '' })).toMatchObject({ status: 303 })
    expect((await leader.open('/xu-ly/vang-mat')).text).toContain('Không ai vắng')
  })
})

describe('delegations', () => {
  const paper = (change: Readonly<Record<string, string | readonly string[]>> = {}) => ({
    'tu-vi-tri': postOf(ward.signer), cho: `${postOf(ward.leader)}/${ward.leader.personId}`, so: '07/GUQ-UBND', 'ngay-ky': '2026-11-20', tu: '2026-11-20', den: '2026-12-04', viec: ['dossier.approve'], 'pham-vi': 'tat-ca', 'thu-tuc': '', ...change,
  })
  it('what is missing or not carried is told at the field; given, it is listed and can be revoked', async () => {
    const signer = browser(ward.signer)
    const wrong = await signer.post('/xu-ly/uy-quyen', paper({ so: '', viec: [], cho: '', 'pham-vi': 'mot-so', 'thu-tuc': 'khai sinh' }))
    expect(wrong.status).toBe(422)
    for (const words of ['Ghi số của văn bản ủy quyền', 'Chọn ít nhất một việc được ủy quyền', 'Chọn người được ủy quyền.', 'Mã thủ tục có dạng 1.004873', 'khai sinh</textarea>']) expect(wrong.text).toContain(words)
    const beyond = await signer.post('/xu-ly/uy-quyen', paper({ viec: ['dossier.assign'] }))
    expect([beyond.status, beyond.text.includes('không có quyền “Phân công thụ lý”')]).toEqual([409, true])
    expect(await signer.post('/xu-ly/uy-quyen', paper())).toMatchObject({ status: 303, to: '/xu-ly/uy-quyen?xong=ghi' })
    const page = (await signer.open('/xu-ly/uy-quyen')).text
    for (const words of ['07/GUQ-UBND', 'Ký duyệt kết quả', 'có hiệu lực', 'Thu hồi']) expect(page).toContain(words)
    const [delegation] = await listDelegations(ctx({ actor: ward.signer }))
    expect(await signer.post('/xu-ly/uy-quyen/thu-hoi', { 'uy-quyen': delegation?.id ?? '' })).toMatchObject({ status: 303 })
    expect((await signer.open('/xu-ly/uy-quyen')).text).toContain('thu hồi 20/11/2026')
  })

  it('the administrator records one for the post that the address names', async () => {
    const administrator = browser(await newOfficer(ctx(), ward.agency, 'administrator'))
    const page = (await administrator.open(`/xu-ly/uy-quyen?vi-tri=${postOf(ward.signer)}`)).text
    expect(page).toContain('Phó Chủ tịch')
    expect(await administrator.post(`/xu-ly/uy-quyen?vi-tri=${postOf(ward.signer)}`, paper({ 'dich-danh': '1' }))).toMatchObject({ status: 303 })
  })
})

describe('how a unit assigns', () => {
  it('by field needs somebody for one; what was ticked stays; saved, it is in force', async () => {
    const administrator = browser(await newOfficer(ctx(), ward.agency, 'administrator'))
    const path = `/quan-tri/co-quan/${ward.division.id}/phan-cong`
    const none = await administrator.post(path, { cach: 'by-field', tu: '2026-11-20', 'lv-0': 'Diều sáo' })
    expect([none.status, none.text.includes('Chọn người phụ trách cho ít nhất một lĩnh vực')]).toEqual([422, true])
    const past = await administrator.post(path, { cach: 'by-field', tu: '2026-11-01', 'lv-0': 'Diều sáo', 'lv-0-nguoi': [postOf(second)] })
    expect([past.status, past.text.includes('Áp dụng từ hôm nay (20/11/2026) hoặc sau đó.')]).toEqual([409, true])
    expect(await administrator.post(path, { cach: 'by-field', 'nguoi-cu': '1', tu: '2026-12-01', 'lv-0': 'Diều sáo', 'lv-0-nguoi': [postOf(second)] })).toMatchObject({ status: 303 })
    expect(await listAssignmentRules(ctx(), ward.division.id)).toMatchObject([{ rule: 'by-field', keepOfficer: true, fields: { 'Diều sáo': [postOf(second)] }, from: '2026-12-01' }])
    expect((await administrator.open(path)).text).toContain('Diều sáo: Ngô Thị Hai')
  })
})

describe('many rows at once', () => {
  const ticked = async (id: Uuid) => `${id} ${(await getDossierView(ctx(), id)).version} ${key(NOW)} H57`

  it('nothing ticked is told; the desk forwards two, the leader gives them out and on, with an answer for each', async () => {
    const desk = browser(ward.receiver)
    const [one, two] = [(await receivedDossier(ctx(), ward)).id, (await receivedDossier(ctx(), ward)).id]
    const nothing = await desk.post('/xu-ly/nhieu-ho-so', { viec: 'chuyen' })
    expect([nothing.status, nothing.text.includes('Chưa chọn hồ sơ nào')]).toEqual([422, true])
    const stale = (await ticked(two)).replace(/ \d+ /, ' 1 ')
    const forwarded = await desk.post('/xu-ly/nhieu-ho-so', { viec: 'chuyen', 'ho-so': [await ticked(one), stale] })
    for (const words of ['Đã chuyển bước 1 hồ sơ.', 'vừa được người khác chuyển']) expect(forwarded.text).toContain(words)
    await sendAlong(ctx(), ward, two, ['forward-desk'])

    const leader = browser(ward.leader)
    const given = await leader.post('/xu-ly/nhieu-ho-so', { viec: 'phan-cong', nguoi: postOf(ward.caseOfficer), 'ho-so': [await ticked(one), await ticked(two)] })
    expect(given.text).toContain('Đã phân công 2 hồ sơ.')
    const address = `/xu-ly/phan-viec?don-vi=${ward.division.id}&nguoi=${postOf(ward.caseOfficer)}`
    expect((await leader.open(address)).text).toContain('Chuyển cả 2 hồ sơ')
    const long = await leader.post(address, { 'pham-vi': 'tat-ca', cho: postOf(second), 'loi-dan': 'x'.repeat(1001), 'tat-ca': [await ticked(one)] })
    expect([long.status, long.text.includes('Lời dặn quá dài')]).toEqual([422, true])
    const on = await leader.post(address, { 'pham-vi': 'tat-ca', cho: postOf(second), 'loi-dan': 'Làm thay', 'tat-ca': [await ticked(one), await ticked(two)] })
    expect(on.text).toContain('Đã phân công 2 hồ sơ.')
    expect(await workInHands(ctx({ actor: ward.leader }), ward.division.id, postOf(second))).toHaveLength(2)
  })
})
