/** A colleague falls ill: the leader says so and gives all of their work on in one act. And forty dossiers at once, from the desk to the signature, by five presses of a button. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Screen, expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { personOf } from './people.ts'
import { assignTo, receiveAt, seekApplicant } from './reception.ts'

const open = useBrowser()
const MARITAL = '1.004873'
const CERTIFIED_COPY = '2.000815'

const as = async (username: string, screen: Screen = {}): Promise<Page> => {
  const page = await open(screen)
  await signIn(page, username)
  return page
}
const look = async (page: Page) => {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

/** With script and without, the same pages. */
const reassign = async (screen: Screen) => {
  const desk = await as('motcua.thuanhoa')
  const leader = await as('chanhvanphong.thuanhoa', screen)
  const sick = personOf('hotich.thuanhoa').name
  const given: { readonly id: string; readonly code: string }[] = []
  for (const citizen of ['congdan21', 'congdan22']) {
    const { id, code } = await receiveAt(desk, MARITAL, personOf(citizen).number)
    await desk.getByRole('button', { name: /Chuyển/ }).click()
    await desk.waitForURL(/\/mot-cua$/)
    await assignTo(leader, id, 'hotich.thuanhoa')
    given.push({ id, code })
  }

  await leader.goto('/xu-ly/vang-mat')
  const person = leader.locator('select[name=nguoi]')
  await person.selectOption({ label: (await person.locator('option').allInnerTexts()).find((text) => text.startsWith(`${sick} ·`)) ?? '' })
  await leader.getByRole('button', { name: 'Ghi vắng mặt' }).click()
  await leader.waitForURL(/xong=ghi/)
  const away = leader.locator('tr').filter({ hasText: sick })
  expect(await away.innerText()).toContain('đang vắng')
  if (screen.script !== false) await look(leader)

  await leader.goto('/xu-ly/phan-viec')
  await leader.locator('tr').filter({ hasText: sick }).getByRole('link').click()
  for (const { code } of given) await leader.locator('tbody').getByRole('link', { name: code }).waitFor()
  if (screen.script !== false) await look(leader)
  await leader.locator('[name=loi-dan]').fill('Làm thay trong lúc đồng nghiệp ốm')
  await leader.getByRole('button', { name: /^Chuyển cả \d+ hồ sơ/ }).click()
  expect(await leader.getByRole('status').filter({ hasText: 'Đã' }).innerText()).toMatch(/Đã phân công \d+ hồ sơ/)
  expect(await leader.locator('tr').filter({ hasText: sick }).locator('td[data-label="Đang giữ"]').innerText()).toBe('0')

  // Each dossier tells it.
  await leader.goto(`/xu-ly/ho-so/${given[0]?.id ?? ''}`)
  expect(await leader.locator('main').innerText()).toContain('Làm thay trong lúc đồng nghiệp ốm')

  await leader.goto('/xu-ly/vang-mat')
  await leader.locator('tr').filter({ hasText: sick }).getByRole('button', { name: `${sick} đã trở lại` }).click()
  await leader.waitForURL(/xong=tro-lai/)
}

describe("a sick colleague's work", () => {
  it('is given on in one act, with a note in each dossier', () => reassign({}), 120_000)
  it('also without script', () => reassign({ script: false }), 120_000)
})

/** The same form again, with a key of its own each time: what forty presses would send. */
const receiveMany = async (desk: Page, n: number): Promise<void> => {
  await seekApplicant(desk, CERTIFIED_COPY, personOf('congdan23').number)
  await desk.locator('p.chosen').waitFor()
  const form = desk.locator('form').filter({ has: desk.getByRole('button', { name: /Tiếp nhận và in phiếu/ }) })
  const { action, fields } = await form.evaluate((element) => {
    if (!(element instanceof HTMLFormElement)) throw new Error('no form')
    return { action: element.action, fields: [...new FormData(element)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])) }
  })
  const key = fields.find(([name]) => name === 'submissionKey')?.[1] ?? ''
  for (let i = 0; i < n; i++) {
    const sent = new FormData()
    // UUIDv7: its last digits are chance, so another one is as good.
    for (const [name, value] of fields) sent.append(name, name === 'submissionKey' ? `${key.slice(0, -4)}${String(1000 + i)}` : value)
    const answer = await desk.request.post(action, { multipart: sent, maxRedirects: 0 })
    expect(answer.status()).toBe(303)
  }
}

/** Ticks every row of a step and presses; says how many were done. */
const allOf = async (page: Page, step: string, button: RegExp): Promise<number> => {
  await page.goto(step)
  await page.locator('html.js').waitFor()
  await page.locator('tbody tr').filter({ hasText: 'Chứng thực bản sao' }).locator('input[type=checkbox]').evaluateAll((boxes) => boxes.forEach((box) => (box instanceof HTMLInputElement ? box.click() : undefined)))
  await page.getByRole('button', { name: button }).click()
  const told = await page.getByRole('status').filter({ hasText: 'Đã' }).innerText()
  return Number(/(\d+) hồ sơ/.exec(told)?.[1])
}

describe('the pages about people', () => {
  it.each([360, 1366] as const)('are accessible and fit a screen of %i', async (width) => {
    const signer = await as('phochutich.thuanhoa', { width })
    for (const address of ['/xu-ly/uy-quyen', '/xu-ly/vang-mat', '/xu-ly/don-vi']) {
      await signer.goto(address)
      await look(signer)
    }
    await signer.goto('/xu-ly/uy-quyen')
    await signer.getByRole('button', { name: 'Ghi ủy quyền' }).click()
    expect(await signer.locator('main').innerText()).toContain('Chọn người được ủy quyền')
    await look(signer)
    const leader = await as('chanhvanphong.thuanhoa', { width })
    for (const address of ['/xu-ly/phan-viec', '/xu-ly?tab=don-vi']) {
      await leader.goto(address)
      await look(leader)
    }
    const administrator = await as('quantri', { width })
    await administrator.goto('/quan-tri/co-quan?q=van+phong+hdnd+va+ubnd')
    await administrator.locator('tbody a').first().click()
    await administrator.getByRole('link', { name: 'Phân công hồ sơ' }).click()
    await administrator.getByRole('button', { name: 'Lưu cách phân công' }).waitFor()
    await look(administrator)
  }, 90_000)
})

describe('forty at once', () => {
  it('the desk forwards, an officer takes and submits, the leader approves forty on one page', async () => {
    const [desk, officer, signer] = [await as('motcua.thuanhoa'), await as('hotich.thuanhoa'), await as('phochutich.thuanhoa')]
    await receiveMany(desk, 40)
    expect(await allOf(desk, '/xu-ly?buoc=receive&xem=tat-ca', /Chuyển bước tiếp/)).toBeGreaterThanOrEqual(40)
    expect(await allOf(officer, '/xu-ly?buoc=handle&xem=tat-ca', /Nhận xử lý/)).toBeGreaterThanOrEqual(40)
    expect(await allOf(officer, '/xu-ly?buoc=handle&xem=tat-ca', /Chuyển bước tiếp/)).toBeGreaterThanOrEqual(40)
    await signer.goto('/xu-ly/ky-duyet')
    await signer.locator('html.js').waitFor()
    await signer.keyboard.press('a')
    await look(signer)
    await signer.getByRole('button', { name: /Ký duyệt/ }).click()
    const told = await signer.getByRole('status').filter({ hasText: 'Đã' }).innerText()
    expect(Number(/Đã ký duyệt (\d+) hồ sơ/.exec(told)?.[1])).toBeGreaterThanOrEqual(40)
    // Nothing waits any more, and a second look says so.
    await signer.goto('/xu-ly/ky-duyet')
    expect(await signer.locator('main').innerText()).toContain('Không có hồ sơ nào chờ ký')
  }, 180_000)
})
