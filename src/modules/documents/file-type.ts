/**
 * PURE. What a file is, told by its bytes and never by its name or by what the browser says. Five types: what the trade hands in and
 * what every reader can open; anything else is refused, because it would be kept for decades.
 */
const FILE_TYPES = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
} as const
export type FileType = keyof typeof FILE_TYPES

/** For the `accept` of a file field. */
export const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx'

/** How many bytes of the beginning and of the end a verdict needs. */
export const HEAD_BYTES = 4096
export const TAIL_BYTES = 65_536

/** `damaged`: begins like one of ours and its end is missing. `unknown`: none of ours. */
export type Verdict = FileType | 'damaged' | 'unknown'

/** From the beginning alone: whether it may still become one of ours. */
export const mayBecome = (head: Buffer): boolean => kindOf(head) !== undefined

/** @param head the first `HEAD_BYTES`, @param tail the last `TAIL_BYTES` (of a small file both are the whole) */
export const fileType = (head: Buffer, tail: Buffer): Verdict => {
  const kind = kindOf(head)
  switch (kind) {
    case undefined:
      return 'unknown'
    case 'pdf':
      return tail.includes('%%EOF') ? 'application/pdf' : 'damaged'
    case 'png':
      return tail.includes('IEND') ? 'image/png' : 'damaged'
    case 'jpeg':
      // Cameras append whatever they like after the picture, so the end proves nothing.
      return 'image/jpeg'
    case 'zip':
      return officeType(tail)
  }
}

const kindOf = (head: Buffer): 'pdf' | 'jpeg' | 'png' | 'zip' | undefined => {
  // ISO 32000 readers accept the mark anywhere in the first 1024 bytes; scanners use that.
  if (head.subarray(0, 1024).includes('%PDF-')) return 'pdf'
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg'
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'png'
  if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) return 'zip'
  return undefined
}

/** The table of contents of a ZIP stands at its end. Macros are programs: not taken. */
const officeType = (tail: Buffer): Verdict => {
  if (!tail.includes(Buffer.from([0x50, 0x4b, 0x05, 0x06]))) return 'damaged'
  if (tail.includes('vbaProject.bin')) return 'unknown'
  if (tail.includes('word/document.xml')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  return tail.includes('xl/workbook.xml') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'unknown'
}

const MAX_NAME = 150
/** Control characters, and those that turn the direction of text so that `gpj.exe` reads `exe.jpg`. */
const TRICKS = /[\p{Cc}\p{Cf}]/gu

/** The last part of whatever path came with it, in NFC, without tricks, of bearable length; never empty. */
export const cleanFileName = (raw: string): string => {
  const last = raw.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const name = last.replaceAll(TRICKS, '').replace(/\s+/gu, ' ').trim()
  if (name === '' || /^\.+$/.test(name)) return 'tep-khong-ten'
  const letters = Array.from(name)
  if (letters.length <= MAX_NAME) return name
  const extension = /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? ''
  return letters.slice(0, MAX_NAME - extension.length).join('') + extension
}

/** The name under which a file is handed out: what it says at the end is what it is. */
export const fileNameFor = (name: string, type: FileType): string => {
  const ending = FILE_TYPES[type]
  const said = name.toLowerCase()
  return said.endsWith(ending) || (type === 'image/jpeg' && said.endsWith('.jpeg')) ? name : `${name}${ending}`
}
