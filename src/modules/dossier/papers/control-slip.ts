/** PURE. The control slip as paper, form 05 of 2018 and 06 of 2025 (domain.md §4.2). */
import { type Instant, dateOf, formatDate, formatTime } from '#kernel/plain-date.ts'
import { longMoment } from '#platform/pdf/official-parts.ts'
import type { Paper, Sheet } from '#platform/pdf/paper.ts'
import type { ControlSlip, StepOutcome } from './control-slip-data.ts'
import { sheetOf } from './printed-form.ts'

const OUTCOMES: Record<StepOutcome, string> = { early: 'Trước hạn', 'on-time': 'Đúng hạn', late: 'Quá hạn' }

/** @param publicUrl see `receiptPaper` */
export const controlSlipPaper = (slips: readonly ControlSlip[], publicUrl: string): Paper => ({
  title: slips.length === 1 ? `${slips[0]!.form.title} ${slips[0]!.code}` : `${slips.length} phiếu kiểm soát`,
  createdAt: slips.reduce((latest, slip) => (slip.asOf > latest ? slip.asOf : latest), slips[0]!.asOf),
  sheets: slips.map((slip) => sheet(slip, publicUrl)),
})

const sheet = (slip: ControlSlip, publicUrl: string): Sheet =>
  sheetOf(
    'control-slip',
    { form: slip.form, at: slip.receivedAt, code: slip.code, agency: slip.desk.agency, issuer: slip.desk.name, place: slip.desk.place, number: `Số: ${slip.code}` },
    publicUrl,
    {
      applicant: slip.applicant,
      procedure: slip.procedure.name,
      procedureCode: slip.procedure.code,
      handledBy: slip.handledBy,
      coordinatedBy: (slip.coordinatedBy ?? []).join('; ') || 'Không',
      receivedAt: longMoment(slip.receivedAt),
      dueAt: slip.dueAt === null ? '' : [longMoment(slip.dueAt), ...(slip.extensions ?? []).map((e) => `hẹn lại theo thư số ${e.number}, trước đó ${longMoment(e.about)}`), ...(slip.moved ?? []).map(movedText)].join('; '),
      finishedAt: slip.finishedAt === null ? '' : longMoment(slip.finishedAt),
      outcome: slip.outcome === null ? '' : OUTCOMES[slip.outcome].toLocaleLowerCase('vi'),
      open: slip.finishedAt === null || slip.outcome === null ? 'đang được giải quyết' : '',
    },
    {
      rows: slip.rows.map((row, i) => ({
        n: String(i + 1), from: row.from, to: row.to, momentLong: momentLong(row.at), momentShort: `${formatTime(row.at)}\n${formatDate(dateOf(row.at))}`,
        outcome: row.outcome === null ? '' : OUTCOMES[row.outcome], note: row.note ?? '',
      })),
    },
  )

const movedText = ({ by, at, before }: NonNullable<ControlSlip['moved']>[number]): string =>
  `${by === 'correction' ? 'đính chính' : 'mở lại hồ sơ'} ngày ${formatDate(dateOf(at))}${before === null ? '' : `, trước đó ${longMoment(before)}`}`

/** As the form of 2018 words it, days and months in two digits. */
const momentLong = (at: Instant): string => {
  const [hours = '', minutes = ''] = formatTime(at).split(':')
  const [year = '', month = '', day = ''] = dateOf(at).split('-')
  return `${hours} giờ ${minutes} phút, ngày ${day} tháng ${month} năm ${year}`
}
