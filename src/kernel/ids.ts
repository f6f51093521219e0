/** UUIDv7 (RFC 9562): the first 48 bits are the moment, so that ids sort by time and rows can be partitioned by them. */
import type { Instant } from './plain-date.ts'

export type Uuid = string & { readonly __uuid: never }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: string): text is Uuid => UUID.test(text)

/** @throws RangeError */
export const uuid = (text: string): Uuid => {
  if (!isUuid(text)) throw new RangeError('not a uuid')
  return text
}

/** @param random 10 bytes */
export const uuidv7 = (at: Instant, random: Uint8Array): Uuid => {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Uuid
}

/** The smallest UUIDv7 of this moment: the bound of a partition. */
export const uuidv7Floor = (at: Instant): Uuid => {
  const hex = at.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000` as Uuid
}

export const instantOfUuid = (id: Uuid): Instant => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) as Instant
