/** Something outside the program keeps it from starting or going on. The message is one sentence for the person at the terminal; exit code 1. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

const PORT_CODES = new Set(['EADDRINUSE', 'EACCES'])

const facts = (error: unknown): { code: string; text: string } => {
  const code = error !== null && typeof error === 'object' && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return { code, text: error instanceof Error ? error.message : String(error) }
}

/** The sentence for a failure that has one; undefined for a bug, which deserves its stack. */
export const sentenceFor = (error: unknown): string | undefined => {
  if (error instanceof CannotStart) return error.message
  const { code, text } = facts(error)
  if (code === 'ENOSPC' || code === '53100' || /no space left on device/i.test(text)) return 'There is no space left on the disk: free some and start again.'
  if (code === 'EROFS') return `The disk cannot be written to: ${text}.`
  if (PORT_CODES.has(code) && /listen/.test(text)) return `Cannot listen: ${text}.`
  if (code === 'EACCES' || code === 'EPERM') return `Not permitted: ${text}.`
  return undefined
}
