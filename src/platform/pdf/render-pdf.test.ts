import PDFDocument from 'pdfkit'
import { createRequire } from 'node:module'
import { afterAll, describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import { flat, missingGlyphs, pdfCodes, pdfFonts, pdfPages, pdfText, withPdfTools, withoutBlanks } from '#test/pdf.ts'
import { longDay, longMoment } from './official-parts.ts'
import { type Block, type Paper, bold, italic, text } from './paper.ts'
import { closePdf, renderPdf } from './render-pdf.ts'

afterAll(closePdf)

const paperOf = (...blocks: readonly Block[]): Paper => ({ title: 'Thử', createdAt: instant(Date.UTC(2026, 10, 20)), sheets: [{ footer: 'chân trang', blocks }] })
const render = (...blocks: readonly Block[]) => renderPdf(paperOf(...blocks))

const LETTERS = 'aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ'

describe('drawing', () => {
  it('every Vietnamese letter, small and capital, in all four cuts comes back as written', () =>
    withPdfTools(async () => {
      const all = `${LETTERS} ${LETTERS.toLocaleUpperCase('vi')}`
      const pdf = await render(text(all), text(bold(all)), text(italic(all)), text({ text: all, bold: true, italic: true }))
      expect(withoutBlanks(await pdfText(pdf))).toBe(withoutBlanks(`${all}${all}${all}${all}chân trang`))
      expect(missingGlyphs(pdf)).toBe(0)
      const fonts = await pdfFonts(pdf)
      expect(fonts).toHaveLength(4)
      expect(fonts.every((font) => font.embedded && font.subset && font.unicode)).toBe(true)
    }))

  it('a letter whose glyph was part of another one in an earlier paper is still read: O after Ơ, u after ử', () =>
    withPdfTools(async () => {
      const composed = 'Ơ Ỏ Ữ ử ệ ờ ẫ ỵ Ỹ Ẵ Ế ẩ ậ'
      for (let round = 0; round < 4; round += 1) await render(text(composed), text(bold(composed)))
      const plain = 'AEIOUY aeiouy DĐ 12/QĐ-UBND THEO DÕI HỒ SƠ'
      for (let round = 0; round < 4; round += 1) {
        const pdf = await render(text(plain), text(bold(plain)))
        expect(withoutBlanks(await pdfText(pdf))).toBe(withoutBlanks(`${plain}${plain}chân trang`))
      }
    }))

  it('decomposed text is put together before it is drawn', () =>
    withPdfTools(async () => {
      const pdf = await render(text('Đặng Dũng, Thừa Thiên Huế'.normalize('NFD')))
      expect(flat(await pdfText(pdf))).toBe('Đặng Dũng, Thừa Thiên Huế chân trang')
      expect(missingGlyphs(pdf)).toBe(0)
    }))

  it('a letter that the font lacks is shown as a box, never silently dropped', () =>
    withPdfTools(async () => {
      const pdf = await render(text('Trần 陳 Hưng 😀 Đạo'))
      expect(missingGlyphs(pdf)).toBe(0)
      expect(flat(await pdfText(pdf))).toBe('Trần □ Hưng □ Đạo chân trang')
    }))

  it('the check for missing letters can fail', async () => {
    const doc = new PDFDocument()
    const pieces: Buffer[] = []
    doc.on('data', (piece: Buffer) => pieces.push(piece))
    const done = new Promise((resolve) => doc.on('end', resolve))
    doc.font(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')).text('陳')
    doc.end()
    await done
    expect(missingGlyphs(Buffer.concat(pieces))).toBe(1)
  })

  it('the same paper gives the same bytes', async () => {
    const paper = paperOf(text('Giấy'), { kind: 'qr', text: 'https://hue.gov.vn', size: 80 })
    expect((await renderPdf(paper)).equals(await renderPdf(paper))).toBe(true)
  })

  it('justified lines keep their words apart, no word is cut that fits', () =>
    withPdfTools(async () => {
      const words = 'Giấy xác nhận tình trạng hôn nhân có giá trị sáu tháng kể từ ngày cấp. '.repeat(12).trim()
      const pdf = await render(text(words, { align: 'justify', indent: 20 }))
      expect(flat(await pdfText(pdf))).toBe(`${words} chân trang`)
    }))

  it('a word wider than the page goes on in the next line', () =>
    withPdfTools(async () => {
      const word = 'https://motcua.hue.gov.vn/'.padEnd(300, 'x')
      expect(withoutBlanks(await pdfText(await render(text(word))))).toBe(`${word}chântrang`)
    }))

  it('a long table goes on over pages with its head on each; a row taller than a page is split; nothing is lost', () =>
    withPdfTools(async () => {
      const rows = Array.from({ length: 70 }, (_, i) => [String(i + 1), `Giấy tờ số ${i + 1}, bản chính hoặc bản sao có chứng thực kèm bản dịch`])
      rows[20] = ['21', 'Căn cứ pháp lý. '.repeat(600).trim()]
      const pdf = await render({ kind: 'table', columns: [{ title: 'TT', width: 1 }, { title: 'Tên giấy tờ', width: 9 }], rows })
      const pages = await pdfPages(pdf)
      expect(pages).toBeGreaterThan(4)
      const whole = flat(await pdfText(pdf))
      for (const [, name = ''] of rows) if (name.length < 200) expect(whole).toContain(name)
      for (const word of [/Căn/g, /cứ/g, /pháp/g, /lý\./g]) expect(whole.match(word)).toHaveLength(600)
      expect(whole.match(/TT Tên giấy tờ/g)).toHaveLength(pages)
      expect(whole).toContain(`Trang ${pages}/${pages}`)
    }))

  it('codes are read back by a scanner', () =>
    withPdfTools(async () => {
      const pdf = await render({ kind: 'qr', text: 'https://motcua.hue.gov.vn/tra-cuu?ma=H57.12-20261120-0000007', size: 62 }, { kind: 'space', height: 40 }, { kind: 'barcode', text: 'H57.12-20261120-0000007', height: 40 })
      expect(await pdfCodes(pdf, 1)).toEqual([
        { kind: 'CODE-128', text: 'H57.12-20261120-0000007' },
        { kind: 'QR-Code', text: 'https://motcua.hue.gov.vn/tra-cuu?ma=H57.12-20261120-0000007' },
      ])
    }))

  it('what cannot be drawn fails alone; the next paper is drawn', async () => {
    await expect(render({ kind: 'barcode', text: 'đ', height: 10 })).rejects.toThrow()
    expect((await render(text('tốt'))).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('twenty papers at once share two threads', async () => {
    const drawn = await Promise.all(Array.from({ length: 20 }, (_, i) => render(text(`số ${i}`))))
    expect(drawn.every((pdf) => pdf.length > 1000)).toBe(true)
  })
})

describe('dates on official papers (NĐ 30/2020)', () => {
  it('days below 10 and the months 1 and 2 carry a nought', () => {
    expect(longDay(instant(Date.UTC(2026, 1, 5)))).toBe('ngày 05 tháng 02 năm 2026')
    expect(longDay(instant(Date.UTC(2026, 2, 15)))).toBe('ngày 15 tháng 3 năm 2026')
  })
  it('the day is the one in Vietnam', () => {
    expect(longMoment(instant(Date.UTC(2026, 11, 31, 17, 0)))).toBe('00 giờ 00 phút, ngày 01 tháng 01 năm 2027')
  })
})
