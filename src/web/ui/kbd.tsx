import type { Child } from 'hono/jsx'

/** The key that does it; seen, not read out (the control says it by aria-keyshortcuts). */
export const Kbd = (props: { readonly children?: Child }) => <kbd aria-hidden="true">{props.children}</kbd>
