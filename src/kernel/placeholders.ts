/**
 * PURE. The one way in which texts that an administrator writes name a value: `{code}`. Papers and messages share it; which names mean something is each
 * template's own. There is no escape: no text of an office needs a brace.
 */
export const PLACEHOLDER = /\{(\w*)\}/g

/** Names in the order in which they stand, each as often as it stands. */
export const placeholdersIn = (text: string): readonly string[] => [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '')

/** Every placeholder replaced by its value. A name without one leaves nothing. */
export const fillPlaceholders = (text: string, values: Readonly<Record<string, string | undefined>>): string =>
  text.replace(PLACEHOLDER, (_, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : ''))

/** Where a text is broken: line and column count from 1, as an editor shows them. `found` is what stands there. */
export type PlaceholderFault = {
  readonly fault: 'unknown-name' | 'not-closed' | 'not-opened'
  readonly line: number
  readonly column: number
  readonly found: string
}

/** In the order of the text. */
export const placeholderFaults = (text: string, known: ReadonlySet<string>): readonly PlaceholderFault[] =>
  text.split('\n').flatMap((line, n) =>
    [...line.matchAll(/\{\w*\}|[{}]/g)].flatMap((match): readonly PlaceholderFault[] => {
      const place = { line: n + 1, column: match.index + 1 }
      if (match[0] === '{') return [{ ...place, fault: 'not-closed', found: /^\{[^\s{}]*/.exec(line.slice(match.index))?.[0] ?? '{' }]
      if (match[0] === '}') return [{ ...place, fault: 'not-opened', found: '}' }]
      return known.has(match[0].slice(1, -1)) ? [] : [{ ...place, fault: 'unknown-name', found: match[0] }]
    }),
  )
