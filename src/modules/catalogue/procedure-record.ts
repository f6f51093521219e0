/**
 * One procedure as the National Public Service Portal publishes it: the line of a JSONL file that `import-procedures` reads.
 * Strict: an unknown field is an error, so that a changed source is noticed. Schema: `data/procedures/README.md`; NĐ 63/2010 Art 8(2) names the parts.
 */
import { z } from 'zod'
import { type Json, canonical, sha256 } from '#kernel/digest.ts'

/** Base code `1.004222`; a province's own form appends the agency: `1.004222.000.00.00.H57` (domain.md §3.3). */
export const PROCEDURE_CODE = /^[1-9]\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?$/

export const LEVELS = ['commune', 'district', 'province', 'ministry', 'other'] as const
export type Level = (typeof LEVELS)[number]
const CHANNELS = ['in-person', 'online', 'postal', 'other'] as const
export type Channel = (typeof CHANNELS)[number]
export const LIMIT_UNITS = ['working-day', 'day', 'hour', 'month'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

const text = z.string()
const someText = z.string().min(1)
const textOrNull = z.string().nullable()
const count = z.int().min(0)

const TimeLimit = z.strictObject({
  amount: z.number().min(0),
  /** null = the source gives a number without a unit: a thing to settle, never a guess. */
  unit: z.enum(LIMIT_UNITS).nullable(),
  unit_source: textOrNull.optional(),
})

const Fee = z.strictObject({
  items: z.array(z.strictObject({ type: z.enum(['phi', 'le-phi']).nullable(), amount_vnd: count.nullable(), note: textOrNull })),
  free: z.boolean().nullable(),
  portal_shows_free: z.boolean().optional(),
  conflict: z.union([z.boolean(), text]).nullable().optional(),
})

const Method = z.strictObject({
  channel: z.enum(CHANNELS),
  time_limit: TimeLimit.nullable(),
  time_limit_raw: textOrNull,
  fee: Fee,
  fee_raw: textOrNull,
  description: textOrNull,
})

export const ProcedureRecord = z.strictObject({
  code: z.string().regex(PROCEDURE_CODE),
  name: someText,
  decision_no: textOrNull,
  levels: z.array(z.enum(LEVELS)).min(1),
  levels_raw: textOrNull,
  procedure_type: textOrNull,
  field: someText,
  publisher: textOrNull,
  subjects: z.array(text),
  executing_agency: textOrNull,
  competent_agency: textOrNull,
  delegated_agency: textOrNull,
  coordinating_agency: textOrNull,
  receiving_address: textOrNull,
  steps: z.array(z.strictObject({ order: count, text })),
  methods: z.array(Method),
  components: z.array(
    z.strictObject({ group: textOrNull, name: text, templates: z.array(text), originals: count, copies: count }),
  ),
  results: z.array(z.strictObject({ name: text, code: textOrNull })),
  legal_bases: z.array(
    z.strictObject({ number: textOrNull, title: textOrNull, issued_on: textOrNull, issuer: textOrNull }),
  ),
  conditions: textOrNull,
  related: textOrNull,
  keywords: textOrNull,
  description: textOrNull,
  detail_url: textOrNull,
  // The three that are no part of the identity: where the record comes from and how it was split.
  raw: z.record(z.string(), textOrNull).nullable().optional(),
  flags: z.array(text).optional(),
  provenance: z.record(z.string(), z.unknown()).nullable().optional(),
})
export type ProcedureRecord = z.infer<typeof ProcedureRecord>

/** What a revision keeps and what its digest covers. */
export type PublishedRecord = Omit<ProcedureRecord, 'raw' | 'flags' | 'provenance'>

/** Where the record came from; kept beside the revision for the administrator, outside its identity. */
export type RecordSource = Pick<ProcedureRecord, 'raw' | 'flags' | 'provenance'>

export const splitRecord = (record: ProcedureRecord): { published: PublishedRecord; source: RecordSource } => {
  const { raw = null, flags = [], provenance = null, ...published } = record
  return { published, source: { raw, flags, provenance } }
}

/**
 * SHA-256 over the canonical record without `provenance`, `flags`, `raw`: the identity of a revision. Canonical JSON knows integers only (decision 6),
 * so a fraction (a limit of 0.5 hours) stands there as its decimal text. Amounts are numbers by the schema, so nothing else reads the same.
 */
export const recordDigest = (published: PublishedRecord): Buffer => sha256(canonical(withoutFractions(published)))

const withoutFractions = (value: unknown): Json => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(withoutFractions)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).flatMap(([key, v]) => (v === undefined ? [] : [[key, withoutFractions(v)]])))
  }
  throw new TypeError(`not JSON: ${typeof value}`)
}
