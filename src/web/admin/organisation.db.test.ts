/** Founding units on the administrator's page: a unit without a remit would never be sent a dossier (decision 16). */
import offering from '../../../data/organisations/offering.json' with { type: 'json' }
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { competentUnit, findUnitByCode, foundUnit, listRemits } from '#modules/organisation'
import { plainDate } from '#kernel/plain-date.ts'
import { NOW, testDb } from '#test/db.ts'
import { getReceipt } from '#modules/dossier'
import { key, kiteProcedure, must, newWard, receivedDossier } from '#test/factories.ts'
import { organisationRoutes } from './organisation.tsx'
import { REMIT_NAMES } from './organisation-words.ts'

const { ctx } = await testDb()
const app = new Hono()
for (const route of organisationRoutes) {
  app.on(route.method, route.path, (c) => {
    const view = { lang: 'vi' as const, path: c.req.path, cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: 'x', fragment: false }
    return route.handle({ c, ctx: ctx(), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] })
  })
}
const { unitId: city } = must(
  await foundUnit(ctx(), { submissionKey: key(NOW), code: 'H57', name: 'UBND thành phố Huế', shortName: 'UBND TP', kind: 'city-committee', parentId: null, remit: null, areaCode: null, validFrom: plainDate('2026-11-01') }),
)
const found = async (parent: Uuid, code: string, kind: string, remit = ''): Promise<Uuid> => {
  const body = new URLSearchParams({ submissionKey: key(NOW), 'ma-moi': code, 'ten-don-vi': `Đơn vị ${code}`, loai: kind, 'linh-vuc': remit, 'don-vi-tu': '2026-11-01' })
  const answer = await app.request(`/quan-tri/co-quan/${parent}/don-vi`, { method: 'POST', body })
  expect(answer.status).toBe(303)
  return (await findUnitByCode(ctx(), code))?.id ?? city
}

describe('founding units below the city', () => {
  it('offers a name for every remit that the offering knows', () => {
    const { commune, department, division } = listRemits()
    expect([...commune, ...department, ...division].filter((remit) => REMIT_NAMES[remit] === undefined)).toEqual([])
  })

  it('asks a ward, a department and a division each for what they may be in charge of', async () => {
    const ward = await found(city, 'H57.40', 'commune-committee')
    const department = await found(city, 'H57.30', 'department', 'justice')
    const page = async (id: Uuid) => (await app.request(`/quan-tri/co-quan/${id}`)).text()
    expect(await page(ward)).toContain('<option value="culture-society">Văn hóa – xã hội</option>')
    expect(await page(city)).toContain('<option value="justice">Tư pháp</option>')
    expect(await page(department)).toContain('<option value="civil-status">Hành chính tư pháp</option>')
  })

  it('1.004873 marital status goes to the ward’s office, although nobody chose its remit', async () => {
    const ward = await found(city, 'H57.41', 'commune-committee')
    await found(ward, 'H57.41.01', 'commune-desk')
    const office = await found(ward, 'H57.41.02', 'commune-office')
    expect(await competentUnit(ctx(), { publisher: 'Bộ Tư pháp', levels: ['commune'], field: 'Hộ tịch' }, ward)).toMatchObject({ offered: true, unitId: office })
  })

  it('a department’s procedure goes to the division that was given its remit', async () => {
    const department = await found(city, 'H57.31', 'department', 'tourism')
    const division = await found(department, 'H57.31.02', 'division', 'travel')
    await found(city, 'H57.02', 'service-centre')
    const rule = offering.rules.find((r) => r.unit === 'travel')
    const procedure = { publisher: rule?.publisher ?? null, levels: ['province'], field: rule?.fields?.[0] ?? '' }
    expect(await competentUnit(ctx(), procedure, department)).toMatchObject({ offered: true, unitId: division })
  })
})

describe('changing a unit', () => {
  const post = async (unit: Uuid, what: string, fields: Record<string, string>) => app.request(`/quan-tri/co-quan/${unit}/${what}`, { method: 'POST', body: new URLSearchParams({ submissionKey: key(NOW), ...fields }) })

  it('its address is printed on the papers of its desk from that day on', async () => {
    await kiteProcedure(ctx())
    const ward = await newWard(ctx())
    expect((await post(ward.desk.id, 'lien-he', { 'dia-chi': '12 Lê Lợi, phường Thuận Hóa', 'dien-thoai': '0234 000 0012', 'lien-he-tu': '2026-11-20' })).status).toBe(303)
    expect(await (await app.request(`/quan-tri/co-quan/${ward.desk.id}`)).text()).toContain('12 Lê Lợi, phường Thuận Hóa')
    const { id } = await receivedDossier(ctx(), ward)
    expect((await getReceipt(ctx({ actor: ward.receiver }), id)).desk).toMatchObject({ address: '12 Lê Lợi, phường Thuận Hóa', phone: '0234 000 0012' })
    const wrong = await post(ward.desk.id, 'lien-he', { 'dia-chi': '', 'dien-thoai': 'gọi sau', 'lien-he-tu': '2026-11-20' })
    expect([wrong.status, (await wrong.text()).includes('Số điện thoại chỉ gồm chữ số')]).toEqual([422, true])
  })

  it('closing a desk says how many dossiers are open, and takes it back to the form', async () => {
    const ward = await newWard(ctx())
    await receivedDossier(ctx(), ward)
    const refused = await post(ward.desk.id, 'dong', { 'ngay-dong': '2026-11-20', 'ke-thua': '' })
    const text = await refused.text()
    expect([refused.status, text.includes('Đơn vị còn 1 hồ sơ chưa xong'), text.includes('Còn 1 hồ sơ chưa xong')]).toEqual([409, true, true])
    expect((await post(ward.desk.id, 'dong', { 'ngay-dong': '2026-12-31', 'ke-thua': '' })).status).toBe(303)
  })

  it('a division that is put in charge of what another has is told whose it is', async () => {
    const ward = await newWard(ctx())
    const division = await found(ward.agency.id, `${ward.agency.code}.05`, 'division', 'economy')
    const taken = await post(division, 'phu-trach', { 'linh-vuc-moi': 'office' })
    expect([taken.status, (await taken.text()).includes(`${ward.division.name} đang phụ trách lĩnh vực này`)]).toEqual([409, true])
    expect((await post(division, 'phu-trach', { 'linh-vuc-moi': 'police' })).status).toBe(303)
  })
})
