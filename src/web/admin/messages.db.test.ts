/** The administrator's rooms of the messages, and the page on which a person says how to be told. */
import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { instant } from '#kernel/plain-date.ts'
import { dossierMessages } from '#modules/dossier'
import { getMessageSettings, getMessageTemplate, getOwnPreference } from '#modules/notification'
import type { Actor } from '#platform/ctx.ts'
import { flushAccess } from '#platform/log/access.ts'
import { sql } from '#platform/db/db.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, SYSTEM, testDb } from '#test/db.ts'
import { key, kiteProcedure, newCitizen, newWard, receivedDossier } from '#test/factories.ts'
import { listener, outsideBy, runMessages } from '#test/messages.ts'
import { CHANNELS, type Channel } from '#platform/messaging/provider.ts'
import { myAccountRoutes } from '../citizen/account/routes.ts'
import { messageSettingsRoutes } from './message-settings.tsx'
import { messageTemplateRoutes } from './message-templates.tsx'
import { messageListRoutes } from './messages.tsx'

const { ctx } = await testDb()
let actor: Actor = SYSTEM
let offered: readonly Channel[] = CHANNELS
const app = new Hono()
for (const route of [...messageTemplateRoutes, ...messageSettingsRoutes, ...messageListRoutes, ...myAccountRoutes]) {
  app.on(route.method, route.path, (c) => {
    const view = { lang: 'vi' as const, path: c.req.path, cityName: 'thành phố Huế', demo: true, signedIn: undefined, csrf: 'x', fragment: false }
    return route.handle({ c, ctx: ctx({ actor }), view, address: '127.0.0.1', publicUrl: 'https://motcua.example.vn', channels: offered })
  })
}
const page = async (path: string) => (await app.request(path)).text()
const text = async (path: string) => (await page(path)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const post = (path: string, fields: Record<string, string | readonly string[]>) => {
  const body = new URLSearchParams({ submissionKey: key(NOW) })
  for (const [name, values] of Object.entries(fields)) for (const value of typeof values === 'string' ? [values] : values) body.append(name, value)
  return app.request(path, { method: 'POST', body })
}
const HOME = '/quan-tri/tin-nhan'
let applicant: Uuid
let code = ''
let message = ''
beforeAll(async () => {
  await kiteProcedure(ctx())
  applicant = await newCitizen(ctx(), { name: 'Nguyễn Thị Cánh Diều', phone: '0905111222' })
  code = (await receivedDossier(ctx(), await newWard(ctx()), { applicantId: applicant })).code
  await catchUp(ctx(), dossierMessages)
  message = (await sql<{ id: string }>`select id from notification.message`.execute(ctx().db)).rows[0]?.id ?? ''
})

describe('/quan-tri/tin-nhan', () => {
  it('lists what waits, with the initials of whom it is for; filters find it and lose it', async () => {
    expect(await text(HOME)).toMatch(new RegExp(`Đã tiếp nhận, có ngày hẹn trả ${code} N\\. T\\. C\\. D\\. chờ gửi 20/11/2026 08:05`))
    for (const [query, found] of [['xem=waiting', true], ['xem=failed', false], ['xem=no-channel', false], ['xem=sent', false], ['xem=other', false], [`ma=${code.toLowerCase()}`, true], ['ma=H57', false], ['kenh=sms', false], ['loai=refused', false], ['loai=received', true], ['xem=x&kenh=y&loai=z&trang=-3', true]] as const) {
      expect((await text(`${HOME}?${query}`)).includes('N. T. C. D.'), query).toBe(found)
    }
  })

  it('a failed one is seen as its reader would see it, and sent again from there', async () => {
    const no = listener(() => ({ outcome: 'refused', reason: 'http-422' }))
    await runMessages(ctx(), outsideBy(no.provider), instant(NOW + 300_000))
    expect(await text(HOME)).toContain('1 lần gửi hỏng')
    const shown = await text(`${HOME}/${message}`)
    expect(shown).toContain(no.sent[0]?.text)
    expect(shown).toContain('cổng nhắn tin trả lời 422')
    expect(shown).toContain('Nguyễn Thị Cánh Diều')
    await flushAccess(ctx().db)
    expect((await sql<object>`select kind, reason from log.access where subject = ${`person:${applicant}`} and reason = 'messages.manage' limit 1`.execute(ctx().db)).rows, 'whose message was read is recorded').toEqual([{ kind: 'read', reason: 'messages.manage' }])
    const delivery = /name="lan-gui" value="([^"]+)"/.exec(await page(`${HOME}/${message}`))?.[1] ?? ''
    expect((await post(`${HOME}/gui-lai`, { 'lan-gui': delivery, tin: message })).headers.get('location')).toBe(`${HOME}/${message}?xong=gui-lai`)
    expect((await post(`${HOME}/gui-lai`, { 'lan-gui': delivery, tin: message })).headers.get('location')).toBe(`${HOME}/${message}?xong=khong-hong`)
    const yes = listener()
    await runMessages(ctx(), outsideBy(yes.provider), instant(NOW + 600_000))
    expect(await text(`${HOME}/${message}`)).toContain('SMS đã gửi')
  })
})

describe('/quan-tri/tin-nhan/mau', () => {
  const fields = async () => {
    const { template } = await getMessageTemplate(ctx(), 'received')
    return { ban: template.version, ...Object.fromEntries((['vi', 'en'] as const).flatMap((lang) => Object.entries(template.texts[lang]).map(([part, words]) => [`${lang}-${part}`, words]))) }
  }
  it('shows each with its standing, and one as its readers will see it', async () => {
    expect(await text(`${HOME}/mau`)).toMatch(/Đã tiếp nhận, có ngày hẹn trả người dân bản gốc/)
    expect(await text(`${HOME}/mau/received`)).toMatch(/Ho so H57\.12-20261120-0000007 da tiep nhan, hen tra 17:30 ngay 26\/11\/2026/)
  })

  it('a broken one is refused with the place of the fault; nothing that was typed is lost', async () => {
    const answer = await post(`${HOME}/mau/received`, { ...(await fields()), 'vi-sms': 'Ho so {code}\nhen tra {ngay}', viec: 'luu' })
    const body = await answer.text()
    expect(answer.status).toBe(422)
    expect(body).toContain('Dòng 2, cột 9: {ngay} không có nghĩa. Dùng được: {name}, {code}')
    expect(body).toContain('hen tra {ngay}</textarea>')
  })

  it('is looked at before it is used, used, and taken back', async () => {
    const changed = { ...(await fields()), 'vi-sms': 'Da nhan ho so {code}' }
    expect(await (await post(`${HOME}/mau/received`, { ...changed, viec: 'xem' })).text()).toContain('Da nhan ho so H57.12-20261120-0000007')
    expect(await text(`${HOME}/mau`)).not.toContain('đã sửa')
    expect((await post(`${HOME}/mau/received`, { ...changed, viec: 'luu' })).headers.get('location')).toBe(`${HOME}/mau/received?xong=1`)
    expect(await text(`${HOME}/mau`)).toContain('đã sửa')
    const stale = await post(`${HOME}/mau/received`, { ...changed, 'vi-sms': 'Toi viet sau', viec: 'luu' })
    expect([stale.status, (await stale.text()).includes('Toi viet sau')]).toEqual([409, true])
    expect((await post(`${HOME}/mau/received`, { ...(await fields()), viec: 'goc' })).status).toBe(303)
    expect(await text(`${HOME}/mau`)).not.toContain('đã sửa')
  })
})

describe('/quan-tri/tin-nhan/cai-dat', () => {
  const good = { tu: '22:00', den: '6:30', cho: '10', 'kenh-1': 'sms', 'kenh-2': '', 'kenh-3': 'email' }
  it('says at the field what is wrong, keeps what was typed, and saves what is right', async () => {
    const wrong = await post(`${HOME}/cai-dat`, { ...good, tu: '25:00', cho: 'mười' })
    const body = await wrong.text()
    expect([wrong.status, body.includes('Ghi giờ theo dạng 21:00.'), body.includes('value="mười"')]).toEqual([422, true, true])
    expect((await post(`${HOME}/cai-dat`, { ...good, 'kenh-2': 'sms' })).status).toBe(409)
    expect((await post(`${HOME}/cai-dat`, { ...good, 'kenh-2': 'carrier-pigeon' })).status).toBe(422)
    expect((await post(`${HOME}/cai-dat`, good)).status).toBe(303)
    expect(await getMessageSettings(ctx())).toEqual({ quiet: { from: 1_320, to: 390 }, window: 10, channels: ['sms', 'email'] })
  })
})

describe('/tai-khoan/tin-nhan', () => {
  it('shows what holds now, and keeps what the person chooses', async () => {
    actor = { kind: 'person', userId: key(NOW), personId: applicant, posts: [] }
    const ticked = async () => [...(await page('/tai-khoan/tin-nhan')).matchAll(/<input[^>]*>/g)].map(([input]) => input).filter((input) => /checked/.test(input)).map((input) => /value="([^"]*)"/.exec(input)?.[1])
    expect(await ticked()).toEqual(['sms', 'vi'])
    expect((await post('/tai-khoan/tin-nhan', { kenh: ['email', 'app'], 'ngon-ngu': 'en' })).headers.get('location')).toBe('/tai-khoan/tin-nhan?xong=1')
    expect(await ticked()).toEqual(['email', 'app', 'en'])
    expect((await post('/tai-khoan/tin-nhan', { 'ngon-ngu': 'en' })).status).toBe(303)
    expect(await ticked(), 'none at all is a choice').toEqual(['en'])
    expect((await post('/tai-khoan/tin-nhan', { kenh: 'telegram', 'ngon-ngu': 'fr' })).headers.get('location')).toBe('/tai-khoan/tin-nhan')
    expect(await ticked()).toEqual(['en'])
    actor = SYSTEM
  })

  it('offers no way that this installation has not, and forgets no choice of one meanwhile', async () => {
    const personId = await newCitizen(ctx(), { phone: '0905000321' })
    actor = { kind: 'person', userId: key(NOW), personId, posts: [] }
    expect((await post('/tai-khoan/tin-nhan', { kenh: ['sms', 'app'], 'ngon-ngu': 'vi' })).status).toBe(303)
    offered = ['email', 'sms']
    expect(await page('/tai-khoan/tin-nhan')).not.toMatch(/value="app"/)
    await post('/tai-khoan/tin-nhan', { kenh: ['email'], 'ngon-ngu': 'vi' })
    offered = []
    expect(await text('/tai-khoan/tin-nhan')).toContain('chưa gửi tin')
    offered = CHANNELS
    expect((await getOwnPreference(ctx({ actor })))?.channels).toEqual(['email', 'app'])
    actor = SYSTEM
  })
})
