/** The pages that only a dossier on its way shows: each officer's queue and forms, the hand-over, the found look-up; in every way, with their refusals. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useBrowser } from './browser.ts'
import { OFFICE, PHONE, everyWay, faultsNow, inScheme } from './every-way.ts'
import { signIn } from './login.ts'
import { smallPdf } from './paper.ts'
import { personOf } from './people.ts'
import { act, assignTo, receiveAt } from './reception.ts'

const open = useBrowser()

const seat = async (username: string): Promise<Page> => {
  const page = await open()
  await signIn(page, username)
  return page
}

/** The queue with the dossier in it and the dossier with its forms unfolded; then back in the office, folded. */
const lookedAt = async (page: Page, dossier: string): Promise<readonly string[]> => {
  await inScheme(page, OFFICE, 'light')
  await page.goto('/xu-ly')
  expect(await page.locator(`a[href="/xu-ly/ho-so/${dossier}"]`).count(), 'the dossier waits in the queue').toBeGreaterThan(0)
  const faults = [...(await everyWay(page))]
  await page.goto(`/xu-ly/ho-so/${dossier}`)
  faults.push(...(await everyWay(page)))
  await inScheme(page, OFFICE, 'light')
  await page.goto(`/xu-ly/ho-so/${dossier}`)
  return faults
}

const send = async (page: Page, button: string | RegExp): Promise<number> => {
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.getByRole('button', { name: button }).click()])
  await page.waitForLoadState()
  return answer.status()
}

it('every page along the way of a dossier, from assignment to the look-up of the returned result', async () => {
  const faults: string[] = []
  const applicant = personOf('congdan11')
  const desk = await seat('motcua.thuanhoa')
  const { id, code } = await receiveAt(desk, '1.004873', applicant.number)
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL(/\/mot-cua$/)

  const leader = await seat('chanhvanphong.thuanhoa')
  faults.push(...(await lookedAt(leader, id)))
  await assignTo(leader, id, 'hotich.thuanhoa')
  const officer = await seat('hotich.thuanhoa')
  faults.push(...(await lookedAt(officer, id)))
  await act(officer, /Trình|Chuyển/, /Trình|Chuyển/)
  await leader.goto(`/xu-ly/ho-so/${id}`)
  await act(leader, /Trình|Chuyển/, /Trình|Chuyển/)
  const signer = await seat('phochutich.thuanhoa')
  faults.push(...(await lookedAt(signer, id)))
  await act(signer, /Ký duyệt/, /Ký duyệt/)

  const clerk = await seat('vanthu.thuanhoa')
  faults.push(...(await lookedAt(clerk, id)))
  await clerk.locator('details.action > summary').filter({ hasText: 'Cấp số' }).click()
  const issue = clerk.locator('details.action[open]')
  await issue.locator('[name=title]').fill('Giấy xác nhận tình trạng hôn nhân')
  await issue.locator('[name=issuedOn]').fill('')
  expect(await send(clerk, /Phát hành/)).toBe(422)
  expect(await issue.locator('[name=title]').inputValue()).toBe('Giấy xác nhận tình trạng hôn nhân')
  expect(await issue.locator('.error-summary').innerText()).toContain('Chọn ngày ký.')
  await issue.locator('[name=number]').fill('34/UBND-XNTTHN')
  await issue.locator('[name=issuedOn]').fill('2099-01-01')
  expect(await send(clerk, /Phát hành/)).toBe(409)
  expect(await clerk.locator('.notice[role=alert]').innerText()).toContain('Ngày ký 01/01/2099 còn ở phía trước.')
  expect(await issue.locator('[name=number]').inputValue()).toBe('34/UBND-XNTTHN')
  faults.push(...(await everyWay(clerk)))
  await inScheme(clerk, OFFICE, 'light')
  await clerk.goto(`/xu-ly/ho-so/${id}`)
  await act(clerk, /Cấp số/, /Phát hành/, async (panel) => {
    await panel.locator('[name=title]').fill('Giấy xác nhận tình trạng hôn nhân')
    await panel.locator('[name=number]').fill('34/UBND-XNTTHN')
  })

  await desk.goto('/mot-cua/tra-ket-qua')
  faults.push(...(await everyWay(desk)))
  await inScheme(desk, OFFICE, 'light')
  await desk.goto(`/mot-cua/tra-ket-qua/${id}`)
  faults.push(...(await everyWay(desk)))
  await desk.locator('[name=signature]').fill('Đã ký phiếu')
  expect(await send(desk, /Trả kết quả/)).toBe(422)
  expect(await desk.locator('.error-summary').innerText()).toContain('Ghi số giấy tờ tùy thân đã đối chiếu.')
  expect(await desk.locator('[name=signature]').inputValue()).toBe('Đã ký phiếu')
  faults.push(...(await everyWay(desk)))
  await desk.locator('[name=idNumber]').fill(applicant.number)
  expect(await send(desk, /Trả kết quả/)).toBe(303)
  await desk.waitForURL(/\/mot-cua\/tra-ket-qua\?ma=/)
  await desk.goto(`/xu-ly/ho-so/${id}`)
  faults.push(...(await everyWay(desk)))

  const citizen = await open({ width: 360 })
  await citizen.goto('/tra-cuu')
  await citizen.locator('[name=ma]').fill(code)
  await citizen.locator('[name=ma-tra-cuu]').fill(applicant.phone.slice(-4))
  await citizen.getByRole('button', { name: 'Tra cứu' }).tap()
  await citizen.getByText('Đã trả kết quả').first().waitFor()
  faults.push(...(await everyWay(citizen)))
  expect(faults).toEqual([])
})

/** As it stands: what was refused is only on the answer. A person reads their own pages at night on the phone too. */
const ownWay = async (page: Page): Promise<readonly string[]> => {
  await inScheme(page, PHONE, 'dark')
  const night = await faultsNow(page, 'phone, dark')
  return [...night, ...(await everyWay(page))]
}

const begin = async (page: Page, code: string): Promise<void> => {
  await inScheme(page, PHONE, 'light')
  await page.goto(`/nop-ho-so/${code}`)
  await page.locator('select[name=noi-nop]').selectOption({ index: 1 })
  const cases = page.locator('input[name=dong][type=radio]:not([disabled])')
  if ((await cases.count()) > 0) await cases.first().check()
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.waitForURL(/\/to-khai/)
}
const onwards = async (page: Page, to: RegExp): Promise<void> => {
  await inScheme(page, PHONE, 'light')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.waitForURL(to)
}

it('a person’s own draft, step by step: untouched, with faults, with warnings, with papers refused, before filing and filed', async () => {
  const faults: string[] = []
  const applicant = personOf('congdan12')
  const page = await open({ width: 360 })
  await signIn(page, 'congdan12')
  // The longest form, with everything open that a choice opens.
  await begin(page, '1.001193')
  faults.push(...(await ownWay(page)))
  for (const who of ['requester', 'mother', 'father']) await page.locator(`[name="${who}.hasNumber"][value=no]`).check()
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.locator('.error-summary').waitFor()
  faults.push(...(await ownWay(page)))
  // Rows, and a line that is flagged.
  await begin(page, '1.001612')
  await page.locator('[name="business.industries.0.name"]').fill('Dịch vụ karaoke')
  await page.getByRole('button', { name: 'Thêm ngành' }).click()
  await page.waitForURL(/#f-business-industries/)
  expect(await page.locator('.field-warning').first().innerText()).toContain('có điều kiện')
  faults.push(...(await ownWay(page)))

  await begin(page, '1.004873')
  await page.locator('[name="requester.fullName"]').fill(applicant.name)
  await page.locator('[name="requester.dateOfBirth"]').fill('12/04/1961')
  await page.locator('[name="requester.personalId"]').fill(applicant.number)
  await page.locator('[name="requester.phone"]').fill(applicant.phone)
  await page.locator('[name="status.maritalStatus"][value="2"]').check()
  await page.locator('[name="status.severalPlaces"][value=no]').check()
  await page.locator('[name="purpose.purpose"]').selectOption('loan')
  await page.locator('[name=declaration]').check()
  await onwards(page, /\/giay-to/)
  faults.push(...(await ownWay(page)))
  await page.locator('[name=nop-cho][value=individual]').check()
  await page.locator('[name=ben-so]').fill('123')
  await page.locator('[name=nhan-ket-qua][value=postal]').check()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'phần mềm.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ no paper') })
  await page.getByText('không thuộc loại được nhận').first().waitFor()
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.locator('.error-summary').waitFor()
  faults.push(...(await ownWay(page)))
  await inScheme(page, PHONE, 'light')
  await page.locator('[name=nop-cho][value=self]').check()
  await page.locator('[name=nhan-ket-qua][value=online]').check()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'giấy tờ.pdf', mimeType: 'application/pdf', buffer: smallPdf('Giay to') })
  await page.getByText('giấy tờ.pdf').first().waitFor()
  faults.push(...(await ownWay(page)))
  await onwards(page, /\/xem-lai/)
  expect(await page.locator('main').innerText()).toContain('Nên xem lại')
  faults.push(...(await ownWay(page)))
  await page.goto(page.url().replace('xem-lai', 'to-khai'))
  expect(await page.locator('.field-warning').first().innerText()).toContain('năm sinh')
  faults.push(...(await ownWay(page)))
  await page.goto(page.url().replace('to-khai', 'xem-lai'))
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click()
  await page.waitForURL(/\/nop-ho-so\/xong\//)
  faults.push(...(await ownWay(page)))
  expect(faults).toEqual([])
})
