/** PURE. What an event of a dossier says to whom: the table from events to templates (`data/messages/`). Reasons and papers stay behind the link: a message may be read over a shoulder. */
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import { formatVnd } from '#kernel/money.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import type { Facts, News } from '#modules/notification'
import { ESCALATION_LEVELS, type EscalationLevel } from '../lifecycle/extension.ts'

/** An event as the log tells it, personal values hidden. */
export type Told = { readonly stream: Uuid; readonly seq: number; readonly type: string; readonly at: Instant; readonly actor: Json; readonly data: Json }

/** What an event does not say itself. */
export type DossierFacts = {
  readonly code: string
  readonly procedure: string
  readonly desk: string
  /** Who filed it: the applicant, or whoever came for them. */
  readonly recipientId: Uuid
  readonly delivery: 'counter' | 'postal' | 'online'
  readonly dueAt: Instant | null
  /** Whoever acts today in the post that the event gives it to: its holder, who stands in, to whom it is delegated. */
  readonly holders: readonly Uuid[]
  /** Whoever it was taken from and has an account in which it stood. */
  readonly lost: ReadonlySet<Uuid>
  /** Whom an escalation comes before. */
  readonly escalatedTo: readonly Uuid[]
}

export type Messages = { readonly news: readonly News[]; /** Kinds that have nothing to say any more. */ readonly settles: readonly string[] }

type Said = { readonly kind: string; readonly facts: Facts }
type Rule = (data: Json, dossier: DossierFacts) => Said

const resumed: Rule = (data) => ({ kind: 'resumed', facts: { due: momentIn(data, 'clock', 'dueAt') } })

const corrected: Rule = (data) => ({ kind: 'due-corrected', facts: { due: momentIn(data, 'clock', 'dueAt') } })
const ready: Rule = (_, dossier) => ({ kind: 'result-ready', facts: { where: dossier.delivery === 'counter' ? dossier.desk : null } })

const CITIZEN: Readonly<Record<string, Rule>> = {
  'dossier.submitted': (data) => ({ kind: 'submitted', facts: { answerBy: momentIn(data, 'to', 'dueAt') } }),
  'dossier.completion-requested': (data) => ({ kind: 'completion-requested', facts: { until: dayIn(data, 'until') } }),
  'dossier.refused': () => ({ kind: 'refused', facts: {} }),
  'dossier.received': (data) => ({ kind: 'received', facts: { due: momentIn(data, 'dueAt') } }),
  'dossier.accepted': (data) => ({ kind: 'received', facts: { due: momentIn(data, 'dueAt') } }),
  'dossier.supplement-requested': (data) => ({ kind: 'supplement-requested', facts: { until: momentIn(data, 'to', 'dueAt') } }),
  'dossier.payment-requested': (data) => ({ kind: 'payment-requested', facts: { amount: moneyIn(data, 'amount'), by: dayIn(data, 'dueOn') } }),
  'dossier.halted': (data) => ({ kind: 'halted', facts: { until: dayIn(data, 'until') } }),
  'dossier.inspection-planned': (data) => ({ kind: 'inspection-planned', facts: { when: momentIn(data, 'at') } }),
  'dossier.inspection-cancelled': () => ({ kind: 'inspection-cancelled', facts: {} }),
  'dossier.supplemented': resumed,
  'dossier.payment-confirmed': resumed,
  'dossier.resumed': resumed,
  'dossier.extended': (data) => ({ kind: 'extended', facts: { due: momentIn(data, 'dueAt') } }),
  'dossier.apologised': () => ({ kind: 'apologised', facts: {} }),
  'dossier.stopped': () => ({ kind: 'stopped', facts: {} }),
  'dossier.withdrawn': () => ({ kind: 'withdrawn', facts: {} }),
  'dossier.result-issued': ready,
  'dossier.procedure-corrected': corrected,
  'dossier.reception-corrected': corrected,
  'dossier.result-corrected': ready,
  'dossier.reopened': (data) => ({ kind: 'reopened', facts: { due: momentIn(data, 'clock', 'dueAt') } }),
  'dossier.result-returned': () => ({ kind: 'returned', facts: {} }),
}

/** Whose dossier it was, of what was filed under somebody else's number; nobody else is named in it. */
export const formerApplicantIn = ({ type, data }: Pick<Told, 'type' | 'data'>): Uuid | null => {
  const [before, after] = type === 'dossier.entries-corrected' ? [textIn(data, 'before', 'applicantId'), textIn(data, 'after', 'applicantId')] : [null, null]
  return before === after ? null : (before as Uuid | null)
}

/** What makes a request that still waits pointless, and says nothing by itself. */
const SETTLES: Readonly<Record<string, readonly string[]>> = {
  'dossier.completed': ['completion-requested'],
  'dossier.supplement-lapsed': ['supplement-requested'],
}

/** Events that put a dossier into somebody's hands. */
const HANDS_OVER: ReadonlySet<string> = new Set(['dossier.assigned', 'dossier.forwarded', 'dossier.sent-back', 'dossier.approved', 'dossier.procedure-corrected', 'dossier.reopened'])

const ESCALATED = 'dossier.escalated'
/** Before whom an event brings it; null: before nobody new. */
export const levelIn = (event: Pick<Told, 'type' | 'data'>): EscalationLevel | null => (event.type === ESCALATED ? (ESCALATION_LEVELS.find((level) => level === textIn(event.data, 'level')) ?? null) : null)

/** Events that may lead to a message: the others are not looked at. */
export const isNews = (type: string): boolean => CITIZEN[type] !== undefined || type === 'dossier.entries-corrected' || SETTLES[type] !== undefined || HANDS_OVER.has(type) || type === ESCALATED

/** The post that an event gives the dossier to. */
export const postIn = (event: Pick<Told, 'type' | 'data'>): Uuid | null => (HANDS_OVER.has(event.type) ? textIn(event.data, 'to', 'postId') as Uuid | null : null)

export const messagesFor = (event: Told, dossier: DossierFacts): Messages => {
  const about = { cause: `${event.stream}:${event.seq}`, at: event.at, dossierId: event.stream, code: dossier.code }
  const common = { procedure: dossier.procedure, desk: dossier.desk }
  const said = CITIZEN[event.type]?.(event.data, dossier)
  const former = formerApplicantIn(event)
  const news: readonly News[] = [
    ...(said === undefined ? [] : [{ ...about, personId: dossier.recipientId, kind: said.kind, facts: { ...common, ...said.facts } }]),
    ...(former === null || !dossier.lost.has(former) ? [] : [{ ...about, personId: former, kind: 'no-longer-yours', facts: common }]),
    ...urgentFor(event, dossier).map((personId): News => ({ ...about, personId, kind: 'officer-urgent', facts: { ...common, due: dueOf(dossier) }, urgent: true })),
    ...escalated(event, dossier, common),
  ]
  return { news, settles: SETTLES[event.type] ?? [] }
}

const dueOf = ({ dueAt }: DossierFacts) => (dueAt === null ? null : { at: dueAt })

/** It came into somebody else's hands on its last day, or after it. */
const urgentFor = (event: Told, { dueAt, holders }: DossierFacts): readonly Uuid[] =>
  HANDS_OVER.has(event.type) && dueAt !== null && dateOf(dueAt) <= dateOf(event.at) ? holders.filter((id) => id !== textIn(event.actor, 'person')) : []

/** Where the control office and the chair find what has come before them. */
const LATE_LIST = '/xu-ly/sap-han'

/** Whoever has it, and who leads them, hear of each; the control office and the chair, before whom a whole city comes, once a day that there are some. */
const escalated = (event: Told, dossier: DossierFacts, common: Facts): readonly News[] => {
  const level = levelIn(event)
  if (level === null) return []
  const each = level === 'officer' || level === 'leader'
  const days = valueIn(event.data, ['days'])
  return dossier.escalatedTo.map((personId): News =>
    each
      ? { cause: `${event.stream}:${event.seq}`, at: event.at, personId, dossierId: event.stream, code: dossier.code, kind: 'officer-escalated', facts: { ...common, due: dueOf(dossier), days: typeof days === 'number' ? days : null }, urgent: true }
      : { cause: `escalated:${level}:${dateOf(event.at)}`, at: event.at, personId, dossierId: null, code: null, kind: 'officer-escalated-list', facts: { path: LATE_LIST }, urgent: true },
  )
}

const valueIn = (data: Json, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, name) => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as { readonly [key: string]: Json })[name] : undefined), data)

const textIn = (data: Json, ...path: readonly string[]): string | null => {
  const value = valueIn(data, path)
  return typeof value === 'string' ? value : null
}
const momentIn = (data: Json, ...path: readonly string[]) => {
  const value = valueIn(data, path)
  return typeof value === 'number' ? { at: value as Instant } : null
}
const moneyIn = (data: Json, ...path: readonly string[]) => {
  const value = valueIn(data, path)
  return typeof value === 'number' ? formatVnd(value) : null
}
const dayIn = (data: Json, ...path: readonly string[]) => {
  const value = textIn(data, ...path)
  return value === null ? null : { on: value as PlainDate }
}
