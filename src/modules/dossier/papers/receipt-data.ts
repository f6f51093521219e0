/**
 * PURE. What form 01 (giấy tiếp nhận hồ sơ và hẹn trả kết quả) prints, in the order of domain.md §4.2. Plain values only:
 * it crosses to the thread that draws. Text is NFC; personal values are in it, so it is never logged.
 */
import type { Instant } from '#kernel/plain-date.ts'
import type { PrintedForm, Replacement } from './printed-form.ts'

/** How a paper was handed in; `from-database` = taken from a database instead of asked for (NĐ 309/2026 Art 2). */
export type PaperKind = 'original' | 'copy' | 'electronic' | 'from-database'

export type ReceiptPaper = { readonly name: string; readonly kind: PaperKind; readonly quantity: number }

/** `amount` in đồng; null = "theo quy định của Hội đồng nhân dân", the city's council sets it. */
export type ReceiptFee = { /** null where the published table does not say which of the two it is. */ readonly name: string | null; readonly amount: number | null }

export type Receipt = {
  /** `printedFormAt('RECEIPT', moment of reception)`: the printed form follows the day of the act (decision 23). */
  readonly form: PrintedForm
  readonly code: string
  /** Number of the receipt in the desk's register of this year: printed `Số: 7/TNHS`. Null = the dossier code stands for it. */
  readonly number: number | null
  readonly desk: {
    /** `ỦY BAN NHÂN DÂN PHƯỜNG THUẬN HÓA`: the agency above the desk; printed in capitals. */
    readonly agency: string
    /** `Trung tâm Phục vụ hành chính công phường Thuận Hóa`. */
    readonly name: string
    readonly address: string | null
    readonly phone: string | null
    /** Before the date: `Huế`. */
    readonly place: string
  }
  readonly applicant: {
    readonly name: string
    readonly address: string | null
    readonly phone: string | null
    readonly email: string | null
  }
  /** Who stands at the counter, where it is someone else. */
  readonly submitter: { readonly name: string; readonly phone: string | null } | null
  readonly procedure: { readonly code: string; readonly name: string }
  readonly papers: readonly ReceiptPaper[]
  /** Số lượng hồ sơ (bộ). */
  readonly sets: number
  /** `3 ngày làm việc`, `24 giờ làm việc`, `Trong ngày`: as published, not computed. */
  readonly limit: string
  readonly receivedAt: Instant
  readonly dueAt: Instant
  /** One sentence: why this due date. */
  readonly dueReason: string
  /** The due date rests on a year whose holidays are not announced yet (rule C14). */
  readonly provisional: boolean
  /** `Tại quầy …`, `Qua bưu chính, tới …`, `Bản điện tử …`. */
  readonly resultDelivery: string
  readonly fees: readonly ReceiptFee[]
  /** `Quyển số …, Số thứ tự …` of the register; null where the register is electronic only. */
  readonly register: { readonly book: string; readonly position: number } | null
  readonly receivedBy: string
  /** Left out: at the reception. After a correction the day of that act. */
  readonly issuedAt?: Instant
  readonly replacement?: Replacement
  /** Four characters; printed on the applicant's copy only (decision 20). */
  readonly lookUpSecret: string
}
