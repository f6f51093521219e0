/** In and out through the real application: cookie, return path, lockout, a password that must be changed. */
import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { createAccount, resetPassword } from '#modules/access'
import { registerPerson, seedDemoCity } from '#modules/organisation'
import { SILENT } from '#platform/telemetry/log.ts'
import { instant } from '#kernel/plain-date.ts'
import { newId } from '#platform/ids.ts'
import { testDb } from '#test/db.ts'
import { createHttpApp } from '../../app/http-app.tsx'
import { accountRoutes } from '../admin/accounts.tsx'
import { organisationRoutes } from '../admin/organisation.tsx'
import { sessionsRoutes } from './sessions.tsx'
import { signInRoutes } from './sign-in.tsx'

const db = await testDb({ max: 4 })
const now = () => instant(Date.now())
const routes = [...signInRoutes, ...sessionsRoutes, ...organisationRoutes, ...accountRoutes]
const secret = randomBytes(32)
const settings = { db: db.ctx().db, secret, trustProxy: true, publicUrl: undefined, cityName: () => 'thành phố Huế', routes, dev: false, log: SILENT, isUp: () => true }
const production = createHttpApp({ ...settings, demo: false })
const app = createHttpApp({ db: db.ctx().db, secret, demo: true, trustProxy: true, publicUrl: undefined, cityName: () => 'thành phố Huế', routes, dev: false, log: SILENT, isUp: () => true })

/** A browser of its own address: keeps cookies, fills in the token. */
const visitor = (address: string, https = false) => {
  const jar = new Map<string, string>()
  const headers = () => ({ host: 'localhost', 'x-forwarded-for': address, cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '), ...(https && { 'x-forwarded-proto': 'https' }) })
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  const open = async (path: string) => keep(await app.request(path, { headers: headers() }))
  const post = async (form: string, path: string, fields: Record<string, string>) => {
    const token = /name="_csrf" value="([^"]+)"/.exec(await (await open(form)).text())?.[1] ?? ''
    const body = new URLSearchParams({ _csrf: token, ...fields }).toString()
    return keep(await app.request(path, { method: 'POST', body, headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) } }))
  }
  const signIn = (username: string, password: string, back?: string) => post(`/dang-nhap${back === undefined ? '' : `?tiep=${encodeURIComponent(back)}`}`, '/dang-nhap', { ten: username, 'mat-khau': password, ...(back !== undefined && { tiep: back }) })
  return { open, post, signIn, jar }
}

const PASSWORD = 'MotCua@2026'
const cookieOf = async (username: string, https: boolean) => (await visitor('10.3.0.3', https).signIn(username, PASSWORD)).headers.getSetCookie().find((c) => c.startsWith('motcua_session=')) ?? ''
let made: { userId: Awaited<ReturnType<typeof registerPerson>>['personId'] }
beforeAll(async () => {
  await seedDemoCity(db.ctx({ now: now() }))
  const { personId } = await registerPerson(db.ctx({ now: now() }), { submissionKey: newId(now()), kind: 'individual', name: 'Lê Thị Mới', personalNumber: null, phone: null, birthOn: null, gender: null, address: null, email: null })
  const account = await createAccount(db.ctx({ now: now() }), { submissionKey: newId(now()), personId, username: 'nguoi.moi', password: 'Tạm-thời-2026', mustChangePassword: true })
  if (!account.ok) throw new Error(account.error.code)
  made = { userId: account.value.userId }
})

describe('the sign-in page', () => {
  it('after a form that was sent when the session had ended leads back to that form, and says that it was not taken; from another site it leads nowhere', async () => {
    const send = (referer?: string) => app.request('/tai-khoan/mat-khau', { method: 'POST', body: 'x=1', headers: { host: 'localhost', 'x-forwarded-for': '10.3.0.77', 'content-type': 'application/x-www-form-urlencoded', 'content-length': '3', ...(referer !== undefined && { referer }) } })
    const answer = await send('http://localhost/tai-khoan/tin-nhan?xong=1')
    expect(answer.status).toBe(303)
    const to = answer.headers.get('location')
    expect(to).toBe('/dang-nhap?tiep=%2Ftai-khoan%2Ftin-nhan%3Fxong%3D1&het=1')
    expect(await (await visitor('10.3.0.78').open(to ?? '')).text()).toMatch(/Phiên làm việc đã hết[^]*name="tiep" value="\/tai-khoan\/tin-nhan\?xong=1"/)
    for (const referer of ['https://evil.example/tai-khoan', 'nonsense', undefined]) expect((await send(referer)).headers.get('location')).toBe('/dang-nhap')
  })

  it.each([['motcua.thuanhoa', '/mot-cua'], ['hotich.thuanhoa', '/xu-ly'], ['quantri', '/quan-tri'], ['kiemsoat', '/quan-tri'], ['chutich', '/xu-ly'], ['congdan', '/']])('takes %s to %s', async (username, to) => {
    const answer = await visitor('10.3.0.1').signIn(username, PASSWORD)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, to])
  })

  it('takes back to the page that asked, and never to another site', async () => {
    const kept = await visitor('10.3.0.2').open('/quan-tri/co-quan?q=hue')
    expect(kept.headers.get('location')).toBe('/dang-nhap?tiep=%2Fquan-tri%2Fco-quan%3Fq%3Dhue')
    expect((await visitor('10.3.0.2').signIn('quantri', PASSWORD, '/quan-tri/co-quan?q=hue')).headers.get('location')).toBe('/quan-tri/co-quan?q=hue')
    expect((await visitor('10.3.0.2').signIn('quantri', PASSWORD, '//evil.example/')).headers.get('location')).toBe('/quan-tri')
  })

  it('sets a cookie that scripts cannot read, and over https only for https; an officer’s goes with the browser, a citizen’s stays 30 days', async () => {
    const [officer, citizen, secure] = [await cookieOf('quantri', false), await cookieOf('congdan', false), await cookieOf('quantri', true)]
    expect(officer).toMatch(/HttpOnly/)
    expect(officer).toMatch(/SameSite=Lax/)
    expect(officer).not.toMatch(/Max-Age|Secure/)
    expect(citizen).toMatch(/Max-Age=2592000/)
    expect(secure).toMatch(/; Secure/)
  })

  it('keeps the name, not the password, after a wrong one, and does not say which was wrong', async () => {
    const [wrong, unknown] = [await visitor('10.3.0.4').signIn('vanthu', 'sai-mat-khau'), await visitor('10.3.0.4').signIn('khongai', 'sai-mat-khau')]
    const texts = [await wrong.text(), await unknown.text()].map((text) => text.replace(/vanthu|khongai/g, '').replace(/value="[^"]*"/g, ''))
    expect([wrong.status, unknown.status]).toEqual([422, 422])
    expect(texts[0]).toBe(texts[1])
    expect(texts[0]).toContain('Tên đăng nhập hoặc mật khẩu không đúng')
    expect(texts[0]).not.toContain('sai-mat-khau')
  })

  it('says until when it is locked: 429', async () => {
    const guest = visitor('10.3.0.5')
    for (let n = 0; n < 4; n++) expect((await guest.signIn('phochutich', 'sai-mat-khau')).status).toBe(422)
    const locked = await guest.signIn('phochutich', 'sai-mat-khau')
    expect(locked.status).toBe(429)
    expect(await locked.text()).toMatch(/Hãy thử lại sau \d\d:\d\d/)
    expect((await visitor('10.3.0.6').signIn('phochutich', PASSWORD)).status, 'the right password from elsewhere').toBe(429)
  })

  it('shows demo accounts only in a demo', async () => {
    expect(await (await visitor('10.3.0.7').open('/dang-nhap')).text()).toContain(PASSWORD)
    const real = await production.request('/dang-nhap', { headers: { host: 'localhost', 'x-forwarded-for': '10.3.0.7' } })
    expect(await real.text()).not.toContain(PASSWORD)
  })

  it('in production an officer without a second factor is led to where it is set up, and nothing else opens', async () => {
    const officer = visitor('10.3.0.8')
    await officer.signIn('quantri', PASSWORD)
    const cookie = [...officer.jar].map(([k, v]) => `${k}=${v}`).join('; ')
    const ask = (path: string) => production.request(path, { headers: { host: 'localhost', 'x-forwarded-for': '10.3.0.8', cookie } })
    for (const path of ['/quan-tri/co-quan', '/quan-tri/tai-khoan']) expect((await ask(path)).headers.get('location')).toBe('/tai-khoan/hai-lop')
    expect((await ask('/tai-khoan/phien')).status).toBe(200)
    expect((await officer.open('/quan-tri/co-quan')).status, 'a demo asks for none').toBe(200)
  })
})

describe('a signed-in person', () => {
  it('signs out, and the old cookie opens nothing', async () => {
    const officer = visitor('10.3.1.1')
    await officer.signIn('quantri', PASSWORD)
    const stolen = officer.jar.get('motcua_session') ?? ''
    expect((await officer.open('/quan-tri/co-quan')).status).toBe(200)
    expect((await officer.post('/tai-khoan/phien', '/dang-xuat', {})).headers.get('location')).toBe('/')
    expect(officer.jar.has('motcua_session')).toBe(false)
    const thief = visitor('10.3.1.2')
    thief.jar.set('motcua_session', stolen)
    expect((await thief.open('/quan-tri/co-quan')).status).toBe(303)
  })

  it('ends all sessions at once', async () => {
    const [here, there] = [visitor('10.3.1.3'), visitor('10.3.1.4')]
    for (const machine of [here, there]) await machine.signIn('kiemsoat2', PASSWORD)
    await here.post('/tai-khoan/phien', '/tai-khoan/phien/ket-thuc-tat-ca', {})
    expect((await there.open('/tai-khoan/phien')).headers.get('location')).toContain('/dang-nhap')
  })

  it('gets no further than the password page while the password is somebody else’s choice', async () => {
    const fresh = visitor('10.3.1.5')
    expect((await fresh.signIn('nguoi.moi', 'Tạm-thời-2026')).headers.get('location')).toBe('/tai-khoan/phien')
    expect((await fresh.open('/quan-tri/co-quan')).headers.get('location')).toBe('/tai-khoan/phien')
    const change = (next: string, again = next) => fresh.post('/tai-khoan/phien', '/tai-khoan/mat-khau', { cu: 'Tạm-thời-2026', moi: next, lai: again })
    expect((await change('ngắn')).status).toBe(422)
    expect((await change('diều  bay cao', 'diều bay cao')).status, 'two blanks are not one').toBe(422)
    expect((await change('diều  bay cao')).headers.get('location')).toBe('/tai-khoan/phien?xong=mat-khau')
    expect((await fresh.open('/quan-tri/co-quan')).status, 'a citizen still has no post').toBe(403)
    await resetPassword(db.ctx({ now: now() }), { userId: made.userId, password: 'Tạm-thời-2027' })
    expect((await fresh.open('/tai-khoan/phien')).headers.get('location')).toContain('/dang-nhap')
  })

  it('who is no administrator sees neither organisation nor accounts', async () => {
    const officer = visitor('10.3.1.6')
    await officer.signIn('motcua.thuanhoa', PASSWORD)
    for (const path of ['/quan-tri/co-quan', '/quan-tri/tai-khoan']) expect((await officer.open(path)).status, path).toBe(403)
  })
})

describe('the administrator', () => {
  const admin = visitor('10.3.2.1')
  beforeAll(async () => void (await admin.signIn('quantri', PASSWORD)))
  const linkTo = async (path: string, text: RegExp) => text.exec(await (await admin.open(path)).text())?.[1] ?? ''

  it('finds a unit without accents, moves a post to somebody new and opens an account for them, who then signs in', async () => {
    const unit = await linkTo('/quan-tri/co-quan?q=ubnd+vy+da', /href="(\/quan-tri\/co-quan\/[^"?]+)">Ủy ban nhân dân phường Vỹ Dạ/) || (await linkTo('/quan-tri/co-quan?q=vy+da', /href="(\/quan-tri\/co-quan\/[^"?]+)">Ủy ban nhân dân phường Vỹ Dạ/))
    expect(unit).not.toBe('')
    const post = await linkTo(unit, /\?vi-tri=([0-9a-f-]{36})#doi-nguoi/)
    const holder = await linkTo(`${unit}?vi-tri=${post}`, /name="nguoi" value="([^"]+)"/)
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    expect((await admin.post(unit, `${unit}/thoi`, { 'vi-tri': post, nguoi: holder, 'ngay-thoi': '' })).status, 'no day').toBe(422)
    expect((await admin.post(unit, `${unit}/thoi`, { 'vi-tri': post, nguoi: holder, 'ngay-thoi': today })).headers.get('location')).toBe(`${unit}?xong=thoi`)
    const refused = await admin.post(unit, `${unit}/giao`, { 'vi-tri': post, so: '046090888888', ten: '', tu: today, den: '' })
    expect(await refused.text()).toContain('hãy nhập họ tên để ghi người mới')
    expect((await admin.post(unit, `${unit}/giao`, { 'vi-tri': post, so: '046090888888', ten: 'Trần Thị Mới', tu: today, den: '' })).status).toBe(303)
    const opened = await admin.post('/quan-tri/tai-khoan', '/quan-tri/tai-khoan', { so: '046090888888', ten: 'tran.moi', submissionKey: newId(now()) })
    const password = /<code class="receipt-code">([^<]+)</.exec(await opened.text())?.[1] ?? ''
    expect((await visitor('10.3.2.2').signIn('tran.moi', password)).headers.get('location')).toBe('/tai-khoan/phien')
  })

  it('is told what is possible when a rule refuses: 409', async () => {
    const unit = await linkTo('/quan-tri/co-quan?q=so+du+lich', /href="(\/quan-tri\/co-quan\/[^"?]+)">Sở Du lịch/)
    const taken = await admin.post(unit, `${unit}/don-vi`, { 'ma-moi': 'H57.12', 'ten-don-vi': 'Phòng mới', 'ten-ngan-don-vi': '', loai: 'division', 'don-vi-tu': '2026-01-01' })
    expect([taken.status, (await taken.text()).includes('đang thuộc đơn vị khác')]).toEqual([409, true])
    const unknown = await admin.post(unit, `${unit}/dong`, { 'ngay-dong': '2026-12-01', 'ke-thua': 'H57.99' })
    expect([unknown.status, (await unknown.text()).includes('Không có đơn vị mã H57.99')]).toEqual([422, true])
    expect((await admin.open('/quan-tri/co-quan/khong-phai-ma')).status).toBe(404)
    expect((await admin.open(`/quan-tri/tai-khoan/${newId(now())}`)).status).toBe(404)
  })

  it('locks an account, and it is out at once', async () => {
    const officer = visitor('10.3.2.3')
    await officer.signIn('vanthu.vyda', PASSWORD)
    const account = await linkTo('/quan-tri/tai-khoan?q=vanthu.vyda', /href="(\/quan-tri\/tai-khoan\/[0-9a-f-]{36})"/)
    expect((await admin.post(account, `${account}/khoa`, {})).status).toBe(303)
    expect((await officer.open('/tai-khoan/phien')).headers.get('location')).toContain('/dang-nhap')
    expect((await admin.post(account, `${account}/khoa`, {})).status, 'twice').toBe(409)
    expect((await admin.post(account, `${account}/mo-khoa`, {})).status).toBe(303)
  })
})
