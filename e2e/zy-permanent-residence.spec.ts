/** Permanent residence (1.004222) at the counter, over seven working days: the administrator of the demo moves its clock, morning by morning. Runs late: time never goes back. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { personOf } from './people.ts'
import { act, assignTo, receiveAt } from './reception.ts'

const open = useBrowser()
const seat = async (username: string): Promise<Page> => {
  const page = await open()
  await signIn(page, username)
  return page
}

it('received, assigned, examined, signed, numbered and handed over within its seven working days, with a moving clock', async () => {
  const clock = await seat('quantri')
  /** To the opening of the next working day. */
  const nextMorning = async (): Promise<string> => {
    await clock.goto('/quan-tri/dong-ho')
    await clock.getByRole('button', { name: /Sáng ngày làm việc tới/ }).click()
    await clock.waitForURL(/xong=1/)
    const shown = (await clock.locator('h1 .num').innerText()).trim()
    expect(shown).toMatch(/ 07:30$/)
    return shown
  }
  const desk = await seat('motcua.thuanhoa')
  const applicant = personOf('congdan16')
  await nextMorning()
  const { id, code } = await receiveAt(desk, '1.004222', applicant.number)
  const promised = await desk.locator('main').innerText()
  expect(promised).toContain('17:30')
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL((url) => !url.pathname.endsWith(id))

  await nextMorning()
  const chief = await seat('truongcongan.thuanhoa')
  await assignTo(chief, id, 'cutru.thuanhoa')
  await nextMorning()
  await nextMorning()
  const officer = await seat('cutru.thuanhoa')
  await officer.goto(`/xu-ly/ho-so/${id}`)
  await act(officer, /Trình|Chuyển/, /Trình|Chuyển/)
  await nextMorning()
  await chief.goto(`/xu-ly/ho-so/${id}`)
  await act(chief, /Trình|Chuyển/, /Trình|Chuyển/)
  await nextMorning()
  const signer = await seat('phochutich.thuanhoa')
  await signer.goto(`/xu-ly/ho-so/${id}`)
  await act(signer, /Ký duyệt/, /Ký duyệt/)
  await nextMorning()
  const clerk = await seat('vanthu.thuanhoa')
  await clerk.goto(`/xu-ly/ho-so/${id}`)
  expect(await clerk.locator('main').innerText()).not.toContain('quá hạn')
  await act(clerk, /Cấp số/, /Phát hành/, async (panel) => {
    if ((await panel.locator('[name=title]').count()) > 0) await panel.locator('[name=title]').fill('Thông báo kết quả đăng ký thường trú')
  })
  await desk.goto(`/mot-cua/tra-ket-qua/${id}`)
  await desk.locator('[name=idNumber]').fill(applicant.number)
  await desk.getByRole('button', { name: /Trả kết quả/ }).first().click()
  await desk.waitForURL(/\/mot-cua\/tra-ket-qua(\?|$)/)

  const phone = await open({ width: 360 })
  await phone.goto('/tra-cuu')
  await phone.locator('[name=ma]').fill(code)
  await phone.locator('[name=ma-tra-cuu]').fill(applicant.phone.slice(-4))
  await phone.getByRole('button', { name: 'Tra cứu' }).click()
  await phone.getByText('Đã trả kết quả').first().waitFor()
  expect(await phone.locator('main').innerText()).not.toContain('quá hạn')
  expect(await phone.locator('.demo-band').innerText()).toContain('Đồng hồ mô phỏng')
})
