/** Reads a spreadsheet back, by the ZIP's own directory and another way than it was written: for what was typed into cells and nothing else. */
import { crc32, inflateRawSync } from 'node:zlib'

export type SheetCell = string | number | null
export type ReadSheet = {
  readonly name: string
  /** From 1, as in A1. */
  readonly cell: (row: number, column: number) => SheetCell
  readonly rowCount: number
}

/** @throws Error for an archive whose directory, lengths or checksums do not agree with its content */
const unzip = (zip: Buffer): ReadonlyMap<string, string> => {
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < zip.readUInt16LE(end + 10); i += 1) {
    const [crc, packed, size, named, local] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)]
    const name = zip.subarray(at + 46, at + 46 + named).toString('utf8')
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const content = inflateRawSync(zip.subarray(begin, begin + packed))
    if (content.length !== size || crc32(content) !== crc) throw new Error(`${name} is damaged`)
    files.set(name, content.toString('utf8'))
    at += 46 + named + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  if (at !== end) throw new Error('the directory is not as long as it says')
  return files
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const plain = (xml: string): string => xml.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ENTITIES[name] ?? '')
const columnOf = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

export const readSpreadsheet = (bytes: Uint8Array): ReadSheet => {
  const files = unzip(Buffer.from(bytes))
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
  if (/<f[ >]/.test(sheet)) throw new Error('a formula')
  const cells = new Map<string, SheetCell>()
  for (const [, letters = '', row = '', attributes = '', content = ''] of sheet.matchAll(/<c r="([A-Z]+)(\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const text = /<t[^>]*>(.*?)<\/t>/s.exec(content)?.[1]
    const number = /<v>(.*?)<\/v>/.exec(content)?.[1]
    cells.set(`${row}/${columnOf(letters)}`, attributes.includes('inlineStr') ? plain(text ?? '') : number === undefined ? null : Number(number))
  }
  return {
    name: plain(/<sheet name="([^"]*)"/.exec(files.get('xl/workbook.xml') ?? '')?.[1] ?? ''),
    cell: (row, column) => cells.get(`${row}/${column}`) ?? null,
    rowCount: (sheet.match(/<row /g) ?? []).length,
  }
}

/** A moment of Vietnamese time as the number that a date cell holds. */
export const dateCell = (utcOfLocal: number): number => utcOfLocal / 86_400_000 + 25_569
