/**
 * Rows by COPY in its binary form: many at once, past the parser and the planner, and without a text that one side writes and the other reads again.
 * Constraints, generated columns and triggers are those of an insert.
 */
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { type PlainDate, dayNumber } from '#kernel/plain-date.ts'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

/**
 * By the column's type: moments are milliseconds; `bytea` is bytes or hexadecimal digits; `jsonb` is JSON text, or what is to be written as JSON
 * (a text that is a JSON value by itself: `JSON.stringify` it first).
 */
export type Cell = string | number | boolean | null | Uint8Array | object

/** Rows of a table under way. */
export type CopyTable = {
  /** In the order of the columns. @throws TypeError for what the column cannot hold */
  readonly add: (cells: readonly Cell[]) => void
  /** Sends what was added and forgets it. Inside the client's transaction. @throws the database's error */
  readonly flush: () => Promise<void>
}

/** The types of the columns are asked of the database, once; the table may be filled and flushed as often as one likes. */
export const openCopy = async (client: pg.ClientBase, table: string, columns: readonly string[]): Promise<CopyTable> => {
  const { rows } = await client.query<{ type: string | null }>(
    `select t.typname as type from unnest($2::text[]) with ordinality as c(name, n)
       left join pg_attribute a on a.attrelid = $1::regclass and a.attname = c.name and not a.attisdropped left join pg_type t on t.oid = a.atttypid order by c.n`,
    [table, columns],
  )
  const writers = rows.map(({ type }, i): Writer => {
    const writer = WRITERS[type ?? '']
    if (writer === undefined) throw new TypeError(`${table}.${columns[i]} is not copied: ${type ?? 'no such column'}`)
    return writer
  })
  const room = newRoom()
  return {
    add: (cells) => {
      let at = put16(reserve(room, room.end, 2), room.end, writers.length)
      for (let i = 0; i < writers.length; i += 1) {
        const given = cells[i] ?? null
        const cell = given === null || typeof given !== 'object' || given instanceof Uint8Array ? given : JSON.stringify(given)
        const bytes = reserve(room, at, typeof cell === 'string' ? 3 * cell.length : cell instanceof Uint8Array ? cell.length : 0)
        at = cell === null ? put32(bytes, at, -1) : (writers[i] as Writer)(bytes, at, cell)
      }
      room.end = at
    },
    flush: async () => {
      if (room.end === HEADER.length) return
      room.end = put16(room.bytes, room.end, -1)
      // The bytes are sent from where they stand: all of them have been taken when the pipeline ends.
      await pipeline(Readable.from(pieces(room)), client.query(from(`copy ${table} (${columns.join(', ')}) from stdin (format binary)`)))
      room.end = HEADER.length
    },
  }
}

const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])

type Room = { bytes: Buffer; end: number }

const newRoom = (): Room => {
  const bytes = Buffer.allocUnsafeSlow(65_536)
  bytes.set(HEADER)
  return { bytes, end: HEADER.length }
}

/** Room for a value of that many bytes, what stands around it, and for the end of the whole. */
const reserve = (room: Room, at: number, need: number): Buffer => {
  if (at + need + 32 > room.bytes.length) {
    const bytes = Buffer.allocUnsafeSlow(2 * room.bytes.length + need)
    room.bytes.copy(bytes, 0, 0, at)
    room.bytes = bytes
  }
  return room.bytes
}

/** Pieces that stay in the processor's cache on their way. */
const PIECE = 262_144
const pieces = ({ bytes, end }: Room): readonly Buffer[] => Array.from({ length: Math.ceil(end / PIECE) }, (_, i) => bytes.subarray(i * PIECE, Math.min(end, (i + 1) * PIECE)))

const put16 = (bytes: Buffer, at: number, n: number): number => {
  bytes[at] = n >>> 8
  bytes[at + 1] = n
  return at + 2
}
const put32 = (bytes: Buffer, at: number, n: number): number => {
  bytes[at] = n >>> 24
  bytes[at + 1] = n >>> 16
  bytes[at + 2] = n >>> 8
  bytes[at + 3] = n
  return at + 4
}
/** Whole numbers that JavaScript holds exactly. */
const put64 = (bytes: Buffer, at: number, n: number): number => put32(bytes, put32(bytes, at, Math.floor(n / 4_294_967_296)), n)

/** Writes length and value. @returns where it ends */
type Writer = (bytes: Buffer, at: number, cell: string | number | boolean | Uint8Array) => number

const numberOf = (cell: string | number | boolean | Uint8Array): number => {
  const n = typeof cell === 'string' ? Number(cell) : cell
  if (typeof n !== 'number' || !Number.isSafeInteger(n)) throw new TypeError(`not a whole number: ${typeof cell}`)
  return n
}
const within = (cell: string | number | boolean | Uint8Array, limit: number): number => {
  const n = numberOf(cell)
  if (n < -limit || n >= limit) throw new TypeError('a number too large for its column')
  return n
}
const textOf = (cell: string | number | boolean | Uint8Array): string => {
  if (typeof cell !== 'string') throw new TypeError(`not a text: ${typeof cell}`)
  return cell
}

/** From here on the built-in encoder pays. */
const LONG = 48

const putUtf8 = (bytes: Buffer, from: number, text: string): number => {
  if (text.length > LONG) return from + bytes.write(text, from)
  let at = from
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes[at++] = unit
    else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >>> 6)
      bytes[at++] = 0x80 | (unit & 0x3f)
    } else if (unit < 0xd800 || unit > 0xdfff) {
      bytes[at++] = 0xe0 | (unit >>> 12)
      bytes[at++] = 0x80 | ((unit >>> 6) & 0x3f)
      bytes[at++] = 0x80 | (unit & 0x3f)
    } else return from + bytes.write(text, from)
  }
  return at
}

/** Where the groups of a uuid's text have their pairs of digits. */
const PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
const DIGIT = new Uint8Array(128).fill(255)
for (let n = 0; n < 16; n += 1) DIGIT[n.toString(16).charCodeAt(0)] = DIGIT[n.toString(16).toUpperCase().charCodeAt(0)] = n

const pair = (text: string, at: number): number => {
  const [high, low] = [DIGIT[text.charCodeAt(at)] ?? 255, DIGIT[text.charCodeAt(at + 1)] ?? 255]
  if ((high | low) > 15) throw new TypeError('not hexadecimal digits')
  return (high << 4) | low
}

const putUuid: Writer = (bytes, at, cell) => {
  const text = textOf(cell)
  if (text.length !== 36) throw new TypeError('not a uuid')
  const from = put32(bytes, at, 16)
  for (let i = 0; i < 16; i += 1) bytes[from + i] = pair(text, PAIRS[i] as number)
  return from + 16
}

const putBytes: Writer = (bytes, at, cell) => {
  if (typeof cell === 'string') {
    const from = put32(bytes, at, cell.length / 2)
    for (let i = 0; i < cell.length / 2; i += 1) bytes[from + i] = pair(cell, 2 * i)
    return from + cell.length / 2
  }
  if (!(cell instanceof Uint8Array)) throw new TypeError(`not bytes: ${typeof cell}`)
  bytes.set(cell, put32(bytes, at, cell.length))
  return at + 4 + cell.length
}

const putText: Writer = (bytes, at, cell) => {
  const end = putUtf8(bytes, at + 4, textOf(cell))
  put32(bytes, at, end - at - 4)
  return end
}

const putJson: Writer = (bytes, at, cell) => {
  // The version of the form comes first.
  bytes[at + 4] = 1
  const end = putUtf8(bytes, at + 5, typeof cell === 'string' ? cell : String(cell))
  put32(bytes, at, end - at - 4)
  return end
}

/** PostgreSQL counts from the year 2000: days, microseconds. */
const DAY_2000 = 10_957
const MS_2000 = DAY_2000 * 86_400_000

const WRITERS: Readonly<Record<string, Writer>> = {
  uuid: putUuid,
  text: putText,
  jsonb: putJson,
  bytea: putBytes,
  bool: (bytes, at, cell) => {
    if (typeof cell !== 'boolean') throw new TypeError(`neither true nor false: ${typeof cell}`)
    bytes[put32(bytes, at, 1)] = cell ? 1 : 0
    return at + 5
  },
  int2: (bytes, at, cell) => put16(bytes, put32(bytes, at, 2), within(cell, 32_768)),
  int4: (bytes, at, cell) => put32(bytes, put32(bytes, at, 4), within(cell, 2_147_483_648)),
  int8: (bytes, at, cell) => put64(bytes, put32(bytes, at, 8), numberOf(cell)),
  xid8: (bytes, at, cell) => put64(bytes, put32(bytes, at, 8), numberOf(cell)),
  date: (bytes, at, cell) => put32(bytes, put32(bytes, at, 4), numberOf(dayNumber(textOf(cell) as PlainDate)) - DAY_2000),
  timestamptz: (bytes, at, cell) => put64(bytes, put32(bytes, at, 8), (numberOf(cell) - MS_2000) * 1_000),
}
