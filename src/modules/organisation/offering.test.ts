/** data/organisations/offering.json against every procedure that the product ships: each has somebody, or a reason why not. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { demoCity } from './demo/city-data.ts'
import { type OfferedProcedure, getOffering, offersProcedure, routeOf } from './offering.ts'
import type { UnitLevel } from './unit-state.ts'

const folder = join(import.meta.dirname, '../../../data/procedures')
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => line !== ''))
  .map((line) => JSON.parse(line) as OfferedProcedure & { code: string })
const levelsOf = (p: OfferedProcedure) => (['province', 'commune'] as const).filter((level) => p.levels.includes(level))

describe('the offering', () => {
  it('names a unit, or a reason, for each level of each of the 1,090 shipped procedures', () => {
    expect(shipped.length).toBe(1_090)
    const forgotten = shipped.flatMap((p) =>
      levelsOf(p).flatMap((level) => {
        const route = routeOf(level, p)
        return !route.offered && route.reason.startsWith('Chưa có đơn vị') ? [`${p.code} ${level}: ${p.publisher}, ${p.field}`] : []
      }),
    )
    expect(forgotten).toEqual([])
  })

  it('offers most of them; what it does not offer belongs to vertical bodies', () => {
    const offered = shipped.filter((p) => levelsOf(p).some((level) => offersProcedure(level, p)))
    expect(offered.length).toBeGreaterThan(880)
    const publishers = new Set(shipped.filter((p) => !offered.includes(p)).map((p) => p.publisher))
    expect([...publishers].sort()).toEqual(['Bộ Công an', 'Bộ Quốc phòng', 'Bộ Tài chính', 'Ngân hàng Chính sách xã hội', 'Tòa án nhân dân tối cao'])
  })

  it('names only departments and divisions that the city has', () => {
    const departments = new Map(demoCity().departments.map((d) => [d.remit, new Set(d.divisions.map((v) => v.remit))]))
    const communeUnits = new Set(['office', 'economy', 'culture-society', 'police'])
    const unknown = getOffering().rules.filter((r) =>
      r.unit === undefined ? false : r.level === 'commune' ? !communeUnits.has(r.unit) : departments.get(r.agency ?? '')?.has(r.unit) !== true,
    )
    expect(unknown).toEqual([])
  })

  it.each<[string, UnitLevel, OfferedProcedure, string]>([
    ['civil status', 'commune', { publisher: 'Bộ Tư pháp', levels: ['commune'], field: 'Hộ tịch' }, 'office'],
    ['authentication', 'commune', { publisher: 'Bộ Tư pháp', levels: ['commune'], field: 'Chứng thực' }, 'office'],
    ['household business', 'commune', { publisher: 'Bộ Tài chính', levels: ['commune'], field: 'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)' }, 'economy'],
    ['land', 'commune', { publisher: 'Bộ Nông nghiệp và Môi trường', levels: ['commune'], field: 'Đất đai' }, 'economy'],
    ['building', 'commune', { publisher: 'Bộ Xây dựng', levels: ['commune'], field: 'Hoạt động xây dựng' }, 'economy'],
    ['social protection', 'commune', { publisher: 'Bộ Y tế', levels: ['commune'], field: 'Bảo trợ xã hội' }, 'culture-society'],
    ['education', 'commune', { publisher: 'Bộ Giáo dục và Đào tạo', levels: ['commune'], field: 'Giáo dục mầm non' }, 'culture-society'],
    ['residence', 'commune', { publisher: 'Bộ Công an', levels: ['commune'], field: 'Đăng ký, quản lý cư trú' }, 'police'],
    ['identity cards', 'commune', { publisher: 'Bộ Công an', levels: ['commune'], field: 'Cấp, quản lý căn cước' }, 'police'],
    ['enterprises', 'province', { publisher: 'Bộ Tài chính', levels: ['province'], field: 'Thành lập và hoạt động của doanh nghiệp' }, 'finance/business-registration'],
    ['tourism', 'province', { publisher: 'Bộ Văn hóa, Thể thao và Du lịch', levels: ['province'], field: 'Du lịch' }, 'tourism/travel'],
  ])('sends %s (%s) to whoever knows it', (_, level, procedure, to) => {
    const route = routeOf(level, procedure)
    expect(route.offered ? [route.agency, route.unit].filter(Boolean).join('/') : route.reason).toBe(to)
  })

  it('does not offer what is not carried out at that level', () => {
    expect(offersProcedure('commune', { publisher: 'Bộ Tư pháp', levels: ['province'], field: 'Luật sư' })).toBe(false)
  })
})
