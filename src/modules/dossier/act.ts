/** What all acts on an existing dossier share: load for update, ask the rule, append, write what changed. */
import { z } from 'zod'
import { Forbidden, Stale } from '#kernel/errors.ts'
import type { Json } from '#kernel/digest.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { type Permission, authorise, authoriseAccount } from '#modules/access'
import { getWorkingCalendar } from '#modules/calendar'
import type { UploadGone } from '#modules/documents'
import { listStaff } from '#modules/organisation'
import type { AssignmentSetting } from '#modules/process'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { type Head, appendTo } from '#platform/log/append.ts'
import { type Written, heeded, onceRead } from '#platform/request.ts'
import { ASSIGNER, assignmentByRule, isExaminerGone, mayComeBack, waitsForOfficer } from './assignment/assign-by-rule.ts'
import { type Locked, lockForAct, saveChanges } from './dossier-store.ts'
import { isApplicant } from './lifecycle/applicant.ts'
import { postAsked } from './lifecycle/consultation.ts'
import { type Act, type Refusal, availableActions, decide, postConcerned } from './lifecycle/lifecycle.ts'
import { byOf, toLogged } from './lifecycle/logged.ts'
import { rowsOf } from './lifecycle/rows.ts'
import { heldAt } from './lifecycle/custody.ts'
import { competentAfter } from './lifecycle/law-correction.ts'
import type { Facts } from './lifecycle/noun.ts'
import { type DossierState, type Happened, evolve } from './lifecycle/state.ts'
import type { Status } from './lifecycle/status.ts'
import { granted, orRefused } from '#platform/refused.ts'

/** What every act names: which dossier, as the page saw it, and the key of the form. */
export const ActOn = z.object({
  submissionKey: z.string().refine(isUuid),
  dossierId: z.string().refine(isUuid),
  /** `version` of the view; someone was faster → `Stale`. */
  version: z.int().min(1),
})
export type ActOn = z.infer<typeof ActOn>
/** Of an act that fits wherever the dossier is meanwhile. */
type ActOnAny = Omit<ActOn, 'version'> & { readonly version?: number }

export const Line = (max: number) => z.string().transform(tidy).pipe(z.string().min(1).max(max))
/** Several lines: blanks at the ends go, line breaks stay. */
export const Text = (max: number) => z.string().transform((t) => t.normalize('NFC').trim()).pipe(z.string().min(1).max(max))
export const optionalText = (max: number) => z.string().transform((t) => t.normalize('NFC').trim()).pipe(z.string().max(max)).optional()

export type Acted = { readonly id: Uuid; readonly version: number; readonly status: Status; readonly step: string | null }

/** What is not permitted here is the rule's answer too, but it leaves as an exception. */
export type ActRefusal =
  | Exclude<Refusal, { code: 'not-permitted' }>
  | UploadGone
  /** The rule of the unit finds nobody who is there. */
  | { readonly code: 'nobody-to-assign' }
  /** The letter that waited was sent, or what it was about has changed since. */
  | { readonly code: 'no-apology-draft' }
  /** What a paper by a template needs: it is one that we have, for this outcome, and filled in. */
  /** Others took number after number of the series while the paper was drawn. */
  | { readonly code: 'number-busy' }
  | { readonly code: 'template-unknown'; readonly template: string }
  | { readonly code: 'other-kind'; readonly template: string }
  | { readonly code: 'fields-missing'; readonly labels: readonly string[] }
  /** A unit that is asked does not exist today. */
  | { readonly code: 'consulted-unit-unknown'; readonly unitId: Uuid }

/** Of whoever applied, with the account that they applied with. */
type OwnRight = 'dossier.complete' | 'dossier.collect' | 'dossier.supplement' | 'dossier.withdraw'
type Right = Permission | OwnRight
const OWN: ReadonlySet<string> = new Set<OwnRight>(['dossier.complete', 'dossier.collect', 'dossier.supplement', 'dossier.withdraw'])
const isOwn = (right: Right): right is OwnRight => OWN.has(right)

/**
 * `prepare` makes the act out of the input, inside the transaction: to claim a file, say. `alike`: what makes the same form sent again the same, where
 * that is not the input word for word.
 * @throws Forbidden where the actor is not concerned · NotFound · Stale when the dossier moved on since the page was shown
 */
export const act = async <I extends ActOnAny, R extends { readonly code: string } = never>(
  ctx: Ctx,
  right: Right,
  input: I,
  prepare: (ctx: Ctx, input: I, state: DossierState, assignment: AssignmentSetting) => Promise<Act>,
  alike: object = {},
): Promise<Result<Acted, ActRefusal | R>> => {
  if (isOwn(right)) authoriseAccount(ctx)
  else authorise(ctx, right, { forSome: true })
  const { submissionKey, ...content } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      onceRead(
        ctx,
        { command: right, key: submissionKey, input: plain({ ...content, ...alike }) },
        () => lockForAct(ctx, input.dossierId),
        async (locked) => {
          concern(ctx, locked.state, right)
          return applyAct(ctx, locked, input.version, () => prepare(ctx, input, locked.state, locked.assignment))
        },
      ),
    ),
  )
}

/** Members left out, instead of undefined. */
const plain = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json

/** Not to tell an outsider how things stand, nor to let them claim a file: permission comes first. @throws Forbidden */
const concern = (ctx: Ctx, state: DossierState, right: Right): void => {
  const concerned = isOwn(right) ? isApplicant(state, ctx.actor) : isOffice(state, ctx.actor, right) || ctx.actor.kind === 'system'
  if (!concerned) throw new Forbidden(isOwn(right) ? 'own' : 'dossier.read')
}

/** A unit that was asked for its opinion may give it, and nothing else. */
const isOffice = (state: DossierState, actor: Actor, right: Permission): boolean => (right === 'dossier.advise' ? postAsked(state, actor) : postConcerned(state, actor)) !== undefined

const applyAct = async (ctx: Ctx, { state, head, assignment }: Locked & { readonly assignment: AssignmentSetting }, version: number | undefined, prepare: () => Promise<Act>): Promise<Written<Acted>> => {
  if (version !== undefined && version !== state.version) throw new Stale(`dossier ${state.id}`)
  const wanted = await prepare()
  const calendar = await getWorkingCalendar(ctx, competentAfter(state, wanted))
  const first = told(ctx, state, head, wanted, {
    now: ctx.now,
    actor: ctx.actor,
    calendar,
    ...(wanted.action === 'assign' && { assignable: await assignablePosts(ctx, state) }),
    ...(mayComeBack(state, wanted) && { examinerGone: await isExaminerGone(ctx, state) }),
  })
  const byRule = waitsForOfficer(state, first.next) ? await assignmentByRule(ctx, first.next, assignment) : undefined
  // An act of its own, in the name of the program: nobody of the desk chose that officer.
  const second = byRule === undefined ? undefined : told({ ...ctx, actor: ASSIGNER }, first.next, first.head, byRule, { now: ctx.now, actor: ASSIGNER, calendar, assignable: [byRule.postId] })
  const { next } = second ?? first
  const answer = { id: next.id, version: next.version, status: next.status, step: heldAt(next)?.step ?? null }
  return { answer, written: [first.written, ...(second === undefined ? [] : [second.written]), heeded(saveChanges(ctx, rowsOf(state), rowsOf(next)))] }
}

type Told = { readonly next: DossierState; readonly head: Head; readonly written: Promise<unknown> }

/** Decides and appends, which is under way then; the rows are not written yet. */
const told = (ctx: Ctx, state: DossierState, head: Head, wanted: Act, facts: Facts): Told => {
  const decided = decide(state, wanted, facts)
  if (!decided.ok && decided.error.code === 'not-permitted') throw new Forbidden(decided.error.permission)
  const events = granted(decided)
  const postId = availableActions(state, ctx.actor, ctx.now).find((a) => a.action === wanted.action)?.postId ?? undefined
  const { stored, written } = appendTo(ctx, head, 'dossier', state.id, events.map(toLogged), postId === undefined ? {} : { postId })
  const next = events.map((event, i): Happened => ({ ...event, seq: stored[i]!.seq, at: stored[i]!.at, by: byOf(stored[i]!.by) })).reduce(evolve, state)
  const { kind, seq, hash, at } = stored.at(-1) ?? head
  return { next, head: { kind, seq, hash, at }, written: heeded(written) }
}

/** Posts of the division that examine, held by somebody today. */
const assignablePosts = async (ctx: Ctx, state: DossierState): Promise<readonly Uuid[]> =>
  (await listStaff(ctx, { unitId: state.divisionId, roles: ['case-officer', 'unit-leader'], on: dateOf(ctx.now) })).map((s) => s.postId)
