/** PURE. From hand to hand along the process (domain.md §2.2, row 4→4; processes.md §3), and the notes that officers leave each other. */
import { err, ok } from '#kernel/result.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { ChosenBy, StepKey } from '#modules/process'
import { personal } from '#platform/log/private.ts'
import { unlessMeant, whileHeld } from './consultation.ts'
import { type By, type Destination, heldAt, pass } from './custody.ts'
import { type EventOf, type Known, type Noun, hideText } from './noun.ts'
import type { DossierState } from './state.ts'
import { destination, holderAgain, stepAfter, stepsBefore, staying } from './step-clock.ts'
import { whileProposed } from './supplement.ts'

type Note = { readonly n: number; readonly at: Instant; readonly by: By; readonly text: string }
export type StepsState = { readonly approvedBy: By | null; readonly notes: readonly Note[] }
export const NO_STEPS = { approvedBy: null, notes: [] } as const satisfies StepsState

export type StepsAct =
  /** `rule`: what chose, where it was no person. */
  | { readonly action: 'assign'; readonly postId: Uuid; readonly note: string | null; readonly rule?: ChosenBy }
  | { readonly action: 'take' }
  /** `despiteOpen`: whoever forwards knows that units have not answered yet. */
  | { readonly action: 'forward'; readonly note: string | null; readonly despiteOpen?: boolean }
  | { readonly action: 'send-back'; readonly to: StepKey; readonly reason: string }
  | { readonly action: 'approve'; readonly note: string | null }
  | { readonly action: 'note'; readonly text: string }

type Passed = { readonly to: Destination; readonly note: string | null }
export type StepsEvent =
  | EventOf<'dossier.forwarded' | 'dossier.taken' | 'dossier.approved', Passed>
  | EventOf<'dossier.assigned', Passed & { readonly rule?: ChosenBy }>
  | EventOf<'dossier.sent-back', { readonly to: Destination; readonly reason: string }>
  | EventOf<'dossier.noted', { readonly text: string }>

export type StepsRefused =
  | { readonly code: 'no-way-back'; readonly possible: readonly StepKey[] }
  | { readonly code: 'assignee-not-in-unit'; readonly unitId: Uuid }
  | { readonly code: 'already-assigned'; readonly postId: Uuid }

const TO_HANDLE = (): readonly StepKey[] => ['HANDLE']

const passed = (as: string) => (state: DossierState, event: { readonly data: Passed } & Known): DossierState => ({
  ...state, status: 'processing', custody: pass(state.custody, event, as, event.data.to, event.data.note),
})
const hidePassed = ({ to, note }: Passed) => ({ to, note: hideText(note) })

export const steps: Noun<StepsAct, StepsEvent> = {
  rules: {
    assign: { by: ['dossier.assign'], at: ['ASSIGN', 'HANDLE'], targets: TO_HANDLE },
    take: { by: ['dossier.examine'], at: ['HANDLE'], hands: 'free', targets: TO_HANDLE },
    forward: { by: ['step'], at: ['RECEIVE', 'HANDLE', 'REVIEW'], hands: 'own', targets: stepAfter, bringsBack: (held) => held?.step === 'RECEIVE', spent: (state, _, now) => whileProposed(state) ?? whileHeld(state, now) },
    'send-back': { by: ['step'], at: ['ASSIGN', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK'], hands: 'own', targets: stepsBefore, bringsBack: () => true, spent: whileProposed },
    approve: { by: ['dossier.approve'], at: ['SIGN'], targets: stepAfter },
    note: { by: ['concerned'], at: 'anywhere' },
  },
  decide: {
    assign: (state, { postId, note, rule }, facts) => {
      const held = heldAt(state)
      if (!(facts.assignable ?? []).includes(postId)) return err({ code: 'assignee-not-in-unit', unitId: state.divisionId })
      if (held?.postId === postId) return err({ code: 'already-assigned', postId })
      return ok([{ type: 'dossier.assigned', data: { to: staying(held, destination(state, 'HANDLE', postId, facts)), note, ...(rule !== undefined && { rule }) } }])
    },
    take: (state, _, facts, { post }) => ok([{ type: 'dossier.taken', data: { to: staying(heldAt(state), destination(state, 'HANDLE', post?.postId ?? null, facts)), note: null } }]),
    forward: (state, { note, despiteOpen = false }, facts, { targets: [ahead] }) => {
      const unmeant = unlessMeant(state, facts.now, despiteOpen)
      return unmeant === undefined ? ok([{ type: 'dossier.forwarded', data: { to: destination(state, ahead!, holderAgain(state, ahead!, facts), facts), note } }]) : err(unmeant)
    },
    'send-back': (state, { to, reason }, facts, { targets }) =>
      targets.includes(to) ? ok([{ type: 'dossier.sent-back', data: { to: destination(state, to, holderAgain(state, to, facts), facts), reason } }]) : err({ code: 'no-way-back', possible: targets }),
    approve: (state, { note }, facts, { targets: [ahead] }) => ok([{ type: 'dossier.approved', data: { to: destination(state, ahead!, null, facts), note } }]),
    note: (_, { text }) => ok([{ type: 'dossier.noted', data: { text } }]),
  },
  evolve: {
    'dossier.assigned': passed('assign'),
    'dossier.taken': passed('take'),
    'dossier.forwarded': passed('forward'),
    'dossier.sent-back': (state, event) => ({ ...state, approvedBy: null, custody: pass(state.custody, event, 'send-back', event.data.to, event.data.reason) }),
    'dossier.approved': (state, event) => ({ ...state, approvedBy: event.by, custody: pass(state.custody, event, 'approve', event.data.to, event.data.note) }),
    'dossier.noted': (state, event) => ({ ...state, notes: [...state.notes, { n: state.notes.length + 1, at: event.at, by: event.by, text: event.data.text }] }),
  },
  hide: {
    'dossier.assigned': ({ rule, ...passed }) => ({ ...hidePassed(passed), ...(rule !== undefined && { rule }) }),
    'dossier.taken': hidePassed,
    'dossier.forwarded': hidePassed,
    'dossier.approved': hidePassed,
    'dossier.sent-back': ({ to, reason }) => ({ to, reason: personal(reason) }),
    'dossier.noted': ({ text }) => ({ text: personal(text) }),
  },
  restore: {},
}
