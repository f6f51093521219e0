/** An apology the day before: the administrator of the demo lets time pass, the letter waits for the head by itself, the citizen reads both dates. Runs late: time never goes back. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { formatDate, plainDate } from '#kernel/plain-date.ts'
import { shippedCalendar, workingDateAfter, workingDateBefore } from '#modules/calendar'
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { personOf } from './people.ts'
import { assignTo, receiveAt } from './reception.ts'

const open = useBrowser()
const calendar = shippedCalendar()
/** `03/12/2026` as the clock shows it. */
const dayOf = (shown: string) => plainDate(shown.split('/').toReversed().join('-'))
const seat = async (username: string, width: 360 | 1366 = 1366): Promise<Page> => {
  const page = await open({ width })
  await signIn(page, username)
  return page
}

it('drafted by the system one working day before the date, signed by the head, read by the citizen with both dates', async () => {
  const clock = await seat('quantri')
  const nextMorning = async (): Promise<string> => {
    await clock.goto('/quan-tri/dong-ho')
    await clock.getByRole('button', { name: /Sáng ngày làm việc tới/ }).click()
    await clock.waitForURL(/xong=1/)
    return (await clock.locator('h1 .num').innerText()).trim().slice(0, 10)
  }
  const desk = await seat('motcua.thuanhoa')
  const applicant = personOf('congdan17')
  const receivedOn = dayOf(await nextMorning())
  const { id, code } = await receiveAt(desk, '1.004873', applicant.number)
  const promised = await desk.locator('main').innerText()
  const days = [1, 2, 3, 5, 7, 10].map((n) => workingDateAfter(calendar, receivedOn, n))
  const dueOn = days.findLast((day) => promised.includes(formatDate(day).slice(0, 5)))
  if (dueOn === undefined) throw new Error(`no due date of ${days.join(', ')} on the receipt`)
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL((url) => !url.pathname.endsWith(id))

  const head = await seat('phochutich.thuanhoa')
  /** The run begins by itself when the clock has moved; it needs a moment. */
  const waits = async (tries: number): Promise<boolean> => {
    for (let n = 0; n < tries; n += 1) {
      await head.goto('/xu-ly/sap-han?muc=thu')
      if ((await head.locator('tbody').getByText(code).count()) > 0) return true
      await head.waitForTimeout(500)
    }
    return false
  }
  expect(await waits(1)).toBe(false)
  const eve = workingDateBefore(calendar, dueOn, 1)
  for (let today = receivedOn; today < eve; ) today = dayOf(await nextMorning())
  expect(await waits(30), 'no letter waited on the working day before').toBe(true)
  await expectAccessible(head)

  // The draft, then the signature: one tick, one key.
  const row = head.locator('tbody tr', { hasText: code })
  expect(await row.innerText()).toContain('Xin lỗi, hẹn lại ngày')
  await row.locator('input[type=checkbox]').check()
  await head.getByRole('button', { name: /Ký và gửi/ }).click()
  await head.getByText('Đã ký và gửi 1 thư.').waitFor()
  await head.goto(`/xu-ly/ho-so/${id}`)
  expect(await head.locator('main').innerText()).toContain('đã hẹn lại; hẹn gốc')
  // Once only.
  expect(await head.locator('details.action > summary').filter({ hasText: 'Hẹn lại' }).count()).toBe(0)
  await expectAccessible(head)

  const phone = await open({ width: 360 })
  await phone.goto('/tra-cuu')
  await phone.locator('[name=ma]').fill(code)
  await phone.locator('[name=ma-tra-cuu]').fill(applicant.phone.slice(-4))
  await phone.getByRole('button', { name: 'Tra cứu' }).click()
  await phone.getByText('Cơ quan xin lỗi và hẹn lại ngày trả kết quả.').waitFor()
  const told = await phone.locator('main').innerText()
  expect(told).toMatch(/Ngày hẹn ban đầu: [\s\S]+Hẹn lại: [\s\S]+Lý do: /)
  expect(told).not.toContain('quá hạn')
  await expectNoSidewaysScroll(phone)
  await expectAccessible(phone)

  // At home the letter itself can be read.
  const home = await seat('congdan17', 360)
  await home.goto(`/tai-khoan/ho-so/${id}`)
  const letter = home.getByRole('link', { name: 'Thư của cơ quan (PDF)' })
  const answer = await home.request.get((await letter.getAttribute('href')) ?? '')
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
  await expectNoSidewaysScroll(home)

  // Nothing of it stands in the way of the work.
  await assignTo(await seat('chanhvanphong.thuanhoa'), id, 'hotich.thuanhoa')
}, 300_000)
