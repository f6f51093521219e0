/** PURE. Who applied takes the dossier back (domain.md §2.2, row 2,4,5,6→7): from their account, or at the desk with their written request; until the result is issued. */
import type { Instant } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { isApplicant } from './applicant.ts'
import { type Reckoned, endedFrom } from './clock.ts'
import { type EventOf, type Noun, hideText } from './noun.ts'
import { ended } from './stop.ts'

/** `evidence`: at the desk, the written request that was shown. */
type Withdrawal = { readonly reason: string | null; readonly evidence: string | null }
export type WithdrawalAct = { readonly action: 'withdraw' } & Withdrawal
export type WithdrawalEvent = EventOf<'dossier.withdrawn', Withdrawal & { readonly endedAt: Instant; readonly clock: Reckoned | null }>
export type WithdrawalRefused = { readonly code: 'evidence-missing' }

export const withdrawal: Noun<WithdrawalAct, WithdrawalEvent> = {
  rules: { withdraw: { by: ['applicant', 'dossier.receive'], at: 'anywhere' } },
  decide: {
    withdraw: (state, { reason, evidence }, facts) => {
      if (evidence === null && !isApplicant(state, facts.actor)) return err({ code: 'evidence-missing' })
      const over = endedFrom(state, facts)
      return over.ok ? ok([{ type: 'dossier.withdrawn', data: { reason, evidence, ...over.value } }]) : over
    },
  },
  evolve: {
    'dossier.withdrawn': (state, event) => {
      const { at, by } = event
      const { clock, ...facts } = event.data
      return { ...ended(state, event, 'withdraw', clock, facts.reason), status: 'withdrawn', ending: { kind: 'withdrawn', at, by, ...facts } }
    },
  },
  hide: { 'dossier.withdrawn': (data) => ({ ...data, reason: hideText(data.reason), evidence: hideText(data.evidence) }) },
  restore: {},
}
