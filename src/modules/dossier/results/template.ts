/**
 * PURE. How result papers are written down as data (`data/results/`): what is asked, how it is numbered, what is printed (NĐ 30/2020 Appendix I;
 * forms.md, "Result"). Checked when it is loaded: a placeholder that names no field is refused. `sure: false` marks what is not certain in law.
 */
import { z } from 'zod'
import { canonical, sha256 } from '#kernel/digest.ts'
import { placeholdersIn } from '#kernel/placeholders.ts'
import type { ResultKind } from '../lifecycle/results.ts'

const Words = z.string().min(1)
const FieldName = z.string().regex(/^[a-z][A-Za-z0-9]*$/)

const FieldSource = z.strictObject({
  name: FieldName,
  label: Words,
  required: z.boolean(),
  /** What the draft proposes, the first that is there: `applicant.name`, `form.<pointer with dots>`, `today`. */
  from: z.array(z.string().regex(/^(applicant|submitter|procedure|division|dossier|form)\.[\w.]+$|^today$/)).min(1).optional(),
  /** Proposed when nothing else is. */
  text: Words.optional(),
  /** What the codes of a list mean. */
  words: z.record(z.string(), Words).optional(),
  multiline: z.literal(true).optional(),
  /** Printed in capitals. */
  upper: z.literal(true).optional(),
  sure: z.boolean().default(true),
})

const when = FieldName.optional()
const align = z.enum(['left', 'center', 'justify']).optional()
const TextPart = z.strictObject({ kind: z.literal('text'), text: Words, align, bold: z.literal(true).optional(), italic: z.literal(true).optional(), indent: z.literal(true).optional(), when })
const LinePart = z.strictObject({ kind: z.literal('line'), label: Words, value: Words, strong: z.literal(true).optional(), when })
const Small = z.discriminatedUnion('kind', [TextPart, LinePart])
const Part = z.discriminatedUnion('kind', [
  TextPart,
  /** `Label: value`. */
  LinePart,
  z.strictObject({ kind: z.literal('columns'), left: z.array(Small).min(1), right: z.array(Small).min(1) }),
  /** A row per line of the field, cells between `|`. */
  z.strictObject({ kind: z.literal('table'), field: FieldName, columns: z.array(z.strictObject({ title: Words, width: z.number().positive() })).min(1) }),
  /** A paragraph per line of the field. */
  z.strictObject({ kind: z.literal('lines'), field: FieldName, italic: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('article'), label: Words, text: Words }),
  z.strictObject({ kind: z.literal('signatures'), left: Words, right: Words, leftName: Words, rightName: Words }),
])
export type Part = z.infer<typeof Part>

const TemplateSource = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  /** What the result is called in lists: `Giấy xác nhận tình trạng hôn nhân`. */
  name: Words,
  title: Words,
  subtitle: Words.optional(),
  kind: z.enum(['granted', 'declined']),
  procedures: z.array(z.string()),
  /** Serves every procedure. */
  general: z.boolean().default(false),
  source: Words,
  number: z.strictObject({
    /** `{n}`, `{year}`, `{author}`: UBND, SYT. */
    pattern: z.string().regex(/\{n\}/),
    /** What is counted together, where the pattern does not say it. */
    series: z.string().optional(),
    /** Digits to which it is filled up with noughts: 2 → 01 (NĐ 30/2020). */
    pad: z.int().min(1).max(6),
    sure: z.boolean().default(true),
  }),
  numberLabel: Words.default('Số'),
  issuer: z.enum(['agency', 'division']),
  /** `committee`: TM. ỦY BAN NHÂN DÂN · `post`: the post alone · `registrar`: under NGƯỜI KÝ … (processes.md §8). */
  authority: z.enum(['committee', 'post', 'registrar']),
  signTitle: Words.optional(),
  fields: z.array(FieldSource).min(1),
  blocks: z.array(Part).min(1),
  recipients: z.array(Words),
  qr: z.boolean(),
})

type TemplateContent = z.infer<typeof TemplateSource>
export type ResultField = TemplateContent['fields'][number]
/** `version`: SHA-256 of the content in hexadecimal; a draft keeps it. */
export type ResultTemplate = TemplateContent & { readonly kind: ResultKind; readonly version: string }

/** What every template may print besides its fields. */
const BUILT_IN = ['agency', 'issuer', 'issuerUpper', 'division', 'procedure', 'code', 'receivedOn', 'issuedOn', 'number', 'year', 'place'] as const
export type BuiltIn = (typeof BUILT_IN)[number]

const textsOf = (part: Part): readonly string[] => {
  switch (part.kind) {
    case 'text':
      return [part.text]
    case 'line':
      return [part.value]
    case 'article':
      return [part.text]
    case 'signatures':
      return [part.leftName, part.rightName]
    case 'columns':
      return [...part.left, ...part.right].flatMap(textsOf)
    default:
      return []
  }
}
const fieldsOf = (part: Part): readonly string[] => {
  if (part.kind === 'table' || part.kind === 'lines') return [part.field]
  if (part.kind === 'columns') return [...part.left, ...part.right].flatMap(fieldsOf)
  return 'when' in part && part.when !== undefined ? [part.when] : []
}

/** @throws ZodError for what is not well formed · RangeError for a placeholder, a field or a number that means nothing */
export const parseTemplate = (json: unknown): ResultTemplate => {
  const source = TemplateSource.parse(json)
  const known = new Set<string>([...source.fields.map((field) => field.name), ...BUILT_IN])
  if (known.size !== source.fields.length + BUILT_IN.length) throw new RangeError(`${source.slug}: a field stands twice, or under the name of what is built in`)
  const named = [...source.blocks.flatMap(textsOf), source.subtitle ?? ''].flatMap(placeholdersIn)
  const unknown = [...named, ...source.blocks.flatMap(fieldsOf)].filter((name) => !known.has(name))
  if (unknown.length > 0) throw new RangeError(`${source.slug}: no field ${unknown.join(', ')}`)
  const strange = placeholdersIn(source.number.pattern).filter((name) => !['n', 'year', 'author'].includes(name))
  if (strange.length > 0) throw new RangeError(`${source.slug}: a number has no ${strange.join(', ')}`)
  if (source.general === source.procedures.length > 0) throw new RangeError(`${source.slug}: either general or of some procedures`)
  if ((source.authority === 'registrar') !== (source.signTitle !== undefined)) throw new RangeError(`${source.slug}: who signs as what?`)
  return { ...source, version: sha256(canonical(JSON.parse(JSON.stringify(source, wholeOrText)))).toString('hex') }
}

/** Canonical JSON knows no fractions: a column's width of 0.68 counts as the text. */
const wholeOrText = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? String(value) : value)
