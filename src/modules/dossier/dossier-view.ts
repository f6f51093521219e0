import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { authorise, postFor } from '#modules/access'
import { type ExplanationLine, type WorkingCalendar, getWorkingCalendar } from '#modules/calendar'
import { getRevision } from '#modules/catalogue'
import type { StepKey } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import { type Journey, journeyOf } from './journey/journey-view.ts'
import { namesInFull } from './consultation/consultable-units.ts'
import { readEvents } from './dossier-store.ts'
import { type AvailableAction, availableActions, postConcerned } from './lifecycle/lifecycle.ts'
import { type Consultation, type Closing, closingOf, postConsulted, questionsTo, unitsConsulted } from './lifecycle/consultation.ts'
import { type ApologyDraft, latestDueOn, proposedDueAt, waitingApology } from './lifecycle/extension.ts'
import { type Punctuality, punctualityBothWays, punctualityFacts } from './lifecycle/punctuality.ts'
import { type By, type Custody, heldAt } from './lifecycle/custody.ts'
import { type DossierState, fold } from './lifecycle/state.ts'
import { stepsToReopen } from './lifecycle/reopening.ts'
import { LEVEL_OF_CHAIR, cityChairPost, isBeforeChair } from './late/city-chair.ts'
import { findNames } from './names.ts'
import { receiptEditions } from './papers/receipt-editions.ts'
import { type TimelineEntry, timelineOf } from './timeline.ts'

/** `closing` null: open. */
export type ConsultationShown = Consultation & { readonly unit: string; readonly closing: Closing | null; readonly askedBy: Who; readonly answeredBy: Who | null }

export type Who = { readonly unit: string | null; readonly post: string | null; readonly person: string | null }

export type DossierView = Omit<DossierState, 'explanation' | 'custody' | 'secret' | 'consultations'> & {
  readonly procedureName: string
  readonly deskName: string
  readonly agencyName: string
  readonly divisionName: string
  readonly explanation: readonly ExplanationLine[]
  /** As at `ctx.now`, against the promise in force. */
  readonly punctuality: Punctuality
  /** Against the date of the law, which no letter moves. */
  readonly punctualityByLaw: Punctuality
  readonly custody: readonly (Custody & { readonly who: Who })[]
  /** Who has it; null after the hand-over. */
  readonly held: (Custody & { readonly who: Who }) | null
  readonly timeline: readonly (TimelineEntry & { readonly actor: Who; readonly toWho: Who | null })[]
  readonly journey: Journey
  readonly consultations: readonly ConsultationShown[]
  /** Questions that wait for the actor's own unit. */
  readonly toAnswer: readonly number[]
  /** The letter that waits for the head's signature. */
  readonly waitingApology: ApologyDraft | null
  /** Days of a new date, where the actor may give one. */
  readonly newPromise: { readonly proposed: PlainDate; readonly latest: PlainDate } | null
  /** How often the receipt was issued, anew after each correction. */
  readonly receiptEditions: number
  /** To which step it can be opened again. */
  readonly stepsToReopen: readonly StepKey[]
  /** The buttons: the same rule refuses the request. */
  readonly actions: readonly AvailableAction[]
}

/** QUERY. One dossier, whole, for who works on it; the reading is recorded. @throws Forbidden for units that are not concerned, NotFound */
export const getDossierView = async (ctx: Ctx, id: Uuid): Promise<DossierView> => {
  authorise(ctx, 'dossier.find', { forSome: true })
  const events = await readEvents(ctx, id)
  const state = fold(id, events)
  if (state === undefined) throw new NotFound(`dossier ${id}`)
  await readableBy(ctx, state, unitsConsulted(state), isBeforeChair(state))
  const revision = await getRevision(ctx, state.revisionId)
  const timeline = timelineOf(events)
  const names = await findNames(ctx, events.map((e) => e.by.personId))
  const consulted = await namesInFull(ctx, state.consultations.map((c) => c.unitId), state.agencyId)
  const holderNames = (unitId: Uuid, postId: Uuid | null): Who => ({ unit: names.unit(unitId), post: names.post(postId), person: null })
  const actorNames = (by: By): Who => ({ unit: null, post: names.post(by.postId), person: names.person(by.personId) })
  const custody = state.custody.map((c) => ({ ...c, who: c.leftBy === null ? holderNames(c.unitId, c.postId) : { ...holderNames(c.unitId, c.postId), ...(c.postId === null && { post: names.post(c.leftBy.postId) }), person: names.person(c.leftBy.personId) } }))
  const held = heldAt(state)
  const { promised, statutory } = punctualityBothWays({ ...punctualityFacts(state), dueLawAt: state.dueLawAt }, ctx.now)
  const actions = availableActions(state, ctx.actor, ctx.now)
  const { explanation, secret: _, ...facts } = state
  return {
    ...facts,
    procedureName: revision.name,
    deskName: names.unit(state.deskId) ?? '',
    agencyName: names.unit(state.agencyId) ?? '',
    divisionName: names.unit(state.divisionId) ?? '',
    explanation: JSON.parse(explanation) as readonly ExplanationLine[],
    punctuality: promised,
    punctualityByLaw: statutory,
    custody,
    held: custody.find((c) => c.n === held?.n) ?? null,
    timeline: timeline.map((t) => ({ ...t, actor: actorNames(t.by), toWho: t.to === null ? null : holderNames(t.to.unitId, t.to.postId) })),
    journey: await journeyOf(ctx, state),
    consultations: state.consultations.map((c) => ({ ...c, unit: consulted.get(c.unitId) ?? '', closing: closingOf(state, c), askedBy: actorNames(c.asked.by), answeredBy: c.answer === null ? null : actorNames(c.answer.by) })),
    toAnswer: questionsTo(state, ctx.actor),
    waitingApology: waitingApology(state),
    newPromise: actions.some((a) => a.action === 'extend') ? newPromise(state, await getWorkingCalendar(ctx, state.agencyId)) : null,
    receiptEditions: receiptEditions(state),
    stepsToReopen: stepsToReopen(state),
    actions,
  }
}

const newPromise = (state: DossierState, calendar: WorkingCalendar): DossierView['newPromise'] => ({ proposed: dateOf(proposedDueAt(state, calendar)), latest: latestDueOn(state, calendar) })

type Readable = Pick<DossierState, 'id' | 'deskId' | 'divisionId' | 'agencyId' | 'procedureCode' | 'applicantId'>

/**
 * Records the reading. @param consulted units whose question is open: they read as long as it is. @param beforeChair it has come before the city's chair, who reads it as long as it is
 * late and does nothing to it: `availableActions` knows that post in its own agency only. @throws Forbidden
 */
export const readableBy = async (ctx: Ctx, state: Readable, consulted: readonly Uuid[], beforeChair: boolean): Promise<void> => {
  // The control office reads all and does nothing: `availableActions` knows no post of it.
  const post = postConcerned(state, ctx.actor) ?? postFor(ctx.actor, 'dossier.oversee') ?? postConsulted(consulted, state.procedureCode, ctx.actor) ?? (beforeChair ? await cityChairPost(ctx) : undefined)
  if (post === undefined && ctx.actor.kind !== 'system') throw new Forbidden('dossier.read')
  recordAccess(ctx, { kind: 'read', ...(post !== undefined && { unitId: post.unitId }), subject: `dossier:${state.id}`, reason: 'dossier.read' })
}

/** For opening a dossier's files: `openFile(ctx, file, mayReadDossier)`. @throws Forbidden, NotFound */
export const mayReadDossier = async (ctx: Ctx, id: Uuid): Promise<void> => {
  const { rows } = await sql<Readable & { consulted: readonly Uuid[]; beforeChair: boolean | null }>`
    select id, desk_id as "deskId", division_id as "divisionId", agency_id as "agencyId", procedure_code as "procedureCode", applicant_id as "applicantId",
           array(select unit_id from dossier.consultation where dossier_id = d.id and open) as consulted,
           d.open and d.late_level >= ${LEVEL_OF_CHAIR} and d.late_for = d.due_at as "beforeChair"
      from dossier.dossier d where id = ${id}`.execute(ctx.db)
  if (rows[0] === undefined) throw new NotFound(`dossier ${id}`)
  await readableBy(ctx, rows[0], rows[0].consulted, rows[0].beforeChair === true)
}
