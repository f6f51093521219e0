/** A form that is sent when the session has ended, on a page without script: through the real application, in and back. */
import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { KEPT_FORM_MS, SESSION_COOKIE, sweepKeptForms } from '#modules/access'
import { instant } from '#kernel/plain-date.ts'
import { DEMO_PASSWORD, seedDemoCity } from '#modules/organisation'
import { sql } from '#platform/db/db.ts'
import { SILENT } from '#platform/telemetry/log.ts'
import { testDb } from '#test/db.ts'
import { newVisitor } from '#test/visitor.ts'
import { createHttpApp } from '../../app/http-app.tsx'
import { absenceRoutes } from '../people/absences.tsx'
import { keptFormRoutes } from './kept-form.tsx'
import { sessionsRoutes } from './sessions.tsx'
import { signInRoutes } from './sign-in.tsx'

const db = await testDb({ max: 4 })
const routes = [...signInRoutes, ...sessionsRoutes, ...keptFormRoutes, ...absenceRoutes]
const app = createHttpApp({ db: db.ctx().db, secret: randomBytes(32), demo: true, trustProxy: true, publicUrl: undefined, cityName: () => 'thành phố Huế', routes, dev: false, log: SILENT, isUp: () => true })
const visitor = newVisitor(app)
const TYPED = { nguoi: 'Chị Nguyễn Thị Gió nghỉ', tu: '2026-12-01', den: 'hết tuần\nsẽ báo lại' }

beforeAll(async () => {
  await seedDemoCity(db.ctx({ now: instant(Date.now()) }))
})

const endSessions = () => sql`update access.session set updated_at = updated_at - interval '9 hours'`.execute(db.ctx().db)
const kept = async () => (await sql<{ n: number }>`select count(*)::int as n from access.kept_form`.execute(db.ctx().db)).rows[0]?.n

/** The officer opens the form, writes, goes to lunch and supper, and sends it. */
const sentTooLate = async (address: string, fields: Record<string, string> = TYPED, headers: Record<string, string> = {}, path = absenceRoutes[1]!.path) => {
  const officer = visitor(address)
  await officer.signIn('phochutich.thuanhoa', DEMO_PASSWORD)
  const token = /name="_csrf" value="([^"]+)"/.exec(await (await officer.open(absenceRoutes[0]!.path)).text())?.[1] ?? ''
  await endSessions()
  const body = new URLSearchParams({ _csrf: token, ...fields }).toString()
  const cookie = [...officer.jar].map(([k, v]) => `${k}=${v}`).join('; ')
  const answer = await app.request(path, { method: 'POST', body, headers: { host: 'localhost', referer: `http://localhost${absenceRoutes[0]!.path}`, 'x-forwarded-for': address, cookie, 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)), ...headers } })
  const to = new URL(answer.headers.get('location') ?? '', 'http://localhost')
  return { officer, to, back: to.searchParams.get('tiep') ?? '' }
}

describe('a form that is sent when the session has ended', () => {
  it('is given back to the same user after signing in, and goes where it was meant to go', async () => {
    const { officer, to, back } = await sentTooLate('10.4.0.1')
    expect(to.searchParams.get('het')).toBe('giu')
    expect(await (await officer.open(to.pathname + to.search)).text()).toContain('Những gì đã gõ được giữ một giờ')
    expect((await officer.signIn('phochutich.thuanhoa', DEMO_PASSWORD, back)).headers.get('location')).toBe(back)
    const page = await (await officer.open(back)).text()
    expect(page).toContain('<p class="said" lang="vi">Chị Nguyễn Thị Gió nghỉ</p>')
    expect(page).toMatch(new RegExp(`<form method="post" action="${absenceRoutes[1]!.path}"`))
    for (const [name, value] of Object.entries(TYPED)) expect(page).toContain(`<input type="hidden" name="${name}" value="${value}"`)
    const sent = await officer.post(back, absenceRoutes[1]!.path, TYPED)
    expect([sent.status, (await sent.text()).includes('Chọn người vắng.')]).toEqual([422, true])
  })

  it('is shown to nobody else: another officer comes to the page of the form', async () => {
    const { back } = await sentTooLate('10.4.0.2')
    const other = visitor('10.4.0.3')
    await other.signIn('chanhvanphong.thuanhoa', DEMO_PASSWORD)
    const answer = await other.open(back)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, absenceRoutes[0]!.path])
    expect((await visitor('10.4.0.4').open(back)).headers.get('location')).toMatch(/^\/dang-nhap/)
  })

  it('is gone after an hour, and stands nowhere in the clear before', async () => {
    const { officer, back } = await sentTooLate('10.4.0.5')
    expect((await sql<{ t: string }>`select sealed as t from access.kept_form`.execute(db.ctx().db)).rows.every(({ t }) => !t.includes('Gió') && !Buffer.from(t, 'base64url').toString().includes('Gió'))).toBe(true)
    await sql`update access.kept_form set expires_at = expires_at - ${`${KEPT_FORM_MS} ms`}::interval`.execute(db.ctx().db)
    await officer.signIn('phochutich.thuanhoa', DEMO_PASSWORD)
    expect((await officer.open(back)).headers.get('location')).toBe(absenceRoutes[0]!.path)
    await sweepKeptForms(db.ctx({ now: instant(Date.now() + 1_000) }))
    expect(await kept()).toBe(0)
  })

  it.each([
    ['without the token of its session', {}, { _csrf: 'x' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, {}],
    ['by a script, which keeps its page', { 'sec-fetch-mode': 'cors' }, {}],
    ['too long', {}, { den: 'dài '.repeat(20_000) }],
    ['with a cookie that we never gave', { cookie: `${SESSION_COOKIE}=x.y` }, {}],
    ['larger than words are', { 'content-type': 'multipart/form-data; boundary=gio', 'content-length': String(2 ** 21) }, {}],
  ])('is not kept %s', async (_, headers, fields) => {
    const before = await kept()
    const { to } = await sentTooLate('10.4.0.6', { ...TYPED, ...fields }, headers)
    expect([to.pathname, to.searchParams.get('het'), await kept()]).toEqual(['/dang-nhap', '1', before])
  })

  it('never keeps a password, nor more than five forms of one user', async () => {
    const before = await kept()
    const password = await sentTooLate('10.4.0.7', { cu: DEMO_PASSWORD, moi: 'Gió-Thổi-2026', lai: 'Gió-Thổi-2026' }, {}, '/tai-khoan/mat-khau')
    expect([password.to.searchParams.get('het'), await kept()]).toEqual(['1', before])
    for (let n = 0; n < 7; n++) await sentTooLate('10.4.0.8')
    expect(await kept()).toBe(5)
  })
})
