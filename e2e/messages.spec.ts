/** Messages as their readers see them, in their language; lists that follow what others do; templates that are refused where they are broken. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { personOf } from './people.ts'
import { receiveAt } from './reception.ts'

const open = useBrowser()
const as = async (username: string, screen: Parameters<typeof open>[0] = {}): Promise<Page> => {
  const page = await open(screen)
  await signIn(page, username)
  return page
}
const look = async (page: Page) => {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}
const MARITAL = '1.004873'

let admin: Page
beforeAll(async () => {
  admin = await as('quantri')
  // The journey may run at night, and does not wait for what else may happen.
  await admin.goto('/quan-tri/tin-nhan/cai-dat')
  for (const [name, value] of [['tu', '00:00'], ['den', '00:00'], ['cho', '0']] as const) await admin.locator(`input[name=${name}]`).fill(value)
  await admin.getByRole('button', { name: 'Lưu' }).click()
  await admin.waitForURL(/xong=/)
  await look(admin)
})

describe('a message', () => {
  it('is seen by the administrator as the citizen gets it: by the app, in English, because the citizen said so', async () => {
    const citizen = await as('congdan', { width: 360 })
    await citizen.goto('/tai-khoan')
    await citizen.locator('a[href="/tai-khoan/tin-nhan"]').click()
    await look(citizen)
    for (const channel of ['email', 'sms', 'app']) await citizen.locator(`input[name=kenh][value=${channel}]`).setChecked(channel === 'app')
    await citizen.locator('input[name=ngon-ngu][value=en]').check()
    await citizen.getByRole('button', { name: 'Lưu' }).click()
    await citizen.waitForURL(/xong=/)
    const { code } = await receiveAt(await as('motcua.thuanhoa'), MARITAL, personOf('congdan').number)
    await expect.poll(async () => {
      await admin.goto(`/quan-tri/tin-nhan?ma=${code}`)
      return admin.locator('tbody').innerText()
    }, { timeout: 20_000, interval: 300 }).toContain('Ứng dụng: đã gửi')
    await look(admin)
    await admin.locator('tbody a').first().click()
    const text = await admin.locator('.drawn-message').innerText()
    expect(text).toMatch(new RegExp(`Application ${code} received\\. Due \\d\\d:\\d\\d on \\d\\d/\\d\\d/\\d{4}\\.`))
    expect(await admin.locator('.drawn-message').getAttribute('lang')).toBe('en')
    await look(admin)
  })

  it('speaks by a template that is refused with the place of the fault, and looked at before it is used', async () => {
    await admin.goto('/quan-tri/tin-nhan/mau')
    await look(admin)
    await admin.getByRole('link', { name: 'Đã có kết quả' }).click()
    await admin.locator('textarea[name=vi-sms]').fill('Ho so {code}\nco ket qua {o-dau}')
    await admin.getByRole('button', { name: 'Dùng mẫu này' }).click()
    await admin.locator('.error-summary').waitFor()
    expect(await admin.locator('.error-summary').innerText()).toContain('Dòng 2, cột 12')
    expect(await admin.locator('textarea[name=vi-sms]').inputValue()).toBe('Ho so {code}\nco ket qua {o-dau}')
    await look(admin)
    await admin.locator('textarea[name=vi-sms]').fill('Ho so {code} co ket qua roi')
    await admin.getByRole('button', { name: 'Xem thử' }).click()
    await admin.getByText('Ho so H57.12-20261120-0000007 co ket qua roi').first().waitFor()
  })
})

describe('an open list', () => {
  it('shows within two seconds what a colleague in another browser sends along, and the hand stays where it was', async () => {
    const [desk, leader] = [await as('motcua.thuanhoa'), await as('chanhvanphong.thuanhoa')]
    const earlier = await receiveAt(desk, MARITAL, personOf('congdan2').number)
    await desk.getByRole('button', { name: /Chuyển/ }).click()
    await desk.waitForURL(/\/mot-cua$/)
    await leader.goto('/xu-ly?buoc=assign')
    const row = (code: string) => leader.locator('tbody tr').filter({ hasText: code })
    await row(earlier.code).locator('a').first().focus()
    const box = row(earlier.code).locator('input[type=checkbox]')
    await box.check()
    const { code } = await receiveAt(desk, MARITAL, personOf('congdan3').number)
    expect(await row(code).count()).toBe(0)
    await row(earlier.code).locator('a').first().focus()
    const sent = performance.now()
    await desk.getByRole('button', { name: /Chuyển/ }).click()
    await row(code).waitFor({ timeout: 5_000 })
    const took = performance.now() - sent
    console.log(`a change reached the other browser ${Math.round(took)} ms after the press`)
    expect(took).toBeLessThan(2_000)
    expect(await box.isChecked()).toBe(true)
    expect(await leader.evaluate(() => document.activeElement?.textContent)).toBe(earlier.code)
    await expect.poll(() => leader.locator('mc-live').innerText()).toContain('vừa được cập nhật')
    await look(leader)
  })

  it('lets go at sign-out, and works without script as it always did', async () => {
    const officer = await as('hotich.thuanhoa')
    await officer.goto('/xu-ly')
    // Read as the browser gets it: the tool does not tell when an event source ends.
    const heard = await officer.evaluate(async () => {
      const stream = await fetch('/xu-ly/su-kien')
      const csrf = document.querySelector<HTMLInputElement>('form[action="/dang-xuat"] [name=_csrf]')?.value ?? ''
      await fetch('/dang-xuat', { method: 'POST', body: new URLSearchParams({ _csrf: csrf }) })
      return Promise.race([stream.text(), new Promise<string>((resolve) => setTimeout(() => resolve('still open'), 15_000))])
    })
    expect(heard).toContain('event: ended')
    const plain = await as('hotich.thuanhoa', { script: false })
    expect((await plain.goto('/xu-ly'))?.status()).toBe(200)
    expect(await plain.locator('h1').innerText()).toBe('Việc của tôi')
  })
})
