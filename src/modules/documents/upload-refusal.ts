/** PURE. Why a file is not taken. The sentences stand in `web/`. */

/** 50 MB: a scan of 100 pages at 300 dpi in colour; a plain upload is held in memory once. */
export const MAX_FILE_BYTES = 50_000_000
/** What one account may have lying unclaimed, so that nobody fills the disk: who holds a post scans for a whole counter, a citizen for one dossier. */
export const MAX_WAITING_BYTES = { officer: 2_000_000_000, citizen: 300_000_000 } as const
/** Decision 21. */
export const UPLOAD_DAYS = 2

export type UploadRefusal =
  | { readonly code: 'empty'; readonly name: string }
  | { readonly code: 'too-large'; readonly name: string; readonly maxBytes: number }
  /** None of the types that are taken. */
  | { readonly code: 'wrong-type'; readonly name: string }
  /** Begins rightly, its end is missing: cut before it ever came here. */
  | { readonly code: 'damaged'; readonly name: string }
  /** The line dropped: fewer bytes than announced. What came in pieces is kept. */
  | { readonly code: 'cut-short'; readonly name: string; readonly received: number; readonly announced: number }
  | { readonly code: 'too-much-waiting'; readonly maxBytes: number }
  /** A piece for another place than the next one: go on at `offset`. */
  | { readonly code: 'wrong-offset'; readonly offset: number }

/** Inside the storing of a stream a refusal travels as an exception, so that the store leaves nothing behind. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: UploadRefusal
  constructor(refusal: UploadRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}
