/** PURE. What the control slip prints (phiếu kiểm soát quá trình giải quyết hồ sơ): every passing from hand to hand, in order; rows are only ever added. */
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import type { Custody } from '../lifecycle/custody.ts'
import type { PrintedForm } from './printed-form.ts'

export type StepOutcome = 'early' | 'on-time' | 'late'

export type ControlRow = {
  /** `Trần Văn Gió, Văn phòng HĐND và UBND phường Thuận Hóa`. */
  readonly from: string
  readonly to: string
  readonly at: Instant
  /** Of the step that ends here; null where none ends, or it has no time of its own. */
  readonly outcome: StepOutcome | null
  readonly note: string | null
}

export type ControlSlip = {
  readonly form: PrintedForm
  readonly code: string
  readonly desk: { readonly agency: string; readonly name: string; readonly place: string }
  readonly handledBy: string
  /** Units that were asked for their opinion. */
  readonly coordinatedBy?: readonly string[]
  readonly applicant: string
  readonly procedure: { readonly code: string; readonly name: string }
  readonly receivedAt: Instant
  readonly dueAt: Instant | null
  /** The letters that gave a new date: number, and the date before. */
  readonly extensions?: readonly { readonly number: string; readonly about: Instant }[]
  /** What else moved the date, and the date before. */
  readonly moved?: readonly { readonly by: 'correction' | 'reopening'; readonly at: Instant; readonly before: Instant | null }[]
  readonly finishedAt: Instant | null
  /** Of the dossier; null while it is open. */
  readonly outcome: StepOutcome | null
  readonly rows: readonly ControlRow[]
  /** The last act: the same slip gives the same bytes. */
  readonly asOf: Instant
}

/** Before the due day: early; on it, before the moment: on time (domain.md §2.7). Null: no due moment. */
export const outcomeOf = (endedAt: Instant | null, dueAt: Instant | null): StepOutcome | null => {
  if (endedAt === null || dueAt === null) return null
  if (endedAt > dueAt) return 'late'
  return dateOf(endedAt) < dateOf(dueAt) ? 'early' : 'on-time'
}

/** How a passing is worded; empty notes stay empty. */
const AS: Partial<Record<string, string>> = { 'send-back': 'Trả lại', assign: 'Phân công', approve: 'Đã ký duyệt', issue: 'Đã cấp số, phát hành', 'correct-procedure': 'Đính chính thủ tục', 'correct-reception': 'Đính chính thời điểm tiếp nhận', 'correct-result': 'Thay kết quả', reopen: 'Mở lại hồ sơ' }

type Named = { readonly giver: (c: Custody) => string; readonly taker: (c: Custody) => string; readonly applicant: string; /** Who took the result that left then. */ readonly recipientAt: (at: Instant) => string | null }

/** @param custody in order, without gap; the applicant gives first and, after the return, takes last */
export const controlRows = (custody: readonly Custody[], names: Named): readonly ControlRow[] =>
  custody.flatMap((held, i): readonly ControlRow[] => {
    const next = custody[i + 1]
    const first: readonly ControlRow[] = i === 0 ? [{ from: names.applicant, to: names.taker(held), at: held.enteredAt, outcome: null, note: null }] : []
    if (held.leftAt === null) return first
    // Before it lay in the files it was handed over.
    const to = next === undefined ? names.recipientAt(held.leftAt) : next.step === 'CLOSED' ? (names.recipientAt(held.leftAt) ?? names.taker(next)) : names.taker(next)
    if (to === null) return first
    const note = [AS[held.leftAs ?? ''], held.note].filter((part) => part !== undefined && part !== null && part !== '').join(': ')
    const ends = next?.step !== held.step
    return [...first, { from: names.giver(held), to, at: held.leftAt, outcome: ends ? outcomeOf(held.leftAt, held.dueAt) : null, note: note === '' ? null : note }]
  })
