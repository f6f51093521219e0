/** PURE. Parts that every Vietnamese official paper has, as NĐ 30/2020 Appendix I lays them out. */
import { type Instant, dateOf, timeOfDay } from '#kernel/plain-date.ts'
import { type Block, bold, italic, text } from './paper.ts'

export type OfficialHead = {
  /** The agency above, regular capitals. */
  readonly parent: string
  /** Who issues the paper, bold capitals. */
  readonly issuer: string
  /** `Số: 7/TNHS` */
  readonly number: string
  /** `Huế`; empty: the date alone. */
  readonly place: string
  /** Null: a draft; day and month are left to the pen. */
  readonly at: Instant | null
}

const capitals = (value: string): string => value.normalize('NFC').toLocaleUpperCase('vi')

/** Left who issues it and its number, right the national title and the date. */
export const officialHead = (head: OfficialHead): Block => ({
  kind: 'columns',
  gap: 6,
  columns: [
    {
      width: 0.43,
      blocks: [
        text(capitals(head.parent), { size: 12, align: 'center', balance: true }),
        text(bold(capitals(head.issuer)), { size: 12, align: 'center', balance: true }),
        { kind: 'rule', width: 0.4, before: 2 },
        // A whole dossier code as number still fits on one line.
        text(head.number, { size: head.number.length > 24 ? 11.5 : 13, align: 'center', before: 7 }),
      ],
    },
    {
      width: 0.57,
      blocks: [
        text(bold('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'), { size: 12, align: 'center' }),
        text(bold('Độc lập - Tự do - Hạnh phúc'), { size: 13, align: 'center' }),
        { kind: 'rule', width: 0.56, before: 2 },
        text(italic(dateLine(head)), { size: 13, align: 'center', before: 7 }),
      ],
    },
  ],
})

const dateLine = ({ place, at }: OfficialHead): string => {
  const day = at === null ? 'ngày …… tháng …… năm ………' : longDay(at)
  return place === '' ? `N${day.slice(1)}` : `${place}, ${day}`
}

const two = (n: number) => String(n).padStart(2, '0')

/** `ngày 05 tháng 02 năm 2026`: days below 10 and the months 1 and 2 carry a nought (NĐ 30/2020), so that nothing can be written in front. */
export const longDay = (at: Instant): string => {
  const [year = '', month = '', day = ''] = dateOf(at).split('-')
  return `ngày ${day} tháng ${Number(month) < 3 ? month : String(Number(month))} năm ${year}`
}

/** `08 giờ 00 phút, ngày 20 tháng 11 năm 2026` */
export const longMoment = (at: Instant): string => {
  const minutes = Math.floor(timeOfDay(at) / 60_000)
  return `${two(Math.floor(minutes / 60))} giờ ${two(minutes % 60)} phút, ${longDay(at)}`
}

export type AuthorityFoot = {
  /** Under `Nơi nhận:`, one a line. */
  readonly recipients: readonly string[]
  /** `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH` (processes.md §8). */
  readonly authority: readonly string[]
  readonly name: string
}

/** Recipients left; right who signs, with room for signature and seal (NĐ 30/2020 Appendix I). */
export const authorityFoot = ({ recipients, authority, name }: AuthorityFoot): Block => ({
  kind: 'columns',
  before: 14,
  columns: [
    { width: 0.42, blocks: recipients.length === 0 ? [] : [text({ text: 'Nơi nhận:', bold: true, italic: true }, { size: 12 }), ...recipients.map((line) => text(`- ${line}`, { size: 11 }))] },
    {
      width: 0.58,
      blocks: [
        ...authority.map((line) => text(bold(line), { size: 13, align: 'center', balance: true })),
        { kind: 'space', height: 66 },
        text(bold(name), { size: 13, align: 'center', balance: true }),
      ],
    },
  ],
})
