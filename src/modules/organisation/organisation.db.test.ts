/** domain.md §1.4: nodes with validity and successors; decision 10: rows come from the fold of the log. */
import { beforeAll, describe, expect, it } from 'vitest'
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { sql } from '#platform/db/db.ts'
import { createDb, createPool } from '#platform/db/pool.ts'
import { newId } from '#platform/ids.ts'
import { flushAccess } from '#platform/log/access.ts'
import { erasePrivate } from '#platform/log/erase-private.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, testDb } from '#test/db.ts'
import {
  ChangePerson, ChangeUnitContact, RegisterPerson, changePerson, changeUnitContact, changeUnitRemit, competentUnit, closePost, closeUnit, createPost, fillPost, findPeople, foundUnit, getPerson, getSuccession, getUnit, leavePost, listPostsOf, listSeats, listStaff,
  listUnits, personErasures, registerPerson, renameUnit, unitContactOn, unitNameOn,
} from '#modules/organisation'

const { ctx, url } = await testDb()
const key = () => newId(NOW)
/** No dossier of it is open. */
const idle = async () => 0
const day = plainDate
const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const person = async (given: Record<string, unknown>): Promise<Uuid> => (await registerPerson(ctx(), RegisterPerson.parse({ submissionKey: key(), kind: 'individual', ...given }))).personId
const unit = async (code: string, name: string, more: Partial<Parameters<typeof foundUnit>[1]> = {}): Promise<Uuid> =>
  value(await foundUnit(ctx(), { submissionKey: key(), code, name, shortName: name, kind: 'division', parentId: null, remit: null, areaCode: null, validFrom: day('2025-07-01'), ...more })).unitId

let ward: Uuid
let office: Uuid
beforeAll(async () => {
  const city = await unit('H57', 'UBND thành phố Huế', { kind: 'city-committee' })
  ward = await unit('H57.12', 'UBND phường Thuận Hóa', { kind: 'commune-committee', parentId: city })
  office = await unit('H57.12.02', 'Văn phòng HĐND và UBND', { kind: 'commune-office', parentId: ward, remit: 'office' })
})

describe('a unit', () => {
  it('belongs to its agency and takes its level', async () => {
    expect(await getUnit(ctx(), office)).toMatchObject({ agencyId: ward, level: 'commune', parentId: ward })
    expect(await getUnit(ctx(), ward)).toMatchObject({ agencyId: ward, level: 'commune' })
  })

  it('has a code that no other open unit has', async () => {
    const again = { submissionKey: key(), code: 'H57.12', name: 'Đơn vị khác', shortName: 'Khác', kind: 'division' as const, parentId: null, remit: null, areaCode: null, validFrom: day('2025-07-01') }
    expect(await foundUnit(ctx(), again)).toEqual({ ok: false, error: { code: 'code-taken', unitCode: 'H57.12' } })
  })

  it('refused for its code is founded by the same form once the code is free: no old no is kept', async () => {
    const holder = await unit('H57.77', 'Tổ giữ mã', { parentId: ward })
    const form = { submissionKey: key(), code: 'H57.77', name: 'Tổ chờ mã', shortName: 'Chờ', kind: 'division' as const, parentId: ward, remit: null, areaCode: null, validFrom: day('2026-11-20') }
    expect(await foundUnit(ctx(), form)).toMatchObject({ error: { code: 'code-taken' } })
    value(await closeUnit(ctx(), { submissionKey: key(), unitId: holder, on: day('2026-11-20'), successors: [] }, idle))
    const founded = await foundUnit(ctx(), form)
    expect(founded).toMatchObject({ ok: true })
    expect(await foundUnit(ctx(), form)).toEqual(founded)
  })

  it('that will be closed keeps its code until that day', async () => {
    const closing = await unit('H57.88', 'Tổ sắp giải thể', { parentId: ward })
    value(await closeUnit(ctx(), { submissionKey: key(), unitId: closing, on: day('2026-12-31'), successors: [] }, idle))
    const next = (validFrom: string) => foundUnit(ctx(), { submissionKey: key(), code: 'H57.88', name: 'Tổ mới', shortName: 'Mới', kind: 'division', parentId: ward, remit: null, areaCode: null, validFrom: day(validFrom) })
    expect(await next('2026-12-30')).toMatchObject({ ok: false, error: { code: 'code-taken' } })
    value(await next('2026-12-31'))
  })

  it('that is renamed keeps every name it bore: a paper of that day prints that name', async () => {
    const id = await unit('H57.13', 'UBND phường Phú Hậu')
    value(await renameUnit(ctx(), { submissionKey: key(), unitId: id, name: 'UBND phường Gia Hội', shortName: 'UBND Gia Hội', from: day('2026-03-01') }))
    expect((await getUnit(ctx(), id)).name).toBe('UBND phường Gia Hội')
    expect((await unitNameOn(ctx(), id, day('2026-02-28'))).name).toBe('UBND phường Phú Hậu')
    expect((await unitNameOn(ctx(), id, day('2026-03-01'))).name).toBe('UBND phường Gia Hội')
    expect(await renameUnit(ctx(), { submissionKey: key(), unitId: id, name: 'Tên mai sau', shortName: 'Mai sau', from: day('2027-01-01') })).toMatchObject({ error: { code: 'not-yet-in-force' } })
    expect(await renameUnit(ctx(), { submissionKey: key(), unitId: id, name: 'Tên xưa', shortName: 'Xưa', from: day('2025-12-01') })).toMatchObject({ error: { code: 'before-validity' } })
  })

  it('that is closed keeps its row, points to its successors and frees its code', async () => {
    const [old, successor] = [await unit('H57.14', 'UBND xã cũ'), await unit('H57.15', 'UBND xã mới')]
    value(await closeUnit(ctx(), { submissionKey: key(), unitId: old, on: day('2026-11-20'), successors: [successor] }, idle))
    expect((await getUnit(ctx(), old)).validTo).toBe('2026-11-20')
    expect((await listUnits(ctx())).map((u) => u.code)).not.toContain('H57.14')
    expect((await listUnits(ctx(), { on: day('2026-11-19') })).map((u) => u.code)).toContain('H57.14')
    expect((await getSuccession(ctx(), old)).successors.map((u) => u.id)).toEqual([successor])
    expect((await getSuccession(ctx(), successor)).predecessors.map((u) => u.id)).toEqual([old])
    await unit('H57.14', 'UBND xã mang lại mã cũ', { validFrom: day('2026-11-20') })
    await expect(closeUnit(ctx(), { submissionKey: key(), unitId: successor, on: day('2026-11-20'), successors: [newId(NOW)] }, idle)).rejects.toThrow(NotFound)
  })

  it('that moved keeps every address it had: a paper of that day prints that one', async () => {
    const id = await unit('H57.21', 'UBND xã có trụ sở')
    expect(await unitContactOn(ctx(), id, day('2026-01-01'))).toEqual({ address: null, phone: null })
    const move = (address: string, phone: string, from: string) => changeUnitContact(ctx(), ChangeUnitContact.parse({ submissionKey: key(), unitId: id, address, phone, from }))
    value(await move('12 Lê Lợi', '0234 3822 000', '2026-02-01'))
    value(await move('15  Nguyễn Huệ', '', '2026-03-01'))
    expect(await unitContactOn(ctx(), id, day('2026-02-28'))).toEqual({ address: '12 Lê Lợi', phone: '0234 3822 000' })
    expect(await unitContactOn(ctx(), id, day('2026-03-01'))).toEqual({ address: '15 Nguyễn Huệ', phone: null })
    expect(await move('Mai sau', '', '2027-01-01')).toMatchObject({ error: { code: 'not-yet-in-force' } })
    expect(await move('Xưa', '', '2026-02-01')).toMatchObject({ error: { code: 'before-validity' } })
    expect(ChangeUnitContact.safeParse({ submissionKey: key(), unitId: id, address: '', phone: 'gọi sau', from: '2026-03-01' }).success).toBe(false)
  })

  it('that is put in charge of something else gets what comes in from then on; two of an agency cannot have the same', async () => {
    const agency = await unit('H57.22', 'UBND phường Đổi Việc', { kind: 'commune-committee' })
    await unit('H57.22.01', 'Trung tâm PVHCC', { kind: 'commune-desk', parentId: agency })
    const [first, second] = [await unit('H57.22.02', 'Văn phòng', { kind: 'commune-office', parentId: agency, remit: 'office' }), await unit('H57.22.03', 'Phòng Kinh tế', { parentId: agency, remit: 'economy' })]
    const give = (unitId: Uuid, remit: string | null) => changeUnitRemit(ctx(), { submissionKey: key(), unitId, remit })
    const marital = async () => competentUnit(ctx(), { publisher: 'Bộ Tư pháp', levels: ['commune'], field: 'Hộ tịch' }, agency)
    expect(await marital()).toMatchObject({ unitId: first })
    expect(await give(second, 'office')).toEqual({ ok: false, error: { code: 'remit-taken', by: 'Văn phòng' } })
    expect(await give(second, 'astrology')).toEqual({ ok: false, error: { code: 'remit-unknown' } })
    value(await give(first, null))
    value(await give(second, 'office'))
    expect(await marital()).toMatchObject({ unitId: second })
  })

  it('is not closed while dossiers of it are open, unless on a day to come: nobody would finish them', async () => {
    const busy = await unit('H57.23', 'UBND xã còn việc')
    const close = (on: string) => closeUnit(ctx(), { submissionKey: key(), unitId: busy, on: day(on), successors: [] }, async () => 12)
    expect(await close('2026-11-20')).toEqual({ ok: false, error: { code: 'work-open', count: 12 } })
    expect((await getUnit(ctx(), busy)).validTo).toBeNull()
    value(await close('2026-12-31'))
  })

  it('is founded once for one submission key', async () => {
    const input = { submissionKey: key(), code: 'H57.16', name: 'Một lần', shortName: 'Một', kind: 'division' as const, parentId: null, remit: null, areaCode: null, validFrom: day('2025-07-01') }
    expect(await foundUnit(ctx(), input)).toEqual(await foundUnit(ctx(), input))
  })
})

describe('a post', () => {
  it('is held by one person at a time, for a time', async () => {
    const postId = value(await createPost(ctx(), { submissionKey: key(), unitId: office, role: 'case-officer', title: 'Công chức tư pháp – hộ tịch', validFrom: day('2025-07-01') })).postId
    const [first, second] = [await person({ name: 'Đặng Dũng' }), await person({ name: 'Hồ Thị Ái Liên' })]
    const fill = (personId: Uuid, from: string, to: string | null = null) => fillPost(ctx(), { submissionKey: key(), postId, personId, from: day(from), to: to === null ? null : day(to) })
    value(await fill(first, '2025-07-01'))
    expect(await fill(second, '2026-01-01')).toEqual({ ok: false, error: { code: 'post-occupied', personId: first } })
    value(await leavePost(ctx(), { submissionKey: key(), postId, personId: first, on: day('2026-01-01') }))
    value(await fill(second, '2026-01-01', '2027-01-01'))
    const holders = async (on: string) => (await listStaff(ctx(), { unitId: office, roles: ['case-officer'], on: day(on) })).map((s) => s.name)
    expect(await holders('2025-06-30')).toEqual([])
    expect(await holders('2025-12-31')).toEqual(['Đặng Dũng'])
    expect(await holders('2026-01-01')).toEqual(['Hồ Thị Ái Liên'])
    expect(await holders('2027-01-01')).toEqual([])
    expect((await listPostsOf(ctx(), first, 'ever')).map((p) => [p.validFrom, p.validTo])).toEqual([['2025-07-01', '2026-01-01']])
    expect(await leavePost(ctx(), { submissionKey: key(), postId, personId: first, on: day('2026-02-01') })).toEqual({ ok: false, error: { code: 'not-held' } })
  })

  it('that is given up, or whose unit is closed, gives nothing from that day on', async () => {
    const closing = await unit('H57.12.09', 'Tổ công tác tạm', { parentId: ward })
    const make = async () => value(await createPost(ctx(), { submissionKey: key(), unitId: closing, role: 'desk-officer', title: 'Công chức', validFrom: day('2025-07-01') })).postId
    const [a, b] = [await make(), await make()]
    const who = await person({ name: 'Mai Xuân Ước' })
    for (const postId of [a, b]) value(await fillPost(ctx(), { submissionKey: key(), postId, personId: who, from: day('2025-07-01'), to: null }))
    value(await closePost(ctx(), { submissionKey: key(), postId: a, on: day('2026-12-01') }))
    value(await closeUnit(ctx(), { submissionKey: key(), unitId: closing, on: day('2026-12-10'), successors: [] }, idle))
    expect(await listPostsOf(ctx(), who, day('2026-11-30'))).toHaveLength(2)
    expect(await listPostsOf(ctx(), who, day('2026-12-01'))).toHaveLength(1)
    expect(await listPostsOf(ctx(), who, day('2026-12-10'))).toHaveLength(0)
    expect((await listSeats(ctx(), closing)).map((s) => s.personName)).toEqual(['Mai Xuân Ước', 'Mai Xuân Ước'])
  })
})

describe('a person', () => {
  it('with a known number is the same person, not a second one', async () => {
    const input = { kind: 'individual', name: 'Tôn Nữ Quỳnh Như', personalNumber: '046 190 123 456', phone: '+84 905 123 456' }
    const first = await registerPerson(ctx(), RegisterPerson.parse({ submissionKey: key(), ...input }))
    const second = await registerPerson(ctx(), RegisterPerson.parse({ submissionKey: key(), ...input, name: 'Tôn Nữ Quỳnh Như' }))
    expect([first.existed, second]).toEqual([false, { personId: first.personId, existed: true }])
    const both = await Promise.all([1, 2, 3].map(() => registerPerson(ctx(), RegisterPerson.parse({ submissionKey: key(), kind: 'individual', name: 'Cùng Lúc', personalNumber: '046090000001' }))))
    expect(new Set(both.map((b) => b.personId)).size, 'at three counters at the same moment').toBe(1)
  })

  it.each([
    ['046190123457', 'number'], ['0905 123 457', 'phone'], ['nguyen dang khoa', 'without accents'], ['NGUYỄN ĐĂNG'.normalize('NFD'), 'in capitals, NFD'],
    ['khoa nguyen', 'words in another order'], ['ng dang', 'part of the name'],
  ])('is found by %s (%s)', async (q) => {
    await person({ name: 'Nguyễn Đăng Khoa', personalNumber: '046190123457', phone: '0905123457' })
    expect((await findPeople(ctx(), q)).map((p) => p.name)).toContain('Nguyễn Đăng Khoa')
  })

  it('comes in Vietnamese order: Đ after D, accents in their order', async () => {
    for (const name of ['Zzz Đào', 'Zzz Dương', 'Zzz Ẩn', 'Zzz An', 'Zzz Ân']) await person({ name })
    expect((await findPeople(ctx(), 'zzz')).map((p) => p.name)).toEqual(['Zzz An', 'Zzz Ân', 'Zzz Ẩn', 'Zzz Dương', 'Zzz Đào'])
  })

  it('whoever was found is told in log.access: by whom, for what', async () => {
    const id = await person({ name: 'Bùi Thị Xem', personalNumber: '046190777777' })
    const officer = { kind: 'person' as const, userId: key(), personId: key(), posts: [{ postId: key(), role: 'desk-officer', unitId: ward, agencyId: ward }] }
    await findPeople(ctx({ actor: officer }), '046190777777')
    await getPerson(ctx({ actor: officer }), id)
    await flushAccess(ctx().db)
    const { rows } = await sql<object>`select kind, person_id, unit_id, reason from log.access where subject = ${`person:${id}`}`.execute(ctx().db)
    const line = { kind: 'read', person_id: officer.personId, unit_id: ward, reason: 'person.register' }
    expect(rows).toEqual([line, line])
  })

  it('is not found by a single letter or by signs of a pattern', async () => {
    expect(await findPeople(ctx(), 'a')).toEqual([])
    expect(await findPeople(ctx(), '%%')).toEqual([])
    expect(await findPeople(ctx(), '')).toEqual([])
  })

  it('is corrected; another’s number is refused', async () => {
    const id = await person({ name: 'Hồ Văn Ý', personalNumber: '046090111111', phone: '0905111111' })
    const other = await person({ name: 'Hoàng Ngọc Ẩn', personalNumber: '046090222222' })
    value(await changePerson(ctx(), { submissionKey: key(), personId: id, phone: '0905999999', birthOn: day('1990-02-03') }))
    expect(await getPerson(ctx(), id)).toMatchObject({ phone: '0905999999', birthOn: '1990-02-03', name: 'Hồ Văn Ý' })
    expect(await changePerson(ctx(), { submissionKey: key(), personId: id, personalNumber: '046090222222' })).toEqual({ ok: false, error: { code: 'number-taken', personId: other } })
  })

  it('an organisation has a tax code of ten or thirteen digits and a name with signs, also when it is corrected; a person has twelve', async () => {
    const own = await person({ kind: 'organisation', name: 'Công ty TNHH 1 TV Diều & Sáo' })
    const one = await person({ name: 'Lê Thị Diều' })
    const change = (personId: Uuid, given: object) => changePerson(ctx(), ChangePerson.parse({ submissionKey: key(), personId, ...given }))
    value(await change(own, { personalNumber: '3300 123 456', name: 'Công ty Diều & Sáo 2' }))
    expect(await getPerson(ctx(), own)).toMatchObject({ personalNumber: '3300123456', name: 'Công ty Diều & Sáo 2' })
    value(await change(own, { personalNumber: '3300123456-001' }))
    expect((await getPerson(ctx(), own)).personalNumber).toBe('3300123456001')
    expect(await change(one, { personalNumber: '3300123457' })).toMatchObject({ ok: false, error: { code: 'not-of-this-kind', kind: 'individual', field: 'personalNumber' } })
    expect(await change(one, { name: 'Lê Diều & Sáo' })).toMatchObject({ ok: false, error: { code: 'not-of-this-kind', field: 'name' } })
    expect(ChangePerson.safeParse({ submissionKey: key(), personId: own, personalNumber: '33001234567' }).success).toBe(false)
    value(await change(one, { personalNumber: '046 190 333 333', phone: '0905333333' }))
  })

  it.each([
    [{ name: 'A' }, 'name'], [{ name: 'Đặng 2' }, 'name'], [{ name: 'Đặng Dũng', personalNumber: '04619012345' }, 'personalNumber'], [{ name: 'Đặng Dũng', phone: '12345' }, 'phone'],
    [{ name: 'Đặng Dũng', birthOn: '2026-02-30' }, 'birthOn'], [{ name: 'Đặng Dũng', email: 'không phải' }, 'email'],
  ])('forms.md A1, A4, A6: %o is malformed at %s', (given, field) => {
    const parsed = RegisterPerson.safeParse({ submissionKey: key(), kind: 'individual', ...given })
    expect(parsed.error?.issues.map((i) => i.path[0])).toEqual([field])
  })
})

describe('the log', () => {
  it('holds no name, number, phone or address outside log.private', async () => {
    const { rows } = await sql<{ all: string }>`select data::text as all from log.event where type like 'person.%'`.execute(ctx().db)
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.filter((r) => /Đặng|Hồ |0461|0905/.test(r.all))).toEqual([])
  })
})

describe('a person who had it erased (decision 5)', () => {
  it('keeps nothing of it in the row, and is found by it no more', async () => {
    const id = await person({ name: 'Tôn Nữ Ẩn Danh', phone: '0905 111 222', birthOn: '1961-02-03' })
    const privacy = createPool(url, { role: 'privacy', max: 1 })
    const values = ['name', 'phone', 'birthOn'].map((path) => ({ seq: 1, path }))
    expect(await erasePrivate({ ...ctx(), db: createDb(privacy) }, { kind: 'other', stream: id, values, reason: 'request-of-the-person' })).toBe(3)
    await privacy.end()
    await catchUp(ctx(), personErasures)
    expect(await getPerson(ctx(), id)).toMatchObject({ name: 'đã xóa', phone: null, birthOn: null })
    expect(await findPeople(ctx(), '0905111222')).toEqual([])
  })
})
