/** RFC 8785 canonical JSON and SHA-256. Only what canonical JSON leaves no doubt about is allowed: strings, safe integers, booleans, null. */
import { hash } from 'node:crypto'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** @throws TypeError for a fraction, an unsafe integer or a value that JSON does not have. */
export const canonical = (value: Json): string => {
  if (typeof value === 'string') return quoted(value)
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`)
    return String(value === 0 ? 0 : value)
  }
  if (typeof value !== 'object') throw new TypeError(`not JSON: ${typeof value}`)
  return Array.isArray(value) ? canonicalArray(value as readonly Json[]) : canonicalRecord(value as { readonly [key: string]: Json })
}

// Loops instead of chains: every event is hashed by this, twice when it is verified.
const canonicalArray = (list: readonly Json[]): string => {
  let text = '['
  for (let i = 0; i < list.length; i += 1) text += i === 0 ? canonical(list[i] as Json) : `,${canonical(list[i] as Json)}`
  return `${text}]`
}

const canonicalRecord = (record: { readonly [key: string]: Json }): string => {
  let text = ''
  for (const key of membersInOrder(record)) {
    const value = record[key]
    if (value !== undefined) text += (text === '' ? '' : ',') + memberName(key) + canonical(value)
  }
  return `{${text}}`
}

/** RFC 8785 §3.2.3 sorts keys by UTF-16 code units, which is what `<` compares. Few, and often in order: inserted where they belong. */
export const membersInOrder = (record: object): readonly string[] => {
  const keys = Object.keys(record)
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] as string
    let j = i
    for (; j > 0 && (keys[j - 1] as string) > key; j -= 1) keys[j] = keys[j - 1] as string
    keys[j] = key
  }
  return keys
}

/** `"key":`, kept for the words that our events are made of. */
export const memberName = (key: string): string => {
  const known = names.get(key)
  if (known !== undefined) return known
  const text = `${quoted(key)}:`
  if (names.size < NAMES_KEPT) names.set(key, text)
  return text
}
const names = new Map<string, string>()
const NAMES_KEPT = 2_000

const PLAIN = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/
/** Most texts need no escape, and a test is quicker than `stringify`. */
const quoted = (text: string): string => (text.length < 200 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => Buffer.from(sha256Hex(...parts), 'hex')

/** Digits come several times as quickly as a buffer of their own. */
export const sha256Hex = (...parts: readonly (string | Uint8Array)[]): string => hash('sha256', parts.length === 1 ? (parts[0] as string | Uint8Array) : joined(parts), 'hex')

let room = Buffer.allocUnsafeSlow(16_384)

/** Good until the next call. */
const joined = (parts: readonly (string | Uint8Array)[]): Buffer => {
  let need = 0
  for (const part of parts) need += typeof part === 'string' ? 3 * part.length : part.length
  if (need > room.length) room = Buffer.allocUnsafeSlow(2 * need)
  let end = 0
  for (const part of parts) {
    if (typeof part === 'string') end += room.write(part, end)
    else {
      room.set(part, end)
      end += part.length
    }
  }
  return room.subarray(0, end)
}
