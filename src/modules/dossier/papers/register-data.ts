/** PURE. A line of the register (Sổ theo dõi hồ sơ), domain.md §4.2, as paper and spreadsheet show it; the names of its columns. */
import { type Instant, type PlainDate, dateOf, formatDate } from '#kernel/plain-date.ts'
import type { Delivery } from '../lifecycle/state.ts'
import type { PrintedForm } from './printed-form.ts'

export type RegisterRow = {
  readonly code: string
  readonly procedureName: string
  readonly sets: number
  readonly applicantName: string
  readonly applicantAddress: string | null
  readonly applicantPhone: string | null
  readonly agencyName: string
  readonly receivedAt: Instant | null
  readonly dueAt: Instant | null
  /** As promised at first, where a letter gave a new date, or a correction did. */
  readonly firstDueAt: Instant | null
  /** Last time it was put right, and opened again. */
  readonly correctedAt: Instant | null
  readonly reopenedAt: Instant | null
  readonly returnedAt: Instant | null
  readonly delivery: Delivery
  /** Who took the result. */
  readonly recipientName: string | null
  readonly remark: string | null
}

export type Register = {
  readonly form: PrintedForm
  /** Whose register it is, as printed above. */
  readonly agency: string
  readonly unit: string
  readonly place: string
  /** `Từ ngày 01/11/2026 đến ngày 30/11/2026`, with what else was asked for. */
  readonly period: string
  readonly printedAt: Instant
  readonly rows: readonly RegisterRow[]
}

export const REGISTER_COLUMNS = [
  'TT', 'Mã hồ sơ', 'Tên thủ tục hành chính', 'Số lượng hồ sơ (bộ)', 'Tên cá nhân, tổ chức', 'Địa chỉ, số điện thoại', 'Cơ quan chủ trì giải quyết',
  'Nhận hồ sơ', 'Hẹn trả kết quả', 'Trả kết quả', 'Phương thức nhận kết quả', 'Ký nhận', 'Ghi chú',
] as const

export const DELIVERY_WORDS: Record<Delivery, string> = { counter: 'Tại quầy', postal: 'Bưu chính', online: 'Trực tuyến' }

export const contactOf = (row: Pick<RegisterRow, 'applicantAddress' | 'applicantPhone'>): string => [row.applicantAddress, row.applicantPhone].filter((part) => part !== null && part !== '').join('; ')

/** `Từ ngày 01/11/2026 đến ngày 30/11/2026`. */
export const periodText = (from: PlainDate | undefined, to: PlainDate | undefined): string => {
  if (from !== undefined && to !== undefined) return `Từ ngày ${formatDate(from)} đến ngày ${formatDate(to)}`
  if (from !== undefined) return `Từ ngày ${formatDate(from)}`
  return to === undefined ? 'Toàn bộ hồ sơ' : `Đến ngày ${formatDate(to)}`
}

/** Both dates where a letter or a correction gave a new one: none is struck out. */
export const dueText = ({ dueAt, firstDueAt, correctedAt }: Pick<RegisterRow, 'dueAt' | 'firstDueAt' | 'correctedAt'>): string =>
  firstDueAt === null ? dayText(dueAt) : `${dayText(firstDueAt)}; ${correctedAt === null ? 'hẹn lại' : 'nay là'} ${dayText(dueAt)}`

export const remarkText = ({ remark, correctedAt, reopenedAt }: Pick<RegisterRow, 'remark' | 'correctedAt' | 'reopenedAt'>): string =>
  [remark, correctedAt === null ? null : `Đính chính ${dayText(correctedAt)}`, reopenedAt === null ? null : `Mở lại ${dayText(reopenedAt)}`].filter((part) => part !== null && part !== '').join('; ')

export const dayText = (at: Instant | null): string => (at === null ? '' : formatDate(dateOf(at)))
