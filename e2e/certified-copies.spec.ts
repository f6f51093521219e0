/**
 * Certified copies (2.000815, done within the day) at a counter, a whole life with hands on the keyboard only: intake, queue, signature, number, hand-over.
 * Every officer signs in, finds the dossier and does the day's work without a mouse; the presses are counted against the budgets.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '#modules/organisation'
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { Keyboard } from './keyboard.ts'
import { personOf } from './people.ts'
import { readReceipt } from './reception.ts'

const open = useBrowser()
/** Besides names, numbers and codes that are typed. */
const BUDGET = { intake: 25, forward: 4, step: 8 }
const { name, number } = personOf('congdan11')

const look = async (page: Page) => {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

/** The cursor stands in the first field of the page. */
const seat = async (username: string): Promise<{ readonly page: Page; readonly keys: Keyboard }> => {
  const page = await open()
  const keys = new Keyboard(page)
  await page.goto('/dang-nhap')
  await page.locator('[name=ten]:focus').waitFor()
  await keys.name(username)
  await keys.press('Tab')
  await keys.name(DEMO_PASSWORD)
  await keys.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/dang-nhap')
  return { page, keys: new Keyboard(page) }
}

/** From anywhere: `/`, the code, the only hit. */
const openByCode = async (page: Page, keys: Keyboard, code: string) => {
  await page.locator('html.js').waitFor()
  await keys.press('/')
  await page.locator('header [name=q]:focus').waitFor()
  await keys.name(code)
  await keys.press('Enter')
  await page.locator('tr.active').waitFor()
  expect(await page.locator('tr.active').innerText()).toContain(code)
  await keys.press('Enter')
  await page.waitForURL(/\/xu-ly\/ho-so\//)
  await page.locator('html.js').waitFor()
}

/** The main action of the dossier: opened by `f`, the cursor where the hand is needed. */
const unfold = async (page: Page, keys: Keyboard) => {
  await keys.press('f')
  await page.locator('details.action[open] [data-first]:focus').waitFor()
}

const say = (what: string, presses: number, most: number) => {
  console.log(`certified copies, ${what}: ${presses} key presses besides what is typed (at most ${most})`)
  expect(presses, what).toBeLessThanOrEqual(most)
}

describe('certified copies at the counter, by keyboard alone', () => {
  it('taken in, signed, numbered and handed over within the day', async () => {
    const desk = await seat('motcua.thuanhoa')
    const { page, keys } = desk
    await page.locator('[name=tim-thu-tuc]:focus').waitFor()
    await keys.name('sao y ban chinh')
    await page.getByRole('option').filter({ hasText: '2.000815' }).waitFor()
    const place = await page.getByRole('option').evaluateAll((options) => options.findIndex((option) => option.textContent.includes('2.000815')))
    for (let i = 0; i < place; i += 1) await keys.press('ArrowDown')
    await keys.press('Enter')
    await page.waitForURL(/thu-tuc=2\.000815/)
    await page.locator('[name=tim-nguoi]:focus').waitFor()
    await keys.name(number)
    await keys.press('Enter')
    await page.locator('p.chosen').waitFor()
    expect(await page.locator('p.chosen').innerText()).toContain(name)
    await page.locator('html.js').waitFor()
    await look(page)
    await keys.press('3')
    await keys.press('Space')
    await keys.press('Enter')
    const { id, code } = await readReceipt(page)
    await page.locator('html.js').waitFor()
    await look(page)
    const promised = await page.locator('main').innerText()
    expect(promised).toContain('trong ngày')
    const [receipt] = await Promise.all([page.context().waitForEvent('request', (request) => request.url().endsWith('giay-tiep-nhan.pdf')), keys.press('i')])
    expect(receipt.url()).toContain(id)
    await page.bringToFront()
    await keys.press('f')
    await page.waitForURL(/\/mot-cua$/)
    say('intake, receipt and passed on', keys.presses, BUDGET.intake)

    const officer = await seat('hotich.thuanhoa')
    await openByCode(officer.page, officer.keys, code)
    await officer.keys.press('f')
    await officer.page.locator('details.action > summary[data-key=f]').waitFor()
    await officer.page.locator('html.js').waitFor()
    await unfold(officer.page, officer.keys)
    await look(officer.page)
    await officer.keys.press('Enter')
    await officer.page.waitForURL(/xong=forward/)
    say('found, taken, passed on for signature', officer.keys.presses, BUDGET.step)

    // The signer's queue goes by what is due first; whoever has the paper in hand types or scans its code.
    const signer = await seat('phochutich.thuanhoa')
    await signer.page.locator('tr.active').waitFor()
    await openByCode(signer.page, signer.keys, code)
    await look(signer.page)
    await unfold(signer.page, signer.keys)
    await look(signer.page)
    await signer.keys.press('Enter')
    await signer.page.waitForURL(/xong=approve/)
    say('signed', signer.keys.presses, BUDGET.step)

    const clerk = await seat('vanthu.thuanhoa')
    await openByCode(clerk.page, clerk.keys, code)
    await unfold(clerk.page, clerk.keys)
    await look(clerk.page)
    // Name and day stand there, the number comes from the book.
    await clerk.keys.press('Enter')
    await clerk.page.waitForURL(/xong=issue/)
    say('numbered and issued', clerk.keys.presses, BUDGET.step)

    const again = new Keyboard(page)
    await page.goto('/mot-cua/tra-ket-qua')
    await page.locator('main [name=q]:focus').waitFor()
    await look(page)
    await again.name(code)
    await again.press('Enter')
    await page.waitForURL(new RegExp(`/mot-cua/tra-ket-qua/${id}$`))
    await page.locator('[name=idNumber]:focus').waitFor()
    // Forgotten: the sentence stands at the field.
    await again.press('Enter')
    await page.locator('.error-summary').waitFor()
    await look(page)
    await page.locator('[name=idNumber]').focus()
    await again.name(number)
    await again.press('Enter')
    await page.waitForURL(/\/mot-cua\/tra-ket-qua\?ma=/)
    expect(await page.locator('main').innerText()).toContain(code)
    say('handed over', again.presses, BUDGET.forward)

    const stranger = await open({ width: 360 })
    await stranger.goto('/tra-cuu')
    await stranger.locator('[name=ma]').fill(code)
    await stranger.locator('[name=ma-tra-cuu]').fill(personOf('congdan11').phone.slice(-4))
    await stranger.keyboard.press('Enter')
    await stranger.getByText('Đã trả kết quả').first().waitFor()
    await look(stranger)
  }, 300_000)

  it('the key `?` opens the list of keys, a dialog that Escape closes; axe finds nothing on it', async () => {
    const { page, keys } = await seat('motcua.thuanhoa')
    await page.locator('html.js').waitFor()
    await keys.press('Escape')
    await keys.press('?')
    await page.locator('dialog#palette[open]').waitFor()
    await look(page)
    await keys.press('Escape')
    await page.locator('dialog#palette').waitFor({ state: 'detached' })
  })
})
