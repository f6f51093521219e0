/** Hands on the keyboard only. Names are typed freely, every other press counts. */
import type { Page } from 'playwright-core'

export class Keyboard {
  presses = 0
  private readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  async name(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }
  async press(key: string): Promise<void> {
    this.presses += 1
    await this.page.keyboard.press(key)
  }
  /** Tab until the element has the focus. @throws Error after sixty presses: it cannot be reached */
  async reach(selector: string): Promise<void> {
    for (let i = 0; i < 60; i += 1) {
      if ((await this.page.locator(`${selector}:focus`).count()) > 0) return
      await this.press('Tab')
    }
    throw new Error(`${selector} cannot be reached by Tab on ${this.page.url()}`)
  }
}
