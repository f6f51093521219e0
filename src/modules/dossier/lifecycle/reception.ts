/**
 * PURE. Whether a dossier can be received, by when it is due, and the event that says so (NĐ 118/2025 Art 17; NĐ 309/2026 Art 8):
 * the clock starts when it has been received complete and correct. Only published papers may be asked for, so only they can be ticked.
 */
import { type DeadlineError, type ExplanationLine, type Limit, type WorkingCalendar, computeDeadline } from '#modules/calendar'
import { type Process, type StepUnit, deriveProcess, regimeOn } from '#modules/process'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { stepDueAt } from './step-clock.ts'
import type { Accepted, Received } from './intake.ts'
import type { Attachment, Channel, Delivery, DossierEvent, FormKept, PersonSnapshot } from './state.ts'

export type ReceptionRefusal =
  | { readonly code: 'procedure-unknown'; readonly procedureCode: string }
  /** The page showed a revision that has been replaced: read it again. */
  | { readonly code: 'revision-replaced'; readonly current: Uuid }
  | { readonly code: 'no-such-row'; readonly methodRow: number }
  | { readonly code: 'row-not-settled'; readonly methodRow: number; readonly toSettle: readonly string[] }
  /** The law sets no limit: no due date could be given (domain.md §2.4, 8). */
  | { readonly code: 'row-without-limit'; readonly methodRow: number }
  | { readonly code: 'not-offered'; readonly reason: string }
  | { readonly code: 'paper-not-published'; readonly component: number }
  | { readonly code: 'paper-twice'; readonly component: number }
  /** To be sent by post, and nobody said where. */
  | { readonly code: 'address-missing' }
  | { readonly code: 'no-due-date'; readonly error: DeadlineError }
  | { readonly code: 'upload-gone'; readonly uploadIds: readonly Uuid[] }

export type ComponentTicked = { readonly n: number; readonly originals: number; readonly copies: number }

/** What the desk brings together before the rule is asked. */
export type ReceptionFacts = {
  readonly now: Instant
  readonly calendar: WorkingCalendar
  readonly revision: {
    readonly id: Uuid
    readonly code: string
    readonly components: readonly { readonly n: number; readonly name: string }[]
    readonly methods: readonly { readonly n: number; readonly channel: string; readonly limit: Limit | null; readonly inDayCutoff?: number; readonly settled: boolean; readonly toSettle: readonly string[] }[]
  }
  readonly methodRow: number
  readonly deskId: Uuid
  readonly receivingAgencyId: Uuid
  readonly agencyId: Uuid
  readonly divisionId: Uuid
  readonly level: 'commune' | 'province'
  readonly applicant: PersonSnapshot & { readonly id: Uuid }
  readonly submitter: (PersonSnapshot & { readonly id: Uuid; readonly relation: string }) | null
  readonly ticked: readonly ComponentTicked[]
  readonly attachments: readonly Attachment[]
  readonly sets: number
  readonly delivery: Delivery
  readonly deliveryAddress: string | null
  readonly remark: string | null
  /** The 4-character look-up secret (decision 20). */
  readonly secret: string
}

/** Whether the postman would not know where to go. The page asks it too, to show every gap of the form at once. */
export const lacksAddress = (wish: { readonly delivery: string; readonly deliveryAddress: string | null }): boolean => wish.delivery === 'postal' && wish.deliveryAddress === null

export const CHANNELS: Readonly<Record<string, Channel>> = { online: 'online', postal: 'postal' }

export const decideReception = (facts: ReceptionFacts): Result<Extract<DossierEvent, { type: 'dossier.received' }>, ReceptionRefusal> => {
  const filed = fileBy(facts)
  if (!filed.ok) return filed
  const clocked = startClock(facts, filed.value.row)
  return clocked.ok ? ok({ type: 'dossier.received', data: { ...filed.value.filed, ...clocked.value } }) : clocked
}

/** On line nothing starts but the desk's own limit; the way of filing must be one that could be received. `by`: when the desk must have answered. */
export const decideSubmission = (facts: ReceptionFacts, form: FormKept | null, by: Instant): Result<Extract<DossierEvent, { type: 'dossier.submitted' }>, ReceptionRefusal> => {
  const filed = fileBy(facts)
  if (!filed.ok) return filed
  const to = { step: 'INTAKE', unitId: facts.deskId, postId: null, dueAt: by } as const
  return ok({ type: 'dossier.submitted', data: { ...filed.value.filed, channel: 'online', form, to } })
}

/** The desk receives what was submitted: the clock starts now, by the regime of this day, for the way of filing that the desk finds right. */
export const decideAcceptance = (facts: Omit<ReceptionFacts, 'applicant' | 'submitter' | 'attachments' | 'sets' | 'delivery' | 'deliveryAddress' | 'remark' | 'secret'>): Result<Accepted, ReceptionRefusal> => {
  const row = findRow(facts)
  if (!row.ok) return row
  const papers = tick(facts.revision.components, facts.ticked)
  if (!papers.ok) return papers
  const clocked = startClock(facts, row.value)
  return clocked.ok ? ok({ regime: regimeOn(dateOf(facts.now)).id, methodN: row.value.n, limit: row.value.limit, components: papers.value, ...clocked.value }) : clocked
}

type Row = Omit<ReceptionFacts['revision']['methods'][number], 'limit'> & { readonly limit: Limit }

export const findRow = ({ revision, methodRow }: Pick<ReceptionFacts, 'revision' | 'methodRow'>): Result<Row, ReceptionRefusal> => {
  const row = revision.methods.find((m) => m.n === methodRow)
  if (row === undefined) return err({ code: 'no-such-row', methodRow })
  if (!row.settled) return err({ code: 'row-not-settled', methodRow, toSettle: row.toSettle })
  if (row.limit === null) return err({ code: 'row-without-limit', methodRow })
  return ok({ ...row, limit: row.limit })
}

type Filed = Omit<Received, keyof Clocked>
type Clocked = Pick<Received, 'calendarVersion' | 'processDigest' | 'steps' | 'effectiveStart' | 'dueAt' | 'inDayCutoff' | 'provisional' | 'explanation' | 'to'>

/** What is filed, whatever the clock says of it. */
const fileBy = (facts: ReceptionFacts): Result<{ readonly row: Row; readonly filed: Filed }, ReceptionRefusal> => {
  const row = findRow(facts)
  if (!row.ok) return row
  const papers = tick(facts.revision.components, facts.ticked)
  if (!papers.ok) return papers
  if (lacksAddress(facts)) return err({ code: 'address-missing' })
  const filed = {
    secret: facts.secret,
    regime: regimeOn(dateOf(facts.now)).id,
    procedureCode: facts.revision.code,
    revisionId: facts.revision.id,
    methodN: row.value.n,
    channel: CHANNELS[row.value.channel] ?? 'counter',
    deskId: facts.deskId,
    receivingAgencyId: facts.receivingAgencyId,
    agencyId: facts.agencyId,
    divisionId: facts.divisionId,
    ...people(facts),
    limit: { amount: row.value.limit.amount, unit: row.value.limit.unit },
    components: papers.value,
    attachments: facts.attachments,
    sets: facts.sets,
    delivery: facts.delivery,
    deliveryAddress: facts.deliveryAddress,
    remark: facts.remark,
  }
  return ok({ row: row.value, filed })
}

type ClockFacts = Pick<ReceptionFacts, 'now' | 'calendar' | 'level' | 'deskId' | 'agencyId' | 'divisionId'>

const startClock = (facts: ClockFacts, row: Row): Result<Clocked, ReceptionRefusal> => {
  const { now, calendar } = facts
  const deadline = computeDeadline(calendar, { start: now, limit: row.limit, ...(row.inDayCutoff !== undefined && { inDayCutoff: row.inDayCutoff }) })
  if (!deadline.ok) return err({ code: 'no-due-date', error: deadline.error })
  const { effectiveStart, dueAt, explanation, provisional } = deadline.value
  // Without suspensions the clock always gives one.
  if (dueAt === null) throw new RangeError('a reception without a due date')
  const process = deriveProcess({ limit: row.limit, level: levelOf(facts) })
  const steps = keptSteps(process, facts)
  const first = steps[0]!
  return ok({
    calendarVersion: calendar.version,
    processDigest: process.digest,
    steps,
    effectiveStart,
    dueAt,
    ...(row.inDayCutoff !== undefined && { inDayCutoff: row.inDayCutoff }),
    provisional,
    explanation: JSON.stringify(explanation satisfies readonly ExplanationLine[]),
    to: { step: first.key, unitId: first.unitId, postId: null, dueAt: stepDueAt(first, dueAt, facts) },
  })
}

/** Communes had no divisions before 2025-07-01 (processes.md §3). */
export const levelOf = (facts: Pick<ClockFacts, 'level' | 'now'>) => (facts.level === 'province' ? 'department' : regimeOn(dateOf(facts.now)).id === 'nd61-2018' ? 'commune-2018' : 'commune')

export const keptSteps = (process: Process, facts: Pick<ClockFacts, 'deskId' | 'agencyId' | 'divisionId'>): Received['steps'] => {
  const unitId: Record<StepUnit, Uuid> = { desk: facts.deskId, division: facts.divisionId, leadership: facts.agencyId, clerk: facts.agencyId }
  return process.steps.map((s) => ({ key: s.key, minutes: s.minutes, untimed: s.untimed, unit: s.unit, unitId: unitId[s.unit] }))
}

const people = ({ applicant, submitter }: ReceptionFacts): Pick<Received, 'applicantId' | 'applicant' | 'submitterId' | 'submitter'> => {
  const { id, ...snapshot } = applicant
  if (submitter === null) return { applicantId: id, applicant: snapshot, submitterId: null, submitter: null }
  const { id: submitterId, ...other } = submitter
  return { applicantId: id, applicant: snapshot, submitterId, submitter: other }
}

export const tick = (published: ReceptionFacts['revision']['components'], ticked: readonly ComponentTicked[]): Result<Received['components'], ReceptionRefusal> => {
  const held: Received['components'][number][] = []
  for (const { n, originals, copies } of ticked) {
    const name = published.find((c) => c.n === n)?.name
    if (name === undefined) return err({ code: 'paper-not-published', component: n })
    if (held.some((c) => c.n === n)) return err({ code: 'paper-twice', component: n })
    held.push({ n, name, originals, copies })
  }
  return ok(held)
}
