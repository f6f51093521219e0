/** PURE. Personal values on their way into the log and back (decision 5): the salts come from whoever appends. */
import { type Json, canonical, memberName, membersInOrder, sha256Hex } from '#kernel/digest.ts'

/** A personal value on its way into the log: it will stand in `log.private`, and `data` will hold its salted digest (decision 5). */
export class Personal {
  readonly value: Json
  constructor(value: Json) {
    this.value = value
  }
}

export const personal = (value: Json): Personal => new Personal(value)

export type EventValue = string | number | boolean | null | Personal | readonly EventValue[] | { readonly [key: string]: EventValue | undefined }
export type EventData = { readonly [key: string]: EventValue | undefined }

/** The type of the event that takes a personal value away (decision 5). Its data: `{ values: [{ seq, path }], … }`. */
export const ERASED_TYPE = 'privacy.erased'

/** What replay shows where a personal value was erased. */
export const ERASED = 'đã xóa'

/** `text`: the value as canonical JSON. */
export type PrivateValue = { readonly path: string; readonly salt: Buffer; readonly text: string }

const digestOf = (salt: Uint8Array, text: string): string => sha256Hex(salt, text)
export const privateDigest = (salt: Uint8Array, value: Json): string => digestOf(salt, canonical(value))

/**
 * Splits `data` into what everyone may read, as canonical JSON, and the personal values, each with its path (`applicant.name`), in the order of
 * their paths' members. A personal value that is null has nothing to hide and stays a plain null.
 */
export const takePrivate = (data: EventData, salt: (path: string) => Buffer): { readonly text: string; readonly secrets: readonly PrivateValue[] } => {
  const secrets: PrivateValue[] = []
  const walk = (value: EventValue, path: string): string => {
    if (value === null || typeof value !== 'object') return canonical(value)
    if (value instanceof Personal) {
      if (value.value === null) return 'null'
      const secret = { path, salt: salt(path), text: canonical(value.value) }
      secrets.push(secret)
      return `{"$private":"${digestOf(secret.salt, secret.text)}"}`
    }
    if (Array.isArray(value)) return `[${value.map((item: EventValue, i) => walk(item, `${path}.${i}`)).join(',')}]`
    const record = value as EventData
    let text = ''
    for (const key of membersInOrder(record)) {
      const member = record[key]
      if (member !== undefined) text += (text === '' ? '' : ',') + memberName(key) + walk(member, path === '' ? key : `${path}.${key}`)
    }
    return `{${text}}`
  }
  return { text: walk(data, ''), secrets }
}

/** Puts the personal values back into stored data; an erased one reads `đã xóa`. */
export const putPrivate = (data: Json, values: ReadonlyMap<string, Json>): Json => {
  const walk = (value: Json, path: string): Json => {
    if (Array.isArray(value)) return value.map((item: Json, i) => walk(item, `${path}.${i}`))
    if (value !== null && typeof value === 'object') {
      const record = value as { readonly [key: string]: Json }
      if (typeof record['$private'] === 'string') return values.get(path) ?? ERASED
      return Object.fromEntries(Object.entries(record).map(([key, v]) => [key, walk(v, path === '' ? key : `${path}.${key}`)]))
    }
    return value
  }
  return walk(data, '')
}
