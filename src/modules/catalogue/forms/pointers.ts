/** PURE. Reading and writing answers by pointer; names of HTML fields. `mother.fullName` is `/mother/fullName`. */
import type { Json } from '#kernel/digest.ts'
import type { Pointer } from './electronic-form.ts'

export type JsonObject = { readonly [key: string]: Json }
/** A tree that is being built. */
export type Draft = { [key: string]: Json | Draft | Draft[] | undefined }

export const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

export const keysOf = (pointer: Pointer): readonly string[] => (pointer === '' ? [] : pointer.slice(1).split('/'))
export const pointerTo = (keys: readonly string[]): Pointer => keys.map((k) => `/${k}`).join('')

export const nameOf = (pointer: Pointer): string => pointer.slice(1).replaceAll('/', '.')

/** A pattern with the rows [2] is `/members/2/name`; stars without a row stay. */
export const bind = (pattern: Pointer, rows: readonly number[]): Pointer => {
  let used = 0
  return pattern.replace(/\*/g, (star) => {
    const row = rows[used++]
    return row === undefined ? star : String(row)
  })
}

export const valueAt = (answers: Json | undefined, pointer: Pointer): Json | undefined =>
  keysOf(pointer).reduce<Json | undefined>((value, key) => {
    if (isList(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, answers)

/** A copy of the answers in which this pointer holds this value; undefined takes it out. Lists are filled up with empty rows. */
export const withValue = (answers: Json, pointer: Pointer, value: Json | undefined): Json => put(answers, keysOf(pointer), value)

const put = (node: Json | undefined, keys: readonly string[], value: Json | undefined): Json => {
  const [key, ...rest] = keys
  if (key === undefined) return value ?? {}
  if (/^\d+$/.test(key)) {
    const list = isList(node) ? [...node] : []
    while (list.length <= Number(key)) list.push({})
    list[Number(key)] = put(list[Number(key)], rest, value)
    return list
  }
  const { [key]: old, ...others } = isObject(node) ? node : {}
  if (rest.length === 0) return value === undefined ? others : { ...(isObject(node) ? node : {}), [key]: value }
  return { ...(isObject(node) ? node : {}), [key]: put(old, rest, value) }
}

/** The pattern of a bound pointer: `/members/2/name` has `*` for its 2. */
export const patternOf = (pointer: Pointer): Pointer => pointer.replace(/\/\d+(?=\/|$)/g, '/*')
export const rowsOfPointer = (pointer: Pointer): readonly number[] => keysOf(pointer).filter((k) => /^\d+$/.test(k)).map(Number)
