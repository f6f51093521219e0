/** Ủy quyền (NĐ 30/2020 Art 13, processes.md §8) and vắng mặt: powers of a post in other hands, for a time, and never one day or one power more. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, addDays, dayNumber, instantAt, plainDate } from '#kernel/plain-date.ts'
import { DELEGABLE, PERMISSIONS, type Permission, STAND_IN_POWERS, actorOf, can, createAccount, findSession, postFor, roleCarries, signIn } from '#modules/access'
import { approveDossier, getDossierView } from '#modules/dossier'
import { type GiveDelegation, RecordAbsence, closePost, createPost, endAbsence, fillPost, giveDelegation, leavePost, listAbsences, listDelegations, listStaff, recordAbsence, revokeDelegation } from '#modules/organisation'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { type Officer, type Ward, key, kiteProcedure, must, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { NOW, SYSTEM, testDb } from '#test/db.ts'
import { loadAbsence, loadDelegation } from './organisation-store.ts'
import { rowOfDelegation } from './delegation-state.ts'
import { rowOfAbsence } from './absence-state.ts'

const { ctx, owner } = await testDb()
const TODAY = plainDate('2026-11-20')
const PASSWORD = 'Diều-bay-cao-2026'
const CHAIR_POWERS = DELEGABLE.filter((p) => roleCarries('chair', p))

let ward: Ward
let chair: Officer
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  chair = await newOfficer(ctx(), ward.agency, 'chair', 'Lê Văn Chủ')
})

const on = (day: PlainDate, actor: Actor = SYSTEM): Ctx => ctx({ now: instantAt(dayNumber(day), 9 * 3_600_000), actor })

let serial = 0
/** Somebody of the ward's office with an account; `on` a day they sign in anew, as their browser would. */
const delegate = async () => {
  serial += 1
  const officer = await newOfficer(ctx(), ward.division, 'unit-leader', 'Trần Thị Thay')
  const username = `thay.${serial}`
  must(await createAccount(ctx(), { submissionKey: key(NOW), personId: officer.personId, username, password: PASSWORD, mustChangePassword: false }))
  const signedInOn = async (day: PlainDate): Promise<Extract<Actor, { kind: 'person' }>> => {
    const c = on(day, { kind: 'anonymous' })
    const session = must(await signIn(c, { username, password: PASSWORD, address: `10.9.0.${serial}`, agent: '' }))
    const actor = actorOf(await findSession(c, session.cookie))
    if (actor.kind !== 'person') throw new Error('not signed in')
    return actor
  }
  return { officer, postId: officer.posts[0]!.postId, signedInOn }
}

const paper = (toPostId: Uuid, change: Partial<GiveDelegation> = {}): GiveDelegation => ({
  submissionKey: key(NOW), fromPostId: chair.posts[0]!.postId, toPostId, toPersonId: null, documentNumber: '7/GUQ-UBND', documentOn: TODAY, from: TODAY, lastDay: plainDate('2026-12-04'),
  powers: ['dossier.approve'], procedures: null, ...change,
})

/** Powers at the head of the agency: what only the chair's post gives. */
const powersOf = (actor: Actor, procedureCode?: string): readonly Permission[] =>
  CHAIR_POWERS.filter((p) => postFor(actor, p, { unitId: ward.agency.id, ...(procedureCode !== undefined && { procedureCode }) }) !== undefined)

describe('a delegation', () => {
  it('gives its powers from its first to its last day, in the post of who delegated, and says so', async () => {
    const { signedInOn, postId } = await delegate()
    const { delegationId } = must(await giveDelegation(ctx({ actor: chair }), paper(postId)))
    for (const day of ['2026-11-20', '2026-12-04']) {
      const actor = await signedInOn(plainDate(day))
      expect(powersOf(actor), day).toEqual(CHAIR_POWERS.filter((p) => p === 'dossier.approve' || p === 'dossier.read'))
      expect(postFor(actor, 'dossier.approve', { agencyId: ward.agency.id })).toMatchObject({ postId: chair.posts[0]!.postId, delegated: { delegationId, basis: 'delegation', procedures: null } })
    }
  })

  const last = plainDate('2026-12-04')
  const DAYS: readonly (readonly [why: string, change: Partial<GiveDelegation>, day: PlainDate])[] = [
    ['expired', {}, addDays(last, 1)],
    ['long expired', {}, addDays(last, 400)],
    ['not yet begun', { from: plainDate('2026-11-30') }, plainDate('2026-11-29')],
  ]
  it.each(DAYS)('that is %s gives nothing, for any power', async (_, change, day) => {
    const { signedInOn, postId } = await delegate()
    must(await giveDelegation(ctx({ actor: chair }), paper(postId, { powers: [...CHAIR_POWERS], ...change })))
    expect(powersOf(await signedInOn(day))).toEqual([])
  })

  it('that is revoked gives nothing from that moment, on the same day', async () => {
    const { signedInOn, postId } = await delegate()
    const { delegationId } = must(await giveDelegation(ctx({ actor: chair }), paper(postId, { powers: [...CHAIR_POWERS] })))
    expect(powersOf(await signedInOn(TODAY))).toEqual(CHAIR_POWERS)
    must(await revokeDelegation(ctx({ actor: chair }), { submissionKey: key(NOW), delegationId }))
    expect(powersOf(await signedInOn(TODAY))).toEqual([])
    expect(await revokeDelegation(ctx({ actor: chair }), { submissionKey: key(NOW), delegationId })).toEqual({ ok: false, error: { code: 'ended-already', on: TODAY } })
  })

  it.each(CHAIR_POWERS.filter((p) => p !== 'dossier.read'))('of %s alone gives no other power but to read', async (power) => {
    const { signedInOn, postId } = await delegate()
    must(await giveDelegation(ctx({ actor: chair }), paper(postId, { powers: [power] })))
    expect(new Set(powersOf(await signedInOn(TODAY)))).toEqual(new Set([power, 'dossier.read']))
  })

  it('for some procedures gives nothing for the others', async () => {
    const { signedInOn, postId } = await delegate()
    must(await giveDelegation(ctx({ actor: chair }), paper(postId, { procedures: ['1.999001'] })))
    const actor = await signedInOn(TODAY)
    expect(powersOf(actor, '1.999001')).toContain('dossier.approve')
    expect(powersOf(actor, '1.004873')).toEqual([])
  })

  it('never gives what the role of the delegating post does not carry, whatever its row says', () => {
    for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
      const post = { ...chair.posts[0]!, delegated: { delegationId: key(NOW), basis: 'delegation' as const, powers: Object.keys(PERMISSIONS), procedures: null } }
      expect(can({ ...chair, posts: [post] }, permission), permission).toBe(roleCarries('chair', permission))
    }
  })

  it('is given by who holds the post, or recorded by the administrator; by nobody else', async () => {
    const { postId } = await delegate()
    await expect(giveDelegation(ctx({ actor: ward.signer }), paper(postId))).rejects.toThrow(Forbidden)
    const administrator = await newOfficer(ctx(), ward.agency, 'administrator')
    expect((await giveDelegation(ctx({ actor: administrator }), paper(postId))).ok).toBe(true)
  })

  it('cannot be delegated again', async () => {
    const { signedInOn, postId } = await delegate()
    must(await giveDelegation(ctx({ actor: chair }), paper(postId, { powers: [...CHAIR_POWERS] })))
    const actor = await signedInOn(TODAY)
    const other = await delegate()
    expect(await giveDelegation(ctx({ actor }), paper(other.postId))).toEqual({ ok: false, error: { code: 're-delegation' } })
    // Nor passed on inside a delegation of the own post: that carries only what the own role carries.
    expect(await giveDelegation(ctx({ actor }), paper(other.postId, { fromPostId: postId }))).toEqual({ ok: false, error: { code: 'power-not-carried', power: 'dossier.approve' } })
  })

  it('is refused to oneself, to nobody, twice, and beyond the days of the post', async () => {
    const { officer, postId } = await delegate()
    const give = (change: Partial<GiveDelegation>, to: Uuid = postId) => giveDelegation(ctx({ actor: chair }), paper(to, change))
    expect(await give({}, chair.posts[0]!.postId)).toMatchObject({ error: { code: 'to-oneself' } })
    expect(await give({ toPostId: null, toPersonId: chair.personId })).toMatchObject({ error: { code: 'to-oneself' } })
    expect(await give({ from: plainDate('2018-01-01'), documentOn: plainDate('2018-01-01') })).toMatchObject({ error: { code: 'post-not-valid' } })
    const retired = await newOfficer(ctx(), ward.division, 'case-officer')
    must(await leavePost(ctx(), { submissionKey: key(NOW), postId: retired.posts[0]!.postId, personId: retired.personId, on: TODAY }))
    expect(await give({ toPostId: null, toPersonId: retired.personId })).toMatchObject({ error: { code: 'delegate-without-post' } })
    must(await give({}))
    expect(await give({ from: plainDate('2026-12-04'), lastDay: plainDate('2026-12-31') })).toMatchObject({ error: { code: 'delegated-already', document: '7/GUQ-UBND' } })
    expect((await give({ from: plainDate('2026-12-05'), lastDay: plainDate('2026-12-31') })).ok).toBe(true)
    expect((await give({ toPostId: null, toPersonId: officer.personId })).ok).toBe(true)
  })

  it('ends with the delegating post, and with the last post of the delegate', async () => {
    const { officer, signedInOn, postId } = await delegate()
    const deputy = await newOfficer(ctx(), ward.agency, 'signer', 'Phan Thị Phó')
    must(await giveDelegation(ctx({ actor: deputy }), paper(postId, { fromPostId: deputy.posts[0]!.postId })))
    must(await giveDelegation(ctx({ actor: chair }), paper(postId, { toPostId: null, toPersonId: officer.personId })))
    must(await closePost(ctx(), { submissionKey: key(NOW), postId: deputy.posts[0]!.postId, on: plainDate('2026-11-25') }))
    expect((await signedInOn(plainDate('2026-11-24'))).posts).toHaveLength(3)
    expect((await signedInOn(plainDate('2026-11-25'))).posts).toHaveLength(2)
    must(await leavePost(ctx(), { submissionKey: key(NOW), postId, personId: officer.personId, on: plainDate('2026-11-26') }))
    expect((await signedInOn(plainDate('2026-11-26'))).posts).toEqual([])
  })

  it('signs a dossier: the event names the person, the post and the delegation; the day after the last it does not', async () => {
    const { signedInOn, postId } = await delegate()
    const { delegationId } = must(await giveDelegation(ctx({ actor: chair }), paper(postId, { lastDay: TODAY })))
    const ready = async () => {
      const { id } = await receivedDossier(ctx(), ward)
      await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward', 'forward-review'])
      return { submissionKey: key(NOW), dossierId: id, version: (await getDossierView(ctx(), id)).version }
    }
    const actor = await signedInOn(TODAY)
    const wanted = await ready()
    must(await approveDossier(ctx({ actor }), wanted))
    const [event] = (await readStream(ctx().db, 'dossier', wanted.dossierId)).slice(-1)
    expect(event).toMatchObject({ type: 'dossier.approved', actor: { person: actor.personId, post: chair.posts[0]!.postId, delegation: delegationId } })
    const tomorrow = addDays(TODAY, 1)
    await expect(approveDossier(on(tomorrow, await signedInOn(tomorrow)), await ready())).rejects.toThrow(Forbidden)
  })

  it('is listed for who gave it, who has it, and the administrator', async () => {
    const { officer, postId } = await delegate()
    const { delegationId } = must(await giveDelegation(ctx({ actor: chair }), paper(postId)))
    for (const actor of [chair, officer, SYSTEM]) expect((await listDelegations(ctx({ actor }))).map((d) => d.id)).toContain(delegationId)
    expect((await listDelegations(ctx({ actor: ward.signer }))).map((d) => d.id)).not.toContain(delegationId)
  })
})

describe('an absence', () => {
  const away = (personId: Uuid, change: Partial<RecordAbsence> = {}): RecordAbsence => ({ submissionKey: key(NOW), personId, from: TODAY, lastDay: plainDate('2026-11-24'), standInId: null, ...change })
  const colleague = () => newOfficer(ctx(), ward.division, 'case-officer', 'Hồ Thị Vắng')

  it('is recorded by the leader of the unit or the agency, and shows them who is away and until when', async () => {
    const [a, b] = [await colleague(), await colleague()]
    must(await recordAbsence(ctx({ actor: ward.leader }), away(a.personId)))
    must(await recordAbsence(ctx({ actor: chair }), away(b.personId, { from: plainDate('2026-11-23') })))
    await expect(recordAbsence(ctx({ actor: (await newWard(ctx())).leader }), away(a.personId))).rejects.toThrow(Forbidden)
    await expect(recordAbsence(ctx({ actor: ward.leader }), away(ward.receiver.personId))).rejects.toThrow(Forbidden)
    const seen = await listAbsences(ctx({ actor: ward.leader }))
    expect(seen.filter((x) => [a.personId, b.personId].includes(x.personId)).map((x) => [x.validFrom, x.validTo])).toEqual([['2026-11-20', '2026-11-25'], ['2026-11-23', '2026-11-25']])
    const backOn = async (day: string) => (await listStaff(ctx(), { unitId: ward.division.id, on: plainDate(day) })).find((s) => s.personId === a.personId)?.backOn
    expect([await backOn('2026-11-19'), await backOn('2026-11-20'), await backOn('2026-11-24'), await backOn('2026-11-25')]).toEqual([null, '2026-11-25', '2026-11-25', null])
  })

  it('lets the stand-in do the work on dossiers, never sign, review or assign', async () => {
    const { officer, signedInOn } = await delegate()
    const away1 = await colleague()
    const { absenceId } = must(await recordAbsence(ctx({ actor: ward.leader }), away(away1.personId, { standInId: officer.personId })))
    const standing = (await signedInOn(TODAY)).posts.find((p) => p.delegated !== undefined)
    expect(standing).toMatchObject({ postId: away1.posts[0]!.postId, delegated: { delegationId: absenceId, basis: 'stand-in', powers: STAND_IN_POWERS } })
    const powers = (Object.keys(PERMISSIONS) as Permission[]).filter((p) => can({ ...officer, posts: [standing!] }, p))
    expect(powers.sort()).toEqual(['dossier.examine', 'dossier.find', 'dossier.read'])
    expect((await signedInOn(plainDate('2026-11-25'))).posts.some((p) => p.delegated !== undefined)).toBe(false)
    must(await endAbsence(ctx({ actor: ward.leader }), { submissionKey: key(NOW), absenceId }))
    expect((await signedInOn(TODAY)).posts.some((p) => p.delegated !== undefined)).toBe(false)
  })

  it('gives the stand-in only the posts in units that both work in', async () => {
    const { officer, signedInOn } = await delegate()
    const away1 = await colleague()
    const { postId } = must(await createPost(ctx(), { submissionKey: key(NOW), unitId: ward.desk.id, role: 'desk-officer', title: 'Công chức tiếp nhận', validFrom: plainDate('2026-01-01') }))
    must(await fillPost(ctx(), { submissionKey: key(NOW), postId, personId: away1.personId, from: plainDate('2026-01-01'), to: null }))
    must(await recordAbsence(ctx({ actor: ward.leader }), away(away1.personId, { standInId: officer.personId })))
    expect((await signedInOn(TODAY)).posts.flatMap((p) => (p.delegated === undefined ? [] : [p.postId]))).toEqual([away1.posts[0]!.postId])
  })

  it('recorded by the leader of one unit gives nothing in the other, though the stand-in works in both; recorded by the head of the agency, it does', async () => {
    const { officer, signedInOn } = await delegate()
    const away1 = await colleague()
    const inDesk = async (personId: Uuid) => {
      const { postId } = must(await createPost(ctx(), { submissionKey: key(NOW), unitId: ward.desk.id, role: 'desk-officer', title: 'Công chức tiếp nhận', validFrom: plainDate('2026-01-01') }))
      must(await fillPost(ctx(), { submissionKey: key(NOW), postId, personId, from: plainDate('2026-01-01'), to: null }))
      return postId
    }
    const other = await inDesk(away1.personId)
    await inDesk(officer.personId)
    const acted = async () => (await signedInOn(TODAY)).posts.flatMap((p) => (p.delegated === undefined ? [] : [p.postId])).sort()
    const { absenceId } = must(await recordAbsence(ctx({ actor: ward.leader }), away(away1.personId, { standInId: officer.personId })))
    expect(await acted()).toEqual([away1.posts[0]!.postId])
    must(await endAbsence(ctx({ actor: chair }), { submissionKey: key(NOW), absenceId }))
    must(await recordAbsence(ctx({ actor: chair }), away(away1.personId, { standInId: officer.personId })))
    expect(await acted()).toEqual([away1.posts[0]!.postId, other].sort())
  })

  it('recorded by the leader of one unit has no stand-in out of another', async () => {
    const away1 = await colleague()
    const { postId } = must(await createPost(ctx(), { submissionKey: key(NOW), unitId: ward.desk.id, role: 'desk-officer', title: 'Công chức tiếp nhận', validFrom: plainDate('2026-01-01') }))
    must(await fillPost(ctx(), { submissionKey: key(NOW), postId, personId: away1.personId, from: plainDate('2026-01-01'), to: null }))
    expect(await recordAbsence(ctx({ actor: ward.leader }), away(away1.personId, { standInId: ward.receiver.personId }))).toMatchObject({ error: { code: 'stand-in-elsewhere' } })
    expect((await recordAbsence(ctx({ actor: chair }), away(away1.personId, { standInId: ward.receiver.personId }))).ok).toBe(true)
  })

  it('recorded twice at the same moment by the administrator stands once', async () => {
    const away1 = await colleague()
    const administrator = await newOfficer(ctx(), ward.agency, 'administrator')
    const both = await Promise.all([1, 2].map(() => recordAbsence(ctx({ actor: administrator }), away(away1.personId))))
    expect(both.map((r) => (r.ok ? 'recorded' : r.error.code)).sort()).toEqual(['away-already', 'recorded'])
  })

  it('in another unit of the agency is not recorded by a leader who signs by delegation', async () => {
    const signing: Officer = { ...ward.leader, posts: [...ward.leader.posts, { ...chair.posts[0]!, delegated: { delegationId: key(NOW), basis: 'delegation', powers: ['dossier.approve'], procedures: null } }] }
    await expect(recordAbsence(ctx({ actor: signing }), away(ward.receiver.personId))).rejects.toThrow(Forbidden)
  })

  it('is refused twice for the same days, and a stand-in who is away or of another unit', async () => {
    const [a, b] = [await colleague(), await colleague()]
    const record = (change: Partial<RecordAbsence>) => recordAbsence(ctx({ actor: ward.leader }), away(a.personId, change))
    must(await recordAbsence(ctx({ actor: ward.leader }), away(b.personId)))
    expect(await record({ standInId: b.personId })).toMatchObject({ error: { code: 'stand-in-away' } })
    expect(await record({ standInId: ward.receiver.personId })).toMatchObject({ error: { code: 'stand-in-elsewhere' } })
    must(await record({}))
    expect(await record({ from: plainDate('2026-11-24'), lastDay: plainDate('2026-11-30') })).toMatchObject({ error: { code: 'away-already', from: '2026-11-20', to: '2026-11-25' } })
    expect((await record({ from: plainDate('2026-11-25'), lastDay: plainDate('2026-11-30') })).ok).toBe(true)
  })
})

describe('decision 10: replay', () => {
  it('of a delegation and an absence gives the same rows, column by column', async () => {
    const { rows: delegations } = await owner.query<{ id: Uuid; all: unknown }>('select id, to_jsonb(d) as all from organisation.delegation d')
    const { rows: absences } = await owner.query<{ id: Uuid; all: unknown }>('select id, to_jsonb(a) as all from organisation.absence a')
    expect(Math.min(delegations.length, absences.length)).toBeGreaterThan(3)
    for (const { id, all } of delegations) expect(rowOfDelegation((await loadDelegation(ctx(), id)).state)).toEqual(all)
    for (const { id, all } of absences) expect(rowOfAbsence((await loadAbsence(ctx(), id)).state)).toEqual(all)
  })
})
