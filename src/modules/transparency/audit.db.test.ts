import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, plainDate } from '#kernel/plain-date.ts'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { flushAccess, recordAccess } from '#platform/log/access.ts'
import { append } from '#platform/log/append.ts'
import { personal } from '#platform/log/private.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, newWard } from '#test/factories.ts'
import { expectReplayEquals } from '#test/replay.ts'
import { auditSubscription, eventTypeNames, getLogHealth, searchAccess, searchAudit } from './index.ts'

const { ctx } = await testDb()

const post: HeldPost = { postId: newId(NOW), role: 'administrator', unitId: newId(NOW), agencyId: newId(NOW) }
const administrator: Actor = { kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: [post] }
const asAdministrator = () => ctx({ actor: administrator })

let ward: Ward
let dossier: Uuid
/** 30 November 2026, 23:30 in Vietnam: still November there, already 16:30 in UTC. */
const LAST_OF_NOVEMBER = Date.parse('2026-11-30T23:30:00+07:00') as Instant

beforeAll(async () => {
  ward = await newWard(ctx())
  dossier = newId(NOW)
  const write = (actor: Actor, postId: Uuid | undefined, now: Instant, type: string, data: Parameters<typeof append>[3][number]['data']) =>
    inTx(ctx({ actor, now }), (ctx) => append(ctx, 'dossier', dossier, [{ type, data }], postId === undefined ? {} : { postId }))
  await write(ward.receiver, ward.receiver.posts[0]?.postId, NOW, 'dossier.received', { applicant: personal('Nguyễn Đăng Diều'), methodRow: 1 })
  await write(ward.receiver, ward.receiver.posts[0]?.postId, NOW, 'dossier.code-issued', { code: 'H57.12-20261120-0000007' })
  await write(ward.caseOfficer, ward.caseOfficer.posts[0]?.postId, LAST_OF_NOVEMBER, 'dossier.forwarded', { to: 2 })
  await catchUp(ctx(), auditSubscription)
})

const typesOf = async (search: Parameters<typeof searchAudit>[1]) => (await searchAudit(asAdministrator(), search)).lines.map((line) => line.type)

describe('the audit view', () => {
  it('says who did what, in which post, of which unit, and when; personal values stay hidden', async () => {
    const { lines } = await searchAudit(asAdministrator(), { stream: dossier })
    expect(lines.map((l) => [l.type, l.personName, l.unitName, l.at])).toEqual([
      ['dossier.forwarded', 'Trần Văn Gió', ward.division.name, LAST_OF_NOVEMBER],
      ['dossier.code-issued', 'Hoàng Thị Sáo', ward.desk.name, NOW],
      ['dossier.received', 'Hoàng Thị Sáo', ward.desk.name, NOW],
    ])
    expect(new Set(lines.map((l) => l.code))).toEqual(new Set(['H57.12-20261120-0000007']))
    expect(JSON.stringify(lines)).not.toContain('Nguyễn Đăng Diều')
  })

  it('is searched by code, person without accents, unit, agency, type and group', async () => {
    expect(await typesOf({ stream: 'H57.12-20261120-0000007' })).toHaveLength(3)
    expect(await typesOf({ person: 'van gio' })).toEqual(['dossier.forwarded'])
    expect(await typesOf({ person: ward.receiver.personId })).toEqual(['dossier.code-issued', 'dossier.received'])
    expect(await typesOf({ unit: ward.division.id })).toEqual(['dossier.forwarded'])
    expect(await typesOf({ unit: ward.agency.id, type: 'dossier' })).toHaveLength(3)
    expect(await typesOf({ type: 'dossier.received' })).toEqual(['dossier.received'])
    expect(await typesOf({ person: '100%' })).toEqual([])
  })

  it('is searched by Vietnamese days, both included (C1)', async () => {
    const [last, next] = [plainDate('2026-11-30'), plainDate('2026-12-01')]
    expect(await typesOf({ stream: dossier, from: last, to: last })).toEqual(['dossier.forwarded'])
    expect(await typesOf({ stream: dossier, from: next })).toEqual([])
    expect(await typesOf({ stream: dossier, to: plainDate('2026-11-29') })).toHaveLength(2)
  })

  it('goes on to the next page', async () => {
    const stream = newId(NOW)
    await inTx(ctx(), (ctx) => append(ctx, 'other', stream, Array.from({ length: 60 }, (_, i) => ({ type: 'kite.lent', data: { i } }))))
    await catchUp(ctx(), auditSubscription)
    const first = await searchAudit(asAdministrator(), { stream })
    const second = await searchAudit(asAdministrator(), { stream, page: 2 })
    expect([first.lines.length, first.hasNext, second.lines.length, second.hasNext]).toEqual([50, true, 10, false])
    expect([...first.lines, ...second.lines].map((l) => l.seq)).toEqual(Array.from({ length: 60 }, (_, i) => 60 - i))
  })

  it('replayed from zero gives the same rows, column by column', () => expectReplayEquals(ctx(), auditSubscription, ['transparency.audit_entry']))

  it('names every type of event that the modules append', () => {
    const named = new Set(eventTypeNames.map((t) => t.type))
    const modules = join(import.meta.dirname, '..')
    const types = new Set<string>()
    for (const file of readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.endsWith('event-names.ts'))) {
      for (const line of readFileSync(join(modules, file), 'utf8').split('\n').filter((l) => /\btype: /.test(l))) {
        for (const [, type] of line.matchAll(/'([a-z]+\.[a-z-]+)'/g)) types.add(type ?? '')
      }
    }
    expect(types.size).toBeGreaterThan(20)
    expect([...types].filter((type) => !named.has(type))).toEqual([])
  })
})

const found = async (search: Parameters<typeof searchAccess>[1]) => (await searchAccess(asAdministrator(), search)).lines.map((l) => [l.kind, l.personName, l.unitName])

describe('the record of access', () => {
  it('says who looked at whose data, found by the looker and by the looked-at', async () => {
    recordAccess(ctx({ actor: ward.receiver }), { kind: 'read', subject: `dossier:${dossier}`, reason: 'dossier.read', unitId: ward.desk.id })
    recordAccess(ctx({ actor: ward.caseOfficer }), { kind: 'refused', reason: 'dossier.approve' })
    await flushAccess(ctx().db)
    const looked = ['read', 'Hoàng Thị Sáo', ward.desk.name]
    expect(await found({ person: dossier })).toEqual([looked])
    expect(await found({ person: 'hoang thi sao' })).toEqual([looked])
    expect(await found({ kind: 'refused' })).toEqual([['refused', 'Trần Văn Gió', null]])
    expect(await found({ from: plainDate('2026-11-21') })).toEqual([])
  })
})

describe('audit.read', () => {
  it('is needed for each of them', async () => {
    for (const query of [searchAudit, searchAccess, getLogHealth]) await expect(query(ctx({ actor: ward.receiver }), {})).rejects.toThrow(Forbidden)
  })

  it('shows how the log is: seals, readers, rights', async () => {
    const health = await getLogHealth(asAdministrator())
    expect(health.seals).toEqual([])
    expect(health.unsealed).toBeGreaterThan(60)
    expect(health.readers).toEqual([expect.objectContaining({ name: 'audit', unread: 0 })])
    expect(health.rights.couldChange).toEqual([])
  })
})
