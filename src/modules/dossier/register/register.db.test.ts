import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf, instant } from '#kernel/plain-date.ts'
import { type RegisterFilter, findInRegister, registerChoices, registerRows, unitBoard } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { flushAccess } from '#platform/log/access.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Officer, type Ward, kiteProcedure, newCitizen, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx, owner } = await testDb()
const NAMES = ['Đặng Dũng', 'Tôn Nữ Thuý Hoà', 'Lê Thúy Hòa', 'Công ty TNHH (Diều) Thừa Thiên Huế', 'Nguyễn Văn An']

let ward: Ward
let other: Ward
let control: Officer
let chair: Officer
let deskLeader: Officer
const ids = new Map<string, Uuid>()

beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  other = await newWard(ctx(), undefined, 'phường Cánh Cò')
  control = await newOfficer(ctx(), other.division, 'control-officer', 'Đinh Kiểm Soát')
  chair = await newOfficer(ctx(), ward.agency, 'chair', 'Cao Chủ Tịch')
  deskLeader = await newOfficer(ctx(), ward.desk, 'desk-leader', 'Mai Giám Đốc')
  for (const [i, name] of NAMES.entries()) {
    const now = instant(NOW + i * 1_000)
    const applicantId = await newCitizen(ctx({ now }), { name, ...(name === 'Đặng Dũng' && { phone: '0913000111', personalNumber: '046090009999' }) })
    ids.set(name, (await receivedDossier(ctx({ now }), ward, { applicantId })).id)
  }
  ids.set('nơi khác', (await receivedDossier(ctx(), other, { applicantId: await newCitizen(ctx(), { name: 'Đặng Dũng' }) })).id)
  await sendAlong(ctx(), ward, ids.get('Nguyễn Văn An')!, ['forward-desk', 'assign'])
  await sendAlong(ctx(), ward, ids.get('Lê Thúy Hòa')!, ['forward-desk'])
})

const found = async (actor: Actor, filter: RegisterFilter, now = NOW) => (await findInRegister(ctx({ actor, now }), filter)).rows.map((r) => r.applicantName)

describe('what one may see', () => {
  it('a desk sees what it received, a division what it handles, the leadership what its agency answers for', async () => {
    for (const actor of [ward.receiver, ward.caseOfficer, ward.leader, ward.signer, ward.clerk, chair, deskLeader]) expect((await found(actor, {})).length, actor.posts[0]!.role).toBe(5)
  })

  it('the newest stands first', async () => {
    expect(await found(ward.receiver, {})).toEqual(NAMES.toReversed())
  })

  it('an officer of another unit sees nothing of it', async () => {
    for (const actor of [other.receiver, other.caseOfficer, other.signer]) {
      expect(await found(actor, {})).toEqual(['Đặng Dũng'])
      expect(await found(actor, { text: 'Thuý Hoà' })).toEqual([])
      await expect(findInRegister(ctx({ actor }), { unitId: ward.division.id })).rejects.toThrow(Forbidden)
      await expect(registerChoices(ctx({ actor }), { unitId: ward.division.id })).rejects.toThrow(Forbidden)
      await expect(registerRows(ctx({ actor }), { unitId: ward.division.id }).next()).rejects.toThrow(Forbidden)
    }
  })

  it('a whole code of another unit leads to nothing', async () => {
    const code = (await findInRegister(ctx({ actor: ward.receiver }), {})).rows[0]!.code
    expect(await found(other.receiver, { text: code })).toEqual([])
    expect(await found(ward.receiver, { text: code })).toEqual(['Nguyễn Văn An'])
  })

  it('the control office sees the city, and narrows it to a ward or a division', async () => {
    expect((await found(control, {})).length).toBe(6)
    expect((await found(control, { unitId: other.agency.id })).length).toBe(1)
    expect((await found(control, { unitId: ward.division.id })).length).toBe(5)
    expect((await found(control, { unitId: ward.desk.id })).length).toBe(5)
  })

  it('a post that was given up gives nothing any more', async () => {
    for (const actor of [{ ...ward.leader, posts: [] }, { kind: 'anonymous' }] as const) {
      await expect(findInRegister(ctx({ actor }), {})).rejects.toThrow(Forbidden)
      await expect(unitBoard(ctx({ actor }))).rejects.toThrow(Forbidden)
    }
  })

  it('the reading is recorded once a page, without what was sought', async () => {
    const count = async () => (await owner.query<{ n: number }>(`select count(*)::int as n from log.access where kind = 'list' and reason = 'search'`)).rows[0]!.n
    await flushAccess(ctx().db)
    const before = await count()
    await findInRegister(ctx({ actor: ward.receiver }), { text: 'Đặng Dũng' }, 'search')
    await flushAccess(ctx().db)
    expect(await count()).toBe(before + 1)
    const { rows } = await owner.query(`select * from log.access where kind = 'list'`)
    expect(JSON.stringify(rows)).not.toMatch(/Dũng|dung/i)
  })
})

describe('search', () => {
  it.each([
    ['đặng dũng', ['Đặng Dũng']],
    ['dang dung', ['Đặng Dũng']],
    ['DUNG', ['Đặng Dũng']],
    ['Đặng D', ['Đặng Dũng']],
    ['thúy hòa', ['Lê Thúy Hòa', 'Tôn Nữ Thuý Hoà']],
    ['thuý hoà', ['Lê Thúy Hòa', 'Tôn Nữ Thuý Hoà']],
    ['hoa thuy', ['Lê Thúy Hòa', 'Tôn Nữ Thuý Hoà']],
    ['Thừa Thiên Huế', ['Công ty TNHH (Diều) Thừa Thiên Huế']],
    ['tnhh dieu', ['Công ty TNHH (Diều) Thừa Thiên Huế']],
    ['ang dung', []],
    ['0913000111', ['Đặng Dũng']],
    ['+84913000111', ['Đặng Dũng']],
    ['046 090 009 999', ['Đặng Dũng']],
    ['046090000000', []],
    ['thả diều', NAMES.toReversed()],
    ['%', []],
    ['a & b:*', []],
  ])('%s', async (text, names) => {
    expect(await found(ward.receiver, { text })).toEqual(names)
  })

  it('finds the same by walking the newest and by the index on names', async () => {
    // A filter that nothing fits in the walk sends it to the index; both compare alike.
    const walked = await found(control, { text: 'thuy hoa' })
    const { rows } = await owner.query<{ name: string }>(
      `select applicant_name as name from dossier.dossier where to_tsvector('simple', applicant_fold) @@ to_tsquery('simple', 'thuy & hoa:*') order by id desc`,
    )
    expect(rows.map((r) => r.name)).toEqual(walked)
  })
})

describe('filters', () => {
  it('by day of reception, both days included', async () => {
    const today = dateOf(NOW)
    expect((await found(ward.receiver, { from: today, to: today })).length).toBe(5)
    expect(await found(ward.receiver, { to: dateOf(instant(NOW - 86_400_000)) })).toEqual([])
    expect(await found(ward.receiver, { from: dateOf(instant(NOW + 86_400_000)) })).toEqual([])
  })

  it('by step, status, channel, procedure and officer', async () => {
    expect(await found(ward.leader, { step: 'HANDLE' })).toEqual(['Nguyễn Văn An'])
    expect(await found(ward.leader, { step: 'ASSIGN' })).toEqual(['Lê Thúy Hòa'])
    expect((await found(ward.leader, { status: 'received' })).length).toBe(3)
    expect((await found(ward.leader, { status: 'open' })).length).toBe(5)
    expect(await found(ward.leader, { status: 'done' })).toEqual([])
    expect(await found(ward.leader, { channel: 'online' })).toEqual([])
    expect(await found(ward.leader, { procedureCode: '9.999999' })).toEqual([])
    const officer = ward.caseOfficer.posts[0]!.postId
    expect(await found(ward.leader, { officer, status: 'open' })).toEqual(['Nguyễn Văn An'])
    expect(await found(ward.leader, { officer })).toEqual(['Nguyễn Văn An'])
  })

  it('late is what is past its promise today: by the day, not by the hour', async () => {
    expect(await found(ward.leader, { lateness: 'late' })).toEqual([])
    // Three working days after Friday the 20th; the 24th is a holiday. Half past eleven at night.
    const dueDay = instant(Date.UTC(2026, 10, 26, 16, 30))
    expect(await found(ward.leader, { lateness: 'late' }, dueDay)).toEqual([])
    expect((await found(ward.leader, { lateness: 'late' }, instant(dueDay + 86_400_000))).length).toBe(5)
  })
})

describe('pages', () => {
  it('go on where the last one ended, although new dossiers came in between', async () => {
    const page = await findInRegister(ctx({ actor: ward.receiver }), {})
    const second = page.rows[1]!.id
    expect((await findInRegister(ctx({ actor: ward.receiver }), { after: second })).rows.map((r) => r.applicantName)).toEqual(NAMES.toReversed().slice(2))
    expect(page).toMatchObject({ next: null, count: { n: 5, more: false } })
  })

  it('the export has all of it, the oldest first', async () => {
    const names: string[] = []
    for await (const row of registerRows(ctx({ actor: ward.signer }), {})) names.push(row.applicantName)
    expect(names).toEqual(NAMES)
  })
})

describe('the board', () => {
  it('counts what is open by lateness, step and officer, and its lists show the same', async () => {
    const board = await unitBoard(ctx({ actor: ward.leader }))
    expect(board.tally).toMatchObject({ total: 5, late: 0 })
    expect(board.byStep.map((s) => [s.step, s.tally.total])).toEqual([['RECEIVE', 3], ['ASSIGN', 1], ['HANDLE', 1]])
    expect(board.byOfficer).toMatchObject([{ postId: ward.caseOfficer.posts[0]!.postId, name: 'Trần Văn Gió', tally: { total: 1 } }])
    for (const { step, tally } of board.byStep) expect((await found(ward.leader, { step, unitId: board.unit!.id })).length).toBe(tally.total)
  })

  it('shows a late dossier as late and one without an officer as unassigned', async () => {
    const later = instant(Date.UTC(2026, 10, 27, 2))
    expect((await unitBoard(ctx({ actor: ward.leader, now: later }))).tally).toMatchObject({ total: 5, late: 5 })
  })

  it('of the agency by division, of the city by agency, and nobody sees a neighbour', async () => {
    expect((await unitBoard(ctx({ actor: chair }))).byUnit.map((u) => [u.unitId, u.tally.total])).toEqual([[ward.division.id, 5]])
    expect((await unitBoard(ctx({ actor: deskLeader }))).tally.total).toBe(5)
    expect((await unitBoard(ctx({ actor: control }))).byUnit.map((u) => u.tally.total)).toEqual([5, 1])
    expect((await unitBoard(ctx({ actor: control }), { unitId: other.agency.id })).tally.total).toBe(1)
    await expect(unitBoard(ctx({ actor: ward.leader }), { unitId: other.division.id })).rejects.toThrow(Forbidden)
    await expect(unitBoard(ctx({ actor: ward.caseOfficer }))).rejects.toThrow(Forbidden)
  })

  it('only leaders have one', async () => {
    for (const actor of [ward.receiver, ward.clerk]) await expect(unitBoard(ctx({ actor }))).rejects.toThrow(Forbidden)
  })
})

it('a name stands in no address: it is sealed for its user, and for twelve hours', async () => {
  const { openWords, sealWords } = await import('#modules/access')
  const token = sealWords(ctx({ actor: ward.receiver }), 'Đặng Dũng')
  expect(Buffer.from(token, 'base64url').toString('utf8')).not.toContain('Dũng')
  expect(openWords(ctx({ actor: ward.receiver }), token)).toBe('Đặng Dũng')
  expect(openWords(ctx({ actor: other.receiver }), token)).toBeUndefined()
  expect(openWords(ctx({ actor: ward.receiver, now: instant(NOW + 13 * 3_600_000) }), token)).toBeUndefined()
  expect(openWords(ctx({ actor: ward.receiver }), `${token.slice(0, -4)}AAAA`)).toBeUndefined()
})
