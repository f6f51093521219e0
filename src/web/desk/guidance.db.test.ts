import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import { uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { getGuidance, listGuidance } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, newCitizen, newWard } from '#test/factories.ts'
import type { View } from '../http.ts'
import { guidanceRoutes } from './guidance.tsx'

const { ctx } = await testDb()
const view: View = { lang: 'vi', path: '/mot-cua/huong-dan', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }

let ward: Ward
let other: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  other = await newWard(ctx())
})

const ask = (path: string, fields?: Record<string, string | readonly string[]>, actor: Actor = ward.receiver) => {
  const app = new Hono()
  for (const route of guidanceRoutes) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: ctx({ actor }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] }))
  app.onError((error, c) => c.text(error.message, error instanceof Forbidden ? 403 : error instanceof NotFound ? 404 : 500))
  if (fields === undefined) return app.request(`http://mot-cua.test/mot-cua/huong-dan${path}`)
  const body = new URLSearchParams({ submissionKey: key(NOW) })
  for (const [name, value] of Object.entries(fields)) for (const one of typeof value === 'string' ? [value] : value) body.append(name, one)
  return app.request(`http://mot-cua.test/mot-cua/huong-dan${path}`, { method: 'POST', body })
}
const here = () => ctx({ actor: ward.receiver })

describe('guidance at the counter, before any dossier', () => {
  it('begins with what was typed at the intake: who, and of the papers those that were not ticked', async () => {
    const id = await newCitizen(ctx(), { name: 'Lê Thiếu Giấy', phone: '0905111999' })
    const page = await (await ask('/soan', { 'thu-tuc': '1.999001', 'nguoi-nop': id, giay: ['1'] })).text()
    expect(['value="Lê Thiếu Giấy"', 'value="0905111999"', 'Thành phần hồ sơ chưa đầy đủ theo quy định.'].filter((words) => !page.includes(words))).toEqual([])
    const ticked = [...page.matchAll(/name="thieu"[^>]*value="(\d+)"[^>]*>/g)].filter((match) => match[0].includes('checked')).map((match) => match[1])
    expect(ticked).toEqual(['2', '3'])
  })

  it('form 02 names the papers and the free lines; it is listed under its day', async () => {
    const answer = await ask('', { loai: 'completion', 'thu-tuc': '1.999001', 'ho-ten': 'Lê Thiếu Giấy', 'dien-thoai': '0905111999', thieu: ['3'], them: 'Ký vào đơn\n\n', 'ly-do': 'Chưa đủ' })
    const location = answer.headers.get('location') ?? ''
    expect([answer.status, location.replace(/[0-9a-f-]{36}$/, ':id')]).toEqual([303, '/mot-cua/huong-dan/da-lap/:id'])
    const given = await getGuidance(here(), uuid(location.slice(-36)))
    expect(given).toMatchObject({ kind: 'completion', procedureCode: '1.999001', items: ['Ảnh con diều (2 bản chính)', 'Ký vào đơn'], reason: 'Chưa đủ', person: { name: 'Lê Thiếu Giấy' } })
    expect((await listGuidance(here(), ward.desk.id, dateOf(NOW))).map((one) => one.id)).toContain(given.id)
    const page = await (await ask(location.replace('/mot-cua/huong-dan', ''))).text()
    expect(['Ảnh con diều', 'In phiếu', `${given.id}.pdf`].filter((words) => !page.includes(words))).toEqual([])
  })

  it('form 03 needs no procedure of the catalogue', async () => {
    const answer = await ask('', { loai: 'refusal', 'thu-tuc': '', 'ho-ten': 'Trần Hỏi Lạc', 'ly-do': 'Việc của tòa án', 'can-cu': 'Điều 27 Bộ luật Tố tụng dân sự' })
    expect(answer.status).toBe(303)
  })

  it('nothing to complete, no name, an unknown procedure: said at the fields, all typed is there again', async () => {
    const answer = await ask('', { loai: 'completion', 'thu-tuc': '9.999999', 'ho-ten': '', 'ly-do': 'Chưa đủ giấy' })
    const page = await answer.text()
    expect([answer.status, ['Ghi họ tên người nộp.', 'Không có thủ tục mang mã này.', 'từ 1 đến 30 mục', 'Chưa đủ giấy'].filter((words) => !page.includes(words))]).toEqual([422, []])
  })

  it('an officer of another desk does not read it', async () => {
    const answer = await ask('', { loai: 'refusal', 'ho-ten': 'Trần Hỏi Lạc', 'ly-do': 'Việc của tòa án' })
    expect((await ask((answer.headers.get('location') ?? '').replace('/mot-cua/huong-dan', ''), undefined, other.receiver)).status).toBe(403)
  })
})
