/** PURE. A layout and the values of a paper become the paper. The same layout and values give the same paper. */
import type { Instant } from '#kernel/plain-date.ts'
import { fillPlaceholders } from '#kernel/placeholders.ts'
import { authorityFoot, officialHead } from '#platform/pdf/official-parts.ts'
import { type Block, type Sheet, type Span, type TextBlock, bold, italic, text, together } from '#platform/pdf/paper.ts'
import { codeBox, field, formNote, ITEM, signatures, sign } from '../printed-parts.ts'
import type { LayoutBlock, PaperLayout, SimpleBlock } from './layout.ts'

export type PaperValues = {
  /** Of the printed regime, for the note above the head. */
  readonly form: { readonly number: string; readonly issuedBy: string }
  /** The date of the head. */
  readonly at: Instant
  /** Empty: no dossier yet, so no codes are drawn. */
  readonly code: string
  readonly publicUrl: string
  /** By the names of `fields.ts`; one that is missing or empty leaves nothing. */
  readonly fields: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>
}

export const drawLayout = (layout: PaperLayout, values: PaperValues): Sheet => ({
  ...(layout.landscape === true && { landscape: true }),
  footer: fillPlaceholders(layout.footer, values.fields).trim(),
  blocks: layout.blocks.flatMap((block) => drawn(block, values)),
})

const drawn = (block: LayoutBlock, values: PaperValues): readonly Block[] => {
  if (block.kind !== 'together') return simple(block, values)
  const inner = block.blocks.flatMap((one) => simple(one, values))
  return inner.length === 0 ? [] : [together(inner)]
}

const has = (values: PaperValues, name: string): boolean => (values.fields[name] ?? '') !== ''

const hidden = (block: SimpleBlock, values: PaperValues): boolean => {
  const when = 'when' in block ? block.when : undefined
  const unless = 'unless' in block ? block.unless : undefined
  return (when !== undefined && !has(values, when)) || (unless !== undefined && has(values, unless))
}

const filled = (pattern: string, values: PaperValues): string => fillPlaceholders(pattern, values.fields)

const simple = (block: SimpleBlock, values: PaperValues): readonly Block[] => {
  if (hidden(block, values)) return []
  switch (block.kind) {
    case 'form-note':
      return [text(italic(formNote(values.form)), { size: 9, align: 'right' })]
    case 'head':
      return [officialHead({ parent: values.fields['agency'] ?? '', issuer: values.fields['issuer'] ?? '', number: values.fields['number'] ?? '', place: values.fields['place'] ?? '', at: values.at })]
    case 'list-head':
      return [listHead(values)]
    case 'title':
      return [text(bold(filled(block.text, values)), { size: block.size ?? 14, align: 'center', before: 10, balance: true })]
    case 'text':
      return [paragraph(block, values)]
    case 'field':
      return [labelled(block, values)]
    case 'pair':
      return [{ kind: 'columns', gap: 10, columns: [block.left, block.right].map((side) => ({ width: 0.5, blocks: [labelled(side, values)] })) }]
    case 'codes':
      return values.code === '' ? [] : [codeBox(values.code, values.publicUrl, spans(block.text, values.fields))]
    case 'list':
      return (values.lists[block.list] ?? []).map((row) => text(spans(block.text, row), { ...ITEM, indent: 14, hanging: 28, align: 'justify' }))
    case 'table':
      return [
        {
          kind: 'table', size: block.size ?? 11.5, before: 4,
          columns: block.columns.map(({ title, width, align }) => ({ title, width, ...(align !== undefined && { align }) })),
          rows: (values.lists[block.list] ?? []).map((row) => block.columns.map((column) => fillPlaceholders(column.value, row))),
        },
        { kind: 'space', height: 3 },
      ]
    case 'signatures':
      return [hands(block, values)]
    case 'authority':
      return [authorityFoot({ recipients: block.recipients.map((line) => filled(line, values)), authority: (values.fields['authority'] ?? '').split('\n').filter((line) => line !== ''), name: values.fields['signer'] ?? '' })]
    case 'space':
      return [{ kind: 'space', height: block.height }]
  }
}

/** Words between `**` are bold; a value that holds the sign stays as it is, because the text is taken apart before it is filled. */
const spans = (pattern: string, values: Readonly<Record<string, string>>): readonly Span[] =>
  pattern.split('**').flatMap((part, i): readonly Span[] => {
    const value = fillPlaceholders(part, values)
    return value === '' ? [] : [i % 2 === 1 ? bold(value) : value]
  })

const paragraph = (block: Extract<SimpleBlock, { kind: 'text' }>, values: PaperValues): TextBlock => {
  const parts = spans(block.text, values.fields)
  return text(block.italic === true ? parts.map((part) => (typeof part === 'string' ? italic(part) : { ...part, italic: true })) : parts, {
    ...ITEM,
    align: block.align ?? 'justify',
    ...(block.size !== undefined && { size: block.size }),
    ...(block.before !== undefined && { before: block.before }),
    ...(block.indent === true && { indent: 14, hanging: 14 }),
  })
}

const labelled = (block: { readonly label: string; readonly value: string }, values: PaperValues): Block => {
  const label = filled(block.label, values)
  const value = spans(block.value, values.fields)
  return value.length === 0 ? field(label, null) : text([`${label}: `, ...value], ITEM)
}

const hands = (block: Extract<SimpleBlock, { kind: 'signatures' }>, values: PaperValues): Block => {
  const right = { title: filled(block.right.title, values), name: filled(block.right.name, values) }
  if (block.left !== null) return signatures({ title: filled(block.left.title, values), name: filled(block.left.name, values) }, right)
  return { kind: 'columns', gap: 10, before: 12, columns: [{ width: 0.5, blocks: [] }, { width: 0.5, blocks: sign(right.title, right.name) }] }
}

const listHead = (values: PaperValues): Block => {
  const issuer = [values.fields['agency'] ?? '', values.fields['issuer'] ?? ''].map((name) => name.toLocaleUpperCase('vi'))
  return {
    kind: 'columns',
    columns: [
      { width: 0.4, blocks: [text(issuer[0]!, { size: 11, align: 'center', balance: true }), text(bold(issuer[1]!), { size: 11, align: 'center', balance: true }), { kind: 'rule', width: 0.3, before: 2 }] },
      { width: 0.6, blocks: [text(italic(formNote(values.form)), { size: 9, align: 'right' })] },
    ],
  }
}
