/**
 * PURE. A printed paper as plain data: what modules say, what the drawing thread is sent. All lengths are points (1/72 inch).
 * Text is put into NFC by the drawing: the font misplaces marks of decomposed letters.
 */
import type { Instant } from '#kernel/plain-date.ts'

export type Span = string | { readonly text: string; readonly bold?: boolean; readonly italic?: boolean; readonly size?: number }

type Align = 'left' | 'center' | 'right' | 'justify'

export type TextBlock = {
  readonly kind: 'text'
  readonly spans: readonly Span[]
  readonly size?: number
  readonly align?: Align
  /** Of the first line. */
  readonly indent?: number
  /** Of all other lines. */
  readonly hanging?: number
  /** Free space above. */
  readonly before?: number
  /** Lines of about equal length, for heads and titles: `ỦY BAN NHÂN DÂN / PHƯỜNG THUẬN HÓA`, no word alone on a line. */
  readonly balance?: boolean
  /** Dots from the end of the text to the right edge: a value that is filled in by hand. */
  readonly leader?: boolean
}

export type ColumnsBlock = {
  readonly kind: 'columns'
  /** `width` is a share of the whole. Never split over two pages. */
  readonly columns: readonly { readonly width: number; readonly blocks: readonly Block[] }[]
  readonly gap?: number
  readonly before?: number
  /** A hairline around it. */
  readonly boxed?: boolean
  /** Centred from top to bottom. */
  readonly middle?: boolean
}

export type TableBlock = {
  readonly kind: 'table'
  readonly columns: readonly { readonly title: string; readonly width: number; readonly align?: Align }[]
  readonly rows: readonly (readonly string[])[]
  readonly size?: number
  readonly before?: number
}

export type Block =
  | TextBlock
  | ColumnsBlock
  /** The head is repeated on every page that the table reaches. */
  | TableBlock
  /** A centred hairline, `width` as a share. */
  | { readonly kind: 'rule'; readonly width: number; readonly before?: number }
  | { readonly kind: 'space'; readonly height: number }
  | { readonly kind: 'qr'; readonly text: string; readonly size: number; readonly align?: Align }
  /** Code 128 across the width, no wider than a hand scanner takes in. */
  | { readonly kind: 'barcode'; readonly text: string; readonly height: number; readonly before?: number }

/** Starts on a new page and counts its own pages. */
export type Sheet = {
  readonly blocks: readonly Block[]
  /** Bottom left of every page; the page number stands bottom right where there is more than one. */
  readonly footer: string
  /** A4 turned, for wide tables. */
  readonly landscape?: boolean
}

export type Paper = {
  readonly title: string
  /** Goes into the file as its date, so that the same data gives the same bytes. */
  readonly createdAt: Instant
  readonly sheets: readonly Sheet[]
}

export const text = (spans: Span | readonly Span[], options: Omit<TextBlock, 'kind' | 'spans'> = {}): TextBlock => ({
  kind: 'text',
  spans: Array.isArray(spans) ? (spans as readonly Span[]) : [spans as Span],
  ...options,
})

/** Blocks that stay on one page. */
export const together = (blocks: readonly Block[]): ColumnsBlock => ({ kind: 'columns', columns: [{ width: 1, blocks }] })

export const bold = (value: string, size?: number): Span => ({ text: value, bold: true, ...(size === undefined ? {} : { size }) })
export const italic = (value: string, size?: number): Span => ({ text: value, italic: true, ...(size === undefined ? {} : { size }) })
