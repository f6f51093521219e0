/** The words of the deadline clock: what it is asked, what it answers, and why it may refuse. Conventions C1–C14 of the domain rules. */
import type { Instant, PlainDate } from '#kernel/plain-date.ts'

export const LIMIT_UNITS = ['working-day', 'day', 'month', 'hour'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

/** C13: multiples of 0.5 for hours and working days (0 working days = the same day), integers for days and months. */
export type Limit = { readonly amount: number; readonly unit: LimitUnit }

/** From the moment the request is issued to the moment the applicant has completed it; `to` null = still open. `document` = what caused it, for the explanation. */
export type Suspension = {
  readonly from: Instant
  readonly to: Instant | null
  readonly document?: string
  /** Where it is not the one of the question: a dossier may wait for papers and for a payment, each by its own rule. */
  readonly mode?: SuspensionMode
}

/** Stop the clock (C9) or begin the whole limit again (C11). */
export type SuspensionMode = 'suspend' | 'restart'

export type DeadlineInput = {
  /** The moment of valid reception. */
  readonly start: Instant
  readonly limit: Limit
  /** What a suspension does: stop the clock (C9, the default) or begin the whole limit again (C11). */
  readonly supplementMode?: SuspensionMode
  /** In any order; they may overlap. */
  readonly suspensions?: readonly Suspension[]
  /** C5: the last moment of the day (ms since midnight, inclusive) at which a same-day limit still means today. Only with 0 working days. */
  readonly inDayCutoff?: number
}

/** The rule that a line of an explanation rests on. */
export type Rule = 'C2' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8' | 'C9' | 'C10' | 'C11'

export type Reason =
  | 'moved-to-opening' // C4: came after hours or on a free day
  | 'start-day' // day 0: not counted
  | 'same-day' // C5: 0 working days
  | 'after-cutoff' // C5: after the in-day cut-off, so the next working day
  | 'next-working-day' // C5: the day it is then due on
  | 'working-day'
  | 'swapped-workday'
  | 'calendar-day' // C6: every day counts
  | 'month' // C7
  | 'office-hours' // C8
  | 'outside-hours' // C8: a part of a working day without office time
  | 'weekend'
  | 'holiday'
  | 'compensatory'
  | 'swapped-off'
  | 'moved-to-working-day' // C6: the last day is free
  | 'suspended'
  | 'suspension-without-effect' // C10: began after the limit had run out
  | 'discarded' // C11: counted before the restart

/**
 * A stretch of time and what it counted. Lines follow each other without a gap from `start` to `dueAt` (those of suspensions without effect come after);
 * where there is a due date, Σ `counted` is exactly the amount of the limit, in its `unit`. `name`: of the holiday, or of the document that suspended.
 */
export type ExplanationLine = {
  readonly from: Instant
  /** null = the suspension is still open */
  readonly to: Instant | null
  readonly counted: number
  readonly unit: LimitUnit
  readonly reason: Reason
  readonly rule: Rule
  readonly name?: string
}

/** `JSON.stringify` and taking the members apart keep the explanation; spreading (`{...deadline}`) does not, and the compiler says so. */
export declare class Deadline {
  readonly effectiveStart: Instant
  /** The last moment that is in time (C12: inclusive); null while a suspension is open (C10). */
  readonly dueAt: Instant | null
  /** Built when first read. */
  get explanation(): readonly ExplanationLine[]
  /** C14: reaches beyond the last announced year; an announcement may move it. */
  readonly provisional: boolean
}

export type DeadlineError =
  | { readonly code: 'calendar-unknown'; readonly from: PlainDate; readonly to: PlainDate }
  | { readonly code: 'bad-amount'; readonly amount: number; readonly unit: LimitUnit }
  | { readonly code: 'bad-cutoff'; readonly inDayCutoff: number }
  | { readonly code: 'cutoff-without-same-day'; readonly amount: number; readonly unit: LimitUnit }
  | { readonly code: 'suspension-backwards'; readonly from: Instant; readonly to: Instant }
