/** The main job: a marital-status certificate (1.004873) from the counter to the returned result, then looked up on a phone. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { pdfText, withPdfTools } from '#test/pdf.ts'
import { type Screen, expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { type SomeBody, TYPED } from './people.ts'
import { smallPdf } from './paper.ts'
import { type Received, readReceipt } from './reception.ts'

const open = useBrowser()

/** Looked at by axe where there is script to run it. */
const look = async (page: Page, script: boolean) => {
  if (script) await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

const receive = async (page: Page, script: boolean, applicant: SomeBody): Promise<Received> => {
  await page.goto('/mot-cua')
  await look(page, script)
  await page.locator('[name=tim-thu-tuc]').fill('xac nhan tinh trang hon nhan')
  await page.locator('form[aria-label="Tìm thủ tục"] button').click()
  await page.locator('ul[aria-label="Thủ tục tìm thấy"] a').first().click()
  await page.locator('[name=tim-nguoi]').fill(applicant.name)
  await page.locator('form[aria-label="Tìm người nộp"] button').click()
  await look(page, script)
  // Nobody of that name yet, or (against a program that runs already) the one of an earlier walk.
  if ((await page.locator('p.chosen').count()) === 0) {
    const person = page.locator('details.new-person form')
    await person.locator('[name=name]').fill(applicant.name)
    await person.locator('[name=personalNumber]').fill(applicant.number)
    await person.locator('[name=phone]').fill(applicant.phone)
    await person.getByRole('button', { name: 'Thêm và chọn' }).click()
  }
  await page.locator('p.chosen').waitFor()
  await page.locator('input[name=giay]').first().check()
  await page.locator('input.attach').first().setInputFiles({ name: 'tờ khai.pdf', mimeType: 'application/pdf', buffer: smallPdf('To khai') })
  await look(page, script)
  await page.getByRole('button', { name: /Tiếp nhận và in phiếu/ }).click()
  const received = await readReceipt(page)
  await look(page, script)
  return received
}

/** Opens the dossier from the officer's queue and does the step's first action. */
const act = async (page: Page, username: string, code: string, script: boolean, doIt: (page: Page) => Promise<void>) => {
  await signIn(page, username)
  await page.goto('/xu-ly')
  await look(page, script)
  await page.getByRole('link', { name: code }).click()
  await look(page, script)
  await doIt(page)
  await page.waitForURL(/xong=/)
}

const press = (summary: RegExp, button: RegExp) => async (page: Page) => {
  await page.locator('details.action > summary').filter({ hasText: summary }).click()
  await page.locator('details.action[open]').getByRole('button', { name: button }).click()
}

const journey = async (screen: Screen, applicant: SomeBody) => {
  const script = screen.script !== false
  const desk = await open(screen)
  await signIn(desk, 'motcua.thuanhoa')
  const { code, secret, id: dossier } = await receive(desk, script, applicant)

  // The receipt: two copies, the same words as on screen.
  const pdf = await desk.request.get(`/mot-cua/ho-so/${dossier}/giay-tiep-nhan.pdf`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  await withPdfTools(async () => {
    const printed = await pdfText(await pdf.body())
    for (const words of [code, applicant.name, secret, 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ']) expect(printed).toContain(words)
  })

  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL((url) => !url.pathname.endsWith(dossier))

  // Two officers of civil status: it must be the one who signs in next.
  const officer = await open(screen)
  await signIn(officer, 'hotich.thuanhoa')
  const header = await officer.locator('header').innerText()
  await act(await open(screen), 'chanhvanphong.thuanhoa', code, script, async (page) => {
    await page.locator('details.action > summary').filter({ hasText: 'Phân công' }).click()
    const panel = page.locator('details.action[open]')
    const names = await panel.locator('select[name=postId] option').allInnerTexts()
    const chosen = names.find((name) => header.includes(name.split(' · ')[0] ?? '')) ?? ''
    await panel.locator('select[name=postId]').selectOption({ label: chosen })
    await panel.getByRole('button', { name: 'Phân công' }).click()
  })
  await act(await open(screen), 'hotich.thuanhoa', code, script, press(/Trình|Chuyển/, /Trình|Chuyển/))
  await act(await open(screen), 'chanhvanphong.thuanhoa', code, script, press(/Trình|Chuyển/, /Trình|Chuyển/))
  await act(await open(screen), 'phochutich.thuanhoa', code, script, press(/Ký duyệt/, /Ký duyệt/))
  await act(await open(screen), 'vanthu.thuanhoa', code, script, async (page) => {
    await page.locator('details.action > summary').filter({ hasText: 'Cấp số' }).click()
    const panel = page.locator('details.action[open]')
    await panel.locator('[name=title]').fill('Giấy xác nhận tình trạng hôn nhân')
    await panel.locator('[name=number]').fill('12/UBND-XNTTHN')
    await panel.locator('input[type=file]').setInputFiles({ name: 'ket-qua.pdf', mimeType: 'application/pdf', buffer: smallPdf('Giay xac nhan') })
    await look(page, script)
    await panel.getByRole('button', { name: /Phát hành/ }).click()
  })

  await desk.goto('/mot-cua/tra-ket-qua')
  await look(desk, script)
  await desk.getByRole('link', { name: code }).first().click()
  await desk.locator('[name=idNumber]').fill(applicant.number)
  await look(desk, script)
  await desk.getByRole('button', { name: /Trả kết quả/ }).click()
  await desk.waitForURL(/\/mot-cua\/tra-ket-qua(\?|$)/)

  const phone = await open({ ...screen, width: 360 })
  await phone.goto('/tra-cuu')
  await look(phone, script)
  await phone.getByLabel('Mã hồ sơ').fill(code)
  await phone.getByLabel('Mã tra cứu').fill(applicant.phone.slice(-4))
  await phone.getByRole('button', { name: 'Tra cứu' }).click()
  await phone.getByText('Đã trả kết quả').first().waitFor()
  const seen = await phone.locator('main').innerText()
  expect(seen).toContain(code)
  // A stranger with the receipt in hand sees initials, no name and no number.
  expect(seen).not.toContain(applicant.name)
  expect(seen).not.toContain(applicant.number)
  await look(phone, script)
}

describe('a marital-status certificate, from the counter to the returned result, looked up on a phone', () => {
  it('with JavaScript', () => journey({ script: true }, TYPED.withScript))

  it('without JavaScript', () => journey({ script: false }, TYPED.withoutScript))
})
