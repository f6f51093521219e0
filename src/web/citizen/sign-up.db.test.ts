/** `/dang-ky` through the real application: an account, and on with what was begun. */
import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import { seedDemoCity } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { SILENT } from '#platform/telemetry/log.ts'
import { testDb } from '#test/db.ts'
import { newVisitor } from '#test/visitor.ts'
import { createHttpApp } from '../../app/http-app.tsx'
import { routes } from '../routes.ts'

const db = await testDb({ max: 4 })
const app = createHttpApp({ db: db.ctx().db, secret: randomBytes(32), demo: false, trustProxy: true, publicUrl: undefined, cityName: () => 'thành phố Huế', routes, dev: false, log: SILENT, isUp: () => true })
const visitor = newVisitor(app)
const now = () => instant(Date.now())

let n = 0
const details = (change: Record<string, string> = {}) => {
  n += 1
  return { submissionKey: newId(now()), so: `04619012${String(n).padStart(4, '0')}`, ten: 'Trần Thị Sáo', 'ngay-sinh': '1990-04-12', 'dien-thoai': '0905 123 456', thu: '', 'mat-khau': 'Diều sáo bay cao', lai: 'Diều sáo bay cao', ...change }
}
beforeAll(() => seedDemoCity(db.ctx({ now: now() })))

describe('the page for a new account', () => {
  it('signs in at once and goes back where the citizen was', async () => {
    const sao = visitor('10.4.0.1')
    const answer = await sao.post('/dang-ky?tiep=%2Fnop-ho-so%2F1.004873', '/dang-ky', { ...details(), tiep: '/nop-ho-so/1.004873' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/nop-ho-so/1.004873'])
    expect(sao.jar.has('motcua_session')).toBe(true)
    expect(await (await sao.open('/')).text()).toContain('Trần Thị Sáo')
    const elsewhere = visitor('10.4.0.2')
    expect((await elsewhere.post('/dang-ky', '/dang-ky', { ...details(), tiep: '//evil.example' })).headers.get('location')).toBe('/tai-khoan')
  })

  it('keeps everything but the passwords when something is wrong, and says it at the field: 422', async () => {
    const answer = await visitor('10.4.0.3').post('/dang-ky', '/dang-ky', details({ so: '04619012', 'ngay-sinh': '', 'mat-khau': 'khác hẳn nhau', thu: 'không phải thư' }))
    const text = await answer.text()
    expect(answer.status).toBe(422)
    for (const kept of ['value="04619012"', 'value="Trần Thị Sáo"', 'value="0905 123 456"']) expect(text).toContain(kept)
    for (const said of ['đúng 12 chữ số', 'Chọn ngày sinh', 'ten@noi.vn', 'Hai lần nhập mật khẩu không giống nhau']) expect(text).toContain(said)
    expect(text).not.toContain('khác hẳn nhau')
  })

  it('tells a stranger with somebody’s number nothing but what to do: 409, the same for a number with an account', async () => {
    const { rows } = await db.owner.query<{ number: string; name: string }>("select p.personal_number as number, p.name from organisation.person p join access.user u on u.person_id = p.id where u.username in ('congdan', 'chutich') order by u.username")
    const answers = await Promise.all(rows.map(({ number }, i) => visitor(`10.4.0.${10 + i}`).post('/dang-ky', '/dang-ky', details({ so: number }))))
    for (const [i, answer] of answers.entries()) {
      const text = await answer.text()
      expect(answer.status).toBe(409)
      expect(text).toContain('Bộ phận Một cửa gần nhất')
      expect(text, 'nothing of what is on record').not.toContain(rows[i]?.name)
    }
  })

  it('is offered where one signs in, with the way back', async () => {
    const kept = await visitor('10.4.0.4').open('/tai-khoan/phien')
    const text = await (await visitor('10.4.0.4').open(kept.headers.get('location') ?? '')).text()
    expect(text).toContain('href="/dang-ky?tiep=%2Ftai-khoan%2Fphien"')
  })

  it('speaks English', async () => {
    expect(await (await visitor('10.4.0.5').open('/dang-ky?lang=en')).text()).toContain('Create an account')
  })
})
