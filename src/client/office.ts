/** What officers' pages load: htmx, keys, rows, suggestions, files. Pages work without it. */
import 'htmx.org'
import './combobox.ts'
import './dialogs.ts'
import './file-drop.ts'
import './keys.ts'
import './live.ts'
import './rows.ts'

document.documentElement.classList.add('js')

// Every request of ours carries the token of the page (decision 29: nothing inline, so it stands in a meta tag).
const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? ''
document.addEventListener('htmx:config:request', (event) => {
  const detail: unknown = (event as CustomEvent).detail
  if (typeof detail !== 'object' || detail === null || !('ctx' in detail)) return
  const { ctx } = detail as { ctx: { request: { headers: Record<string, string> } } }
  ctx.request.headers['X-CSRF-Token'] = token
})
