/** Papers of invented people, for the tests of what is printed; `PAPER_FOLDER=/somewhere` keeps the files, to be looked at. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instant, type PlainDate, instant, plainDate } from '#kernel/plain-date.ts'
import { type RegimeForm, formOn } from '#modules/process'
import { findTemplate } from '#modules/dossier'
import type { ControlSlip } from '../src/modules/dossier/papers/control-slip-data.ts'
import type { CompletionRequestLetter, RefusalLetter } from '../src/modules/dossier/papers/letter-data.ts'
import type { Register, RegisterRow } from '../src/modules/dossier/papers/register-data.ts'
import type { ResultFacts } from '../src/modules/dossier/results/result-paper.ts'
import { receiptOf } from './receipts.ts'

export const keep = (name: string, pdf: Buffer): Buffer => {
  const folder = process.env['PAPER_FOLDER']
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), pdf)
  }
  return pdf
}

export type Layout = '2018' | '2025'
const DAYS: Record<Layout, string> = { '2018': '2024-01-15', '2025': '2026-11-20' }
export const CODES: Record<Layout, string> = { '2018': 'H57.12-240115-0007', '2025': 'H57.12-20261120-0000007' }
const at = (layout: Layout, hour = 9, minute = 5, days = 0): Instant => instant(Date.parse(`${DAYS[layout]}T00:00:00Z`) + days * 86_400_000 + (hour - 7) * 3_600_000 + minute * 60_000)

const formOf = (slug: RegimeForm['slug'], layout: Layout): RegimeForm => {
  const form = formOn(slug, plainDate(DAYS[layout]))
  if (form === undefined) throw new Error(`no ${slug} in ${layout}`)
  return form
}

export const LONG_NAME = 'Công Tằng Tôn Nữ Thị Đoan Trang Nguyễn Khoa Diệu Huyền Phúc Ưng Quỳnh'
const { desk, applicant, procedure } = receiptOf()
const letter = (slug: RegimeForm['slug'], layout: Layout) => ({ form: formOf(slug, layout), code: CODES[layout], desk, person: applicant, procedure, at: at(layout), by: 'Hoàng Thị Như Quỳnh' })

export const completionOf = (layout: Layout, change: Partial<CompletionRequestLetter> = {}): CompletionRequestLetter => ({
  ...letter('SUPPLEMENT', layout),
  items: ['Tờ khai thiếu số định danh cá nhân của người được xác nhận.', 'Bản sao quyết định ly hôn chưa có hiệu lực pháp luật; nộp bản có xác nhận của Tòa án nhân dân khu vực 1 – Thừa Thiên Huế.'],
  reason: 'Chưa đủ thành phần hồ sơ theo thủ tục đã công bố.',
  until: plainDate('2026-12-04'),
  ...change,
})

export const refusalOf = (layout: Layout, change: Partial<RefusalLetter> = {}): RefusalLetter => ({
  ...letter('REFUSAL', layout),
  ground: 'Không thuộc thẩm quyền giải quyết của cơ quan',
  reason: 'Ông Dũng thường trú tại phường Kim Long; việc xác nhận do Ủy ban nhân dân phường Kim Long thực hiện.',
  legalBasis: 'Điều 21 Nghị định số 123/2015/NĐ-CP',
  ...change,
})

const OFFICE = 'Văn phòng HĐND và UBND phường Thuận Hóa'
const DESK = 'Trung tâm Phục vụ hành chính công phường Thuận Hóa'
export const slipOf = (layout: Layout, change: Partial<ControlSlip> = {}): ControlSlip => ({
  form: formOf('CONTROL_SLIP', layout),
  code: CODES[layout],
  desk,
  handledBy: OFFICE,
  applicant: applicant.name,
  procedure,
  receivedAt: at(layout),
  dueAt: at(layout, 17, 30, 3),
  finishedAt: at(layout, 10, 0, 3),
  outcome: 'on-time',
  rows: [
    { from: applicant.name, to: `Hoàng Thị Như Quỳnh, ${DESK}`, at: at(layout), outcome: null, note: null },
    { from: `Hoàng Thị Như Quỳnh, ${DESK}`, to: `Chánh Văn phòng, ${OFFICE}`, at: at(layout, 9, 40), outcome: 'on-time', note: null },
    { from: `Lê Thị Mây, ${OFFICE}`, to: `Công chức tư pháp – hộ tịch, ${OFFICE}`, at: at(layout, 10, 5), outcome: 'on-time', note: 'Phân công: Xem kỹ bản án' },
    { from: `Trần Văn Gió, ${OFFICE}`, to: 'Phó Chủ tịch, Ủy ban nhân dân phường Thuận Hóa', at: at(layout, 16, 0, 1), outcome: 'late', note: 'Đủ điều kiện' },
    { from: 'Phạm Văn Trời, Ủy ban nhân dân phường Thuận Hóa', to: applicant.name, at: at(layout, 10, 0, 3), outcome: 'early', note: 'Đã ký duyệt' },
  ],
  asOf: at(layout, 10, 0, 3),
  ...change,
})

export const rowOf = (layout: Layout, n: number, change: Partial<RegisterRow> = {}): RegisterRow => ({
  code: `${CODES[layout].slice(0, -String(n).length)}${n}`,
  procedureName: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân',
  sets: 1,
  applicantName: n % 7 === 3 ? LONG_NAME : `Đặng Văn Dũng ${n}`,
  applicantAddress: `Số ${n}, kiệt 12 Nguyễn Huệ, phường Thuận Hóa, thành phố Huế (tỉnh Thừa Thiên Huế cũ)`,
  applicantPhone: '0905 123 456',
  agencyName: 'Ủy ban nhân dân phường Thuận Hóa',
  receivedAt: at(layout),
  dueAt: at(layout, 17, 30, 3),
  firstDueAt: null,
  correctedAt: null,
  reopenedAt: null,
  returnedAt: n % 3 === 0 ? null : at(layout, 10, 0, 3),
  delivery: n % 5 === 0 ? 'postal' : 'counter',
  recipientName: n % 3 === 0 ? null : `Đặng Văn Dũng ${n}`,
  remark: null,
  ...change,
})

export const registerOf = (layout: Layout, count: number): Register => ({
  form: formOf('REGISTER', layout),
  agency: 'Ủy ban nhân dân phường Thuận Hóa',
  unit: DESK,
  place: 'Huế',
  period: 'Từ ngày 01/11/2026 đến ngày 30/11/2026',
  printedAt: at(layout, 16, 0),
  rows: Array.from({ length: count }, (_, i) => rowOf(layout, i + 1)),
})

/** Words for every field of a template. */
export const wordsFor: Readonly<Record<string, string>> = {
  industries: '4722 | Bán lẻ lương thực, thực phẩm, đồ uống trong các cửa hàng chuyên doanh | Chính\n5610 | Nhà hàng và các dịch vụ ăn uống phục vụ lưu động',
  bases: 'Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;\nCăn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ;',
  born: '15/03/1990',
  bornInWords: 'Ngày mười lăm tháng ba năm một nghìn chín trăm chín mươi',
  personalNumber: '046090001234',
  businessNumber: '046090001234',
  ownerNumber: '046090001234',
  phone: '0905 123 456',
  status: 'Hiện tại chưa đăng ký kết hôn với ai',
  gender: 'Nữ',
  firstOn: '20/11/2026',
  pages: '3',
  copies: '2',
  book: '01',
}

const SHORT: readonly (readonly [RegExp, string])[] = [[/Ethnicity$|^ethnicity$/, 'Kinh'], [/[nN]ationality$/, 'Việt Nam'], [/Born$/, '02/09/1962'], [/Gender$/, 'Nam'], [/Residence$/, 'Số 5, kiệt 12 Nguyễn Huệ, phường Thuận Hóa, thành phố Huế (Thừa Thiên Huế cũ)'], [/Identity$/, 'Thẻ căn cước số 046090001234']]
const shortWord = (name: string): string | undefined => SHORT.find(([pattern]) => pattern.test(name))?.[1]

export const factsOfResult = (slug: string, change: Partial<ResultFacts> = {}): ResultFacts => {
  const template = findTemplate(slug)
  if (template === undefined) throw new Error(`no template ${slug}`)
  const on: PlainDate = plainDate('2026-11-24')
  const fields = Object.fromEntries(template.fields.map((f) => [f.name, wordsFor[f.name] ?? shortWord(f.name) ?? (f.upper === true || f.name.endsWith('Name') ? 'ĐẶNG THỊ DŨNG KHUYÊN' : `${f.label} của Đặng Dũng, Thừa Thiên Huế`)]))
  const division = template.issuer === 'division'
  return {
    template,
    fields,
    issued: { number: template.number.pattern.replace('{n}', '09').replace('{author}', 'UBND').replace('{year}', '2026'), on },
    parent: division ? 'Ủy ban nhân dân phường Thuận Hóa' : 'Ủy ban nhân dân thành phố Huế',
    issuer: division ? 'Phòng Kinh tế, Hạ tầng và Đô thị' : 'Ủy ban nhân dân phường Thuận Hóa',
    committee: 'Ủy ban nhân dân',
    agency: 'Ủy ban nhân dân phường Thuận Hóa',
    division: 'Phòng Kinh tế, Hạ tầng và Đô thị',
    place: 'Huế',
    procedure: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân',
    code: CODES['2025'],
    receivedOn: plainDate('2026-11-20'),
    signer: { title: 'Phó Chủ tịch', name: 'Phạm Văn Trời' },
    asOf: at('2025'),
    ...change,
  }
}
