/** A citizen with a phone of 360 px: finds a procedure typing without accents, reads it, computes a date and learns why; the same with JavaScript off and in English. */
import type { Locator, Page } from 'playwright-core'
import { OF_ONE_PERSON, isPage } from './places.ts'
import { describe, expect, it } from 'vitest'
import { routes } from '#web/routes.ts'
import { type Screen, expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'

const open = useBrowser()

/** ux.md: compressed, as it travels. */
const HTML_BYTES = 30 * 1024
const SCRIPT_BYTES = 30 * 1024

type Weighed = { readonly url: string; readonly type: string; readonly bytes: number; readonly encoding: string | null }

/** Everything that the page fetches from now on, by what crossed the wire. */
const weigh = (page: Page): { readonly all: () => Promise<readonly Weighed[]> } => {
  const pending: Promise<Weighed>[] = []
  page.on('requestfinished', (request) => {
    pending.push(
      (async () => {
        const [sizes, response] = [await request.sizes(), await request.response()]
        return { url: request.url(), type: request.resourceType(), bytes: sizes.responseBodySize, encoding: (await response?.headerValue('content-encoding')) ?? null }
      })(),
    )
  })
  return { all: () => Promise.all(pending) }
}

const expectLight = (weighed: readonly Weighed[]): void => {
  const pages = weighed.filter((w) => w.type === 'document')
  expect(pages.length).toBeGreaterThan(0)
  expect(pages.filter((w) => w.encoding === null)).toEqual([])
  expect(pages.filter((w) => w.bytes > HTML_BYTES)).toEqual([])
  expect(weighed.filter((w) => w.type === 'script').reduce((sum, w) => sum + w.bytes, 0)).toBeLessThanOrEqual(SCRIPT_BYTES)
}

const look = async (page: Page, screen: Screen) => {
  if (screen.script !== false) await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

/** Taps are counted: at most two after typing (ux.md). */
const finding = async (page: Page, screen: Screen, words: string, wanted: string): Promise<void> => {
  let taps = 0
  const tap = async (target: Locator) => {
    taps += 1
    await target.tap()
  }
  await page.goto('/')
  await look(page, screen)
  await page.locator('input[name=q]').fill(words)
  await tap(page.getByRole('button', { name: 'Tìm', exact: true }))
  await page.waitForURL(/\/thu-tuc\?q=/)
  await look(page, screen)
  await tap(page.locator('ul.result-list a').first())
  await page.waitForURL(/\/thu-tuc\/\d/)
  expect(await page.locator('h1').innerText()).toBe(wanted)
  expect(taps).toBeLessThanOrEqual(2)
}

/** How long, how much, which papers stand open; what few people read is folded and opens by a tap. */
const reading = async (page: Page, screen: Screen, limit: string): Promise<void> => {
  const section = (title: string) => page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
  expect(await section('Bao lâu, bao nhiêu tiền').locator('.method').first().innerText()).toContain(limit)
  expect(await section('Giấy tờ cần có').locator('ul.papers-list > li').count()).toBeGreaterThan(0)
  const steps = section('Các bước thực hiện').locator('details')
  expect(await steps.getAttribute('open')).toBeNull()
  await steps.locator('summary').tap()
  await steps.locator('div').first().waitFor({ state: 'visible' })
  expect((await steps.innerText()).length).toBeGreaterThan(200)
  await section('Căn cứ pháp lý').locator('summary').tap()
  await section('Căn cứ pháp lý').locator('li').first().waitFor({ state: 'visible' })
  await look(page, screen)
}

/** Filed on Monday 23/11/2026: the Day of Vietnamese Culture, 24/11, is not worked, so three working days end on Friday. */
const computing = async (page: Page, screen: Screen): Promise<void> => {
  await page.getByRole('link', { name: 'Nộp bây giờ thì bao giờ có kết quả?' }).first().tap()
  await page.waitForURL(/\/tinh-han\?/)
  expect(await page.locator('[name=so]').inputValue()).toBe('3')
  await page.locator('[name=ngay]').fill('2026-11-23')
  await page.locator('[name=gio]').fill('10:00')
  await page.getByRole('button', { name: 'Tính ngày hẹn' }).tap()
  await page.waitForURL(/ngay=2026-11-23/)
  const answer = page.locator('main')
  expect(await answer.innerText()).toMatch(/27\/11/)
  const rows = await page.locator('table.days tbody tr').allInnerTexts()
  expect(rows.map((row) => row.split(/\s+/).slice(0, 3).join(' '))).toEqual(['Thứ Hai 23/11', 'Thứ Ba 24/11', 'Thứ Tư 25/11', 'Thứ Năm 26/11', 'Thứ Sáu 27/11'])
  expect(rows[1]).toContain('Ngày Văn hóa Việt Nam')
  expect(rows.at(-1)).toMatch(/17:30\s+3$/)
  await look(page, screen)

  // What cannot be a question comes back as typed, with a sentence at the field.
  await page.locator('[name=so]').fill('ba ngày')
  await page.getByRole('button', { name: 'Tính ngày hẹn' }).tap()
  await page.locator('.error-summary').waitFor()
  expect(await page.locator('[name=so]').inputValue()).toBe('ba ngày')
  expect(await page.locator('#so-error').innerText()).toBe('Ghi thời hạn bằng số, ví dụ 3 hoặc 0,5.')
  await look(page, screen)
}

const publicPages = routes.filter((route) => route.method === 'GET' && route.access === 'public' && route.devOnly !== true && isPage(route.path) && !OF_ONE_PERSON.has(route.path)).map((route) => route.path.replace(':ma', '1.004873'))

const VIETNAMESE = /[ăâđêôơưạ-ỹàáãèéìíòóõùúýĩũ]/i

/** Headings, labels, buttons, menus: what we wrote ourselves. Published texts stay Vietnamese, and say so by `lang`. */
const ourWords = (page: Page): Promise<readonly string[]> =>
  page.locator('h1, h2, h3, label, legend, button, summary, header a, footer a').evaluateAll((elements) =>
    elements.filter((element) => element.closest('[lang=vi]:not(html)') === null && element.querySelector('[lang=vi]') === null).map((element) => element.textContent?.trim() ?? ''),
  )

const inEnglish = async (screen: Screen): Promise<void> => {
  const page = await open(screen)
  for (const path of publicPages) {
    await page.goto(`${path}?lang=vi`)
    expect(await page.locator('html').getAttribute('lang'), path).toBe('vi')
    await page.locator('a.lang').tap()
    await page.waitForURL(/lang=en/)
    expect(new URL(page.url()).pathname, 'the switch stays on the page').toBe(path)
    expect(await page.locator('html').getAttribute('lang'), path).toBe('en')
    const words = (await ourWords(page)).map((text) => text.replaceAll('Huế', '').replace('Một Cửa', '').replace('Tiếng Việt', ''))
    expect(words.length, path).toBeGreaterThan(3)
    expect(words.filter((text) => VIETNAMESE.test(text)), path).toEqual([])
    await look(page, screen)
  }
  // The choice is remembered: an address without it answers in English, too.
  await page.goto('/tinh-han?ngay=2026-11-23&gio=10:00&so=3&don-vi=working-day')
  expect(await page.locator('h1').innerText()).toBe('When is it due?')
  expect(await page.locator('table.days').innerText()).toContain('Tue 24/11')
}

const walk = async (screen: Screen): Promise<void> => {
  const page = await open(screen)
  const scales = weigh(page)
  await finding(page, screen, 'khai sinh', 'Thủ tục đăng ký khai sinh')
  await reading(page, screen, 'trong ngày')
  await finding(page, screen, 'giay xac nhan doc than', 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân')
  await reading(page, screen, '3 ngày làm việc')
  await computing(page, screen)
  expectLight(await scales.all())
}

describe('a citizen on a phone, typing without accents', () => {
  it('finds a procedure in two taps, reads it and computes a date', () => walk({ width: 360 }))

  it('does the same with JavaScript off', () => walk({ width: 360, script: false }))
})

describe('the English switch stands on every public page', () => {
  it('and every public page is known here', () => expect(publicPages).toEqual(expect.arrayContaining(['/', '/thu-tuc', '/thu-tuc/1.004873', '/tra-cuu', '/tinh-han', '/dang-nhap'])))

  it('changes the words with JavaScript', () => inEnglish({ width: 360 }))

  it('changes the words with JavaScript off', () => inEnglish({ width: 360, script: false }))
})
