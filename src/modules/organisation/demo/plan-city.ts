/** PURE. From the data of the demo city to what is founded, created and registered: every unit with its posts, every post with its holder. */
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Role } from '#modules/access'
import type { PersonDetails } from '../person-state.ts'
import type { UnitFounded, UnitKind, UnitLevel } from '../unit-state.ts'
import { type Commune, type DemoCity, type Department } from './city-data.ts'
import { inventor } from './invent-people.ts'

export type PlannedUnit = { readonly id: Uuid; readonly data: UnitFounded['data'] }
export type PlannedPost = { readonly id: Uuid; readonly unitId: Uuid; readonly role: Role; readonly title: string; readonly holderId: Uuid; readonly username: string }
export type PlannedPerson = { readonly id: Uuid; readonly details: PersonDetails }
export type PlannedAccount = { readonly userId: Uuid; readonly personId: Uuid; readonly username: string }

export type CityPlan = {
  readonly validFrom: PlainDate
  readonly units: readonly PlannedUnit[]
  readonly posts: readonly PlannedPost[]
  readonly people: readonly PlannedPerson[]
  readonly accounts: readonly PlannedAccount[]
}

const SEED = 20_250_701
const CITIZENS = 50

type UnitWish = { readonly code: string; readonly name: string; readonly shortName: string; readonly kind: UnitKind; readonly level: UnitLevel; readonly remit?: string; readonly areaCode?: string; readonly contact?: UnitFounded['data']['contact'] }
type Place = { readonly unitId: Uuid; readonly agencyId: Uuid }
type Seat = readonly [role: Role, title: string, username: string]

/** @param nextId makes ids; chance and time come from outside */
export const planCity = (city: DemoCity, nextId: () => Uuid): CityPlan => {
  const plan = { units: [] as PlannedUnit[], posts: [] as PlannedPost[], people: [] as PlannedPerson[], accounts: [] as PlannedAccount[] }
  const validFrom = city.validFrom as PlainDate
  const invent = inventor(city.names, SEED)

  const person = (details: PersonDetails, username: string): Uuid => {
    const id = nextId()
    plan.people.push({ id, details })
    plan.accounts.push({ userId: nextId(), personId: id, username })
    return id
  }
  const unit = (wish: UnitWish, parent: Place | null, isAgency: boolean): Place => {
    const id = nextId()
    const agencyId = isAgency || parent === null ? id : parent.agencyId
    const data = { remit: null, areaCode: null, ...wish, parentId: parent?.unitId ?? null, agencyId, validFrom }
    plan.units.push({ id, data })
    return { unitId: id, agencyId }
  }
  const seats = (place: Place, list: readonly Seat[]): void => {
    for (const [role, title, username] of list) {
      plan.posts.push({ id: nextId(), unitId: place.unitId, role, title, username, holderId: person(invent({ born: [1968, 2000] }), username) })
    }
  }

  const committee = unit({ ...city.city, kind: 'city-committee', level: 'province' }, null, true)
  planCentre(city, committee, unit, seats)
  for (const department of city.departments) planDepartment(department, committee, unit, seats)
  for (const commune of city.communes) planCommune(commune, committee, unit, seats)

  for (let n = 0; n < CITIZENS; n += 1) {
    const commune = city.communes[(n * 7 + 2) % city.communes.length]
    const name = city.citizens[n]
    const address = commune === undefined ? null : `${(n % 90) + 3} ${STREETS[n % STREETS.length]}, ${commune.kind} ${commune.name}, thành phố Huế`
    person(invent({ ...(name !== undefined && { name }), address, born: [1955, 2007] }), n === 0 ? 'congdan' : `congdan${n + 1}`)
  }
  return { ...plan, validFrom }
}

const STREETS = ['Lê Lợi', 'Nguyễn Huệ', 'Trần Hưng Đạo', 'Hùng Vương', 'Phan Chu Trinh', 'Bà Triệu', 'Đặng Huy Trứ', 'Nguyễn Sinh Cung', 'Bùi Thị Xuân', 'Điện Biên Phủ', 'Ngự Bình', 'Tố Hữu']

type MakeUnit = (wish: UnitWish, parent: Place | null, isAgency: boolean) => Place
type MakeSeats = (place: Place, list: readonly Seat[]) => void

/** Invented, and to be seen as such: no street is named, and no number of the city begins like this. */
const contactOf = (code: string, where: string): NonNullable<UnitFounded['data']['contact']> => ({ address: `Trụ sở Một cửa, ${where}`, phone: `0234 000 00${code.slice(-2)}` })

/** The committee's leaders, its office with the control office and the administrator, and the desk of all departments. */
const planCentre = (city: DemoCity, committee: Place, unit: MakeUnit, seats: MakeSeats): void => {
  const level = 'province' as const
  seats(committee, [
    ['chair', 'Chủ tịch UBND thành phố', 'chutich'],
    ['signer', 'Phó Chủ tịch UBND thành phố', 'phochutich'],
    ['signer', 'Phó Chủ tịch UBND thành phố', 'phochutich2'],
    ['signer', 'Phó Chủ tịch UBND thành phố', 'phochutich3'],
  ])
  const office = unit({ ...city.office, kind: 'city-office', level, remit: 'city-office' }, committee, true)
  seats(office, [
    ['signer', 'Chánh Văn phòng', 'chanhvanphong'],
    ['clerk', 'Văn thư', 'vanthu'],
  ])
  const control = unit({ code: `${city.office.code}.01`, name: 'Phòng Kiểm soát thủ tục hành chính', shortName: 'Phòng KSTTHC', kind: 'control-office', level, remit: 'control' }, office, false)
  seats(control, [
    ['control-officer', 'Trưởng phòng Kiểm soát thủ tục hành chính', 'kiemsoat'],
    ['control-officer', 'Chuyên viên kiểm soát thủ tục hành chính', 'kiemsoat2'],
  ])
  const general = unit({ code: `${city.office.code}.02`, name: 'Phòng Tổng hợp và Chuyển đổi số', shortName: 'Phòng Tổng hợp', kind: 'division', level, remit: 'general' }, office, false)
  seats(general, [
    ['unit-leader', 'Trưởng phòng', 'truongphong.tonghop'],
    ['case-officer', 'Chuyên viên', 'chuyenvien.tonghop'],
    ['case-officer', 'Chuyên viên', 'chuyenvien2.tonghop'],
    ['administrator', 'Quản trị hệ thống', 'quantri'],
  ])
  const centre = unit({ ...city.serviceCentre, kind: 'service-centre', level, remit: 'service-centre', contact: contactOf(city.serviceCentre.code, 'thành phố Huế') }, committee, true)
  seats(centre, [
    ['desk-leader', 'Giám đốc Trung tâm', 'giamdoc.trungtam'],
    ...Array.from({ length: 6 }, (_, i): Seat => ['desk-officer', 'Công chức tiếp nhận và trả kết quả', `motcua${i === 0 ? '' : i + 1}.trungtam`]),
  ])
}

const planDepartment = (d: Department, committee: Place, unit: MakeUnit, seats: MakeSeats): void => {
  const level = 'province' as const
  const department = unit({ code: d.code, name: d.name, shortName: d.name, kind: 'department', level, remit: d.remit }, committee, true)
  seats(department, [
    ['signer', `Giám đốc ${d.name}`, `giamdoc.${d.key}`],
    ['signer', `Phó Giám đốc ${d.name}`, `phogiamdoc.${d.key}`],
    ['signer', `Phó Giám đốc ${d.name}`, `phogiamdoc2.${d.key}`],
  ])
  const office = unit({ code: `${d.code}.01`, name: 'Văn phòng Sở', shortName: 'Văn phòng', kind: 'division', level, remit: 'office' }, department, false)
  seats(office, [
    ['unit-leader', 'Chánh Văn phòng Sở', `chanhvanphong.${d.key}`],
    ['case-officer', 'Chuyên viên', `chuyenvien.${d.key}`],
    ['clerk', 'Văn thư', `vanthu.${d.key}`],
  ])
  for (const [i, division] of d.divisions.entries()) {
    const reform = division.remit === 'reform'
    const place = unit(
      { code: `${d.code}.0${i + 2}`, name: division.name, shortName: division.name, kind: reform ? 'home-affairs' : 'division', level, remit: division.remit },
      department,
      false,
    )
    const key = `${division.remit.replaceAll('-', '')}.${d.key}`
    seats(place, [
      ['unit-leader', 'Trưởng phòng', `truongphong.${key}`],
      ['case-officer', 'Chuyên viên', `chuyenvien.${key}`],
      ['case-officer', 'Chuyên viên', `chuyenvien2.${key}`],
      ...(reform ? ([['home-affairs', 'Chuyên viên cải cách hành chính', 'noivu']] as const) : []),
    ])
  }
}

/** processes.md §7: a commune since 07-2025 has its desk, three divisions whose names differ between ward and commune, and its police. */
const planCommune = (c: Commune, city: Place, unit: MakeUnit, seats: MakeSeats): void => {
  const level = 'commune' as const
  const where = `${c.kind} ${c.name}`
  const committee = unit({ code: c.code, name: `Ủy ban nhân dân ${where}`, shortName: `UBND ${where}`, kind: 'commune-committee', level, areaCode: c.areaCode }, city, true)
  seats(committee, [
    ['chair', `Chủ tịch UBND ${where}`, `chutich.${c.key}`],
    ['signer', `Phó Chủ tịch UBND ${where}`, `phochutich.${c.key}`],
    ['signer', `Phó Chủ tịch UBND ${where}`, `phochutich2.${c.key}`],
  ])
  const part = (n: number, name: string, shortName: string, kind: UnitKind, remit: string) =>
    unit({ code: `${c.code}.0${n}`, name, shortName, kind, level, remit, ...(kind === 'commune-desk' && { contact: contactOf(c.code, `${where}, thành phố Huế`) }) }, committee, false)

  seats(part(1, `Trung tâm Phục vụ hành chính công ${where}`, 'Trung tâm PVHCC', 'commune-desk', 'desk'), [
    ['desk-leader', 'Giám đốc Trung tâm Phục vụ hành chính công', `giamdoc.${c.key}`],
    ['desk-officer', 'Công chức tiếp nhận và trả kết quả', `motcua.${c.key}`],
    ['desk-officer', 'Công chức tiếp nhận và trả kết quả', `motcua2.${c.key}`],
  ])
  seats(part(2, 'Văn phòng HĐND và UBND', 'Văn phòng', 'commune-office', 'office'), [
    ['unit-leader', 'Chánh Văn phòng', `chanhvanphong.${c.key}`],
    ['case-officer', 'Công chức tư pháp – hộ tịch', `hotich.${c.key}`],
    ['case-officer', 'Công chức tư pháp – hộ tịch', `hotich2.${c.key}`],
    ['clerk', 'Văn thư', `vanthu.${c.key}`],
  ])
  const economy = c.kind === 'phường' ? 'Phòng Kinh tế, Hạ tầng và Đô thị' : 'Phòng Kinh tế'
  seats(part(3, economy, economy, 'division', 'economy'), [
    ['unit-leader', 'Trưởng phòng', `truongphong.kinhte.${c.key}`],
    ['case-officer', 'Công chức địa chính – xây dựng', `diachinh.${c.key}`],
    ['case-officer', 'Công chức đăng ký kinh doanh', `kinhdoanh.${c.key}`],
  ])
  seats(part(4, 'Phòng Văn hóa – Xã hội', 'Phòng Văn hóa – Xã hội', 'division', 'culture-society'), [
    ['unit-leader', 'Trưởng phòng', `truongphong.vhxh.${c.key}`],
    ['case-officer', 'Công chức lao động – xã hội', `laodong.${c.key}`],
    ['case-officer', 'Công chức văn hóa – giáo dục', `vanhoa.${c.key}`],
  ])
  seats(part(5, `Công an ${where}`, `Công an ${where}`, 'police', 'police'), [
    ['unit-leader', `Trưởng Công an ${where}`, `truongcongan.${c.key}`],
    ['case-officer', 'Cán bộ đăng ký cư trú', `cutru.${c.key}`],
    ['case-officer', 'Cán bộ căn cước', `cancuoc.${c.key}`],
  ])
}
