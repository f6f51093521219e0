/**
 * PURE. Who may do what to a dossier now, and what comes of it (domain.md §2.2, processes.md §3). One rule serves both sides:
 * `availableActions` shows the button, `decide` refuses the request, and both ask `verdict`. Being late is no reason for a refusal anywhere.
 */
import { type Permission, can, postFor } from '#modules/access'
import { type WorkingCalendar, addWorkingMinutes } from '#modules/calendar'
import type { StepKey } from '#modules/process'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import {
  type Accepted, type Completed, type CompletionRequest, type Custody, type CustodyStep, type Destination, type DossierEvent, type DossierState, type FileKept,
  type IntakeRefusal, type KeptStep, type Recipient, type ResultDraft, type ResultKind, heldAt,
} from './state.ts'
import { ACTIONS, type Action, type Status, statesFor } from './status.ts'

/** What is asked for. Texts arrive tidied, the file stored. */
export type Act =
  /** With what the clock and the process make of it: `decideAcceptance`. */
  | { readonly action: 'accept'; readonly accepted: Accepted }
  | ({ readonly action: 'request-completion' } & Pick<CompletionRequest, 'items' | 'reason' | 'until'>)
  | ({ readonly action: 'complete' } & Omit<Completed, 'to'>)
  | ({ readonly action: 'refuse' } & Pick<IntakeRefusal, 'ground' | 'reason' | 'legalBasis'>)
  | ({ readonly action: 'draft' } & Pick<ResultDraft, 'kind' | 'title' | 'template' | 'fields' | 'file'>)
  | { readonly action: 'number'; readonly number: string; readonly issuedOn: PlainDate }
  | { readonly action: 'assign'; readonly postId: Uuid; readonly note: string | null }
  | { readonly action: 'take' }
  | { readonly action: 'forward'; readonly note: string | null }
  | { readonly action: 'send-back'; readonly to: StepKey; readonly reason: string }
  | { readonly action: 'approve'; readonly note: string | null }
  | { readonly action: 'issue'; readonly kind: ResultKind; readonly title: string; readonly number: string; readonly issuedOn: PlainDate; readonly file: FileKept | null; readonly template: ResultDraft['template']; readonly fields: ResultDraft['fields'] }
  | { readonly action: 'return'; readonly recipient: Recipient }
  | { readonly action: 'note'; readonly text: string }

export type Refusal =
  | { readonly code: 'not-permitted'; readonly permission: Permission }
  | { readonly code: 'wrong-status'; readonly status: Status }
  | { readonly code: 'wrong-step'; readonly step: CustodyStep }
  /** Only who applied, or filed for them, answers a request to complete. */
  | { readonly code: 'not-applicant' }
  /** Everything that is missing is asked for at once (NĐ 309/2026 Art 8). */
  | { readonly code: 'completion-asked-before'; readonly at: Instant }
  | { readonly code: 'until-in-past'; readonly until: PlainDate }
  | { readonly code: 'numbered-already'; readonly number: string }
  | { readonly code: 'numbered-otherwise'; readonly number: string; readonly issuedOn: PlainDate }
  /** Another post has it. */
  | { readonly code: 'held-by-other'; readonly postId: Uuid }
  /** Nobody has taken it yet: take it, or let it be assigned. */
  | { readonly code: 'not-taken' }
  | { readonly code: 'no-way-back'; readonly possible: readonly StepKey[] }
  | { readonly code: 'assignee-not-in-unit'; readonly unitId: Uuid }
  | { readonly code: 'already-assigned'; readonly postId: Uuid }
  | { readonly code: 'issued-in-future'; readonly issuedOn: PlainDate }
  | { readonly code: 'issued-before-received'; readonly receivedOn: PlainDate }
  /** An account can only receive a file. */
  | { readonly code: 'result-without-file' }
  | { readonly code: 'applicant-without-account' }

/** A button: `targets` = the steps to which it can go (send-back: several). */
export type AvailableAction = { readonly action: Action; readonly targets: readonly StepKey[]; readonly postId: Uuid | null }

export type Facts = {
  readonly now: Instant
  readonly actor: Actor
  /** Of the agency: the clocks of the steps run by it. */
  readonly calendar: WorkingCalendar
  /** Posts of the division that may be given a dossier today. Only `assign` needs them. */
  readonly assignable?: readonly Uuid[]
}

type Verdict = { readonly post: HeldPost | undefined; readonly targets: readonly StepKey[] }

export const availableActions = (state: DossierState, actor: Actor): readonly AvailableAction[] =>
  ACTIONS.flatMap((action) => {
    const found = verdict(state, actor, action)
    return found.ok ? [{ action, targets: found.value.targets, postId: found.value.post?.postId ?? null }] : []
  })

/** At which step an action belongs. `forward` and `send-back` go by `MAY_FORWARD` and what lies before. */
const STEP_OF: Partial<Record<Action, readonly CustodyStep[]>> = {
  accept: ['INTAKE', 'COMPLETION'],
  'request-completion': ['INTAKE'],
  refuse: ['INTAKE', 'COMPLETION'],
  complete: ['COMPLETION'],
  assign: ['ASSIGN', 'HANDLE'],
  take: ['HANDLE'],
  draft: ['HANDLE', 'REVIEW', 'SIGN'],
  forward: ['RECEIVE', 'HANDLE', 'REVIEW'],
  'send-back': ['ASSIGN', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK'],
  approve: ['SIGN'],
  number: ['CLERK'],
  issue: ['CLERK'],
  return: ['RETURN'],
}
/** These stay where they are, or go where only their own rule says. */
const WITHOUT_TARGET: ReadonlySet<Action> = new Set<Action>(['accept', 'request-completion', 'refuse', 'complete', 'draft', 'number', 'note'])

const PERMISSION_AT: Record<CustodyStep, Permission> = {
  INTAKE: 'dossier.receive',
  COMPLETION: 'dossier.receive',
  RECEIVE: 'dossier.receive',
  ASSIGN: 'dossier.assign',
  HANDLE: 'dossier.examine',
  REVIEW: 'dossier.review',
  SIGN: 'dossier.approve',
  CLERK: 'dossier.issue',
  RETURN: 'dossier.return',
}

const FIXED: Partial<Record<Action, Permission>> = {
  accept: 'dossier.receive',
  'request-completion': 'dossier.receive',
  refuse: 'dossier.receive',
  assign: 'dossier.assign',
  take: 'dossier.examine',
  approve: 'dossier.approve',
  number: 'dossier.issue',
  issue: 'dossier.issue',
  return: 'dossier.return',
  note: 'dossier.read',
}

/** The rule. In this order: may this actor ever do it here, does the state allow it, is it at that step, is it in these hands. */
const verdict = (state: DossierState, actor: Actor, action: Action): Result<Verdict, Refusal> => {
  const held = heldAt(state)
  const allowed = action === 'complete' ? byApplicant(state, actor) : byPost(state, actor, action, held)
  if (!allowed.ok) return allowed
  const post = allowed.value
  if (!statesFor(action).includes(state.status)) return err({ code: 'wrong-status', status: state.status })
  if (action === 'note') return ok({ post, targets: [] })
  if (held === undefined || STEP_OF[action]?.includes(held.step) !== true) return err({ code: 'wrong-step', step: held?.step ?? 'RETURN' })
  const hands = handsOf(actor, action, held)
  if (hands !== undefined) return err(hands)
  const spent = spentAlready(state, action)
  if (spent !== undefined) return err(spent)
  if (WITHOUT_TARGET.has(action)) return ok({ post, targets: [] })
  const targets = targetsOf(state, action, held)
  return targets.length === 0 ? err({ code: 'no-way-back', possible: [] }) : ok({ post, targets })
}

const byPost = (state: DossierState, actor: Actor, action: Action, held: Custody | undefined): Result<HeldPost | undefined, Refusal> => {
  const permission = FIXED[action] ?? PERMISSION_AT[held?.step ?? 'RETURN']
  const post = postIn(state, actor, permission, action, held)
  return post === undefined && actor.kind !== 'system' ? err({ code: 'not-permitted', permission }) : ok(post)
}

/** Whoever applied, or filed for the applicant: in their own name, with no post. */
export const isApplicant = (state: Pick<DossierState, 'applicantId' | 'submitterId'>, actor: Actor): boolean =>
  actor.kind === 'person' && (actor.personId === state.applicantId || actor.personId === state.submitterId)

const byApplicant = (state: DossierState, actor: Actor): Result<undefined, Refusal> => (isApplicant(state, actor) ? ok(undefined) : err({ code: 'not-applicant' }))

/** What is done once only. */
const spentAlready = (state: DossierState, action: Action): Refusal | undefined => {
  const asked = state.completionRequests[0]
  if (action === 'request-completion' && asked !== undefined) return { code: 'completion-asked-before', at: asked.at }
  return action === 'number' && state.numbered !== null ? { code: 'numbered-already', number: state.numbered.number } : undefined
}

/** The post by which the actor may do this to this dossier: in the step's unit, or anywhere concerned for a note. */
const postIn = (state: DossierState, actor: Actor, permission: Permission, action: Action, held: Custody | undefined): HeldPost | undefined => {
  if (action === 'note') return postConcerned(state, actor)
  // Whoever it was given to acts in that very post, even when the person holds several in the unit.
  const given = actor.kind === 'person' ? actor.posts.find((p) => p.postId === held?.postId && can({ ...actor, posts: [p] }, permission)) : undefined
  return given ?? postFor(actor, permission, scopeOf(state, permission))
}

/** Desk, division or agency that is concerned with this dossier and may read it. */
export const postConcerned = (state: Pick<DossierState, 'deskId' | 'divisionId' | 'agencyId'>, actor: Actor): HeldPost | undefined =>
  postFor(actor, 'dossier.read', { unitId: state.deskId }) ??
  postFor(actor, 'dossier.read', { unitId: state.divisionId }) ??
  // The leadership and the clerk sit in the agency itself; other divisions of it are not concerned.
  postFor(actor, 'dossier.approve', { agencyId: state.agencyId }) ??
  postFor(actor, 'dossier.issue', { agencyId: state.agencyId })

const scopeOf = (state: DossierState, permission: Permission): { unitId: Uuid } | { agencyId: Uuid } => {
  switch (permission) {
    case 'dossier.approve':
    case 'dossier.issue':
      return { agencyId: state.agencyId }
    case 'dossier.receive':
    case 'dossier.return':
      return { unitId: state.deskId }
    default:
      return { unitId: state.divisionId }
  }
}

/** Undefined: in the right hands. */
const handsOf = (actor: Actor, action: Action, held: Custody): Refusal | undefined => {
  if (held.step !== 'HANDLE' || actor.kind === 'system') return undefined
  const mine = actor.kind === 'person' && held.postId !== null && actor.posts.some((p) => p.postId === held.postId)
  switch (action) {
    case 'take':
      return held.postId === null ? undefined : { code: 'held-by-other', postId: held.postId }
    case 'draft':
    case 'forward':
    case 'send-back':
      if (held.postId === null) return { code: 'not-taken' }
      return mine ? undefined : { code: 'held-by-other', postId: held.postId }
    default:
      return undefined
  }
}

const targetsOf = (state: DossierState, action: Action, held: Custody): readonly StepKey[] => {
  const here = state.steps.findIndex((s) => s.key === held.step)
  switch (action) {
    case 'assign':
    case 'take':
      return ['HANDLE']
    case 'send-back':
      return state.steps.slice(0, here).map((s) => s.key)
    case 'forward':
    case 'approve':
    case 'issue':
      return state.steps.slice(here + 1, here + 2).map((s) => s.key)
    case 'return':
      return ['RETURN']
    default:
      return []
  }
}

/** What happens if `act` is done now. Facts name what cannot be read off the state. */
export const decide = (state: DossierState, act: Act, facts: Facts): Result<readonly DossierEvent[], Refusal> => {
  const found = verdict(state, facts.actor, act.action)
  if (!found.ok) return found
  const next = (key: StepKey, postId: Uuid | null): Destination => destination(state, key, postId, facts)
  const [ahead] = found.value.targets
  switch (act.action) {
    case 'accept':
      return ok([{ type: 'dossier.accepted', data: act.accepted }])
    case 'request-completion':
      if (act.until !== null && act.until < dateOf(facts.now)) return err({ code: 'until-in-past', until: act.until })
      return ok([{ type: 'dossier.completion-requested', data: { items: act.items, reason: act.reason, until: act.until, to: { step: 'COMPLETION', unitId: state.deskId, postId: null, dueAt: null } } }])
    case 'complete': {
      const { action: _, ...completed } = act
      return ok([{ type: 'dossier.completed', data: { ...completed, to: { step: 'INTAKE', unitId: state.deskId, postId: null, dueAt: intakeDueAt(facts) } } }])
    }
    case 'refuse':
      return ok([{ type: 'dossier.refused', data: { ground: act.ground, reason: act.reason, legalBasis: act.legalBasis } }])
    case 'draft': {
      const { action: _, ...draft } = act
      return ok([{ type: 'dossier.result-drafted', data: draft }])
    }
    case 'number': {
      const wrong = wrongDate(state, act.issuedOn, facts)
      return wrong === undefined ? ok([{ type: 'dossier.numbered', data: { number: act.number, issuedOn: act.issuedOn } }]) : err(wrong)
    }
    case 'assign': {
      const held = heldAt(state)
      if (!(facts.assignable ?? []).includes(act.postId)) return err({ code: 'assignee-not-in-unit', unitId: state.divisionId })
      if (held?.postId === act.postId) return err({ code: 'already-assigned', postId: act.postId })
      return ok([{ type: 'dossier.assigned', data: { to: staying(held, next('HANDLE', act.postId)), note: act.note } }])
    }
    case 'take':
      return ok([{ type: 'dossier.taken', data: { to: staying(heldAt(state), next('HANDLE', found.value.post?.postId ?? null)), note: null } }])
    case 'forward':
      return ok([{ type: 'dossier.forwarded', data: { to: next(ahead!, lastHolder(state, ahead!)), note: act.note } }])
    case 'send-back':
      if (!found.value.targets.includes(act.to)) return err({ code: 'no-way-back', possible: found.value.targets })
      return ok([{ type: 'dossier.sent-back', data: { to: next(act.to, lastHolder(state, act.to)), reason: act.reason } }])
    case 'approve':
      return ok([{ type: 'dossier.approved', data: { to: next(ahead!, null), note: act.note } }])
    case 'issue': {
      const { action: _, ...result } = act
      const wrong = wrongDate(state, act.issuedOn, facts)
      if (wrong !== undefined) return err(wrong)
      const { numbered } = state
      if (numbered !== null && (numbered.number !== act.number || numbered.issuedOn !== act.issuedOn)) {
        return err({ code: 'numbered-otherwise', number: numbered.number, issuedOn: numbered.issuedOn })
      }
      return ok([{ type: 'dossier.result-issued', data: { ...result, to: next(ahead!, null) } }])
    }
    case 'return':
      if (act.recipient.kind === 'electronic' && (state.results.at(-1)?.file ?? null) === null) return err({ code: 'result-without-file' })
      return ok([{ type: 'dossier.result-returned', data: { recipient: act.recipient } }])
    case 'note':
      return ok([{ type: 'dossier.noted', data: { text: act.text } }])
  }
}

const wrongDate = (state: DossierState, issuedOn: PlainDate, facts: Facts): Refusal | undefined => {
  if (issuedOn > dateOf(facts.now)) return { code: 'issued-in-future', issuedOn }
  const receivedOn = dateOf(state.receivedAt ?? facts.now)
  return issuedOn < receivedOn ? { code: 'issued-before-received', receivedOn } : undefined
}

/** The desk answers a submission within 8 working hours (domain.md §2.1), counted as C8 counts. */
const INTAKE_MINUTES = 480
export const intakeDueAt = (facts: Pick<Facts, 'now' | 'calendar'>): Instant => addWorkingMinutes(facts.calendar, facts.now, INTAKE_MINUTES)

/** Changing hands within a step does not give it new time. */
const staying = (held: Custody | undefined, to: Destination): Destination => (held?.step === to.step ? { ...to, dueAt: held.dueAt } : to)

/** Who had this step before gets it again; nobody for a step that was never reached. */
const lastHolder = (state: DossierState, key: StepKey): Uuid | null => state.custody.findLast((c) => c.step === key)?.postId ?? null

/** The step's own clock, never beyond the dossier's due date; the return of the result has none (processes.md §2, "Không tính thời gian"). */
const destination = (state: DossierState, key: StepKey, postId: Uuid | null, facts: Facts): Destination => {
  const step = stepOf(state, key)
  return { step: key, unitId: step.unitId, postId, dueAt: stepDueAt(step, state.dueAt, facts) }
}

export const stepDueAt = (step: Pick<KeptStep, 'minutes' | 'untimed'>, dueAt: Instant | null, facts: Pick<Facts, 'now' | 'calendar'>): Instant | null => {
  if (step.untimed) return null
  const own = addWorkingMinutes(facts.calendar, facts.now, step.minutes)
  return dueAt === null || own < dueAt ? own : dueAt
}

const stepOf = (state: DossierState, key: StepKey): KeptStep => {
  const step = state.steps.find((s) => s.key === key)
  if (step === undefined) throw new RangeError(`the process has no step ${key}`)
  return step
}
