/**
 * PURE. What one noun of the trade (intake, steps, results, each detour) brings to the life of a dossier: who may do its actions and where, what comes of
 * them, how its events change the state, and what of them is personal. `lifecycle.ts`, `state.ts` and `logged.ts` only ask the noun that an action or event belongs to.
 */
import type { Permission } from '#modules/access'
import type { WorkingCalendar } from '#modules/calendar'
import type { StepKey } from '#modules/process'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import { type EventData, personal } from '#platform/log/private.ts'
import type { Custody, CustodyStep, Moment } from './custody.ts'
import type { Refusal } from './lifecycle.ts'
import type { DossierEvent, DossierState, FileKept, FormKept } from './state.ts'

/** One member for each type, so that a part can be found by its type. */
export type EventOf<T extends string, D> = T extends string ? { readonly type: T; readonly data: D } : never

/** What the log knows of an event besides. */
export type Known = Moment & { readonly seq: number }

export type Facts = {
  readonly now: Instant
  readonly actor: Actor
  /** Of the agency: the clocks of the steps run by it. */
  readonly calendar: WorkingCalendar
  /** Posts of the division that may be given a dossier today. Only `assign` needs them. */
  readonly assignable?: readonly Uuid[]
  /** Whoever examined it has left, or is away with nobody standing in: it cannot come back to them. */
  readonly examinerGone?: boolean
}

/** By which post it may be done, and to which steps it can go. */
export type Verdict = { readonly post: HeldPost | undefined; readonly targets: readonly StepKey[] }

export type ActionRule = {
  /**
   * Who may, the first that fits: with a post that carries a permission; `step`: the permission of the step where it is; `applicant`: whoever applied, in their
   * own name; `concerned`: any unit that has to do with it; `consulted`: a unit that was asked for its opinion. The system does what offices do; what stands as `system` nobody else does.
   */
  readonly by: readonly (Permission | 'step' | 'applicant' | 'concerned' | 'consulted' | 'system')[]
  /** At which steps. */
  readonly at: readonly CustodyStep[] | 'anywhere'
  /** In examination: only of whoever has it in hand, or only where nobody has. */
  readonly hands?: 'own' | 'free'
  /** Left out: it stays where it is, or goes where only the rule itself says. */
  readonly targets?: (state: DossierState, held: Custody) => readonly StepKey[]
  /** It may bring the dossier back to whoever examined it: then it has to be known whether they are there. */
  readonly bringsBack?: (held: Custody | undefined) => boolean
  /** What is done once only, or not in these circumstances. */
  readonly spent?: (state: DossierState, actor: Actor, now: Instant) => Refusal | undefined
}

type Acting = { readonly action: string }
type Telling = { readonly type: string; readonly data: unknown }
type Of<E extends Telling, T> = Extract<E, { readonly type: T }>

export type Noun<A extends Acting, E extends Telling> = {
  readonly rules: { readonly [K in A['action']]: ActionRule }
  readonly decide: { readonly [K in A['action']]: (state: DossierState, act: Extract<A, { readonly action: K }>, facts: Facts, found: Verdict) => Result<readonly DossierEvent[], Refusal> }
  readonly evolve: { readonly [T in E['type']]: (state: DossierState, event: Of<E, T> & Known) => DossierState }
  /** On the way into the log: what is personal goes to `log.private` (decision 5), fractions become text (decision 6). */
  readonly hide: { readonly [T in E['type']]: (data: Of<E, T>['data']) => EventData }
  /** And back, where that is not the same: after an erasure a whole value is one word. */
  readonly restore: { readonly [T in E['type']]?: (stored: never) => Of<E, T>['data'] }
}

/** Nothing personal in it. */
export const plain = (data: EventData): EventData => data
export const hideText = (text: string | null) => (text === null ? null : personal(text))
/** People name their scans after themselves. */
export const hideName = <F extends FileKept>(file: F) => ({ ...file, name: personal(file.name) })
/** What a citizen wrote of themselves, as a whole: one value to hide, one to erase. */
export const hideAnswers = (form: FormKept) => ({ ...form, answers: personal(form.answers) })
