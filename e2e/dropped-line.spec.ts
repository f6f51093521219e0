/** On a phone, on the way: the line goes, the session ends, a file is cut in the middle. Nothing typed is lost, and the page says how things stand. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useBrowser } from './browser.ts'
import { signIn } from './login.ts'

const open = useBrowser()

const begin = async (page: Page): Promise<void> => {
  await page.goto('/nop-ho-so/1.004873')
  await page.locator('select[name=noi-nop]').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.waitForURL(/\/to-khai/)
}
const line = (page: Page, state: string) => page.locator(`[data-save-state][data-state=${state}]`)
const name = (page: Page) => page.locator('[name="requester.fullName"]')
const onwards = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click()

it('the line goes while somebody types: they are told, stay where they are, and it is saved when the line is back', async () => {
  const page = await open({ width: 360 })
  await begin(page)
  await name(page).fill('Trần Thị')
  await line(page, 'saved').waitFor()
  await page.context().setOffline(true)
  await name(page).fill('Trần Thị Sáo')
  await line(page, 'failed').waitFor()
  const here = page.url()
  await onwards(page)
  await line(page, 'failed').waitFor()
  expect([page.url(), await name(page).inputValue()]).toEqual([here, 'Trần Thị Sáo'])
  expect(await line(page, 'failed').innerText()).toContain('Những gì bạn gõ vẫn ở trên trang này')
  await page.context().setOffline(false)
  await line(page, 'saved').waitFor()
  await page.reload()
  expect(await name(page).inputValue()).toBe('Trần Thị Sáo')
})

it('the session ends in the middle: pressing on loses nothing, and after signing in in another tab it goes on', async () => {
  const page = await open({ width: 360 })
  await signIn(page, 'congdan13')
  await begin(page)
  await name(page).fill('Trần Thị')
  await line(page, 'saved').waitFor()
  await page.context().clearCookies()
  await name(page).fill('Trần Thị Sáo')
  await onwards(page)
  await line(page, 'lost').waitFor()
  expect(await line(page, 'lost').innerText()).toContain('đăng nhập ở thẻ khác')
  expect(await name(page).inputValue()).toBe('Trần Thị Sáo')
  const tab = await page.context().newPage()
  await signIn(tab, 'congdan13')
  await tab.close()
  await page.bringToFront()
  await onwards(page)
  await page.locator('.error-summary').waitFor()
  expect(await name(page).inputValue()).toBe('Trần Thị Sáo')
})

it('a file of several pieces goes on from where the line broke, and lies there once', async () => {
  const page = await open({ width: 360 })
  await signIn(page, 'congdan13')
  await begin(page)
  await page.goto(page.url().replace('to-khai', 'giay-to'))
  const scan = Buffer.alloc(3 * 1024 * 1024, ' ')
  scan.write('%PDF-1.7\n')
  scan.write('\n%%EOF\n', scan.length - 7)
  const starts: number[] = []
  await page.route('**/tai-len/*?tu=*', async (route) => {
    starts.push(Number(new URL(route.request().url()).searchParams.get('tu')))
    await (starts.length === 2 ? route.abort('connectionreset') : route.continue())
  })
  const saved = page.waitForResponse((answer) => answer.url().includes('/luu') && answer.request().postData()?.includes('da-gui') === true)
  await page.locator('input[type=file]').first().setInputFiles({ name: 'bản quét.pdf', mimeType: 'application/pdf', buffer: scan })
  await page.locator('.file-list li button').first().waitFor()
  const piece = 1024 * 1024
  expect(starts).toEqual([0, piece, piece, 2 * piece])
  expect((await saved).status()).toBe(200)
  await page.reload()
  expect(await page.locator('.file-list li').allInnerTexts()).toHaveLength(1)
})
