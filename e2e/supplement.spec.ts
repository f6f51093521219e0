/** A supplement on field level: the officer marks the very entry and paper, the leader approves, the citizen changes only that on a phone, the same officer sees what differs. And a withdrawal. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Screen, expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { everyWay } from './every-way.ts'
import { signIn } from './login.ts'
import { smallPdf } from './paper.ts'
import { personOf } from './people.ts'
import { assignTo } from './reception.ts'

const open = useBrowser()
const MARITAL = '1.004873'
const next = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click()

/** Filed on a phone for a marital-status certificate. */
const filed = async (phone: Page, username: string): Promise<string> => {
  const applicant = personOf(username)
  await signIn(phone, username)
  await phone.goto(`/nop-ho-so/${MARITAL}`)
  const place = phone.locator('select[name=noi-nop]')
  if ((await place.count()) > 0) {
    const wards = await place.locator('option').allInnerTexts()
    await place.selectOption({ label: wards.find((text) => text.includes('Thuận Hóa'))?.trim() ?? '' })
  }
  await phone.getByRole('button', { name: /Tiếp tục|Bắt đầu/ }).click()
  await phone.waitForURL(/\/to-khai/)
  await phone.locator('[name="requester.fullName"]').fill(applicant.name)
  await phone.locator('[name="requester.dateOfBirth"]').fill('12/04/1990')
  await phone.locator('[name="requester.personalId"]').fill(applicant.number)
  await phone.locator('[name="requester.phone"]').fill(applicant.phone)
  await phone.locator('[name="requester.relation"][value=self]').check()
  await phone.locator('[name="status.maritalStatus"][value="2"]').check()
  await phone.locator('[name="purpose.purpose"]').selectOption('loan')
  await phone.locator('[name=declaration]').check()
  await next(phone)
  await phone.waitForURL(/\/giay-to/)
  await next(phone)
  await phone.waitForURL(/\/xem-lai/)
  await phone.getByRole('button', { name: 'Nộp hồ sơ' }).click()
  await phone.waitForURL(/\/nop-ho-so\/xong\//)
  return phone.url().split('/').at(-1) ?? ''
}

/** Received on line, given to the officer of civil status. */
const toOfficer = async (id: string): Promise<{ readonly leader: Page; readonly officer: Page }> => {
  const desk = await open()
  await signIn(desk, 'motcua.thuanhoa')
  await desk.goto(`/mot-cua/truc-tuyen/${id}`)
  await desk.getByRole('button', { name: /Tiếp nhận/ }).first().click()
  await desk.waitForURL(/\/mot-cua\/ho-so\//)
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL((url) => !url.pathname.endsWith(id))
  const leader = await open()
  await signIn(leader, 'chanhvanphong.thuanhoa')
  await assignTo(leader, id, 'hotich.thuanhoa')
  const officer = await open()
  await signIn(officer, 'hotich.thuanhoa')
  return { leader, officer }
}

const supplemented = async (screen: Screen, username: string) => {
  const script = screen.script !== false
  const phone = await open(screen)
  const id = await filed(phone, username)
  const { leader, officer } = await toOfficer(id)

  await officer.goto(`/xu-ly/ho-so/${id}`)
  await officer.getByRole('link', { name: 'Đề xuất bổ sung' }).click()
  await officer.waitForURL(/de-xuat-bo-sung/)
  // Nothing marked: said on top, and nothing goes out.
  await officer.getByRole('button', { name: 'Trình lãnh đạo duyệt' }).click()
  await officer.locator('.error-summary').waitFor()
  expect(await everyWay(officer)).toEqual([])
  const purpose = officer.locator('details.mark-place').filter({ hasText: 'Mục đích' }).first()
  await purpose.locator('input[name=muc]').check()
  await purpose.locator('textarea').fill('Chọn đúng mục đích theo giấy đề nghị')
  const paper = officer.locator('details.mark-place:has(input[value^="p:"])').first()
  await paper.locator('input[name=muc]').check()
  await paper.locator('textarea').fill('Gửi bản chụp rõ')
  await officer.getByRole('button', { name: 'Trình lãnh đạo duyệt' }).click()
  await officer.waitForURL((url) => url.pathname.endsWith(id))
  expect(await officer.locator('main').innerText()).toContain('chờ lãnh đạo duyệt')

  await leader.goto(`/xu-ly/ho-so/${id}`)
  await leader.locator('details.action > summary').filter({ hasText: 'Duyệt, gửi yêu cầu bổ sung' }).click()
  await expectAccessible(leader)
  await leader.getByRole('button', { name: 'Duyệt và gửi người nộp' }).click()
  await leader.getByText('Yêu cầu bổ sung giấy tờ').first().waitFor()

  await phone.goto(`/tai-khoan/ho-so/${id}`)
  const told = await phone.locator('main').innerText()
  for (const words of ['Cần bạn bổ sung', 'Chọn đúng mục đích', 'Gửi bản chụp rõ', 'thời hạn giải quyết tạm dừng']) expect(told).toContain(words)
  if (script) await expectAccessible(phone)
  await phone.getByRole('link', { name: 'Bổ sung', exact: true }).click()
  await phone.waitForURL(/bo-sung-giay-to/)
  expect(await phone.locator('[name="requester.fullName"]').count(), 'only what was marked').toBe(0)
  if (script) await expectAccessible(phone)
  await expectNoSidewaysScroll(phone)
  await phone.locator('select[name="purpose.purpose"]').selectOption({ label: 'Bổ túc hồ sơ' })
  const chosen = (await phone.locator('select[name="purpose.purpose"] option:checked').innerText()).trim()
  // Half an answer is refused, with what is missing; nothing typed is lost.
  await phone.getByRole('button', { name: 'Gửi bổ sung' }).click()
  await phone.getByText('Còn nội dung chưa bổ sung').waitFor()
  expect((await phone.locator('select[name="purpose.purpose"] option:checked').innerText()).trim()).toBe(chosen)
  await phone.locator('input[type=file]').first().setInputFiles({ name: 'ban-ro.pdf', mimeType: 'application/pdf', buffer: smallPdf(`Ban ro ${username}`) })
  if (script) await phone.getByText('ban-ro.pdf').first().waitFor()
  await phone.getByRole('button', { name: 'Gửi bổ sung' }).click()
  await phone.waitForURL(/xong=bo-sung/)
  expect(await phone.locator('main').innerText()).toContain('Ngày hẹn mới')

  await officer.goto('/xu-ly')
  await officer.goto(`/xu-ly/ho-so/${id}`)
  const seen = await officer.locator('main').innerText()
  for (const words of ['đã bổ sung', 'Để vay vốn', chosen, 'ban-ro.pdf', 'ngày hẹn mới']) expect(seen).toContain(words)
  await officer.setViewportSize({ width: 1366, height: 768 })
  await expectAccessible(officer)
  return id
}

describe('a supplement in examination', () => {
  it('from the marked entry to the difference, with JavaScript', () => supplemented({ width: 360 }, 'congdan16'))
  it('and without', () => supplemented({ width: 360, script: false }, 'congdan17'))
})

describe('a withdrawal', () => {
  it('from the account: asked to be sure, then closed for good', async () => {
    const phone = await open({ width: 360 })
    const id = await filed(phone, 'congdan18')
    await toOfficer(id)
    await phone.goto(`/tai-khoan/ho-so/${id}`)
    await phone.locator('details.fold > summary').filter({ hasText: 'Rút hồ sơ' }).click()
    await phone.getByRole('button', { name: 'Rút hồ sơ' }).click()
    await phone.getByText('Đánh dấu xác nhận').first().waitFor()
    await phone.locator('details.fold > summary').filter({ hasText: 'Rút hồ sơ' }).click()
    await expectAccessible(phone)
    await phone.locator('[name=chac-chan]').check()
    await phone.getByRole('button', { name: 'Rút hồ sơ' }).click()
    await phone.waitForURL(/xong=rut/)
    expect(await phone.locator('main').innerText()).toContain('Bạn đã rút hồ sơ')
    await expectNoSidewaysScroll(phone)
  })
})
