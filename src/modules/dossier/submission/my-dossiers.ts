/** What a citizen sees of their own: everything that they filed and got, nothing of what the office notes. */
import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant, PlainDate } from '#kernel/plain-date.ts'
import { authoriseAccount } from '#modules/access'
import type { ExplanationLine } from '#modules/calendar'
import { getRevision } from '#modules/catalogue'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { readEvents } from '../dossier-store.ts'
import { isApplicant } from '../lifecycle/applicant.ts'
import { type CorrectionTold, correctionsTold } from '../lifecycle/correction.ts'
import { type AvailableAction, availableActions } from '../lifecycle/lifecycle.ts'
import { type InspectionPhase, phaseOf } from '../lifecycle/inspection.ts'
import { type Punctuality, punctualityFacts, punctualityOf } from '../lifecycle/punctuality.ts'
import { type Custody, heldAt } from '../lifecycle/custody.ts'
import { type DossierState, type LimitKept, fold } from '../lifecycle/state.ts'
import type { Status } from '../lifecycle/status.ts'
import { findNames } from '../names.ts'
import { receiptEditions } from '../papers/receipt-editions.ts'
import { INTERNAL, type TimelineEntry, timelineOf } from '../timeline.ts'

export type MyDossier = {
  readonly id: Uuid
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly deskName: string
  readonly status: Status
  /** When it was filed, on line or at a counter. */
  readonly filedAt: Instant
  readonly intakeDueAt: Instant | null
  readonly dueAt: Instant | null
  readonly finishedAt: Instant | null
  readonly returnedAt: Instant | null
  readonly punctuality: Punctuality
  /** What waits for an answer. */
  readonly asked: { readonly items: readonly string[]; readonly reason: string; readonly until: PlainDate | null; readonly at: Instant } | null
}

const personOf = (actor: Actor): Uuid => {
  if (actor.kind !== 'person') throw new Forbidden('signed-in')
  return actor.personId
}

/**
 * What a counter took in is not shown to an account that is only declared: whoever made one with somebody's number first would read that person's
 * later papers. So is what somebody else filed on line for that number. What one filed oneself came from this very account.
 */
const ONLY_OWN = sql`((d.submitted_at is not null and coalesce(d.submitter_id, d.applicant_id) = d.reader) or not exists (select from access.pub_account a where a.person_id = d.reader and a.identity = 'declared'))`
const isDeclared = async (ctx: Ctx): Promise<boolean> =>
  (await sql`select from access.pub_account where person_id = ${personOf(ctx.actor)} and identity = 'declared'`.execute(ctx.db)).rows.length > 0

const filedOneself = (d: { readonly submittedAt: Instant | null; readonly applicantId: Uuid; readonly submitterId: Uuid | null }, actor: Actor): boolean =>
  d.submittedAt !== null && (d.submitterId ?? d.applicantId) === personOf(actor)

type Row = Omit<MyDossier, 'punctuality'> & { readonly limitUnit: LimitKept['unit']; readonly endedAt: Instant | null; readonly pausedAt: Instant | null }

/** QUERY. The account's own, as applicant or on somebody's behalf, the newest first. At most 200. @throws Forbidden for who is not signed in */
export const listMyDossiers = async (ctx: Ctx): Promise<readonly MyDossier[]> => {
  authoriseAccount(ctx)
  const person = personOf(ctx.actor)
  const { rows } = await sql<Row>`/* prepared */
    select d.id, c.code, d.procedure_code as "procedureCode", r.name as "procedureName", u.name as "deskName", d.status, coalesce(d.submitted_at, d.received_at) as "filedAt",
           d.intake_due_at as "intakeDueAt", d.due_at as "dueAt", d.finished_at as "finishedAt", d.returned_at as "returnedAt", d.limit_unit as "limitUnit",
           d.ended_at as "endedAt", d.paused_at as "pausedAt",
           (select jsonb_build_object('items', q.items, 'reason', q.reason, 'until', q.until, 'at', (extract(epoch from q.asked_at) * 1000)::bigint)
              from dossier.completion_request q where q.dossier_id = d.id and q.answered_at is null order by q.n desc limit 1) as asked
      from (select *, ${person}::uuid as reader from dossier.dossier where applicant_id = ${person} union select *, ${person}::uuid from dossier.dossier where submitter_id = ${person}) d
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
      join organisation.pub_unit u on u.id = d.desk_id
     where ${ONLY_OWN}
     order by d.id desc limit 200`.execute(ctx.db)
  return rows.map(({ limitUnit, endedAt, pausedAt, ...row }) => ({
    ...row,
    asked: row.status === 'awaiting-completion' ? row.asked : null,
    punctuality: punctualityOf({ status: row.status, limitUnit, dueAt: row.dueAt, endedAt, pausedAt }, ctx.now),
  }))
}

/** Units and posts, not who sits there. */
type Where = { readonly unit: string | null; readonly post: string | null }

export type OwnDossier = Omit<DossierState, 'explanation' | 'custody' | 'notes' | 'resultDraft' | 'numbered' | 'apologyDraft' | 'late' | 'attempts' | 'consultations' | 'corrections' | 'reopenings' | 'inspections'> & {
  readonly corrections: readonly CorrectionTold[]
  /** How often the receipt was issued, anew after each correction. */
  readonly receiptEditions: number
  /** When somebody comes to look, and where; of what they found, that it is written down. */
  readonly visits: readonly { readonly n: number; readonly at: Instant; readonly place: string; readonly note: string | null; readonly phase: InspectionPhase }[]
  readonly procedureName: string
  readonly deskName: string
  readonly agencyName: string
  readonly returnedAt: Instant | null
  readonly explanation: readonly ExplanationLine[]
  readonly punctuality: Punctuality
  readonly held: (Custody & { readonly who: Where }) | null
  readonly timeline: readonly (Omit<TimelineEntry, 'text' | 'by'> & { readonly toWho: Where | null })[]
  /** The buttons: the same rule refuses the request. */
  readonly actions: readonly AvailableAction[]
}

/** QUERY. One of the account's own, whole. @throws Forbidden for who is not signed in · NotFound for somebody else's, as for none */
export const getMyDossier = async (ctx: Ctx, id: Uuid): Promise<OwnDossier> => {
  authoriseAccount(ctx)
  const events = await readEvents(ctx, id)
  const state = fold(id, events)
  if (state === undefined || !isApplicant(state, ctx.actor)) throw new NotFound(`dossier ${id}`)
  if (!filedOneself(state, ctx.actor) && (await isDeclared(ctx))) throw new NotFound(`dossier ${id}`)
  const revision = await getRevision(ctx, state.revisionId)
  const names = await findNames(ctx)
  const where = (unitId: Uuid, postId: Uuid | null): Where => ({ unit: names.unit(unitId), post: names.post(postId) })
  const held = heldAt(state)
  const { explanation, custody: _, notes: __, resultDraft: ___, numbered: ____, apologyDraft: _____, late: ______, attempts: _______, consultations: ________, reopenings: _________, inspections, ...own } = state
  return {
    ...own,
    corrections: correctionsTold(state),
    receiptEditions: receiptEditions(state),
    supplements: state.supplements.filter((s) => s.requested !== null).map((s) => ({ ...s, sentBack: null, newFact: null })),
    visits: inspections.map((i) => ({ n: i.n, ...i.appointment, phase: phaseOf(i) })),
    procedureName: revision.name,
    deskName: names.unit(state.deskId) ?? '',
    agencyName: names.unit(state.agencyId) ?? '',
    returnedAt: state.handOver?.at ?? null,
    explanation: JSON.parse(explanation) as readonly ExplanationLine[],
    punctuality: punctualityOf(punctualityFacts(state), ctx.now),
    held: held === undefined ? null : { ...held, note: null, who: where(held.unitId, held.postId) },
    timeline: timelineOf(events)
      .filter((entry) => !INTERNAL.has(entry.what))
      .map(({ seq, at, what, to }) => ({ seq, at, what, to, toWho: to === null ? null : where(to.unitId, to.postId) })),
    actions: availableActions(state, ctx.actor, ctx.now),
  }
}

/** For opening one's own files: `openFile(ctx, file, mayReadOwnDossier)`. @throws Forbidden, NotFound as `getMyDossier` */
export const mayReadOwnDossier = async (ctx: Ctx, id: Uuid): Promise<void> => {
  authoriseAccount(ctx)
  const { rows } = await sql<{ applicantId: Uuid; submitterId: Uuid | null; submittedAt: Instant | null }>`
    select applicant_id as "applicantId", submitter_id as "submitterId", submitted_at as "submittedAt" from dossier.dossier where id = ${id}`.execute(ctx.db)
  if (rows[0] === undefined || !isApplicant(rows[0], ctx.actor)) throw new NotFound(`dossier ${id}`)
  if (!filedOneself(rows[0], ctx.actor) && (await isDeclared(ctx))) throw new NotFound(`dossier ${id}`)
}
