import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { authorise, can, proceduresFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Status } from '../lifecycle/status.ts'

export type InboxRow = {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly applicantName: string
  readonly status: Status
  readonly submittedAt: Instant
  /** When it came, or was completed; when it was asked for. */
  readonly stepEnteredAt: Instant
  /** By when the desk must answer; null while it waits for the applicant without a day. */
  readonly stepDueAt: Instant | null
}
/** 'new': waits for the desk. 'waiting': for the applicant. */
export type InboxTab = 'new' | 'waiting'
export type Inbox = { readonly rows: readonly InboxRow[]; readonly counts: Readonly<Record<InboxTab, number>> }

const STEP = { new: 'INTAKE', waiting: 'COMPLETION' } as const

/** QUERY. The submissions of the actor's desks, what must be answered first on top. At most 200. @throws Forbidden */
export const intakeInbox = async (ctx: Ctx, input: { readonly tab: InboxTab }): Promise<Inbox> => {
  const acting = authorise(ctx, 'dossier.receive', { forSome: true })
  // Names of applicants are read, by the page.
  recordAccess(ctx, { kind: 'list', ...(acting !== undefined && { unitId: acting.unitId }), reason: 'intake' })
  const { actor } = ctx
  const desks = actor.kind === 'person' ? [...new Set(actor.posts.filter((post) => can({ ...actor, posts: [post] }, 'dossier.receive', { forSome: true })).map((post) => post.unitId))] : []
  const limits = desks.flatMap((unit) => proceduresFor(actor, 'dossier.receive', { unitId: unit })?.map((code) => ({ unit, code })) ?? [])
  const limited = sql`${[...new Set(limits.map((l) => l.unit))]}::uuid[]`
  const mine = sql`d.open and d.holder_unit_id = any(${desks}::uuid[])
     and (d.holder_unit_id <> all(${limited}) or exists (select from jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) as l(unit uuid, code text) where l.unit = d.holder_unit_id and l.code = d.procedure_code))`
  const [{ rows }, counted] = await Promise.all([
    sql<InboxRow>`/* prepared */
      select d.id, d.version, c.code, d.procedure_code as "procedureCode", r.name as "procedureName", d.applicant_name as "applicantName", d.status,
             d.submitted_at as "submittedAt", d.step_entered_at as "stepEnteredAt", d.step_due_at as "stepDueAt"
        from dossier.dossier d
        join dossier.code c on c.id = d.id and c.kind = 'dossier'
        join catalogue.pub_revision r on r.id = d.revision_id
       where ${mine} and d.step = ${STEP[input.tab]}
       order by d.step_due_at nulls last, d.id limit 200`.execute(ctx.db),
    sql<{ step: string; n: number }>`/* prepared */
      select d.step, count(*)::int as n from dossier.dossier d
       where ${mine} and d.step in ('INTAKE', 'COMPLETION') group by d.step`.execute(ctx.db),
  ])
  const count = (tab: InboxTab) => counted.rows.find((row) => row.step === STEP[tab])?.n ?? 0
  return { rows, counts: { new: count('new'), waiting: count('waiting') } }
}
