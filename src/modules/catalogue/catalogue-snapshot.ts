/**
 * The catalogue in force, in memory: some thousand lines without their long texts, and the search over them. Good for one version of
 * `catalogue.version`; a change by this process is seen at once, one by another process within a second.
 */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { type Db, sql } from '#platform/db/db.ts'
import { type Applicant, applicantsOf } from './applicants.ts'
import { searchables, synonymData } from './catalogue-data.ts'
import { findDecisions, readVersion } from './catalogue-store.ts'
import { type MethodRow, methodRows } from './method-rows.ts'
import type { Level, PublishedRecord } from './procedure-record.ts'
import { joinSplitSubjects } from './procedure-revision.ts'
import { type SearchIndex, buildSearchIndex } from './search-index.ts'
import { displayName, slugOf } from './display-text.ts'

/** One procedure as lists show it. */
export type ProcedureSummary = {
  readonly procedureId: Uuid
  readonly revisionId: Uuid
  readonly n: number
  readonly code: string
  /** Tidied for reading: line breaks and shouting capitals of the source are gone. */
  readonly name: string
  readonly field: string
  readonly fieldSlug: string
  readonly levels: readonly Level[]
  readonly publisher: string | null
  readonly subjects: readonly string[]
  readonly applicants: readonly Applicant[]
  readonly importedAt: Instant
  readonly methods: readonly MethodRow[]
  /** Rows that wait for a decision. */
  readonly rowsToSettle: number
}

export type CatalogueSnapshot = {
  readonly version: number
  readonly all: readonly ProcedureSummary[]
  readonly byCode: ReadonlyMap<string, ProcedureSummary>
  /** `at` of a hit = position in `all`. */
  readonly index: SearchIndex
}

type Row = {
  readonly procedureId: Uuid
  readonly revisionId: Uuid
  readonly n: number
  readonly code: string
  readonly name: string
  readonly field: string
  readonly levels: readonly Level[]
  readonly publisher: string | null
  readonly subjects: readonly string[]
  readonly keywords: string | null
  readonly importedAt: Instant
  readonly methods: PublishedRecord['methods']
}

const CHECK_EVERY_MS = 1_000

type Kept = { readonly snapshot: Promise<CatalogueSnapshot>; readonly checkedAt: number }
const kept = new WeakMap<Db, Kept>()

/** After a change by this process; call it with the ctx outside the transaction. */
export const forgetSnapshot = (ctx: Ctx): void => {
  kept.delete(ctx.db)
}

/** QUERY. Costs nothing most of the time; reads one number once a second; reads all when the catalogue has changed. */
export const catalogueSnapshot = async (ctx: Ctx): Promise<CatalogueSnapshot> => {
  const have = kept.get(ctx.db)
  if (have === undefined) return keep(ctx, undefined)
  const age = ctx.now - have.checkedAt
  if (age >= 0 && age < CHECK_EVERY_MS) return have.snapshot
  const snapshot = await have.snapshot
  if ((await readVersion(ctx)) !== snapshot.version) return keep(ctx, snapshot)
  kept.set(ctx.db, { snapshot: have.snapshot, checkedAt: ctx.now })
  return snapshot
}

const keep = (ctx: Ctx, old: CatalogueSnapshot | undefined): Promise<CatalogueSnapshot> => {
  const snapshot = load(ctx, old)
  // Kept as a promise: sixteen first readers wait for one load. A failed load is not kept.
  kept.set(ctx.db, { snapshot, checkedAt: ctx.now })
  snapshot.catch(() => kept.delete(ctx.db))
  return snapshot
}

const load = async (ctx: Ctx, old: CatalogueSnapshot | undefined): Promise<CatalogueSnapshot> => {
  // The version first: what is committed while the rest is read makes the next check load again.
  const version = await readVersion(ctx)
  const { rows } = await sql<Row>`
    select p.id as "procedureId", r.id as "revisionId", r.n, p.code, r.name, r.field, r.levels, r.publisher, r.record->'subjects' as subjects,
           r.record->>'keywords' as keywords, r.imported_at as "importedAt", r.methods
      from catalogue.procedure p join catalogue.revision r on r.id = p.current_revision_id order by p.code`.execute(ctx.db)
  const decisions = await findDecisions(ctx, 'current')
  const all = rows.map((row) => {
    const methods = methodRows(row.methods, decisions.filter((d) => d.revisionId === row.revisionId))
    return {
      procedureId: row.procedureId,
      revisionId: row.revisionId,
      n: row.n,
      code: row.code,
      levels: row.levels,
      publisher: row.publisher,
      importedAt: row.importedAt,
      name: displayName(row.name),
      field: displayName(row.field),
      fieldSlug: slugOf(row.field),
      subjects: joinSplitSubjects(row.subjects),
      applicants: applicantsOf(joinSplitSubjects(row.subjects)),
      methods,
      rowsToSettle: methods.filter((m) => !m.settled).length,
    }
  })
  const isSame = old !== undefined && old.all.length === all.length && old.all.every((p, i) => p.revisionId === all[i]?.revisionId)
  const index = isSame ? old.index : buildSearchIndex(searchables(rows), synonymData().synonyms)
  return { version, all, byCode: new Map(all.map((p) => [p.code, p])), index }
}
