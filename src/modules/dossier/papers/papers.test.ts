import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import type { Block, Paper, Span } from '#platform/pdf/paper.ts'
import { closePdf, renderPdf } from '#platform/pdf/render-pdf.ts'
import { xlsxStream } from '#platform/xlsx/write-xlsx.ts'
import { CODES, LONG_NAME, completionOf, factsOfResult, keep, refusalOf, registerOf, slipOf } from '#test/papers.ts'
import { flat, missingGlyphs, pdfCodes, pdfFonts, pdfPages, pdfText, withPdfTools, withoutBlanks } from '#test/pdf.ts'
import { receiptOf } from '#test/receipts.ts'
import { dateCell, readSpreadsheet } from '#test/spreadsheet.ts'
import { RESULT_TEMPLATES } from '../results/shipped-templates.ts'
import { resultPaper } from '../results/result-paper.ts'
import { controlSlipPaper } from './control-slip.ts'
import { controlRows, outcomeOf } from './control-slip-data.ts'
import { completionRequestPaper, refusalPaper } from './letter.ts'
import { receiptsPaper } from './receipt.ts'
import { registerPaper } from './register.ts'
import type { Custody } from '../lifecycle/custody.ts'

afterAll(closePdf)

const SITE = 'https://motcua.hue.gov.vn'
const LAYOUTS = ['2018', '2025'] as const

const spanText = (span: Span): string => (typeof span === 'string' ? span : span.text)
const textOf = (block: Block): string => {
  if (block.kind === 'text') return block.spans.map(spanText).join('')
  if (block.kind === 'columns') return block.columns.flatMap((column) => column.blocks.map(textOf)).join(' ')
  if (block.kind === 'table') return [...block.columns.map((column) => column.title), ...block.rows.flat()].join(' ')
  return ''
}
const lettersOf = (text: string): string => [...withoutBlanks(text.normalize('NFC'))].sort().join('')

/** On one page: the text letter by letter. On several: every letter of the data stands there as often (heads and page numbers come again). */
const checkPaper = async (name: string, paper: Paper): Promise<Buffer> => {
  const pdf = keep(`${name}.pdf`, await renderPdf(paper))
  const shown = await pdfText(pdf)
  const expected = paper.sheets.map((sheet) => [...sheet.blocks.map(textOf), sheet.footer].join(' ')).join(' ')
  expect(shown).toBe(shown.normalize('NFC'))
  if ((await pdfPages(pdf)) === paper.sheets.length) expect(withoutBlanks(shown)).toBe(withoutBlanks(expected.normalize('NFC')))
  else expect(lettersOf(shown).length).toBeGreaterThanOrEqual(lettersOf(expected).length)
  expect(missingGlyphs(pdf)).toBe(0)
  expect((await pdfFonts(pdf)).every((font) => font.embedded && font.unicode && font.name.includes('Tinos'))).toBe(true)
  return pdf
}

const codesOf = (code: string) => [
  { kind: 'CODE-128', text: code },
  { kind: 'QR-Code', text: `${SITE}/tra-cuu?ma=${code}` },
]

describe.each(LAYOUTS)('papers in the layout of %s', (layout) => {
  it('the request to complete: what is asked, by when, by whom; its codes are read', () =>
    withPdfTools(async () => {
      const pdf = await checkPaper(`bo-sung-${layout}`, completionRequestPaper(completionOf(layout), SITE))
      const words = flat(await pdfText(pdf))
      expect(words).toContain('PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ')
      expect(words).toContain('Thừa Thiên Huế')
      expect(words).toContain('đến hết ngày 04/12/2026')
      expect(words).toContain(`${layout === '2018' ? 'Thông tư 01/2018' : 'Thông tư 03/2025'}/TT-VPCP`)
      expect(await pdfCodes(pdf, 1)).toEqual(codesOf(CODES[layout]))
    }))

  it('the refusal: ground, reason, legal basis; both sign', () =>
    withPdfTools(async () => {
      const words = flat(await pdfText(await checkPaper(`tu-choi-${layout}`, refusalPaper(refusalOf(layout), SITE))))
      for (const expected of ['PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ', 'Không thuộc thẩm quyền', 'Điều 21 Nghị định số 123/2015/NĐ-CP', 'NGƯỜI NỘP HỒ SƠ', 'Hoàng Thị Như Quỳnh']) expect(words).toContain(expected)
    }))

  it('both without a dossier: no code is printed, the number is left to the pen', () =>
    withPdfTools(async () => {
      const request = await checkPaper(`huong-dan-${layout}`, completionRequestPaper(completionOf(layout, { code: null, until: null, procedure: null }), SITE))
      const refusal = await checkPaper(`tu-choi-quay-${layout}`, refusalPaper(refusalOf(layout, { code: null, ground: null, legalBasis: null }), SITE))
      expect(await pdfCodes(request, 1)).toEqual([])
      expect(flat(await pdfText(request))).toContain('Số: …………/HDHS')
      expect(flat(await pdfText(refusal))).not.toContain('Mã hồ sơ')
    }))

  it('thirty demands flow over pages, with long names; the signature stays with its name', () =>
    withPdfTools(async () => {
      const items = Array.from({ length: 30 }, (_, i) => `Giấy tờ thứ ${i + 1}: ${'bản chính hoặc bản sao có chứng thực kèm bản dịch tiếng Việt; '.repeat(2)}`.trim())
      const person = { name: LONG_NAME.normalize('NFD'), address: `${'Tổ 12, kiệt 345/67 đường Nguyễn Phúc Nguyên, '.repeat(3)}thành phố Huế`, phone: null, email: null }
      const pdf = await checkPaper(`bo-sung-dai-${layout}`, completionRequestPaper(completionOf(layout, { items, person }), SITE))
      const pages = await pdfPages(pdf)
      expect(pages).toBeGreaterThanOrEqual(2)
      const whole = flat(await pdfText(pdf))
      for (const [i] of items.entries()) expect(whole).toContain(`Giấy tờ thứ ${i + 1}: bản chính`)
      expect(whole).toContain(LONG_NAME)
      const last = flat(await pdfText(pdf, { page: pages }))
      expect(last).toContain('NGƯỜI HƯỚNG DẪN')
      expect(last).toContain('Hoàng Thị Như Quỳnh')
    }))

  it('the control slip: who gave, who took, when, and how it stood with the step', () =>
    withPdfTools(async () => {
      const pdf = await checkPaper(`kiem-soat-${layout}`, controlSlipPaper([slipOf(layout)], SITE))
      const words = flat(await pdfText(pdf))
      for (const expected of ['PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ', 'Quá hạn', 'Phân công: Xem kỹ bản án', layout === '2018' ? '09 giờ 40 phút, ngày 15 tháng 01 năm 2024' : '09:40 20/11/2026']) expect(words).toContain(expected)
      expect(await pdfCodes(pdf, 1)).toEqual(codesOf(CODES[layout]))
    }))

  it('forty passings flow over pages with the head on each', () =>
    withPdfTools(async () => {
      const { rows } = slipOf(layout)
      const pdf = await checkPaper(`kiem-soat-dai-${layout}`, controlSlipPaper([slipOf(layout, { rows: Array.from({ length: 8 }, () => rows).flat() })], SITE))
      const pages = await pdfPages(pdf)
      expect(pages).toBeGreaterThanOrEqual(3)
      expect(flat(await pdfText(pdf)).match(/Thời gian giao, nhận hồ sơ/g)).toHaveLength(pages)
    }))

  it('the register lies across, and every line of sixty stands in it', () =>
    withPdfTools(async () => {
      const register = registerOf(layout, 60)
      const pdf = await checkPaper(`so-theo-doi-${layout}`, registerPaper(register))
      const whole = withoutBlanks(await pdfText(pdf))
      for (const row of register.rows) expect(whole).toContain(row.code)
      expect(whole).toContain(withoutBlanks(LONG_NAME))
      expect(whole).toContain('Cộng:60hồsơ.')
      expect(await pdfPages(pdf)).toBeGreaterThan(1)
    }))

  it('many receipts or slips make one file; each counts its own pages', () =>
    withPdfTools(async () => {
      const receipts = [7, 8, 9].map((n) => receiptOf({ code: CODES[layout].replace(/7$/, String(n)), form: { ...receiptOf().form, layout } }))
      const pdf = keep(`in-loat-${layout}.pdf`, await renderPdf(receiptsPaper(receipts, SITE)))
      expect(await pdfPages(pdf)).toBe(6)
      for (const [i, receipt] of receipts.entries()) expect(await pdfCodes(pdf, 2 * i + 1)).toEqual(codesOf(receipt.code))
      const slips = keep(`in-loat-phieu-${layout}.pdf`, await renderPdf(controlSlipPaper([1, 2].map(() => slipOf(layout, { rows: slipOf(layout).rows.slice(0, 3) })), SITE)))
      expect(await pdfPages(slips)).toBe(2)
    }))
})

describe('result papers (NĐ 30/2020)', () => {
  it.each(RESULT_TEMPLATES.map((t) => t.slug))('%s: the text is the data, the fonts are in it, its QR leads to the look-up', (slug) =>
    withPdfTools(async () => {
      const facts = factsOfResult(slug)
      const pdf = await checkPaper(`ket-qua-${slug}`, resultPaper(facts, SITE))
      const words = flat(await pdfText(pdf))
      const place = await pdfPages(pdf)
      expect(place).toBe(1)
      expect(words).toContain('Phạm Văn Trời')
      expect(words).toContain('KT. CHỦ TỊCH')
      expect(words).not.toMatch(/[{}]/)
      expect(await pdfCodes(pdf, 1)).toEqual([{ kind: 'QR-Code', text: `${SITE}/tra-cuu?ma=${facts.code}` }])
    }))

  it('a draft says so, has neither number nor day, and asks for the post of the signer', () =>
    withPdfTools(async () => {
      const words = flat(await pdfText(await checkPaper('du-thao', resultPaper(factsOfResult('xac-nhan-tinh-trang-hon-nhan', { issued: null, signer: null }), SITE))))
      expect(words).toContain('DỰ THẢO')
      expect(words).toContain('Số: ……/UBND-XNTTHN')
      expect(words).toContain('Huế, ngày …… tháng …… năm ………')
    }))

  it('a decision of many articles flows over pages; authority, name and recipients stay on one', () =>
    withPdfTools(async () => {
      const facts = factsOfResult('quyet-dinh')
      const long = Array.from({ length: 40 }, (_, i) => `${i + 1}. Hộ ông Đặng Dũng được hỗ trợ theo quy định tại tỉnh Thừa Thiên Huế cũ, nay là thành phố Huế.`).join('\n')
      const pdf = await checkPaper('quyet-dinh-dai', resultPaper({ ...facts, fields: { ...facts.fields, article1: long } }, SITE))
      const pages = await pdfPages(pdf)
      expect(pages).toBeGreaterThanOrEqual(2)
      const last = flat(await pdfText(pdf, { page: pages }))
      for (const words of ['Nơi nhận:', 'TM. ỦY BAN NHÂN DÂN', 'PHÓ CHỦ TỊCH', 'Phạm Văn Trời', `Trang ${pages}/${pages}`]) expect(last).toContain(words)
    }))
})

describe('the rows of the control slip', () => {
  const T = (day: number, hour: number) => instant(Date.UTC(2026, 10, day, hour - 7))
  const held = (n: number, step: Custody['step'], from: number, to: number | null, due: number | null, leftAs: string | null): Custody => ({
    n, step, unitId: String(n) as Custody['unitId'], postId: null, enteredAt: T(20, from), dueAt: due === null ? null : T(20, due), leftAt: to === null ? null : T(20, to), leftBy: null, leftAs, note: null,
  })
  const names = { giver: (c: Custody) => `g${c.n}`, taker: (c: Custody) => `t${c.n}`, applicant: 'Dũng', recipientAt: () => 'Khuyên' }

  it('the applicant gives first and takes last; assigning within a step ends no clock; what is open has no row yet', () => {
    const custody = [held(1, 'RECEIVE', 8, 9, 10, 'forward'), held(2, 'HANDLE', 9, 10, 12, 'assign'), held(3, 'HANDLE', 10, 13, 12, 'forward'), held(4, 'RETURN', 13, 14, null, 'return')]
    expect(controlRows(custody, names).map((r) => [r.from, r.to, r.outcome])).toEqual([
      ['Dũng', 't1', null],
      ['g1', 't2', 'on-time'],
      ['g2', 't3', null],
      ['g3', 't4', 'late'],
      ['g4', 'Khuyên', null],
    ])
    expect(controlRows([held(1, 'RECEIVE', 8, null, 10, null)], names)).toHaveLength(1)
  })

  it('domain.md §2.7: a day before is early, the same day in time is on time, a moment later is late', () => {
    expect([outcomeOf(T(19, 17), T(20, 8)), outcomeOf(T(20, 8), T(20, 8)), outcomeOf(instant(T(20, 8) + 1), T(20, 8)), outcomeOf(null, T(20, 8)), outcomeOf(T(20, 8), null)]).toEqual(['early', 'on-time', 'late', null, null])
  })
})

describe('the spreadsheet', () => {
  it('is read back cell by cell: numbers, Vietnamese text in NFC, days in Vietnamese time, nothing taken for a formula', async () => {
    const cells = [[1, 'Đặng Dũng'.normalize('NFD'), { at: instant(Date.UTC(2026, 10, 20, 17, 30)) }, null], [2, '=1+1', null, 'Thừa <Thiên> & "Huế"\u0007']] as const
    const rows = async function* () {
      yield* cells
    }
    const plan = { name: 'Sổ', title: ['SỔ THEO DÕI HỒ SƠ', 'Từ ngày 01/11/2026'], columns: ['TT', 'Tên', 'Nhận', 'Ghi chú'].map((title) => ({ title, width: 12 })) }
    const bytes = await buffer(xlsxStream(plan, rows(), instant(0)))
    const sheet = readSpreadsheet(bytes)
    const read = (row: number) => [1, 2, 3, 4].map((column) => sheet.cell(row, column))
    expect([sheet.name, sheet.rowCount]).toEqual(['Sổ', 5])
    expect(read(1)[0]).toBe('SỔ THEO DÕI HỒ SƠ')
    expect(read(3)).toEqual(['TT', 'Tên', 'Nhận', 'Ghi chú'])
    expect(read(4)).toEqual([1, 'Đặng Dũng', dateCell(Date.UTC(2026, 10, 21, 0, 30)), null])
    expect(read(5)).toEqual([2, '=1+1', null, 'Thừa <Thiên> & "Huế"'])
  })

  it('rows that break off break the file off', async () => {
    const rows = async function* () {
      yield [1]
      throw new Error('the database went away')
    }
    await expect(buffer(xlsxStream({ name: 'Sổ', title: [], columns: [{ title: 'TT', width: 5 }] }, rows(), instant(0)))).rejects.toThrow('the database went away')
  })
})
