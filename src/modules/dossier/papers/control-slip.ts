/** PURE. The control slip as paper, form 05 of 2018 and 06 of 2025 (domain.md §4.2). */
import { formatTime, dateOf, formatDate } from '#kernel/plain-date.ts'
import { longMoment, officialHead } from '#platform/pdf/official-parts.ts'
import { type Block, type Paper, type Sheet, bold, italic, text, together } from '#platform/pdf/paper.ts'
import type { ControlRow, ControlSlip, StepOutcome } from './control-slip-data.ts'
import { codeBox, formNote, ITEM } from './printed-parts.ts'

const OUTCOMES: Record<StepOutcome, string> = { early: 'Trước hạn', 'on-time': 'Đúng hạn', late: 'Quá hạn' }

/** @param publicUrl see `receiptPaper` */
export const controlSlipPaper = (slips: readonly ControlSlip[], publicUrl: string): Paper => ({
  title: slips.length === 1 ? `${slips[0]!.form.title} ${slips[0]!.code}` : `${slips.length} phiếu kiểm soát`,
  createdAt: slips.reduce((latest, slip) => (slip.asOf > latest ? slip.asOf : latest), slips[0]!.asOf),
  sheets: slips.map((slip) => sheet(slip, publicUrl)),
})

const sheet = (slip: ControlSlip, publicUrl: string): Sheet => ({
  footer: `${slip.code} · ${slip.form.title}`,
  blocks: [
    text(italic(formNote(slip.form)), { size: 9, align: 'right' }),
    officialHead({ parent: slip.desk.agency, issuer: slip.desk.name, number: `Số: ${slip.code}`, place: slip.desk.place, at: slip.receivedAt }),
    text(bold(slip.form.title.toLocaleUpperCase('vi')), { size: 14, align: 'center', before: 10, balance: true }),
    text(['Mã hồ sơ: ', bold(slip.code)], { align: 'center', before: 1 }),
    codeBox(slip.code, publicUrl, ['Phiếu đi cùng hồ sơ. Mỗi lần giao, nhận được ghi một dòng, không sửa, không xóa.']),
    text(['Kèm theo hồ sơ của: ', bold(slip.applicant)], { ...ITEM, before: 8 }),
    text(['Nội dung: ', bold(slip.procedure.name), ` (mã\u00a0thủ\u00a0tục\u00a0${slip.procedure.code})`], ITEM),
    text(['Cơ quan (bộ phận) giải quyết hồ sơ: ', slip.handledBy], ITEM),
    text(['Cơ quan phối hợp giải quyết hồ sơ: ', 'Không'], ITEM),
    text(['Thời gian nhận hồ sơ: ', longMoment(slip.receivedAt)], ITEM),
    ...(slip.dueAt === null ? [] : [text(['Thời gian trả kết quả: ', longMoment(slip.dueAt)], ITEM)]),
    { kind: 'space', height: 6 },
    rows(slip),
    together([
      text(
        slip.finishedAt === null || slip.outcome === null
          ? italic('Hồ sơ đang được giải quyết.')
          : ['Có kết quả lúc ', longMoment(slip.finishedAt), ': ', bold(OUTCOMES[slip.outcome].toLocaleLowerCase('vi')), '.'],
        { ...ITEM, before: 6 },
      ),
      text(italic('Người giao, người nhận ký bằng tài khoản của mình khi chuyển hồ sơ trên hệ thống; họ tên và thời điểm ở trên lấy từ nhật ký điện tử.'), { size: 10.5, before: 4, align: 'justify' }),
    ]),
  ],
})

/** 2018 has the moments in a column of their own words; 2025 counts the rows. */
const rows = (slip: ControlSlip): Block => ({
  kind: 'table',
  size: 11,
  columns: [
    ...(slip.form.layout === '2018' ? [] : [{ title: 'TT', width: 0.06, align: 'center' as const }]),
    { title: slip.form.layout === '2018' ? 'Tên cơ quan, bộ phận' : 'Cơ quan, bộ phận, người giao – nhận', width: 0.42 },
    { title: 'Thời gian giao, nhận hồ sơ', width: 0.19, align: 'center' },
    { title: 'Kết quả giải quyết (trước hạn, đúng hạn, quá hạn)', width: 0.19, align: 'center' },
    { title: 'Ghi chú', width: 0.2 },
  ],
  rows: slip.rows.map((row, i) => [...(slip.form.layout === '2018' ? [] : [String(i + 1)]), `1. Giao: ${row.from}\n2. Nhận: ${row.to}`, momentOf(row, slip.form.layout), row.outcome === null ? '' : OUTCOMES[row.outcome], row.note ?? '']),
})

const momentOf = (row: ControlRow, layout: '2018' | '2025'): string => {
  const [hours = '', minutes = ''] = formatTime(row.at).split(':')
  if (layout === '2025') return `${hours}:${minutes}\n${formatDate(dateOf(row.at))}`
  const [year = '', month = '', day = ''] = dateOf(row.at).split('-')
  return `${hours} giờ ${minutes} phút, ngày ${day} tháng ${month} năm ${year}`
}
