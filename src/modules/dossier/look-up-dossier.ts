import { timingSafeEqual } from 'node:crypto'
import { sha256, sha256Hex } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, type PlainDate, instant } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { initials } from '#kernel/text.ts'
import type { ExplanationLine } from '#modules/calendar'
import { getRevision } from '#modules/catalogue'
import { type StepKey, canonicalDossierCode } from '#modules/process'
import type { Ctx, Versions } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
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
 * QUERY, but for its rate counter. Five wrong per code and hour, thirty per address; a known and an unknown code cost the same statements.
 * Guesses at one code, or from one address, wait for each other: a hundred at once count as a hundred.
 */
export const lookUpDossier = async (ctx: Ctx, input: LookUp): Promise<Result<PublicDossier, LookUpRefusal>> => {
  const code = canonicalDossierCode(input.code).slice(0, 60)
  const found = await inTx(ctx, (ctx) => tryOnce(ctx, code, input))
  if (!found.ok) return found
  const { id, versions } = found.value
  recordAccess(ctx, { kind: 'read', subject: `dossier:${id}`, reason: 'look-up' })
  return ok(await publicView({ ...ctx, versions }, id))
}

const tryOnce = async (ctx: Ctx, code: string, input: LookUp): Promise<Result<{ readonly id: Uuid; readonly versions: Versions }, LookUpRefusal>> => {
  const address = sha256Hex(input.address)
  const since = new Date(ctx.now - HOUR).toISOString()
  // Two statements, sent together: the second sees what was counted while the first one waited.
  const locked = sql`/* prepared */
    select pg_advisory_xact_lock(hashtextextended(k, 20)) from unnest(${[`c ${code}`, `a ${address}`].sort()}::text[]) k`.execute(ctx.db)
  const counted = sql<{ id: Uuid | null; secrets: (string | null)[]; by_code: number; by_address: number; oldest: Instant | null; versions: Versions }>`/* prepared */
    select d.id, array[d.secret, right(d.applicant_phone, 4), right(d.submitter_phone, 4)] as secrets, w.*, (select jsonb_object_agg(name, v) from platform.version) as versions
      from (select count(*) filter (where w.code = ${code})::int as by_code, count(*) filter (where w.address = ${address})::int as by_address, min(w.at) as oldest
              from dossier.wrong_look_up w where (w.code = ${code} or w.address = ${address}) and w.at > ${since}::timestamptz) w
      left join dossier.code c on c.code = ${code}
      left join dossier.dossier d on d.id = c.id`.execute(ctx.db)
  const [, { rows }] = await Promise.all([locked, counted])
  const row = rows[0]!
  if (row.by_code >= WRONG_PER_CODE || row.by_address >= WRONG_PER_ADDRESS) return err({ code: 'too-many-tries', retryAt: instant((row.oldest ?? ctx.now) + HOUR) })
  if (matches(input.secret, row.secrets) && row.id !== null) return ok({ id: row.id, versions: row.versions })
  await sql`
    insert into dossier.wrong_look_up (id, code, address, at) values (${newId(ctx.now)}, ${code}, ${address}, ${new Date(ctx.now).toISOString()})`.execute(ctx.db)
  return err({ code: 'no-match' })
}

/** All three are always compared, and in the same time. */
const matches = (given: string, secrets: readonly (string | null)[]): boolean => {
  const digest = sha256(given.replace(/\s+/gu, '').toUpperCase())
  return secrets.map((secret) => secret !== null && secret.length === 4 && timingSafeEqual(sha256(secret), digest)).includes(true)
}

const publicView = async (ctx: Ctx, id: Uuid): Promise<PublicDossier> => {
  const events = await readEvents(ctx, id)
  const state = fold(id, events)!
  const revision = await getRevision(ctx, state.revisionId)
  const names = await findNames(ctx, {
    units: [state.deskId, state.agencyId, ...state.custody.map((c) => c.unitId)],
    posts: [...state.custody.map((c) => c.postId), ...events.map((e) => e.by.postId)],
  })
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
