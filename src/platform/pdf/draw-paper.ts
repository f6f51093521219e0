/** Draws a paper on A4 with pdfkit. Runs in the drawing thread. */
import PDFDocument from 'pdfkit'
import { breakLines, type Measure, type TextLine } from './break-lines.ts'
import { barShape, type CodeShape, qrShape } from './codes.ts'
import { FONT_NAMES, fontName, loadFont, printable } from './fonts.ts'
import type { Block, ColumnsBlock, Paper, Sheet, Span, TableBlock, TextBlock } from './paper.ts'

const MM = 72 / 25.4
const A4 = { short: 595.28, long: 841.89 }
/** NĐ 30/2020 Appendix I: 30–35 mm left (for the file), 15–20 mm right. Above and below less than its 20 mm: the number of the form and the footer stand there. */
const MARGIN = { top: 16 * MM, bottom: 18 * MM, left: 30 * MM, right: 15 * MM }
/** A wide table lies across: the binding edge is then above (NĐ 30/2020 Appendix I lets a landscape page turn). */
const LANDSCAPE_MARGIN = { top: 20 * MM, bottom: 16 * MM, left: 15 * MM, right: 15 * MM }

/** The page being drawn on. `inner`: width between the margins; `bottom`: where the text ends. */
type Area = { readonly landscape: boolean; readonly top: number; readonly left: number; readonly inner: number; readonly bottom: number }

const areaOf = (landscape: boolean): Area => {
  const [width, height, margin] = landscape ? [A4.long, A4.short, LANDSCAPE_MARGIN] : [A4.short, A4.long, MARGIN]
  return { landscape, top: margin.top, left: margin.left, inner: width - margin.left - margin.right, bottom: height - margin.bottom }
}
const LINE = 1.2
const ASCENT = 0.89
const BODY = 13
const HAIRLINE = 0.5
const CELL = { x: 4, y: 2.5 }

type Pen = { readonly doc: PDFKit.PDFDocument; readonly measure: Measure; area: Area; y: number }

/** @returns the bytes of the file; the same paper gives the same bytes */
export const drawPaper = async (paper: Paper): Promise<Buffer> => {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: 'vi-VN',
    displayTitle: true,
    info: { Title: paper.title.normalize('NFC'), Creator: 'Một Cửa', Producer: 'Một Cửa', CreationDate: new Date(paper.createdAt) },
  })
  const pieces: Buffer[] = []
  doc.on('data', (piece: Buffer) => pieces.push(piece))
  const done = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  for (const name of FONT_NAMES) doc.registerFont(name, loadFont(name))
  const pen: Pen = { doc, y: 0, area: areaOf(false), measure: measureWith(doc) }
  for (const sheet of paper.sheets) drawSheet(pen, sheet)
  doc.end()
  await done
  return Buffer.concat(pieces)
}

/** Widths grow with the size of the letters, so one measure serves all sizes. A thread remembers them: most words come again. */
const widths = new Map<string, number>()
const WIDTHS_KEPT = 20_000

const measureWith =
  (doc: PDFKit.PDFDocument): Measure =>
  (text, style) => {
    const name = fontName(style)
    const key = `${name} ${text}`
    let width = widths.get(key)
    if (width === undefined) {
      if (widths.size >= WIDTHS_KEPT) widths.clear()
      width = doc.font(name, 1000).widthOfString(printable(text, name)) / 1000
      widths.set(key, width)
    }
    return width * style.size
  }

const drawSheet = (pen: Pen, sheet: Sheet): void => {
  const first = pen.doc.bufferedPageRange().count
  pen.area = areaOf(sheet.landscape === true)
  newPage(pen)
  for (const block of sheet.blocks) drawFlowing(pen, block)
  const count = pen.doc.bufferedPageRange().count - first
  for (let page = 0; page < count; page += 1) {
    pen.doc.switchToPage(first + page)
    const y = pen.area.bottom + 4 * MM
    drawText(pen, { kind: 'text', spans: [sheet.footer], size: 9 }, pen.area.left, y, pen.area.inner)
    if (count > 1) drawText(pen, { kind: 'text', spans: [`Trang ${page + 1}/${count}`], size: 9, align: 'right' }, pen.area.left, y, pen.area.inner)
  }
}

const newPage = (pen: Pen): void => {
  pen.doc.addPage({ size: 'A4', margin: 0, layout: pen.area.landscape ? 'landscape' : 'portrait' })
  pen.y = pen.area.top
}

/** On the page, going to the next one where it must: texts between lines, tables between rows, the rest as a whole. */
const drawFlowing = (pen: Pen, block: Block): void => {
  if (block.kind === 'text') return flowText(pen, block)
  if (block.kind === 'table') return flowTable(pen, block)
  if (pen.y + heightOf(pen, block, pen.area.inner) > pen.area.bottom && pen.y > pen.area.top) newPage(pen)
  drawBlock(pen, block, pen.area.left, pen.y, pen.area.inner)
  pen.y += heightOf(pen, block, pen.area.inner)
}

const flowText = (pen: Pen, block: TextBlock): void => {
  const lines = breakLines(block, pen.area.inner, BODY, pen.measure)
  pen.y += block.before ?? 0
  for (const line of lines) {
    if (pen.y + line.size * LINE > pen.area.bottom) newPage(pen)
    drawLine(pen, block, line, pen.area.left, pen.y, pen.area.inner)
    pen.y += line.size * LINE
  }
}

const heightOf = (pen: Pen, block: Block, width: number): number => {
  switch (block.kind) {
    case 'text':
      return (block.before ?? 0) + linesHeight(breakLines(block, width, BODY, pen.measure))
    case 'columns':
      return (block.before ?? 0) + columnsHeight(pen, block, width)
    case 'table':
      return (block.before ?? 0) + [headRow(block), ...block.rows.map((row) => row.map((cell) => [cell]))].reduce((total, row) => total + rowHeight(layRow(pen, block, row, width)), 0)
    case 'rule':
      return (block.before ?? 0) + 2
    case 'space':
      return block.height
    case 'qr':
      return block.size
    case 'barcode':
      return (block.before ?? 0) + block.height
  }
}

const linesHeight = (lines: readonly TextLine[]): number => lines.reduce((total, line) => total + line.size * LINE, 0)

const drawBlock = (pen: Pen, block: Block, x: number, y: number, width: number): void => {
  switch (block.kind) {
    case 'text':
      return drawText(pen, block, x, y, width)
    case 'columns':
      return drawColumns(pen, block, x, y + (block.before ?? 0), width)
    case 'table': {
      let at = y + (block.before ?? 0)
      for (const row of [headRow(block), ...block.rows.map((cells) => cells.map((cell) => [cell]))]) {
        const laid = layRow(pen, block, row, width)
        drawRow(pen, laid, x, at, width)
        at += rowHeight(laid)
      }
      return
    }
    case 'rule': {
      const line = width * block.width
      const at = y + (block.before ?? 0)
      pen.doc.lineWidth(0.75).moveTo(x + (width - line) / 2, at).lineTo(x + (width + line) / 2, at).stroke()
      return
    }
    case 'space':
      return
    case 'qr': {
      const left = { left: 0, justify: 0, center: (width - block.size) / 2, right: width - block.size }[block.align ?? 'left']
      return drawCode(pen, qrShape(block.text), x + left, y, block.size, block.size)
    }
    case 'barcode':
      return drawBars(pen, block, x, y + (block.before ?? 0), width)
  }
}

const drawText = (pen: Pen, block: TextBlock, x: number, y: number, width: number): void => {
  let at = y + (block.before ?? 0)
  for (const line of breakLines(block, width, BODY, pen.measure)) {
    drawLine(pen, block, line, x, at, width)
    at += line.size * LINE
  }
}

const drawLine = (pen: Pen, block: TextBlock, line: TextLine, x: number, y: number, width: number): void => {
  const free = width - line.indent - line.width
  const blanks = line.runs.reduce((n, run) => n + run.text.split(' ').length - 1, 0)
  const stretch = block.align === 'justify' && !line.last && blanks > 0 ? free / blanks : 0
  const shift = { left: 0, justify: 0, center: free / 2, right: free }[block.align ?? 'left']
  let at = x + line.indent + shift
  // The half of the leading above, then the letters' height.
  const base = y + ((LINE - 1) / 2 + ASCENT) * line.size
  for (const run of line.runs) {
    const name = fontName(run.style)
    // Stretched lines are set word by word: the format's own word spacing does not work with fonts of more than 256 letters.
    for (const piece of stretch > 0 ? run.text.split(/(?<= )/) : [run.text]) {
      pen.doc.font(name, run.style.size).text(printable(piece, name), at, base, { lineBreak: false, baseline: 'alphabetic' })
      at += pen.measure(piece, run.style) + (piece.endsWith(' ') ? stretch : 0)
    }
  }
  if (block.leader === true && line.last) drawLeader(pen, at + 3, x + width, base)
}

const drawLeader = (pen: Pen, from: number, to: number, base: number): void => {
  if (to - from < 6) return
  pen.doc.save().lineWidth(0.8).lineCap('round').dash(0.1, { space: 3 }).moveTo(from, base).lineTo(to, base).stroke().restore()
}

const columnWidths = (block: ColumnsBlock, width: number): readonly number[] => {
  const whole = block.columns.reduce((total, column) => total + column.width, 0)
  const room = width - (block.gap ?? 0) * (block.columns.length - 1) - (block.boxed === true ? 2 * BOX : 0)
  return block.columns.map((column) => (room * column.width) / whole)
}

const BOX = 4

const columnsHeight = (pen: Pen, block: ColumnsBlock, width: number): number => {
  const widths = columnWidths(block, width)
  const heights = block.columns.map((column, i) => column.blocks.reduce((total, inner) => total + heightOf(pen, inner, widths[i] ?? 0), 0))
  return Math.max(0, ...heights) + (block.boxed === true ? 2 * BOX : 0)
}

const drawColumns = (pen: Pen, block: ColumnsBlock, x: number, y: number, width: number): void => {
  const pad = block.boxed === true ? BOX : 0
  if (pad > 0) pen.doc.lineWidth(HAIRLINE).rect(x, y, width, columnsHeight(pen, block, width)).stroke()
  const widths = columnWidths(block, width)
  let left = x + pad
  for (const [i, column] of block.columns.entries()) {
    const inner = widths[i] ?? 0
    const own = column.blocks.reduce((total, child) => total + heightOf(pen, child, inner), 0)
    let at = y + pad + (block.middle === true ? (columnsHeight(pen, block, width) - 2 * pad - own) / 2 : 0)
    for (const child of column.blocks) {
      drawBlock(pen, child, left, at, inner)
      at += heightOf(pen, child, inner)
    }
    left += inner + (block.gap ?? 0)
  }
}

type LaidRow = { readonly cells: readonly { readonly block: TextBlock; readonly lines: readonly TextLine[] }[]; readonly widths: readonly number[] }

const headRow = (block: TableBlock): readonly (readonly Span[])[] => block.columns.map((column) => [{ text: column.title, bold: true }])

const layRow = (pen: Pen, block: TableBlock, cells: readonly (readonly Span[])[], width: number, head = false): LaidRow => {
  const whole = block.columns.reduce((total, column) => total + column.width, 0)
  const widths = block.columns.map((column) => (width * column.width) / whole)
  return {
    widths,
    cells: block.columns.map((column, i) => {
      const cell: TextBlock = { kind: 'text', spans: cells[i] ?? [''], size: block.size ?? BODY, align: head ? 'center' : (column.align ?? 'left') }
      return { block: cell, lines: breakLines(cell, (widths[i] ?? 0) - 2 * CELL.x, BODY, pen.measure) }
    }),
  }
}

const rowHeight = (row: LaidRow): number => Math.max(...row.cells.map((cell) => linesHeight(cell.lines))) + 2 * CELL.y

const flowTable = (pen: Pen, block: TableBlock): void => {
  const head = layRow(pen, block, headRow(block), pen.area.inner, true)
  const rows = block.rows.map((row) => layRow(pen, block, row.map((cell) => [cell]), pen.area.inner))
  const place = (row: LaidRow) => {
    drawRow(pen, row, pen.area.left, pen.y, pen.area.inner)
    pen.y += rowHeight(row)
  }
  pen.y += block.before ?? 0
  // The head never stands alone at the foot of a page.
  if (pen.y + rowHeight(head) + (rows[0] === undefined ? 0 : Math.min(rowHeight(rows[0]), 60)) > pen.area.bottom) newPage(pen)
  place(head)
  for (const row of rows) {
    let rest: LaidRow | undefined = row
    while (rest !== undefined) {
      if (pen.y + rowHeight(rest) <= pen.area.bottom) {
        place(rest)
        rest = undefined
        continue
      }
      const tall: boolean = rowHeight(rest) > pen.area.bottom - pen.area.top - rowHeight(head)
      const [now, later]: readonly [LaidRow | undefined, LaidRow | undefined] = tall ? splitRow(rest, pen.area.bottom - pen.y) : [undefined, rest]
      if (now !== undefined) place(now)
      rest = later
      newPage(pen)
      place(head)
    }
  }
}

/** What of a row taller than a page fits into `height`, and the rest. */
const splitRow = (row: LaidRow, height: number): readonly [LaidRow | undefined, LaidRow | undefined] => {
  const lineHeight = Math.max(...row.cells.flatMap((cell) => cell.lines.map((line) => line.size * LINE)))
  const count = Math.floor((height - 2 * CELL.y) / lineHeight)
  if (count < 1) return [undefined, row]
  const part = (from: number, to?: number): LaidRow => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, lines: cell.lines.slice(from, to) })) })
  return [part(0, count), part(count)]
}

const drawRow = (pen: Pen, row: LaidRow, x: number, y: number, width: number): void => {
  const height = rowHeight(row)
  pen.doc.lineWidth(HAIRLINE).rect(x, y, width, height).stroke()
  let left = x
  for (const [i, cell] of row.cells.entries()) {
    const inner = row.widths[i] ?? 0
    if (i > 0) pen.doc.moveTo(left, y).lineTo(left, y + height).stroke()
    let at = y + CELL.y
    for (const line of cell.lines) {
      drawLine(pen, cell.block, line, left + CELL.x, at, inner - 2 * CELL.x)
      at += line.size * LINE
    }
    left += inner
  }
}

const drawCode = (pen: Pen, shape: CodeShape, x: number, y: number, width: number, height: number): void => {
  const [scaleX, scaleY] = [width / shape.width, height / shape.height]
  for (const r of shape.rects) pen.doc.rect(x + r.x * scaleX, y + r.y * scaleY, r.width * scaleX, r.height * scaleY)
  pen.doc.fill('#000000')
}

/** The narrow bar is at most 0.42 mm: wider ones leave the view of a hand scanner. */
const WIDEST_BAR = 1.2

const drawBars = (pen: Pen, block: Extract<Block, { kind: 'barcode' }>, x: number, y: number, width: number): void => {
  const shape = barShape(block.text)
  const drawn = Math.min(width, shape.width * WIDEST_BAR)
  drawCode(pen, shape, x + (width - drawn) / 2, y, drawn, block.height)
}
