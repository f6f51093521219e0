/** Receipts of invented people, for the tests of printed papers. */
import { instant, plainDate } from '#kernel/plain-date.ts'
import { type RegimeForm, formOn } from '#modules/process'
import type { Receipt } from '../src/modules/dossier/papers/receipt-data.ts'

const formOf = (day: string): RegimeForm => {
  const form = formOn('RECEIPT', plainDate(day))
  if (form === undefined) throw new Error(`no receipt on ${day}`)
  return form
}
export const FORM_2018 = formOf('2024-01-15')
export const FORM_2026 = formOf('2026-11-20')

/** A marital-status certificate at the counter of a ward, 20 November 2026, 09:05; three working days over Culture Day. */
export const receiptOf = (change: Partial<Receipt> = {}): Receipt => ({
  form: FORM_2026,
  code: 'H57.12-20261120-0000007',
  number: 7,
  desk: {
    agency: 'Ủy ban nhân dân phường Thuận Hóa',
    name: 'Trung tâm Phục vụ hành chính công phường Thuận Hóa',
    address: '24 Lê Lợi, phường Thuận Hóa, thành phố Huế',
    phone: '0234 3822 000',
    place: 'Huế',
  },
  applicant: { name: 'Đặng Thị Dũng Khuyên', address: 'Số 5, kiệt 12 Nguyễn Huệ, phường Thuận Hóa, thành phố Huế (tỉnh Thừa Thiên Huế cũ)', phone: '0905 123 456', email: null },
  submitter: null,
  procedure: { code: '1.004873', name: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân' },
  papers: [
    { name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu', kind: 'original', quantity: 1 },
    { name: 'Quyết định hoặc bản án ly hôn đã có hiệu lực pháp luật', kind: 'copy', quantity: 1 },
    { name: 'Thông tin cư trú', kind: 'from-database', quantity: 1 },
  ],
  sets: 1,
  limit: '3 ngày làm việc',
  receivedAt: instant(Date.UTC(2026, 10, 20, 2, 5)),
  dueAt: instant(Date.UTC(2026, 10, 26, 10, 30)),
  dueReason: 'Nhận Thứ Sáu 20/11/2026; 3 ngày làm việc tính từ ngày làm việc tiếp theo; không tính Thứ Bảy, Chủ nhật 21–22/11 và Ngày Văn hóa Việt Nam 24/11.',
  provisional: false,
  resultDelivery: 'Trung tâm Phục vụ hành chính công phường Thuận Hóa',
  fees: [{ name: 'Lệ phí', amount: null }, { name: 'Phí cấp bản sao', amount: 8000 }],
  register: null,
  receivedBy: 'Hoàng Thị Như Quỳnh',
  lookUpSecret: 'K7QF',
  ...change,
})
