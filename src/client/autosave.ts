/**
 * Saves a form as it is typed (decision 21): `<form data-autosave="/address">`, and an element `[data-save-state]` that says how it stands. Without script the
 * form's own buttons save.
 */
const QUIET_MS = 1_200
const RETRY_MS = [3_000, 10_000, 30_000] as const

class Autosave {
  private timer = 0
  private sending = false
  private dirty = false
  private failures = 0

  constructor(
    private readonly form: HTMLFormElement,
    private readonly address: string,
    private readonly line: HTMLElement | null,
  ) {
    for (const kind of ['input', 'change']) form.addEventListener(kind, () => this.later(QUIET_MS))
    form.addEventListener('submit', () => {
      clearTimeout(this.timer)
      this.dirty = false
    })
    addEventListener('online', () => this.dirty && this.later(0))
    // Whoever turns away in mid-word loses nothing: the request outlives the page.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.dirty && void this.save(true))
  }

  private later(ms: number) {
    this.dirty = true
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => void this.save(false), ms)
  }

  private async save(leaving: boolean) {
    clearTimeout(this.timer)
    // One at a time: an older text must not arrive after a newer one.
    if (this.sending) return
    this.sending = true
    this.dirty = false
    this.say('saving')
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') body.append(name, value)
    const response = await fetch(this.address, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual', keepalive: leaving && body.toString().length < 60_000 }).catch(() => undefined)
    this.sending = false
    if (response?.ok === true) {
      const answer: unknown = await response.json().catch(() => undefined)
      const time = typeof answer === 'object' && answer !== null && 'savedAt' in answer ? String(answer.savedAt) : ''
      this.failures = 0
      this.say('saved', time)
      if (this.dirty) this.later(0)
      return
    }
    const lost = response !== undefined && (response.type === 'opaqueredirect' || [401, 403, 404, 422].includes(response.status))
    this.say(lost ? 'lost' : 'failed')
    if (!lost) this.later(RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)] ?? 30_000)
  }

  private say(state: 'saving' | 'saved' | 'failed' | 'lost', time = '') {
    if (this.line === null) return
    this.line.dataset['state'] = state
    this.line.textContent = (this.line.dataset[state] ?? '').replace('{time}', time)
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) new Autosave(form, form.dataset['autosave'] ?? '', document.querySelector('[data-save-state]'))
