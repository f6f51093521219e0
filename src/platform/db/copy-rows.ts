/** Rows by COPY: many at once, past the parser and the planner. Constraints, generated columns and triggers are those of an insert. */
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

/** `Buffer` for bytea, plain values for the rest; objects are written as JSON, arrays too. */
export type Cell = string | number | boolean | null | Buffer | object

const ESCAPED = /[\\\n\r\t]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const escape = (text: string): string => (ESCAPED.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign) : text)

const copyCell = (value: Cell): string => {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escape(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return escape(JSON.stringify(value))
}

/** One line of a COPY in text form, its end included. */
export const copyLine = (cells: readonly Cell[]): string => {
  let line = ''
  for (let i = 0; i < cells.length; i += 1) line += i === 0 ? copyCell(cells[i] ?? null) : `\t${copyCell(cells[i] ?? null)}`
  return `${line}\n`
}

/** Lines of a table under way, joined only when they are sent. */
export type CopyTable = { readonly table: string; readonly columns: readonly string[]; readonly lines: string[] }

export const copyTable = (table: string, columns: readonly string[]): CopyTable => ({ table, columns, lines: [] })

const CHUNK = 2_000

/** Sends what has been gathered and forgets it. Inside the client's transaction. @throws the database's error */
export const flushCopy = async (client: pg.ClientBase, { table, columns, lines }: CopyTable): Promise<void> => {
  if (lines.length === 0) return
  const chunks: Buffer[] = []
  for (let i = 0; i < lines.length; i += CHUNK) chunks.push(Buffer.from(lines.slice(i, i + CHUNK).join('')))
  lines.length = 0
  await pipeline(Readable.from(chunks), client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`)))
}
