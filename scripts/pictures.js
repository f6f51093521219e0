// Draws the pictures of README.md anew from a running demo city: `npm start` in one terminal, `npm run pictures` in another (PORT or BASE_URL as there).
// Needs Chromium, pdftoppm (poppler-utils) and convert (imagemagick). One dossier is received on the way.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const base = process.env.BASE_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`
const out = join(import.meta.dirname, '../docs/pictures')
const work = mkdtempSync(join(tmpdir(), 'motcua-pictures-'))
const PASSWORD = 'MotCua@2026'
const PROCEDURE = '1.004873'

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--lang=vi'] })

const screen = async (width) => {
  const context = await browser.newContext({ baseURL: base, viewport: { width, height: width === 360 ? 740 : 768 }, hasTouch: width === 360, locale: 'vi-VN', deviceScaleFactor: 1, reducedMotion: 'reduce' })
  return context.newPage()
}

const signedIn = async (username) => {
  const page = await screen(1366)
  await page.goto('/dang-nhap')
  await page.locator('[name=ten]').fill(username)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/dang-nhap')
  return page
}

/** 128 colours are enough for flat pages, and a quarter of the bytes. */
const keep = (name, file) => {
  const target = join(out, `${name}.png`)
  execFileSync('convert', [file, '-strip', '+dither', '-colors', '128', '-define', 'png:compression-level=9', `PNG8:${target}`])
  console.log(`${name}.png ${Math.round(statSync(target).size / 1024)} KB`)
}

const picture = async (page, name) => {
  await page.evaluate(() => document.fonts.ready)
  const file = join(work, `${name}.png`)
  await page.screenshot({ path: file })
  keep(name, file)
}

try {
  const phone = await screen(360)
  await phone.goto('/')
  await phone.locator('[name=q]').first().fill('giay doc than')
  await phone.keyboard.press('Enter')
  await phone.locator(`a[href^="/thu-tuc/${PROCEDURE}"]`).first().waitFor()
  await picture(phone, 'home-360')

  const desk = await signedIn('motcua.thuanhoa')
  await desk.goto(`/mot-cua?thu-tuc=${PROCEDURE}`)
  await desk.locator('[name=tim-nguoi]').fill('nguyen')
  await desk.keyboard.press('Enter')
  await desk.waitForLoadState()
  // Several bear the name: the first one of the list.
  if ((await desk.locator('p.chosen').count()) === 0) await desk.locator('main a[href*="nguoi-nop="]').first().click()
  await desk.locator('p.chosen').waitFor()
  for (const i of [1, 4]) await desk.locator('table.papers input[name=giay]').nth(i).check()
  await desk.evaluate(() => window.scrollTo(0, 0))
  await desk.mouse.move(0, 0)
  await picture(desk, 'intake-1366')
  await desk.locator('#tiep-nhan button[data-key=Enter]').click()
  await desk.waitForURL(/\/mot-cua\/ho-so\/[0-9a-f-]+$/)
  const id = desk.url().split('/').at(-1)
  const code = (await desk.locator('h1 .num').innerText()).trim()
  const secret = (await desk.locator('p.figure').innerText()).trim()
  const receipt = await desk.request.get(`/mot-cua/ho-so/${id}/giay-tiep-nhan.pdf`)
  writeFileSync(join(work, 'receipt.pdf'), await receipt.body())
  // The applicant's copy: the second half.
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [join(work, 'receipt.pdf')], { encoding: 'utf8' }))?.[1] ?? 2)
  const copy = String(pages / 2 + 1)
  execFileSync('pdftoppm', ['-png', '-r', '80', '-f', copy, '-l', copy, '-singlefile', join(work, 'receipt.pdf'), join(work, 'receipt')])
  keep('receipt', join(work, 'receipt.png'))

  const officer = await signedIn('hotich.thuanhoa')
  await officer.goto('/xu-ly')
  await officer.locator('tr.active').waitFor()
  await picture(officer, 'queue-1366')
  await officer.locator('tbody tr a').first().click()
  await officer.waitForURL(/\/xu-ly\/ho-so\//)
  await picture(officer, 'dossier-1366')

  await phone.goto('/tra-cuu')
  await phone.locator('[name=ma]').fill(code)
  await phone.locator('[name=ma-tra-cuu]').fill(secret)
  await phone.keyboard.press('Enter')
  await phone.locator('details.why').first().waitFor()
  if ((await phone.locator('details.why[open]').count()) === 0) await phone.locator('details.why > summary').first().click()
  await phone.evaluate(() => document.querySelector('main')?.scrollIntoView())
  await picture(phone, 'look-up-360')
} finally {
  await browser.close()
  rmSync(work, { recursive: true, force: true })
}
