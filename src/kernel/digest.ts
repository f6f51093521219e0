/** RFC 8785 canonical JSON and SHA-256. Only what canonical JSON leaves no doubt about is allowed: strings, safe integers, booleans, null. */
import { createHash } from 'node:crypto'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** @throws TypeError for a fraction, an unsafe integer or a value that JSON does not have. */
export const canonical = (value: Json): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`)
    return String(value === 0 ? 0 : value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`not JSON: ${typeof value}`)
  const record = value as { readonly [key: string]: Json }
  // RFC 8785 §3.2.3 sorts keys by UTF-16 code units, which is what sort() does.
  const members = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(record[key] as Json)}`)
  return `{${members.join(',')}}`
}

export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const sha256Hex = (...parts: readonly (string | Uint8Array)[]): string => sha256(...parts).toString('hex')
