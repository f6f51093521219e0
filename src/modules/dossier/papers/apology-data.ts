/** PURE. What a letter of apology prints (form 04, domain.md §4.2), sent or still a draft, as the dossier knows it. Plain values, personal, so never logged. */
import { type ApologyKind, waitingApology } from '../lifecycle/extension.ts'
import type { By } from '../lifecycle/custody.ts'
import type { DossierState } from '../lifecycle/state.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { ApologyNotice } from './notice-data.ts'

export type ApologyLetter = ApologyNotice & { readonly kind: ApologyKind }

export type ApologyFacts = Pick<ApologyLetter, 'kind' | 'number' | 'at' | 'dueAt' | 'newDueAt'> & { readonly reasonCode: string; readonly explanation: string | null; /** Null: not signed. */ readonly by: By | null }

/** The n-th that was sent, or the draft that waits; undefined: there is none. */
export const apologyFacts = (state: DossierState, which: number | 'draft'): ApologyFacts | undefined => {
  if (which === 'draft') {
    const draft = waitingApology(state)
    return draft === null ? undefined : { kind: draft.kind, number: null, at: draft.at, dueAt: draft.about, newDueAt: draft.proposedDueAt, reasonCode: draft.reason, explanation: null, by: null }
  }
  const sent = state.apologies.find((a) => a.n === which)
  return sent && { kind: sent.kind, number: sent.number, at: sent.at, dueAt: sent.about, newDueAt: sent.dueAt, reasonCode: sent.reason, explanation: sent.explanation, by: sent.by }
}

/** What the reason in the letter says: the one of the list, then what was written by hand. */
export const reasonText = (words: string, explanation: string | null): string => (explanation === null ? `${words}.` : `${words}. ${explanation}`)

/** `3 ngày làm việc`; null for none. */
export const workingDaysText = (days: number): string | null => (days > 0 ? `${days} ngày làm việc` : null)

/** The moment until which the letter measures how late it is: its own, or that of the result, whichever came first. */
export const measuredAt = (state: Pick<DossierState, 'finishedAt'>, at: Instant): Instant => (state.finishedAt !== null && state.finishedAt < at ? state.finishedAt : at)
