import { sha256, sha256Hex } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, type PlainDate, instant } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { initials } from '#kernel/text.ts'
import type { ExplanationLine } from '#modules/calendar'
import { getRevision } from '#modules/catalogue'
import { type StepKey, canonicalDossierCode } from '#modules/process'
import type { Ctx, Versions } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { recordAccess } from '#platform/log/access.ts'
import { readEvents } from './dossier-store.ts'
import { type CorrectionTold, correctionsTold } from './lifecycle/correction.ts'
import type { Apology } from './lifecycle/extension.ts'
import { type Punctuality, punctualityFacts, punctualityOf } from './lifecycle/punctuality.ts'
import { type CustodyStep, heldAt } from './lifecycle/custody.ts'
import { type DossierState, fold } from './lifecycle/state.ts'
import { type Status, nationalCode } from './lifecycle/status.ts'
import { findNames } from './names.ts'
import { INTERNAL, type TimelineEntry, timelineOf } from './timeline.ts'

/** Decision 20. */
const WRONG_PER_CODE = 5
const WRONG_PER_ADDRESS = 30
const HOUR = 3_600_000

export type LookUp = {
  readonly code: string
  /** The last four digits of the applicant's (or submitter's) phone, or the four characters printed on the receipt. */
  readonly secret: string
  /** Of the connection. Kept for a day as a digest. */
  readonly address: string
}

export type LookUpRefusal =
  /** The same for an unknown code and for a wrong secret. */
  | { readonly code: 'no-match' }
  | { readonly code: 'too-many-tries'; readonly retryAt: Instant }

/** What a stranger with the receipt in hand may see: initials, unit and post, no person's name. */
export type PublicDossier = {
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly applicantInitials: string
  readonly deskName: string
  readonly agencyName: string
  readonly status: Status
  readonly nationalCode: number
  /** On line: when it was filed, and by when the desk answers. */
  readonly submittedAt: Instant | null
  readonly intakeDueAt: Instant | null
  /** Null until it is received. */
  readonly receivedAt: Instant | null
  readonly dueAt: Instant | null
  readonly dueOriginalAt: Instant | null
  readonly provisional: boolean
  readonly finishedAt: Instant | null
  readonly returnedAt: Instant | null
  readonly punctuality: Punctuality
  readonly limit: DossierState['limit']
  readonly explanation: readonly ExplanationLine[]
  /** The whole way, for the picture of steps. */
  readonly steps: readonly StepKey[]
  readonly held: { readonly step: CustodyStep; readonly unit: string; readonly post: string | null; readonly since: Instant } | null
  readonly timeline: readonly { readonly at: Instant; readonly what: TimelineEntry['what']; readonly step: CustodyStep | null; readonly unit: string | null; readonly post: string | null }[]
  /** Letters that a date was moved by, or that explain; what was written by hand stays between the agency and the applicant. */
  readonly apologies: readonly Pick<Apology, 'n' | 'kind' | 'at' | 'about' | 'dueAt' | 'reason'>[]
  /** What was put right, without a word of what it says of anybody. */
  readonly corrections: readonly CorrectionTold[]
  /** The one that holds; `replaces`: of what day the one was whose place it took. */
  readonly result: { readonly kind: 'granted' | 'declined'; readonly issuedOn: PlainDate; readonly replaces: PlainDate | null } | null
}

/**
 * QUERY, but for its rate counter. Five wrong per code and hour, thirty per address; a known and an unknown code cost the same statement.
 * Guesses at one code, or from one address, wait for each other: a hundred at once count as a hundred.
 */
export const lookUpDossier = async (ctx: Ctx, input: LookUp): Promise<Result<PublicDossier, LookUpRefusal>> => {
  const code = canonicalDossierCode(input.code).slice(0, 60)
  const { rows } = await sql<{ id: Uuid | null; blocked_since: Instant | null; versions: Versions }>`/* prepared */
    select t.dossier_id as id, t.blocked_since, (select jsonb_object_agg(name, v) from platform.version) as versions
      from dossier.try_look_up(${newId(ctx.now)}, ${code}, ${sha256Hex(input.address)}, ${sha256(input.secret.replace(/\s+/gu, '').toUpperCase())},
             ${new Date(ctx.now).toISOString()}::timestamptz, ${new Date(ctx.now - HOUR).toISOString()}::timestamptz, ${WRONG_PER_CODE}, ${WRONG_PER_ADDRESS}) t`.execute(ctx.db)
  const { id, blocked_since, versions } = rows[0]!
  if (blocked_since !== null) return err({ code: 'too-many-tries', retryAt: instant(blocked_since + HOUR) })
  if (id === null) return err({ code: 'no-match' })
  recordAccess(ctx, { kind: 'read', subject: `dossier:${id}`, reason: 'look-up' })
  return ok(await publicView({ ...ctx, versions }, id))
}

const publicView = async (ctx: Ctx, id: Uuid): Promise<PublicDossier> => {
  const events = await readEvents(ctx, id)
  const state = fold(id, events)!
  const revision = await getRevision(ctx, state.revisionId)
  const names = await findNames(ctx)
  const held = heldAt(state)
  const result = state.results.at(-1)
  return {
    code: state.code ?? '',
    procedureCode: state.procedureCode,
    procedureName: revision.name,
    applicantInitials: initials(state.applicant.name),
    deskName: names.unit(state.deskId) ?? '',
    agencyName: names.unit(state.agencyId) ?? '',
    status: state.status,
    nationalCode: nationalCode(state.status),
    submittedAt: state.submittedAt,
    intakeDueAt: state.intakeDueAt,
    receivedAt: state.receivedAt,
    dueAt: state.dueAt,
    dueOriginalAt: state.dueOriginalAt,
    provisional: state.provisional,
    finishedAt: state.finishedAt,
    returnedAt: state.handOver?.at ?? null,
    punctuality: punctualityOf(punctualityFacts(state), ctx.now),
    limit: state.limit,
    explanation: JSON.parse(state.explanation) as readonly ExplanationLine[],
    steps: state.steps.map((s) => s.key),
    held: held === undefined ? null : { step: held.step, unit: names.unit(held.unitId) ?? '', post: names.post(held.postId), since: held.enteredAt },
    timeline: timelineOf(events)
      .filter((t) => !INTERNAL.has(t.what))
      .map((t) => ({ at: t.at, what: t.what, step: t.to?.step ?? null, unit: t.to === null ? null : names.unit(t.to.unitId), post: names.post(t.to?.postId ?? null) })),
    apologies: state.apologies.map(({ n, kind, at, about, dueAt, reason }) => ({ n, kind, at, about, dueAt, reason })),
    corrections: correctionsTold(state),
    result: result === undefined ? null : { kind: result.kind, issuedOn: result.issuedOn, replaces: state.results.find((r) => r.n === result.replaces)?.issuedOn ?? null },
  }
}
