import { beforeEach, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, instant } from '#kernel/plain-date.ts'
import {
  actorOf, beginSecondFactor, confirmSecondFactor, createAccount, findSession, giveSecondFactor, ownSecondFactor, resetSecondFactor, signIn,
} from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { NOW, SYSTEM, testDb } from '#test/db.ts'
import { key, must, newCitizen } from '#test/factories.ts'
import { codeAt, stepOf } from './totp.ts'

const db = await testDb()
const PASSWORD = 'Mua-mua-Hue-2026'
const MINUTE = 60_000
let made = 0
let username = ''
let userId: Uuid

beforeEach(async () => {
  made += 1
  username = `co.hai.lop.${made}`
  const personId = await newCitizen(db.ctx(), { name: 'Lê Thị Hai Lớp' })
  userId = must(await createAccount(db.ctx({ actor: SYSTEM }), { submissionKey: key(NOW), personId, username, password: PASSWORD, mustChangePassword: false })).userId
})

const at = (now: Instant): Ctx => db.ctx({ actor: { kind: 'anonymous' }, now })
const password = async (now: Instant = NOW) => must(await signIn(at(now), { username, password: PASSWORD, address: '192.0.2.9' }))
const asOwner = async (cookie: string, now: Instant): Promise<Ctx> => db.ctx({ actor: actorOf(await findSession(at(now), cookie)), now })

/** Set up at `now`. @returns secret and backup codes */
const setUp = async (now: Instant = NOW) => {
  const { cookie, session } = await password(now)
  const ctx = await asOwner(cookie, now)
  const { secret } = must(await beginSecondFactor(ctx))
  const { backupCodes } = must(await confirmSecondFactor(ctx, { code: codeAt(secret, stepOf(now)), sessionId: session.sessionId }))
  return { secret, backupCodes, cookie }
}

describe('setting up', () => {
  it('begins with a secret that nothing depends on until the first right code', async () => {
    const { cookie, session } = await password()
    const ctx = await asOwner(cookie, NOW)
    const { secret } = must(await beginSecondFactor(ctx))
    expect(must(await beginSecondFactor(ctx)).secret, 'opened again').toEqual(secret)
    expect(await confirmSecondFactor(ctx, { code: '000000', sessionId: session.sessionId })).toEqual({ ok: false, error: { code: 'wrong-code' } })
    expect((await password()).session.awaitsCode).toBe(false)
    expect(must(await confirmSecondFactor(ctx, { code: codeAt(secret, stepOf(NOW)), sessionId: session.sessionId })).backupCodes).toHaveLength(8)
    expect(await ownSecondFactor(ctx)).toEqual({ confirmed: true, backupCodes: 8 })
    expect(await beginSecondFactor(ctx)).toEqual({ ok: false, error: { code: 'factor-already-set' } })
  })

  it('ends the other sessions, and the database holds neither secret nor backup code in clear', async () => {
    const other = await password()
    const { secret, backupCodes } = await setUp()
    expect(await findSession(at(NOW), other.cookie)).toBeUndefined()
    const { rows } = await db.owner.query('select secret, backup from access.second_factor where user_id = $1', [userId])
    expect(rows[0].secret.includes(secret)).toBe(false)
    for (const code of backupCodes) expect(rows[0].backup).not.toContain(code)
    const events = await db.owner.query("select string_agg(data::text, '') as all, count(*)::int as n from log.event where stream = $1 and type = 'account.second-factor-set'", [userId])
    expect([events.rows[0].n, events.rows[0].all]).toEqual([1, '{}'])
  })
})

describe('signing in', () => {
  const later = instant(NOW + 10 * MINUTE)

  it('with the password alone one is nobody; with the code of the app, oneself', async () => {
    const { secret } = await setUp()
    const { cookie, session } = await password(later)
    expect(session.awaitsCode).toBe(true)
    expect(actorOf(session)).toEqual({ kind: 'anonymous' })
    must(await giveSecondFactor(at(later), { cookie, code: codeAt(secret, stepOf(later)) }))
    expect(actorOf(await findSession(at(later), cookie))).toMatchObject({ kind: 'person', userId })
  })

  it('a code is good once, also when it comes from two machines at the same moment', async () => {
    const { secret } = await setUp()
    const sessions = await Promise.all([password(later), password(later)])
    const answers = await Promise.allSettled(sessions.map(({ cookie }) => giveSecondFactor(at(later), { cookie, code: codeAt(secret, stepOf(later)) })))
    expect(answers.filter((answer) => answer.status === 'fulfilled' && answer.value.ok)).toHaveLength(1)
  })

  it('wrong codes count as failed sign-ins: the sixth finds the account locked, right or wrong', async () => {
    const { secret } = await setUp()
    const { cookie } = await password(later)
    for (let i = 0; i < 4; i += 1) expect(await giveSecondFactor(at(later), { cookie, code: '000000' })).toEqual({ ok: false, error: { code: 'wrong-code' } })
    expect(await giveSecondFactor(at(later), { cookie, code: '000000' })).toMatchObject({ ok: false, error: { code: 'locked' } })
    expect(await giveSecondFactor(at(later), { cookie, code: codeAt(secret, stepOf(later)) })).toMatchObject({ ok: false, error: { code: 'locked' } })
  })

  it('a backup code opens once, typed in small letters and without its stroke', async () => {
    const { backupCodes } = await setUp()
    const typed = backupCodes[0]!.toLowerCase().replace('-', ' ')
    must(await giveSecondFactor(at(later), { cookie: (await password(later)).cookie, code: typed }))
    expect(await giveSecondFactor(at(later), { cookie: (await password(later)).cookie, code: typed })).toEqual({ ok: false, error: { code: 'wrong-code' } })
  })

  it('a forged cookie, and a session that has its code, are refused', async () => {
    const { secret, cookie } = await setUp()
    for (const bad of ['x.y', cookie]) await expect(giveSecondFactor(at(later), { cookie: bad, code: codeAt(secret, stepOf(later)) })).rejects.toThrow(Forbidden)
  })
})

it('the administrator takes it away for who lost the phone; a citizen may not', async () => {
  const { cookie } = await setUp()
  await expect(resetSecondFactor(await asOwner(cookie, NOW), userId)).rejects.toThrow(Forbidden)
  expect(await resetSecondFactor(db.ctx({ actor: SYSTEM }), userId)).toEqual({ removed: true })
  expect(await resetSecondFactor(db.ctx({ actor: SYSTEM }), userId)).toEqual({ removed: false })
  expect((await password()).session.awaitsCode).toBe(false)
})
