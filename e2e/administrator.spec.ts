/** The administrator: settles what the published text left open, keeps the calendar, the organisation and the accounts, and finds it all in the log. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { fold } from '#kernel/text.ts'
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { TYPED, personOf } from './people.ts'
import { receiveAt } from './reception.ts'

const open = useBrowser()

/** So that a walk against a program that already runs finds its own acts. */
const turn = Date.now().toString(36)

const administrator = async (): Promise<Page> => {
  const page = await open()
  await signIn(page, 'quantri')
  return page
}

const look = async (page: Page) => {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

/** Sends the form and expects it back with sentences in Vietnamese; what was typed is the caller's to check. */
const refused = async (page: Page, button: string | RegExp, status: 409 | 422, sentences: readonly (string | RegExp)[]): Promise<void> => {
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.getByRole('button', { name: button }).click()])
  expect(answer.status()).toBe(status)
  const summary = page.locator('.error-summary')
  await summary.waitFor()
  for (const sentence of sentences) expect(await summary.innerText()).toMatch(sentence)
  expect(await summary.innerText()).toContain('Những gì đã nhập vẫn còn nguyên.')
  await look(page)
}

/** The readers of the log come a moment after the act. */
const inTheLog = async (page: Page, filter: Readonly<Record<string, string>>, fact: string): Promise<void> => {
  const found = async () => {
    await page.goto(`/quan-tri/nhat-ky?${new URLSearchParams(filter).toString()}`)
    const rows = page.locator('tbody tr').filter({ hasText: fact })
    return rows.count()
  }
  await expect.poll(found, { timeout: 20_000, interval: 250, message: `${JSON.stringify(filter)}: ${fact}` }).toBeGreaterThan(0)
  const row = page.locator('tbody tr').filter({ hasText: fact }).first()
  expect(await row.innerText()).toContain(personOf('quantri').name)
  await row.locator('summary').click()
  await look(page)
}

describe('a limit that the published text left open', () => {
  it('is settled by the administrator; then it stands on the public page and the counter receives', async () => {
    const page = await administrator()
    await page.getByRole('link', { name: 'Thủ tục', exact: true }).first().click()
    await page.getByLabel('Lĩnh vực').selectOption({ value: 'ho-tich' })
    await page.getByRole('button', { name: 'Lọc' }).click()
    await page.waitForURL(/linh-vuc=ho-tich/)
    await look(page)
    const row = page.locator('tbody tr').filter({ hasText: 'Phường, xã' }).filter({ hasText: 'thời hạn không có đơn vị' }).first()
    const code = /\d\.\d{6}/.exec(await row.innerText())?.[0] ?? ''

    const citizen = await open({ width: 360 })
    await citizen.goto(`/thu-tuc/${code}`)
    expect(await citizen.locator('.method').first().innerText()).toContain('chưa xác định')
    const desk = await open()
    await signIn(desk, 'motcua.thuanhoa')
    await desk.goto(`/mot-cua?thu-tuc=${code}`)
    expect(await desk.locator('.due-card').innerText()).toContain('chưa nhận tại quầy được')

    await row.locator('a').first().click()
    await page.waitForURL(`**/quan-tri/thu-tuc/${code}`)
    await look(page)
    await page.getByRole('link', { name: 'Quyết định', exact: true }).first().click()
    await look(page)
    await page.getByLabel('Một số ngày, tháng hoặc giờ').check()
    await page.locator('[name=amount]').fill('năm')
    await page.getByLabel('Lý do').fill('Ngắn')
    await refused(page, 'Ghi quyết định', 422, [/Ghi thời hạn là một số từ 0 trở lên\./, /Ghi lý do, ít nhất 10 chữ cái\./, /Trích câu chữ làm căn cứ\./])
    expect(await page.locator('[name=amount]').inputValue()).toBe('năm')
    expect(await page.locator('[name=reason]').inputValue()).toBe('Ngắn')
    expect(await page.getByLabel('Một số ngày, tháng hoặc giờ').isChecked()).toBe(true)

    await page.locator('[name=amount]').fill('1,3')
    await page.getByLabel('Lý do').fill('Bảng công bố ghi số ngày mà không ghi đơn vị; các thủ tục cùng quyết định đều tính bằng ngày làm việc.')
    await page.getByLabel('Căn cứ').fill(`Quyết định công bố, mục cách thức thực hiện (${turn})`)
    await refused(page, 'Ghi quyết định', 409, [/Thời hạn này không tính được/])
    expect(await page.locator('[name=amount]').inputValue()).toBe('1,3')
    await page.locator('[name=amount]').fill('4')
    await page.getByRole('button', { name: 'Ghi quyết định' }).click()
    await page.waitForURL(new RegExp(`/quan-tri/thu-tuc/${code}(#|$)`))
    expect(await page.getByText('đã quyết định').count()).toBeGreaterThan(0)
    await look(page)

    await citizen.reload()
    expect(await citizen.locator('.method').first().innerText()).toContain('4 ngày làm việc')
    expect(await citizen.locator('.method').first().innerText()).not.toContain('chưa xác định')
    const { code: dossier } = await receiveAt(desk, code, personOf('congdan3').number)
    expect(await desk.locator('main').innerText()).toContain('4 ngày làm việc')
    expect(dossier).not.toBe('')

    await inTheLog(page, { loai: 'procedure.row-settled', 'doi-tuong': code }, code)
  })
})

describe('a holiday', () => {
  /** Filed on Tuesday 15/06/2027 for one working day: due on Wednesday, and on Thursday while that Wednesday is a holiday. */
  const due = async (page: Page): Promise<string> => {
    await page.goto('/tinh-han?ngay=2027-06-15&gio=10:00&so=1&don-vi=working-day')
    return page.locator('main .card').first().innerText()
  }

  it('added by the administrator moves every due date computed from then on, and moves it back when it is taken out', async () => {
    const page = await administrator()
    const citizen = await open({ width: 360, script: false })
    expect(await due(citizen)).toContain('16/06')

    await page.goto('/quan-tri/lich?nam=2027')
    await look(page)
    await page.getByRole('link', { name: 'Thêm ngày' }).click()
    await page.locator('[name=date]').fill('2027-06-16')
    await page.locator('[name=source]').fill(`Thông báo số 16/TB-UBND (${turn})`)
    await refused(page, 'Ghi vào lịch', 422, [/Ghi tên ngày/])
    expect(await page.locator('[name=date]').inputValue()).toBe('2027-06-16')
    expect(await page.locator('[name=source]').inputValue()).toBe(`Thông báo số 16/TB-UBND (${turn})`)
    await page.locator('[name=kind]').selectOption('swapped-workday')
    await page.locator('[name=name]').fill(`Ngày hội áo dài ${turn}`)
    await refused(page, 'Ghi vào lịch', 409, [/vốn là ngày làm việc/])
    await page.locator('[name=kind]').selectOption('holiday')
    await page.getByRole('button', { name: 'Ghi vào lịch' }).click()
    await page.waitForURL(/\/quan-tri\/lich\?nam=2027/)
    expect(await page.locator('main').innerText()).toContain(`Ngày hội áo dài ${turn}`)

    expect(await due(citizen)).toContain('17/06')
    expect(await citizen.locator('table.days').innerText()).toContain(`Ngày hội áo dài ${turn}`)

    await page.getByRole('link', { name: /Thứ Tư.*16\/06\/2027/ }).click()
    await page.getByText('Bỏ ngày này khỏi lịch').click()
    await refused(page, 'Bỏ khỏi lịch', 422, [/Ghi lý do bỏ ngày này\./])
    await page.locator('[name=reason]').fill(`Ghi để thử (${turn})`)
    await page.getByRole('button', { name: 'Bỏ khỏi lịch' }).click()
    await page.waitForURL(/\/quan-tri\/lich\?nam=2027/)
    expect(await due(citizen)).toContain('16/06')
    expect(await page.locator('main').innerText()).toContain(`Ghi để thử (${turn})`)

    await inTheLog(page, { loai: 'calendar.day-set' }, `Ngày hội áo dài ${turn}`)
    await inTheLog(page, { loai: 'calendar.day-removed', nguoi: fold(personOf('quantri').name) }, `Ghi để thử (${turn})`)
  })
})

describe('the organisation', () => {
  it('a unit is renamed from a day on; a new post is filled by a new person, who gets an account and a password of her own', async () => {
    const page = await administrator()
    await page.goto('/quan-tri/co-quan')
    await page.getByLabel('Tên hoặc mã đơn vị').fill('H57.56.03')
    await page.getByRole('button', { name: 'Tìm' }).click()
    await page.locator('tbody a').first().click()
    await page.waitForURL(/\/quan-tri\/co-quan\/[0-9a-f-]+$/)
    await page.locator('summary').filter({ hasText: /^Đổi tên$/ }).click()
    await page.locator('[name=ten-moi]').fill('')
    await page.locator('[name=ten-ngan-moi]').fill(`BTTP ${turn}`)
    await refused(page, 'Đổi tên', 422, [/Hãy nhập tên/])
    expect(await page.locator('[name=ten-ngan-moi]').inputValue()).toBe(`BTTP ${turn}`)
    await page.locator('[name=ten-moi]').fill(`Phòng Bổ trợ tư pháp và Công chứng ${turn}`)
    const today = await page.locator('[name=ten-tu]').inputValue()
    await page.locator('[name=ten-tu]').fill('2020-01-01')
    await refused(page, 'Đổi tên', 409, [/Ngày phải từ \d\d\/\d\d\/\d{4} trở đi\./])
    await page.locator('[name=ten-tu]').fill(today)
    await page.getByRole('button', { name: 'Đổi tên' }).click()
    await page.waitForURL(/xong=doi-ten/)
    expect(await page.locator('h1').innerText()).toBe(`Phòng Bổ trợ tư pháp và Công chứng ${turn}`)
    await look(page)

    const title = `Chuyên viên tập sự ${turn}`
    await page.locator('summary').filter({ hasText: 'Thêm vị trí công tác' }).click()
    await page.locator('[name=chuc-danh]').fill(title)
    await page.locator('[name=vai-tro]').selectOption('case-officer')
    await page.getByRole('button', { name: 'Thêm vị trí' }).click()
    await page.waitForURL(/xong=vi-tri/)
    const seat = page.locator('tr').filter({ hasText: title })
    expect(await seat.innerText()).toContain('đang trống')
    await seat.getByRole('link', { name: 'Giao' }).click()
    await page.locator('[name=so]').fill('04609')
    await page.locator('[name=ten]').fill(TYPED.newOfficer.name)
    await refused(page, 'Giao vị trí', 422, [/số/i])
    expect(await page.locator('[name=so]').inputValue()).toBe('04609')
    expect(await page.locator('[name=ten]').inputValue()).toBe(TYPED.newOfficer.name)
    await page.locator('[name=so]').fill(TYPED.newOfficer.number)
    await page.getByRole('button', { name: 'Giao vị trí' }).click()
    await page.waitForURL(/xong=giao/)
    expect(await seat.innerText()).toContain(TYPED.newOfficer.name)
    await inTheLog(page, { loai: 'unit.renamed' }, turn)

    await account(page)
  })
})

/** An account for the new officer: refused with what was typed, opened, the password shown once and changed at the first sign-in; locked at the end. */
const account = async (page: Page) => {
  await page.goto('/quan-tri/tai-khoan')
  await look(page)
  await page.locator('summary').filter({ hasText: 'Mở tài khoản mới' }).click()
  await page.locator('[name=so]').fill('046000000000')
  await page.locator('details [name=ten]').fill(`vien.${turn}`)
  await refused(page, 'Mở tài khoản', 422, [/Chưa có ai mang số định danh này/])
  expect(await page.locator('details [name=ten]').inputValue()).toBe(`vien.${turn}`)
  await page.locator('[name=so]').fill(TYPED.newOfficer.number)
  await page.locator('details [name=ten]').fill('quantri')
  await refused(page, 'Mở tài khoản', 409, [/đã có người dùng/])
  await page.locator('details [name=ten]').fill(`vien.${turn}`)
  await page.getByRole('button', { name: 'Mở tài khoản' }).click()
  const password = (await page.locator('code.receipt-code').innerText()).trim()
  await look(page)

  const officer = await open()
  await officer.goto('/dang-nhap')
  await officer.locator('[name=ten]').fill(`vien.${turn}`)
  await officer.locator('[name=mat-khau]').fill(password)
  await officer.getByRole('button', { name: /^Đăng nhập/ }).click()
  await officer.waitForURL(/\/tai-khoan\/phien/)
  expect(await officer.locator('main').innerText()).toContain('Hãy đặt mật khẩu của riêng bạn')
  await officer.goto('/xu-ly')
  expect(new URL(officer.url()).pathname, 'nothing else opens before the change').toBe('/tai-khoan/phien')
  await look(officer)

  await page.goto(`/quan-tri/tai-khoan?q=vien.${turn}`)
  await page.locator('tbody a').first().click()
  await page.getByRole('button', { name: 'Khóa tài khoản' }).click()
  await page.getByText('đã khóa').first().waitFor()
  await officer.goto('/tai-khoan/phien')
  expect(new URL(officer.url()).pathname, 'a locked account is out at once').toBe('/dang-nhap')
}

describe('what the city does by itself, and who looked', () => {
  it('the jobs page lists the schedule and nothing dead; the log shows sign-ins and that nobody can change it', async () => {
    const page = await administrator()
    await page.getByRole('link', { name: 'Việc nền' }).first().click()
    await page.waitForURL(/\/quan-tri\/cong-viec/)
    expect(await page.locator('#dead').innerText()).toBe('Việc hỏng (0)')
    expect(await page.locator('main').innerText()).toContain('Niêm phong nhật ký')
    await look(page)
    await page.goto(`/quan-tri/nhat-ky/truy-cap?${new URLSearchParams({ nguoi: fold(personOf('quantri').name) }).toString()}`)
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0)
    await look(page)
    await page.goto('/quan-tri/nhat-ky/niem-phong')
    expect(await page.locator('main').innerText()).toContain('không: chỉ được ghi thêm')
    await look(page)
  })
})
