import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { DEMO_PASSWORD } from '#modules/organisation'

export const signIn = async (page: Page, username: string): Promise<void> => {
  const answer = await page.goto('/dang-nhap')
  expect(answer?.status(), await page.locator('main').innerText()).toBe(200)
  await page.locator('input[name=ten]').fill(username)
  await page.locator('input[type=password]').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: /^Đăng nhập/ }).click()
  await page.waitForURL((url) => url.pathname !== '/dang-nhap')
  expect(new URL(page.url()).pathname).not.toBe('/dang-nhap')
}
