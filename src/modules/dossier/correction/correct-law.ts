/** A wrong procedure, way of filing or moment of reception: what follows in law is worked out anew by the rules, approved by the leader of the unit or who signs. */
import { z } from 'zod'
import { type Instant, dayNumber, instant, instantAt, isPlainDate, plainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { fold } from '#kernel/text.ts'
import { type ProcedureRevision, getRevision, listRevisions } from '#modules/catalogue'
import { type NotOffered, competentUnit, getUnit } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { granted, refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Text, act } from '../act.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import type { ReceptionRefusal } from '../lifecycle/reception.ts'
import { type RightFacts, rightProcedure } from '../lifecycle/right-procedure.ts'
import type { DossierState } from '../lifecycle/state.ts'

const count = z.int().min(0).max(99)

/** COMMAND. */
export const CorrectProcedure = ActOn.extend({
  reason: Text(2000),
  procedureCode: z.string().max(40),
  methodRow: z.int().min(1),
  /** Papers that are there, by the list of the right procedure; left out: those of the same name. */
  components: z.array(z.object({ n: z.int().min(1), originals: count, copies: count })).max(100).optional(),
})
export type CorrectProcedure = z.infer<typeof CorrectProcedure>

export type ProcedureCorrectionRefusal = ActRefusal | ReceptionRefusal

/** Limit, steps and due date anew from the same reception; the old date is kept beside. @throws Forbidden, NotFound, Stale */
export const correctProcedure = (ctx: Ctx, input: CorrectProcedure): Promise<Result<Acted, ProcedureCorrectionRefusal>> => act<CorrectProcedure, ReceptionRefusal>(ctx, 'dossier.read', input, toRightProcedure)

const toRightProcedure = async (ctx: Ctx, input: CorrectProcedure, state: DossierState): Promise<Act> => {
  const receivedAt = state.receivedAt ?? ctx.now
  const wrong = await getRevision(ctx, state.revisionId)
  const revision = (await revisionThen(ctx, state, input.procedureCode, receivedAt)) ?? refuse<ReceptionRefusal>({ code: 'procedure-unknown', procedureCode: input.procedureCode })
  const competent = await competentFor(ctx, state, revision)
  if (!competent.offered) return refuse<ReceptionRefusal>({ code: 'not-offered', reason: competent.reason })
  const papers = papersAnew(state, wrong, revision)
  const right = rightProcedure(state, { ...papers, ...(input.components !== undefined && { ticked: withScans(input.components, papers) }), ...competent, revision, methodRow: input.methodRow, name: revision.name }, receivedAt)
  return { action: 'correct-procedure', reason: input.reason, wrongName: wrong.name, right: granted(right) }
}

/** Only the way of filing was wrong: the same revision. Else the one that was in force at the reception, or the first that is known. */
export const revisionThen = async (ctx: Ctx, state: Pick<DossierState, 'procedureCode' | 'revisionId'>, code: string, receivedAt: Instant): Promise<ProcedureRevision | undefined> => {
  if (code === state.procedureCode) return getRevision(ctx, state.revisionId)
  const revisions = await listRevisions(ctx, code)
  return revisions.find((r) => r.importedAt <= receivedAt) ?? revisions.at(-1)
}

type Competent = ({ readonly offered: true } & Pick<RightFacts, 'agencyId' | 'divisionId' | 'level'>) | NotOffered
/** Who examines and decides it, brought to the desk where it was. */
export const competentFor = async (ctx: Ctx, state: DossierState, revision: ProcedureRevision): Promise<Competent> => {
  if (revision.code === state.procedureCode) return { offered: true, agencyId: state.agencyId, divisionId: state.divisionId, level: (await getUnit(ctx, state.agencyId)).level }
  const competent = await competentUnit(ctx, revision, state.receivingAgencyId)
  return competent.offered ? { offered: true, agencyId: competent.agencyId, divisionId: competent.unitId, level: competent.level } : competent
}

type Papers = Pick<RightFacts, 'ticked' | 'scans'>

/** The same paper goes by the same name in both lists; what has no name there is a file like any other. */
export const papersAnew = (state: Pick<DossierState, 'components' | 'attachments'>, wrong: Pick<ProcedureRevision, 'components'>, right: Pick<ProcedureRevision, 'components'>): Papers => {
  const numberOf = (name: string | undefined): number | null => (name === undefined ? null : (right.components.find((c) => fold(c.name) === fold(name))?.n ?? null))
  const scans = state.attachments.map((a) => ({ n: a.n, component: numberOf(wrong.components.find((c) => c.n === a.component)?.name) }))
  const ticked = state.components.flatMap(({ name, originals, copies }) => {
    const n = numberOf(name)
    return n === null ? [] : [{ n, originals, copies }]
  })
  return { scans, ticked: withScans(ticked.filter((t, i) => ticked.findIndex((other) => other.n === t.n) === i), { scans }) }
}

/** A file of a paper says that the paper is there. */
const withScans = (ticked: Papers['ticked'], { scans }: Pick<Papers, 'scans'>): Papers['ticked'] => {
  const missing = [...new Set(scans.flatMap((s) => s.component ?? []))].filter((n) => !ticked.some((t) => t.n === n))
  return [...ticked, ...missing.map((n) => ({ n, originals: 0, copies: 0 }))]
}

/** COMMAND. When it was really received: on paper while the line was down, say. */
export const CorrectReception = ActOn.extend({ reason: Text(2000), receivedOn: z.string().refine(isPlainDate), receivedTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) })
export type CorrectReception = z.infer<typeof CorrectReception>

/** The due date follows from it by the calendar of today; nobody writes one by hand. @throws Forbidden, NotFound, Stale */
export const correctReception = (ctx: Ctx, input: CorrectReception): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.read', input, async (_, { reason, receivedOn, receivedTime }, { receivedAt }) => ({ action: 'correct-reception', reason, receivedAt: momentOf(receivedOn, receivedTime, receivedAt) }))

/** The minute that stands in the form is the moment as it was, seconds and all: left as it is, only the calendar is asked anew. */
const momentOf = (day: string, time: string, was: Instant | null): Instant => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const at = instant(instantAt(dayNumber(plainDate(day))) + (hours * 60 + minutes) * 60_000)
  return was !== null && Math.floor(was / 60_000) * 60_000 === at ? was : at
}
