/** A few strokes on a 16-unit grid; always beside words, so hidden from assistive technology. */
const PATHS = {
  check: 'M3.5 8.5l3 3 6-7',
  clock: 'M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11M8 5.2V8l2 1.6',
  alert: 'M8 2.8L14 13H2zM8 6.6v3M8 11.2v.4',
  pause: 'M5.6 4v8M10.4 4v8',
  search: 'M7 2.8a4.2 4.2 0 100 8.4 4.2 4.2 0 000-8.4M10.2 10.2l3.3 3.3',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  print: 'M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'M4 4l8 8M12 4l-8 8',
  next: 'M6 3.5L10.5 8 6 12.5',
  person: 'M8 8.2a2.6 2.6 0 100-5.2 2.6 2.6 0 000 5.2M3 13.5c.6-2.6 2.6-3.8 5-3.8s4.4 1.2 5 3.8',
  up: 'M8 12.5v-9M4.5 7L8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9L8 12.5 11.5 9',
} as const
export type IconName = keyof typeof PATHS

export const Icon = (props: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d={PATHS[props.name]} />
  </svg>
)
