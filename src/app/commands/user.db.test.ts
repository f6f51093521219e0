/** A production installation from its empty database to the first dossier, by the commands that its people use (decision 16, decision 22). */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { type Role, actorOf, createAccount, signIn } from '#modules/access'
import { receiveDossier } from '#modules/dossier'
import { type UnitKind, createPost, fillPost, findUnitByCode, foundUnit, listUnits, registerPerson } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { recordAccess } from '#platform/log/access.ts'
import { NOW, type TestDb, testDb } from '#test/db.ts'
import { key, kiteProcedure, must, newCitizen } from '#test/factories.ts'
import { createCityName } from '../city-name.ts'
import { openInstallation } from '../open.ts'
import { addAccount, run } from './user.ts'

const production = async (): Promise<TestDb> => {
  const db = await testDb()
  await db.owner.query(`insert into platform.setting (key, value) values ('mode', '"production"')`)
  return db
}
const HUE = { name: 'Đặng Dũng', administrator: true, city: 'thành phố Huế', 'city-code': 'H57' }
const PASSWORD = 'Diều-bay-cao-2026'

const signedIn = async (ctx: Ctx, username: string, password: string): Promise<Ctx> => {
  const { session } = must(await signIn(ctx, { username, password, address: '10.0.0.1', agent: '' }))
  return { ...ctx, actor: actorOf(session) }
}

const [first, second] = [await production(), await production()]

describe('a production city', () => {
  const { ctx } = first

  it('is not founded by leaving it out: one sentence, exit code 2, and nothing written', async () => {
    const outcome = await addAccount(ctx(), 'quan.tri', { name: 'Đặng Dũng', administrator: true }, false)
    expect(outcome).toMatchObject({ ok: false, misused: true, text: 'user: there is no city yet; found it with --city "thành phố Huế" --city-code H57.' })
    for (const [values, said] of [
      [{ ...HUE, 'city-code': 'Huế' }, '--city-code: the code of a city'],
      [{ ...HUE, 'city-code': 'H57.12' }, '--city-code: the code of a city'],
      [{ ...HUE, city: 'UBND ' }, '--city: the name of the city'],
      [{ ...HUE, administrator: false }, '--city and --city-code need --administrator'],
    ] as const) {
      const refused = await addAccount(ctx(), 'quan.tri', values, false)
      expect(refused).toMatchObject({ ok: false, misused: true })
      expect(refused.text).toContain(said)
    }
    expect((await first.owner.query('select 1 from organisation.unit union all select 1 from organisation.person union all select 1 from access.user')).rowCount).toBe(0)
  })

  it('is founded with its first administrator, and the running program learns its name', async () => {
    const cityName = createCityName(ctx().db, () => true)
    expect(await cityName()).toBe('thành phố')
    expect(await addAccount(ctx(), 'quan.tri', HUE, false)).toMatchObject({ ok: true })
    expect(await cityName()).toBe('thành phố Huế')
    expect(await listUnits(ctx())).toMatchObject([
      { code: 'H57', name: 'Ủy ban nhân dân thành phố Huế', shortName: 'UBND thành phố Huế', kind: 'city-committee', level: 'province', parentId: null },
    ])
  })

  it('is one: the second administrator joins it, another city is refused', async () => {
    expect(await addAccount(ctx(), 'quan.tri.hai', { name: 'Hồ Thị Ái Liên', administrator: true }, false)).toMatchObject({ ok: true })
    expect(await addAccount(ctx(), 'quan.tri.ba', HUE, false)).toMatchObject({ ok: true })
    const other = await addAccount(ctx(), 'quan.tri.bon', { ...HUE, city: 'thành phố Đà Nẵng', 'city-code': 'H17' }, false)
    expect(other).toMatchObject({ ok: false, misused: false, text: 'user: this installation is that of Ủy ban nhân dân thành phố Huế (H57): leave --city and --city-code away.' })
    expect(await listUnits(ctx(), { kinds: ['city-committee'] })).toHaveLength(1)
  })

  it('puts the administrator into the city’s office once there is one', async () => {
    const city = await findUnitByCode(ctx(), 'H57')
    const office = { code: 'H57.01', name: 'Văn phòng UBND thành phố Huế', shortName: 'Văn phòng', kind: 'city-office', parentId: city?.id ?? null, remit: null, areaCode: null } as const
    const { unitId } = must(await foundUnit(ctx(), { submissionKey: key(NOW), validFrom: dateOf(NOW), ...office }))
    await addAccount(ctx(), 'quan.tri.nam', { name: 'Hồ Văn Ý', administrator: true }, false)
    const { rows } = await first.owner.query<{ n: number }>(`select count(*)::int as n from organisation.post where unit_id = $1 and role = 'administrator'`, [unitId])
    expect(rows).toEqual([{ n: 1 }])
  })
})

describe('a demo', () => {
  it('keeps its city: --city is refused, an administrator needs none', async () => {
    const { ctx } = second
    expect(await addAccount(ctx(), 'ai.do', HUE, true)).toMatchObject({ ok: false, misused: true })
    expect(await addAccount(ctx(), 'ai.do', { name: 'Mai Xuân Ước', administrator: true }, true)).toMatchObject({ ok: true })
    expect((await findUnitByCode(ctx(), 'A00'))?.kind).toBe('division')
  })
})

describe('from the empty database to the first dossier', () => {
  it('the administrator founds a ward with desk and office, fills the posts, and the desk receives a kite permit', async () => {
    const db = await production()
    await kiteProcedure(db.ctx())
    const added = await addAccount(db.ctx(), 'quan.tri', HUE, false)
    const { password } = added.json as { password: string }
    const admin = await signedIn(db.ctx(), 'quan.tri', password)
    const validFrom = dateOf(NOW)
    const found = async (code: string, name: string, kind: UnitKind, parentId: Uuid | null, remit: string | null = null) =>
      must(await foundUnit(admin, { submissionKey: key(NOW), code, name, shortName: name, kind, parentId, remit, areaCode: null, validFrom })).unitId
    const employ = async (unitId: Uuid, role: Role, title: string, username: string) => {
      const { personId } = await registerPerson(admin, { submissionKey: key(NOW), kind: 'individual', name: title, personalNumber: null, phone: null, birthOn: null, gender: null, address: null, email: null })
      const { postId } = must(await createPost(admin, { submissionKey: key(NOW), unitId, role, title, validFrom }))
      must(await fillPost(admin, { submissionKey: key(NOW), postId, personId, from: validFrom, to: null }))
      must(await createAccount(admin, { submissionKey: key(NOW), personId, username, password: PASSWORD, mustChangePassword: true }))
    }
    const ward = await found('H57.12', 'UBND phường Diều Sáo', 'commune-committee', (await findUnitByCode(admin, 'H57'))?.id ?? null)
    const desk = await found('H57.12.01', 'Trung tâm PVHCC phường Diều Sáo', 'commune-desk', ward, 'desk')
    const office = await found('H57.12.02', 'Văn phòng HĐND và UBND', 'commune-office', ward, 'office')
    await employ(desk, 'desk-officer', 'Công chức tiếp nhận', 'tiep.nhan')
    await employ(office, 'unit-leader', 'Chánh Văn phòng', 'chanh.van.phong')
    await employ(office, 'case-officer', 'Công chức tư pháp', 'tu.phap')
    await employ(ward, 'signer', 'Phó Chủ tịch', 'pho.chu.tich')
    await employ(ward, 'clerk', 'Văn thư', 'van.thu')

    const receiver = await signedIn(db.ctx(), 'tiep.nhan', PASSWORD)
    const received = must(
      await receiveDossier(receiver, {
        submissionKey: key(NOW),
        deskId: desk,
        applicantId: await newCitizen(db.ctx()),
        procedureCode: '1.999001',
        methodRow: 1,
        components: [{ n: 1, originals: 1, copies: 0, uploadIds: [] }],
        otherUploadIds: [],
        sets: 1,
        delivery: 'counter',
      }),
    )
    expect(received.code).toMatch(/^H57\.12-20261120-/)
  })
})

describe('motcua user add, as it is typed', () => {
  it('founds the city with --city and ends with 0; without it ends with 2', async () => {
    const db = await production()
    const folder = await mkdtemp(join(tmpdir(), 'motcua-user-'))
    const [said, complained] = [vi.spyOn(console, 'log').mockReturnValue(), vi.spyOn(console, 'error').mockReturnValue()]
    onTestFinished(async () => {
      vi.unstubAllEnvs()
      vi.restoreAllMocks()
      await rm(folder, { recursive: true, force: true })
    })
    vi.stubEnv('DATABASE_URL', db.url)
    vi.stubEnv('DATA_DIR', folder)
    vi.stubEnv('MODE', 'production')
    const words = ['add', 'quan.tri', '--name', 'Đặng Dũng', '--administrator']
    expect(await run(words)).toBe(2)
    expect(complained.mock.lastCall?.[0]).toContain('there is no city yet')
    expect(await run([...words, '--city', 'thành phố Huế', '--city-code', 'h57', '--json'])).toBe(0)
    const installation = await openInstallation({ job: 'user' })
    recordAccess(installation.ctx(), { kind: 'read', subject: 'person:x', reason: 'at the very end' })
    await installation.close()
    const { rowCount } = await db.owner.query(`select 1 from log.access where reason = 'at the very end'`)
    expect(rowCount, 'decision 9: what a command looked at last is recorded before it ends').toBe(1)
    expect(JSON.parse(String(said.mock.lastCall?.[0]))).toMatchObject({ username: 'quan.tri' })
  })
})
