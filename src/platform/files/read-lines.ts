import { createReadStream } from 'node:fs'

/**
 * The lines of a file as bytes, without their line breaks, numbered from 1, never holding more than `keep` bytes of one line in memory:
 * a longer line is given cut off at `keep` bytes. A byte order mark at the start is left out; a last line need not end in a line break.
 * @throws the error of the file system when the file cannot be read
 */
export async function* readLines(path: string, keep: number): AsyncGenerator<{ readonly line: number; readonly bytes: Buffer }> {
  let line = 1
  let parts: Buffer[] = []
  let size = 0
  const take = (part: Buffer) => {
    const room = keep - size
    if (room > 0) parts.push(part.subarray(0, room))
    size = Math.min(keep, size + part.length)
  }
  const finish = () => {
    let bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
    if (bytes.at(-1) === 0x0d && size < keep) bytes = bytes.subarray(0, -1)
    if (line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
    parts = []
    size = 0
    return { line: line++, bytes }
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let to = chunk.indexOf(0x0a); to >= 0; to = chunk.indexOf(0x0a, from)) {
      take(chunk.subarray(from, to))
      yield finish()
      from = to + 1
    }
    if (from < chunk.length) take(chunk.subarray(from))
  }
  if (size > 0) yield finish()
}
