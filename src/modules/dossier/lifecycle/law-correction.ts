/**
 * PURE. What was received under a wrong procedure or way of filing, or with a wrong moment of reception: limit, steps and due date are worked out anew from
 * the reception by the rules (domain.md §2.4), as if it had been right from the start. Nobody writes a date by hand; both dates are kept.
 */
import type { Instant } from '#kernel/plain-date.ts'
import { dateOf } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { regimeOn } from '#modules/process'
import { personal } from '#platform/log/private.ts'
import { type Reckoned, dueAnew, reckonAnew } from './clock.ts'
import { type ProcedureFiled, type ReceptionFiled, corrected, sameAs } from './correction.ts'
import { type Destination, heldAt, pass } from './custody.ts'
import { countedDueAt, firstReckonedAnew } from './reopening.ts'
import type { EventOf, Facts, Noun } from './noun.ts'
import type { Act, Refusal } from './lifecycle.ts'
import { recalledFrom } from './consultation.ts'
import type { DossierEvent, DossierState, KeptStep, LimitKept } from './state.ts'
import { destination, holderAgain, stepDueAt } from './step-clock.ts'
import { whileProposed } from './supplement.ts'

/** The right procedure, and the papers that are there by its list. */
export type RightProcedure = Omit<ProcedureFiled, 'dueAt' | 'countedDueAt'> & {
  readonly inDayCutoff: number | null
  readonly processDigest: string
  readonly steps: readonly KeptStep[]
  readonly components: DossierState['components']
  /** Which paper of the list each file is a scan of. */
  readonly scans: readonly { readonly n: number; readonly component: number | null }[]
}
export type LawCorrectionAct =
  | { readonly action: 'correct-procedure'; readonly reason: string; readonly wrongName: string; readonly right: RightProcedure }
  | { readonly action: 'correct-reception'; readonly reason: string; readonly receivedAt: Instant }

/** `first`: of what was over before, against what its first end is measured from now on. Left out where it never was, and in events of before that was kept. */
type Anew = { readonly effectiveStart: Instant; readonly clock: Reckoned; readonly first?: Reckoned; readonly to: Destination }
export type LawCorrectionEvent =
  | EventOf<'dossier.procedure-corrected', { readonly reason: string; readonly before: ProcedureFiled; readonly after: ProcedureFiled } & Omit<RightProcedure, keyof ProcedureFiled> & Anew>
  | EventOf<'dossier.reception-corrected', { readonly reason: string; readonly before: ReceptionFiled; readonly after: ReceptionFiled } & Anew>

export type LawCorrectionRefused =
  | { readonly code: 'received-in-future'; readonly receivedAt: Instant }
  /** On line the clock cannot start before it was filed. */
  | { readonly code: 'received-before-filed'; readonly submittedAt: Instant }
  /** Another law held on that day: its forms and steps are others. */
  | { readonly code: 'other-regime'; readonly receivedAt: Instant }

/** A number stands in the books for a paper under that procedure: it is issued first, then opened again. */
const notNumbered = (state: DossierState): Refusal | undefined => (state.numbered === null ? whileProposed(state) : { code: 'numbered-already', number: state.numbered.number })

const filedOf = (state: DossierState, name: string): Omit<ProcedureFiled, 'dueAt'> => ({
  procedureCode: state.procedureCode, revisionId: state.revisionId, methodN: state.methodN, channel: state.channel, agencyId: state.agencyId, divisionId: state.divisionId, name, limit: state.limit,
})

const AT_WORK = ['RECEIVE', 'ASSIGN', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK'] as const

export const lawCorrection: Noun<LawCorrectionAct, LawCorrectionEvent> = {
  rules: {
    'correct-procedure': { by: ['dossier.approve', 'dossier.review'], at: AT_WORK, spent: notNumbered, bringsBack: () => true },
    'correct-reception': { by: ['dossier.approve', 'dossier.review'], at: AT_WORK, spent: whileProposed },
  },
  decide: {
    'correct-procedure': (state, { reason, wrongName, right }, facts) => decideProcedure(state, { reason, wrongName, right }, facts),
    'correct-reception': (state, { reason, receivedAt }, facts) => {
      const wrong = wrongMoment(state, receivedAt, facts.now)
      if (wrong !== undefined) return err(wrong)
      const reckoned = bothReckoned({ ...state, receivedAt }, facts)
      if (!reckoned.ok) return reckoned
      const { clock } = reckoned.value
      const { before, after } = datedBoth(state, { receivedAt: state.receivedAt! }, { receivedAt }, reckoned.value)
      // The calendar may have changed since: the same moment can have another date.
      if (sameAs(before, after)) return err({ code: 'nothing-corrected' })
      return ok([{ type: 'dossier.reception-corrected', data: { reason, before, after, ...reckoned.value, to: sameHands(state, clock.dueAt, facts) } }])
    },
  },
  evolve: {
    'dossier.procedure-corrected': (state, event) => {
      const { reason, before, after, inDayCutoff, processDigest, steps, components, scans, effectiveStart, clock, first, to } = event.data
      const { name: _, dueAt: __, countedDueAt: ___, ...right } = after
      return {
        ...dueAnew(state, event, 'correction', clock, 'Đính chính thủ tục'),
        ...right, inDayCutoff, processDigest, steps, components, effectiveStart,
        dueOfFirst: first ?? state.dueOfFirst,
        attachments: state.attachments.map((a) => ({ ...a, component: scans.find((s) => s.n === a.n)?.component ?? null })),
        // What was drafted and signed was so under the wrong procedure.
        resultDraft: null,
        approvedBy: null,
        custody: pass(state.custody, event, 'correct-procedure', to, reason),
        corrections: corrected(state, event, reason, { kind: 'procedure', before, after }),
      }
    },
    'dossier.reception-corrected': (state, event) => {
      const { reason, before, after, effectiveStart, clock, first, to } = event.data
      return {
        ...dueAnew(state, event, 'correction', clock, 'Đính chính thời điểm tiếp nhận'),
        receivedAt: after.receivedAt,
        effectiveStart,
        dueOfFirst: first ?? state.dueOfFirst,
        custody: pass(state.custody, event, 'correct-reception', to, reason),
        corrections: corrected(state, event, reason, { kind: 'reception', before, after }),
      }
    },
  },
  hide: {
    'dossier.procedure-corrected': ({ reason, before, after, ...data }) => ({ ...data, reason: personal(reason), before: hideLimit(before), after: hideLimit(after) }),
    'dossier.reception-corrected': ({ reason, ...data }) => ({ ...data, reason: personal(reason) }),
  },
  restore: {
    'dossier.procedure-corrected': ({ before, after, ...stored }: StoredProcedure) => ({ ...stored, before: withLimit(before), after: withLimit(after) }),
  },
}

/** Decision 6: the log keeps no fractions. */
const hideLimit = ({ limit: { amount, unit }, ...filed }: ProcedureFiled) => ({ ...filed, limit: { amount: String(amount), unit } })
type StoredFiled = Omit<ProcedureFiled, 'limit'> & { readonly limit: { readonly amount: string; readonly unit: LimitKept['unit'] } }
type StoredProcedure = Omit<Extract<LawCorrectionEvent, { type: 'dossier.procedure-corrected' }>['data'], 'before' | 'after'> & { readonly before: StoredFiled; readonly after: StoredFiled }
const withLimit = ({ limit: { amount, unit }, ...filed }: StoredFiled): ProcedureFiled => ({ ...filed, limit: { amount: Number(amount), unit } })

type ProcedureWish = { readonly reason: string; readonly wrongName: string; readonly right: RightProcedure }
const decideProcedure = (state: DossierState, { reason, wrongName, right }: ProcedureWish, facts: Facts): Result<readonly DossierEvent[], Refusal> => {
  if (right.revisionId === state.revisionId && right.methodN === state.methodN) return err({ code: 'nothing-corrected' })
  const { inDayCutoff, processDigest, steps, components, scans, ...filed } = right
  const next = { ...state, ...filed, inDayCutoff, steps }
  const reckoned = bothReckoned(next, facts)
  if (!reckoned.ok) return reckoned
  const to = placeAnew(state, { ...next, dueAt: reckoned.value.clock.dueAt }, facts)
  const both = datedBoth(state, filedOf(state, wrongName), filedOf(next, right.name), reckoned.value)
  return ok([{ type: 'dossier.procedure-corrected', data: { reason, ...both, inDayCutoff, processDigest, steps, components, scans, ...reckoned.value, to } }, ...recalledFrom(state, right.divisionId)])
}

/** The promise in force, and what the first end is measured against where there was one. */
const bothReckoned = (next: DossierState, { calendar }: Facts): Result<Omit<Anew, 'to'>, Refusal> => {
  const reckoned = reckonAnew(next, next.pauses, calendar)
  if (!reckoned.ok) return reckoned
  const first = firstReckonedAnew(next, calendar)
  if (!first.ok) return first
  const { effectiveStart, ...clock } = reckoned.value
  return ok({ effectiveStart, clock, ...(first.value !== null && { first: first.value }) })
}

/** Old and new with the dates that came of them. */
const datedBoth = <F extends object>(state: DossierState, before: F, after: F, { clock, first }: Omit<Anew, 'to'>) => ({
  before: { ...before, dueAt: state.dueAt, ...(first !== undefined && { countedDueAt: countedDueAt(state) }) },
  after: { ...after, dueAt: clock.dueAt, ...(first !== undefined && { countedDueAt: first.dueAt }) },
})

/** At the desk it stays there. Else it is examined anew: by whoever examined it, where the same division does; there it begins with its first step. */
const placeAnew = (state: DossierState, next: DossierState, facts: Facts): Destination => {
  const held = heldAt(state)
  const [first, second] = next.steps
  if (held?.step === 'RECEIVE' || second === undefined) return destination(next, first!.key, held?.postId ?? null, facts)
  const examiner = next.divisionId === state.divisionId ? holderAgain(state, 'HANDLE', facts) : null
  return examiner === null ? destination(next, second.key, null, facts) : destination(next, 'HANDLE', examiner, facts)
}

/** The step goes on since it began, never beyond the new date. */
const sameHands = (state: DossierState, dueAt: Instant | null, facts: Facts): Destination => {
  const { step, unitId, postId } = heldAt(state)!
  const kept = state.steps.find((s) => s.key === step)!
  const others = state.custody.findLastIndex((c) => c.step !== step)
  return { step: kept.key, unitId, postId, dueAt: stepDueAt(kept, dueAt, { calendar: facts.calendar, now: state.custody[others + 1]!.enteredAt }) }
}

const wrongMoment = (state: DossierState, receivedAt: Instant, now: Instant): Refusal | undefined => {
  if (receivedAt > now) return { code: 'received-in-future', receivedAt }
  if (state.submittedAt !== null && receivedAt < state.submittedAt) return { code: 'received-before-filed', submittedAt: state.submittedAt }
  return regimeOn(dateOf(receivedAt)).id === state.regime ? undefined : { code: 'other-regime', receivedAt }
}

/** Whose hours count: those of the agency that is competent after the act. */
export const competentAfter = (state: Pick<DossierState, 'agencyId'>, act: Act): Uuid => (act.action === 'correct-procedure' ? act.right.agencyId : state.agencyId)
