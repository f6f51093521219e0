/** The demo city Huế: the organisation as of 2025 (domain.md §1.4), every post filled, the rows equal to the fold of the log (decision 10). */
import { beforeAll, describe, expect, it } from 'vitest'
import adminUnits from '../../../data/organisations/admin-units.json' with { type: 'json' }
import type { Uuid } from '#kernel/ids.ts'
import { dateOf, plainDate } from '#kernel/plain-date.ts'
import { fold } from '#kernel/text.ts'
import { signIn } from '#modules/access'
import { type Unit, competentUnit, findUnitByCode, listDemoSignIns, listStaff, listUnits, personalNumberWarnings, seedDemoCity } from '#modules/organisation'
import { sql } from '#platform/db/db.ts'
import { type LoggedEvent, readStream } from '#platform/log/read-stream.ts'
import { NOW, testDb } from '#test/db.ts'
import { demoCity } from './demo/city-data.ts'
import { type PersonEvent, evolvePerson, rowOfPerson } from './person-state.ts'
import { type PostEvent, evolvePost, rowsOfPost } from './post-state.ts'
import { type UnitEvent, evolveUnit, rowsOfUnit } from './unit-state.ts'
import { seededChance } from './demo/invent-people.ts'

const { ctx } = await testDb()
let units: readonly Unit[]
let took: number
beforeAll(async () => {
  const started = performance.now()
  const result = await seedDemoCity(ctx())
  took = performance.now() - started
  expect(result).toMatchObject({ ok: true, value: { seeded: true } })
  units = await listUnits(ctx())
})
const ofKind = (kind: Unit['kind']) => units.filter((u) => u.kind === kind)

const streams = async (prefix: string): Promise<readonly (readonly [Uuid, readonly LoggedEvent[]])[]> => {
  const { rows } = await sql<{ stream: Uuid }>`select distinct stream from log.event where type like ${`${prefix}.%`} order by stream`.execute(ctx().db)
  return Promise.all(rows.map(async ({ stream }) => [stream, await readStream(ctx().db, 'other', stream)] as const))
}
const folded = <S, E>(all: readonly (readonly [Uuid, readonly LoggedEvent[]])[], evolve: (id: Uuid, state: S | undefined, event: E) => S): readonly S[] =>
  all.map(([id, events]) => {
    const state = events.reduce<S | undefined>((s, e) => evolve(id, s, { type: e.type, data: e.data } as E), undefined)
    if (state === undefined) throw new Error(`empty stream ${id}`)
    return state
  })
const table = async (name: string, order: string, without: readonly string[] = []) => {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(`organisation.${name}`)} order by ${sql.raw(order)}`.execute(ctx().db)
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([k]) => !without.includes(k))))
}


describe('the demo city', () => {
  it('is seeded within 6 s, and only once', async () => {
    expect(took).toBeLessThan(6_000)
    expect(await seedDemoCity(ctx())).toEqual({ ok: true, value: { seeded: false, units: 0, posts: 0, people: 0, accounts: 0 } })
  })

  it('has its committee, office, control office, home affairs, service centre, twelve departments and forty communes', () => {
    const counts = Object.fromEntries(['city-committee', 'city-office', 'control-office', 'home-affairs', 'service-centre', 'department', 'commune-committee', 'commune-desk', 'commune-office', 'police'].map((k) => [k, ofKind(k as Unit['kind']).length]))
    expect(counts).toEqual({
      'city-committee': 1, 'city-office': 1, 'control-office': 1, 'home-affairs': 1, 'service-centre': 1, department: 12,
      'commune-committee': 40, 'commune-desk': 40, 'commune-office': 40, police: 40,
    })
  })

  it('names the wards and communes of province 46 as the statistics office does, whatever the place of the tone mark', () => {
    const official = adminUnits.communes.filter(([, , province]) => province === '46').map(([code, name]) => `${code} ${fold(name ?? '')}`)
    const ours = ofKind('commune-committee').map((u) => `${u.areaCode} ${fold(u.name).replace('uy ban nhan dan ', '')}`)
    expect([...ours].sort()).toEqual([...official].sort())
  })

  it('gives every unit a code of its own below its agency, and Thuận Hóa H57.12', async () => {
    expect(new Set(units.map((u) => u.code)).size).toBe(units.length)
    const byId = new Map(units.map((u) => [u.id, u]))
    expect(units.filter((u) => u.parentId !== null && !u.code.startsWith(`${byId.get(u.parentId)?.code}.`))).toEqual([])
    expect((await findUnitByCode(ctx(), 'H57.12'))?.name).toBe('Ủy ban nhân dân phường Thuận Hóa')
  })

  it('has somebody in every post', async () => {
    const { rows } = await sql<{ title: string }>`
      select p.title from organisation.post p where not exists (select 1 from organisation.tenure t where t.post_id = p.id and t.valid_to is null)`.execute(ctx().db)
    expect(rows).toEqual([])
  })

  it('has a leader and a case officer in every division, two officers and a leader at every desk, signer, chair and clerk in every commune', async () => {
    const staff = await listStaff(ctx(), {})
    const roles = (unitIds: readonly Uuid[]) => staff.filter((s) => unitIds.includes(s.unitId)).map((s) => s.role)
    for (const unit of units.filter((u) => ['division', 'commune-office', 'police', 'home-affairs'].includes(u.kind))) {
      expect(roles([unit.id]), unit.name).toEqual(expect.arrayContaining(['unit-leader', 'case-officer']))
    }
    for (const desk of [...ofKind('commune-desk'), ...ofKind('service-centre')]) {
      expect(roles([desk.id]), desk.name).toContain('desk-leader')
      expect(roles([desk.id]).filter((r) => r === 'desk-officer').length, desk.name).toBeGreaterThanOrEqual(2)
    }
    for (const agency of ofKind('commune-committee')) {
      const all = roles(units.filter((u) => u.agencyId === agency.id).map((u) => u.id))
      expect(all, agency.name).toEqual(expect.arrayContaining(['chair', 'signer', 'clerk']))
      expect(units.filter((u) => u.agencyId === agency.id && (u.kind === 'division' || u.kind === 'commune-office')), agency.name).toHaveLength(3)
    }
    for (const agency of ofKind('department')) {
      expect(roles(units.filter((u) => u.agencyId === agency.id).map((u) => u.id)), agency.name).toEqual(expect.arrayContaining(['signer', 'clerk']))
    }
  })

  it('names the third division of a ward otherwise than that of a commune (processes.md §7)', () => {
    const economy = units.filter((u) => u.remit === 'economy').map((u) => u.name)
    expect([...new Set(economy)].sort()).toEqual(['Phòng Kinh tế', 'Phòng Kinh tế, Hạ tầng và Đô thị'])
  })

  it('is peopled with invented persons whose numbers look right (forms.md A6) and are nobody’s twice', async () => {
    const { rows } = await sql<{ personal_number: string; birth_on: string; gender: 'male' | 'female'; phone: string; name: string }>`
      select personal_number, birth_on, gender, phone, name from organisation.person`.execute(ctx().db)
    expect(rows.length).toBeGreaterThan(900)
    expect(rows.filter((r) => !r.personal_number.startsWith('046') || personalNumberWarnings(r.personal_number, plainDate(r.birth_on), r.gender).length > 0)).toEqual([])
    expect(new Set(rows.map((r) => r.phone)).size).toBe(rows.length)
    expect(rows.filter((r) => r.name !== r.name.normalize('NFC') || /\s\s|undefined|^\s|\s$/.test(r.name))).toEqual([])
    expect(rows.map((r) => r.name)).toEqual(expect.arrayContaining(['Đặng Dũng', 'Hồ Thị Ái Liên', 'Tôn Nữ Quỳnh Như', 'Mai Xuân Ước', 'Hồ Văn Ý', 'Hoàng Ngọc Ẩn']))
    const { rows: citizens } = await sql<{ n: number }>`
      select count(*)::int as n from organisation.person p where not exists (select 1 from organisation.tenure t where t.person_id = p.id)`.execute(ctx().db)
    expect(citizens).toEqual([{ n: 50 }])
  })

  it('is the same city again from the same seed', () => {
    const [a, b] = [seededChance(1), seededChance(1)]
    expect([a(), a(), a()]).toEqual([b(), b(), b()])
  })

  it('lets in every sign-in that the start prints', async () => {
    for (const [n, demo] of listDemoSignIns().entries()) {
      const result = await signIn(ctx(), { username: demo.username, password: demo.password, address: `10.2.0.${n}`, agent: '' })
      expect(result.ok, demo.username).toBe(true)
    }
    const officer = await signIn(ctx(), { username: 'motcua.thuanhoa', password: listDemoSignIns()[0]?.password ?? '', address: '10.2.1.1', agent: '' })
    expect(officer.ok && officer.value.session.posts.map((p) => [p.role, p.agencyName])).toEqual([['desk-officer', 'Ủy ban nhân dân phường Thuận Hóa']])
  })
})

describe('replay', () => {
  it('of units gives the rows of the tables, column by column', async () => {
    const rows = folded(await streams('unit'), (id, s: Parameters<typeof evolveUnit>[1], e: UnitEvent) => evolveUnit(id, s, e)).map(rowsOfUnit)
    expect(rows.map((r) => r.unit)).toEqual(await table('unit', 'id', ['name_fold']))
    expect(rows.flatMap((r) => r.names)).toEqual(await table('unit_name', 'unit_id, valid_from'))
    expect(rows.flatMap((r) => r.successions)).toEqual(await table('succession', 'predecessor_id'))
  })

  it('of posts gives the rows of the tables, column by column', async () => {
    const rows = folded(await streams('post'), (id, s: Parameters<typeof evolvePost>[1], e: PostEvent) => evolvePost(id, s, e)).map(rowsOfPost)
    expect(rows.map((r) => r.post)).toEqual(await table('post', 'id'))
    expect(rows.flatMap((r) => r.tenures)).toEqual(await table('tenure', 'post_id, valid_from'))
  })

  it('of people gives the rows of the table, column by column', async () => {
    const rows = folded(await streams('person'), (id, s: Parameters<typeof evolvePerson>[1], e: PersonEvent) => evolvePerson(id, s, e)).map(rowOfPerson)
    expect(rows).toEqual(await table('person', 'id', ['name_fold']))
  })
})

describe('what an agency offers', () => {
  const marital = { publisher: 'Bộ Tư pháp', levels: ['commune'], field: 'Hộ tịch' }

  it('1.004873 marital status: the office of the ward where it is brought, received at its desk', async () => {
    const ward = await findUnitByCode(ctx(), 'H57.12')
    const competent = await competentUnit(ctx(), marital, ward?.id ?? units[0]!.id)
    expect(competent).toMatchObject({ offered: true, agencyId: ward?.id, level: 'commune' })
    const names = competent.offered ? [competent.unitId, competent.deskId].map((id) => units.find((u) => u.id === id)?.kind) : []
    expect(names).toEqual(['commune-office', 'commune-desk'])
  })

  it('a city procedure brought to the service centre goes to the department and its division', async () => {
    const centre = ofKind('service-centre')[0]
    const competent = await competentUnit(ctx(), { publisher: 'Bộ Tư pháp', levels: ['province'], field: 'Luật sư' }, centre!.id)
    const names = competent.offered ? [competent.agencyId, competent.unitId, competent.deskId].map((id) => units.find((u) => u.id === id)?.name) : []
    expect(names).toEqual(['Sở Tư pháp', 'Phòng Bổ trợ tư pháp', 'Trung tâm Phục vụ hành chính công thành phố Huế'])
  })

  it('says why not: another level, another department, a vertical body', async () => {
    const [ward, department] = [ofKind('commune-committee')[0], ofKind('department').find((u) => u.remit === 'tourism')]
    expect(await competentUnit(ctx(), { publisher: 'Bộ Tư pháp', levels: ['province'], field: 'Luật sư' }, ward!.id)).toEqual({ offered: false, reason: 'Thủ tục không thực hiện ở cấp này' })
    expect(await competentUnit(ctx(), { publisher: 'Bộ Tư pháp', levels: ['province'], field: 'Luật sư' }, department!.id)).toMatchObject({ offered: false })
    expect(await competentUnit(ctx(), { publisher: 'Bộ Quốc phòng', levels: ['commune'], field: 'Nghĩa vụ quân sự' }, ward!.id)).toMatchObject({ offered: false })
  })

  it('resolves in all forty communes and all twelve departments', async () => {
    for (const ward of ofKind('commune-committee')) expect((await competentUnit(ctx(), marital, ward.id)).offered, ward.name).toBe(true)
    expect(demoCity().departments.map((d) => d.remit).sort()).toEqual(ofKind('department').map((u) => u.remit).sort())
    expect(dateOf(NOW)).toBe('2026-11-20')
  })
})

describe('in production', () => {
  it('decision 22: the demo city and its sign-ins are never made', async () => {
    const production = await testDb()
    await production.pool.query(`insert into platform.setting (key, value) values ('mode', '"production"')`)
    expect(await seedDemoCity(production.ctx())).toEqual({ ok: false, error: { code: 'not-in-production' } })
    expect((await production.pool.query('select 1 from access.user')).rowCount).toBe(0)
    const first = listDemoSignIns()[0]
    expect(await signIn(production.ctx(), { username: first?.username ?? '', password: first?.password ?? '', address: '::1', agent: '' })).toMatchObject({ ok: false })
  })
})
