/** PURE. What forms 02 and 03 print (domain.md §4.2). Plain values: they cross to the thread that draws. Personal, so never logged. */
import type { Instant, PlainDate } from '#kernel/plain-date.ts'
import type { PrintedForm, Replacement } from './printed-form.ts'

/** The desk that speaks: `agency` above it, `place` before the date. */
export type DeskPrinted = {
  readonly agency: string
  readonly name: string
  readonly address: string | null
  readonly phone: string | null
  readonly place: string
}

type Letter = {
  /** Of the day of the act (decision 23). */
  readonly form: PrintedForm
  /** Null: said at the counter, before there was a dossier. */
  readonly code: string | null
  readonly desk: DeskPrinted
  readonly person: { readonly name: string; readonly address: string | null; readonly phone: string | null; readonly email: string | null }
  /** Null: the wish fits no procedure. */
  readonly procedure: { readonly code: string; readonly name: string } | null
  readonly reason: string
  readonly at: Instant
  readonly by: string
  readonly replacement?: Replacement
}

/** Form 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ. */
export type CompletionRequestLetter = Letter & {
  readonly items: readonly string[]
  /** Until when, where a day was given. */
  readonly until: PlainDate | null
  /** What the request does to the due date, in words; left out before reception, when no clock runs. */
  readonly clockEffect?: string
}

/** Form 03: phiếu từ chối tiếp nhận, giải quyết hồ sơ. */
export type RefusalLetter = Letter & {
  /** `Không thuộc thẩm quyền giải quyết`: the ground in words; null where only the reason was written. */
  readonly ground: string | null
  readonly legalBasis: string | null
}
