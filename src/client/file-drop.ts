import { sendInPieces } from './_send-in-pieces.ts'

/**
 * Drop files anywhere on the box. With `data-upload` each is sent at once, in pieces, with progress, and the form carries only its id (decision 21); without it the plain input carries the files.
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
      for (const file of files) void this.send(file)
    })
  }
  private get rows(): HTMLUListElement | null {
    return this.querySelector('.file-list')
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
  private async send(file: File) {
    const row = document.createElement('li')
    const label = document.createElement('label')
    const progress = document.createElement('progress')
    progress.max = file.size
    progress.value = 0
    progress.setAttribute('aria-label', `Đang gửi ${file.name}`)
    label.append(file.name)
    row.append(label, progress)
    this.rows?.append(row)
    try {
      const id = await sendInPieces(this.dataset['upload'] ?? '', file, (sent) => (progress.value = sent))
      const box = document.createElement('input')
      box.type = 'checkbox'
      box.name = this.dataset['kept'] ?? 'uploads'
      box.value = id
      box.checked = true
      label.prepend(box, ' ')
    } catch (error) {
      label.append(` – ${error instanceof Error ? error.message : 'chưa gửi được, hãy chọn lại tệp này.'}`)
      row.classList.add('late-ink')
    }
    progress.remove()
  }
}
customElements.define('mc-file-drop', FileDrop)
