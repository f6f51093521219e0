/** PURE. A result paper drawn from its template: NĐ 30/2020 Appendix I (head, number, place and date, title, content, authority, recipients). */
import { type PlainDate, type Instant, dayNumber, formatDate, instantAt } from '#kernel/plain-date.ts'
import { PLACEHOLDER, fillPlaceholders } from '#kernel/placeholders.ts'
import { longDay, officialHead } from '#platform/pdf/official-parts.ts'
import { type Block, type Paper, type Span, type TextBlock, bold, italic, text, together } from '#platform/pdf/paper.ts'
import { authorityLines } from './authority.ts'
import type { BuiltIn, Part, ResultTemplate } from './template.ts'

export type ResultFacts = {
  readonly template: ResultTemplate
  readonly fields: Readonly<Record<string, string>>
  /** Null: a draft, not numbered yet. */
  readonly issued: { readonly number: string; readonly on: PlainDate } | null
  /** Above the issuer: the city, or the agency of a division. */
  readonly parent: string
  readonly issuer: string
  /** `ỦY BAN NHÂN DÂN`; null where no collective stands behind. */
  readonly committee: string | null
  readonly agency: string
  readonly division: string
  readonly place: string
  readonly procedure: string
  readonly code: string
  readonly receivedOn: PlainDate
  /** Null: not signed yet. */
  readonly signer: { readonly title: string; readonly name: string; /** The delegate's own post, where it was signed by delegation. */ readonly delegateTitle?: string } | null
  /** For a draft; a numbered paper has the day of its number. */
  readonly asOf: Instant
}

const SIZE = 13
const INDENT = 28
const PARAGRAPH = { size: SIZE, before: 3.5 } as const

/** @param publicUrl for the QR code; empty: the code alone */
export const resultPaper = (facts: ResultFacts, publicUrl: string): Paper => {
  const { template, issued } = facts
  const at = issued === null ? null : instantAt(dayNumber(issued.on))
  return {
    title: [template.name, issued?.number ?? 'dự thảo', facts.code].join(' – '),
    createdAt: at ?? facts.asOf,
    sheets: [
      {
        footer: issued === null ? `DỰ THẢO · ${facts.code}` : `${template.name} · ${facts.code}`,
        blocks: [
          officialHead({ parent: facts.parent, issuer: facts.issuer, number: `${template.numberLabel}: ${issued?.number ?? template.number.pattern.replace(PLACEHOLDER, '……')}`, place: facts.place, at }),
          ...(issued === null ? [text(bold('DỰ THẢO'), { size: 12, align: 'left', before: 4 })] : []),
          text(bold(template.title), { size: template.title.length < 15 ? 15 : 14, align: 'center', before: 16, balance: true }),
          ...(template.subtitle === undefined ? [] : [text(bold(filled(template.subtitle, facts)), { size: 13, align: 'center', before: 1, balance: true }), { kind: 'rule' as const, width: 0.2, before: 3 }]),
          { kind: 'space', height: 8 },
          ...template.blocks.flatMap((part) => drawn(part, facts)),
          // Recipients and signature stand together, never alone on a page.
          together([{ kind: 'space', height: 14 }, foot(facts, publicUrl)]),
        ],
      },
    ],
  }
}

const drawn = (part: Part, facts: ResultFacts): readonly Block[] => {
  if ('when' in part && part.when !== undefined && (facts.fields[part.when] ?? '') === '') return []
  switch (part.kind) {
    case 'text': {
      const value = filled(part.text, facts)
      const span: Span = { text: value, ...(part.bold === true && { bold: true }), ...(part.italic === true && { italic: true }) }
      return [text(span, { ...PARAGRAPH, align: part.align ?? 'justify', ...(part.indent === true && { indent: INDENT }) })]
    }
    case 'line':
      return [labelled(part.label, filled(part.value, facts), part.strong === true)]
    case 'columns':
      return [{ kind: 'columns', gap: 14, columns: [{ width: 0.5, blocks: part.left.flatMap((p) => drawn(p, facts)) }, { width: 0.5, blocks: part.right.flatMap((p) => drawn(p, facts)) }] }]
    case 'table':
      return [
        { kind: 'table', size: 12, before: 4, columns: part.columns, rows: linesOf(facts, part.field).map((line) => cells(line, part.columns.length)) },
        { kind: 'space', height: 2 },
      ]
    case 'lines':
      return linesOf(facts, part.field).map((line) => text(part.italic === true ? italic(line) : line, { ...PARAGRAPH, align: 'justify', indent: INDENT }))
    case 'article': {
      const [first = '', ...rest] = filled(part.text, facts).split('\n')
      return [text([bold(`${part.label} `), first], { ...PARAGRAPH, align: 'justify', indent: INDENT }), ...rest.map((line) => text(line, { ...PARAGRAPH, align: 'justify', indent: INDENT }))]
    }
    case 'signatures':
      return [
        {
          kind: 'columns',
          before: 8,
          columns: [
            { width: 0.5, blocks: hand(part.left, filled(part.leftName, facts)) },
            { width: 0.5, blocks: hand(part.right, filled(part.rightName, facts)) },
          ],
        },
      ]
  }
}

const labelled = (label: string, value: string, strong: boolean): TextBlock =>
  value === '' ? text(`${label}:`, { ...PARAGRAPH, leader: true }) : text([`${label}: `, strong ? bold(value) : value], PARAGRAPH)

const linesOf = (facts: ResultFacts, field: string): readonly string[] => (facts.fields[field] ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')

const cells = (line: string, count: number): readonly string[] => {
  const parts = line.split('|').map((part) => part.trim())
  return Array.from({ length: count }, (_, i) => parts[i] ?? '')
}

const hand = (title: string, name: string): readonly Block[] => [
  text(bold(title), { size: SIZE, align: 'center' }),
  text(italic('(Ký, ghi rõ họ tên)'), { size: 11, align: 'center' }),
  { kind: 'space', height: 44 },
  text(bold(name), { size: SIZE, align: 'center', balance: true }),
]

/** Left to whom it goes and the way to the look-up, right who signs. */
const foot = (facts: ResultFacts, publicUrl: string): Block => {
  const { template, signer } = facts
  const titles = signer === null ? ['(Chức vụ của người ký)'] : authorityLines(signer.title, template.authority === 'committee' ? facts.committee : null, signer.delegateTitle)
  const recipients = template.recipients.length === 0 ? [] : [text({ text: 'Nơi nhận:', bold: true, italic: true }, { size: 12 }), ...template.recipients.map((line) => text(`- ${line}`, { size: 11 })), { kind: 'space' as const, height: 6 }]
  const target = publicUrl === '' ? facts.code : `${publicUrl}/tra-cuu?ma=${facts.code}`
  return {
    kind: 'columns',
    columns: [
      { width: 0.42, blocks: [...recipients, ...(template.qr ? [{ kind: 'qr' as const, text: target, size: 62, align: 'left' as const }, text(`Mã hồ sơ ${facts.code}`, { size: 9 })] : [])] },
      {
        width: 0.58,
        blocks: [
          ...(template.signTitle === undefined ? [] : [text(bold(template.signTitle), { size: SIZE, align: 'center', balance: true })]),
          ...titles.map((line) => text(bold(line), { size: SIZE, align: 'center', balance: true })),
          { kind: 'space', height: 66 },
          text(bold(signer?.name ?? ''), { size: SIZE, align: 'center', balance: true }),
        ],
      },
    ],
  }
}

const filled = (pattern: string, facts: ResultFacts): string => {
  const builtIn: Record<BuiltIn, string> = {
    agency: facts.agency,
    issuer: facts.issuer,
    issuerUpper: facts.issuer.toLocaleUpperCase('vi'),
    division: facts.division,
    procedure: facts.procedure,
    code: facts.code,
    receivedOn: formatDate(facts.receivedOn),
    issuedOn: facts.issued === null ? 'ngày …… tháng …… năm ………' : longDay(instantAt(dayNumber(facts.issued.on))),
    number: facts.issued?.number ?? '……',
    year: facts.issued?.on.slice(0, 4) ?? '………',
    place: facts.place,
  }
  return fillPlaceholders(pattern, { ...builtIn, ...facts.fields })
}
