/** Writes spreadsheets row by row: a register of any length passes through without standing in memory. */
import { PassThrough, type Readable } from 'node:stream'
import type { Worksheet } from 'exceljs'
import { type Instant, MS_PER_DAY, VN_OFFSET_MS } from '#kernel/plain-date.ts'

/** A moment stands as a date cell in Vietnamese time; text is never read as a formula. */
export type Cell = string | number | { readonly at: Instant } | null

export type SheetPlan = {
  readonly name: string
  /** Above the head, a line each; the first in bold. */
  readonly title: readonly string[]
  /** `width` in letters. */
  readonly columns: readonly { readonly title: string; readonly width: number }[]
}

const THIN = { style: 'thin' } as const
const BORDER = { top: THIN, left: THIN, bottom: THIN, right: THIN }

/** The file as it grows; an error of `rows` breaks it off. `createdAt` goes into the file. */
export const xlsxStream = (plan: SheetPlan, rows: AsyncIterable<readonly Cell[]>, createdAt: Instant): Readable => {
  const out = new PassThrough()
  write(plan, rows, createdAt, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}

const write = async (plan: SheetPlan, rows: AsyncIterable<readonly Cell[]>, createdAt: Instant, out: PassThrough): Promise<void> => {
  // Loaded for the first spreadsheet: it would cost every start and every command a third of a second.
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  book.creator = 'Một Cửa'
  book.created = new Date(createdAt)
  book.modified = new Date(createdAt)
  const headAt = plan.title.length + 1
  const sheet = book.addWorksheet(plan.name.slice(0, 31), {
    views: [{ state: 'frozen', ySplit: headAt }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `${headAt}:${headAt}` },
  })
  sheet.columns = plan.columns.map((column) => ({ width: column.width }))
  for (const [i, line] of plan.title.entries()) {
    const row = sheet.addRow([line.normalize('NFC')])
    row.font = { name: 'Times New Roman', size: i === 0 ? 14 : 12, bold: i === 0 }
    row.commit()
  }
  const head = sheet.addRow(plan.columns.map((column) => column.title))
  head.eachCell((cell) => {
    cell.font = { name: 'Times New Roman', size: 11, bold: true }
    cell.alignment = { wrapText: true, horizontal: 'center', vertical: 'middle' }
    cell.border = BORDER
  })
  head.commit()
  for await (const cells of rows) await addRow(sheet, cells, out)
  sheet.commit()
  await book.commit()
}

/** Days since 1900 in Vietnamese time: a date cell has no zone of its own. */
const serial = (at: Instant): number => (at + VN_OFFSET_MS) / MS_PER_DAY + 25_569

const addRow = async (sheet: Worksheet, cells: readonly Cell[], out: PassThrough): Promise<void> => {
  const row = sheet.addRow(cells.map((cell) => (cell === null ? null : typeof cell === 'object' ? serial(cell.at) : typeof cell === 'string' ? cell.normalize('NFC') : cell)))
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    const value = cells[column - 1]
    cell.font = { name: 'Times New Roman', size: 11 }
    cell.alignment = { wrapText: true, vertical: 'top' }
    cell.border = BORDER
    if (typeof value === 'object' && value !== null) cell.numFmt = 'dd/mm/yyyy hh:mm'
  })
  row.commit()
  // Whoever reads slowly is not overrun: wait until they have taken what there is.
  if (out.writableNeedDrain) await new Promise<void>((resolve) => out.once('drain', resolve).once('close', resolve))
}
