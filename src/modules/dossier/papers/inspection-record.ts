/** PURE. The record of a visit to the place (biên bản kiểm tra thực địa): no form of the regime, so drawn as NĐ 30/2020 Appendix III lays out a record (biên bản). */
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { longMoment, officialHead } from '#platform/pdf/official-parts.ts'
import { type Paper, bold, text, together } from '#platform/pdf/paper.ts'
import type { InspectionRecord } from '../lifecycle/inspection.ts'
import { ITEM, codeBox, field, signatures } from './printed-parts.ts'

export type InspectionPaper = {
  readonly code: string
  readonly parent: string
  readonly agency: string
  readonly division: string
  readonly placeName: string
  readonly applicant: { readonly name: string; readonly address: string | null }
  readonly procedure: { readonly code: string; readonly name: string }
  readonly inspector: { readonly name: string; readonly post: string }
  readonly record: Pick<InspectionRecord, 'beganAt' | 'endedAt' | 'place' | 'people' | 'findings' | 'conclusion' | 'photos'>
  /** Null: not signed yet, a draft. */
  readonly signedAt: Instant | null
  /** Of the last change: the same record gives the same bytes. */
  readonly asOf: Instant
}

const TITLE = 'Biên bản kiểm tra thực địa'
const PARAGRAPH = { ...ITEM, size: 13, before: 4, align: 'justify' } as const
const HEAD = { ...ITEM, size: 13, before: 9 } as const
const paragraphs = (words: string) => words.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => text(line, { ...PARAGRAPH, indent: 28 }))
const photosInWords = (n: number, on: string): string => (n === 0 ? 'Không có.' : `${n} ảnh, lưu cùng hồ sơ điện tử ngày ${on}.`)

/** @param publicUrl as `receiptPaper`: the QR code leads to the look-up */
export const inspectionPaper = (paper: InspectionPaper, publicUrl: string): Paper => {
  const { record, signedAt } = paper
  return {
    title: `${TITLE} ${paper.code}`,
    createdAt: paper.asOf,
    sheets: [
      {
        footer: signedAt === null ? `BẢN CHƯA KÝ · ${paper.code}` : `${TITLE} · ${paper.code}`,
        blocks: [
          officialHead({ parent: paper.parent, issuer: paper.agency, number: 'Số: ……/BB-KTTĐ', place: paper.placeName, at: record.endedAt }),
          text(bold(TITLE.toLocaleUpperCase('vi')), { size: 14, align: 'center', before: 12, balance: true }),
          text(['Hồ sơ: ', bold(paper.code)], { align: 'center', before: 1 }),
          codeBox(paper.code, publicUrl, ['Theo dõi hồ sơ: quét mã hoặc vào ', bold(`${publicUrl}/tra-cuu`), '.']),
          text(['Bắt đầu lúc ', longMoment(record.beganAt), ', tại: ', bold(record.place), '.'], { ...PARAGRAPH, before: 12 }),
          field('Hồ sơ của', [paper.applicant.name, paper.applicant.address].filter((part) => part !== null && part !== '').join(', ')),
          field('Thủ tục', `${paper.procedure.name} (mã\u00a0thủ\u00a0tục\u00a0${paper.procedure.code})`),
          field('Người kiểm tra', [paper.inspector.name, paper.inspector.post, paper.division].filter((part) => part !== '').join(', ')),
          text(bold('1. Thành phần tham gia'), HEAD),
          { kind: 'table', size: 12, before: 3, columns: [{ title: 'STT', width: 0.09, align: 'center' }, { title: 'Họ và tên', width: 0.36 }, { title: 'Tư cách', width: 0.33 }, { title: 'Ký tên', width: 0.22 }], rows: record.people.map((one, i) => [String(i + 1), one.name, one.capacity, '']) },
          text(bold('2. Hiện trạng ghi nhận'), HEAD),
          ...paragraphs(record.findings),
          text(bold('3. Kết luận, kiến nghị'), HEAD),
          ...(record.conclusion === null ? [text('Không có.', { ...PARAGRAPH, indent: 28 })] : paragraphs(record.conclusion)),
          text([bold('4. Ảnh chụp: '), photosInWords(record.photos.length, dateOf(record.endedAt).split('-').toReversed().join('/'))], HEAD),
          text(`Biên bản kết thúc lúc ${longMoment(record.endedAt)}, đã đọc lại cho những người tham gia cùng nghe, công nhận đúng và ký tên.`, { ...PARAGRAPH, before: 9 }),
          together([signatures({ title: 'Chủ hồ sơ hoặc người đại diện', name: '' }, { title: 'Người kiểm tra', name: signedAt === null ? '' : paper.inspector.name })]),
        ],
      },
    ],
  }
}
