/** Filing on line through the real application, without script: every step keeps what was typed, papers that are refused take nothing with them. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import { requestCompletion } from '#modules/dossier'
import { DEMO_PASSWORD, listStaff, seedDemoCity } from '#modules/organisation'
import type { Uuid } from '#kernel/ids.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { newId } from '#platform/ids.ts'
import { SILENT } from '#platform/telemetry/log.ts'
import { testDb } from '#test/db.ts'
import { kiteProcedure, must } from '#test/factories.ts'
import { kiteMethod } from '#test/kite-permit.ts'
import { newVisitor } from '#test/visitor.ts'
import { createHttpApp } from '../../../app/http-app.tsx'
import { routes } from '../../routes.ts'

const db = await testDb({ max: 6 })
const folder = await mkdtemp(join(tmpdir(), 'motcua-filing-'))
useFileStore(diskStore(folder))
afterAll(() => rm(folder, { recursive: true, force: true }))
const app = createHttpApp({ db: db.ctx().db, secret: randomBytes(32), demo: true, trustProxy: true, publicUrl: undefined, cityName: () => 'thành phố Huế', routes, dev: false, log: SILENT, isUp: () => true })
const visitor = newVisitor(app)
type Visitor = ReturnType<typeof visitor>
const now = () => instant(Date.now())

const PDF = Buffer.from('%PDF-1.7\nẢnh con diều\n%%EOF\n')
const paper = (name = 'don.pdf', bytes: Uint8Array = PDF) => new File([new Uint8Array(bytes)], name)
/** The general form, as typed. */
const ANSWERS = { 'requester.fullName': 'Trần Thị Sáo', 'requester.personalId': '046190123456', 'requester.phone': '0905 123 456', 'requester.address': '12 Lê Lợi, phường Thuận Hóa', 'request.content': 'Xin thả diều', 'request.declaration': 'on' }

beforeAll(async () => {
  await seedDemoCity(db.ctx({ now: now() }))
  await kiteProcedure(db.ctx())
  await kiteProcedure(db.ctx(), { code: '1.999002', name: 'Thả diều không trực tuyến', methods: [kiteMethod()] })
  await kiteProcedure(db.ctx(), { code: '1.999003', name: 'Thả diều chưa rõ hạn', methods: [kiteMethod({ channel: 'online', time_limit: null, time_limit_raw: 'Chưa quy định' })] })
}, 60_000)

let n = 0
const address = () => `10.5.${(n += 1) >> 8}.${n & 255}`
const START = '/nop-ho-so/1.999001'
/** The first ward of the list. */
const begin = async (who: Visitor): Promise<string> => {
  const place = /<option value="([0-9a-f-]{36})">Phường/.exec(await (await who.open(START)).text())?.[1] ?? ''
  const answer = await who.post(START, START, { 'noi-nop': place, dong: '2' })
  expect(answer.status).toBe(303)
  return (answer.headers.get('location') ?? '').replace('/to-khai', '')
}
const signUp = async (who: Visitor, back: string) => {
  n += 1
  const answer = await who.post(`/dang-ky?tiep=${encodeURIComponent(back)}`, '/dang-ky', {
    submissionKey: newId(now()), so: `0461905${String(n).padStart(5, '0')}`, ten: 'Trần Thị Sáo', 'ngay-sinh': '1990-04-12', 'dien-thoai': '0905123456', thu: '', 'mat-khau': 'Diều sáo bay cao', lai: 'Diều sáo bay cao', tiep: back,
  })
  return answer.headers.get('location')
}
/** As far as the papers, signed in. */
const toPapers = async (who: Visitor): Promise<string> => {
  const draft = await begin(who)
  expect((await who.post(`${draft}/to-khai`, `${draft}/to-khai`, { ...ANSWERS, viec: 'tiep' })).headers.get('location')).toBe(`${draft}/giay-to`)
  expect(await signUp(who, `${draft}/giay-to`)).toBe(`${draft}/giay-to`)
  return draft
}
const file = async (who: Visitor): Promise<Uuid> => {
  const draft = await toPapers(who)
  expect((await who.send(`${draft}/giay-to`, `${draft}/giay-to`, { viec: 'tiep', 'nhan-ket-qua': 'online' }, { 'tep-1': [paper()] })).headers.get('location')).toBe(`${draft}/xem-lai`)
  const filed = await who.post(`${draft}/xem-lai`, `${draft}/xem-lai`, {})
  return (filed.headers.get('location') ?? '').replace('/nop-ho-so/xong/', '') as Uuid
}

describe('where and in which case', () => {
  it('asks for both, and keeps what was chosen: 422', async () => {
    const answer = await visitor(address()).post(START, START, { 'noi-nop': '', dong: '2' })
    expect([answer.status, (await answer.text()).includes('Chọn nơi nhận hồ sơ.')]).toEqual([422, true])
  })

  it('says why a procedure is not filed on line, and what to do instead', async () => {
    const offline = await (await visitor(address()).open('/nop-ho-so/1.999002')).text()
    expect(offline).toContain('chưa được công bố là nộp trực tuyến được')
    expect(offline).toContain('/thu-tuc/1.999002')
    const unsettled = await (await visitor(address()).open('/nop-ho-so/1.999003')).text()
    expect(unsettled).toContain('thời hạn đang chờ cơ quan công bố làm rõ')
    expect(unsettled).not.toContain('>Tiếp tục<')
    expect((await visitor(address()).open('/nop-ho-so/9.999999')).status).toBe(404)
  })

  it('leads from the page of the procedure, only where it can be filed', async () => {
    expect(await (await visitor(address()).open('/thu-tuc/1.999001')).text()).toContain('href="/nop-ho-so/1.999001"')
    expect(await (await visitor(address()).open('/thu-tuc/1.999003')).text()).not.toContain('href="/nop-ho-so/')
  })
})

describe('the form', () => {
  it('keeps everything as typed, right or wrong, and says at the field what is wrong: 422', async () => {
    const who = visitor(address())
    const draft = await begin(who)
    const answer = await who.post(`${draft}/to-khai`, `${draft}/to-khai`, { ...ANSWERS, 'requester.personalId': '0461', 'requester.dateOfBirth': '31/02/1990', viec: 'tiep' })
    const text = await answer.text()
    expect(answer.status).toBe(422)
    for (const kept of ['value="0461"', 'value="31/02/1990"', 'value="Trần Thị Sáo"', 'Xin thả diều']) expect(text).toContain(kept)
    expect(text).toContain('id="error-summary"')
    const again = await (await who.open(`${draft}/to-khai`)).text()
    expect(again, 'and after coming back').toContain('value="31/02/1990"')
    expect((await who.open(`${draft}/xem-lai`)).headers.get('location'), 'papers need an account').toContain('/dang-nhap')
  })

  it('is saved by the script while typing; nobody else opens the draft', async () => {
    const who = visitor(address())
    const draft = await begin(who)
    const saved = await who.post(`${draft}/to-khai`, `${draft}/luu?buoc=to-khai`, { 'requester.fullName': 'Trần Th' }, { accept: 'application/json' })
    expect([saved.status, ((await saved.json()) as { savedAt: string }).savedAt]).toEqual([200, expect.stringMatching(/^\d\d:\d\d$/)])
    expect(await (await who.open(`${draft}/to-khai`)).text()).toContain('value="Trần Th"')
    expect((await visitor(address()).open(`${draft}/to-khai`)).status).toBe(404)
    const other = visitor(address())
    await other.signIn('congdan', DEMO_PASSWORD)
    expect((await other.open(`${draft}/giay-to`)).status).toBe(404)
  })

  it('is filled in with what is known of who is signed in', async () => {
    const who = visitor(address())
    await signUp(who, '/')
    expect(await (await who.open(`${await begin(who)}/to-khai`)).text()).toContain('value="Trần Thị Sáo"')
  })
})

describe('papers', () => {
  it('a refused file is told at its paper, the others are kept; one can be taken away', async () => {
    const who = visitor(address())
    const draft = await toPapers(who)
    const here = `${draft}/giay-to`
    const answer = await who.send(here, here, { viec: 'tiep', 'nhan-ket-qua': 'postal', 'dia-chi-nhan': '' }, {
      'tep-1': [paper('don.pdf'), paper('virus.pdf', Buffer.from('MZ program'))],
      'tep-2': [paper('cut.pdf', PDF.subarray(0, 12))],
      'tep-0': [new File([], 'rong.pdf'), paper('../../etc/anh.pdf')],
    })
    const text = await answer.text()
    expect(answer.status).toBe(422)
    for (const said of ['“virus.pdf” không thuộc loại được nhận', '“cut.pdf” bị hỏng hoặc thiếu phần cuối', '“rong.pdf” không có nội dung', 'Ghi địa chỉ']) expect(text).toContain(said)
    expect(text).not.toContain('etc/anh.pdf')
    const kept = [...text.matchAll(/name="(da-gui-\d)" value="([0-9a-f-]{36})"/g)].map((m) => [m[1], m[2]] as const)
    expect(kept.map(([name]) => name).sort()).toEqual(['da-gui-0', 'da-gui-1'])
    const drop = kept.find(([name]) => name === 'da-gui-0')?.[1] ?? ''
    expect((await who.post(here, here, { ...Object.fromEntries(kept), bo: drop })).headers.get('location')).toBe(here)
    expect([...(await (await who.open(here)).text()).matchAll(/name="da-gui-\d" value=/g)]).toHaveLength(1)
  })
})

describe('for somebody else', () => {
  it('asks for whom, in which capacity and for the paper that proves it; keeps what was typed; the review names both', async () => {
    const who = visitor(address())
    const draft = await toPapers(who)
    const here = `${draft}/giay-to`
    const said = { 'nhan-ket-qua': 'online', 'nop-cho': 'individual', 'ben-ten': 'Hồ Văn Diều', 'ben-so': '04609012345', 'tu-cach': 'authorised' }
    const answer = await who.post(here, here, { viec: 'tiep', ...said })
    const text = await answer.text()
    expect(answer.status).toBe(422)
    for (const told of ['Số định danh cá nhân phải có đúng 12 chữ số', 'Đính kèm văn bản ủy quyền hoặc giấy giới thiệu.', 'value="Hồ Văn Diều"', 'value="04609012345"']) expect(text).toContain(told)
    expect((await who.open(`${draft}/xem-lai`)).headers.get('location')).toBe(`${here}?sai=1`)
    expect(await (await who.open(`${here}?sai=1`)).text()).toContain('Số định danh cá nhân phải có đúng 12 chữ số')
    const good = await who.send(here, here, { viec: 'tiep', ...said, 'ben-so': '046 090 123 456' }, { 'tep-999': [paper('giay uy quyen.pdf')] })
    expect(good.headers.get('location')).toBe(`${draft}/xem-lai`)
    const review = await (await who.open(`${draft}/xem-lai`)).text()
    for (const shown of ['Nộp thay', 'Hồ Văn Diều', 'giay uy quyen.pdf']) expect(review).toContain(shown)
    const id = ((await who.post(`${draft}/xem-lai`, `${draft}/xem-lai`, {})).headers.get('location') ?? '').replace('/nop-ho-so/xong/', '')
    const { rows } = await db.owner.query('select applicant_name, applicant_number, submitter_name, submitter_relation from dossier.dossier where id = $1', [id])
    expect(rows[0]).toMatchObject({ applicant_name: 'Hồ Văn Diều', submitter_name: 'Trần Thị Sáo', submitter_relation: expect.stringContaining('Được ủy quyền') as string })
  })
})

describe('warnings', () => {
  it('a number that contradicts the answers is told at the question and before filing, and stops nobody', async () => {
    const who = visitor(address())
    const draft = await begin(who)
    const sent = await who.post(`${draft}/to-khai`, `${draft}/to-khai`, { ...ANSWERS, 'requester.dateOfBirth': '12/04/1985', viec: 'tiep' })
    expect(sent.headers.get('location')).toBe(`${draft}/giay-to`)
    expect(await (await who.open(`${draft}/to-khai`)).text()).toMatch(/class="field-warning">Xem lại số định danh cá nhân: số thứ tư đến thứ sáu chưa khớp với năm sinh/)
    expect(await signUp(who, `${draft}/giay-to`)).toBe(`${draft}/giay-to`)
    await who.send(`${draft}/giay-to`, `${draft}/giay-to`, { viec: 'tiep', 'nhan-ket-qua': 'online' }, {})
    const review = await (await who.open(`${draft}/xem-lai`)).text()
    expect(review).toContain('Nên xem lại')
    expect((await who.post(`${draft}/xem-lai`, `${draft}/xem-lai`, {})).headers.get('location')).toMatch(/^\/nop-ho-so\/xong\//)
  })
})

describe('a form that was published anew', () => {
  it('meanwhile: the page says so and shows what was written in the former one; the review does not file what it did not show', async () => {
    const who = visitor(address())
    const draft = await toPapers(who)
    await who.send(`${draft}/giay-to`, `${draft}/giay-to`, { viec: 'tiep', 'nhan-ket-qua': 'online' }, {})
    const [, id] = /ban-nhap\/([0-9a-f-]{36})/.exec(draft) ?? []
    const { PUBLISHED_FORMS } = await import('../../../modules/catalogue/forms/published-forms.ts')
    const former = PUBLISHED_FORMS.find((one) => one.slug === 'chung' && one.n === 1)?.version ?? ''
    await db.owner.query('update dossier.draft set form_version = $1 where id = $2', [former, id])
    const text = await (await who.open(`${draft}/to-khai`)).text()
    expect(text).toContain('Mẫu tờ khai vừa được thay')
    expect(text).toContain('Những gì đã ghi ở mẫu cũ')
    const refused = await who.post(`${draft}/xem-lai`, `${draft}/xem-lai`, { mau: former })
    expect([refused.status, (await refused.text()).includes('Mẫu tờ khai vừa được thay')]).toEqual([409, true])
  })
})

describe('filing', () => {
  it('shows all of it once more, then gives code and secret; a second press and a second tab end at the same dossier', async () => {
    const who = visitor(address())
    const draft = await toPapers(who)
    await who.send(`${draft}/giay-to`, `${draft}/giay-to`, { viec: 'tiep', 'nhan-ket-qua': 'online' }, { 'tep-1': [paper('don xin.pdf')] })
    const review = await (await who.open(`${draft}/xem-lai`)).text()
    for (const shown of ['Trần Thị Sáo', 'Xin thả diều', 'don xin.pdf', '20.000 đ', '3 ngày làm việc']) expect(review).toContain(shown)
    const pressed = await Promise.all([0, 1].map(() => who.post(`${draft}/xem-lai`, `${draft}/xem-lai`, {})))
    const [first] = pressed.map((p) => p.headers.get('location'))
    expect(first).toMatch(/^\/nop-ho-so\/xong\/[0-9a-f-]{36}$/)
    for (const again of [...pressed, await who.open(`${draft}/xem-lai`), await who.open(`${draft}/to-khai`)]) expect([first, `${draft}/giay-to`]).toContain(again.headers.get('location'))
    const done = await (await who.open(first ?? '')).text()
    expect(done).toMatch(/H57\.\d+-\d{8}-\d{7}/)
    expect(done).toContain('8 giờ làm việc')
    const mine = await (await who.open('/tai-khoan')).text()
    expect(mine.match(/Chờ nơi nhận trả lời/g), 'one dossier').toHaveLength(1)
    expect(mine).not.toContain('Đang viết dở')
  })

  it('is seen by nobody else: not the dossier, not its files', async () => {
    const who = visitor(address())
    const id = await file(who)
    const page = await (await who.open(`/tai-khoan/ho-so/${id}`)).text()
    const scan = /href="(\/tai-khoan\/ho-so\/[^"]+\/tep\/[^"]+)"/.exec(page)?.[1] ?? ''
    expect(Buffer.from(await (await who.open(scan)).arrayBuffer()).equals(PDF)).toBe(true)
    const other = visitor(address())
    await other.signIn('congdan', DEMO_PASSWORD)
    for (const path of [`/tai-khoan/ho-so/${id}`, `/tai-khoan/ho-so/${id}/bo-sung`, `/nop-ho-so/xong/${id}`, scan]) expect((await other.open(path)).status, path).toBe(404)
  })
})

describe('a request to complete', () => {
  it('stands on top of the account, is answered with what was asked for, once', async () => {
    const who = visitor(address())
    const id = await file(who)
    const { rows } = await db.owner.query<{ desk: Uuid; version: number; agency: Uuid }>('select desk_id as desk, version, receiving_agency_id as agency from dossier.dossier where id = $1', [id])
    const { desk, version, agency } = rows[0]!
    const [officer] = await listStaff(db.ctx({ now: now() }), { unitId: desk, roles: ['desk-officer'] })
    const actor = { kind: 'person' as const, userId: newId(now()), personId: officer!.personId, posts: [{ postId: officer!.postId, role: 'desk-officer', unitId: desk, agencyId: agency }] }
    must(await requestCompletion(db.ctx({ now: now(), actor }), { submissionKey: newId(now()), dossierId: id, version, items: ['Ảnh con diều chụp rõ'], reason: 'Ảnh bị mờ' }))
    const account = await (await who.open('/tai-khoan')).text()
    expect(account.indexOf('Ảnh con diều chụp rõ')).toBeGreaterThan(account.indexOf('Cần bạn làm'))
    const here = `/tai-khoan/ho-so/${id}/bo-sung`
    const nothing = await who.post(here, here, { viec: 'tiep', 'loi-nhan': '' })
    expect([nothing.status, (await nothing.text()).includes('Chưa có gì mới')]).toEqual([422, true])
    expect((await who.post(here, here, { viec: 'luu', 'loi-nhan': 'Tôi gửi lại ảnh' })).headers.get('location')).toBe(here)
    expect(await (await who.open(here)).text(), 'kept as a draft').toContain('Tôi gửi lại ảnh')
    const sent = await who.send(here, here, { viec: 'tiep', 'loi-nhan': 'Tôi gửi lại ảnh' }, { 'tep-3': [paper('anh-moi.pdf')] })
    expect(sent.headers.get('location')).toBe(`/tai-khoan/ho-so/${id}?xong=bo-sung`)
    const page = await (await who.open(`/tai-khoan/ho-so/${id}`)).text()
    expect(page).toContain('anh-moi.pdf')
    expect(page).toContain('Chờ nơi nhận trả lời')
    expect((await who.open(here)).headers.get('location'), 'answered').toBe(`/tai-khoan/ho-so/${id}`)
  })
})
