/** PURE. Rows of what happens beside the straight road: waits, changes of the promise, papers asked for, payments, halts, ends without a result. */
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant, PlainDate } from '#kernel/plain-date.ts'
import { openPause } from './clock.ts'
import type { Moment } from './custody.ts'
import { duty } from './tracks.ts'
import { type ByColumns, by } from './row-parts.ts'
import type { DossierState } from './state.ts'
import { askedNow, proposal } from './supplement.ts'

type Keyed = { dossier_id: Uuid; n: number }
type PauseRow = Keyed & { kind: string; from_at: Instant; to_at: Instant | null; effect: string; document: string }
type DueChangeRow = Keyed & { kind: string; from_at: Instant | null; to_at: Instant | null; document: string; changed_at: Instant } & ByColumns<'by'>
type SupplementRow = Keyed & {
  state: string
  proposed_at: Instant
  items: Json
  until: PlainDate
  new_fact: string | null
  requested_at: Instant | null
  sent_back_at: Instant | null
  sent_back_reason: string | null
  lapsed_at: Instant | null
  answered_at: Instant | null
  answer_note: string | null
  changes: Json
  answer_attachments: Json
} & ByColumns<'proposed_by'> & ByColumns<'requested_by'> & ByColumns<'sent_back_by'> & ByColumns<'answered_by'>
type PaymentDutyRow = Keyed & {
  amount: number
  notice_number: string
  notice_on: PlainDate
  due_on: PlainDate
  asked_at: Instant
  paid_on: PlainDate | null
  evidence: string | null
  confirmed_at: Instant | null
} & ByColumns<'asked_by'> & ByColumns<'confirmed_by'>
type HaltRow = Keyed & { halted_at: Instant; reason: string; legal_basis: string | null; until: PlainDate | null; resumed_at: Instant | null; resume_note: string | null } & ByColumns<'halted_by'> & ByColumns<'resumed_by'>
type EndingRow = { dossier_id: Uuid; kind: string; at: Instant; ground: string | null; reason: string | null; legal_basis: string | null; evidence: string | null } & ByColumns<'by'>

export type DetourRows = {
  readonly pause: readonly PauseRow[]
  readonly due_change: readonly DueChangeRow[]
  readonly supplement: readonly SupplementRow[]
  readonly payment_duty: readonly PaymentDutyRow[]
  readonly halt: readonly HaltRow[]
  readonly ending: readonly EndingRow[]
}

const byOf = <P extends string>(prefix: P, moment: Moment | null): ByColumns<P> => by(prefix, moment?.by ?? null)

export const detourRows = (s: DossierState): DetourRows => ({
  pause: s.pauses.map((p) => ({ dossier_id: s.id, n: p.n, kind: p.kind, from_at: p.from, to_at: p.to, effect: p.effect, document: p.document })),
  due_change: s.dueChanges.map((c) => ({ dossier_id: s.id, n: c.n, kind: c.kind, from_at: c.from, to_at: c.to, document: c.document, changed_at: c.at, ...by('by', c.by) })),
  supplement: s.supplements.map((x) => ({
    dossier_id: s.id, n: x.n, state: x.state, proposed_at: x.proposedAt, ...by('proposed_by', x.proposedBy), items: x.items, until: x.until, new_fact: x.newFact,
    requested_at: x.requested?.at ?? null, ...byOf('requested_by', x.requested), sent_back_at: x.sentBack?.at ?? null, ...byOf('sent_back_by', x.sentBack),
    sent_back_reason: x.sentBack?.reason ?? null, lapsed_at: x.lapsedAt, answered_at: x.answer?.at ?? null, ...byOf('answered_by', x.answer),
    answer_note: x.answer?.note ?? null, changes: x.answer?.changes ?? [], answer_attachments: x.answer?.attachments ?? [],
  })),
  payment_duty: s.paymentDuties.map((d) => ({
    dossier_id: s.id, n: d.n, amount: d.amount, notice_number: d.noticeNumber, notice_on: d.noticeOn, due_on: d.dueOn, asked_at: d.asked.at, ...byOf('asked_by', d.asked),
    paid_on: d.paid?.paidOn ?? null, evidence: d.paid?.evidence ?? null, confirmed_at: d.paid?.at ?? null, ...byOf('confirmed_by', d.paid),
  })),
  halt: s.halts.map((h) => ({
    dossier_id: s.id, n: h.n, halted_at: h.halted.at, ...byOf('halted_by', h.halted), reason: h.reason, legal_basis: h.legalBasis, until: h.until,
    resumed_at: h.resumed?.at ?? null, ...byOf('resumed_by', h.resumed), resume_note: h.resumed?.note ?? null,
  })),
  ending: s.ending === null ? [] : [endingRow(s.id, s.ending)],
})

const endingRow = (id: Uuid, e: NonNullable<DossierState['ending']>): EndingRow => ({
  dossier_id: id, kind: e.kind, at: e.at, ...by('by', e.by), reason: e.reason,
  ...(e.kind === 'stopped' ? { ground: e.ground, legal_basis: e.legalBasis, evidence: null } : { ground: null, legal_basis: null, evidence: e.evidence }),
})

/** Since when it waits, for whom by when: columns of the dossier's own row. A wait through which the clock runs is none to whoever counts lateness. */
export const waitColumns = (s: DossierState) => {
  const pause = openPause(s)
  return {
    paused_at: pause === undefined || pause.effect === 'none' ? null : pause.from,
    awaited_until: pause === undefined ? null : (askedNow(s)?.until ?? duty(s)?.dueOn ?? s.halts.at(-1)?.until ?? null),
    proposed_at: proposal(s)?.proposedAt ?? null,
  }
}
