import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, instant } from '#kernel/plain-date.ts'
import { type ProcedureRevision } from '#modules/catalogue'
import { forwardDossier, getDossierView, listDeskDay, submitDossier } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { NOW, SYSTEM, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, must, newCitizen, newWard } from '#test/factories.ts'
import type { View } from '../http.ts'
import { inboxRoutes } from './inbox.tsx'

const { ctx } = await testDb()
const view: View = { lang: 'vi', path: '/mot-cua/truc-tuyen', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }
const HOUR = 3_600_000

let ward: Ward
let other: Ward
let kite: ProcedureRevision
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx())
  other = await newWard(ctx())
})

type Asked = { readonly fields?: Record<string, string | readonly string[]>; readonly actor?: Actor; readonly now?: Instant }
const ask = async (path: string, { fields, actor = ward.receiver, now = NOW }: Asked = {}): Promise<Response> => {
  const app = new Hono()
  for (const route of inboxRoutes) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: ctx({ actor, now }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] }))
  app.onError((error, c) => c.text(error.message, error instanceof Forbidden ? 403 : error instanceof NotFound ? 404 : error instanceof Stale ? 409 : 500))
  if (fields === undefined) return app.request(`http://mot-cua.test/mot-cua/truc-tuyen${path}`)
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of typeof value === 'string' ? [value] : value) body.append(name, one)
  return app.request(`http://mot-cua.test/mot-cua/truc-tuyen${path}`, { method: 'POST', body })
}

const citizen = (personId: Uuid): Actor => ({ kind: 'person', userId: key(NOW), personId, posts: [] })

/** A kite permit asked for on line. */
const submitted = async (change: { readonly applicantId?: Uuid; readonly now?: Instant } = {}) => {
  const applicantId = change.applicantId ?? (await newCitizen(ctx(), { name: 'Hồ Thị Sáo Đêm' }))
  const now = change.now ?? NOW
  return must(
    await submitDossier(ctx({ actor: citizen(applicantId), now }), {
      submissionKey: key(now),
      procedureCode: '1.999001',
      revisionId: kite.id,
      methodRow: 2,
      agencyId: ward.agency.id,
      components: [],
      otherUploadIds: [],
      delivery: 'counter',
    }),
  )
}

const look = (id: Uuid) => getDossierView(ctx({ actor: SYSTEM }), id)
const form = async (id: Uuid, fields: Record<string, string | readonly string[]>) => ({ submissionKey: key(NOW), version: String((await look(id)).version), ...fields })

describe('the inbox', () => {
  it('shows what must be answered first on top, what is past its 8 working hours as late', async () => {
    const [later, sooner] = [await submitted({ now: instant(NOW + 2 * HOUR) }), await submitted({ now: instant(NOW + HOUR) })]
    const page = await (await ask('', { now: instant(NOW + 4 * HOUR) })).text()
    expect(page.indexOf(sooner.code)).toBeGreaterThan(0)
    expect(page.indexOf(sooner.code)).toBeLessThan(page.indexOf(later.code))
    const monday = await (await ask('', { now: instant(NOW + 3 * 24 * HOUR + 8 * HOUR) })).text()
    expect(monday).toContain('đã quá giờ')
  })

  it('another desk has an inbox of its own', async () => {
    const { code } = await submitted()
    expect((await (await ask('', { actor: other.receiver })).text()).includes(code)).toBe(false)
  })
})

describe('one submission on one screen', () => {
  it('says who, which papers, when it would be due; and what looks like the same wish filed twice', async () => {
    const applicantId = await newCitizen(ctx(), { name: 'Đặng Dũng Hai Lần' })
    const first = await submitted({ applicantId })
    const { id } = await submitted({ applicantId })
    const page = await (await ask(`/${id}`)).text()
    expect(['Đặng Dũng Hai Lần', 'Ảnh con diều', 'Vì sao là ngày này?', 'Có thể nộp trùng.', first.code].filter((words) => !page.includes(words))).toEqual([])
  })

  it('accepted it is received: the receipt comes next, and the dossier is passed on like one from the counter', async () => {
    const { id } = await submitted()
    const answer = await ask(`/${id}/tiep-nhan`, { fields: await form(id, { dong: '2', giay: ['1', '3'] }) })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/mot-cua/ho-so/${id}`])
    const { version, ...state } = await look(id)
    expect([state.status, state.held?.step, state.channel, state.components.map((c) => c.n)]).toEqual(['received', 'RECEIVE', 'online', [1, 3]])
    expect(must(await forwardDossier(ctx({ actor: ward.receiver }), { submissionKey: key(NOW), dossierId: id, version })).status).toBe('processing')
    expect((await listDeskDay(ctx({ actor: ward.receiver }), ward.desk.id, 'accepted')).map((row) => row.id)).toContain(id)
  })

  it('the request to correct is looked at before it is sent; only one may be sent', async () => {
    const { id } = await submitted()
    const fields = await form(id, { thieu: ['3'], them: 'Ghi rõ bãi thả\nKý tên', 'ly-do': 'Ảnh mờ' })
    const preview = await ask(`/${id}/bo-sung`, { fields: { ...fields, buoc: 'xem' } })
    const page = await preview.text()
    expect([preview.status, ['Người nộp sẽ đọc', 'Ảnh con diều (2 bản chính)', 'Ghi rõ bãi thả', 'Ảnh mờ'].filter((words) => !page.includes(words))]).toEqual([200, []])
    expect((await look(id)).status).toBe('submitted')
    const sent = await ask(`/${id}/bo-sung`, { fields })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/mot-cua/truc-tuyen?xong=bo-sung&ho-so=${id}`])
    const after = await look(id)
    expect([after.status, after.completionRequests.map((r) => r.items)]).toEqual(['awaiting-completion', [['Ảnh con diều (2 bản chính)', 'Ghi rõ bãi thả', 'Ký tên']]])
    expect((await (await ask('?tab=cho-hoan-thien')).text()).includes(after.code ?? '')).toBe(true)
    expect((await ask(`/${id}/bo-sung`, { fields: await form(id, { them: 'Nữa', 'ly-do': 'Nữa' }) })).status).toBe(409)
  })

  it('nothing to correct, or no reason, comes back with all that was typed', async () => {
    const { id } = await submitted()
    const answer = await ask(`/${id}/bo-sung`, { fields: await form(id, { them: 'Ghi rõ bãi thả', 'ly-do': '' }) })
    const page = await answer.text()
    expect([answer.status, page.includes('Ghi lý do để người nộp hiểu.'), page.includes('Ghi rõ bãi thả</textarea>')]).toEqual([422, true, true])
  })

  it('refused with ground, reason and legal basis', async () => {
    const { id } = await submitted()
    expect((await ask(`/${id}/tu-choi`, { fields: await form(id, { 'can-cu-tu-choi': '', 'ly-do': 'x' }) })).status).toBe(422)
    const answer = await ask(`/${id}/tu-choi`, { fields: await form(id, { 'can-cu-tu-choi': 'not-eligible', 'ly-do': 'Diều quá dây điện', 'can-cu': 'Điều 3 Nghị định 1/2020' }) })
    expect(answer.headers.get('location')).toBe(`/mot-cua/truc-tuyen?xong=tu-choi&ho-so=${id}`)
    expect(await look(id)).toMatchObject({ status: 'refused', refusal: { ground: 'not-eligible', reason: 'Diều quá dây điện', legalBasis: 'Điều 3 Nghị định 1/2020' } })
    expect((await listDeskDay(ctx({ actor: ward.receiver }), ward.desk.id, 'refused')).map((row) => row.id)).toContain(id)
    expect(await (await ask(`/${id}`)).text()).toContain('Đã từ chối tiếp nhận.')
  })

  it('an officer of another desk reads nothing and answers nothing', async () => {
    const { id } = await submitted()
    const fields = await form(id, { dong: '2', them: 'x', 'ly-do': 'x', 'can-cu-tu-choi': 'other' })
    const asked = [ask(`/${id}`, { actor: other.receiver }), ...['tiep-nhan', 'bo-sung', 'tu-choi'].map((path) => ask(`/${id}/${path}`, { actor: other.receiver, fields }))]
    expect((await Promise.all(asked)).map((answer) => answer.status)).toEqual([403, 403, 403, 403])
    expect((await look(id)).status).toBe('submitted')
  })
})
