/** PURE. Between filing and reception (domain.md §2.2): received, asked for everything that is missing, answered, or refused. */
import { ok, err } from '#kernel/result.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { ERASED, personal } from '#platform/log/private.ts'
import { started } from './clock.ts'
import { type By, type Destination, type Waiting, close, enter, pass } from './custody.ts'
import { type EventOf, type Known, type Noun, hideAnswers, hideName, hideText, plain } from './noun.ts'
import type { Attachment, DossierState, FormKept, LimitKept, PersonSnapshot } from './state.ts'
import { intakeDueAt } from './step-clock.ts'

/** Form 02 before reception: everything that is missing, asked for once (NĐ 309/2026 Art 8). */
export type CompletionRequest = {
  readonly n: number
  readonly at: Instant
  readonly by: By
  readonly items: readonly string[]
  readonly reason: string
  readonly until: PlainDate | null
  readonly answeredAt: Instant | null
}

export const REFUSAL_GROUNDS = ['not-competent', 'not-eligible', 'incomplete-after-request', 'duplicate', 'other'] as const
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number]
/** Form 03: not received. Different from a refusal to resolve, which is a result. */
type IntakeRefusal = { readonly at: Instant; readonly by: By; readonly ground: RefusalGround; readonly reason: string; readonly legalBasis: string | null }

export type IntakeState = {
  /** On line: the moment of filing; null at a counter. */
  readonly submittedAt: Instant | null
  /** By when the desk must answer the submission: its own limit of 8 working hours. */
  readonly intakeDueAt: Instant | null
  readonly completionRequests: readonly CompletionRequest[]
  readonly refusal: IntakeRefusal | null
}
export const NO_INTAKE = { submittedAt: null, intakeDueAt: null, completionRequests: [], refusal: null } as const satisfies IntakeState

type Filed = Pick<
  DossierState,
  | 'secret' | 'regime' | 'procedureCode' | 'revisionId' | 'methodN' | 'channel' | 'deskId' | 'receivingAgencyId' | 'agencyId' | 'divisionId'
  | 'applicantId' | 'applicant' | 'submitterId' | 'submitter' | 'limit' | 'components' | 'attachments' | 'sets' | 'delivery' | 'deliveryAddress' | 'remark'
>
/** What the clock and the process make of a reception. */
type Clocked = Pick<DossierState, 'steps' | 'provisional' | 'explanation'> & {
  readonly calendarVersion: number
  readonly processDigest: string
  readonly effectiveStart: Instant
  readonly dueAt: Instant
  /** C5: of an in-day way of filing. */
  readonly inDayCutoff?: number
  readonly to: Destination
}
type Outside = Waiting & { readonly step: 'INTAKE' | 'COMPLETION' }
type Timed = Outside & { readonly dueAt: Instant }

export type Received = Filed & Clocked
export type Submitted = Filed & { readonly form: FormKept | null; readonly to: Timed }
/** The desk may correct the way of filing; the regime is that of the day of reception. */
export type Accepted = Pick<DossierState, 'regime' | 'methodN' | 'limit' | 'components'> & Clocked
/** `attachments`: only the new ones. `form`: null where it stays as it was. */
type Completed = { readonly form: FormKept | null; readonly components: DossierState['components']; readonly attachments: readonly Attachment[]; readonly note: string | null; readonly to: Timed }

export type IntakeAct =
  /** With what the clock and the process make of it: `decideAcceptance`. */
  | { readonly action: 'accept'; readonly accepted: Accepted }
  | ({ readonly action: 'request-completion' } & Pick<CompletionRequest, 'items' | 'reason' | 'until'>)
  | ({ readonly action: 'complete' } & Omit<Completed, 'to'>)
  | ({ readonly action: 'refuse' } & Pick<IntakeRefusal, 'ground' | 'reason' | 'legalBasis'>)

export type IntakeEvent =
  | EventOf<'dossier.received', Received>
  | EventOf<'dossier.submitted', Submitted>
  | EventOf<'dossier.accepted', Accepted>
  | EventOf<'dossier.completion-requested', Pick<CompletionRequest, 'items' | 'reason' | 'until'> & { readonly to: Waiting }>
  | EventOf<'dossier.completed', Completed>
  | EventOf<'dossier.refused', Pick<IntakeRefusal, 'ground' | 'reason' | 'legalBasis'>>
  | EventOf<'dossier.code-issued', { readonly code: string }>

export type IntakeRefused =
  /** Everything that is missing is asked for at once (NĐ 309/2026 Art 8). */
  | { readonly code: 'completion-asked-before'; readonly at: Instant }
  | { readonly code: 'until-in-past'; readonly until: PlainDate }

const twice = (_: DossierState, event: { readonly type: string }): never => {
  throw new RangeError(`${event.type} twice`)
}

export const intake: Noun<IntakeAct, IntakeEvent> = {
  rules: {
    accept: { by: ['dossier.receive'], at: ['INTAKE', 'COMPLETION'] },
    'request-completion': {
      by: ['dossier.receive'],
      at: ['INTAKE'],
      spent: ({ completionRequests: [asked] }) => (asked === undefined ? undefined : { code: 'completion-asked-before', at: asked.at }),
    },
    complete: { by: ['applicant'], at: ['COMPLETION'] },
    refuse: { by: ['dossier.receive'], at: ['INTAKE', 'COMPLETION'] },
  },
  decide: {
    accept: (_, act) => ok([{ type: 'dossier.accepted', data: act.accepted }]),
    'request-completion': (state, { items, reason, until }, facts) =>
      until !== null && until < dateOf(facts.now)
        ? err({ code: 'until-in-past', until })
        : ok([{ type: 'dossier.completion-requested', data: { items, reason, until, to: { step: 'COMPLETION', unitId: state.deskId, postId: null, dueAt: null } } }]),
    complete: (state, { action: _, ...completed }, facts) =>
      ok([{ type: 'dossier.completed', data: { ...completed, to: { step: 'INTAKE', unitId: state.deskId, postId: null, dueAt: intakeDueAt(facts) } } }]),
    refuse: (_, { ground, reason, legalBasis }) => ok([{ type: 'dossier.refused', data: { ground, reason, legalBasis } }]),
  },
  evolve: {
    'dossier.received': twice,
    'dossier.submitted': twice,
    'dossier.accepted': (state, event) => {
      const { to, ...facts } = event.data
      return { ...state, ...facts, ...started(facts), status: 'received', receivedAt: event.at, receivedBy: event.by, custody: pass(state.custody, event, 'accept', to, null) }
    },
    'dossier.completion-requested': (state, event) => {
      const { to, ...asked } = event.data
      const request = { ...asked, n: state.completionRequests.length + 1, at: event.at, by: event.by, answeredAt: null }
      return { ...state, status: 'awaiting-completion', completionRequests: [...state.completionRequests, request], custody: pass(state.custody, event, 'request-completion', to, null) }
    },
    'dossier.completed': (state, event) => {
      const { to, form, components, attachments, note } = event.data
      return {
        ...state,
        status: 'submitted',
        intakeDueAt: to.dueAt,
        form: form ?? state.form,
        components,
        attachments: [...state.attachments, ...attachments],
        completionRequests: state.completionRequests.map((r) => (r.answeredAt === null ? { ...r, answeredAt: event.at } : r)),
        custody: pass(state.custody, event, 'complete', to, note),
      }
    },
    'dossier.refused': (state, event) => ({ ...state, status: 'refused', refusal: { ...event.data, at: event.at, by: event.by }, custody: close(state.custody, event, 'refuse', null) }),
    'dossier.code-issued': (state, event) => ({ ...state, code: event.data.code }),
  },
  hide: {
    'dossier.received': (data) => hideFiling(data),
    'dossier.submitted': ({ form, ...data }) => ({ ...hideFiling(data), form: form === null ? null : hideAnswers(form) }),
    'dossier.accepted': (data) => ({ ...data, limit: { amount: String(data.limit.amount), unit: data.limit.unit } }),
    'dossier.completion-requested': (data) => ({ ...data, items: personal(data.items), reason: personal(data.reason) }),
    'dossier.completed': ({ form, attachments, note, ...data }) => ({ ...data, form: form === null ? null : hideAnswers(form), attachments: attachments.map(hideName), note: hideText(note) }),
    'dossier.refused': (data) => ({ ...data, reason: personal(data.reason) }),
    'dossier.code-issued': plain,
  },
  restore: {
    'dossier.received': (stored: StoredFiling<Received>) => filedFrom(stored),
    'dossier.submitted': (stored: StoredFiling<Submitted>) => filedFrom(stored),
    'dossier.accepted': (stored: Omit<Accepted, 'limit'> & { readonly limit: StoredLimit }) => ({ ...stored, limit: limitFrom(stored.limit) }),
    'dossier.completion-requested': (stored: Omit<CompletionRequest, 'items'> & { readonly items: readonly string[] | string; readonly to: Waiting }) => ({
      ...stored, items: typeof stored.items === 'string' ? [ERASED] : stored.items,
    }),
  },
}

/** The first event of a stream: received at a counter, or submitted on line. */
export const beginBy = (event: (EventOf<'dossier.received', Received> | EventOf<'dossier.submitted', Submitted>) & Known) => {
  const { at, by } = event
  if (event.type === 'dossier.received') {
    const { to, ...facts } = event.data
    return { ...facts, ...started(facts), status: 'received', receivedAt: at, receivedBy: by, custody: [enter(1, at, to)] } as const
  }
  const { to, ...facts } = event.data
  return { ...facts, status: 'submitted', submittedAt: at, intakeDueAt: to.dueAt, custody: [enter(1, at, to)] } as const
}

const hideFiling = <F extends Filed>({ limit, secret, applicant, submitter, attachments, deliveryAddress, remark, ...open }: F) => ({
  ...open,
  limit: { amount: String(limit.amount), unit: limit.unit },
  secret: personal(secret),
  applicant: personal(applicant),
  submitter: submitter === null ? null : personal(submitter),
  attachments: attachments.map(hideName),
  deliveryAddress: hideText(deliveryAddress),
  remark: hideText(remark),
})

type StoredLimit = { readonly amount: string; readonly unit: LimitKept['unit'] }
type StoredFiling<F extends Filed> = Omit<F, 'limit' | 'applicant' | 'submitter'> & {
  readonly limit: StoredLimit
  readonly applicant: PersonSnapshot | string
  readonly submitter: Filed['submitter'] | string
}
const limitFrom = ({ amount, unit }: StoredLimit) => ({ amount: Number(amount), unit })

const filedFrom = <F extends Received | Submitted>(stored: StoredFiling<F>) => ({
  ...stored,
  limit: limitFrom(stored.limit),
  applicant: typeof stored.applicant === 'string' ? ERASED_PERSON : stored.applicant,
  submitter: typeof stored.submitter === 'string' ? { ...ERASED_PERSON, relation: ERASED } : stored.submitter,
})

export const ERASED_PERSON: PersonSnapshot = { kind: 'individual', name: ERASED, personalNumber: null, phone: null, address: null, email: null }
