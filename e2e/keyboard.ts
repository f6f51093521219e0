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
}
