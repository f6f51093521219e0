/** PURE. What happened, as a list to read: from the events, for offices with words and names, for the public without. */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { ChosenBy } from '#modules/process'
import type { By, CustodyStep } from './lifecycle/custody.ts'
import type { Happened } from './lifecycle/state.ts'
import type { Action } from './lifecycle/status.ts'
import { type Changed, changesOf } from './correction/changes.ts'
import type { Corrected } from './lifecycle/correction.ts'

export type TimelineEntry = {
  readonly seq: number
  readonly at: Instant
  /** The action, `received` for what a counter took in, or what the system did by itself. */
  readonly what: Action | 'received' | 'submit' | 'apology-draft' | 'mark-late' | 'escalate' | 'remind-consultation' | 'lapse-consultation'
  readonly by: By
  /** Where it went; null where it stayed or ended. */
  readonly to: { readonly step: CustodyStep; readonly unitId: Uuid; readonly postId: Uuid | null; readonly dueAt: Instant | null } | null
  /** Note, reason or number of the result. Never for the public. */
  readonly text: string | null
  /** What chose the officer, where it was no person. */
  readonly rule?: ChosenBy
  /** Old and new of what was put right. Never for the public. */
  readonly changes?: readonly Changed[]
}

/** What the offices do among themselves: nothing for the citizen, nor for the public. */
export const INTERNAL: ReadonlySet<TimelineEntry['what']> = new Set<TimelineEntry['what']>(['note', 'draft', 'number', 'propose-supplement', 'return-supplement', 'apology-draft', 'mark-late', 'escalate', 'link-attempt', 'unlink-attempt', 'remind-consultation', 'recall-consultation', 'record-inspection'])

export const timelineOf = (events: readonly Happened[]): readonly TimelineEntry[] =>
  events.flatMap((event): readonly TimelineEntry[] => {
    const moment = { seq: event.seq, at: event.at, by: event.by }
    switch (event.type) {
      case 'dossier.received':
        return [{ ...moment, what: 'received', to: event.data.to, text: event.data.remark }]
      case 'dossier.submitted':
        return [{ ...moment, what: 'submit', to: event.data.to, text: event.data.remark }]
      case 'dossier.accepted':
        return [{ ...moment, what: 'accept', to: event.data.to, text: null }]
      case 'dossier.completion-requested':
        return [{ ...moment, what: 'request-completion', to: event.data.to, text: [event.data.reason, ...event.data.items].join('\n') }]
      case 'dossier.completed':
        return [{ ...moment, what: 'complete', to: event.data.to, text: event.data.note }]
      case 'dossier.refused':
        return [{ ...moment, what: 'refuse', to: null, text: event.data.reason }]
      case 'dossier.result-drafted':
        return [{ ...moment, what: 'draft', to: null, text: event.data.title }]
      case 'dossier.numbered':
        return [{ ...moment, what: 'number', to: null, text: event.data.number }]
      case 'dossier.code-issued':
      case 'privacy.erased':
        return []
      case 'dossier.forwarded':
        return [{ ...moment, what: 'forward', to: event.data.to, text: event.data.note }]
      case 'dossier.assigned':
        return [{ ...moment, what: 'assign', to: event.data.to, text: event.data.note, ...(event.data.rule !== undefined && { rule: event.data.rule }) }]
      case 'dossier.taken':
        return [{ ...moment, what: 'take', to: event.data.to, text: event.data.note }]
      case 'dossier.approved':
        return [{ ...moment, what: 'approve', to: event.data.to, text: event.data.note }]
      case 'dossier.sent-back':
        return [{ ...moment, what: 'send-back', to: event.data.to, text: event.data.reason }]
      case 'dossier.result-issued':
        return [{ ...moment, what: 'issue', to: event.data.to, text: event.data.number }]
      case 'dossier.result-returned':
        return [{ ...moment, what: 'return', to: null, text: null }]
      case 'dossier.extended':
        return [{ ...moment, what: 'extend', to: null, text: event.data.number }]
      case 'dossier.apologised':
        return [{ ...moment, what: 'apologise', to: null, text: event.data.number }]
      case 'dossier.apology-drafted':
        return [{ ...moment, what: 'apology-draft', to: null, text: null }]
      case 'dossier.marked-late':
        return [{ ...moment, what: 'mark-late', to: null, text: null }]
      case 'dossier.escalated':
        return [{ ...moment, what: 'escalate', to: null, text: event.data.level }]
      case 'dossier.supplement-proposed':
        return [{ ...moment, what: 'propose-supplement', to: null, text: event.data.items.map((i) => `${i.place.title}: ${i.text}`).join('\n') }]
      case 'dossier.supplement-returned':
        return [{ ...moment, what: 'return-supplement', to: null, text: event.data.reason }]
      case 'dossier.supplement-requested':
        return [{ ...moment, what: 'request-supplement', to: event.data.to, text: null }]
      case 'dossier.supplemented':
        return [{ ...moment, what: 'complete-supplement', to: event.data.to, text: event.data.note }]
      case 'dossier.supplement-lapsed':
        return [{ ...moment, what: 'lapse-supplement', to: null, text: null }]
      case 'dossier.payment-requested':
        return [{ ...moment, what: 'request-payment', to: event.data.to, text: event.data.document }]
      case 'dossier.payment-confirmed':
        return [{ ...moment, what: 'confirm-payment', to: event.data.to, text: event.data.evidence }]
      case 'dossier.halted':
        return [{ ...moment, what: 'halt', to: event.data.to, text: event.data.reason }]
      case 'dossier.resumed':
        return [{ ...moment, what: 'resume', to: event.data.to, text: event.data.note }]
      case 'dossier.stopped':
        return [{ ...moment, what: 'stop', to: null, text: event.data.reason }]
      case 'dossier.withdrawn':
        return [{ ...moment, what: 'withdraw', to: null, text: event.data.reason }]
      case 'dossier.attempts-linked':
        return [{ ...moment, what: 'link-attempt', to: null, text: event.data.reason }]
      case 'dossier.attempt-unlinked':
        return [{ ...moment, what: 'unlink-attempt', to: null, text: event.data.reason }]
      case 'dossier.entries-corrected':
        return [{ ...moment, ...putRight('correct-entries', null, { kind: 'entries', ...event.data }, event.data.reason) }]
      case 'dossier.payment-corrected':
        return [{ ...moment, ...putRight('correct-payment', null, { kind: 'payment', ...event.data }, event.data.reason) }]
      case 'dossier.procedure-corrected':
        return [{ ...moment, ...putRight('correct-procedure', event.data.to, { kind: 'procedure', ...event.data }, event.data.reason) }]
      case 'dossier.reception-corrected':
        return [{ ...moment, ...putRight('correct-reception', event.data.to, { kind: 'reception', ...event.data }, event.data.reason) }]
      case 'dossier.result-corrected':
        return [{ ...moment, ...putRight('correct-result', event.data.to, { kind: 'result', ...event.data }, event.data.reason) }]
      case 'dossier.reopened':
        return [{ ...moment, what: 'reopen', to: event.data.to, text: event.data.reason }]
      case 'dossier.consultation-asked':
        return [{ ...moment, what: 'ask-consultation', to: null, text: event.data.question }]
      case 'dossier.consultation-answered':
        return [{ ...moment, what: 'answer-consultation', to: null, text: event.data.text }]
      case 'dossier.consultation-recalled':
        return [{ ...moment, what: 'recall-consultation', to: null, text: event.data.reason }]
      case 'dossier.consultation-reminded':
        return [{ ...moment, what: 'remind-consultation', to: null, text: null }]
      case 'dossier.consultation-lapsed':
        return [{ ...moment, what: 'lapse-consultation', to: null, text: event.data.silence }]
      case 'dossier.inspection-planned':
        return [{ ...moment, what: 'plan-inspection', to: null, text: event.data.place }]
      case 'dossier.inspection-cancelled':
        return [{ ...moment, what: 'cancel-inspection', to: null, text: event.data.reason }]
      case 'dossier.inspection-recorded':
        return [{ ...moment, what: 'record-inspection', to: null, text: event.data.conclusion }]
      case 'dossier.inspection-signed':
        return [{ ...moment, what: 'sign-inspection', to: null, text: null }]
      case 'dossier.noted':
        return [{ ...moment, what: 'note', to: null, text: event.data.text }]
    }
  })

const putRight = (what: Action, to: TimelineEntry['to'], corrected: Corrected, text: string) => ({ what, to, text, changes: changesOf(corrected) })
