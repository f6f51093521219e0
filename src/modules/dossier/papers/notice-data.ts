/**
 * PURE. What the head of the competent agency writes to the applicant: the apology with a new date (form 04) and the notice that the work on a dossier
 * ends (form 05 of 2025), domain.md §4.2. Plain values: they cross to the thread that draws. Personal, so never logged.
 */
import type { Instant } from '#kernel/plain-date.ts'
import type { PrintedForm, Replacement } from './printed-form.ts'

type Notice = {
  /** Of the day of the act (decision 23). */
  readonly form: PrintedForm
  readonly code: string
  /** `15/TB-UBND`; null: a draft, the number is left to the pen. */
  readonly number: string | null
  readonly at: Instant
  /** Above the agency: the city, or the agency of a division. */
  readonly parent: string
  readonly agency: string
  readonly place: string
  readonly person: { readonly name: string; readonly address: string | null }
  readonly procedure: { readonly code: string; readonly name: string }
  readonly receivedAt: Instant
  readonly reason: string
  /** The lines above the signature (`authorityLines`); `name` empty while nobody has signed. */
  readonly signer: { readonly authority: readonly string[]; readonly name: string }
  readonly replacement?: Replacement
}

/** Form 04: phiếu xin lỗi và hẹn lại ngày trả kết quả (2018), văn bản xin lỗi và đề nghị gia hạn (2025). */
export type ApologyNotice = Notice & {
  /** As promised before. */
  readonly dueAt: Instant
  /** Null: an apology alone, where no new day may be promised. */
  readonly newDueAt: Instant | null
  /** `3 ngày làm việc`; empty where no new day is promised. */
  readonly extendedBy: string
  readonly basis: string | null
  /** `2 ngày làm việc`; null while it is in time. */
  readonly late: string | null
}

/** Form 05 of 2025: thông báo dừng giải quyết hồ sơ. */
export type StopNotice = Notice & {
  /** Where it stood: `Thẩm định, dự thảo kết quả`. */
  readonly stage: string
  readonly legalBasis: string | null
  /** `Dừng giải quyết hồ sơ` or `Tạm dừng giải quyết hồ sơ đến ngày …`. */
  readonly decision: string
  /** What becomes of money paid; null: nothing was. */
  readonly finance: string | null
  /** How the papers come back. */
  readonly papersBack: string | null
}
