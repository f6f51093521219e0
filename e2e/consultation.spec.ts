/** Two other units are asked for their opinion at once; each finds the question, reads the dossier, answers, and reads it no more. And a visit to the place. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Screen, expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { everyWay } from './every-way.ts'
import { signIn } from './login.ts'
import { smallPdf } from './paper.ts'
import { personOf } from './people.ts'
import { assignTo, receiveAt } from './reception.ts'

const open = useBrowser()
const MARITAL = '1.004873'
const as = async (username: string, screen: Screen = {}): Promise<Page> => {
  const page = await open(screen)
  await signIn(page, username)
  return page
}
const look = async (page: Page) => {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}
const choose = async (page: Page, row: number, unit: RegExp) => {
  const select = page.locator(`select[name=don-vi-${row}]`)
  const label = (await select.locator('option').allInnerTexts()).find((text) => unit.test(text.trim()))
  await select.selectOption({ label: label?.trim() ?? '' })
}

const consulted = async (screen: Screen, citizen: string) => {
  const desk = await as('motcua.thuanhoa')
  const { id, code } = await receiveAt(desk, MARITAL, personOf(citizen).number)
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL(/\/mot-cua$/)
  await assignTo(await as('chanhvanphong.thuanhoa'), id, 'hotich.thuanhoa')

  const officer = await as('hotich.thuanhoa', screen)
  await officer.goto(`/xu-ly/ho-so/${id}`)
  await officer.getByRole('link', { name: 'Lấy ý kiến', exact: true }).last().click()
  await officer.waitForURL(/\/lay-y-kien$/)
  // Nothing said yet: told at the fields, and nothing goes out.
  await officer.locator('[name=question]').fill('')
  await officer.getByRole('button', { name: 'Gửi lấy ý kiến' }).click()
  await officer.locator('.error-summary').waitFor()
  for (const words of ['Ghi nội dung cần cho ý kiến', 'Chọn đơn vị được hỏi']) expect(await officer.locator('.error-summary').innerText()).toContain(words)
  if (screen.script !== false) expect(await everyWay(officer)).toEqual([])
  await officer.locator('[name=question]').fill('Đề nghị xác minh tình trạng cư trú, hôn nhân')
  const more = officer.locator('details.fold').filter({ hasText: 'Hỏi thêm đơn vị khác' })
  if ((await more.getAttribute('open')) === null) await more.locator('> summary').click()
  await choose(officer, 1, /^Phòng Kinh tế/)
  await choose(officer, 2, /^Công an/)
  await officer.locator('[name=so-2]').fill('4')
  await officer.locator('select[name=tinh-theo-2]').selectOption('hour')
  await officer.getByRole('button', { name: 'Gửi lấy ý kiến' }).click()
  await officer.waitForURL((url) => url.pathname.endsWith(id))
  expect(await officer.locator('section[aria-labelledby=lay-y-kien] .card').count()).toBe(2)

  // Forwarded unawares it stays; nothing that was typed is lost.
  await officer.locator('#chuyen > summary').click()
  await officer.locator('#chuyen [name=note]').fill('Trình lãnh đạo')
  await officer.locator('#chuyen').getByRole('button').click()
  await officer.getByText('Còn 2 đơn vị chưa trả lời').first().waitFor()
  expect(await officer.locator('#chuyen [name=note]').inputValue()).toBe('Trình lãnh đạo')
  if (screen.script !== false) await look(officer)

  const adviser = await as('truongphong.kinhte.thuanhoa', screen)
  await adviser.goto('/xu-ly')
  await adviser.getByRole('link', { name: 'Xem và trả lời' }).click()
  if (screen.script !== false) await look(adviser)
  await adviser.locator('tbody').getByRole('link', { name: code }).click()
  await adviser.getByText('Đề nghị xác minh tình trạng cư trú, hôn nhân').first().waitFor()
  await adviser.locator('[name=stance][value=disagree]').check()
  await adviser.getByRole('button', { name: 'Gửi ý kiến' }).click()
  await adviser.locator('.error-summary').waitFor()
  expect(await adviser.locator('[name=stance][value=disagree]').isChecked()).toBe(true)
  if (screen.script !== false) expect(await everyWay(adviser)).toEqual([])
  await adviser.locator('[name=stance][value=agree-if]').check()
  await adviser.locator('[name=text]').fill('Đồng ý nếu có giấy xác nhận của tổ dân phố')
  await adviser.locator('input[type=file]').setInputFiles({ name: 'cong-van-tra-loi.pdf', mimeType: 'application/pdf', buffer: smallPdf(`Tra loi ${citizen}`) })
  if (screen.script !== false) await adviser.getByText('cong-van-tra-loi.pdf').first().waitFor()
  await adviser.getByRole('button', { name: 'Gửi ý kiến' }).click()
  await adviser.waitForURL(/xong=/)
  expect(await adviser.getByRole('status').filter({ hasText: 'Đã gửi' }).innerText()).toContain(code)
  expect((await adviser.goto(`/xu-ly/ho-so/${id}`))?.status(), 'it is not theirs to read any more').toBe(403)

  // A plain yes, in two presses.
  const police = await as('truongcongan.thuanhoa', screen)
  await police.goto('/xu-ly/lay-y-kien')
  await police.locator('tbody').getByRole('link', { name: code }).click()
  await police.locator('[name=stance][value=agree]').check()
  await police.getByRole('button', { name: 'Gửi ý kiến' }).click()
  await police.waitForURL(/xong=/)

  await officer.goto(`/xu-ly/ho-so/${id}`)
  const seen = await officer.locator('section[aria-labelledby=lay-y-kien]').innerText()
  for (const words of ['Đồng ý, có điều kiện', 'giấy xác nhận của tổ dân phố', 'cong-van-tra-loi.pdf', 'Công an']) expect(seen).toContain(words)
  await expectNoSidewaysScroll(officer)
  // Now nothing has to be confirmed any more.
  await officer.locator('#chuyen > summary').click()
  expect(await officer.locator('[name=despiteOpen]').count()).toBe(0)
  await officer.locator('#chuyen').getByRole('button').click()
  await officer.waitForURL(/xong=forward/)
}

/** Arranged for a later day, another time is written down, and the record waits for the visit to be over. */
const visited = async () => {
  const desk = await as('motcua.thuanhoa')
  const { id } = await receiveAt(desk, MARITAL, personOf('congdan26').number)
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL(/\/mot-cua$/)
  await assignTo(await as('chanhvanphong.thuanhoa'), id, 'hotich.thuanhoa')
  const officer = await as('hotich.thuanhoa')
  await officer.goto(`/xu-ly/ho-so/${id}`)
  await officer.getByRole('link', { name: 'Kiểm tra thực địa' }).click()
  await officer.waitForURL(/\/kiem-tra$/)
  await look(officer)
  await officer.getByRole('button', { name: 'Hẹn kiểm tra' }).click()
  await officer.waitForURL((url) => url.pathname.endsWith(id))
  await officer.getByRole('link', { name: 'Lập biên bản, đổi lịch' }).click()
  await officer.locator('[name=findings]').fill('')
  await officer.locator('[name=endedAt]').fill('muộn')
  await officer.getByRole('button', { name: 'Lưu biên bản' }).click()
  await officer.locator('.error-summary').waitFor()
  for (const words of ['Ghi giờ kết thúc', 'Ghi hiện trạng']) expect(await officer.locator('.error-summary').innerText()).toContain(words)
  expect(await officer.locator('[name=endedAt]').inputValue()).toBe('muộn')
  await look(officer)
}

describe('a visit to the place', () => {
  it('is arranged, and its record says at the field what is missing', visited)
})

describe('an opinion of other units', () => {
  it('asked of two at once and given by both', () => consulted({}, 'congdan24'))
  it('on a phone, without script', () => consulted({ width: 360, script: false }, 'congdan25'))
})
