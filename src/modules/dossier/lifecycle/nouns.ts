/** PURE. Every noun of a dossier's life, put together: a new detour is a file of its own and a line in each list here. */
import type { Action } from './status.ts'
import type { Custody } from './custody.ts'
import { type ConsultationAct, type ConsultationEvent, type ConsultationRefused, type ConsultationState, NO_CONSULTATION, consultation } from './consultation.ts'
import { type ExtensionAct, type ExtensionEvent, type ExtensionRefused, type ExtensionState, NO_EXTENSION, extension } from './extension.ts'
import { type InspectionAct, type InspectionEvent, type InspectionRefused, type InspectionState, NO_INSPECTION, inspection } from './inspection.ts'
import { type IntakeAct, type IntakeEvent, type IntakeRefused, type IntakeState, NO_INTAKE, intake } from './intake.ts'
import { type ClockRefused, type ClockState, NO_CLOCK } from './clock.ts'
import { type JourneyAct, type JourneyEvent, type JourneyRefused, type JourneyState, NO_JOURNEY, journey } from './journey.ts'
import { NO_PAYMENT_DUTY, type PaymentDutyAct, type PaymentDutyEvent, type PaymentDutyRefused, type PaymentDutyState, paymentDuty } from './payment-duty.ts'
import { NO_STOP, type StopAct, type StopEvent, type StopRefused, type StopState, stop } from './stop.ts'
import { NO_SUPPLEMENT, type SupplementAct, type SupplementEvent, type SupplementRefused, type SupplementState, supplement } from './supplement.ts'
import { type WithdrawalAct, type WithdrawalEvent, type WithdrawalRefused, withdrawal } from './withdrawal.ts'
import { type CorrectionAct, type CorrectionEvent, type CorrectionRefused, type CorrectionState, NO_CORRECTION, correction } from './correction.ts'
import { type LawCorrectionAct, type LawCorrectionEvent, type LawCorrectionRefused, lawCorrection } from './law-correction.ts'
import { NO_REOPENING, type ReopeningAct, type ReopeningEvent, type ReopeningState, reopening } from './reopening.ts'
import { type ResultCorrectionAct, type ResultCorrectionEvent, type ResultCorrectionRefused, resultCorrection } from './result-correction.ts'
import type { ActionRule, Facts, Known, Verdict } from './noun.ts'
import type { Refusal } from './lifecycle.ts'
import type { DossierEvent, DossierState } from './state.ts'
import { NO_RESULTS, type ResultsAct, type ResultsEvent, type ResultsRefused, type ResultsState, results } from './results.ts'
import { NO_STEPS, type StepsAct, type StepsEvent, type StepsRefused, type StepsState, steps } from './steps.ts'
import type { EventData } from '#platform/log/private.ts'
import type { Result } from '#kernel/result.ts'

export type NounAct = IntakeAct | StepsAct | ResultsAct | SupplementAct | PaymentDutyAct | StopAct | WithdrawalAct | ExtensionAct | JourneyAct | CorrectionAct | LawCorrectionAct | ResultCorrectionAct | ReopeningAct | ConsultationAct | InspectionAct
export type NounEvent = IntakeEvent | StepsEvent | ResultsEvent | SupplementEvent | PaymentDutyEvent | StopEvent | WithdrawalEvent | ExtensionEvent | JourneyEvent | CorrectionEvent | LawCorrectionEvent | ResultCorrectionEvent | ReopeningEvent | ConsultationEvent | InspectionEvent
export type NounRefused = IntakeRefused | StepsRefused | ResultsRefused | ClockRefused | SupplementRefused | PaymentDutyRefused | StopRefused | WithdrawalRefused | ExtensionRefused | JourneyRefused | CorrectionRefused | LawCorrectionRefused | ResultCorrectionRefused | ConsultationRefused | InspectionRefused
/** What each noun keeps of a dossier. */
export type NounState = IntakeState & StepsState & ResultsState & ClockState & SupplementState & PaymentDutyState & StopState & ExtensionState & JourneyState & CorrectionState & ReopeningState & ConsultationState & InspectionState
export const NOTHING_OF_ANY = { ...NO_INTAKE, ...NO_STEPS, ...NO_RESULTS, ...NO_CLOCK, ...NO_SUPPLEMENT, ...NO_PAYMENT_DUTY, ...NO_STOP, ...NO_EXTENSION, ...NO_JOURNEY, ...NO_CORRECTION, ...NO_REOPENING, ...NO_CONSULTATION, ...NO_INSPECTION }

const RULES = { ...intake.rules, ...steps.rules, ...results.rules, ...supplement.rules, ...paymentDuty.rules, ...stop.rules, ...withdrawal.rules, ...extension.rules, ...journey.rules, ...correction.rules, ...lawCorrection.rules, ...resultCorrection.rules, ...reopening.rules, ...consultation.rules, ...inspection.rules } satisfies { readonly [K in NounAct['action']]: ActionRule }
const DECIDE = { ...intake.decide, ...steps.decide, ...results.decide, ...supplement.decide, ...paymentDuty.decide, ...stop.decide, ...withdrawal.decide, ...extension.decide, ...journey.decide, ...correction.decide, ...lawCorrection.decide, ...resultCorrection.decide, ...reopening.decide, ...consultation.decide, ...inspection.decide } satisfies { readonly [K in NounAct['action']]: unknown }
const EVOLVE = { ...intake.evolve, ...steps.evolve, ...results.evolve, ...supplement.evolve, ...paymentDuty.evolve, ...stop.evolve, ...withdrawal.evolve, ...extension.evolve, ...journey.evolve, ...correction.evolve, ...lawCorrection.evolve, ...resultCorrection.evolve, ...reopening.evolve, ...consultation.evolve, ...inspection.evolve } satisfies { readonly [T in NounEvent['type']]: unknown }
const HIDE = { ...intake.hide, ...steps.hide, ...results.hide, ...supplement.hide, ...paymentDuty.hide, ...stop.hide, ...withdrawal.hide, ...extension.hide, ...journey.hide, ...correction.hide, ...lawCorrection.hide, ...resultCorrection.hide, ...reopening.hide, ...consultation.hide, ...inspection.hide } satisfies { readonly [T in NounEvent['type']]: unknown }
const RESTORE: { readonly [T in NounEvent['type']]?: unknown } = { ...intake.restore, ...steps.restore, ...results.restore, ...supplement.restore, ...paymentDuty.restore, ...stop.restore, ...withdrawal.restore, ...extension.restore, ...journey.restore, ...correction.restore, ...lawCorrection.restore, ...resultCorrection.restore, ...reopening.restore, ...consultation.restore, ...inspection.restore }

export const ruleOf = (action: Action): ActionRule => RULES[action]
export const bringsBack = (action: Action, held: Custody | undefined): boolean => ruleOf(action).bringsBack?.(held) === true

// Each list holds for every type the part that takes just that type (`Noun`); only the compiler cannot see that a look-up keeps the pair together.
type Decide = (state: DossierState, act: NounAct, facts: Facts, found: Verdict) => Result<readonly DossierEvent[], Refusal>
export const decideBy: Decide = (state, act, facts, found) => (DECIDE[act.action] as Decide)(state, act, facts, found)
type Evolve = (state: DossierState, event: NounEvent & Known) => DossierState
export const evolveBy: Evolve = (state, event) => (EVOLVE[event.type] as Evolve)(state, event)
export const hiddenOf = (event: NounEvent): EventData => (HIDE[event.type] as (data: NounEvent['data']) => EventData)(event.data)

export const isNounEvent = (type: string): type is NounEvent['type'] => Object.hasOwn(EVOLVE, type)
/** As it was before it went into the log. */
export const restored = (type: NounEvent['type'], stored: unknown): NounEvent => {
  const restore = RESTORE[type] as ((stored: unknown) => unknown) | undefined
  return { type, data: restore === undefined ? stored : restore(stored) } as NounEvent
}
