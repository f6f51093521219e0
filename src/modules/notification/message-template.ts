/**
 * PURE. How messages are written down as data (`data/messages/`): one template per event, with a text per language and channel, and the values that it may
 * name. A text that names anything else is refused, with the place of the fault. A line that names a value which this message does not have is left out.
 */
import { z } from 'zod'
import { canonical, sha256Hex } from '#kernel/digest.ts'
import { type PlaceholderFault, placeholderFaults } from '#kernel/placeholders.ts'

export const LANGS = ['vi', 'en'] as const
export type MessageLang = (typeof LANGS)[number]

/** `sms` has no subject; that of the e-mail is the title of the app message. */
export const PARTS = ['subject', 'email', 'sms', 'app'] as const
export type Part = (typeof PARTS)[number]

/** Longest text by part. An SMS is cut by the networks beyond ten parts; five are dear enough (5 × 153 characters of GSM 03.38). */
const LONGEST: Readonly<Record<Part, number>> = { subject: 150, email: 5_000, sms: 765, app: 500 }

const Texts = z.strictObject({ subject: z.string(), email: z.string(), sms: z.string(), app: z.string() })
export type Texts = z.infer<typeof Texts>

const Value = z.strictObject({ name: z.string().regex(/^[a-z][A-Za-z0-9]*$/), label: z.string().min(1), example: z.string().min(1), english: z.string().min(1).optional() })
export type TemplateValue = z.infer<typeof Value>

const Source = z.strictObject({
  /** `result-ready`; also the name of the file. */
  kind: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string().min(1),
  audience: z.enum(['citizen', 'officer']),
  /** Asks the person to do something: news that does not settle it never replaces it. */
  asks: z.boolean(),
  /** Says that something arrived: it is owed by itself, no other news takes its place and it takes no other's. */
  acknowledges: z.literal(true).optional(),
  /** Kinds that have nothing to say any more once this has happened. */
  settles: z.array(z.string()),
  /** Officers say themselves whether they want it; null: everybody gets it. */
  choice: z.enum(['digest', 'urgent']).nullable(),
  values: z.array(Value),
  texts: z.strictObject({ vi: Texts, en: Texts }),
})
type Source = z.infer<typeof Source>

/** `version`: SHA-256 of the content, hexadecimal; a message keeps the one that it was sent by. */
export type MessageTemplate = Source & { readonly version: string }

/** What every message may name. `link` leads to where the person reads more. */
const BUILT_IN: readonly TemplateValue[] = [
  { name: 'name', label: 'Tên người nhận', example: 'Nguyễn Văn An' },
  { name: 'code', label: 'Mã hồ sơ', example: 'H57.12-20261120-0000007' },
  { name: 'procedure', label: 'Tên thủ tục', example: 'Cấp Giấy xác nhận tình trạng hôn nhân' },
  { name: 'desk', label: 'Nơi nhận hồ sơ', example: 'Trung tâm Phục vụ hành chính công phường Thuận Hóa' },
  { name: 'city', label: 'Tên thành phố, tỉnh', example: 'thành phố Huế' },
  { name: 'link', label: 'Đường dẫn để xem', example: 'https://motcua.hue.gov.vn/tra-cuu' },
]

export type TextFault =
  | PlaceholderFault
  | { readonly fault: 'empty' }
  | { readonly fault: 'too-long'; readonly most: number; readonly length: number }
  /** A subject of two lines would let a text write headers. */
  | { readonly fault: 'not-one-line' }

export type TemplateFault = { readonly lang: MessageLang; readonly part: Part } & TextFault

export const valuesOf = (template: Pick<Source, 'values'>): readonly TemplateValue[] => [...BUILT_IN, ...template.values]

/** Every fault of the texts, with its place; none = may be used. */
export const faultsOf = (template: Pick<Source, 'values' | 'texts'>): readonly TemplateFault[] => {
  const known = new Set(valuesOf(template).map((value) => value.name))
  return LANGS.flatMap((lang) => PARTS.flatMap((part) => textFaults(template.texts[lang][part], part, known).map((fault) => ({ lang, part, ...fault }))))
}

const textFaults = (text: string, part: Part, known: ReadonlySet<string>): readonly TextFault[] => {
  if (text.trim() === '') return [{ fault: 'empty' }]
  if (text.length > LONGEST[part]) return [{ fault: 'too-long', most: LONGEST[part], length: text.length }]
  if (part === 'subject' && text.includes('\n')) return [{ fault: 'not-one-line' }]
  return placeholderFaults(text, known)
}

/** @throws ZodError for what is not well formed · RangeError for a text that is broken */
export const parseMessageTemplate = (json: unknown): MessageTemplate => {
  const source = Source.parse(json)
  const names = valuesOf(source).map((value) => value.name)
  if (new Set(names).size !== names.length) throw new RangeError(`${source.kind}: a value stands twice`)
  const [fault] = faultsOf(source)
  if (fault !== undefined) throw new RangeError(`${source.kind}: ${fault.lang} ${fault.part}: ${fault.fault}${'line' in fault ? ` at ${fault.line}:${fault.column}` : ''}`)
  return withVersion(source)
}

/** The same template with other texts. */
export const withTexts = (template: MessageTemplate, texts: Source['texts']): MessageTemplate => {
  const { version: _, ...source } = template
  return withVersion({ ...source, texts })
}

const withVersion = (source: Source): MessageTemplate => ({ ...source, version: sha256Hex(canonical(source)) })
