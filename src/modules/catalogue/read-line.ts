/** One line of a catalogue file: either a record, or why not. Pure. The kinds of error are a contract with the scripts that read `--json`. */
import type { z } from 'zod'
import { ProcedureRecord } from './procedure-record.ts'

const LINE_ERRORS = [
  'not-json',
  'not-utf8',
  'not-nfc',
  'missing-field',
  'wrong-type',
  'bad-code',
  'bad-unit',
  'negative-amount',
  'duplicate-in-file',
  'too-large',
] as const
type LineError = (typeof LINE_ERRORS)[number]

/** A published procedure is some hundred kB at the most; a longer line is a broken file, not a procedure. */
export const MAX_LINE_BYTES = 1_000_000

/** `procedure` = its code where it can be read; `reason` is for a person. */
export type BadLine = { readonly procedure: string | null; readonly error: LineError; readonly reason: string }
export type ReadLine = { readonly ok: true; readonly record: ProcedureRecord } | ({ readonly ok: false } & BadLine)

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** What JSON can write by an escape, although neither UTF-8 nor PostgreSQL's jsonb can hold it. `JSON.stringify` escapes exactly these. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/
const NUL = /(?<!\\)(?:\\\\)*\\u0000/

const bad = (error: LineError, reason: string, procedure: string | null = null): ReadLine => ({ ok: false, procedure, error, reason })

/** @param bytes the line without its line break */
export const readLine = (bytes: Uint8Array): ReadLine => {
  if (bytes.byteLength > MAX_LINE_BYTES) return bad('too-large', `${bytes.byteLength} bytes; at most ${MAX_LINE_BYTES}`)
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return bad('not-utf8', 'the line is not UTF-8')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return bad('not-json', error instanceof Error ? error.message.slice(0, 200) : 'not JSON')
  }
  const procedure = codeOf(value)
  if (text.includes('\\u')) text = JSON.stringify(value) // escapes hide what the bytes do not show
  if (LONE_SURROGATE.test(text)) return bad('not-utf8', 'half of a surrogate pair', procedure)
  if (text !== text.normalize('NFC')) return bad('not-nfc', 'the text is not in Unicode normal form C', procedure)
  if (NUL.test(text)) return bad('wrong-type', 'a NUL character inside a text', procedure)
  const parsed = ProcedureRecord.safeParse(value)
  return parsed.success ? { ok: true, record: parsed.data } : explain(parsed.error, value, procedure)
}

const codeOf = (value: unknown): string | null => {
  const code = isObject(value) ? value['code'] : undefined
  return typeof code === 'string' && code.length <= 60 ? code : null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The most telling of several complaints: a line with two faults is named by the graver one. */
const explain = (error: z.ZodError, value: unknown, procedure: string | null): ReadLine => {
  const found = error.issues.map((issue) => ({ issue, kind: kindOf(issue, value) }))
  found.sort((a, b) => LINE_ERRORS.indexOf(a.kind) - LINE_ERRORS.indexOf(b.kind))
  const first = found[0]
  if (first === undefined) return bad('wrong-type', 'not a procedure', procedure)
  return bad(first.kind, `${pathText(first.issue.path)}: ${first.issue.message}`, procedure)
}

type Issue = z.core.$ZodIssue

const kindOf = (issue: Issue, value: unknown): LineError => {
  const last = issue.path.at(-1)
  const given = at(value, issue.path)
  if (given === undefined && issue.path.length > 0) return 'missing-field'
  if (last === 'code' && issue.path.length === 1 && typeof given === 'string') return 'bad-code'
  if (last === 'unit' && issue.path.at(-2) === 'time_limit') return 'bad-unit'
  if (issue.code === 'too_small' && typeof given === 'number') return 'negative-amount'
  // A name or a list of levels that is there but empty says nothing.
  if (issue.code === 'too_small') return 'missing-field'
  return 'wrong-type'
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((v, key) => (typeof v === 'object' && v !== null ? (v as Record<PropertyKey, unknown>)[key] : undefined), value)

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('').replace(/^\./, '') || 'line'
