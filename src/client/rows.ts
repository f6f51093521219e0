/** `<mc-rows>` around a table: j and k (or the arrows) move, Enter opens, x ticks, f opens at the action; with `data-select` the space bar ticks too. The first row is active from the start. */
class Rows extends HTMLElement {
  private at = 0
  private readonly onKey = (event: KeyboardEvent) => this.key(event)

  connectedCallback() {
    document.addEventListener('keydown', this.onKey)
    this.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('tr') : null
      const i = this.rows.findIndex((r) => r === row)
      if (i >= 0) this.show(i, false)
    })
    // Drawn again by `<mc-live>`: the row that was active stays so.
    this.addEventListener('mc:activate', (event) => this.show(this.rows.findIndex((row) => row === event.target), false))
    this.show(0, false)
  }
  disconnectedCallback() {
    document.removeEventListener('keydown', this.onKey)
  }
  private get rows(): readonly HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>('tbody tr[data-href]')]
  }
  private show(i: number, scroll = true) {
    const { rows } = this
    if (rows.length === 0) return
    this.at = Math.max(0, Math.min(rows.length - 1, i))
    for (const [n, row] of rows.entries()) {
      row.classList.toggle('active', n === this.at)
      if (n === this.at) row.setAttribute('aria-current', 'true')
      else row.removeAttribute('aria-current')
    }
    const row = rows[this.at]
    if (scroll && row !== undefined) {
      row.scrollIntoView({ block: 'nearest' })
      row.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
    }
  }
  private key(event: KeyboardEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]') !== null) return
    const { target } = event
    if (target instanceof HTMLElement && target.matches('input:not([type=checkbox]), select, textarea')) return
    const row = this.rows[this.at]
    if (event.key === 'j' || event.key === 'ArrowDown') this.show(this.at + 1)
    else if (event.key === 'k' || event.key === 'ArrowUp') this.show(this.at - 1)
    else if (event.key === 'x' || (event.key === ' ' && this.dataset['select'] !== undefined && !(target instanceof HTMLElement && target.matches('input, button, summary')))) row?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    else if (event.key === 'Enter' && (target === document.body || target === null)) location.assign(row?.dataset['href'] ?? location.href)
    // Straight to the action: the dossier opens with its first action ready.
    // A list that is ticked has an `f` of its own, on a button.
    else if (event.key === 'f' && this.dataset['select'] === undefined && row?.dataset['href'] !== undefined) location.assign(`${row.dataset['href']}#chuyen`)
    else return
    event.preventDefault()
  }
}
customElements.define('mc-rows', Rows)
