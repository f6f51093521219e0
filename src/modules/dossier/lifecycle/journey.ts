/**
 * PURE. The journey of one need: whoever was sent home, declined, stopped, or took it back, and files again, is the same citizen waiting for the same thing. Each dossier
 * counts alone in the figures of the law; `citizenTime` counts from the first contact. Earlier attempts are linked when a dossier is filed, or by an officer, with a reason.
 */
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, dateOf, dayNumber, instant } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { regimeOn } from '#modules/process'
import { personal } from '#platform/log/private.ts'
import type { Moment } from './custody.ts'
import { type EventOf, type Noun, hideText } from './noun.ts'
import type { DossierState } from './state.ts'

/** What became of the earlier attempt. `guided`, `turned-away`: forms 02 and 03 at the counter, before there was a dossier. `filed`: an officer knows that it was the same need. */
const ATTEMPT_FATES = ['guided', 'turned-away', 'completion-asked', 'refused', 'declined', 'withdrawn', 'stopped', 'filed'] as const
export type AttemptFate = (typeof ATTEMPT_FATES)[number]

export type Attempt = {
  /** Whose id it is. */
  readonly of: 'dossier' | 'guidance'
  readonly id: Uuid
  readonly fate: AttemptFate
  /** When that one was filed, or the first of its own earlier attempts. */
  readonly firstContactAt: Instant
  /** When it ended, or came back, without what was wanted; null where it did not. */
  readonly unmetAt: Instant | null
}
/** `reason` null: by the rule, when the dossier was filed. */
type Linked = Attempt & { readonly n: number; readonly linked: Moment; readonly reason: string | null; readonly unlinked: (Moment & { readonly reason: string }) | null }

export type JourneyState = { readonly attempts: readonly Linked[] }
export const NO_JOURNEY = { attempts: [] } as const satisfies JourneyState

export type JourneyAct =
  | { readonly action: 'link-attempt'; readonly attempt: Attempt; readonly reason: string }
  | { readonly action: 'unlink-attempt'; readonly n: number; readonly reason: string }
export type JourneyEvent =
  | EventOf<'dossier.attempts-linked', { readonly attempts: readonly Attempt[]; readonly reason: string | null }>
  | EventOf<'dossier.attempt-unlinked', { readonly n: number; readonly reason: string }>
export type JourneyRefused =
  /** No such dossier, or it is of another applicant. */
  | { readonly code: 'attempt-unknown' }
  | { readonly code: 'attempt-itself' }
  /** An earlier attempt is one that began before. */
  | { readonly code: 'attempt-later'; readonly filedAt: Instant }
  | { readonly code: 'attempt-linked-before' }
  | { readonly code: 'nothing-linked' }

export const filedAtOf = ({ submittedAt, receivedAt }: Pick<DossierState, 'submittedAt' | 'receivedAt'>): Instant => {
  const at = submittedAt ?? receivedAt
  if (at === null) throw new RangeError('a dossier that was never filed')
  return at
}

const linkedAttempts = ({ attempts }: JourneyState) => attempts.filter((a) => a.unlinked === null)

/** When the citizen first came with this need; null: with this very dossier. A column of its row. */
export const firstContactOf = (state: DossierState): Instant | null => {
  const before = linkedAttempts(state).map((a) => a.firstContactAt)
  return before.length === 0 ? null : (Math.min(filedAtOf(state), ...before) as Instant)
}

/** When it ended, or came back, without what was asked for; null where it did not. A column of its row, by which the next filing finds it. */
export const unmetAtOf = (state: DossierState): Instant | null => {
  switch (state.status) {
    case 'refused':
      return state.refusal?.at ?? null
    case 'withdrawn':
    case 'stopped':
      return state.ending?.at ?? null
    case 'awaiting-completion':
      return state.completionRequests.at(-1)?.at ?? null
    case 'finished':
    case 'returned': {
      const result = state.results.at(-1)
      return result?.kind === 'declined' ? result.issuedAt : null
    }
    default:
      return null
  }
}

const FATES: Readonly<Record<string, AttemptFate>> = { refused: 'refused', withdrawn: 'withdrawn', stopped: 'stopped', 'awaiting-completion': 'completion-asked', finished: 'declined', returned: 'declined' }
/** Of a dossier as its row shows it. */
export const fateOf = (status: string, unmetAt: Instant | null): AttemptFate => (unmetAt === null ? 'filed' : (FATES[status] ?? 'filed'))

/** From when on what came to nothing counts as the same need, by the regime of the day of filing. */
export const countsSince = (filedAt: Instant): Instant => instant(filedAt - regimeOn(dateOf(filedAt)).settings.refiledWithinDays * MS_PER_DAY)

/** The event of a filing that follows earlier attempts; none where there are none. */
export const linkedAtFiling = (attempts: readonly Attempt[]): readonly EventOf<'dossier.attempts-linked', { readonly attempts: readonly Attempt[]; readonly reason: string | null }>[] =>
  attempts.length === 0 ? [] : [{ type: 'dossier.attempts-linked', data: { attempts, reason: null } }]

/** `days`: calendar days from the first contact to the result, or to today; the day of the contact does not count. `met`: the result is what was asked for. */
export type CitizenTime = { readonly from: Instant; readonly until: Instant; readonly days: number; readonly attempts: number; readonly over: boolean; readonly met: boolean }

/** The answer that the citizen has: of what was opened again, or whose result was replaced, the last one; the first goes on to count in the figures of the law. Null: not over. */
export const lastEndOf = (state: DossierState): Instant | null => state.refusal?.at ?? state.ending?.endedAt ?? (state.finishedAt === null ? null : (state.results.at(-1)?.issuedAt ?? state.finishedAt))

/**
 * True citizen time: from the first contact to the result at the desk, all earlier attempts and the days between them included. Whoever fetches it late has not waited for it.
 * @param until when the work on the last attempt was over; null: not yet
 */
export const daysOfNeed = (from: Instant, until: Instant | null, now: Instant): number => Math.max(0, dayNumber(dateOf(until ?? now)) - dayNumber(dateOf(from)))

export const citizenTime = (state: DossierState, now: Instant): CitizenTime => {
  const from = firstContactOf(state) ?? filedAtOf(state)
  const over = lastEndOf(state)
  return {
    from,
    until: over ?? now,
    days: daysOfNeed(from, over, now),
    attempts: linkedAttempts(state).length + 1,
    over: over !== null,
    met: state.finishedAt !== null && state.results.at(-1)?.kind === 'granted',
  }
}

export const journey: Noun<JourneyAct, JourneyEvent> = {
  rules: {
    'link-attempt': { by: ['concerned'], at: 'anywhere' },
    'unlink-attempt': { by: ['concerned'], at: 'anywhere', spent: (state) => (linkedAttempts(state).length === 0 ? { code: 'nothing-linked' } : undefined) },
  },
  decide: {
    'link-attempt': (state, { attempt, reason }) => {
      const filedAt = filedAtOf(state)
      if (attempt.id === state.id) return err({ code: 'attempt-itself' })
      if (attempt.firstContactAt > filedAt) return err({ code: 'attempt-later', filedAt })
      if (linkedAttempts(state).some((a) => a.id === attempt.id)) return err({ code: 'attempt-linked-before' })
      return ok([{ type: 'dossier.attempts-linked', data: { attempts: [attempt], reason } }])
    },
    'unlink-attempt': (state, { n, reason }) =>
      linkedAttempts(state).some((a) => a.n === n) ? ok([{ type: 'dossier.attempt-unlinked', data: { n, reason } }]) : err({ code: 'nothing-linked' }),
  },
  evolve: {
    'dossier.attempts-linked': (state, { at, by, data }) => ({
      ...state,
      attempts: [...state.attempts, ...data.attempts.map((attempt, i) => ({ ...attempt, n: state.attempts.length + 1 + i, linked: { at, by }, reason: data.reason, unlinked: null }))],
    }),
    'dossier.attempt-unlinked': (state, { at, by, data }) => ({ ...state, attempts: state.attempts.map((a) => (a.n === data.n ? { ...a, unlinked: { at, by, reason: data.reason } } : a)) }),
  },
  hide: {
    'dossier.attempts-linked': ({ attempts, reason }) => ({ attempts: attempts.map((a) => ({ ...a })), reason: hideText(reason) }),
    'dossier.attempt-unlinked': ({ n, reason }) => ({ n, reason: personal(reason) }),
  },
  restore: {},
}
