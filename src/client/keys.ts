/**
 * One key does what the element that shows it does: `data-key="f"` on a button, link or field. Two keys in a row (`g q`) are written with a blank.
 * Nothing happens while the person types, nor with Ctrl, Alt or Meta held.
 */
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'submit', 'button', 'file'].includes(target.type)))

const visible = (element: HTMLElement): boolean => element.checkVisibility()

const byKey = (key: string): HTMLElement | undefined => {
  const scope = document.querySelector('dialog[open]') ?? document
  return [...scope.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)].find(visible)
}

/** Opens a folded form and goes to where the hand is needed: the element marked `data-first`, else its first field. */
const unfold = (summary: HTMLElement) => {
  const details = summary.closest('details')
  if (details === null) return
  details.open = true
  const first = details.querySelector<HTMLElement>('[data-first]') ?? details.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea, button')
  first?.focus()
}

const act = (element: HTMLElement) => {
  if (element.tagName === 'SUMMARY') return unfold(element)
  if (element.dataset['press'] !== undefined) element.click()
  else if (element instanceof HTMLInputElement && ['checkbox', 'radio', 'submit', 'button', 'file'].includes(element.type)) element.focus()
  else if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) {
    element.focus()
    if (element instanceof HTMLInputElement) element.select()
  } else if (element instanceof HTMLButtonElement || element instanceof HTMLAnchorElement) element.click()
  else (element.querySelector<HTMLElement>('input, select, textarea, button, a') ?? element).focus()
}

const openPalette = () => {
  const palette = document.querySelector<HTMLDialogElement>('#palette') ?? buildPalette()
  palette.showModal()
}

/** All keys of this page with the words beside them. */
const buildPalette = (): HTMLDialogElement => {
  const dialog = document.createElement('dialog')
  dialog.id = 'palette'
  dialog.setAttribute('aria-label', 'Phím tắt và lệnh')
  const list = document.createElement('ul')
  list.className = 'palette-list'
  for (const element of document.querySelectorAll<HTMLElement>('[data-key]')) {
    if (!visible(element)) continue
    const item = document.createElement('li')
    const button = document.createElement('button')
    button.type = 'button'
    const words = element.closest('.field')?.querySelector('label, legend')?.firstChild?.textContent ?? element.getAttribute('aria-label') ?? element.firstChild?.textContent ?? ''
    const kbd = document.createElement('kbd')
    kbd.textContent = element.dataset['key'] ?? ''
    button.append(words.trim(), kbd)
    button.addEventListener('click', () => {
      dialog.close()
      act(element)
    })
    item.append(button)
    list.append(item)
  }
  const heading = document.createElement('h2')
  heading.textContent = 'Phím tắt của trang này'
  const close = document.createElement('button')
  close.className = 'btn quiet'
  close.textContent = 'Đóng'
  close.addEventListener('click', () => dialog.close())
  dialog.append(heading, list, close)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  return dialog
}

let first = ''
document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
  if (typing(event.target)) {
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
    return
  }
  if (event.key === '?') {
    event.preventDefault()
    openPalette()
    return
  }
  const element = byKey(first === '' ? event.key : `${first} ${event.key}`) ?? byKey(event.key)
  first = ''
  if (element === undefined) {
    if (event.key === 'g') {
      first = 'g'
      setTimeout(() => (first = ''), 1200)
    }
    return
  }
  // Enter on a button or link is the browser's own.
  if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target !== document.body && event.target.matches('a, button, summary, [tabindex="0"]')) return
  event.preventDefault()
  act(element)
})

// `#chuyen`: from the list straight to the action.
const wanted = location.hash.length > 1 ? document.querySelector<HTMLElement>(`details${CSS.escape(location.hash).replace('\\#', '#')} > summary`) : null
if (wanted !== null) {
  unfold(wanted)
  // The browser comes to the fragment by itself, later than this script, and takes the focus away again.
  addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => document.activeElement === document.body && unfold(wanted), 0)))
}

// Escape folds an open action again and gives the focus back.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  const open = document.querySelector<HTMLDetailsElement>('details.action[open]')
  if (open === null) return
  open.open = false
  open.querySelector<HTMLElement>('summary')?.focus()
})
