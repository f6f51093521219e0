/**
 * PURE. How the official forms (domain.md §4) are written down as data: `data/papers/<slug>-<layout>.json`, or what an administrator made of it.
 * A text names values as `{code}`, and sets words in bold between `**`. What a layout may print is fixed by its paper (`fields.ts`): it can never reach further.
 */
import { z } from 'zod'
import type { FormSlug } from '#modules/process'
import { placeholderFaults } from '#kernel/placeholders.ts'
import { PAPER_FIELDS } from './fields.ts'

/** Which drawing of a form: the regimes before and from 2025-07-01. */
export const LAYOUT_YEARS = ['2018', '2025'] as const
export type LayoutYear = (typeof LAYOUT_YEARS)[number]

/** As they stand in addresses and file names. */
export const PAPER_SLUGS = {
  receipt: 'RECEIPT',
  supplement: 'SUPPLEMENT',
  refusal: 'REFUSAL',
  'apology-extension': 'APOLOGY_EXTENSION',
  'stop-notice': 'STOP_NOTICE',
  'control-slip': 'CONTROL_SLIP',
  register: 'REGISTER',
} as const satisfies Record<string, FormSlug>
export type PaperSlug = keyof typeof PAPER_SLUGS

const Words = z.string().min(1).max(4_000)
const Name = z.string().regex(/^[a-z][A-Za-z0-9]*$/)
const Size = z.number().min(7).max(20).optional()
const align = z.enum(['left', 'center', 'right', 'justify']).optional()
/** Drawn only where the value is there, or only where it is not. */
const condition = { when: Name.optional(), unless: Name.optional() }

const Text = z.strictObject({
  kind: z.literal('text'), text: Words, size: Size, align, italic: z.literal(true).optional(), indent: z.literal(true).optional(), before: z.number().min(0).max(40).optional(), ...condition,
})
const Labelled = z.strictObject({ label: Words, value: Words })
const Hand = z.strictObject({ title: Words, name: Words })

const Simple = z.discriminatedUnion('kind', [
  /** Number of the form and who issued it, small, top right. */
  z.strictObject({ kind: z.literal('form-note') }),
  /** Issuer and number left, national title and date right (NĐ 30/2020 Appendix I). */
  z.strictObject({ kind: z.literal('head') }),
  /** Agency and unit alone, for a table across the page. */
  z.strictObject({ kind: z.literal('list-head') }),
  z.strictObject({ kind: z.literal('title'), text: Words, size: Size }),
  Text,
  /** `Label: value`; without a value dots for the pen. */
  z.strictObject({ kind: z.literal('field'), ...Labelled.shape, ...condition }),
  z.strictObject({ kind: z.literal('pair'), left: Labelled, right: Labelled, ...condition }),
  /** QR code to the look-up, words, barcode. */
  z.strictObject({ kind: z.literal('codes'), text: Words, ...condition }),
  /** A paragraph for each of a list. */
  z.strictObject({ kind: z.literal('list'), list: Name, text: Words }),
  z.strictObject({
    kind: z.literal('table'), list: Name, size: Size,
    columns: z.array(z.strictObject({ title: Words, width: z.number().min(0.01).max(1), align, value: Words })).min(1).max(16),
  }),
  z.strictObject({ kind: z.literal('signatures'), left: Hand.nullable(), right: Hand }),
  /** Recipients left, the authority line and the name of the head right (processes.md §8). */
  z.strictObject({ kind: z.literal('authority'), recipients: z.array(Words).max(8) }),
  z.strictObject({ kind: z.literal('space'), height: z.number().min(0).max(200) }),
])
/** `together`: never parted by the end of a page. */
const LayoutBlock = z.union([Simple, z.strictObject({ kind: z.literal('together'), blocks: z.array(Simple).min(1) })])
export type SimpleBlock = z.infer<typeof Simple>
export type LayoutBlock = z.infer<typeof LayoutBlock>

const LayoutSource = z.strictObject({
  slug: z.enum(Object.keys(PAPER_SLUGS) as [PaperSlug, ...PaperSlug[]]),
  layout: z.enum(LAYOUT_YEARS),
  source: Words,
  landscape: z.literal(true).optional(),
  /** Bottom left of every page. */
  footer: Words,
  blocks: z.array(LayoutBlock).min(1).max(80),
})
export type PaperLayout = z.infer<typeof LayoutSource>

/** `path`: where in the layout, `blocks.3.text`; `message` in Vietnamese. */
export type LayoutFault = { readonly path: readonly (string | number)[]; readonly message: string }
export type CheckedLayout = { readonly ok: true; readonly layout: PaperLayout } | { readonly ok: false; readonly faults: readonly LayoutFault[] }

/** Every fault at once, each with its place. */
export const checkLayout = (slug: PaperSlug, year: LayoutYear, json: unknown): CheckedLayout => {
  const parsed = LayoutSource.safeParse(json)
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.flatMap((issue) => faultsOf(issue)) }
  const layout = parsed.data
  const faults: LayoutFault[] = []
  if (layout.slug !== slug) faults.push({ path: ['slug'], message: `Đây là mẫu ${slug}, không đổi tên mẫu được.` })
  if (layout.layout !== year) faults.push({ path: ['layout'], message: `Đây là bố cục ${year}, không đổi được.` })
  faults.push(...textFaults(layout.footer, ['footer'], PAPER_FIELDS[slug].fields))
  layout.blocks.forEach((block, i) => {
    const blocks = block.kind === 'together' ? block.blocks.map((inner, j) => ({ block: inner, path: ['blocks', i, 'blocks', j] })) : [{ block, path: ['blocks', i] }]
    for (const one of blocks) faults.push(...blockFaults(slug, one.block, one.path))
  })
  return faults.length === 0 ? { ok: true, layout } : { ok: false, faults }
}

const blockFaults = (slug: PaperSlug, block: SimpleBlock, path: readonly (string | number)[]): readonly LayoutFault[] => {
  const { fields, lists } = PAPER_FIELDS[slug]
  const at = (...more: readonly (string | number)[]) => [...path, ...more]
  const named = (['when', 'unless'] as const).flatMap((key): readonly LayoutFault[] => {
    const name = key in block ? (block as { when?: string; unless?: string })[key] : undefined
    return name === undefined || Object.hasOwn(fields, name) ? [] : [{ path: at(key), message: `Mẫu này không có giá trị “${name}”.` }]
  })
  const texts = (entries: readonly (readonly [string, readonly (string | number)[]])[], known: Readonly<Record<string, string>> = fields) =>
    entries.flatMap(([text, place]) => textFaults(text, place, known))
  switch (block.kind) {
    case 'title':
    case 'text':
    case 'codes':
      return [...named, ...texts([[block.text, at('text')]])]
    case 'field':
      return [...named, ...texts([[block.label, at('label')], [block.value, at('value')]])]
    case 'pair':
      return [...named, ...(['left', 'right'] as const).flatMap((side) => texts([[block[side].label, at(side, 'label')], [block[side].value, at(side, 'value')]]))]
    case 'signatures':
      return (['left', 'right'] as const).flatMap((side) => {
        const hand = block[side]
        return hand === null ? [] : texts([[hand.title, at(side, 'title')], [hand.name, at(side, 'name')]])
      })
    case 'authority':
      return texts(block.recipients.map((line, i) => [line, at('recipients', i)] as const))
    case 'list':
    case 'table': {
      const columns = lists[block.list]
      if (columns === undefined) return [{ path: at('list'), message: `Mẫu này không có danh sách “${block.list}”. Có: ${Object.keys(lists).join(', ') || 'không có danh sách nào'}.` }]
      if (block.kind === 'list') return texts([[block.text, at('text')]], columns)
      const width = block.columns.reduce((sum, column) => sum + column.width, 0)
      const wide = Math.abs(width - 1) < 0.02 ? [] : [{ path: at('columns'), message: `Độ rộng các cột cộng lại phải bằng 1, hiện là ${width.toFixed(2).replace('.', ',')}.` }]
      return [...wide, ...block.columns.flatMap((column, i) => texts([[column.value, at('columns', i, 'value')]], columns))]
    }
    default:
      return []
  }
}

const FAULT_WORDS = { 'unknown-name': 'không phải giá trị của mẫu này', 'not-closed': 'chưa đóng ngoặc', 'not-opened': 'thừa ngoặc đóng' } as const

const textFaults = (text: string, path: readonly (string | number)[], known: Readonly<Record<string, string>>): readonly LayoutFault[] => {
  const faults = placeholderFaults(text, new Set(Object.keys(known))).map((fault) => ({ path, message: `“${fault.found}” ${FAULT_WORDS[fault.fault]}.` }))
  return text.split('**').length % 2 === 1 ? faults : [...faults, { path, message: 'Dấu ** mở chữ đậm mà chưa đóng.' }]
}

const faultsOf = (issue: z.core.$ZodIssue): readonly LayoutFault[] => {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: `Không có mục “${key}” ở đây.` }))
    case 'invalid_union': {
      // Of the ways to read a block, the one of its own kind says most: it fails deepest.
      const deepest = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0]
      return deepest === undefined ? [{ path, message: 'Không có loại khối này.' }] : faultsOf({ ...deepest, path: [...issue.path, ...deepest.path] } as z.core.$ZodIssue)
    }
    case 'too_small':
      return [{ path, message: issue.origin === 'number' ? `Phải từ ${String(issue.minimum)} trở lên.` : 'Không được để trống.' }]
    case 'too_big':
      return [{ path, message: issue.origin === 'number' ? `Phải không quá ${String(issue.maximum)}.` : 'Dài quá.' }]
    case 'invalid_value':
      return [{ path, message: `Chỉ nhận: ${issue.values.map(String).join(', ')}.` }]
    case 'invalid_type':
      return [{ path, message: issue.input === undefined ? 'Thiếu mục này.' : 'Sai kiểu giá trị.' }]
    default:
      return [{ path, message: 'Giá trị không hợp lệ.' }]
  }
}
