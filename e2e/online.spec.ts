/** From a phone: a marital-status certificate (1.004873) from the search to the returned result and the look-up; with JavaScript and without. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Screen, expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { smallPdf } from './paper.ts'
import { personOf } from './people.ts'
import { act, assignTo } from './reception.ts'

const open = useBrowser()
const next = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click()

const journey = async (script: boolean, username: string) => {
  const screen: Screen = { width: 360, script }
  const applicant = personOf(username)
  const look = async (page: Page) => {
    if (script) await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
  const phone = await open(screen)
  await phone.goto('/')
  await phone.locator('input[type=search], [name=q]').first().fill('giay doc than')
  await phone.locator('form button').first().click()
  await phone.locator('a[href="/thu-tuc/1.004873"]').first().click()
  await look(phone)
  await phone.locator('a[href^="/nop-ho-so/1.004873"]').first().click()
  await phone.waitForURL(/\/nop-ho-so\/1\.004873/)
  await look(phone)
  await phone.locator('form[action="/nop-ho-so/1.004873"]').waitFor()
  const place = phone.locator('select[name=noi-nop]')
  if ((await place.count()) > 0) {
    const wards = await place.locator('option').allInnerTexts()
    await place.selectOption({ label: wards.find((text) => text.includes('Thuận Hóa'))?.trim() ?? '' })
  }
  await phone.getByRole('button', { name: /Tiếp tục|Bắt đầu/ }).click()
  await phone.waitForURL(/\/to-khai/)
  await look(phone)

  // Before signing in: what is typed is kept by the cookie, wrong as it is.
  await phone.locator('[name="requester.personalId"]').fill('12345')
  await next(phone)
  await phone.locator('.error-summary').waitFor()
  expect(await phone.locator('.error-summary').innerText()).toContain('12 chữ số')
  expect(await phone.locator('[name="requester.personalId"]').inputValue()).toBe('12345')
  await look(phone)

  await phone.locator('[name="requester.fullName"]').fill(applicant.name)
  await phone.locator('[name="requester.dateOfBirth"]').fill('12/04/1990')
  await phone.locator('[name="requester.personalId"]').fill(applicant.number)
  await phone.locator('[name="requester.phone"]').fill(applicant.phone)
  await phone.locator('[name="requester.relation"][value=self]').check()
  await phone.locator('[name="status.maritalStatus"][value="2"]').check()
  await phone.locator('[name="purpose.purpose"]').selectOption('loan')
  await phone.locator('[name=declaration]').check()
  await next(phone)
  await phone.waitForURL(/dang-nhap/)
  await phone.locator('input[name=ten]').fill(username)
  await phone.locator('input[type=password]').fill('MotCua@2026')
  await phone.getByRole('button', { name: /^Đăng nhập/ }).click()
  await phone.waitForURL(/\/giay-to/)
  await look(phone)
  await phone.locator('input[type=file]').first().setInputFiles({ name: 'giấy tờ.pdf', mimeType: 'application/pdf', buffer: smallPdf(`Giay to ${username}`) })
  if (script) await phone.getByText('giấy tờ.pdf').first().waitFor()
  await next(phone)
  await phone.waitForURL(/\/xem-lai/)
  const review = await phone.locator('main').innerText()
  for (const words of [applicant.name, 'Để vay vốn', 'giấy tờ.pdf']) expect(review).toContain(words)
  await look(phone)
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).dblclick()
  await phone.waitForURL(/\/nop-ho-so\/xong\//)
  await look(phone)
  const done = await phone.locator('main').innerText()
  const code = /H57\.[\d.]+-\d{8}-\d{7}/.exec(done)?.[0] ?? ''
  expect(code).not.toBe('')
  const id = phone.url().split('/').at(-1) ?? ''

  // The desk accepts: the clock starts, the receipt is there; on through the ward.
  const desk = await open()
  await signIn(desk, 'motcua.thuanhoa')
  await desk.goto('/mot-cua/truc-tuyen')
  await desk.getByRole('link', { name: code }).click()
  expect(await desk.locator('main').innerText()).toContain('Để vay vốn')
  await expectAccessible(desk)
  await desk.getByRole('button', { name: /Tiếp nhận/ }).first().click()
  await desk.waitForURL(/\/mot-cua\/ho-so\//)
  expect((await desk.request.get(`/mot-cua/ho-so/${id}/giay-tiep-nhan.pdf`)).status()).toBe(200)
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL((url) => !url.pathname.endsWith(id))
  const leader = await open()
  await signIn(leader, 'chanhvanphong.thuanhoa')
  await assignTo(leader, id, 'hotich.thuanhoa')
  const officer = await open()
  await signIn(officer, 'hotich.thuanhoa')
  await officer.goto(`/xu-ly/ho-so/${id}`)
  expect(await officer.locator('main').innerText()).toContain('Tờ khai')
  await act(officer, /Trình|Chuyển/, /Trình|Chuyển/)
  await leader.goto(`/xu-ly/ho-so/${id}`)
  await act(leader, /Trình|Chuyển/, /Trình|Chuyển/)
  const signer = await open()
  await signIn(signer, 'phochutich.thuanhoa')
  await signer.goto(`/xu-ly/ho-so/${id}`)
  await act(signer, /Ký duyệt/, /Ký duyệt/)
  const clerk = await open()
  await signIn(clerk, 'vanthu.thuanhoa')
  await clerk.goto(`/xu-ly/ho-so/${id}`)
  await act(clerk, /Cấp số/, /Phát hành/, async (panel) => {
    if ((await panel.locator('[name=title]').count()) > 0) await panel.locator('[name=title]').fill('Giấy xác nhận tình trạng hôn nhân')
  })
  await desk.goto(`/mot-cua/tra-ket-qua/${id}`)
  await desk.locator('[name=idNumber]').fill(applicant.number)
  await desk.getByRole('button', { name: /Trả kết quả/ }).first().click()
  await desk.waitForURL(/\/mot-cua\/tra-ket-qua(\?|$)/)

  await phone.goto('/tai-khoan')
  expect(await phone.locator('main').innerText()).toContain(code)
  await look(phone)
  await phone.goto(`/tai-khoan/ho-so/${id}`)
  expect(await phone.locator('main').innerText()).toContain('Đã trả kết quả')
  await look(phone)
  const stranger = await open(screen)
  await stranger.goto('/tra-cuu')
  await stranger.locator('[name=ma]').fill(code)
  await stranger.locator('[name=ma-tra-cuu]').fill(applicant.phone.slice(-4))
  await stranger.getByRole('button', { name: 'Tra cứu' }).click()
  await stranger.getByText('Đã trả kết quả').first().waitFor()
  expect(await stranger.locator('main').innerText()).not.toContain(applicant.name)
}

describe('a marital-status certificate asked for on a phone, from the search to the returned result', () => {
  it('with JavaScript', () => journey(true, 'congdan14'))
  it('without JavaScript', () => journey(false, 'congdan15'))
})
