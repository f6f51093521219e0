/** One page looked at in every way: on a phone, in an office, by light and dark, folded and unfolded. */
import type { Page } from 'playwright-core'
import { seriousFaults, sidewaysFaults } from './browser.ts'

export const PHONE = { width: 360, height: 740 }
export const OFFICE = { width: 1366, height: 768 }

export const inScheme = async (page: Page, screen: typeof PHONE, colorScheme: 'light' | 'dark') => {
  await page.setViewportSize(screen)
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
}

const OF_COLOUR = ['color-contrast', 'link-in-text-block']

export const faultsNow = async (page: Page, where: string): Promise<readonly string[]> => [...(await seriousFaults(page)), ...(await sidewaysFaults(page))].map((fault) => `${where}: ${fault}`)

/** As it opens on a phone; then everything that folds unfolded: on the phone, in the office by light and by dark. */
export const everyWay = async (page: Page): Promise<readonly string[]> => {
  const faults: string[] = []
  await inScheme(page, PHONE, 'light')
  faults.push(...(await faultsNow(page, 'phone')))
  // Forms that fold each other share a name; without it they stand open side by side.
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.removeAttribute('name'), (details.open = true))))
  faults.push(...(await sidewaysFaults(page)).map((fault) => `phone, unfolded: ${fault}`))
  await inScheme(page, OFFICE, 'light')
  faults.push(...(await faultsNow(page, 'office, unfolded')))
  await inScheme(page, OFFICE, 'dark')
  // The same page in other colours.
  faults.push(...(await seriousFaults(page, OF_COLOUR)).map((fault) => `dark, unfolded: ${fault}`))
  return faults
}
