/**
 * PURE. What was entered wrong, put right by an event with the reason and both values; nothing in the log is ever overwritten. Here: who applied, where the
 * result goes, and the amount of a notice. What changes facts of the law is in `law-correction.ts`, a result in `result-correction.ts`.
 */
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { postFor } from '#modules/access'
import type { Actor } from '#platform/ctx.ts'
import { personal } from '#platform/log/private.ts'
import type { Moment } from './custody.ts'
import { ERASED_PERSON } from './intake.ts'
import { type EventOf, type Noun, hideText } from './noun.ts'
import type { Notice } from './payment-duty.ts'
import type { Refusal } from './lifecycle.ts'
import type { DossierState, LimitKept, PersonSnapshot } from './state.ts'
import { openReopening } from './reopening.ts'
import { duty } from './tracks.ts'

/** What of a filing may have been written down wrong, and changes nothing in law. */
export type Entries = Pick<DossierState, 'applicantId' | 'applicant' | 'delivery' | 'deliveryAddress'>

/** Of a dossier that was over before: what its first end is measured against; the promise of its re-opening stands beside. */
type Counted = { readonly countedDueAt?: Instant | null }
/** The procedure as the dossier had it, and what came of it. */
export type ProcedureFiled = Counted & Pick<DossierState, 'procedureCode' | 'revisionId' | 'methodN' | 'channel' | 'agencyId' | 'divisionId'> & {
  /** As published; what the code alone does not tell a reader. */
  readonly name: string
  readonly limit: LimitKept
  readonly dueAt: Instant | null
}
/** The moment from which the clock counts. */
export type ReceptionFiled = Counted & { readonly receivedAt: Instant; readonly dueAt: Instant | null }
export type ResultFiled = { readonly n: number; readonly kind: 'granted' | 'declined'; readonly title: string; readonly number: string; readonly issuedOn: PlainDate }

type Both<K extends string, V> = { readonly kind: K; readonly before: V; readonly after: V }
/** Old and new of what was put right. */
export type Corrected = Both<'entries', Entries> | Both<'procedure', ProcedureFiled> | Both<'reception', ReceptionFiled> | Both<'payment', Notice> | Both<'result', ResultFiled>
export type Correction = Moment & Corrected & { readonly n: number; readonly reason: string }

export type CorrectionState = { readonly corrections: readonly Correction[] }
export const NO_CORRECTION = { corrections: [] } as const satisfies CorrectionState

/** `filedChecked`: filed on line from an account whose holder's identity was looked at. */
export type CorrectionAct = { readonly action: 'correct-entries'; readonly reason: string; readonly entries: Entries; readonly filedChecked: boolean } | ({ readonly action: 'correct-payment'; readonly reason: string } & Notice)

type Reasoned<V> = { readonly reason: string; readonly before: V; readonly after: V }
export type CorrectionEvent = EventOf<'dossier.entries-corrected', Reasoned<Entries>> | EventOf<'dossier.payment-corrected', Reasoned<Notice>>

export type CorrectionRefused =
  /** Old and new are the same. */
  | { readonly code: 'nothing-corrected' }
  /** To be sent by post, and nobody said where. */
  | { readonly code: 'address-missing' }
  /** Another number is another person, who then has the dossier instead: not for the desk alone where it is known who filed. */
  | { readonly code: 'other-applicant-unapproved' }

export const corrected = (state: CorrectionState, { at, by }: Moment, reason: string, what: Corrected): readonly Correction[] => [...state.corrections, { ...what, n: state.corrections.length + 1, at, by, reason }]

export const sameAs = (before: object, after: object): boolean => JSON.stringify(before) === JSON.stringify(after)

/** In one order of fields, so that two can be compared. */
const entriesOf = ({ applicantId, applicant: { kind, name, personalNumber, phone, address, email }, delivery, deliveryAddress }: Entries): Entries => ({
  applicantId, applicant: { kind, name, personalNumber, phone, address, email }, delivery, deliveryAddress,
})
const noticeOf = ({ amount, noticeNumber, noticeOn, dueOn }: Notice): Notice => ({ amount, noticeNumber, noticeOn, dueOn })

/** What anybody may know of a correction who may know of the dossier: no word of whom it names. */
export type CorrectionTold = { readonly n: number; readonly kind: Corrected['kind']; readonly at: Instant; readonly due: { readonly from: Instant | null; readonly to: Instant | null } | null }
export const correctionsTold = (state: DossierState): readonly CorrectionTold[] =>
  state.corrections.map((c) => ({ n: c.n, kind: c.kind, at: c.at, due: c.kind === 'procedure' || c.kind === 'reception' ? dueTold(c, openReopening(state) === undefined) : null }))

/** While it is open again its new promise stands; once it is over that of the first end. One that did not move is not told. */
const dueTold = ({ before, after }: { readonly before: ProcedureFiled | ReceptionFiled; readonly after: ProcedureFiled | ReceptionFiled }, over: boolean): CorrectionTold['due'] => {
  const [from, to] = over && after.countedDueAt !== undefined ? [before.countedDueAt ?? null, after.countedDueAt] : [before.dueAt, after.dueAt]
  return from === to ? null : { from, to }
}

const isAnother = (before: Entries, after: Entries): boolean => before.applicantId !== after.applicantId || before.applicant.personalNumber !== after.applicant.personalNumber

/** Whoever puts right facts of the law (`law-correction.ts`). */
const mayApprove = ({ agencyId, divisionId, procedureCode }: DossierState, actor: Actor): boolean =>
  actor.kind === 'system' || (postFor(actor, 'dossier.approve', { agencyId, procedureCode }) ?? postFor(actor, 'dossier.review', { unitId: divisionId, procedureCode })) !== undefined

const wrongNotice = ({ noticeOn, dueOn }: Notice, now: Instant): Refusal | undefined => {
  if (noticeOn > dateOf(now)) return { code: 'notice-in-future', noticeOn }
  return dueOn < noticeOn ? { code: 'due-before-notice', dueOn } : undefined
}

export const correction: Noun<CorrectionAct, CorrectionEvent> = {
  rules: {
    'correct-entries': { by: ['dossier.approve', 'dossier.review', 'dossier.receive'], at: 'anywhere' },
    'correct-payment': { by: ['dossier.examine', 'dossier.review', 'dossier.approve'], at: ['PAYMENT'] },
  },
  decide: {
    'correct-entries': (state, { reason, entries, filedChecked }, { actor }) => {
      const [before, after] = [entriesOf(state), entriesOf(entries)]
      if (sameAs(before, after)) return err({ code: 'nothing-corrected' })
      if (after.delivery === 'postal' && after.deliveryAddress === null) return err({ code: 'address-missing' })
      if (filedChecked && isAnother(before, after) && !mayApprove(state, actor)) return err({ code: 'other-applicant-unapproved' })
      return ok([{ type: 'dossier.entries-corrected', data: { reason, before, after } }])
    },
    'correct-payment': (state, { reason, ...notice }, { now }) => {
      const [before, after] = [noticeOf(duty(state)!), noticeOf(notice)]
      const wrong = sameAs(before, after) ? ({ code: 'nothing-corrected' } as const) : wrongNotice(after, now)
      return wrong === undefined ? ok([{ type: 'dossier.payment-corrected', data: { reason, before, after } }]) : err(wrong)
    },
  },
  evolve: {
    'dossier.entries-corrected': (state, event) => {
      const { reason, before, after } = event.data
      return { ...state, ...after, corrections: corrected(state, event, reason, { kind: 'entries', before, after }) }
    },
    'dossier.payment-corrected': (state, event) => {
      const { reason, before, after } = event.data
      return {
        ...state,
        paymentDuties: state.paymentDuties.map((d) => (d === duty(state) ? { ...d, ...after } : d)),
        corrections: corrected(state, event, reason, { kind: 'payment', before, after }),
      }
    },
  },
  hide: {
    'dossier.entries-corrected': ({ reason, before, after }) => ({ reason: personal(reason), before: hideEntries(before), after: hideEntries(after) }),
    'dossier.payment-corrected': ({ reason, before, after }) => ({ reason: personal(reason), before: { ...before }, after: { ...after } }),
  },
  restore: {
    'dossier.entries-corrected': ({ reason, before, after }: Reasoned<StoredEntries>) => ({ reason, before: entriesFrom(before), after: entriesFrom(after) }),
  },
}

const hideEntries = ({ applicant, deliveryAddress, ...open }: Entries) => ({ ...open, applicant: personal(applicant), deliveryAddress: hideText(deliveryAddress) })
type StoredEntries = Omit<Entries, 'applicant'> & { readonly applicant: PersonSnapshot | string }
/** Erased, a person is one word. */
const entriesFrom = (stored: StoredEntries): Entries => entriesOf({ ...stored, applicant: typeof stored.applicant === 'string' ? ERASED_PERSON : stored.applicant })
