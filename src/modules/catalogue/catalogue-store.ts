/** SQL of the catalogue's own rows. Only commands call what writes. */
import { type Instant, instant } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Change } from './import-procedures.ts'
import type { Decision, FeeChoice } from './method-rows.ts'
import type { LimitUnit } from './procedure-record.ts'

/** One import at a time: two would number revisions twice. Any number that only this uses. */
const IMPORT_LOCK = 70_210_050

export const lockImports = async (ctx: Ctx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(ctx.db)
}

export type KnownProcedure = {
  readonly id: Uuid
  readonly code: string
  readonly currentRevisionId: Uuid
  readonly revisions: readonly { readonly id: Uuid; readonly n: number; readonly digest: string }[]
}

export const findKnown = async (ctx: Ctx, codes: readonly string[]): Promise<readonly KnownProcedure[]> => {
  const { rows } = await sql<KnownProcedure>`
    select p.id, p.code, p.current_revision_id as "currentRevisionId",
           jsonb_agg(jsonb_build_object('id', r.id, 'n', r.n, 'digest', encode(r.digest, 'hex'))) as revisions
      from catalogue.procedure p join catalogue.revision r on r.procedure_id = p.id
     where p.code = any(${codes}) group by p.id`.execute(ctx.db)
  return rows
}

const at = (ctx: Ctx) => new Date(ctx.now).toISOString()

export const insertProcedures = async (ctx: Ctx, changes: readonly Change[]): Promise<void> => {
  const rows = changes.map((c) => ({ id: c.procedureId, code: c.published.code, revision: c.revisionId }))
  await sql`insert into catalogue.procedure (id, code, current_revision_id, imported_at)
    select id, code, revision, ${at(ctx)}::timestamptz from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, code text, revision uuid)`.execute(ctx.db)
}

export const insertRevisions = async (ctx: Ctx, changes: readonly Change[]): Promise<void> => {
  const rows = changes.map((c) => ({ id: c.revisionId, procedure_id: c.procedureId, n: c.n, digest: c.digest.toString('hex'), record: c.published, source: c.source }))
  await sql`insert into catalogue.revision (id, procedure_id, n, digest, name, field, levels, publisher, imported_at, record, source)
    select id, procedure_id, n, decode(digest, 'hex'), record->>'name', record->>'field',
           array(select jsonb_array_elements_text(record->'levels')), record->>'publisher', ${at(ctx)}::timestamptz, record, source
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, procedure_id uuid, n int, digest text, record jsonb, source jsonb)`.execute(ctx.db)
}

export const setCurrent = async (ctx: Ctx, changes: readonly Change[]): Promise<void> => {
  const rows = changes.map((c) => ({ id: c.procedureId, revision: c.revisionId }))
  await sql`update catalogue.procedure p set current_revision_id = x.revision
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, revision uuid) where p.id = x.id`.execute(ctx.db)
}

/** Last in a transaction: it is one row that every change of the catalogue waits for. */
export const bumpVersion = async (ctx: Ctx): Promise<void> => {
  await sql`update catalogue.version set n = n + 1`.execute(ctx.db)
}

export const readVersion = async (ctx: Ctx): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select n from catalogue.version`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

/** A row of `catalogue.settled_row`. Built here and nowhere else (decision 10). */
export type SettledRow = {
  readonly revision_id: Uuid
  readonly n: number
  readonly procedure_id: Uuid
  readonly limit_amount: string | null
  readonly limit_unit: LimitUnit | null
  readonly in_day_cutoff_minutes: number | null
  readonly applies_when: string | null
  readonly fee: FeeChoice | null
  readonly reason: string
  readonly source_text: string
  readonly settled_at: number
}

export const settledRowOf = (procedureId: Uuid, decision: Decision): SettledRow => ({
  revision_id: decision.revisionId,
  n: decision.n,
  procedure_id: procedureId,
  limit_amount: decision.limit === null ? null : String(decision.limit.amount),
  limit_unit: decision.limit?.unit ?? null,
  in_day_cutoff_minutes: decision.inDayCutoffMinutes,
  applies_when: decision.appliesWhen,
  fee: decision.fee,
  reason: decision.reason,
  source_text: decision.sourceText,
  settled_at: decision.settledAt,
})

const decisionOf = (row: SettledRow): Decision => ({
  revisionId: row.revision_id,
  n: row.n,
  limit: row.limit_amount === null || row.limit_unit === null ? null : { amount: Number(row.limit_amount), unit: row.limit_unit },
  inDayCutoffMinutes: row.in_day_cutoff_minutes,
  appliesWhen: row.applies_when,
  fee: row.fee,
  reason: row.reason,
  sourceText: row.source_text,
  settledAt: instant(row.settled_at) as Instant,
})

export const putSettledRow = async (ctx: Ctx, row: SettledRow): Promise<void> => {
  await sql`insert into catalogue.settled_row
      (revision_id, n, procedure_id, limit_amount, limit_unit, in_day_cutoff_minutes, applies_when, fee, reason, source_text, settled_at)
    values (${row.revision_id}, ${row.n}, ${row.procedure_id}, ${row.limit_amount}::numeric, ${row.limit_unit}, ${row.in_day_cutoff_minutes}, ${row.applies_when},
            ${row.fee === null ? null : JSON.stringify(row.fee)}::jsonb, ${row.reason}, ${row.source_text}, ${new Date(row.settled_at).toISOString()})
    on conflict (revision_id, n) do update set limit_amount = excluded.limit_amount, limit_unit = excluded.limit_unit,
      in_day_cutoff_minutes = excluded.in_day_cutoff_minutes, applies_when = excluded.applies_when, fee = excluded.fee,
      reason = excluded.reason, source_text = excluded.source_text, settled_at = excluded.settled_at`.execute(ctx.db)
}

export const findDecisions = async (ctx: Ctx, revisionIds: readonly Uuid[] | 'current'): Promise<readonly Decision[]> => {
  const { rows } = await sql<SettledRow>`
    select revision_id, n, procedure_id, limit_amount, limit_unit, in_day_cutoff_minutes, applies_when, fee, reason, source_text, settled_at
      from catalogue.settled_row
     where ${revisionIds === 'current' ? sql`revision_id in (select current_revision_id from catalogue.procedure)` : sql`revision_id = any(${revisionIds})`}
     order by revision_id, n`.execute(ctx.db)
  return rows.map(decisionOf)
}
