import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { keepWhile, withVersions } from '#platform/versions.ts'
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

/** A dossier asks for the same few all day. */
const revisions = keepWhile<ProcedureRevision | undefined>(300, 'catalogue')
const currentIds = keepWhile<Uuid | undefined>(2_000, 'catalogue')

const readKept = (ctx: Ctx, id: Uuid): Promise<ProcedureRevision | undefined> => revisions(ctx, id, async (ctx) => (await read(ctx, sql`r.id = ${id}`))[0])

/** QUERY. The revision in force of a procedure, by its code; undefined when there is no such procedure. */
export const findCurrentRevision = async (ctx: Ctx, code: string): Promise<ProcedureRevision | undefined> => {
  const known = await withVersions(ctx)
  const id = await currentIds(known, code, async (ctx) => {
    const { rows } = await sql<{ id: Uuid }>`select current_revision_id as id from catalogue.procedure where code = ${code}`.execute(ctx.db)
    return rows[0]?.id
  })
  return id === undefined ? undefined : readKept(known, id)
}

/** QUERY. As `findCurrentRevision`. @throws NotFound */
export const getCurrentRevision = async (ctx: Ctx, code: string): Promise<ProcedureRevision> => {
  const revision = await findCurrentRevision(ctx, code)
  if (revision === undefined) throw new NotFound('procedure')
  return revision
}

/** QUERY. Any revision, by its id: what a dossier keeps. Its settled rows are those of today. @throws NotFound */
export const getRevision = async (ctx: Ctx, revisionId: Uuid): Promise<ProcedureRevision> => {
  const revision = await readKept(ctx, revisionId)
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
