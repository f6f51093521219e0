/**
 * PURE. Papers or entries asked for in examination (domain.md §2.2, rows 4→5 and 5→4; §2.6). An officer marks the very field or paper and proposes it, a
 * leader approves it or sends it back; only then it is asked of the citizen, who changes only that. It comes back to the same officer.
 */
import { type PauseEffect, regimeById } from '#modules/process'
import { can } from '#modules/access'
import type { Json } from '#kernel/digest.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { personal } from '#platform/log/private.ts'
import type { Actor } from '#platform/ctx.ts'
import { type Reckoned, comeBack, pauseFrom, paused, resumeAt, unpaused, waitAt } from './clock.ts'
import { type By, type Destination, type Moment, type Waiting, pass } from './custody.ts'
import type { Refusal } from './lifecycle.ts'
import { type EventOf, type Noun, hideAnswers, hideName, hideText, plain } from './noun.ts'
import type { Attachment, DossierState, FormKept } from './state.ts'

/** The exact place: an entry of the electronic form by its pointer, or a published paper by its number. `title`: as the officer saw it. */
export type SupplementPlace =
  | { readonly kind: 'field'; readonly at: string; readonly title: string }
  | { readonly kind: 'paper'; readonly component: number; readonly page: number | null; readonly title: string }
/** `reason`: of `data/reasons/supplement.json`. `text`: what to do, in the officer's words. */
export type SupplementItem = { readonly n: number; readonly place: SupplementPlace; readonly reason: string; readonly text: string }
/** An entry as it was and as it is now; null: empty. */
export type EntryChanged = { readonly at: string; readonly before: Json; readonly after: Json }

type SupplementAnswer = Moment & {
  readonly note: string | null
  readonly changes: readonly EntryChanged[]
  /** Numbers of the files that came with it. */
  readonly attachments: readonly number[]
}
export type Supplement = {
  readonly n: number
  readonly proposedAt: Instant
  readonly proposedBy: By
  readonly items: readonly SupplementItem[]
  readonly until: PlainDate
  /** What came to light since the last one: only a new fact allows one more. */
  readonly newFact: string | null
  readonly state: 'proposed' | 'sent-back' | 'requested' | 'answered' | 'dropped'
  readonly requested: Moment | null
  readonly sentBack: (Moment & { readonly reason: string }) | null
  /** The limit passed without an answer. */
  readonly lapsedAt: Instant | null
  readonly answer: SupplementAnswer | null
}
export type SupplementState = { readonly supplements: readonly Supplement[] }
export const NO_SUPPLEMENT = { supplements: [] } as const satisfies SupplementState

type Proposed = Pick<Supplement, 'items' | 'until' | 'newFact'>
type Answered = {
  readonly form: FormKept | null
  readonly changes: readonly EntryChanged[]
  readonly components: DossierState['components']
  /** Only the new ones. */
  readonly attachments: readonly Attachment[]
  readonly note: string | null
}

export type SupplementAct =
  | ({ readonly action: 'propose-supplement' } & Proposed)
  | { readonly action: 'return-supplement'; readonly reason: string }
  | { readonly action: 'request-supplement' }
  | ({ readonly action: 'complete-supplement' } & Answered)
  | { readonly action: 'lapse-supplement' }

export type SupplementEvent =
  | EventOf<'dossier.supplement-proposed', Proposed>
  | EventOf<'dossier.supplement-returned', { readonly reason: string }>
  | EventOf<'dossier.supplement-requested', { readonly document: string; readonly effect: PauseEffect; readonly clock: Reckoned; readonly to: Waiting }>
  | EventOf<'dossier.supplemented', Answered & { readonly clock: Reckoned; readonly to: Destination }>
  | EventOf<'dossier.supplement-lapsed', { readonly until: PlainDate }>

export type SupplementRefused =
  /** It waits for the leader's word. */
  | { readonly code: 'proposal-waiting'; readonly at: Instant }
  | { readonly code: 'no-proposal' }
  | { readonly code: 'new-fact-needed'; readonly at: Instant }
  /** More often than the regime allows, or wherever it wants it so: only who signs approves. */
  | { readonly code: 'signer-needed' }
  | { readonly code: 'place-twice'; readonly n: number }
  | { readonly code: 'place-unknown'; readonly n: number }
  /** Only what was asked for may be changed. */
  | { readonly code: 'not-asked-for'; readonly title: string }
  | { readonly code: 'items-unanswered'; readonly items: readonly SupplementItem[] }
  | { readonly code: 'supplement-still-open'; readonly until: PlainDate }
  | { readonly code: 'supplement-lapsed-before'; readonly at: Instant }

export const proposal = (state: SupplementState): Supplement | undefined => state.supplements.find((s) => s.state === 'proposed')
/** What the citizen is asked now. */
export const askedNow = (state: SupplementState): Supplement | undefined => state.supplements.find((s) => s.state === 'requested')
const requestsMade = (state: SupplementState): readonly Supplement[] => state.supplements.filter((s) => s.requested !== null)
/** This would be one more than the regime allows. */
const isBeyondAllowed = (state: Pick<DossierState, 'regime' | 'supplements'>): boolean => requestsMade(state).length >= regimeById(state.regime).settings.supplementsInAppraisal

/** While a proposal waits, the officer does nothing else that leads on. */
export const whileProposed = (state: SupplementState): Refusal | undefined => {
  const waiting = proposal(state)
  return waiting === undefined ? undefined : { code: 'proposal-waiting', at: waiting.proposedAt }
}

const needsSigner = (state: DossierState, actor: Actor): Refusal | undefined => {
  if (proposal(state) === undefined) return { code: 'no-proposal' }
  const signerOnly = isBeyondAllowed(state) || regimeById(state.regime).settings.supplementApproval === 'approve'
  return signerOnly && !can(actor, 'dossier.approve', { agencyId: state.agencyId, procedureCode: state.procedureCode }) ? { code: 'signer-needed' } : undefined
}

const withLast = (state: DossierState, change: Partial<Supplement>): readonly Supplement[] => [...state.supplements.slice(0, -1), { ...state.supplements.at(-1)!, ...change }]

const keyOf = (place: SupplementPlace): string => (place.kind === 'field' ? place.at : `${place.component}`)

const wrongPlace = (state: DossierState, items: readonly SupplementItem[]): Refusal | undefined => {
  for (const { n, place } of items) {
    if (items.some((other) => other.n < n && keyOf(other.place) === keyOf(place))) return { code: 'place-twice', n }
    if (place.kind === 'field' && state.form === null) return { code: 'place-unknown', n }
  }
  return undefined
}

const wrongAnswer = (asked: Supplement, answer: Answered): Refusal | undefined => {
  const places = new Set(asked.items.map((i) => keyOf(i.place)))
  const stray = answer.changes.find((c) => !places.has(c.at))?.at ?? answer.attachments.find((a) => !places.has(String(a.component)))?.name
  if (stray !== undefined) return { code: 'not-asked-for', title: stray }
  const open = asked.items.filter(({ place }) => (place.kind === 'field' ? !answer.changes.some((c) => c.at === place.at) : !isBrought(answer, place.component)))
  return open.length > 0 && answer.note === null ? { code: 'items-unanswered', items: open } : undefined
}
/** A file, or the sheet itself laid on the desk. */
const isBrought = ({ attachments, components }: Answered, component: number): boolean =>
  attachments.some((a) => a.component === component) || components.some((c) => c.n === component && c.originals + c.copies > 0)

const DOCUMENT = 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ'

export const supplement: Noun<SupplementAct, SupplementEvent> = {
  rules: {
    'propose-supplement': { by: ['dossier.examine'], at: ['HANDLE'], hands: 'own', spent: whileProposed },
    'return-supplement': { by: ['dossier.review', 'dossier.approve'], at: ['HANDLE'], spent: (state) => (proposal(state) === undefined ? { code: 'no-proposal' } : undefined) },
    'request-supplement': { by: ['dossier.review', 'dossier.approve'], at: ['HANDLE'], spent: needsSigner },
    'complete-supplement': { by: ['applicant', 'dossier.receive'], at: ['SUPPLEMENT'], bringsBack: () => true },
    'lapse-supplement': {
      by: ['system'],
      at: ['SUPPLEMENT'],
      spent: (state) => {
        const lapsedAt = askedNow(state)?.lapsedAt ?? null
        return lapsedAt === null ? undefined : { code: 'supplement-lapsed-before', at: lapsedAt }
      },
    },
  },
  decide: {
    'propose-supplement': (state, { items, until, newFact }, facts) => {
      if (until <= dateOf(facts.now)) return err({ code: 'until-in-past', until })
      const before = requestsMade(state).at(-1)?.requested
      if (isBeyondAllowed(state) && newFact === null && before != null) return err({ code: 'new-fact-needed', at: before.at })
      const wrong = wrongPlace(state, items)
      return wrong === undefined ? ok([{ type: 'dossier.supplement-proposed', data: { items, until, newFact } }]) : err(wrong)
    },
    'return-supplement': (_, { reason }) => ok([{ type: 'dossier.supplement-returned', data: { reason } }]),
    'request-supplement': (state, _, facts) => {
      const { until } = proposal(state)!
      if (until <= dateOf(facts.now)) return err({ code: 'until-in-past', until })
      const begun = pauseFrom(state, 'supplement', DOCUMENT, facts)
      return begun.ok ? ok([{ type: 'dossier.supplement-requested', data: { document: DOCUMENT, ...begun.value, to: waitAt('SUPPLEMENT', state.deskId) } }]) : begun
    },
    'complete-supplement': (state, { action: _, ...answer }, facts) => {
      const wrong = wrongAnswer(askedNow(state)!, answer)
      if (wrong !== undefined) return err(wrong)
      const clock = resumeAt(state, facts)
      return clock.ok ? ok([{ type: 'dossier.supplemented', data: { ...answer, clock: clock.value, to: comeBack(state, clock.value.dueAt, facts) } }]) : clock
    },
    'lapse-supplement': (state, _, facts) => {
      const { until } = askedNow(state)!
      return dateOf(facts.now) > until ? ok([{ type: 'dossier.supplement-lapsed', data: { until } }]) : err({ code: 'supplement-still-open', until })
    },
  },
  evolve: {
    'dossier.supplement-proposed': (state, event) => {
      const { at, by } = event
      const made = { ...event.data, n: state.supplements.length + 1, proposedAt: at, proposedBy: by, state: 'proposed', requested: null, sentBack: null, lapsedAt: null, answer: null } as const
      return { ...state, supplements: [...state.supplements, made] }
    },
    'dossier.supplement-returned': (state, { at, by, data }) => ({ ...state, supplements: withLast(state, { state: 'sent-back', sentBack: { at, by, reason: data.reason } }) }),
    'dossier.supplement-requested': (state, event) => {
      const { at, by, data } = event
      return {
        ...paused(state, { at, by }, 'supplement', data.document, data),
        status: 'awaiting-supplement',
        supplements: withLast(state, { state: 'requested', requested: { at, by } }),
        custody: pass(state.custody, event, 'request-supplement', data.to, null),
      }
    },
    'dossier.supplemented': (state, event) => {
      const { at, by } = event
      const { clock, to, form, changes, components, attachments, note } = event.data
      return {
        ...unpaused(state, at, clock),
        status: 'processing',
        form: form ?? state.form,
        components,
        attachments: [...state.attachments, ...attachments],
        supplements: withLast(state, { state: 'answered', answer: { at, by, note, changes, attachments: attachments.map((a) => a.n) } }),
        custody: pass(state.custody, event, 'complete-supplement', to, note),
      }
    },
    'dossier.supplement-lapsed': (state, { at }) => ({ ...state, supplements: withLast(state, { lapsedAt: at }) }),
  },
  hide: {
    'dossier.supplement-proposed': ({ items, until, newFact }) => ({ items: items.map((item) => ({ ...item, text: personal(item.text) })), until, newFact: hideText(newFact) }),
    'dossier.supplement-returned': ({ reason }) => ({ reason: personal(reason) }),
    'dossier.supplement-requested': plain,
    'dossier.supplemented': ({ form, changes, attachments, note, ...data }) => ({
      ...data,
      form: form === null ? null : hideAnswers(form),
      changes: personal(changes),
      attachments: attachments.map(hideName),
      note: hideText(note),
    }),
    'dossier.supplement-lapsed': plain,
  },
  restore: {
    'dossier.supplemented': (stored: Omit<Answered, 'changes'> & { readonly changes: readonly EntryChanged[] | string; readonly clock: Reckoned; readonly to: Destination }) => ({
      ...stored, changes: typeof stored.changes === 'string' ? [] : stored.changes,
    }),
  },
}
