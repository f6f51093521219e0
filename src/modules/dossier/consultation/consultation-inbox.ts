import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { authorise, proceduresFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Stance } from '../lifecycle/consultation.ts'

type Line = { readonly id: Uuid; readonly n: number; readonly code: string; readonly procedureName: string; readonly askedBy: string; readonly unit: string; readonly askedAt: Instant; readonly dueAt: Instant }
export type OpenQuestion = Line & { readonly question: string; readonly silence: string }
/** Nothing of the dossier any more. `stance` null: it was not answered. */
export type ClosedQuestion = Line & { readonly closedAt: Instant | null; readonly stance: Stance | null; readonly recalled: boolean }
/** The last line of a page: the next one begins after it. */
export type ClosedAfter = { readonly askedAt: Instant; readonly id: Uuid; readonly n: number }
export type ConsultationInbox = { readonly open: readonly OpenQuestion[]; readonly closed: readonly ClosedQuestion[]; readonly next: ClosedAfter | null }

const AT_MOST = 100
const CLOSED_PAGE = 50

/** What a line says, joined to a question `q`. */
const TOLD = sql`
    select q.dossier_id as id, q.n, c.code, r.name as "procedureName", concat_ws(', ', b.name, case when b.agency_id <> u.agency_id then a.name end) as "askedBy", u.name as unit, q.asked_at as "askedAt", q.due_at as "dueAt",
           q.question, q.silence, coalesce(q.answered_at, q.lapsed_at, q.recalled_at) as "closedAt", q.stance, q.recalled_at is not null as recalled`
const JOINED = sql`
      join dossier.dossier d on d.id = q.dossier_id
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
      join organisation.pub_unit b on b.id = d.division_id
      join organisation.pub_unit a on a.id = b.agency_id
      join organisation.pub_unit u on u.id = q.unit_id`

/** QUERY. What the actor's units are asked, due first; and what they were asked before, newest first. @throws Forbidden for who gives no opinions */
export const consultationInbox = async (ctx: Ctx, page: { readonly after?: ClosedAfter | undefined } = {}): Promise<ConsultationInbox> => {
  const acting = authorise(ctx, 'dossier.advise', { forSome: true })
  if (ctx.actor.kind !== 'person') throw new Forbidden('dossier.advise')
  const mine = sql`jsonb_to_recordset(${JSON.stringify(unitsOf(ctx))}::jsonb) as p(unit uuid, procedures text[])`
  const concerns = sql<boolean>`(p.procedures is null or (select d.procedure_code from dossier.dossier d where d.id = q.dossier_id) = any(p.procedures))`
  const { after } = page
  const beyond = after === undefined ? sql`` : sql`and (q.asked_at, q.dossier_id, q.n) < (${new Date(after.askedAt).toISOString()}::timestamptz, ${after.id}::uuid, ${after.n}::int)`
  const order = sql`q.asked_at desc, q.dossier_id desc, q.n desc`
  const [open, closed] = await Promise.all([
    sql<OpenQuestion>`${TOLD} from dossier.consultation q join ${mine} on p.unit = q.unit_id ${JOINED} where q.open and ${concerns} order by q.due_at, q.dossier_id, q.n limit ${AT_MOST}`.execute(ctx.db),
    // Each unit by its own index; one row more than a page says whether another follows.
    sql<ClosedQuestion>`
      with q as materialized (
        select q.* from ${mine}, lateral (
          select * from dossier.consultation q where q.unit_id = p.unit and not q.open and ${concerns} ${beyond} order by ${order} limit ${CLOSED_PAGE + 1}) q
         order by ${order} limit ${CLOSED_PAGE + 1})
      ${TOLD} from q ${JOINED} order by ${order}`.execute(ctx.db),
  ])
  if (open.rows.length > 0) recordAccess(ctx, { kind: 'list', ...(acting !== undefined && { unitId: acting.unitId }), reason: 'consultations' })
  const told = ({ id, n, code, procedureName, askedBy, unit, askedAt, dueAt }: Line): Line => ({ id, n, code, procedureName, askedBy, unit, askedAt, dueAt })
  const rows = closed.rows.slice(0, CLOSED_PAGE)
  const last = closed.rows.length > CLOSED_PAGE ? rows.at(-1) : undefined
  return {
    open: open.rows.map((row) => ({ ...told(row), question: row.question, silence: row.silence })),
    closed: rows.map((row) => ({ ...told(row), closedAt: row.closedAt, stance: row.stance, recalled: row.recalled })),
    next: last === undefined ? null : { askedAt: last.askedAt, id: last.id, n: last.n },
  }
}

/** QUERY. How many questions wait for the actor's units; none for who gives no opinions. */
export const countQuestions = async (ctx: Ctx): Promise<number> => {
  const units = unitsOf(ctx)
  if (units.length === 0) return 0
  const { rows } = await sql<{ n: number }>`/* prepared */
    select count(*)::int as n from dossier.consultation q
      join jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as p(unit uuid, procedures text[]) on p.unit = q.unit_id
     where q.open and (p.procedures is null or (select d.procedure_code from dossier.dossier d where d.id = q.dossier_id) = any(p.procedures))`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

/** Each unit once, with the procedures that a delegation is limited to; null: all. */
const unitsOf = (ctx: Ctx): readonly { readonly unit: Uuid; readonly procedures: readonly string[] | null }[] => {
  const posts = ctx.actor.kind === 'person' ? ctx.actor.posts : []
  return [...new Set(posts.map((post) => post.unitId))].flatMap((unit) => {
    const procedures = proceduresFor(ctx.actor, 'dossier.advise', { unitId: unit })
    return procedures === null || procedures.length > 0 ? [{ unit, procedures }] : []
  })
}
