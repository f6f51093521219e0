/**
 * `<mc-live data-src>`: hears that something changed (server-sent events), asks for this page again and puts in the parts that carry `data-live`. Focus, ticked
 * boxes and the active row stay where they were; a part with something typed in it is left alone.
 */
/**
 * Hidden that long, a page lets go of its line; shown again, it looks at once. Over HTTP/1.1 a browser holds six lines to a place: tabs that nobody looks at must
 * not take them all.
 */
const ASLEEP_MS = 5_000

const chosenIn = (part: Element): boolean =>
  [...part.querySelectorAll('select')].some((list) => list === document.activeElement || list.selectedIndex !== Math.max(0, [...list.options].findIndex((option) => option.defaultSelected)))

const typedIn = (part: Element): boolean =>
  [...part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type=hidden], [type=checkbox], [type=radio]), textarea')].some((field) => field === document.activeElement || field.value !== field.defaultValue)

/** A choice that was opened, or a hand that is at it, is not pulled away. */
const inUse = (part: Element): boolean => part.querySelector('details[open]') !== null || typedIn(part) || chosenIn(part)

/** The value of a box begins with the dossier and its version: one that moved on since is no longer what was ticked. */
const asSeen = (box: HTMLInputElement): string => box.value.split(' ', 2).join(' ')

/** What makes an element the same after the part was drawn again. */
const nameOf = (element: Element): string => {
  const row = element.closest('tr')?.id ?? ''
  return `${row} ${element.tagName} ${element.id} ${element.getAttribute('href') ?? element.getAttribute('name') ?? element.textContent ?? ''}`
}

class Live extends HTMLElement {
  private source: EventSource | undefined
  private asking = false
  private again = false
  private sleep = 0
  private readonly onShown = () => this.shown()

  connectedCallback() {
    if (document.visibilityState === 'visible') this.open()
    document.addEventListener('visibilitychange', this.onShown)
    // A page that the browser keeps for the way back must not hold its line.
    addEventListener('pagehide', () => this.close())
    addEventListener('pageshow', (event) => event.persisted && this.wake())
  }
  disconnectedCallback() {
    this.close()
    document.removeEventListener('visibilitychange', this.onShown)
  }
  private shown() {
    clearTimeout(this.sleep)
    if (document.visibilityState === 'hidden') this.sleep = window.setTimeout(() => this.close(), ASLEEP_MS)
    else if (this.source === undefined) this.wake()
  }
  private wake() {
    this.open()
    void this.draw()
  }
  private open() {
    if (this.source !== undefined) return
    const source = new EventSource(this.dataset['src'] ?? '')
    source.addEventListener('change', () => void this.draw())
    source.addEventListener('ended', () => this.close())
    this.source = source
  }
  private close() {
    this.source?.close()
    this.source = undefined
  }

  private async draw(): Promise<void> {
    if (this.asking) {
      this.again = true
      return
    }
    this.asking = true
    // What the address says of an act that was just done is not said again.
    const response = await fetch(location.href, { headers: { 'X-Live': '1' }, redirect: 'manual' }).catch(() => undefined)
    if (response?.ok === true) this.put(new DOMParser().parseFromString(await response.text(), 'text/html'))
    else if (response !== undefined && response.status < 500) this.close()
    this.asking = false
    if (this.again) {
      this.again = false
      await this.draw()
    }
  }

  private put(page: Document) {
    let changed = false
    for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
      const drawn = page.getElementById(part.id)
      if (drawn === null || inUse(part)) continue
      changed = true
      const { activeElement } = document
      const focus = activeElement !== null && part.contains(activeElement) ? nameOf(activeElement) : undefined
      const active = part.querySelector('tr.active')?.id
      const ticked = new Set([...part.querySelectorAll<HTMLInputElement>('tr input[type=checkbox]:checked')].map(asSeen))
      part.replaceChildren(...[...drawn.childNodes].map((node) => document.adoptNode(node)))
      for (const box of part.querySelectorAll<HTMLInputElement>('tbody tr input[type=checkbox]')) box.checked = ticked.has(asSeen(box))
      if (active !== undefined && active !== '') part.querySelector(`tr[id="${CSS.escape(active)}"]`)?.dispatchEvent(new CustomEvent('mc:activate', { bubbles: true }))
      if (focus !== undefined) [...part.querySelectorAll<HTMLElement>('a, button, input, summary, select')].find((element) => nameOf(element) === focus)?.focus({ preventScroll: true })
      part.dispatchEvent(new Event('change', { bubbles: true }))
    }
    if (!changed) return
    this.textContent = ''
    // Said again although the words are the same.
    requestAnimationFrame(() => (this.textContent = this.dataset['words'] ?? ''))
  }
}
customElements.define('mc-live', Live)
