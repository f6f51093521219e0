/** Suggestions while typing (WAI-ARIA combobox with a list). Choosing one fills the field and sends `change`; the page's own search button stays. */
type Suggestion = { readonly value: string; readonly label: string; readonly hint?: string; readonly href?: string }

const isSuggestion = (value: unknown): value is Suggestion => typeof value === 'object' && value !== null && 'value' in value && 'label' in value

class Combobox extends HTMLElement {
  private list: HTMLUListElement | undefined
  private items: readonly Suggestion[] = []
  private active = -1
  private timer = 0
  private asked = 0

  connectedCallback() {
    const { input } = this
    if (this.dataset['source'] === undefined || input === null) return
    const list = document.createElement('ul')
    list.className = 'combo-list'
    list.id = `${input.id}-suggestions`
    list.role = 'listbox'
    list.hidden = true
    this.append(list)
    this.list = list
    input.role = 'combobox'
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-controls', list.id)
    input.addEventListener('input', () => {
      clearTimeout(this.timer)
      this.timer = window.setTimeout(() => void this.ask(), 120)
    })
    input.addEventListener('keydown', (event) => this.key(event))
    input.addEventListener('blur', () => setTimeout(() => this.close(), 150))
    list.addEventListener('mousedown', (event) => {
      const row = event.target instanceof Element ? event.target.closest('li') : null
      if (row === null) return
      event.preventDefault()
      this.choose([...list.children].indexOf(row))
    })
  }
  private get input(): HTMLInputElement | null {
    return this.querySelector('input')
  }
  private async ask() {
    const q = this.input?.value.trim() ?? ''
    const turn = ++this.asked
    if (q.length < 2) return this.close()
    const source = this.dataset['source'] ?? ''
    const response = await fetch(`${source}${source.includes('?') ? '&' : '?'}q=${encodeURIComponent(q)}`, { headers: { Accept: 'application/json' } }).catch(() => undefined)
    // A slower, older answer must not overwrite a newer one.
    if (response?.ok !== true || turn !== this.asked) return
    const body: unknown = await response.json()
    this.items = Array.isArray(body) ? body.filter(isSuggestion) : []
    this.draw()
  }
  private draw() {
    const { list, input } = this
    if (list === undefined || input === null) return
    this.active = -1
    list.replaceChildren(
      ...this.items.map((item, i) => {
        const row = document.createElement('li')
        row.role = 'option'
        row.id = `${list.id}-${i}`
        row.textContent = item.label
        if (item.hint !== undefined && item.hint !== '') {
          const hint = document.createElement('div')
          hint.className = 'hint'
          hint.textContent = item.hint
          row.append(hint)
        }
        return row
      }),
    )
    list.hidden = this.items.length === 0
    input.setAttribute('aria-expanded', String(!list.hidden))
  }
  private key(event: KeyboardEvent) {
    const { list, input } = this
    if (list === undefined || input === null || list.hidden) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.active = (this.active + step + this.items.length) % this.items.length
      for (const [i, row] of [...list.children].entries()) row.setAttribute('aria-selected', String(i === this.active))
      input.setAttribute('aria-activedescendant', `${list.id}-${this.active}`)
      list.children[this.active]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') this.choose(Math.max(0, this.active))
    else if (event.key === 'Escape') this.close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  private choose(i: number) {
    const item = this.items[i]
    if (item === undefined || this.input === null) return
    this.close()
    if (item.href !== undefined) return location.assign(item.href)
    this.input.value = item.value
    this.input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  private close() {
    this.asked++
    if (this.list === undefined) return
    this.list.hidden = true
    this.input?.setAttribute('aria-expanded', 'false')
    this.input?.removeAttribute('aria-activedescendant')
  }
}
customElements.define('mc-combobox', Combobox)
