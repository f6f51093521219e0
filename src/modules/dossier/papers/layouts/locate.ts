/** PURE. Where in a JSON text something stands, so that a fault can be told with its line. */

/** Lines count from 1. */
type Place = { readonly line: number; readonly column: number }
export type Located = { readonly ok: true; readonly json: unknown; readonly lineOf: (path: readonly (string | number)[]) => number } | { readonly ok: false; readonly at: Place; readonly found: string }

/** Reads JSON and remembers the line of every member. A text that is no JSON: where it breaks off, and what stands there. */
export const locate = (text: string): Located => {
  const lines = new Map<string, number>()
  try {
    const reader = { text, at: 0, lines }
    const json = value(reader, [])
    blanks(reader)
    if (reader.at < text.length) throw new Broken(reader.at)
    return { ok: true, json, lineOf: (path) => nearest(lines, path) }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { ok: false, at: placeOf(text, error.at), found: text.slice(error.at, error.at + 20).split('\n')[0] ?? '' }
  }
}

class Broken extends Error {
  readonly at: number
  constructor(at: number) {
    super('not JSON')
    this.at = at
  }
}

/** A member that is missing stands where its parent begins. */
const nearest = (lines: ReadonlyMap<string, number>, path: readonly (string | number)[]): number => {
  for (let n = path.length; n >= 0; n -= 1) {
    const line = lines.get(keyOf(path.slice(0, n)))
    if (line !== undefined) return line
  }
  return 1
}

const keyOf = (path: readonly (string | number)[]): string => JSON.stringify(path.map(String))
const placeOf = (text: string, at: number): Place => {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

type Reader = { readonly text: string; at: number; readonly lines: Map<string, number> }

const blanks = (r: Reader): void => {
  while (/\s/.test(r.text[r.at] ?? '')) r.at += 1
}
const take = (r: Reader, sign: string): boolean => {
  blanks(r)
  if (r.text[r.at] !== sign) return false
  r.at += 1
  return true
}
const expectSign = (r: Reader, sign: string): void => {
  if (!take(r, sign)) throw new Broken(r.at)
}

const value = (r: Reader, path: readonly (string | number)[]): unknown => {
  blanks(r)
  r.lines.set(keyOf(path), placeOf(r.text, r.at).line)
  if (take(r, '{')) return members(r, path)
  if (take(r, '[')) return items(r, path)
  return scalar(r)
}

const members = (r: Reader, path: readonly (string | number)[]): Record<string, unknown> => {
  const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  if (take(r, '}')) return { ...found }
  do {
    blanks(r)
    if (r.text[r.at] !== '"') throw new Broken(r.at)
    const name = String(scalar(r))
    expectSign(r, ':')
    found[name] = value(r, [...path, name])
  } while (take(r, ','))
  expectSign(r, '}')
  return { ...found }
}

const items = (r: Reader, path: readonly (string | number)[]): readonly unknown[] => {
  const found: unknown[] = []
  if (take(r, ']')) return found
  do found.push(value(r, [...path, found.length]))
  while (take(r, ','))
  expectSign(r, ']')
  return found
}

const SCALAR = /"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

const scalar = (r: Reader): unknown => {
  SCALAR.lastIndex = r.at
  const found = SCALAR.exec(r.text)?.[0]
  if (found === undefined) throw new Broken(r.at)
  try {
    const parsed: unknown = JSON.parse(found)
    r.at += found.length
    return parsed
  } catch {
    throw new Broken(r.at)
  }
}
