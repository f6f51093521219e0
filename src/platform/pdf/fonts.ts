/** Tinos: the metrics of Times New Roman, which NĐ 30/2020 prescribes, under an open licence and with every Vietnamese letter. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { FontStyle } from './break-lines.ts'

const FILES = {
  regular: '400Regular/Tinos_400Regular.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  'bold-italic': '700Bold_Italic/Tinos_700Bold_Italic.ttf',
} as const
export type FontName = keyof typeof FILES

export const fontName = (style: Pick<FontStyle, 'bold' | 'italic'>): FontName => {
  if (style.bold) return style.italic ? 'bold-italic' : 'bold'
  return style.italic ? 'italic' : 'regular'
}

export type Font = { readonly data: Buffer; readonly covers: (codePoint: number) => boolean }

const loaded = new Map<FontName, Font>()

/** Read once per thread. */
export const loadFont = (name: FontName): Font => {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const data = readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${FILES[name]}`))
  const font = { data, covers: coverage(data) }
  loaded.set(name, font)
  return font
}

export const FONT_NAMES = Object.keys(FILES) as readonly FontName[]

/** Which characters a TrueType font has, from its `cmap` table in format 4 (OpenType specification). @throws Error for other fonts */
export const coverage = (font: Buffer): ((codePoint: number) => boolean) => {
  const cmap = tableOffset(font, 'cmap')
  const count = font.readUInt16BE(cmap + 2)
  const subtables = Array.from({ length: count }, (_, i) => cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4))
  const table = subtables.find((at) => font.readUInt16BE(at) === 4)
  if (table === undefined) throw new Error('font without a Unicode table')
  const segments = font.readUInt16BE(table + 6) / 2
  const ends = table + 14
  const starts = ends + 2 * segments + 2
  return (codePoint) => {
    if (codePoint > 0xffff) return false
    for (let i = 0; i < segments; i += 1) {
      if (font.readUInt16BE(ends + 2 * i) < codePoint) continue
      const start = font.readUInt16BE(starts + 2 * i)
      return start <= codePoint && codePoint !== 0xffff && glyphOf(font, starts + 2 * segments, segments, i, codePoint - start, codePoint) !== 0
    }
    return false
  }
}

const glyphOf = (font: Buffer, deltas: number, segments: number, i: number, inside: number, codePoint: number): number => {
  const delta = font.readInt16BE(deltas + 2 * i)
  const rangeAt = deltas + 2 * segments + 2 * i
  const range = font.readUInt16BE(rangeAt)
  if (range === 0) return (codePoint + delta) & 0xffff
  const glyph = font.readUInt16BE(rangeAt + range + 2 * inside)
  return glyph === 0 ? 0 : (glyph + delta) & 0xffff
}

const tableOffset = (font: Buffer, tag: string): number => {
  const tables = font.readUInt16BE(4)
  for (let i = 0; i < tables; i += 1) {
    const at = 12 + 16 * i
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8)
  }
  throw new Error(`font without ${tag}`)
}

/** Shown where the font lacks a letter: an empty box would print as nothing on some printers. */
const MISSING = '\u25a1'

/** NFC, and letters that the font lacks as □: nothing disappears without a trace. */
export const printable = (text: string, name: FontName): string => {
  const { covers } = loadFont(name)
  return Array.from(text.normalize('NFC'), (letter) => (letter === '\n' || covers(letter.codePointAt(0) ?? 0) ? letter : covers(0x25a1) ? MISSING : '?')).join('')
}
