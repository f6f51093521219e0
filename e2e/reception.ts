/** One dossier received at a counter, the short way: for journeys that begin after that. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export type Received = { readonly id: string; readonly code: string; readonly secret: string }

/** `page` is signed in at a desk. `applicant`: what finds exactly one person: a 12-digit number. */
export const receiveAt = async (page: Page, procedureCode: string, applicant: string): Promise<Received> => {
  await page.goto(`/mot-cua?${new URLSearchParams({ 'thu-tuc': procedureCode, 'tim-nguoi': applicant }).toString()}`)
  await page.locator('p.chosen').waitFor()
  await page.getByRole('button', { name: /Tiếp nhận và in phiếu/ }).click()
  return readReceipt(page)
}

/** From the page after a reception. */
export const readReceipt = async (page: Page): Promise<Received> => {
  await page.waitForURL(/\/mot-cua\/ho-so\/[0-9a-f-]+$/)
  const code = (await page.locator('h1 .num').innerText()).trim()
  expect(code).toMatch(/^H57\.[\d.]+-\d{8}-\d{7}$/)
  return { id: page.url().split('/').at(-1) ?? '', code, secret: (await page.locator('p.figure').innerText()).trim() }
}
