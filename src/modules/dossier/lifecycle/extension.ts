/**
 * PURE. What is owed to the citizen when a promise is not kept (domain.md §2.6): before it breaks, a letter of apology with a new date, once; after, an
 * apology; with a refusal to resolve, an explanation. And what the system does by itself: it drafts the letter in time, marks what is late, and brings
 * it before the officer, the leader, the control office, the chair. None of it ever stands in the way of a result.
 */
import { type WorkingCalendar, computeDeadline, isWorkingDate, workingDateAfter, workingDatesBetween } from '#modules/calendar'
import { type Regime, regimeById } from '#modules/process'
import { type Instant, MS_PER_DAY, type PlainDate, dateOf, dayNumber, instantAt } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Actor } from '#platform/ctx.ts'
import { promisedAnew } from './clock.ts'
import type { By } from './custody.ts'
import { type EventOf, type Noun, hideText, plain } from './noun.ts'
import { isPastDue } from './punctuality.ts'
import type { Refusal } from './lifecycle.ts'
import type { DossierEvent, DossierState, LimitKept } from './state.ts'
import { statusGroup } from './status.ts'
import { endedAtOf } from './tracks.ts'

/** `extension`: with a new date, before the old one has passed · `apology`: it has passed · `explanation`: of a refusal to resolve. */
export type ApologyKind = 'extension' | 'apology' | 'explanation'
/** Before whom a late dossier comes, in this order. */
export const ESCALATION_LEVELS = ['officer', 'leader', 'control', 'chair'] as const
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number]

/** `about`: the due moment that the letter is about. `reason`: a code of the list. */
export type ApologyDraft = { readonly at: Instant; readonly kind: ApologyKind; readonly reason: string; readonly about: Instant; readonly proposedDueAt: Instant | null }
export type Apology = {
  readonly n: number
  readonly kind: ApologyKind
  readonly number: string
  readonly at: Instant
  readonly by: By
  readonly reason: string
  readonly explanation: string | null
  readonly about: Instant
  /** The new promise; null where there is none to give. */
  readonly dueAt: Instant | null
  /** Out as early as the regime wants it, or too late to count as in time (domain.md §2.6, "apology missing"). */
  readonly timely: boolean
}
/** Late for `about` since `at`; `level`: how many of `ESCALATION_LEVELS` it has come before. */
export type LateMark = { readonly about: Instant; readonly at: Instant; readonly level: number }

export type ExtensionState = { readonly apologyDraft: ApologyDraft | null; readonly apologies: readonly Apology[]; readonly late: LateMark | null }
export const NO_EXTENSION = { apologyDraft: null, apologies: [], late: null } as const satisfies ExtensionState

export type ExtensionAct =
  | { readonly action: 'extend'; readonly number: string; readonly dueOn: PlainDate; readonly reason: string; readonly explanation: string | null }
  | { readonly action: 'apologise'; readonly number: string; readonly reason: string; readonly explanation: string | null }

type Sent = Pick<Apology, 'number' | 'reason' | 'explanation' | 'about' | 'timely'>
export type ExtensionEvent =
  | EventOf<'dossier.apology-drafted', Omit<ApologyDraft, 'at'>>
  | EventOf<'dossier.extended', Sent & { readonly dueAt: Instant }>
  | EventOf<'dossier.apologised', Sent & { readonly kind: 'apology' | 'explanation' }>
  | EventOf<'dossier.marked-late', { readonly about: Instant; readonly days: number }>
  | EventOf<'dossier.escalated', { readonly about: Instant; readonly level: EscalationLevel; readonly days: number }>

export type ExtensionRefused =
  | { readonly code: 'extended-already'; readonly most: number; readonly at: Instant | null }
  /** The promise is broken: an apology is owed, a new date would hide it. */
  | { readonly code: 'past-due'; readonly dueAt: Instant }
  | { readonly code: 'not-a-working-day'; readonly dueOn: PlainDate; readonly next: PlainDate }
  /** It waits for somebody else: there is no date to move. */
  | { readonly code: 'clock-stands' }
  | { readonly code: 'date-not-later'; readonly dueOn: PlainDate }
  | { readonly code: 'date-too-far'; readonly most: PlainDate }
  | { readonly code: 'no-apology-owed' }
  | { readonly code: 'apologised-already'; readonly number: string; readonly at: Instant }

type Settings = Regime['settings']
const settingsOf = (state: Pick<DossierState, 'regime'>): Settings => regimeById(state.regime).settings

export const extensionsOf = (state: Pick<ExtensionState, 'apologies'>): readonly Apology[] => state.apologies.filter((a) => a.kind === 'extension')
/** The due moment that stands; of what has ended, the one that it had. */
const dueOf = (state: DossierState): Instant | null => state.dueAt ?? state.dueOriginalAt
/** The clock runs: at work, or waiting without stopping it, or waiting since after the promise broke (C10). */
const running = (state: DossierState): boolean => {
  const group = statusGroup(state.status)
  return group === 'in-progress' || (group === 'paused' && state.dueAt !== null)
}
const isMarked = (state: DossierState): boolean => state.late !== null && state.late.about === state.dueAt
const ended = (state: DossierState): boolean => state.status === 'finished' || state.status === 'returned'
const promiseOf = (state: DossierState) => ({ dueAt: dueOf(state), limitUnit: state.limit.unit })
const endedLate = (state: DossierState): boolean => {
  const endedAt = endedAtOf(state)
  return ended(state) && endedAt !== null && isPastDue(promiseOf(state), endedAt)
}
const declined = (state: DossierState): boolean => ended(state) && state.results.at(-1)?.kind === 'declined' && settingsOf(state).explainDeclined

/** Which letter without a date is owed; undefined: none. `broken`: the promise of one that is still open. */
const owed = (state: DossierState, broken: boolean): 'apology' | 'explanation' | undefined => {
  if (running(state) ? broken : endedLate(state)) return 'apology'
  return declined(state) ? 'explanation' : undefined
}
const apologisedFor = (state: DossierState): Apology | undefined => state.apologies.find((a) => a.kind !== 'extension' && a.about === dueOf(state))

/** The draft that waits for a signature; null: there is none, or what it is about has changed since. By the marks, not by the hour: rows are made of it. */
export const waitingApology = (state: DossierState): ApologyDraft | null => {
  const draft = state.apologyDraft
  if (draft === null || draft.about !== dueOf(state)) return null
  const fits = draft.kind === 'extension' ? running(state) && spentDates(state) === undefined && !isMarked(state) : owed(state, isMarked(state)) !== undefined && apologisedFor(state) === undefined
  return fits ? draft : null
}

const spentDates = (state: DossierState): Refusal | undefined => {
  const { reappointments: most } = settingsOf(state)
  const given = extensionsOf(state)
  return given.length >= most ? { code: 'extended-already', most, at: given.at(-1)?.at ?? null } : undefined
}

const broken = (state: DossierState, now: Instant): boolean => isPastDue(promiseOf(state), now)

const mayExtend = (state: DossierState, _: Actor, now: Instant): Refusal | undefined => {
  const spent = spentDates(state)
  if (spent !== undefined) return spent
  if (state.dueAt === null) return { code: 'clock-stands' }
  return broken(state, now) ? { code: 'past-due', dueAt: state.dueAt } : undefined
}

const mayApologise = (state: DossierState, _: Actor, now: Instant): Refusal | undefined => {
  if (owed(state, broken(state, now)) === undefined) return { code: 'no-apology-owed' }
  const sent = apologisedFor(state)
  return sent === undefined ? undefined : { code: 'apologised-already', number: sent.number, at: sent.at }
}

/** A share of the limit, in whole units of it, at least one; hours become working days, months 30 days. */
const shareOf = (limit: LimitKept, percent: number): { readonly amount: number; readonly unit: 'working-day' | 'day' } => {
  const part = (amount: number) => Math.max(1, Math.ceil((amount * percent) / 100))
  switch (limit.unit) {
    case 'hour':
      return { amount: part(limit.amount / 8), unit: 'working-day' }
    case 'month':
      return { amount: part(limit.amount * 30), unit: 'day' }
    default:
      return { amount: part(limit.amount), unit: limit.unit }
  }
}

/** Counted on from the promise that cannot be kept, as the limit itself is counted (C5, C6): always the end of office hours of a working day. */
const later = (state: DossierState, calendar: WorkingCalendar, percent: number): Instant => dueBy(calendar, instantAt(dayNumber(dateOf(dueOf(state)!))), shareOf(state.limit, percent))

const dueBy = (calendar: WorkingCalendar, start: Instant, limit: { readonly amount: number; readonly unit: 'working-day' | 'day' }): Instant => {
  const deadline = computeDeadline(calendar, { start, limit })
  if (!deadline.ok || deadline.value.dueAt === null) throw new RangeError('outside the working calendar')
  return deadline.value.dueAt
}

/** The end of office hours of a day. */
export const endOfDay = (calendar: WorkingCalendar, day: PlainDate): Instant => dueBy(calendar, instantAt(dayNumber(day)), { amount: 0, unit: 'working-day' })
/** The whole limit of the procedure counted from a moment on, in days. */
export const wholeLimitFrom = (state: Pick<DossierState, 'limit'>, calendar: WorkingCalendar, from: Instant): Instant => dueBy(calendar, from, shareOf(state.limit, 100))

/** What the draft proposes. */
export const proposedDueAt = (state: DossierState, calendar: WorkingCalendar): Instant => later(state, calendar, settingsOf(state).extensionProposedPercent)
/** The last day that may be given. */
export const latestDueOn = (state: DossierState, calendar: WorkingCalendar): PlainDate => dateOf(later(state, calendar, settingsOf(state).extensionMostPercent))

/** Out at least so many working days before the due day. */
const inTime = (state: DossierState, calendar: WorkingCalendar, now: Instant): boolean =>
  dueOf(state) !== null && workingDatesBetween(calendar, dateOf(now), dateOf(dueOf(state)!)) >= settingsOf(state).apologyDaysBefore

const decideExtension = (state: DossierState, { number, dueOn, reason, explanation }: Extract<ExtensionAct, { action: 'extend' }>, { now, calendar }: { now: Instant; calendar: WorkingCalendar }): Result<readonly DossierEvent[], Refusal> => {
  const about = state.dueAt
  if (about === null) return err({ code: 'wrong-status', status: state.status })
  if (dueOn <= dateOf(about)) return err({ code: 'date-not-later', dueOn: dateOf(about) })
  if (!isWorkingDate(calendar, dueOn)) return err({ code: 'not-a-working-day', dueOn, next: workingDateAfter(calendar, dueOn, 1) })
  const most = latestDueOn(state, calendar)
  if (dueOn > most) return err({ code: 'date-too-far', most })
  const dueAt = endOfDay(calendar, dueOn)
  return ok([{ type: 'dossier.extended', data: { number, reason, explanation, about, dueAt, timely: inTime(state, calendar, now) } }])
}

export const extension: Noun<ExtensionAct, ExtensionEvent> = {
  rules: {
    // The head of the competent agency signs (processes.md §8).
    extend: { by: ['dossier.approve'], at: 'anywhere', spent: mayExtend },
    apologise: { by: ['dossier.approve'], at: 'anywhere', spent: mayApologise },
  },
  decide: {
    extend: decideExtension,
    apologise: (state, { number, reason, explanation }, { now }) => {
      const kind = owed(state, broken(state, now)) ?? 'apology'
      return ok([{ type: 'dossier.apologised', data: { kind, number, reason, explanation, about: dueOf(state)!, timely: kind === 'explanation' } }])
    },
  },
  evolve: {
    'dossier.apology-drafted': (state, { data, at }) => ({ ...state, apologyDraft: { ...data, at } }),
    'dossier.extended': (state, { data, at, by }) => ({ ...promisedAnew(state, { at, by }, data.dueAt, `Thư xin lỗi số ${data.number}`), apologies: [...state.apologies, { ...data, n: state.apologies.length + 1, kind: 'extension', at, by }] }),
    'dossier.apologised': (state, { data, at, by }) => ({ ...state, apologies: [...state.apologies, { ...data, n: state.apologies.length + 1, dueAt: null, at, by }] }),
    'dossier.marked-late': (state, { data, at }) => ({ ...state, late: { about: data.about, at, level: 0 } }),
    'dossier.escalated': (state, { data, at }) => ({ ...state, late: { about: data.about, at: state.late?.at ?? at, level: ESCALATION_LEVELS.indexOf(data.level) + 1 } }),
  },
  hide: {
    'dossier.apology-drafted': plain,
    'dossier.extended': (data) => ({ ...data, explanation: hideText(data.explanation) }),
    'dossier.apologised': (data) => ({ ...data, explanation: hideText(data.explanation) }),
    'dossier.marked-late': plain,
    'dossier.escalated': plain,
  },
  restore: {},
}

/**
 * What was handed over before a run had seen it is looked at for a week: whoever has the result in hand is owed the letter all the same. What is older is past
 * history, not a day's work.
 */
export const EXPLAINED_FOR = 7 * MS_PER_DAY

/** How many levels it should have come before after so many working days. */
const levelAfter = ({ escalation }: Settings, days: number): number => ESCALATION_LEVELS.filter((level) => days >= escalation[level]).length

/**
 * What the system does with this dossier this morning; nothing where it was done before: asked again after a crash it gives no second letter.
 * @param reasonOf what a draft of this kind says until somebody knows better
 */
export const decideLateness = (state: DossierState, { now, calendar }: { readonly now: Instant; readonly calendar: WorkingCalendar }, reasonOf: (kind: ApologyKind) => string): readonly ExtensionEvent[] => {
  const about = dueOf(state)
  if (about === null) return []
  const waiting = waitingApology(state)
  const drafted = (kind: ApologyKind, proposed: Instant | null): ExtensionEvent => ({ type: 'dossier.apology-drafted', data: { kind, reason: reasonOf(kind), about, proposedDueAt: proposed } })
  if (!running(state)) {
    if (state.handOver !== null && state.handOver.at < now - EXPLAINED_FOR) return []
    const kind = owed(state, false)
    return kind === undefined || apologisedFor(state) !== undefined || waiting !== null ? [] : [drafted(kind, null)]
  }
  if (state.dueAt === null) return []
  if (!isPastDue(promiseOf(state), now)) {
    const near = workingDatesBetween(calendar, dateOf(now), dateOf(about)) <= settingsOf(state).apologyDaysBefore
    return near && waiting === null && spentDates(state) === undefined ? [drafted('extension', proposedDueAt(state, calendar))] : []
  }
  const days = Math.max(0, workingDatesBetween(calendar, dateOf(about), dateOf(now)))
  const level = isMarked(state) ? state.late!.level : 0
  const escalated = ESCALATION_LEVELS.slice(level, levelAfter(settingsOf(state), days)).map((to): ExtensionEvent => ({ type: 'dossier.escalated', data: { about, level: to, days } }))
  return [
    ...(isMarked(state) ? [] : [{ type: 'dossier.marked-late' as const, data: { about, days } }]),
    ...escalated,
    ...(waiting?.kind === 'apology' || apologisedFor(state) !== undefined ? [] : [drafted('apology', null)]),
  ]
}
