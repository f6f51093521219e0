/** Tinos: the metrics of Times New Roman, which NĐ 30/2020 prescribes, under an open licence and with every Vietnamese letter. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Font, create } from 'fontkit'
import type { FontStyle } from './break-lines.ts'

const FILES = {
  regular: '400Regular/Tinos_400Regular.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  'bold-italic': '700Bold_Italic/Tinos_700Bold_Italic.ttf',
} as const
export type FontName = keyof typeof FILES
export const FONT_NAMES = Object.keys(FILES) as readonly FontName[]

export const fontName = (style: Pick<FontStyle, 'bold' | 'italic'>): FontName => {
  if (style.bold) return style.italic ? 'bold-italic' : 'bold'
  return style.italic ? 'italic' : 'regular'
}

const opened = new Map<FontName, Font>()

/** Opened once per thread: reading its tables takes longer than drawing a page. */
export const loadFont = (name: FontName): Font => {
  const known = opened.get(name)
  if (known !== undefined) return known
  const font = create(readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${FILES[name]}`)))
  nameGlyphs(font)
  opened.set(name, font)
  return font
}

/** Ligatures stand for several letters and are named when they are set. */
const LIGATURES = { from: 0xfb00, to: 0xfb06 }

/**
 * Fontkit remembers a glyph with the letters that it was first asked for. Writing a composed letter (Ơ) asks for its parts (O) without letters, and from
 * then on that O is drawn but cannot be read, copied or searched in any later paper of this thread. So every glyph is asked for by its letter first.
 */
const nameGlyphs = (font: Font): void => {
  for (const letter of font.characterSet) if (letter < LIGATURES.from || letter > LIGATURES.to) font.glyphForCodePoint(letter)
}

/** Shown where the font lacks a letter: its own sign for that, an empty box, would stand over the right text and no check would find it. */
const MISSING = '\u25a1'

/** NFC, and letters that the font lacks as □: nothing disappears without a trace. */
export const printable = (text: string, name: FontName): string => {
  const font = loadFont(name)
  return Array.from(text.normalize('NFC'), (letter) => (font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0) ? letter : MISSING)).join('')
}
