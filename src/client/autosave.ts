/**
 * Saves a form as it is typed (decision 21): `<form data-autosave="/address">`, and an element `[data-save-state]` that says how it stands. Without script the
 * form's own buttons save.
 */
const QUIET_MS = 1_200
const RETRY_MS = [3_000, 10_000, 30_000] as const

type State = 'saving' | 'saved' | 'failed' | 'lost'

class Autosave {
  private timer = 0
  private sending: Promise<void> | undefined
  private dirty = false
  private failures = 0
  private state: State | undefined
  /** The last answer says that nothing would be taken now. */
  private stuck = false
  private waiting = false
  private passing = false

  constructor(
    private readonly form: HTMLFormElement,
    private readonly address: string,
    private readonly line: HTMLElement | null,
  ) {
    for (const kind of ['input', 'change']) form.addEventListener(kind, () => this.later(QUIET_MS))
    form.addEventListener('submit', (event) => this.submitted(event))
    addEventListener('online', () => this.isOwing() && this.later(0))
    document.addEventListener('visibilitychange', () => {
      // Whoever turns away in mid-word loses nothing: the request outlives the page.
      if (document.visibilityState === 'hidden') return void (this.dirty && this.save(true))
      // Back from another tab, where they signed in again perhaps.
      if (this.state === 'lost') this.later(0)
    })
  }

  /** Something typed is not on the server. */
  private isOwing(): boolean {
    return this.dirty || this.state === 'failed' || this.state === 'lost'
  }

  /**
   * Saves before it goes on: where the line or the session is gone, the browser's own page of an error would take the place of everything typed. So it stays,
   * says so, and goes on when it is pressed again.
   */
  private submitted(event: SubmitEvent) {
    clearTimeout(this.timer)
    if (this.passing) {
      this.passing = false
      this.dirty = false
      return
    }
    event.preventDefault()
    if (!this.waiting) void this.saveThenGoOn(event.submitter)
  }

  private async saveThenGoOn(submitter: HTMLElement | null) {
    this.waiting = true
    await this.sending
    await this.save(false)
    this.waiting = false
    if (this.stuck) return this.line?.scrollIntoView({ block: 'center' })
    this.passing = true
    this.form.requestSubmit(submitter)
  }

  private later(ms: number) {
    this.dirty = true
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => void this.save(false), ms)
  }

  /** One at a time: an older text must not arrive after a newer one. */
  private save(leaving: boolean): Promise<void> {
    clearTimeout(this.timer)
    this.sending ??= this.send(leaving).finally(() => (this.sending = undefined))
    return this.sending
  }

  private async send(leaving: boolean) {
    this.dirty = false
    // Signed in again in another tab, the page has a new token; without it nothing is taken.
    if (this.state === 'lost' && !(await this.renewed())) return
    this.say('saving')
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') body.append(name, value)
    const response = await fetch(this.address, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual', keepalive: leaving && body.toString().length < 60_000 }).catch(() => undefined)
    const lost = response !== undefined && (response.type === 'opaqueredirect' || [401, 403, 404].includes(response.status))
    this.stuck = response === undefined || lost || response.status >= 500
    if (response?.ok === true) {
      const answer: unknown = await response.json().catch(() => undefined)
      const time = typeof answer === 'object' && answer !== null && 'savedAt' in answer ? String(answer.savedAt) : ''
      this.failures = 0
      this.say('saved', time)
      if (this.dirty) this.later(0)
      return
    }
    this.say(lost ? 'lost' : 'failed')
    if (!lost) this.later(RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)] ?? 30_000)
  }

  /** @returns whether the page is ours to open: then its token stands in every form here */
  private async renewed(): Promise<boolean> {
    const page = await fetch(location.pathname + location.search, { redirect: 'manual' }).catch(() => undefined)
    const token = page?.ok === true ? new DOMParser().parseFromString(await page.text(), 'text/html').querySelector<HTMLInputElement>('input[name="_csrf"]')?.value : undefined
    if (token === undefined) return false
    for (const field of document.querySelectorAll<HTMLInputElement>('input[name="_csrf"]')) field.value = token
    document.querySelector('meta[name="csrf"]')?.setAttribute('content', token)
    return true
  }

  private say(state: State, time = '') {
    this.state = state
    if (this.line === null) return
    this.line.dataset['state'] = state
    this.line.textContent = (this.line.dataset[state] ?? '').replace('{time}', time)
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) new Autosave(form, form.dataset['autosave'] ?? '', document.querySelector('[data-save-state]'))
