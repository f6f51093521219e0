/** Certified copies (2.000815) at the counter, in-day, from the greeting to the returned result: by keyboard alone at every seat. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { fold } from '#kernel/text.ts'
import { useBrowser } from './browser.ts'
import { Keyboard } from './keyboard.ts'
import { signIn } from './login.ts'
import { personOf } from './people.ts'
import { readReceipt } from './reception.ts'

const open = useBrowser()
const PROCEDURE = '2.000815'

type Seat = { readonly page: Page; readonly keys: Keyboard }
const seat = async (username: string): Promise<Seat> => {
  const page = await open()
  await signIn(page, username)
  return { page, keys: new Keyboard(page) }
}

/** From the search to the dossier with the one key of the day's work, `f`, and on by Enter; `fill` types what the form asks for. */
const doNext = async ({ page, keys }: Seat, code: string, fill: () => Promise<void> = async () => undefined): Promise<void> => {
  await page.goto('/xu-ly')
  await page.locator('html.js').waitFor()
  await keys.press('/')
  await keys.name(code)
  await keys.press('Enter')
  const row = page.locator('tr.active').filter({ hasText: code })
  await row.waitFor()
  await keys.press('Enter')
  await page.waitForURL(/\/xu-ly\/ho-so\/[0-9a-f-]+$/)
  await page.locator('html.js').waitFor()
  await keys.press('f')
  await fill()
  await keys.press('Enter')
}

it('by keyboard alone: received, examined, signed, numbered and handed over on the same day', async () => {
  const desk = await seat('motcua.thuanhoa')
  const applicant = personOf('congdan13')
  await desk.page.goto('/mot-cua')
  await desk.page.locator('html.js').waitFor()
  await desk.keys.name('sao y ban chinh')
  await desk.page.getByRole('option').filter({ hasText: PROCEDURE }).first().waitFor()
  for (let i = 0; i < 12 && !(await desk.page.locator('[role=option][aria-selected=true]').filter({ hasText: PROCEDURE }).count()); i += 1) await desk.keys.press('ArrowDown')
  await desk.keys.press('Enter')
  await desk.page.waitForURL(/thu-tuc=2\.000815/)
  await desk.page.locator('[name=tim-nguoi]:focus').waitFor()
  await desk.keys.name(applicant.number)
  await desk.keys.press('Enter')
  await desk.page.locator('p.chosen').waitFor()
  expect(fold(await desk.page.locator('p.chosen').innerText())).toContain(fold(applicant.name))
  await desk.page.locator('html.js').waitFor()
  await desk.keys.press('3')
  await desk.keys.press('Space')
  await desk.keys.press('Enter')
  const { code } = await readReceipt(desk.page)
  await desk.page.locator('html.js').waitFor()
  await desk.keys.press('f')
  await desk.page.waitForURL(/\/mot-cua$/)
  console.log(`certified copies, intake: ${desk.keys.presses} key presses besides names`)
  expect(desk.keys.presses).toBeLessThanOrEqual(25)

  const officer = await seat('hotich.thuanhoa')
  await doNext(officer, code)
  await officer.page.getByRole('status').first().waitFor()
  await doNext(officer, code)
  await officer.page.waitForURL(/xong=forward/)
  const signer = await seat('phochutich.thuanhoa')
  await doNext(signer, code)
  await signer.page.waitForURL(/xong=approve/)
})
