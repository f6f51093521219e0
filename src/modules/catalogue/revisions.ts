import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { findDecisions } from './catalogue-store.ts'
import type { RecordSource } from './procedure-record.ts'
import { type ProcedureRevision, type RevisionRow, revisionOf } from './procedure-revision.ts'

const columns = sql`r.id, r.procedure_id, r.n, encode(r.digest, 'hex') as digest, r.imported_at, r.id = p.current_revision_id as is_current, r.record`

const read = async (ctx: Ctx, where: ReturnType<typeof sql>): Promise<readonly ProcedureRevision[]> => {
  const { rows } = await sql<RevisionRow>`
    select ${columns} from catalogue.revision r join catalogue.procedure p on p.id = r.procedure_id where ${where} order by r.n desc`.execute(ctx.db)
  const decisions = rows.length === 0 ? [] : await findDecisions(ctx, rows.map((r) => r.id))
  return rows.map((row) => revisionOf(row, decisions))
}

/** Revisions read lately, each with the version of the catalogue for which it is true: a dossier asks for the same few all day. */
const lately = new Map<Uuid, { readonly version: number; readonly revision: ProcedureRevision }>()
const MOST_KEPT = 300

/** @param head one small row: which revision it is, and the version of the catalogue */
const readKept = async (ctx: Ctx, head: { readonly id: Uuid; readonly version: number } | undefined): Promise<ProcedureRevision | undefined> => {
  if (head === undefined) return undefined
  const known = lately.get(head.id)
  if (known?.version === head.version) return known.revision
  const [revision] = await read(ctx, sql`r.id = ${head.id}`)
  // What a transaction sees of its own may be undone.
  if (revision === undefined || ctx.db.isTransaction) return revision
  const oldest = lately.size >= MOST_KEPT ? lately.keys().next().value : undefined
  if (oldest !== undefined) lately.delete(oldest)
  lately.set(head.id, { version: head.version, revision })
  return revision
}

/** QUERY. The revision in force of a procedure, by its code; undefined when there is no such procedure. */
export const findCurrentRevision = async (ctx: Ctx, code: string): Promise<ProcedureRevision | undefined> => {
  const { rows } = await sql<{ id: Uuid; version: number }>`/* prepared */
    select p.current_revision_id as id, v.n as version from catalogue.procedure p, catalogue.version v where p.code = ${code}`.execute(ctx.db)
  return readKept(ctx, rows[0])
}

/** QUERY. As `findCurrentRevision`. @throws NotFound */
export const getCurrentRevision = async (ctx: Ctx, code: string): Promise<ProcedureRevision> => {
  const revision = await findCurrentRevision(ctx, code)
  if (revision === undefined) throw new NotFound('procedure')
  return revision
}

/** QUERY. Any revision, by its id: what a dossier keeps. Its settled rows are those of today. @throws NotFound */
export const getRevision = async (ctx: Ctx, revisionId: Uuid): Promise<ProcedureRevision> => {
  const { rows } = await sql<{ id: Uuid; version: number }>`/* prepared */
    select r.id, v.n as version from catalogue.revision r, catalogue.version v where r.id = ${revisionId}`.execute(ctx.db)
  const revision = await readKept(ctx, rows[0])
  if (revision === undefined) throw new NotFound('revision')
  return revision
}

/** QUERY. All revisions of a procedure, newest first; empty for an unknown code. */
export const listRevisions = (ctx: Ctx, code: string): Promise<readonly ProcedureRevision[]> => read(ctx, sql`p.code = ${code}`)

/** QUERY. Where a revision came from: repository, file, and the unsplit text where cells had to be split. @throws NotFound */
export const getRevisionSource = async (ctx: Ctx, revisionId: Uuid): Promise<RecordSource> => {
  const { rows } = await sql<{ source: RecordSource }>`select source from catalogue.revision where id = ${revisionId}`.execute(ctx.db)
  if (rows[0] === undefined) throw new NotFound('revision')
  return rows[0].source
}
