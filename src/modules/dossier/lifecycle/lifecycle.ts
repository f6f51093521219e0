/**
 * PURE. Who may do what to a dossier now, and what comes of it (domain.md §2.2, processes.md §3). One rule serves both sides:
 * `availableActions` shows the button, `decide` refuses the request, and both ask `verdict`. Being late is no reason for a refusal anywhere.
 * What is particular to an action stands with its noun (`noun.ts`).
 */
import { type Permission, type Scope, can, postFor } from '#modules/access'
import type { StepKey } from '#modules/process'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import { isApplicant } from './applicant.ts'
import { postAsked } from './consultation.ts'
import { type Custody, type CustodyStep, heldAt } from './custody.ts'
import type { ActionRule, Facts, Verdict } from './noun.ts'
import { type NounAct, type NounRefused, decideBy, ruleOf } from './nouns.ts'
import type { DossierEvent, DossierState } from './state.ts'
import { ACTIONS, type Action, type Status, statesFor } from './status.ts'

/** What is asked for. Texts arrive tidied, the file stored. */
export type Act = NounAct

export type Refusal =
  | { readonly code: 'not-permitted'; readonly permission: Permission }
  | { readonly code: 'wrong-status'; readonly status: Status }
  | { readonly code: 'wrong-step'; readonly step: CustodyStep }
  /** Only who applied, or filed for them, answers what was asked of them. */
  | { readonly code: 'not-applicant' }
  /** What the program does by itself when a limit has passed; nobody asks for it. */
  | { readonly code: 'only-by-itself' }
  /** Another post has it. */
  | { readonly code: 'held-by-other'; readonly postId: Uuid }
  /** Nobody has taken it yet: take it, or let it be assigned. */
  | { readonly code: 'not-taken' }
  | NounRefused

/** A button: `targets` = the steps to which it can go (send-back: several). */
export type AvailableAction = { readonly action: Action; readonly targets: readonly StepKey[]; readonly postId: Uuid | null }

/** @param now some doors close by themselves: no new date once the old one has passed */
export const availableActions = (state: DossierState, actor: Actor, now: Instant): readonly AvailableAction[] =>
  ACTIONS.flatMap((action) => {
    const found = verdict(state, actor, action, now)
    return found.ok ? [{ action, targets: found.value.targets, postId: found.value.post?.postId ?? null }] : []
  })

/** What happens if `act` is done now. Facts name what cannot be read off the state. */
export const decide = (state: DossierState, act: Act, facts: Facts): Result<readonly DossierEvent[], Refusal> => {
  const found = verdict(state, facts.actor, act.action, facts.now)
  return found.ok ? decideBy(state, act, facts, found.value) : found
}

const PERMISSION_AT: Record<CustodyStep, Permission> = {
  INTAKE: 'dossier.receive',
  COMPLETION: 'dossier.receive',
  SUPPLEMENT: 'dossier.receive',
  PAYMENT: 'dossier.receive',
  HALT: 'dossier.approve',
  CLOSED: 'dossier.approve',
  RECEIVE: 'dossier.receive',
  ASSIGN: 'dossier.assign',
  HANDLE: 'dossier.examine',
  REVIEW: 'dossier.review',
  SIGN: 'dossier.approve',
  CLERK: 'dossier.issue',
  RETURN: 'dossier.return',
}

/** The rule. In this order: may this actor ever do it here, does the state allow it, is it at that step, is it in these hands. */
const verdict = (state: DossierState, actor: Actor, action: Action, now: Instant): Result<Verdict, Refusal> => {
  const rule = ruleOf(action)
  const held = heldAt(state)
  const allowed = allowedBy(state, actor, rule, held)
  if (!allowed.ok) return allowed
  const post = allowed.value
  if (!statesFor(action).includes(state.status)) return err({ code: 'wrong-status', status: state.status })
  if (rule.at === 'anywhere') {
    const spent = rule.spent?.(state, actor, now)
    return spent === undefined ? ok({ post, targets: [] }) : err(spent)
  }
  if (held === undefined || !rule.at.includes(held.step)) return err({ code: 'wrong-step', step: held?.step ?? 'RETURN' })
  const wrong = handsOf(state, actor, rule, held) ?? rule.spent?.(state, actor, now)
  if (wrong !== undefined) return err(wrong)
  if (rule.targets === undefined) return ok({ post, targets: [] })
  const targets = rule.targets(state, held)
  return targets.length === 0 ? err({ code: 'no-way-back', possible: [] }) : ok({ post, targets })
}

/** The post by which the actor may; none for whoever applied, and for the system. */
const allowedBy = (state: DossierState, actor: Actor, rule: ActionRule, held: Custody | undefined): Result<HeldPost | undefined, Refusal> => {
  if (rule.by.includes('applicant') && isApplicant(state, actor)) return ok(undefined)
  if (actor.kind === 'system' && rule.by.some((who) => who !== 'applicant')) return ok(undefined)
  const wanted = rule.by.flatMap((who) => (who === 'applicant' || who === 'system' ? [] : [who === 'step' ? PERMISSION_AT[held?.step ?? 'RETURN'] : who]))
  for (const right of wanted) {
    const post = right === 'concerned' ? postConcerned(state, actor) : right === 'consulted' ? postAsked(state, actor) : postIn(state, actor, right, held)
    if (post !== undefined) return ok(post)
  }
  const [first] = wanted
  if (first !== undefined) return err({ code: 'not-permitted', permission: first === 'concerned' ? 'dossier.read' : first === 'consulted' ? 'dossier.advise' : first })
  return err({ code: rule.by.includes('applicant') ? 'not-applicant' : 'only-by-itself' })
}

/** The post by which the actor may do this to this dossier, in the step's unit. */
const postIn = (state: DossierState, actor: Actor, permission: Permission, held: Custody | undefined): HeldPost | undefined => {
  // Whoever it was given to acts in that very post, even when the person holds several in the unit.
  const given = actor.kind === 'person' ? actor.posts.find((p) => p.postId === held?.postId && can({ ...actor, posts: [p] }, permission, { procedureCode: state.procedureCode })) : undefined
  return given ?? postFor(actor, permission, scopeOf(state, permission))
}

/** Desk, division or agency that is concerned with this dossier and may read it. */
export const postConcerned = ({ deskId, divisionId, agencyId, procedureCode }: Pick<DossierState, 'deskId' | 'divisionId' | 'agencyId' | 'procedureCode'>, actor: Actor): HeldPost | undefined =>
  postFor(actor, 'dossier.read', { unitId: deskId, procedureCode }) ??
  postFor(actor, 'dossier.read', { unitId: divisionId, procedureCode }) ??
  // The leadership and the clerk sit in the agency itself; other divisions of it are not concerned.
  postFor(actor, 'dossier.approve', { agencyId, procedureCode }) ??
  postFor(actor, 'dossier.issue', { agencyId, procedureCode })

const scopeOf = ({ deskId, divisionId, agencyId, procedureCode }: DossierState, permission: Permission): Scope => {
  switch (permission) {
    case 'dossier.approve':
    case 'dossier.issue':
      return { agencyId, procedureCode }
    case 'dossier.receive':
    case 'dossier.return':
      return { unitId: deskId, procedureCode }
    default:
      return { unitId: divisionId, procedureCode }
  }
}

/** Undefined: in the right hands. */
const handsOf = (state: DossierState, actor: Actor, { hands }: ActionRule, held: Custody): Refusal | undefined => {
  if (hands === undefined || held.step !== 'HANDLE' || actor.kind === 'system') return undefined
  if (held.postId === null) return hands === 'free' ? undefined : { code: 'not-taken' }
  // A post that somebody has by delegation is theirs only as far as its powers go.
  const mine = actor.kind === 'person' && actor.posts.some((p) => p.postId === held.postId && can({ ...actor, posts: [p] }, PERMISSION_AT.HANDLE, { procedureCode: state.procedureCode }))
  return hands === 'own' && mine ? undefined : { code: 'held-by-other', postId: held.postId }
}
