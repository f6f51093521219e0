/** Files by what is in them: the name of a file is the SHA-256 of its bytes. Small enough that a bucket can stand behind it. */

/** SHA-256 in 64 lower-case hexadecimal digits. */
export type Digest = string

export const isDigest = (text: string): text is Digest => /^[0-9a-f]{64}$/.test(text)

export type StoredContent = { readonly digest: Digest; readonly size: number }

export type PutOptions = {
  /** More bytes than this → `TooLarge`, and nothing is left behind. */
  readonly maxBytes: number
  /**
   * Runs when all bytes are safe on disk but not yet under their digest. What it throws stops the storing and leaves nothing;
   * what it writes to the database lets a sweep find content whose program died before the row was finished.
   */
  readonly beforeKeep?: (content: StoredContent) => Promise<void>
}

export type Condition = 'good' | 'missing' | 'damaged'

export type FileStore = {
  /** Returns only when the bytes, and the name that leads to them, would survive a power cut. A stream that fails leaves nothing. */
  readonly put: (content: AsyncIterable<Uint8Array>, options: PutOptions) => Promise<StoredContent>
  /** The bytes, checked against the digest on the way: the last piece is withheld and `DamagedFile` thrown when they differ. @throws NotFound */
  readonly open: (digest: Digest) => Promise<AsyncIterable<Buffer>>
  readonly has: (digest: Digest) => Promise<boolean>
  readonly verify: (digest: Digest) => Promise<Condition>
  /** Removes content unless it was put again since `before` (milliseconds). Safe against a `put` of the same content at the same moment. */
  readonly removeUnlessNewer: (digest: Digest, before: number) => Promise<boolean>
  readonly parts: PartStore
  /** Removes what broken-off writes of dead processes left, older than `before`. Returns how many. */
  readonly sweepTemporary: (before: number) => Promise<number>
}

/** A file that arrives in pieces. Which bytes count is the caller's row, not the length on disk. */
export type PartStore = {
  /**
   * Writes at `offset`. A line that drops keeps what came: `received` says how far the bytes are safe, `complete` whether the stream ended by itself.
   * Bytes past `maxBytes` are an error (`TooLarge`).
   */
  readonly write: (id: string, offset: number, content: AsyncIterable<Uint8Array>, maxBytes: number) => Promise<{ received: number; complete: boolean }>
  /** The first `size` bytes. @throws NotFound */
  readonly read: (id: string, size: number) => Promise<AsyncIterable<Buffer>>
  readonly drop: (id: string) => Promise<void>
}

/** More bytes came than are allowed. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
  readonly maxBytes: number
  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`)
    this.maxBytes = maxBytes
  }
}

/** The bytes on disk are no longer those that were stored. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile'
  readonly digest: Digest
  constructor(digest: Digest) {
    super(`file ${digest} is damaged`)
    this.digest = digest
  }
}
