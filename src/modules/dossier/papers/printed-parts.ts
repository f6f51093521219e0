/** PURE. What the forms of the desk have in common: labels, the box with the codes, signatures. */
import type { RegimeForm } from '#modules/process'
import { type Block, type ColumnsBlock, type Span, bold, italic, text } from '#platform/pdf/paper.ts'

const SIZE = 12
export const ITEM = { size: SIZE, before: 2.5 } as const

/** `Mẫu số 01 (Thông tư 03/2025/TT-VPCP)`: a number alone means another paper in another regime. */
export const formNote = (form: Pick<RegimeForm, 'number' | 'issuedBy'>): string => `Mẫu số ${form.number} (${form.issuedBy})`

/** A label and its value; an unknown value is left to the pen. */
export const field = (label: string, value: string | null): Block =>
  value === null || value === '' ? text(`${label}:`, { ...ITEM, leader: true }) : text([`${label}: `, value], ITEM)

export const joined = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(', ')

/** QR to the look-up, words, barcode of the code. */
export const codeBox = (code: string, publicUrl: string, words: readonly Span[]): Block => ({
  kind: 'columns',
  gap: 8,
  before: 6,
  boxed: true,
  middle: true,
  columns: [
    { width: 0.14, blocks: [{ kind: 'qr', text: `${publicUrl}/tra-cuu?ma=${code}`, size: 62, align: 'left' }] },
    { width: 0.42, blocks: [text(words, { size: 10.5 })] },
    { width: 0.44, blocks: [{ kind: 'barcode', text: code, height: 40 }] },
  ],
})

export const sign = (who: string, name: string): readonly Block[] => [
  text(bold(who), { align: 'center', size: SIZE }),
  text(italic('(Ký và ghi rõ họ tên)'), { size: 11, align: 'center' }),
  { kind: 'space', height: 46 },
  text(bold(name), { align: 'center', size: SIZE, balance: true }),
]

type Signer = { readonly title: string; readonly name: string }

export const signatures = (left: Signer, right: Signer): ColumnsBlock => ({
  kind: 'columns',
  gap: 10,
  before: 10,
  columns: [
    { width: 0.5, blocks: sign(left.title, left.name) },
    { width: 0.5, blocks: sign(right.title, right.name) },
  ],
})
