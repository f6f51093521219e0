/** PURE. Codes of six digits for half a minute each: RFC 6238 with SHA-1, as every authenticator app makes them. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '#kernel/plain-date.ts'

const STEP_MS = 30_000
const DIGITS = 6
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** A clock may be half a minute off, either way. */
const DRIFT = [0, -1, 1]

export const stepOf = (at: Instant): number => Math.floor(at / STEP_MS)

/** @param secret 20 bytes · @param digits 6; the RFC's own examples have 8 */
export const codeAt = (secret: Uint8Array, step: number, digits = DIGITS): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac[mac.length - 1]! & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** The half-minute that the code belongs to, later than the last one used; undefined for a wrong code and for one that was used. */
export const matchingStep = (secret: Uint8Array, code: string, at: Instant, lastStep: number): number | undefined => {
  if (!/^\d{6}$/.test(code)) return undefined
  const right = DRIFT.map((drift) => stepOf(at) + drift).filter((step) => timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code)))
  return right.find((step) => step > lastStep)
}

/** RFC 4648, without padding: how apps want the secret typed. */
export const base32 = (bytes: Uint8Array): string => {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}

/** What the QR code says to the app. */
export const otpauthUri = (secret: Uint8Array, issuer: string, account: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1_000}`
