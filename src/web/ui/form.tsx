import type { Child } from 'hono/jsx'
import type { View } from '../http.ts'
import { useWord } from './lang.ts'

/** Messages by field name. `''` is the form as a whole. */
export type Errors = Readonly<Record<string, string>>

/**
 * Adds the CSRF field, and the submission key that makes a repeated POST harmless (decision 17): the page gives a fresh UUIDv7, and the same one again with a 422.
 * `method="get"` adds neither. `novalidate`: our own messages speak Vietnamese and stay on the page.
 */
export const Form = (props: {
  readonly view: View
  readonly action: string
  readonly method?: 'get' | 'post'
  readonly submissionKey?: string
  readonly multipart?: boolean
  readonly id?: string
  readonly class?: string
  readonly label?: string
  readonly role?: 'search'
  readonly attributes?: Readonly<Record<string, string>>
  readonly children?: Child
}) => {
  const method = props.method ?? 'post'
  return (
    <form
      method={method}
      action={props.action}
      id={props.id}
      class={props.class ?? 'form'}
      role={props.role}
      aria-label={props.label}
      novalidate={true}
      {...(props.multipart === true ? { enctype: 'multipart/form-data' } : {})}
      {...props.attributes}
    >
      {method === 'post' && <input type="hidden" name="_csrf" value={props.view.csrf} />}
      {props.submissionKey !== undefined && <input type="hidden" name="submissionKey" value={props.submissionKey} />}
      {props.children}
    </form>
  )
}

/** On top of a refused form: what is wrong, each line a link to its field. Takes the focus when the page opens. Nothing where there are no errors. */
export const ErrorSummary = (props: { readonly errors: Errors; readonly title?: string; readonly ids?: Readonly<Record<string, string>> }) => {
  const word = useWord()
  const entries = Object.entries(props.errors)
  if (entries.length === 0) return null
  return (
    <div class="error-summary" role="alert" tabindex={-1} id="error-summary" autofocus={true}>
      <h2>{props.title ?? word({ vi: 'Còn chỗ cần sửa', en: 'Please correct the following' })}</h2>
      <ul>
        {entries.map(([name, message]) => (
          <li>{name === '' ? message : <a href={`#${props.ids?.[name] ?? name}`}>{message}</a>}</li>
        ))}
      </ul>
      <p class="soft">{word({ vi: 'Những gì đã nhập vẫn còn nguyên.', en: 'Everything you typed is still here.' })}</p>
    </div>
  )
}

type ButtonProps = {
  readonly children?: Child
  readonly kind?: 'primary' | 'quiet' | 'danger'
  readonly kbd?: string
  readonly name?: string
  readonly value?: string
  readonly wide?: boolean
  readonly disabled?: boolean
  readonly attributes?: Readonly<Record<string, string>>
}

const buttonClass = (props: { readonly kind?: string; readonly wide?: boolean }) =>
  `btn ${props.kind ?? 'primary'}${props.wide === true ? ' wide' : ''}`
const keyAttributes = (kbd: string | undefined) => (kbd === undefined ? {} : { 'data-key': kbd, 'aria-keyshortcuts': kbd })
const KeyHint = (props: { readonly kbd?: string | undefined }) => (props.kbd === undefined ? null : <kbd aria-hidden="true">{props.kbd === 'Enter' ? '⏎' : props.kbd}</kbd>)

/** One primary button per screen; the others are quiet. */
export const Button = (props: ButtonProps & { readonly type?: 'submit' | 'button'; readonly form?: string; readonly formaction?: string; readonly popovertarget?: string }) => (
  <button
    type={props.type ?? 'submit'}
    class={buttonClass(props)}
    name={props.name}
    value={props.value}
    form={props.form}
    formaction={props.formaction}
    popovertarget={props.popovertarget}
    disabled={props.disabled}
    {...keyAttributes(props.kbd)}
    {...props.attributes}
  >
    {props.children}
    <KeyHint kbd={props.kbd} />
  </button>
)

export const ButtonLink = (props: Omit<ButtonProps, 'name' | 'value' | 'disabled'> & { readonly href: string; readonly download?: boolean }) => (
  <a class={buttonClass(props)} href={props.href} download={props.download} {...keyAttributes(props.kbd)} {...props.attributes}>
    {props.children}
    <KeyHint kbd={props.kbd} />
  </a>
)

/** The row of buttons under a form. */
export const Actions = (props: { readonly children?: Child }) => <div class="actions">{props.children}</div>
