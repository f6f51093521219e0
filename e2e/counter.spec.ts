/** The counter: intake by keyboard alone within its budget, nothing typed is ever lost, one press too many makes no second dossier; then the officer's queue. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { fold } from '#kernel/text.ts'
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { Keyboard } from './keyboard.ts'
import { signIn } from './login.ts'
import { smallPdf } from './paper.ts'
import { TYPED, personOf, seededPeople } from './people.ts'
import { assignTo, readReceipt, receiveAt, seekApplicant } from './reception.ts'

const open = useBrowser()
const MARITAL = '1.004873'
const BUDGET = { intake: 25, forward: 4 }

const desk = async (screen: Parameters<typeof open>[0] = {}): Promise<Page> => {
  const page = await open(screen)
  await signIn(page, 'motcua.thuanhoa')
  return page
}

const look = async (page: Page) => {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

/** A citizen whose name finds nobody else. */
const alone = Array.from({ length: 40 }, (_, n) => personOf(`congdan${n + 2}`)).find(({ name }) => seededPeople.filter((other) => fold(name).split(' ').every((word) => fold(other.name).includes(word))).length === 1)

describe('with the keyboard alone', () => {
  it(`an applicant who is known, all papers ticked, the receipt: at most ${BUDGET.intake} key presses besides names`, async () => {
    expect(alone).toBeDefined()
    const page = await desk()
    await page.goto('/mot-cua')
    const keys = new Keyboard(page)
    await keys.name('tinh trang hon nhan')
    await page.getByRole('option').filter({ hasText: MARITAL }).first().waitFor()
    await keys.press('Enter')
    await page.waitForURL(/thu-tuc=1\.004873/)
    await page.locator('[name=tim-nguoi]:focus').waitFor()
    await keys.name(fold(alone?.name ?? ''))
    await keys.press('Enter')
    await page.locator('p.chosen').waitFor()
    expect(await page.locator('p.chosen').innerText()).toContain(alone?.name)
    await page.locator('html.js').waitFor()
    await keys.press('3')
    await keys.press('Space')
    const papers = page.locator('table.papers').first().locator('input[name=giay]')
    expect(await papers.count()).toBeGreaterThan(0)
    expect(await papers.evaluateAll((boxes) => boxes.every((box) => box instanceof HTMLInputElement && box.checked))).toBe(true)
    await keys.press('Enter')
    const { id } = await readReceipt(page)
    await page.locator('html.js').waitFor()
    const [receipt] = await Promise.all([page.context().waitForEvent('request', (request) => request.url().endsWith('giay-tiep-nhan.pdf')), keys.press('i')])
    expect(receipt.url()).toContain(id)
    expect((await page.request.get(receipt.url())).status()).toBe(200)
    console.log(`counter intake: ${keys.presses} key presses besides names (at most ${BUDGET.intake})`)
    expect(keys.presses).toBeLessThanOrEqual(BUDGET.intake)

    // On with the next: passed on by one more key.
    await page.bringToFront()
    await keys.press('f')
    await page.waitForURL(/\/mot-cua$/)
    await page.locator('[name=tim-thu-tuc]:focus').waitFor()
  })

  it(`queue, first dossier, forward: at most ${BUDGET.forward} key presses`, async () => {
    const page = await desk()
    const { id } = await receiveAt(page, MARITAL, personOf('congdan4').number)
    await page.getByRole('button', { name: /Chuyển/ }).click()
    await page.waitForURL(/\/mot-cua$/)
    const officer = await open()
    await signIn(officer, 'hotich.thuanhoa')
    const leader = await open()
    await signIn(leader, 'chanhvanphong.thuanhoa')
    await assignTo(leader, id, 'hotich.thuanhoa')

    await officer.goto('/xu-ly')
    const keys = new Keyboard(officer)
    await officer.locator('tr.active').waitFor()
    const first = (await officer.locator('tr.active th').innerText()).trim()
    await keys.press('Enter')
    await officer.waitForURL(/\/xu-ly\/ho-so\//)
    await officer.locator('html.js').waitFor()
    await keys.press('f')
    await officer.locator('details.action[open] [data-first]:focus').waitFor()
    await keys.press('Enter')
    await officer.waitForURL(/xong=forward/)
    expect(await officer.getByRole('status').filter({ hasText: first }).count()).toBe(1)
    console.log(`queue to forwarded: ${keys.presses} key presses (at most ${BUDGET.forward})`)
    expect(keys.presses).toBeLessThanOrEqual(BUDGET.forward)
  })
})

/** Everything an officer can type into the form, and how it must stand there again. */
const fillAll = async (page: Page) => {
  const row = page.locator('table.papers').first().locator('tbody tr').filter({ has: page.locator('input[name=giay]') }).first()
  await row.locator('input[name=giay]').check()
  await row.locator('input.count').nth(0).fill('2')
  await row.locator('input.count').nth(1).fill('3')
  await row.locator('input.attach').setInputFiles([{ name: 'tờ khai.pdf', mimeType: 'application/pdf', buffer: smallPdf('To khai') }])
  await page.locator('[name=tra-ket-qua]').selectOption('postal')
  await page.locator('[name=so-bo]').fill('2')
  await page.locator('summary').filter({ hasText: 'Người khác nộp thay' }).click()
  await page.locator('[name=nop-thay]').fill(personOf('congdan9').number)
  await page.locator('[name=quan-he]').fill('Giấy ủy quyền số 12')
  await page.locator('[name=ghi-chu]').fill('Xin nhận trước 10 giờ')
}

const expectAllKept = async (page: Page) => {
  const row = page.locator('table.papers').first().locator('tbody tr').filter({ has: page.locator('input[name=giay]:checked') }).first()
  expect(await row.locator('input.count').nth(0).inputValue()).toBe('2')
  expect(await row.locator('input.count').nth(1).inputValue()).toBe('3')
  expect(await row.locator('label.kept').innerText()).toContain('tờ khai.pdf')
  expect(await page.locator('[name=tra-ket-qua]').inputValue()).toBe('postal')
  expect(await page.locator('[name=so-bo]').inputValue()).toBe('2')
  expect(await page.locator('[name=nop-thay]').inputValue()).toBe(personOf('congdan9').number)
  expect(await page.locator('[name=quan-he]').inputValue()).toBe('Giấy ủy quyền số 12')
  expect(await page.locator('[name=ghi-chu]').inputValue()).toBe('Xin nhận trước 10 giờ')
  expect(await page.locator('p.chosen').innerText()).toContain(personOf('congdan6').name)
}

/** Presses the one button and says what the server answered. */
const submit = async (page: Page, button: RegExp = /Tiếp nhận và in phiếu/): Promise<number> => {
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST' && !r.url().includes('/tai-len')), page.getByRole('button', { name: button }).click()])
  return answer.status()
}

const nothingLost = async (page: Page) => {
  const script = await page.locator('html.js').count()
  await seekApplicant(page, MARITAL, personOf('congdan6').number)
  await page.locator('p.chosen').waitFor()
  await fillAll(page)
  // No address for the postman; and a programme that calls itself a PDF.
  await page.locator('input[type=file][name=tep-0]').setInputFiles({ name: 'anh-the.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ this is no paper') })
  if (script > 0) await page.locator('.file-list li.late-ink').filter({ hasText: 'không thuộc loại được nhận (PDF, JPG, PNG, DOCX, XLSX)' }).waitFor()
  expect(await submit(page)).toBe(422)
  const summary = page.locator('.error-summary')
  expect(await summary.innerText()).toContain('Ghi địa chỉ để bưu chính chuyển kết quả.')
  if (script === 0) expect(await summary.innerText()).toContain('Tệp “anh-the.pdf” không thuộc loại được nhận (PDF, JPG, PNG, DOCX, XLSX).')
  await expectAllKept(page)
  if (script > 0) await look(page)

  // Refused by a rule: the way of filing is gone since the page was opened.
  await page.locator('[name=dia-chi-nhan]').fill('12 Lê Lợi, phường Thuận Hóa')
  const way = await page.locator('#tiep-nhan [name=dong]').first().evaluate((field) => (field instanceof HTMLInputElement ? (([field.value, field.checked] = ['98', true]), true) : false))
  expect(way).toBe(true)
  expect(await submit(page)).toBe(409)
  expect(await page.locator('.notice[role=alert]').innerText()).toContain('Cách nộp đã chọn không có trong thủ tục này. Hãy chọn lại.')
  await expectAllKept(page)
  expect(await page.locator('[name=dia-chi-nhan]').inputValue()).toBe('12 Lê Lợi, phường Thuận Hóa')
  if (script > 0) await look(page)

  expect(await submit(page)).toBe(303)
  const { id } = await readReceipt(page)
  await page.goto(`/xu-ly/ho-so/${id}`)
  expect(await page.locator('main').innerText()).toContain('tờ khai.pdf')
}

describe('nothing typed is lost', () => {
  it('after a missing address, a wrong file and a rule that refuses, the same form is received in the end', async () => nothingLost(await desk()))

  it('the same without JavaScript', async () => nothingLost(await desk({ script: false })))

  it('a new applicant with a wrong number comes back as typed, with the sentence at the field', async () => {
    const page = await desk()
    await seekApplicant(page, MARITAL, 'khong ai ten nhu vay')
    const form = page.locator('details.new-person form')
    await form.locator('[name=name]').fill(TYPED.mistyped.name)
    await form.locator('[name=personalNumber]').fill('0460901')
    await form.locator('[name=phone]').fill(TYPED.mistyped.phone)
    await form.locator('[name=address]').fill('7 Bà Triệu')
    expect(await submit(page, /Thêm và chọn/)).toBe(422)
    expect(await form.locator('#personalNumber-error').innerText()).toMatch(/số/i)
    expect(await form.locator('[name=name]').inputValue()).toBe(TYPED.mistyped.name)
    expect(await form.locator('[name=personalNumber]').inputValue()).toBe('0460901')
    expect(await form.locator('[name=phone]').inputValue()).toBe(TYPED.mistyped.phone)
    expect(await form.locator('[name=address]').inputValue()).toBe('7 Bà Triệu')
    expect(page.url()).not.toContain('0460901')
    await look(page)
  })
})

describe('one press too many', () => {
  const dossiersOf = async (page: Page, number: string): Promise<number> => {
    await page.goto(`/xu-ly?q=${number}`)
    return page.locator('tbody tr').count()
  }

  it('the button pressed twice, and the same form sent twice at once, make one dossier each', async () => {
    const page = await desk()
    const { number } = personOf('congdan7')
    const before = await dossiersOf(page, number)
    await seekApplicant(page, MARITAL, number)
    await page.locator('p.chosen').waitFor()
    await page.getByRole('button', { name: /Tiếp nhận và in phiếu/ }).dblclick()
    await readReceipt(page)
    expect(await dossiersOf(page, number)).toBe(before + 1)

    await seekApplicant(page, MARITAL, number)
    await page.locator('p.chosen').waitFor()
    const fields = await page.locator('form#tiep-nhan').evaluate((form) => (form instanceof HTMLFormElement ? Object.fromEntries([...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string')) : {}))
    const answers = await Promise.all([1, 2].map(() => page.request.post('/mot-cua', { multipart: fields, maxRedirects: 0 })))
    expect(answers.map((answer) => answer.status())).toEqual([303, 303])
    expect(new Set(answers.map((answer) => answer.headers()['location'])).size).toBe(1)
    expect(await dossiersOf(page, number)).toBe(before + 2)
  })

  it('passed on in one window, pressed again in another: the second is told that somebody was faster', async () => {
    const page = await desk()
    const { id } = await receiveAt(page, MARITAL, personOf('congdan8').number)
    const other = await page.context().newPage()
    await other.goto(`/mot-cua/ho-so/${id}`)
    expect(await submit(page, /Chuyển/)).toBe(303)
    expect(await submit(other, /Chuyển/)).toBe(409)
    expect(await other.locator('main').innerText()).toContain('chưa được ghi')
    await look(other)
  })
})
