/** PURE. Papers of nobody, to look at a layout: every value is there, names are long, lists have several lines. */
import { type Instant, instantAt, dayNumber, plainDate } from '#kernel/plain-date.ts'
import { formOn } from '#modules/process'
import type { Paper } from '#platform/pdf/paper.ts'
import { authorityLines } from '../../results/authority.ts'
import { controlSlipPaper } from '../control-slip.ts'
import { completionRequestPaper, refusalPaper } from '../letter.ts'
import { apologyPaper, stopNoticePaper } from '../notice.ts'
import type { PrintedForm } from '../printed-form.ts'
import { receiptPaper } from '../receipt.ts'
import { registerPaper } from '../register.ts'
import { type LayoutYear, PAPER_SLUGS, type PaperLayout, type PaperSlug } from './layout.ts'

const DAYS: Record<LayoutYear, string> = { '2018': '2024-01-15', '2025': '2026-11-20' }
const CODES: Record<LayoutYear, string> = { '2018': 'H57.12-240115-0007', '2025': 'H57.12-20261120-0000007' }
const HOUR = 3_600_000

const CITY = 'Ủy ban nhân dân thành phố Huế'
const AGENCY = 'Ủy ban nhân dân phường Thuận Hóa'
const NAME = 'Đặng Thị Dũng Khuyên'
const DESK = { agency: AGENCY, name: 'Trung tâm Phục vụ hành chính công phường Thuận Hóa', address: '24 Lê Lợi, phường Thuận Hóa, thành phố Huế', phone: '0234 3822 000', place: 'Huế' }
const PERSON = { name: NAME, address: 'Số 5, kiệt 12 Nguyễn Huệ, phường Thuận Hóa, thành phố Huế (tỉnh Thừa Thiên Huế cũ)', phone: '0905 000 000', email: null }
const PROCEDURE = { code: '1.004873', name: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân' }
const OFFICER = 'Hoàng Thị Như Quỳnh'

/** How a layout prints. @throws RangeError for a form that the regime does not have */
export const samplePaper = (slug: PaperSlug, year: LayoutYear, edited: PaperLayout | undefined, publicUrl: string): Paper => {
  const found = formOn(PAPER_SLUGS[slug], plainDate(DAYS[year]))
  if (found === undefined) throw new RangeError(`no ${slug} of ${year}`)
  const form: PrintedForm = edited === undefined ? found : { ...found, edited }
  const at = (days: number, hour: number) => instantAt(dayNumber(plainDate(DAYS[year])) + days, hour * HOUR)
  return SAMPLES[slug]({ form, code: CODES[year], at }, publicUrl)
}

type Sample = { readonly form: PrintedForm; readonly code: string; readonly at: (days: number, hour: number) => Instant }

const letter = ({ form, code, at }: Sample) => ({ form, code, desk: DESK, person: PERSON, procedure: PROCEDURE, at: at(0, 9), by: OFFICER })
const notice = ({ form, code, at }: Sample) => ({
  form, code, number: '15/TB-UBND', at: at(2, 10), parent: CITY, agency: AGENCY, place: 'Huế', person: PERSON, procedure: PROCEDURE, receivedAt: at(0, 9),
  signer: { authority: authorityLines('Phó Chủ tịch', 'Ủy ban nhân dân'), name: 'Phạm Văn Trời' },
})

const SAMPLES: Record<PaperSlug, (sample: Sample, publicUrl: string) => Paper> = {
  receipt: ({ form, code, at }, url) =>
    receiptPaper(
      {
        form, code, number: 7, desk: DESK, applicant: PERSON, submitter: { name: 'Đặng Văn Dũng', phone: '0905 000 001' }, procedure: PROCEDURE,
        papers: [
          { name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu', kind: 'original', quantity: 1 },
          { name: 'Quyết định hoặc bản án ly hôn đã có hiệu lực pháp luật', kind: 'copy', quantity: 1 },
          { name: 'Thông tin cư trú', kind: 'from-database', quantity: 1 },
        ],
        sets: 1, limit: '3 ngày làm việc', receivedAt: at(0, 9), dueAt: at(6, 17.5), dueReason: 'Ba ngày làm việc tính từ ngày làm việc tiếp theo.', provisional: false,
        resultDelivery: DESK.name, fees: [{ name: 'Lệ phí', amount: 15_000 }], register: null, receivedBy: OFFICER, lookUpSecret: 'K7QF',
      },
      url,
    ),
  supplement: (sample, url) =>
    completionRequestPaper({ ...letter(sample), items: ['Tờ khai thiếu số định danh cá nhân của người được xác nhận.', 'Bản sao quyết định ly hôn chưa có hiệu lực pháp luật.'], reason: 'Chưa đủ thành phần hồ sơ theo thủ tục đã công bố.', until: plainDate('2026-12-04') }, url),
  refusal: (sample, url) =>
    refusalPaper({ ...letter(sample), ground: 'Không thuộc thẩm quyền giải quyết của cơ quan', reason: 'Việc xác nhận do Ủy ban nhân dân phường Kim Long thực hiện.', legalBasis: 'Điều 21 Nghị định số 123/2015/NĐ-CP' }, url),
  'apology-extension': (sample, url) =>
    apologyPaper([{ ...notice(sample), reason: 'chưa có văn bản trả lời xác minh của nơi cư trú trước đây.', dueAt: sample.at(3, 17.5), newDueAt: sample.at(10, 17.5), extendedBy: 'thêm 3 ngày làm việc', basis: null, late: null }], url),
  'stop-notice': (sample, url) =>
    stopNoticePaper(
      [{ ...notice(sample), reason: 'Đã quá thời hạn bổ sung hồ sơ mà không nhận được hồ sơ bổ sung.', stage: 'Thẩm định, dự thảo kết quả', legalBasis: 'Nghị định số 118/2025/NĐ-CP', decision: 'Dừng giải quyết hồ sơ.', finance: 'lệ phí đã nộp được xử lý theo quy định về phí, lệ phí.', papersBack: 'nhận lại tại nơi đã nộp hồ sơ.' }],
      url,
    ),
  'control-slip': ({ form, code, at }, url) =>
    controlSlipPaper(
      [{
        form, code, desk: DESK, handledBy: 'Văn phòng HĐND và UBND phường Thuận Hóa', applicant: NAME, procedure: PROCEDURE, receivedAt: at(0, 9), dueAt: at(3, 17.5), finishedAt: at(3, 10), outcome: 'on-time', asOf: at(3, 10),
        rows: [
          { from: NAME, to: `${OFFICER}, ${DESK.name}`, at: at(0, 9), outcome: null, note: null },
          { from: `${OFFICER}, ${DESK.name}`, to: 'Chánh Văn phòng, Văn phòng HĐND và UBND phường Thuận Hóa', at: at(0, 10), outcome: 'on-time', note: null },
          { from: 'Lê Thị Mây, Văn phòng HĐND và UBND phường Thuận Hóa', to: 'Phó Chủ tịch, Ủy ban nhân dân phường Thuận Hóa', at: at(1, 16), outcome: 'late', note: 'Đủ điều kiện' },
        ],
      }],
      url,
    ),
  register: ({ form, code, at }) =>
    registerPaper({
      form, agency: AGENCY, unit: DESK.name, place: 'Huế', period: 'Từ ngày 01/11/2026 đến ngày 30/11/2026', printedAt: at(0, 16),
      rows: Array.from({ length: 12 }, (_, i) => ({
        code: `${code.slice(0, -2)}${String(i + 10)}`, procedureName: PROCEDURE.name, sets: 1, applicantName: NAME, applicantAddress: PERSON.address, applicantPhone: PERSON.phone, agencyName: AGENCY,
        receivedAt: at(0, 9), dueAt: at(3, 17.5), firstDueAt: null, correctedAt: null, reopenedAt: null, returnedAt: i % 3 === 0 ? null : at(3, 10), delivery: 'counter' as const, recipientName: i % 3 === 0 ? null : NAME, remark: null,
      })),
    }),
}
