/** PURE. The portal's texts made readable: nothing is added or left out, only white space, capitals and bullets are set. */
import { fold, tidy } from '#kernel/text.ts'

/** One line; a name written in capitals throughout is given its first letter only. Text in brackets keeps its capitals where the rest is normal. */
export const displayName = (text: string): string => {
  const line = tidy(text)
  const letters = line.replace(/[^\p{L}]/gu, '')
  const shouts = letters.length > 8 && letters === letters.toUpperCase()
  const calm = shouts ? line.toLowerCase() : line
  return calm.charAt(0).toUpperCase() + calm.slice(1)
}

/** A paper's name without the portal's bullet and closing mark: `- Tờ khai …;` → `Tờ khai …` */
export const paperName = (published: string): string =>
  published
    .trim()
    .replace(/^[-–—•*+]\s*/u, '')
    .replace(/[;.:]+$/u, '')

/** `Hộ tịch` → `ho-tich`: for addresses and file names. */
export const slugOf = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '')

export type TextBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** `depth` 0 for `-`, 1 for `+` and what stands below. */
  | { readonly kind: 'list'; readonly items: readonly { readonly text: string; readonly depth: 0 | 1 }[] }

/** A bullet at the start of a line, or in mid-line after the end of a clause. `tư pháp - hộ tịch` is no bullet. */
const BULLET = /^[-–—•*+○●▪]\s*/u
const INLINE_BULLET = /(?<=[.;:])\s+(?=[-–•+*]\s)|(?<=[.;:])\s+(?=(?:[a-zđ]\)|\(?[ivx]+\))\s)/gu

/** Paragraphs and lists of one long text, in order. */
export const textBlocks = (text: string): readonly TextBlock[] => {
  const blocks: TextBlock[] = []
  for (const line of text.split(/\n+/).flatMap((l) => l.split(INLINE_BULLET)).map(tidy)) {
    if (line === '') continue
    const bullet = BULLET.exec(line)
    if (bullet === null) {
      blocks.push({ kind: 'paragraph', text: line })
      continue
    }
    const content = line.slice(bullet[0].length)
    if (content === '') continue
    const item = { text: content, depth: bullet[0].startsWith('+') || bullet[0].startsWith('○') ? (1 as const) : (0 as const) }
    const last = blocks.at(-1)
    if (last?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', items: [...last.items, item] }
    else blocks.push({ kind: 'list', items: [item] })
  }
  return blocks
}

/** `* Giấy tờ phải nộp:` → `Giấy tờ phải nộp` */
export const caseName = (group: string): string => displayName(tidy(group).replace(BULLET, '').replace(/[:.]+$/, ''))
