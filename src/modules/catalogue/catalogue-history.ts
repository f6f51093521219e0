import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import { authorise } from '#modules/access'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Subscription } from '#platform/log/subscriptions.ts'

/** SUBSCRIPTION. The history of the catalogue as rows: what came in when, what was settled by whom and why. */
export const catalogueHistory: Subscription = {
  name: 'catalogue-history',
  handle: async (ctx, events) => {
    const rows = events
      .filter((e) => e.type.startsWith('procedure.'))
      .map((e) => ({ procedure_id: e.stream, seq: e.seq, at: new Date(e.at).toISOString(), type: e.type, actor: e.actor, data: e.data }))
    if (rows.length === 0) return
    await sql`insert into catalogue.history (procedure_id, seq, at, type, actor, data)
      select procedure_id, seq, at, type, actor, data
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (procedure_id uuid, seq int, at timestamptz, type text, actor jsonb, data jsonb)
      on conflict do nothing`.execute(ctx.db)
  },
  reset: async (ctx) => {
    await sql`delete from catalogue.history`.execute(ctx.db)
  },
}

export type HistoryLine = {
  readonly seq: number
  readonly at: Instant
  /** `procedure.imported`, `procedure.revised`, `procedure.row-settled` */
  readonly type: string
  /** Ids of person and post, or the job. */
  readonly actor: Json
  /** Name of the person, where it was one. */
  readonly by: string | null
  readonly data: Json
}

/** QUERY. The history of one procedure, newest first. @throws Forbidden */
export const listProcedureHistory = async (ctx: Ctx, procedureId: Uuid): Promise<readonly HistoryLine[]> => {
  authorise(ctx, 'catalogue.browse')
  const { rows } = await sql<HistoryLine>`
    select h.seq, h.at, h.type, h.actor, p.name as by, h.data
      from catalogue.history h left join organisation.pub_person p on p.id = (h.actor->>'person')::uuid
     where h.procedure_id = ${procedureId} order by h.seq desc`.execute(ctx.db)
  return rows
}
