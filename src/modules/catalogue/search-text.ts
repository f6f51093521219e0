/** PURE. How Vietnamese is compared when searching: without accents, one letter more or less, old and new places of the tone mark. */
import { fold } from '#kernel/text.ts'

/** Lower case, no accents, letters and digits only; `kỹ` and `kĩ`, `lý` and `lí` are one word. */
export const tokensOf = (text: string): readonly string[] =>
  fold(text)
    .split(/[^a-z0-9]+/)
    .filter((t) => t !== '')
    .map((t) => (/^[^aeiou]+y$/.test(t) ? `${t.slice(0, -1)}i` : t))

/** The tone mark is taken off its letter and put at the end, so that `hoá` and `hóa` are the same; other marks stay. */
export const accentedTokensOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((t) => t !== '')
    .map((t) => t.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '') + (/[\u0300\u0301\u0303\u0309\u0323]/.exec(t)?.[0] ?? ''))

/** Three letters in a row, spaces left out: a lost or an added space costs nothing. */
export const trigramsOf = (tokens: readonly string[]): ReadonlySet<string> => {
  const joined = `^${tokens.join('')}$`
  const grams = new Set<string>()
  for (let i = 0; i + 3 <= joined.length; i++) grams.add(joined.slice(i, i + 3))
  return grams
}

/** Whether one letter inserted, left out, replaced or swapped with its neighbour makes one word of the other. */
export const isOneSlipAway = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let i = 0
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++
  if (a.length > b.length) return isSameFrom(a, i + 1, b, i)
  if (a.length < b.length) return isSameFrom(a, i, b, i + 1)
  if (isSameFrom(a, i + 1, b, i + 1)) return true
  return a.charCodeAt(i) === b.charCodeAt(i + 1) && a.charCodeAt(i + 1) === b.charCodeAt(i) && isSameFrom(a, i + 2, b, i + 2)
}

const isSameFrom = (a: string, i: number, b: string, j: number): boolean => {
  for (; i < a.length || j < b.length; i++, j++) if (a.charCodeAt(i) !== b.charCodeAt(j)) return false
  return true
}
