import { afterAll, describe, expect, it } from 'vitest'
import { dayNumber, instantAt, plainDate } from '#kernel/plain-date.ts'
import { formOn } from '#modules/process'
import type { Block, Paper, Span } from '#platform/pdf/paper.ts'
import { closePdf, renderPdf } from '#platform/pdf/render-pdf.ts'
import { keep } from '#test/papers.ts'
import { flat, missingGlyphs, pdfCodes, pdfFonts, pdfPages, pdfText, withPdfTools, withoutBlanks } from '#test/pdf.ts'
import { apologyPaper } from '../notice.ts'
import { type LayoutYear, PAPER_SLUGS, type PaperSlug, checkLayout } from './layout.ts'
import { readLayoutText } from './publish-layout.ts'
import { samplePaper } from './sample-papers.ts'
import { SHIPPED_LAYOUTS, findShippedLayout, shippedLayout } from './shipped-layouts.ts'

afterAll(closePdf)

const SITE = 'https://motcua.hue.gov.vn'
const spanText = (span: Span): string => (typeof span === 'string' ? span : span.text)
const textOf = (block: Block): string => {
  if (block.kind === 'text') return block.spans.map(spanText).join('')
  if (block.kind === 'columns') return block.columns.flatMap((column) => column.blocks.map(textOf)).join(' ')
  if (block.kind === 'table') return [...block.columns.map((column) => column.title), ...block.rows.flat()].join(' ')
  return ''
}
const wordsOf = (paper: Paper): string => withoutBlanks(paper.sheets.map((sheet) => [...sheet.blocks.map(textOf), sheet.footer].join(' ')).join(' ').normalize('NFC'))

describe('domain.md §4.1: six forms of 2018 and seven of 2025', () => {
  it('there are thirteen; before July 2025 nobody had a stop notice', () => {
    expect(SHIPPED_LAYOUTS).toHaveLength(13)
    expect(findShippedLayout('stop-notice', '2018')).toBeUndefined()
    for (const slug of Object.keys(PAPER_SLUGS) as PaperSlug[]) expect(findShippedLayout(slug, '2025')).toBeDefined()
  })

  it.each(SHIPPED_LAYOUTS.map((layout) => [`${layout.slug}-${layout.layout}`, layout] as const))('%s: the text is the data, nothing is left unfilled, the fonts are in it, its codes are read', (name, layout) =>
    withPdfTools(async () => {
      const paper = samplePaper(layout.slug, layout.layout, undefined, SITE)
      const pdf = keep(`mau-${name}.pdf`, await renderPdf(paper))
      const shown = await pdfText(pdf)
      if ((await pdfPages(pdf)) === paper.sheets.length) expect(withoutBlanks(shown)).toBe(wordsOf(paper))
      else expect(withoutBlanks(shown).length).toBeGreaterThan(wordsOf(paper).length)
      expect(shown).not.toMatch(/[{}]|\*\*/)
      expect(missingGlyphs(pdf)).toBe(0)
      expect((await pdfFonts(pdf)).every((font) => font.embedded && font.unicode && font.name.includes('Tinos'))).toBe(true)
      if (layout.slug === 'register') return
      const code = layout.layout === '2018' ? 'H57.12-240115-0007' : 'H57.12-20261120-0000007'
      expect(await pdfCodes(pdf, 1)).toEqual([{ kind: 'CODE-128', text: code }, { kind: 'QR-Code', text: `${SITE}/tra-cuu?ma=${code}` }])
    }))

  it('form 04 of 2018 apologises and gives another day; that of 2025 asks for longer (domain.md §4.1)', () =>
    withPdfTools(async () => {
      const words = async (year: LayoutYear) => flat(await pdfText(await renderPdf(samplePaper('apology-extension', year, undefined, SITE))))
      expect(await words('2018')).toContain('hẹn trả kết quả vào')
      expect(await words('2025')).toContain('đề nghị gia hạn thời gian giải quyết thêm 3 ngày làm việc')
      for (const year of ['2018', '2025'] as const) expect(await words(year)).toContain('KT. CHỦ TỊCH')
    }))

  it('an apology alone promises no new day', () => {
    const at = (hour: number) => instantAt(dayNumber(plainDate('2026-11-20')), hour * 3_600_000)
    const form = formOn('APOLOGY_EXTENSION', plainDate('2026-11-20'))!
    const notice = {
      form, code: 'H57.12-20261120-0000007', number: null, at: at(9), parent: 'Ủy ban nhân dân thành phố Huế', agency: 'Ủy ban nhân dân phường Thuận Hóa', place: 'Huế', person: { name: 'Đặng Dũng', address: null },
      procedure: { code: '9.000001', name: 'Cấp phép thả diều' }, receivedAt: at(8), reason: 'Trời không có gió.', signer: { authority: ['CHỦ TỊCH'], name: '' }, dueAt: at(17), newDueAt: null, extendedBy: '', basis: null, late: '2 ngày làm việc',
    }
    const words = apologyPaper([notice], SITE).sheets[0]!.blocks.map(textOf).join(' ')
    expect(words).toContain('chân thành xin lỗi Ông/Bà về sự chậm trễ này.')
    expect(words).toContain('Hồ sơ đã quá hạn 2 ngày làm việc.')
    expect(words).toContain('Số: ……')
    expect(words).not.toContain('Thời gian trả kết quả mới')
  })
})

const text = (slug: PaperSlug, year: LayoutYear) => JSON.stringify(shippedLayout(slug, year), null, 1)
const faultsIn = (changed: string, slug: PaperSlug = 'receipt', year: LayoutYear = '2025') => {
  const read = readLayoutText(slug, year, changed)
  return read.ok ? [] : read.faults
}

describe('a layout that an administrator breaks', () => {
  const good = text('receipt', '2025')
  const lineOf = (part: string) => good.split('\n').findIndex((line) => line.includes(part)) + 1

  it('what is shipped is taken as it is', () => expect(faultsIn(good)).toEqual([]))

  it.each([
    ['a name that the form does not have', '{limit}', '{limitt}', 'không phải giá trị của mẫu này', '{limit}'],
    ['a brace that is not closed', '{limit}', '{limit', 'chưa đóng ngoặc', '{limit}'],
    ['bold that is not closed', '**{limit}**', '**{limit}', 'chưa đóng', '{limit}'],
    ['a list that the form does not have', '"list": "papers"', '"list": "giayTo"', 'không có danh sách “giayTo”', '"list": "papers"'],
    ['a block of no kind', '"kind": "codes"', '"kind": "hinh"', 'Không có loại khối này', '"kind": "codes"'],
    ['a size for giants', '"size": 11', '"size": 99', 'không quá 20', '"size": 11'],
    ['columns that are wider than the page', '"width": 0.59', '"width": 0.99', 'cộng lại phải bằng 1', '"columns"'],
  ])('%s: the fault is told with its line', (_name, from, to, words, place) => {
    const faults = faultsIn(good.replace(from, to))
    expect(faults.map((fault) => fault.message).join(' ')).toContain(words)
    expect(faults[0]?.line).toBe(lineOf(place))
  })

  it('a text that is no JSON: line and column, and what stands there', () => {
    const broken = good.replace('"slug": "receipt",', '"slug": "receipt"')
    expect(faultsIn(broken)).toEqual([{ line: 3, path: '', message: expect.stringContaining('không đọc được từ “"layout"') }])
    expect(faultsIn(good.slice(0, 200))[0]?.message).toContain('Sai cú pháp')
  })

  it('several faults are told at once', () => {
    expect(faultsIn(good.replace('{limit}', '{a}').replace('{fees}', '{b}')).map((fault) => fault.message)).toEqual(['“{a}” không phải giá trị của mẫu này.', '“{b}” không phải giá trị của mẫu này.'])
  })

  it('decision 20: the secret of the look-up is no value of any other form', () => {
    for (const slug of Object.keys(PAPER_SLUGS) as PaperSlug[]) {
      if (slug === 'receipt') continue
      const layout = shippedLayout(slug, '2025')
      const checked = checkLayout(slug, '2025', { ...layout, footer: 'Mã tra cứu {secret}' })
      expect(checked.ok, slug).toBe(false)
    }
  })

  it('a form cannot be published as another', () => {
    expect(faultsIn(text('refusal', '2025')).map((fault) => fault.path)).toContain('slug')
    expect(faultsIn(text('receipt', '2018')).map((fault) => fault.path)).toContain('layout')
  })
})
