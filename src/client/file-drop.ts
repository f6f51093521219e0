/**
 * Drop files anywhere on the box. With `data-upload` each is sent at once, with progress, and the form carries only its id (decision 21); without it the plain input carries the files.
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
      for (const file of files) this.send(file)
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
  private send(file: File) {
    const row = document.createElement('li')
    const label = document.createElement('label')
    const progress = document.createElement('progress')
    progress.max = file.size
    progress.value = 0
    progress.setAttribute('aria-label', `Đang gửi ${file.name}`)
    label.append(file.name)
    row.append(label, progress)
    this.rows?.append(row)
    const request = new XMLHttpRequest()
    request.open('POST', this.dataset['upload'] ?? '')
    request.responseType = 'json'
    request.setRequestHeader('X-CSRF-Token', document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? '')
    request.setRequestHeader('Accept', 'application/json')
    request.upload.addEventListener('progress', (event) => (progress.value = event.loaded))
    request.addEventListener('loadend', () => {
      progress.remove()
      const answer: unknown = request.response
      const id = typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string' ? answer.id : undefined
      if (request.status >= 300 || id === undefined) {
        label.append(' – chưa gửi được, hãy chọn lại tệp này')
        row.classList.add('late-ink')
        return
      }
      const box = document.createElement('input')
      box.type = 'checkbox'
      box.name = this.dataset['kept'] ?? 'uploads'
      box.value = id
      box.checked = true
      label.prepend(box)
    })
    const body = new FormData()
    body.set('file', file)
    request.send(body)
  }
}
customElements.define('mc-file-drop', FileDrop)
