/** One Chromium for a spec file; pages by width, colour scheme, with and without JavaScript. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export type Screen = { readonly width?: 360 | 1366; readonly script?: boolean; readonly dark?: boolean; readonly lang?: 'vi' | 'en' }

export const baseUrl = (): string => inject('baseUrl')

export const useBrowser = () => {
  let browser: Browser
  const contexts: BrowserContext[] = []
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS })
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser.close()
  })
  return async (screen: Screen = {}): Promise<Page> => {
    const width = screen.width ?? 1366
    const context = await browser.newContext({
      baseURL: baseUrl(),
      viewport: { width, height: width === 360 ? 740 : 768 },
      hasTouch: width === 360,
      javaScriptEnabled: screen.script ?? true,
      colorScheme: screen.dark ? 'dark' : 'light',
      locale: 'vi-VN',
      acceptDownloads: true,
    })
    context.setDefaultTimeout(15_000)
    contexts.push(context)
    const page = await context.newPage()
    // A page that breaks its own content security policy, or throws, fails the journey.
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text())
    })
    return page
  }
}

const faults: string[] = []
afterAll(() => expect(faults).toEqual([]))

/** What axe calls serious, at this page as it stands now; by all rules unless told which. axe needs script: call it only on pages that have it. */
export const seriousFaults = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  // No frames here, so no second page is needed to gather them; and only what is wrong is described in full. Both are for speed.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  const { violations } = await (rules === undefined ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']) : axe.withRules([...rules])).analyze()
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  return serious.map((v) => `${page.url()} ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)
}

export const expectAccessible = async (page: Page): Promise<void> => expect(await seriousFaults(page)).toEqual([])

/** A page must fit its screen: nothing scrolls sideways except inside its own scroller. */
export const sidewaysFaults = async (page: Page): Promise<readonly string[]> => {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  return (inner ?? 0) > (outer ?? 0) ? [`${page.url()} is ${inner} px wide on a screen of ${outer}`] : []
}

export const expectNoSidewaysScroll = async (page: Page): Promise<void> => expect(await sidewaysFaults(page)).toEqual([])
