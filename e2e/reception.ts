/** One dossier received at a counter and given to an officer, the short way: for journeys that begin after that. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { personOf } from './people.ts'

export type Received = { readonly id: string; readonly code: string; readonly secret: string }

/** The intake form of a procedure with what was typed to find the applicant: never part of the address. One hit is chosen at once. */
export const seekApplicant = async (page: Page, procedureCode: string, words: string): Promise<void> => {
  await page.goto(procedureCode === '' ? '/mot-cua' : `/mot-cua?thu-tuc=${procedureCode}`)
  await page.locator('[name=tim-nguoi]').fill(words)
  await page.locator('form[aria-label="Tìm người nộp"] button').click()
}

/** `page` is signed in at a desk. `applicant`: what finds exactly one person: a 12-digit number. */
export const receiveAt = async (page: Page, procedureCode: string, applicant: string): Promise<Received> => {
  await seekApplicant(page, procedureCode, applicant)
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

/** Opens one of the buttons of a dossier's page and presses the button in it. */
export const act = async (page: Page, summary: RegExp, button: RegExp, fill: (panel: ReturnType<Page['locator']>) => Promise<unknown> = async () => undefined): Promise<void> => {
  await page.locator('details.action > summary').filter({ hasText: summary }).click()
  const panel = page.locator('details.action[open]')
  await fill(panel)
  await panel.getByRole('button', { name: button }).click()
  await page.waitForURL(/xong=/)
}

/** `leader` is signed in as the head of the division that got the dossier. */
export const assignTo = async (leader: Page, dossier: string, username: string): Promise<void> => {
  await leader.goto(`/xu-ly/ho-so/${dossier}`)
  await act(leader, /Phân công/, /Phân công/, async (panel) => {
    const names = await panel.locator('select[name=postId] option').allInnerTexts()
    await panel.locator('select[name=postId]').selectOption({ label: names.find((text) => text.startsWith(`${personOf(username).name} ·`)) ?? '' })
  })
}
