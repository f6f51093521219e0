/** Writes spreadsheets (ECMA-376) row by row: a register of any length passes through without standing in memory. */
import { Readable } from 'node:stream'
import { type Instant, MS_PER_DAY, VN_OFFSET_MS } from '#kernel/plain-date.ts'
import { zipped } from './zip.ts'

/** A moment stands as a date cell in Vietnamese time; text is never read as a formula. */
export type Cell = string | number | { readonly at: Instant } | null

export type SheetPlan = {
  readonly name: string
  /** Above the head, a line each; the first in bold. */
  readonly title: readonly string[]
  /** `width` in letters. */
  readonly columns: readonly { readonly title: string; readonly width: number }[]
}

/** The file as it grows; an error of `rows` breaks it off. `createdAt` goes into the file. Whoever reads slowly is not overrun. */
export const xlsxStream = (plan: SheetPlan, rows: AsyncIterable<readonly Cell[]>, createdAt: Instant): Readable =>
  Readable.from(
    zipped(
      [
        { name: '[Content_Types].xml', content: [CONTENT_TYPES] },
        { name: '_rels/.rels', content: [PACKAGE] },
        { name: 'docProps/core.xml', content: [core(createdAt)] },
        { name: 'xl/workbook.xml', content: [workbook(plan)] },
        { name: 'xl/_rels/workbook.xml.rels', content: [BOOK_PARTS] },
        { name: 'xl/styles.xml', content: [STYLES] },
        { name: 'xl/worksheets/sheet1.xml', content: sheet(plan, rows) },
      ],
      createdAt,
    ),
    { objectMode: false },
  )

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PARTS = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const CONTENT_TYPES = `${XML}<Types xmlns="${PARTS}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
const PACKAGE = `${XML}<Relationships xmlns="${PARTS}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PARTS}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
const BOOK_PARTS = `${XML}<Relationships xmlns="${PARTS}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`

/** Numbers of the cell formats below. */
const STYLE = { title: 1, subtitle: 2, head: 3, text: 4, moment: 5 } as const
const font = (size: number, bold = false) => `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="Times New Roman"/></font>`
const THIN = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"/>`).join('')
const WRAPPED = '<alignment wrapText="1" vertical="top"/>'
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts><fonts count="4">${font(11)}${font(14, true)}${font(12)}${font(11, true)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border>${THIN}</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${[
  xf(0, 0, 0, ''),
  xf(0, 1, 0, ''),
  xf(0, 2, 0, ''),
  xf(0, 3, 1, '<alignment wrapText="1" horizontal="center" vertical="center"/>'),
  xf(0, 0, 1, WRAPPED),
  xf(164, 0, 1, WRAPPED),
].join('')}</cellXfs></styleSheet>`

function xf(format: number, fontId: number, border: number, alignment: string): string {
  return `<xf numFmtId="${format}" fontId="${fontId}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`
}

const core = (at: Instant): string => {
  const moment = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
  return `${XML}<cp:coreProperties xmlns:cp="${PARTS}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Một Cửa</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified></cp:coreProperties>`
}

/** Excel takes 31 letters, and none of these. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)

/** The head is printed on every page. */
const workbook = (plan: SheetPlan): string => {
  const [name, head] = [sheetName(plan.name), plan.title.length + 1]
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${escaped(name.replaceAll("'", "''"))}'!$${head}:$${head}</definedName></definedNames></workbook>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** NFC, and without the signs that XML does not know. */
const escaped = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cc}|[\ufffe\uffff]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

/** Days since 1900 in Vietnamese time: a date cell has no zone of its own. */
const serial = (at: Instant): number => (at + VN_OFFSET_MS) / MS_PER_DAY + 25_569

/** 0 → A, 26 → AA */
const letters = (column: number): string => (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

const cellXml = (cell: Cell, at: string, style: number): string => {
  if (cell === null) return `<c r="${at}" s="${style}"/>`
  if (typeof cell === 'number') return `<c r="${at}" s="${style}"><v>${cell}</v></c>`
  if (typeof cell === 'object') return `<c r="${at}" s="${STYLE.moment}"><v>${serial(cell.at)}</v></c>`
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

const rowXml = (n: number, cells: readonly Cell[], style: number): string => `<row r="${n}">${cells.map((cell, i) => cellXml(cell, `${letters(i)}${n}`, style)).join('')}</row>`

async function* sheet(plan: SheetPlan, rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<string> {
  const headAt = plan.title.length + 1
  const columns = plan.columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${headAt}" topLeftCell="A${headAt + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>`
  let n = 0
  for (const line of plan.title) yield rowXml((n += 1), [line], n === 1 ? STYLE.title : STYLE.subtitle)
  yield rowXml((n += 1), plan.columns.map(({ title }) => title), STYLE.head)
  for await (const cells of rows) yield rowXml((n += 1), cells, STYLE.text)
  yield '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
}
