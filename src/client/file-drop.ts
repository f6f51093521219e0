import { LineLost, sendInPieces } from './_send-in-pieces.ts'

/** Words come with the element: its page speaks Vietnamese or English. */
const WORDS = { sending: 'Đang gửi {name}', again: 'Gửi tiếp', remove: 'Bỏ', lost: 'mất kết nối. Phần đã gửi vẫn được giữ; khi có mạng hãy bấm gửi tiếp.', failed: 'chưa gửi được, hãy chọn lại tệp này.' }

/**
 * Drop files anywhere on the box. With `data-upload` each is sent at once, in pieces, with progress, and the form carries only its id (decision 21); without
 * it the plain input carries the files. With `data-remove` a sent file stands with a button that takes it away, else with a tick.
 */
class FileDrop extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    const box = this.querySelector<HTMLElement>('.file-drop')
    if (input === null || box === null) return
    this.classList.add('ready')
    for (const name of ['dragenter', 'dragover']) box.addEventListener(name, (event) => (event.preventDefault(), this.classList.add('over')))
    for (const name of ['dragleave', 'drop']) box.addEventListener(name, () => this.classList.remove('over'))
    box.addEventListener('drop', (event) => {
      event.preventDefault()
      if (event.dataTransfer === null) return
      input.files = event.dataTransfer.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])]
      if (this.dataset['upload'] === undefined) return this.list(files)
      input.value = ''
      for (const file of files) void this.send(file, this.row(file))
    })
  }
  private get rows(): HTMLUListElement | null {
    return this.querySelector('.file-list')
  }
  private word(name: keyof typeof WORDS): string {
    return this.dataset[name] ?? WORDS[name]
  }
  private list(files: readonly File[]) {
    for (const row of this.querySelectorAll('.file-list li[data-picked]')) row.remove()
    for (const file of files) {
      const row = document.createElement('li')
      row.dataset['picked'] = ''
      row.textContent = `${file.name} · ${Math.max(1, Math.round(file.size / 1000))} kB`
      this.rows?.append(row)
    }
  }
  private row(file: File): HTMLLIElement {
    const row = document.createElement('li')
    const label = document.createElement('label')
    label.append(file.name)
    row.append(label)
    this.rows?.append(row)
    return row
  }
  private async send(file: File, row: HTMLLIElement) {
    const label = row.querySelector('label') ?? row
    const progress = document.createElement('progress')
    progress.max = file.size
    progress.value = 0
    progress.setAttribute('aria-label', this.word('sending').replace('{name}', file.name))
    row.append(progress)
    row.dataset['sending'] = ''
    try {
      this.sent(row, label, await sendInPieces(this.dataset['upload'] ?? '', file, (sent) => (progress.value = sent)))
    } catch (error) {
      this.failed(row, label, file, error)
    }
    progress.remove()
    delete row.dataset['sending']
    goOn(this.closest('form'))
  }
  private sent(row: HTMLElement, label: HTMLElement, id: string) {
    const field = document.createElement('input')
    field.name = this.dataset['kept'] ?? 'uploads'
    field.value = id
    if (this.dataset['remove'] === undefined) {
      field.type = 'checkbox'
      field.checked = true
      label.prepend(field, ' ')
    } else {
      field.type = 'hidden'
      row.append(field, this.button('remove', () => row.remove()))
    }
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }
  private failed(row: HTMLElement, label: HTMLElement, file: File, error: unknown) {
    const said = document.createElement('span')
    said.role = 'alert'
    said.textContent = ` – ${error instanceof LineLost ? this.word('lost') : error instanceof Error ? error.message : this.word('failed')}`
    label.append(said)
    row.classList.add('late-ink')
    if (!(error instanceof LineLost)) return
    const again = this.button('again', () => {
      said.remove()
      again.remove()
      row.classList.remove('late-ink')
      void this.send(file, row as HTMLLIElement)
    })
    row.append(again)
  }
  private button(word: 'remove' | 'again', act: () => void): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'btn quiet small'
    button.textContent = this.word(word)
    button.addEventListener('click', () => {
      const form = button.closest('form')
      act()
      form?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    return button
  }
}
customElements.define('mc-file-drop', FileDrop)

// What the page itself drew as kept goes at once, too; without script its button sends the form.
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('mc-file-drop[data-remove] .file-list button[name="bo"]') : null
  const form = button?.form
  if (button === null || form === null || form === undefined) return
  event.preventDefault()
  button.closest('li')?.remove()
  form.dispatchEvent(new Event('change', { bubbles: true }))
})

/** Whoever presses on while a file is still on its way has it waited for, then goes on. */
const pressed = new WeakMap<HTMLFormElement, HTMLElement | null>()
const isSending = (form: HTMLFormElement): boolean => form.querySelector('mc-file-drop li[data-sending]') !== null
const goOn = (form: HTMLFormElement | null) => {
  if (form === null || !pressed.has(form) || isSending(form)) return
  const submitter = pressed.get(form) ?? null
  pressed.delete(form)
  // What could not be sent is looked at first.
  if (form.querySelector('mc-file-drop li.late-ink') === null) form.requestSubmit(submitter)
}
document.addEventListener(
  'submit',
  (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !isSending(form)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    pressed.set(form, event.submitter)
  },
  true,
)
