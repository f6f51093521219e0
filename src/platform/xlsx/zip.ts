/** A ZIP archive as it grows (APPNOTE 6.3): lengths and checksums stand behind each entry, so that nothing has to be known beforehand. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { type Instant, VN_OFFSET_MS } from '#kernel/plain-date.ts'

export type ZipEntry = { readonly name: string; readonly content: Iterable<string> | AsyncIterable<string> }

type Written = { readonly name: Buffer; readonly offset: number; readonly crc: number; readonly packed: number; readonly size: number }

const DEFLATED = 8
/** Lengths follow (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808
const VERSION = 20
/** Without ZIP64 no length or place may be larger. */
const LARGEST = 0xffff_ffff

/** Day and time as DOS keeps them, in two seconds, from 1980 on. */
const dosTime = (at: Instant): readonly [time: number, day: number] => {
  const local = new Date(at + VN_OFFSET_MS)
  const time = (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1)
  return [time, (Math.max(0, local.getUTCFullYear() - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate()]
}

/** A record of little-endian fields: `[bytes, value]`. */
const record = (...fields: readonly (readonly [2 | 4, number])[]): Buffer => {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}

const localHeader = (name: Buffer, [time, day]: readonly [number, number]): Buffer =>
  Buffer.concat([record([4, 0x0403_4b50], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, time], [2, day], [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]), name])

const centralHeader = (entry: Written, [time, day]: readonly [number, number]): Buffer => {
  const { name, offset, crc, packed, size } = entry
  return Buffer.concat([
    record([4, 0x0201_4b50], [2, VERSION], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, time], [2, day], [4, crc], [4, packed], [4, size], [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
    name,
  ])
}

const PIECE = 65_536

/** @throws RangeError beyond 4 GB, and whatever an entry's content throws: the archive breaks off */
export async function* zipped(entries: readonly ZipEntry[], at: Instant): AsyncGenerator<Buffer> {
  const moment = dosTime(at)
  const written: Written[] = []
  let offset = 0
  const count = (buffer: Buffer): Buffer => {
    offset += buffer.length
    if (offset > LARGEST) throw new RangeError('a spreadsheet of more than 4 GB')
    return buffer
  }
  for (const { name: text, content } of entries) {
    const [name, begun] = [Buffer.from(text, 'utf8'), offset]
    let [crc, size, packed] = [0, 0, 0]
    const counted = async function* () {
      for await (const piece of inPieces(content)) {
        crc = crc32(piece, crc)
        size += piece.length
        yield piece
      }
    }
    yield count(localHeader(name, moment))
    const deflate = createDeflateRaw()
    const feeding = pipeline(Readable.from(counted(), { objectMode: false }), deflate)
    // Its error comes out of `deflate` as well, and is thrown there.
    feeding.catch(() => undefined)
    for await (const piece of deflate as AsyncIterable<Buffer>) {
      packed += piece.length
      yield count(piece)
    }
    if (size > LARGEST) throw new RangeError('a sheet of more than 4 GB')
    yield count(record([4, 0x0807_4b50], [4, crc], [4, packed], [4, size]))
    written.push({ name, offset: begun, crc, packed, size })
  }
  const directory = Buffer.concat(written.map((entry) => centralHeader(entry, moment)))
  yield Buffer.concat([directory, record([4, 0x0605_4b50], [2, 0], [2, 0], [2, written.length], [2, written.length], [4, directory.length], [4, offset], [2, 0])])
}

/** Rows are short; compressed one by one they would cost more than they are. */
async function* inPieces(content: ZipEntry['content']): AsyncGenerator<Buffer> {
  let waiting = ''
  for await (const text of content) {
    waiting += text
    if (waiting.length < PIECE) continue
    yield Buffer.from(waiting, 'utf8')
    waiting = ''
  }
  if (waiting !== '') yield Buffer.from(waiting, 'utf8')
}
