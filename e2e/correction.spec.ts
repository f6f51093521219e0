/** A wrong procedure found in examination: the leader puts it right, without script, sees the new date first; the new receipt says which it replaced, the old one by which, and whoever looks it up reads both dates. */
import { describe, expect, it } from 'vitest'
import { pdfText, withPdfTools } from '#test/pdf.ts'
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from './browser.ts'
import { everyWay } from './every-way.ts'
import { signIn } from './login.ts'
import { personOf } from './people.ts'
import { assignTo, receiveAt } from './reception.ts'

const open = useBrowser()
const [MARITAL, MARRIAGE] = ['1.004873', '1.000894']

describe('correction of a wrong procedure', () => {
  it('at the desk it was taken for a marital-status certificate; it is a marriage', async () => {
    const desk = await open()
    await signIn(desk, 'motcua.thuanhoa')
    const { id, code, secret } = await receiveAt(desk, MARITAL, personOf('congdan19').number)
    await desk.getByRole('button', { name: /Chuyển/ }).click()
    await desk.waitForURL(/\/mot-cua$/)
    const scripted = await open()
    await signIn(scripted, 'chanhvanphong.thuanhoa')
    await assignTo(scripted, id, 'hotich.thuanhoa')

    const leader = await open({ script: false })
    await signIn(leader, 'chanhvanphong.thuanhoa')
    await leader.goto(`/xu-ly/ho-so/${id}`)
    await leader.locator('summary').filter({ hasText: 'Đính chính, mở lại' }).click()
    await leader.getByRole('link', { name: 'Đính chính thủ tục' }).click()
    await leader.locator('[name=tim]').fill('dang ky ket hon')
    await leader.getByRole('button', { name: 'Tìm', exact: true }).click()
    await leader.getByRole('link', { name: /đăng ký kết hôn$/i }).first().click()
    expect(new URL(leader.url()).searchParams.get('thu-tuc')).toBe(MARRIAGE)
    expect(await leader.locator('main').innerText(), 'the date before anything is done').toContain('hẹn trả')
    // Without a reason: said at the field, and what was ticked is still there.
    await leader.locator('input[name=giay]').first().check()
    await leader.locator('main').getByRole('button', { name: 'Đính chính thủ tục' }).click()
    await leader.locator('.error-summary').waitFor()
    expect(await leader.locator('input[name=giay]').first().isChecked()).toBe(true)
    await leader.locator('textarea[name=reason]').fill('Chọn nhầm khi tiếp nhận')
    await leader.locator('main').getByRole('button', { name: 'Đính chính thủ tục' }).click()
    await leader.waitForURL((url) => url.pathname.endsWith(id))
    const seen = await leader.locator('main').innerText()
    for (const words of ['Đính chính thủ tục', 'Chọn nhầm khi tiếp nhận', MARITAL, MARRIAGE, 'trước đó hẹn']) expect(seen).toContain(words)

    for (const [name, words] of [['bản 1 đã được thay', 'Bản này đã được thay bởi giấy lập ngày'], ['bản đính chính', 'Bản này thay cho giấy lập ngày']] as const) {
      const href = await leader.getByRole('link', { name: new RegExp(name) }).getAttribute('href')
      const pdf = await leader.request.get(href ?? '')
      expect(pdf.status()).toBe(200)
      await withPdfTools(async () => expect((await pdfText(await pdf.body())).replace(/\s+/g, ' ')).toContain(words))
    }

    const stranger = await open({ width: 360 })
    await stranger.goto(`/tra-cuu?ma=${code}`)
    await stranger.locator('[name=ma-tra-cuu]').fill(secret)
    await stranger.getByRole('button', { name: 'Tra cứu', exact: true }).click()
    await stranger.getByText('Cơ quan đã đính chính ngày hẹn.').waitFor()
    expect(await stranger.locator('main').innerText()).not.toContain('Chọn nhầm')
    await expectAccessible(stranger)
    await expectNoSidewaysScroll(stranger)

    // The other page of corrections and the folded forms, in every way and with an error.
    await scripted.goto(`/xu-ly/ho-so/${id}`)
    expect(await everyWay(scripted)).toEqual([])
    await desk.goto(`/xu-ly/ho-so/${id}/dinh-chinh`)
    await desk.locator('[name=phone]').fill('12')
    await desk.getByRole('button', { name: 'Đính chính', exact: true }).click()
    await desk.locator('.error-summary').waitFor()
    expect(await everyWay(desk)).toEqual([])
    await scripted.goto(`/xu-ly/ho-so/${id}/dinh-chinh-thu-tuc?thu-tuc=${MARITAL}`)
    expect(await everyWay(scripted)).toEqual([])
  })
})
