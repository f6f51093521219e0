import { afterAll, describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import { longMoment } from '#platform/pdf/official-parts.ts'
import type { Block, Span } from '#platform/pdf/paper.ts'
import { closePdf } from '#platform/pdf/render-pdf.ts'
import { flat, missingGlyphs, pdfCodes, pdfFonts, pdfPages, pdfText, withPdfTools, withoutBlanks } from '#test/pdf.ts'
import { FORM_2018, receiptOf } from '#test/receipts.ts'
import { receiptPaper } from './receipt.ts'
import { renderReceipt } from './render-papers.ts'

afterAll(closePdf)

const SITE = 'https://motcua.hue.gov.vn'
const OLD = receiptOf({
  form: FORM_2018,
  code: 'H57.12-240115-0007',
  receivedAt: instant(Date.UTC(2024, 0, 15, 2, 5)),
  dueAt: instant(Date.UTC(2024, 0, 18, 10, 30)),
  dueReason: 'Nhận Thứ Hai 15/01/2024; 3 ngày làm việc tính từ ngày làm việc tiếp theo.',
})

const spanText = (span: Span): string => (typeof span === 'string' ? span : span.text)
/** All text of a paper in the order in which it is drawn. */
const textOf = (block: Block): string => {
  if (block.kind === 'text') return block.spans.map(spanText).join('')
  if (block.kind === 'columns') return block.columns.flatMap((column) => column.blocks.map(textOf)).join(' ')
  if (block.kind === 'table') return [...block.columns.map((column) => column.title), ...block.rows.flat()].join(' ')
  return ''
}

describe('the receipt on paper', () => {
  it.each([
    ['2026', receiptOf()],
    ['2018', OLD],
    ['2026, without a number of its own', receiptOf({ number: null, desk: { ...receiptOf().desk, place: '', address: null, phone: null } })],
  ])('form of %s: two pages, one copy each; the text is the data, letter by letter', (_year, receipt) =>
    withPdfTools(async () => {
      const pdf = await renderReceipt(receipt, SITE)
      expect(await pdfPages(pdf)).toBe(2)
      for (const [i, sheet] of receiptPaper(receipt, SITE).sheets.entries()) {
        const expected = [...sheet.blocks.map(textOf), sheet.footer].join(' ').normalize('NFC')
        expect(withoutBlanks(await pdfText(pdf, { page: i + 1 }))).toBe(withoutBlanks(expected))
      }
      expect(missingGlyphs(pdf)).toBe(0)
      expect((await pdfFonts(pdf)).every((font) => font.embedded && font.unicode && font.name.includes('Tinos'))).toBe(true)
    }))

  it.each([
    ['2026', receiptOf()],
    ['2018', OLD],
  ])('form of %s: a scanner reads the code and the way to the look-up off both copies', (_year, receipt) =>
    withPdfTools(async () => {
      const pdf = await renderReceipt(receipt, SITE)
      for (const page of [1, 2]) {
        expect(await pdfCodes(pdf, page)).toEqual([
          { kind: 'CODE-128', text: receipt.code },
          { kind: 'QR-Code', text: `${SITE}/tra-cuu?ma=${receipt.code}` },
        ])
      }
    }))

  it('decision 20: the look-up secret stands on the copy for the applicant and nowhere else, not even in the QR code', () =>
    withPdfTools(async () => {
      const pdf = await renderReceipt(receiptOf(), SITE)
      const [kept, given] = [await pdfText(pdf, { page: 1 }), await pdfText(pdf, { page: 2 })]
      expect(kept).not.toContain('K7QF')
      expect(given.split('K7QF')).toHaveLength(2)
      expect(JSON.stringify(await pdfCodes(pdf, 2))).not.toContain('K7QF')
      expect(flat(kept)).toContain('Liên 1: Lưu tại bộ phận tiếp nhận')
      expect(flat(given)).toContain('Liên 2: Giao tổ chức, cá nhân nộp hồ sơ')
    }))

  it('says in words: when received, when due with the hour, why, how many sets, which fees', () =>
    withPdfTools(async () => {
      const shown = flat(await pdfText(await renderReceipt(receiptOf(), SITE), { page: 2 }))
      expect(shown).toContain('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ')
      expect(shown).toContain('4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 20 tháng 11 năm 2026')
      expect(shown).toContain('5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 30 phút, ngày 26 tháng 11 năm 2026')
      expect(shown).toContain('Ngày Văn hóa Việt Nam 24/11')
      expect(shown).toContain('2. Số lượng hồ sơ: 1 (bộ)')
      expect(shown).toContain('theo quy định của Hội đồng nhân dân thành phố; Phí cấp bản sao: 8.000 đ')
      expect(shown).not.toContain('dự kiến')
    }))

  it('C14: a due date beyond the announced holidays says that it is provisional', () =>
    withPdfTools(async () => {
      const receipt = receiptOf({ provisional: true, dueAt: instant(Date.UTC(2028, 0, 5, 10, 30)) })
      const shown = flat(await pdfText(await renderReceipt(receipt, SITE), { page: 2 }))
      expect(shown).toContain('Ngày hẹn là dự kiến')
      expect(shown).toContain(longMoment(receipt.dueAt))
    }))

  it('names decomposed by some keyboards, long names, long addresses: complete and in NFC', () =>
    withPdfTools(async () => {
      const applicant = {
        name: 'Công Tằng Tôn Nữ Thị Đoan Trang Nguyễn Khoa Diệu Huyền Phúc Ưng Quỳnh'.normalize('NFD'),
        address: 'Tổ 12, kiệt 345/67 đường Nguyễn Phúc Nguyên, khu vực Long Hồ, phường Hương Hồ cũ nay là phường Kim Long, thành phố Huế',
        phone: null,
        email: 'cong-tang-ton-nu-thi-doan-trang.nguyen-khoa-dieu-huyen@thuathienhue.example.vn',
      }
      const submitter = { name: 'Dũng Đặng', phone: '0905 000 001' }
      const pdf = await renderReceipt(receiptOf({ applicant, submitter }), SITE)
      const shown = flat(await pdfText(pdf))
      expect(shown).toContain(`Tiếp nhận hồ sơ của: ${applicant.name.normalize('NFC')}`)
      expect(shown).toContain(applicant.address)
      expect(withoutBlanks(shown)).toContain(applicant.email)
      expect(shown).toContain('Người nộp thay: Dũng Đặng, điện thoại 0905 000 001')
      expect(shown).toBe(shown.normalize('NFC'))
      expect(missingGlyphs(pdf)).toBe(0)
    }))

  it.each(['2018', '2025'] as const)('sixty papers in the layout of %s flow over pages, each copy counts its own, the signatures stay together', (layout) =>
    withPdfTools(async () => {
      const papers = Array.from({ length: 60 }, (_, i) => ({ name: `Giấy tờ thứ ${i + 1} chứng minh quyền sử dụng đất ở hợp pháp theo quy định`, kind: 'copy' as const, quantity: 2 }))
      const receipt = receiptOf({ papers, form: { ...receiptOf().form, layout } })
      const pdf = await renderReceipt(receipt, SITE)
      const pages = await pdfPages(pdf)
      expect(pages).toBeGreaterThanOrEqual(4)
      expect(pages % 2).toBe(0)
      const whole = flat(await pdfText(pdf))
      for (const paper of papers) expect(whole.split(paper.name)).toHaveLength(3)
      const last = flat(await pdfText(pdf, { page: pages }))
      expect(last).toContain('NGƯỜI NỘP HỒ SƠ')
      expect(last).toContain(receipt.receivedBy)
      expect(last).toContain(`Trang ${pages / 2}/${pages / 2}`)
      expect(missingGlyphs(pdf)).toBe(0)
    }))
})
