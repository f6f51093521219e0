/** A citizen makes an account. Decision 19, and nobody gets somebody else's record by it. */
import { describe, expect, it } from 'vitest'
import { type Instant, plainDate } from '#kernel/plain-date.ts'
import { confirmIdentity, createAccount, findIdentity, signIn } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { key, must, newCitizen, newOfficer, newWard } from '#test/factories.ts'
import { RegisterCitizen, registerCitizen } from './index.ts'

const db = await testDb()
const anybody = (now: Instant = NOW): Ctx => db.ctx({ actor: { kind: 'anonymous' }, now })

let n = 0
/** A new number and a new address each time: the limits have tests of their own. */
const form = (change: Partial<RegisterCitizen> = {}): RegisterCitizen => {
  n += 1
  return RegisterCitizen.parse({
    submissionKey: newId(NOW),
    personalNumber: `0461900${String(n).padStart(5, '0')}`,
    name: 'Trần Thị Sáo',
    birthOn: '1990-04-12',
    phone: '+84 905 123 456',
    email: '',
    password: 'Diều sáo bay cao',
    address: `198.51.100.${n}`,
    ...change,
  })
}
const onRecord = (change: Parameters<typeof newCitizen>[1] = {}) => newCitizen(db.ctx(), { name: 'Trần Thị Sáo', phone: null, ...change })
/** As `newCitizen` writes everybody down. */
const BORN = plainDate('1990-01-01')

describe('a citizen whom nobody has written down yet', () => {
  it('gets person and account in one go, and signs in by the twelve digits', async () => {
    const given = form({ email: 'sao@vi-du.vn' })
    const { personId, userId } = must(await registerCitizen(anybody(), given))
    const { rows } = await db.owner.query('select name, phone, email, birth_on from organisation.person where id = $1', [personId])
    expect(rows).toEqual([{ name: 'Trần Thị Sáo', phone: '0905123456', email: 'sao@vi-du.vn', birth_on: '1990-04-12' }])
    expect((await readStream(db.ctx().db, 'other', personId)).map((e) => e.type)).toEqual(['person.registered'])
    expect((await readStream(db.ctx().db, 'other', userId)).map((e) => e.type)).toEqual(['account.created'])
    expect(must(await signIn(anybody(), { username: given.personalNumber, password: given.password, address: '198.51.100.250' })).session).toMatchObject({ personId, posts: [], mustChangePassword: false })
  })

  it('the form sent twice makes one account', async () => {
    const given = form()
    const first = must(await registerCitizen(anybody(), given))
    expect(await registerCitizen(anybody(), given)).toEqual({ ok: true, value: first })
    const again = await Promise.all([0, 1, 2].map(() => registerCitizen(anybody(), form({ personalNumber: '046190099999' }))))
    expect(again.filter((r) => r.ok)).toHaveLength(1)
  })

  it('a weak password and a birthday to come are refused before anything is written', async () => {
    expect(await registerCitizen(anybody(), form({ password: 'ngắn' }))).toMatchObject({ ok: false, error: { code: 'weak-password', reason: 'short' } })
    expect(await registerCitizen(anybody(), form({ birthOn: plainDate('2026-11-21') }))).toMatchObject({ ok: false, error: { code: 'born-in-future' } })
  })
})

describe('a person who is on record already', () => {
  it('becomes the account’s where name, day of birth and phone agree; what was missing is added', async () => {
    const personId = await onRecord({ personalNumber: '046190088001' })
    const given = form({ personalNumber: '046190088001', birthOn: BORN, name: 'trần thị sáo' })
    expect(must(await registerCitizen(anybody(), given)).personId).toBe(personId)
    expect((await readStream(db.ctx().db, 'other', personId)).map((e) => e.type)).toEqual(['person.registered', 'person.changed'])
    expect((await db.owner.query('select phone from organisation.person where id = $1', [personId])).rows).toEqual([{ phone: '0905123456' }])
  })

  it.each([
    ['another name', { name: 'Trần Thị Diều' }],
    ['another day of birth', { birthOn: plainDate('1990-01-02') }],
    ['another phone than the one on record', { phone: '0911222333' }],
  ])('is not given to a stranger who knows the number but tells %s', async (_what, wrong) => {
    const number = `0461900770${String(n).padStart(2, '0')}`
    const personId = await onRecord({ personalNumber: number, phone: '0905123456' })
    const refused = await registerCitizen(anybody(), form({ personalNumber: number, birthOn: BORN, ...wrong }))
    expect(refused).toEqual({ ok: false, error: { code: 'number-on-record' } })
    expect((await db.owner.query('select 1 from access.user where person_id = $1', [personId])).rowCount).toBe(0)
    expect((await readStream(db.ctx().db, 'other', personId)).map((e) => e.type)).toEqual(['person.registered'])
  })

  it('is not given away a second time, whoever asks and by whatever name the first account goes', async () => {
    const personId = await onRecord({ personalNumber: '046190066001' })
    must(await createAccount(db.ctx(), { submissionKey: key(NOW), personId, username: 'chi.sao', password: 'Mua-mua-Hue-2026', mustChangePassword: false }))
    expect(await registerCitizen(anybody(), form({ personalNumber: '046190066001', birthOn: BORN }))).toEqual({ ok: false, error: { code: 'number-on-record' } })
  })

  it('is never given away when it is an officer: the posts would go with it', async () => {
    const ward = await newWard(db.ctx())
    const officer = await newOfficer(db.ctx(), ward.division, 'signer', 'Trần Thị Sáo')
    const { rows } = await db.owner.query<{ number: string }>('select personal_number as number from organisation.person where id = $1', [officer.personId])
    expect(await registerCitizen(anybody(), form({ personalNumber: rows[0]?.number ?? '', birthOn: BORN }))).toEqual({ ok: false, error: { code: 'number-on-record' } })
  })
})

describe('whose account it is', () => {
  it('is only declared until an officer has looked at the identity card, once', async () => {
    const { personId, userId } = must(await registerCitizen(anybody(), form()))
    expect(await findIdentity(db.ctx(), personId)).toBe('declared')
    await confirmIdentity(db.ctx(), personId)
    await confirmIdentity(db.ctx(), personId)
    expect(await findIdentity(db.ctx(), personId)).toBe('checked')
    expect((await readStream(db.ctx().db, 'other', userId)).map((e) => e.type)).toEqual(['account.created', 'account.identity-checked'])
    expect(await findIdentity(db.ctx(), await onRecord()), 'no account').toBeUndefined()
  })
})

describe('limits', () => {
  it('five wrong tries at one number, from wherever: locked, also for the right details', async () => {
    await onRecord({ personalNumber: '046190055001' })
    for (let i = 0; i < 4; i++) expect(await registerCitizen(anybody(), form({ personalNumber: '046190055001' }))).toMatchObject({ error: { code: 'number-on-record' } })
    expect(await registerCitizen(anybody(), form({ personalNumber: '046190055001' }))).toMatchObject({ error: { code: 'locked' } })
    expect(await registerCitizen(anybody(), form({ personalNumber: '046190055001', birthOn: BORN }))).toMatchObject({ error: { code: 'locked' } })
    expect(await registerCitizen(anybody((NOW + 16 * 60_000) as Instant), form({ personalNumber: '046190055001', birthOn: BORN }))).toMatchObject({ ok: true })
  })

  it('twenty sign-ups from one address within a quarter of an hour, then a pause', async () => {
    for (let i = 0; i < 20; i++) must(await registerCitizen(anybody(), form({ address: '203.0.113.9' })))
    expect(await registerCitizen(anybody(), form({ address: '203.0.113.9' }))).toMatchObject({ error: { code: 'locked' } })
  }, 20_000)
})
