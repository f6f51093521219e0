/** PURE. A stop (domain.md §2.1, note on 8): for a time, which can be resumed and counts as paused, or for good, with form STOP_NOTICE and its legal basis. */
import type { PauseEffect } from '#modules/process'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { personal } from '#platform/log/private.ts'
import { type Reckoned, comeBack, endedFrom, pauseFrom, paused, resumeAt, unpaused, waitAt } from './clock.ts'
import { type Destination, type Moment, type Waiting, close, heldAt, pass } from './custody.ts'
import { type EventOf, type Noun, hideText } from './noun.ts'
import { overAgain } from './reopening.ts'
import type { DossierState } from './state.ts'
import { askedNow } from './supplement.ts'

export type Halt = { readonly n: number; readonly halted: Moment; readonly reason: string; readonly legalBasis: string | null; readonly until: PlainDate | null; readonly resumed: (Moment & { readonly note: string | null }) | null }
/** How a dossier ended without a result. `endedAt`: when the work was over, which is earlier where it ended while waiting. */
type Stopped = Moment & { readonly kind: 'stopped'; readonly endedAt: Instant; readonly ground: string; readonly reason: string; readonly legalBasis: string }
type Withdrawn = Moment & { readonly kind: 'withdrawn'; readonly endedAt: Instant; readonly reason: string | null; readonly evidence: string | null }
export type Ending = Stopped | Withdrawn

export type StopState = { readonly halts: readonly Halt[]; readonly ending: Ending | null }
export const NO_STOP = { halts: [], ending: null } as const satisfies StopState

type Halted = Pick<Halt, 'reason' | 'legalBasis' | 'until'>
type Stop = Pick<Stopped, 'ground' | 'reason' | 'legalBasis'>
export type StopAct =
  | ({ readonly action: 'halt' } & Halted)
  | { readonly action: 'resume'; readonly note: string | null }
  | ({ readonly action: 'stop' } & Stop)
export type StopEvent =
  | EventOf<'dossier.halted', Halted & { readonly document: string; readonly effect: PauseEffect; readonly clock: Reckoned; readonly to: Waiting }>
  | EventOf<'dossier.resumed', { readonly note: string | null; readonly clock: Reckoned; readonly to: Destination }>
  /** `clock` null: it was not waiting, the dates stay. */
  | EventOf<'dossier.stopped', Stop & { readonly endedAt: Instant; readonly clock: Reckoned | null }>

export type StopRefused =
  /** The time that the citizen was given to answer has not run out. */
  { readonly code: 'supplement-not-lapsed'; readonly until: PlainDate }

const DOCUMENT = 'Tạm dừng xử lý hồ sơ'

/** Nobody has it any more: what was still waiting is dropped. */
export const ended = (state: DossierState, event: Moment, as: 'stop' | 'withdraw', clock: Reckoned | null, note: string | null): DossierState => ({
  ...overAgain(unpaused(state, event.at, clock), event),
  supplements: state.supplements.map((s) => (s.state === 'proposed' || s.state === 'requested' ? { ...s, state: 'dropped' } : s)),
  custody: close(state.custody, event, as, note),
})

export const stop: Noun<StopAct, StopEvent> = {
  rules: {
    halt: { by: ['dossier.approve'], at: 'anywhere' },
    resume: { by: ['dossier.approve'], at: ['HALT'], bringsBack: () => true },
    stop: {
      by: ['dossier.approve'],
      at: 'anywhere',
      spent: (state) => {
        const asked = askedNow(state)
        return asked !== undefined && asked.lapsedAt === null ? { code: 'supplement-not-lapsed', until: asked.until } : undefined
      },
    },
  },
  decide: {
    halt: (state, { reason, legalBasis, until }, facts) => {
      if (until !== null && until <= dateOf(facts.now)) return err({ code: 'until-in-past', until })
      const begun = pauseFrom(state, 'halt', DOCUMENT, facts)
      if (!begun.ok) return begun
      return ok([{ type: 'dossier.halted', data: { reason, legalBasis, until, document: DOCUMENT, ...begun.value, to: waitAt('HALT', heldAt(state)?.unitId ?? state.divisionId) } }])
    },
    resume: (state, { note }, facts) => {
      const clock = resumeAt(state, facts)
      return clock.ok ? ok([{ type: 'dossier.resumed', data: { note, clock: clock.value, to: comeBack(state, clock.value.dueAt, facts) } }]) : clock
    },
    stop: (state, { ground, reason, legalBasis }, facts) => {
      const over = endedFrom(state, facts)
      return over.ok ? ok([{ type: 'dossier.stopped', data: { ground, reason, legalBasis, ...over.value } }]) : over
    },
  },
  evolve: {
    'dossier.halted': (state, event) => {
      const { at, by } = event
      const { document, effect, clock, to, ...halt } = event.data
      return {
        ...paused(state, { at, by }, 'halt', document, { effect, clock }),
        status: 'halted',
        halts: [...state.halts, { ...halt, n: state.halts.length + 1, halted: { at, by }, resumed: null }],
        custody: pass(state.custody, event, 'halt', to, halt.reason),
      }
    },
    'dossier.resumed': (state, event) => {
      const { at, by } = event
      const { clock, to, note } = event.data
      return {
        ...unpaused(state, at, clock),
        status: 'processing',
        halts: state.halts.map((h) => (h.n === state.halts.length ? { ...h, resumed: { at, by, note } } : h)),
        custody: pass(state.custody, event, 'resume', to, note),
      }
    },
    'dossier.stopped': (state, event) => {
      const { at, by } = event
      const { clock, ...facts } = event.data
      return { ...ended(state, event, 'stop', clock, facts.reason), status: 'stopped', ending: { kind: 'stopped', at, by, ...facts } }
    },
  },
  hide: {
    'dossier.halted': (data) => ({ ...data, reason: personal(data.reason) }),
    'dossier.resumed': (data) => ({ ...data, note: hideText(data.note) }),
    'dossier.stopped': (data) => ({ ...data, reason: personal(data.reason) }),
  },
  restore: {},
}
