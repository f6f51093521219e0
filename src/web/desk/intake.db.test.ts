import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, newCitizen, newWard } from '#test/factories.ts'
import type { View } from '../http.ts'
import { intakeRoutes } from './intake.tsx'

const { ctx } = await testDb()
const view: View = { lang: 'vi', path: '/mot-cua', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }

let ward: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})

const send = (path: string, fields: Record<string, string>) => {
  const app = new Hono()
  for (const route of intakeRoutes) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: ctx({ actor: ward.receiver }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] }))
  return app.request(`http://mot-cua.test${path}`, { method: 'POST', body: new URLSearchParams({ submissionKey: key(NOW), 'thu-tuc': '1.999001', dong: '1', ...fields }) })
}
const receive = (fields: Record<string, string>) => send('/mot-cua', { 'tra-ket-qua': 'counter', ...fields })

describe('who stands at the counter for somebody else', () => {
  it('is found by the number alone: the same digits as a phone, which a family shares, are nobody', async () => {
    const phone = '0905123999'
    const [mother, child] = [await newCitizen(ctx(), { name: 'Hồ Thị Mẹ', phone }), await newCitizen(ctx(), { name: 'Đặng Văn Con', phone })]
    const byPhone = await receive({ 'nguoi-nop': child, 'nop-thay': phone, 'quan-he': 'Giấy ủy quyền số 1' })
    expect([byPhone.status, (await byPhone.text()).includes('Chưa có người mang số này')]).toEqual([422, true])
    const { rows } = await sql<{ number: string }>`select personal_number as number from organisation.person where id = ${mother}`.execute(ctx().db)
    const byNumber = await receive({ 'nguoi-nop': child, 'nop-thay': rows[0]?.number ?? '', 'quan-he': 'Giấy ủy quyền số 1' })
    expect(byNumber.status).toBe(303)
    const submitters = await sql<object>`select submitter_name from dossier.dossier where applicant_id = ${child}`.execute(ctx().db)
    expect(submitters.rows).toEqual([{ submitter_name: 'Hồ Thị Mẹ' }])
  })
})

it('a result to be sent by post needs an address: said at the field, the rule’s own sentence', async () => {
  const answer = await receive({ 'nguoi-nop': await newCitizen(ctx()), 'tra-ket-qua': 'postal', 'dia-chi-nhan': '  ' })
  const page = await answer.text()
  expect([answer.status, page.includes('href="#dia-chi-nhan"'), page.includes('Ghi địa chỉ để bưu chính chuyển kết quả.')]).toEqual([422, true, true])
})

describe('finding the applicant', () => {
  it('one hit is chosen at once, and nothing of what was typed stands in the address', async () => {
    const id = await newCitizen(ctx(), { name: 'Tôn Nữ Độc Nhất' })
    const answer = await send('/mot-cua/tim-nguoi', { 'tim-nguoi': 'ton nu doc nhat' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/mot-cua?thu-tuc=1.999001&nguoi-nop=${id}&dong=1`])
  })

  it('several are listed by name, each a link by id', async () => {
    const twins = [await newCitizen(ctx(), { name: 'Lê Song Sinh' }), await newCitizen(ctx(), { name: 'Lê Song Sinh' })]
    const answer = await send('/mot-cua/tim-nguoi', { 'tim-nguoi': 'le song sinh' })
    const page = await answer.text()
    expect([answer.status, ...twins.map((id) => page.includes(`nguoi-nop=${id}`))]).toEqual([200, true, true])
  })

  it('what is missing of a known person is filled in on the spot; a number that is somebody else’s is refused and nothing typed is lost', async () => {
    const id = await newCitizen(ctx(), { phone: null, personalNumber: null })
    const saved = await send(`/mot-cua/nguoi-nop/${id}`, { phone: '0905 777 888', address: '3 Lê Lợi', email: '' })
    expect([saved.status, saved.headers.get('location')]).toEqual([303, `/mot-cua?thu-tuc=1.999001&nguoi-nop=${id}&dong=1`])
    const { rows } = await sql<object>`select phone, address from organisation.person where id = ${id}`.execute(ctx().db)
    expect(rows).toEqual([{ phone: '0905777888', address: '3 Lê Lợi' }])
    await newCitizen(ctx(), { personalNumber: '046090777888' })
    const refused = await send(`/mot-cua/nguoi-nop/${id}`, { personalNumber: '046090777888', phone: '0905777999', address: '3 Lê Lợi' })
    const page = await refused.text()
    expect([refused.status, page.includes('Số này đã thuộc về người khác'), page.includes('value="0905777999"')]).toEqual([409, true, true])
  })
})
