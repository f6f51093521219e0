/** Every page of the route table that a demo role can open, its error states and its dialogs: nothing serious by axe, nothing sideways, on a phone and in an office, light and dark. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS, type Role } from '#modules/access'
import { listDemoSignIns } from '#modules/organisation'
import type { Route } from '#web/http.ts'
import { routes } from '#web/routes.ts'
import { sidewaysFaults, useBrowser } from './browser.ts'
import { OFFICE, PHONE, everyWay, faultsNow, inScheme } from './every-way.ts'
import { signIn } from './login.ts'
import { type Ids, OF_ONE_PERSON, addressesOf, findIds, isPage } from './places.ts'
import { seekApplicant } from './reception.ts'

const open = useBrowser()
const pages = routes.filter((route) => route.method === 'GET' && route.devOnly !== true && isPage(route.path) && !OF_ONE_PERSON.has(route.path))

/** The post of each demo sign-in; a citizen has none. */
const ROLE_OF: Readonly<Record<string, Role | undefined>> = {
  'motcua.thuanhoa': 'desk-officer',
  'giamdoc.thuanhoa': 'desk-leader',
  'hotich.thuanhoa': 'case-officer',
  'chanhvanphong.thuanhoa': 'unit-leader',
  'phochutich.thuanhoa': 'signer',
  'vanthu.thuanhoa': 'clerk',
  chutich: 'chair',
  kiemsoat: 'control-officer',
  noivu: 'home-affairs',
  quantri: 'administrator',
  congdan: undefined,
}

const mayOpen = (username: string, { access }: Route): boolean => {
  if (access === 'public') return false
  if (access === 'signed-in') return true
  const role = ROLE_OF[username]
  return role !== undefined && (PERMISSIONS[access] as readonly Role[]).includes(role)
}

const onPhone = async (page: Page): Promise<readonly string[]> => {
  await inScheme(page, PHONE, 'light')
  return faultsNow(page, 'phone')
}

const fitsPhone = async (page: Page): Promise<readonly string[]> => {
  await inScheme(page, PHONE, 'light')
  return sidewaysFaults(page)
}

let ids: Ids
/** Signed in once, used by everything below. */
const seats = new Map<string, Page>()
const seatOf = async (username: string): Promise<Page> => {
  const page = seats.get(username) ?? (await open())
  if (!seats.has(username)) {
    seats.set(username, page)
    if (username !== '') await signIn(page, username)
  }
  return page
}

beforeAll(async () => {
  ids = await findIds(await seatOf('motcua.thuanhoa'), await seatOf('quantri'))
}, 120_000)

describe('every page of the route table', () => {
  it('would be noticed if it were at fault', async () => {
    const page = await seatOf('')
    await inScheme(page, PHONE, 'light')
    await page.goto('/tinh-han')
    await page.evaluate(() => document.querySelector('main')?.insertAdjacentHTML('beforeend', '<img src="/icon.svg"><pre class="wider">x</pre>'))
    await page.locator('pre.wider').evaluate((element) => (element.style.width = '900px'))
    const faults = await faultsNow(page, 'phone')
    expect(faults.some((fault) => fault.includes('image-alt'))).toBe(true)
    expect(faults.some((fault) => fault.includes('is 9') && fault.includes('on a screen of 360'))).toBe(true)
  })

  it('is walked below by somebody', () => {
    expect(listDemoSignIns().map((who) => who.username)).toEqual(Object.keys(ROLE_OF))
    expect(pages.filter((route) => route.access !== 'public' && !Object.keys(ROLE_OF).some((username) => mayOpen(username, route))).map((route) => route.path)).toEqual([])
    expect(Object.values(ids).filter((id) => id === '' || id.includes('undefined'))).toEqual([])
  })

  it('that anybody may open', async () => {
    const page = await seatOf('')
    const faults: string[] = []
    for (const address of pages.filter((route) => route.access === 'public').flatMap((route) => addressesOf(route, ids))) {
      const answer = await page.goto(address)
      expect(answer?.status(), address).toBe(200)
      faults.push(...(await everyWay(page)))
    }
    expect(faults).toEqual([])
  })

  // Each page in every way by the first who may open it; by the second as they see it on a phone; by all others whether it fits.
  const seen = new Set<string>()
  const twice = new Set<string>()
  const byWhom = Object.keys(ROLE_OF).map((username) => {
    const own = pages.filter((route) => mayOpen(username, route))
    const first = own.filter((route) => !seen.has(route.path))
    first.forEach((route) => seen.add(route.path))
    return { username, first, again: own.filter((route) => !first.includes(route)) }
  })

  it.each(byWhom)('that $username may open', async ({ username, first, again }) => {
    const page = await seatOf(username)
    const faults: string[] = []
    for (const address of first.flatMap((route) => addressesOf(route, ids))) {
      const answer = await page.goto(address)
      expect(answer?.status(), address).toBe(address === '/quan-tri' && username !== 'quantri' ? 403 : 200)
      faults.push(...(await everyWay(page)))
    }
    for (const route of again) {
      const address = addressesOf(route, ids).at(-1) ?? route.path
      const answer = await page.goto(address)
      // The dossiers of another agency are not theirs to read, and say so in a page of their own.
      expect([200, 403, 404], address).toContain(answer?.status())
      faults.push(...(twice.has(route.path) ? await fitsPhone(page) : await onPhone(page)))
      twice.add(route.path)
    }
    expect(faults).toEqual([])
    // Some sixty pages, four ways each.
  }, 600_000)
})

type State = { readonly name: string; readonly who: string; readonly status: number; readonly reach: (page: Page) => Promise<number | undefined> }

const goTo = (address: string) => async (page: Page) => (await page.goto(address))?.status()
const send = async (page: Page, button: string | RegExp): Promise<number> => {
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.getByRole('button', { name: button }).click()])
  await page.waitForLoadState()
  return answer.status()
}

const STATES: readonly State[] = [
  { name: 'a limit that is no number', who: '', status: 422, reach: goTo('/tinh-han?ngay=2026-02-31&gio=25:00&so=ba&don-vi=gio&gio-chot=x') },
  { name: 'no such page', who: '', status: 404, reach: goTo('/khong-co-trang-nay') },
  { name: 'no such procedure', who: '', status: 404, reach: goTo('/thu-tuc/9.999999') },
  { name: 'a look-up without words', who: '', status: 422, reach: async (page) => (await page.goto('/tra-cuu'), send(page, 'Tra cứu')) },
  {
    name: 'a look-up that does not match',
    who: '',
    status: 404,
    reach: async (page) => {
      await page.goto('/tra-cuu')
      await page.locator('[name=ma]').fill('H57.12-20260101-0000001')
      await page.locator('[name=ma-tra-cuu]').fill('QQQQ')
      return send(page, 'Tra cứu')
    },
  },
  { name: 'a sign-in without words', who: '', status: 422, reach: async (page) => (await page.goto('/dang-nhap'), send(page, /^Đăng nhập/)) },
  { name: 'a page of others', who: 'congdan', status: 403, reach: goTo('/quan-tri/lich') },
  { name: 'an administrator at the counter', who: 'quantri', status: 403, reach: goTo('/mot-cua') },
  { name: 'no such dossier', who: 'motcua.thuanhoa', status: 404, reach: goTo('/xu-ly/ho-so/01890000-0000-7000-8000-000000000000') },
  {
    name: 'an intake with too many sets and no address',
    who: 'motcua.thuanhoa',
    status: 422,
    reach: async (page) => {
      await page.goto(`/mot-cua?thu-tuc=1.004873&nguoi-nop=${ids.applicant}`)
      await page.locator('[name=so-bo]').fill('99')
      await page.locator('[name=tra-ket-qua]').selectOption('postal')
      return send(page, /Tiếp nhận và in phiếu/)
    },
  },
  { name: 'a new applicant without a name', who: 'motcua.thuanhoa', status: 422, reach: async (page) => (await seekApplicant(page, '', 'zzzqqq xxx'), await page.locator('details.new-person [name=name]').fill(''), send(page, /Thêm và chọn/)) },
  {
    name: 'a dossier sent back without a reason',
    who: 'chanhvanphong.thuanhoa',
    status: 422,
    reach: async (page) => {
      await page.goto(`/xu-ly/ho-so/${ids.dossier}`)
      await page.locator('details.action > summary').filter({ hasText: 'Trả lại' }).click()
      return send(page, 'Trả lại')
    },
  },
  { name: 'a decision without words', who: 'quantri', status: 422, reach: async (page) => (await page.goto(ids.unsettled), send(page, 'Ghi quyết định')) },
  { name: 'a day of the calendar without words', who: 'quantri', status: 422, reach: async (page) => (await page.goto('/quan-tri/lich/ngay'), send(page, 'Ghi vào lịch')) },
  { name: 'a day of the calendar as it stands already', who: 'quantri', status: 409, reach: async (page) => (await page.goto('/quan-tri/lich/ngay/2026-09-02'), send(page, 'Ghi vào lịch')) },
]

describe('every error state', () => {
  it.each(STATES)('$status: $name', async ({ who, status, reach }) => {
    const page = await seatOf(who)
    await inScheme(page, OFFICE, 'light')
    expect(await reach(page)).toBe(status)
    expect(await page.locator('h1').count()).toBe(1)
    expect(await everyWay(page)).toEqual([])
  })
})

describe('what opens over a page', () => {
  it('the list of keys and the account menu, in the office, light and dark', async () => {
    const page = await seatOf('motcua.thuanhoa')
    for (const scheme of ['light', 'dark'] as const) {
      await inScheme(page, OFFICE, scheme)
      await page.goto('/mot-cua/hom-nay')
      await page.locator('html.js').waitFor()
      await page.keyboard.press('?')
      await page.locator('dialog#palette[open]').waitFor()
      expect(await faultsNow(page, `keys, ${scheme}`)).toEqual([])
      await page.keyboard.press('Escape')
      await page.locator('.account-button').click()
      await page.locator('#account').waitFor({ state: 'visible' })
      expect(await faultsNow(page, `account, ${scheme}`)).toEqual([])
    }
  })

  it('the suggestions of the intake, and the menu on a phone', async () => {
    const page = await seatOf('motcua.thuanhoa')
    await inScheme(page, OFFICE, 'light')
    await page.goto('/mot-cua')
    await page.locator('[name=tim-thu-tuc]').pressSequentially('khai sinh')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await faultsNow(page, 'suggestions')).toEqual([])
    for (const [address, who] of [['/', ''], ['/mot-cua/hom-nay', 'motcua.thuanhoa'], ['/quan-tri', 'quantri']] as const) {
      const phone = await seatOf(who)
      await inScheme(phone, PHONE, 'light')
      await phone.goto(address)
      await phone.locator('.menu-button').click()
      await phone.locator('#menu').waitFor({ state: 'visible' })
      expect(await faultsNow(phone, `menu of ${address}`)).toEqual([])
    }
  })
})
