/** Passwords: argon2id (RFC 9106, the OWASP parameters of 19 MiB, two passes, one lane: about 25 ms). */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

const ARGON2ID = 2
export const MIN_PASSWORD = 10
/** Beyond it better-auth refuses: nobody makes us hash megabytes. */
const MAX_PASSWORD = 128

export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFC'), { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 })

/** False for a wrong password and for a hash that is none. */
export const verifyPassword = (hashed: string, password: string): Promise<boolean> => verify(hashed, password.normalize('NFC')).catch(() => false)

export type WeakPassword = { readonly code: 'weak-password'; readonly reason: 'short' | 'long' | 'is-username' | 'monotonous' }

/** Length above all (NIST SP 800-63B §3.1.1); no rules about kinds of characters, which only make passwords guessable in the same way. */
export const passwordWeakness = (password: string, username: string): WeakPassword | undefined => {
  const text = password.normalize('NFC')
  if ([...text].length < MIN_PASSWORD) return { code: 'weak-password', reason: 'short' }
  if (text.length > MAX_PASSWORD) return { code: 'weak-password', reason: 'long' }
  if (text.toLowerCase().includes(username.toLowerCase()) || username.toLowerCase().includes(text.toLowerCase())) return { code: 'weak-password', reason: 'is-username' }
  if (new Set(text).size < 5) return { code: 'weak-password', reason: 'monotonous' }
  return undefined
}

/** A password for somebody else's first sign-in: 70 bits, without letters that are read wrongly from a slip of paper. */
export const inventPassword = (): string => Array.from(randomBytes(14), (byte) => LEGIBLE[byte % LEGIBLE.length]).join('')

/** 32 signs, so that a byte falls on each alike. */
const LEGIBLE = 'abcdefghijkmnpqrstuvwxyz23456789'
