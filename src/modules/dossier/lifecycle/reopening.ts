/**
 * PURE. Re-opening: the head of the agency takes a dossier that was over back to a step, with a reason and a new promise. When it is over again the first
 * finish counts as before, against the date that held then: no re-opening makes a late result early, nor an early one late (domain.md §2.7). Only a fact of the law that
 * was wrong, put right meanwhile, gives that first finish another date to be measured against: the one that it should have had (decision record 22, 6).
 */
import { type WorkingCalendar, isWorkingDate, workingDateAfter } from '#modules/calendar'
import type { StepKey } from '#modules/process'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { personal } from '#platform/log/private.ts'
import { type ClockRefused, type ClockState, type Reckoned, dueAnew, reckonAnew } from './clock.ts'
import { type Custody, type Destination, type Moment, heldAt, pass } from './custody.ts'
import { endOfDay, wholeLimitFrom } from './extension.ts'
import type { EventOf, Noun } from './noun.ts'
import type { Refusal } from './lifecycle.ts'
import type { ResultsState } from './results.ts'
import type { DossierState } from './state.ts'
import type { Status } from './status.ts'
import { destination, holderAgain } from './step-clock.ts'
import type { StopState } from './stop.ts'

/** A due date, and how it came about. */
type Dated = Pick<ClockState, 'calendarVersion' | 'dueLawAt' | 'dueAt' | 'provisional' | 'explanation'>

/** What stood when it was re-opened; kept whole, because everything of it happens a second time. */
export type Reopening = Moment & Dated & {
  readonly n: number
  readonly reason: string
  readonly from: Status
  readonly step: StepKey
  /** The new promise; null: only a result was replaced, nothing was promised. */
  readonly promisedAt: Instant | null
  /** Of the end before: when the work was over; it was measured against the dates above. */
  readonly endedAt: Instant | null
  readonly finishedAt: Instant | null
  readonly handOver: ResultsState['handOver']
  readonly ending: StopState['ending']
  readonly endedAgainAt: Instant | null
}
/** `dueOfFirst`: what the first end is measured against, where a fact of the law was corrected after it; null: the dates that held then. */
export type ReopeningState = { readonly reopenings: readonly Reopening[]; readonly dueOfFirst: Reckoned | null }
export const NO_REOPENING = { reopenings: [], dueOfFirst: null } as const satisfies ReopeningState

/** `dueOn` null: the whole limit, counted from now. */
export type ReopeningAct = { readonly action: 'reopen'; readonly reason: string; readonly to: StepKey; readonly dueOn: PlainDate | null }
export type ReopeningEvent = EventOf<'dossier.reopened', { readonly reason: string; readonly promisedAt: Instant; readonly clock: Reckoned; readonly to: Destination }>

/** Open again, and not over yet. */
export const openReopening = (state: ReopeningState): Reopening | undefined => state.reopenings.find((r) => r.endedAgainAt === null)

/** To whom it may go back: to those who examine and decide. The desk and the clerk have nothing to do anew. */
const BACK_TO: ReadonlySet<StepKey> = new Set<StepKey>(['ASSIGN', 'HANDLE', 'REVIEW', 'SIGN'])
export const stepsToReopen = (state: Pick<DossierState, 'steps'>): readonly StepKey[] => state.steps.flatMap((s) => (BACK_TO.has(s.key) ? [s.key] : []))

export const reopening: Noun<ReopeningAct, ReopeningEvent> = {
  rules: { reopen: { by: ['dossier.approve'], at: 'anywhere', bringsBack: () => true } },
  decide: {
    reopen: (state, { reason, to, dueOn }, facts) => {
      const { now, calendar } = facts
      const possible = stepsToReopen(state)
      if (!possible.includes(to)) return err({ code: 'no-way-back', possible })
      const most = wholeLimitFrom(state, calendar, now)
      const wrong = dueOn === null ? undefined : wrongDay(dueOn, dateOf(now), dateOf(most), calendar)
      if (wrong !== undefined) return err(wrong)
      const promisedAt = dueOn === null ? most : endOfDay(calendar, dueOn)
      const open = { ...state, reopenings: [...state.reopenings, reopened(state, { at: now, by: NOBODY }, reason, to, promisedAt)] }
      const reckoned = reckonAnew(open, state.pauses, calendar)
      if (!reckoned.ok) return reckoned
      const { effectiveStart: _, ...clock } = reckoned.value
      const back = destination({ ...open, dueAt: clock.dueAt }, to, holderAgain(state, to, facts), facts)
      return ok([{ type: 'dossier.reopened', data: { reason, promisedAt, clock, to: back } }])
    },
  },
  evolve: {
    'dossier.reopened': (state, event) => {
      const { clock } = event.data
      return { ...dueAnew(laidOpen(state, event, 'reopen', event.data), event, 'reopening', clock, 'Mở lại hồ sơ'), status: 'processing', approvedBy: null, finishedAt: null }
    },
  },
  hide: { 'dossier.reopened': (data) => ({ ...data, reason: personal(data.reason) }) },
  restore: {},
}

const wrongDay = (dueOn: PlainDate, today: PlainDate, most: PlainDate, calendar: WorkingCalendar): Refusal | undefined => {
  if (dueOn < today) return { code: 'until-in-past', until: dueOn }
  if (!isWorkingDate(calendar, dueOn)) return { code: 'not-a-working-day', dueOn, next: workingDateAfter(calendar, dueOn, 1) }
  return dueOn > most ? { code: 'date-too-far', most } : undefined
}

const datesOf = ({ calendarVersion, dueLawAt, dueAt, provisional, explanation }: Dated): Dated => ({ calendarVersion, dueLawAt, dueAt, provisional, explanation })

const NOBODY = { personId: null, postId: null } as const

const reopened = (state: DossierState, { at, by }: Moment, reason: string, step: StepKey, promisedAt: Instant | null): Reopening => ({
  n: state.reopenings.length + 1, at, by, reason, from: state.status, step, promisedAt, endedAt: state.finishedAt ?? state.ending?.endedAt ?? null,
  finishedAt: state.finishedAt, ...datesOf(state), handOver: state.handOver, ending: state.ending, endedAgainAt: null,
})

/** In somebody's hands again. Between its end and now it lay with the unit that had it last: an interval like any other, so that they add up to its life. */
type Laid = { readonly reason: string; readonly to: Destination; readonly promisedAt: Instant | null }
export const laidOpen = (state: DossierState, event: Moment, as: 'reopen' | 'correct-result', { reason, to, promisedAt }: Laid): DossierState => ({
  ...state,
  reopenings: [...state.reopenings, reopened(state, event, reason, to.step, promisedAt)],
  handOver: null,
  ending: null,
  custody: pass(heldAt(state) === undefined ? shelved(state.custody) : state.custody, event, as, to, reason),
})

const shelved = (custody: readonly Custody[]): readonly Custody[] => {
  const last = custody.at(-1)
  if (last?.leftAt == null) throw new RangeError('nobody let go of it')
  return [...custody, { n: custody.length + 1, step: 'CLOSED', unitId: last.unitId, postId: null, enteredAt: last.leftAt, dueAt: null, leftAt: null, leftBy: null, leftAs: null, note: null }]
}

/** Against what the first end is measured now. */
export const countedDueAt = ({ reopenings: [first], dueOfFirst }: ReopeningState): Instant | null => (dueOfFirst ?? first)?.dueAt ?? null

/**
 * What the first end is measured against, where the limit, the reception or the hours that count were others than written down: with its own waits and letter,
 * without what came after it. Null: it never was over.
 */
export const firstReckonedAnew = (state: DossierState, calendar: WorkingCalendar): Result<Reckoned | null, ClockRefused> => {
  const [first] = state.reopenings
  if (first === undefined) return ok(null)
  const then = { ...state, reopenings: [], apologies: state.apologies.filter((a) => a.at <= first.at) }
  // A wait in which it ended does not count (`endedFrom`).
  const reckoned = reckonAnew(then, state.pauses.filter((p) => p.from < (first.endedAt ?? first.at)), calendar)
  if (!reckoned.ok) return reckoned
  const { effectiveStart: _, ...clock } = reckoned.value
  return ok(clock)
}

/** Over once more: the first end counts, against the dates that held then, or should have. */
export const overAgain = (state: DossierState, moment: Moment): DossierState => {
  const [first] = state.reopenings
  if (first === undefined || openReopening(state) === undefined) return state
  const { dueOfFirst } = state
  const back = dueOfFirst === null ? dueAnew(state, moment, 'reopening', datesOf(first), 'Kết thúc lại: tính theo hẹn của lần đầu') : dueAnew(state, moment, 'correction', dueOfFirst, 'Kết thúc lại: tính theo hẹn đã đính chính')
  return { ...back, reopenings: state.reopenings.map((r) => (r.endedAgainAt === null ? { ...r, endedAgainAt: moment.at } : r)) }
}

/** The first moment of state 9, whatever came after. */
export const firstFinish = ({ reopenings }: ReopeningState): Instant | null => reopenings.find((r) => r.finishedAt !== null)?.finishedAt ?? null
