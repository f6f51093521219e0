/** PURE. Breaks spans of different letters into lines of a given width. */
import type { Span, TextBlock } from './paper.ts'

export type FontStyle = { readonly bold: boolean; readonly italic: boolean; readonly size: number }
type Run = { readonly text: string; readonly style: FontStyle; readonly width: number }
export type TextLine = {
  readonly runs: readonly Run[]
  readonly width: number
  /** The largest letters in it. */
  readonly size: number
  readonly indent: number
  /** Ends the paragraph or stands before a forced break: not stretched. */
  readonly last: boolean
}
export type Measure = (text: string, style: FontStyle) => number

/** What stands between blanks, even where its letters change inside. */
type Word = { readonly kind: 'word'; runs: Run[] }
type Item = Word | { readonly kind: 'space'; readonly run: Run } | { readonly kind: 'break' }

/** A block is broken once for its height and again for its drawing. */
const broken = new WeakMap<TextBlock, { readonly width: number; readonly lines: readonly TextLine[] }>()

/** Words wider than the line are cut between letters. */
export const breakLines = (block: TextBlock, width: number, defaultSize: number, measure: Measure): readonly TextLine[] => {
  const known = broken.get(block)
  if (known?.width === width) return known.lines
  const first = breakAt(block, width, defaultSize, measure)
  const lines = block.balance === true && first.length > 1 ? balanced(block, first, width, defaultSize, measure) : first
  broken.set(block, { width, lines })
  return lines
}

/** The narrowest lines that are no more in number. */
const balanced = (block: TextBlock, lines: readonly TextLine[], width: number, defaultSize: number, measure: Measure): readonly TextLine[] => {
  let best = lines
  let [low, high] = [width / lines.length, width]
  for (let round = 0; round < 8; round += 1) {
    const middle = (low + high) / 2
    const tried = breakAt(block, middle, defaultSize, measure)
    if (tried.length > lines.length) low = middle
    else [best, high] = [tried, middle]
  }
  return best
}

const breakAt = (block: TextBlock, width: number, defaultSize: number, measure: Measure): readonly TextLine[] => {
  const size = block.size ?? defaultSize
  const lines: TextLine[] = []
  let runs: Run[] = []
  const indentOf = () => (lines.length === 0 ? (block.indent ?? 0) : (block.hanging ?? 0))
  const fits = (added: readonly Run[]) => widthOf([...runs, ...added]) <= width - indentOf()
  const close = (last: boolean) => {
    const merged = merge(trimEnd(runs), measure)
    lines.push({ runs: merged, width: widthOf(merged), size: Math.max(size, ...merged.map((r) => r.style.size)), indent: indentOf(), last })
    runs = []
  }
  for (const item of itemsOf(block.spans, size, measure)) {
    if (item.kind === 'break') close(true)
    else if (item.kind === 'space') {
      if (runs.length > 0) runs.push(item.run)
    } else {
      if (!fits(item.runs) && runs.length > 0) close(false)
      for (const piece of fits(item.runs) ? item.runs : item.runs.flatMap((run) => lettersOf(run, measure))) {
        if (!fits([piece]) && runs.length > 0) close(false)
        runs.push(piece)
      }
    }
  }
  close(true)
  return lines
}

const widthOf = (runs: readonly Run[]) => runs.reduce((total, run) => total + run.width, 0)

const trimEnd = (runs: readonly Run[]): readonly Run[] => {
  const end = runs.findLastIndex((run) => run.text !== ' ')
  return runs.slice(0, end + 1)
}

const itemsOf = (spans: readonly Span[], size: number, measure: Measure): readonly Item[] => {
  const items: Item[] = []
  for (const span of spans) {
    const given = typeof span === 'string' ? { text: span } : span
    const style = { bold: given.bold === true, italic: given.italic === true, size: given.size ?? size }
    // A no-break space (U+00A0) is not among the blanks: it holds `50.000 đ` together.
    for (const part of given.text.normalize('NFC').split(/(\n|[ \t\r]+)/)) {
      const open = items.at(-1)
      if (part === '') continue
      if (part === '\n') items.push({ kind: 'break' })
      else if (/^[ \t\r]/.test(part)) items.push({ kind: 'space', run: { text: ' ', style, width: measure(' ', style) } })
      else {
        const run = { text: part, style, width: measure(part, style) }
        if (open?.kind === 'word') open.runs.push(run)
        else items.push({ kind: 'word', runs: [run] })
      }
    }
  }
  return items
}

const lettersOf = (run: Run, measure: Measure): readonly Run[] => Array.from(run.text, (letter) => ({ text: letter, style: run.style, width: measure(letter, run.style) }))

/** Neighbours in the same letters become one run, so that kerning and text extraction see whole words. */
const merge = (runs: readonly Run[], measure: Measure): readonly Run[] => {
  const merged: Run[] = []
  for (const run of runs) {
    const before = merged.at(-1)
    const same = before !== undefined && before.style.bold === run.style.bold && before.style.italic === run.style.italic && before.style.size === run.style.size
    if (same) {
      const joined = before.text + run.text
      merged[merged.length - 1] = { text: joined, style: before.style, width: measure(joined, before.style) }
    } else merged.push(run)
  }
  return merged
}
