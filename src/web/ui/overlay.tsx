import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'
import { useWord } from './lang.ts'

/** Opened by `<OpenDialog for=…>`; the browser's own dialog, so focus and Escape are right. Without script the content is reached by `fallbackHref`. */
export const Dialog = (props: { readonly id: string; readonly title: string; readonly children?: Child; readonly open?: boolean }) => {
  const word = useWord()
  return (
    <dialog id={props.id} aria-labelledby={`${props.id}-title`} open={props.open}>
      <div class="dialog-head">
        <h2 id={`${props.id}-title`}>{props.title}</h2>
        <form method="dialog">
          <button type="submit" class="icon-button" aria-label={word({ vi: 'Đóng', en: 'Close' })}>
            <Icon name="close" />
          </button>
        </form>
      </div>
      {props.children}
    </dialog>
  )
}

/** `command` and `commandfor` open it without script where the browser knows them; the client script covers the others. */
export const OpenDialog = (props: { readonly for: string; readonly kbd?: string; readonly kind?: 'primary' | 'quiet' | 'danger'; readonly children?: Child }) => (
  <button
    type="button"
    class={`btn ${props.kind ?? 'quiet'}`}
    command="show-modal"
    commandfor={props.for}
    aria-haspopup="dialog"
    {...(props.kbd === undefined ? {} : { 'data-key': props.kbd, 'aria-keyshortcuts': props.kbd })}
  >
    {props.children}
    {props.kbd !== undefined && <kbd aria-hidden="true">{props.kbd}</kbd>}
  </button>
)

/** A message that stays in the page: what happened and what follows. */
export const Notice = (props: { readonly tone?: 'ok' | 'soon' | 'late' | 'plain'; readonly title?: string; readonly role?: 'status' | 'alert'; readonly children?: Child }) => (
  <div class={`notice ${props.tone ?? 'plain'}`} role={props.role}>
    {props.title !== undefined && <b>{props.title}</b>}
    <div>{props.children}</div>
  </div>
)

/** On top of a page whose act the rule refused: what was not done, and why. Nothing where nothing was refused. */
export const Refusal = (props: { readonly title: string; readonly why: string | undefined }) =>
  props.why === undefined ? null : (
    <Notice tone="late" title={props.title} role="alert">
      {props.why}
    </Notice>
  )

/** A short word that something was done; lives in `#toasts`, leaves by its button or by itself. */
export const Toast = (props: { readonly children?: Child }) => {
  const word = useWord()
  return (
    <div class="toast">
      <span>{props.children}</span>
      <button type="button" class="icon-button" data-dismiss="" aria-label={word({ vi: 'Đóng', en: 'Close' })}>
        <Icon name="close" />
      </button>
    </div>
  )
}

/** Every action of the page by its name: opened with `?` by the client script, which fills the list from the keys on the page. */
export const CommandPalette = (props: { readonly commands?: readonly { readonly label: string; readonly href: string; readonly kbd?: string }[] }) => (
  <Dialog id="palette" title="Phím tắt và lệnh">
    <mc-palette>
      <label class="visually-hidden" for="palette-filter">
        Lọc lệnh
      </label>
      <input class="input full" id="palette-filter" type="search" placeholder="Gõ tên lệnh" autocomplete="off" />
      <ul class="palette-list">
        {props.commands?.map((command) => (
          <li>
            <a href={command.href}>
              {command.label}
              {command.kbd !== undefined && <kbd aria-hidden="true">{command.kbd}</kbd>}
            </a>
          </li>
        ))}
      </ul>
    </mc-palette>
  </Dialog>
)

/** What goes to paper: black on white, a header of its own, no menus. On screen it looks like a sheet. */
export const PrintSheet = (props: { readonly agency: string; readonly title: string; readonly children?: Child }) => (
  <article class="sheet">
    <header class="sheet-head">
      <p>{props.agency}</p>
      <p>
        <b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>
        <br />
        Độc lập – Tự do – Hạnh phúc
      </p>
    </header>
    <h2 class="sheet-title">{props.title}</h2>
    {props.children}
  </article>
)
