import type { Uuid } from '#kernel/ids.ts'
import { uuidv7Floor } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, dateOf, dayNumberOf, instant, instantAt } from '#kernel/plain-date.ts'
import { authorise, proceduresFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Delivery } from './lifecycle/state.ts'
import type { Status } from './lifecycle/status.ts'
import { type QueueRow, pastDue, queueRows } from './officer-queue.ts'

/**
 * What a desk counts: today received at the counter, accepted on line, requests to correct, refusals, results returned; of all open dossiers that it
 * received, wherever they are: due today, late, all.
 */
export const DESK_LISTS = ['received', 'accepted', 'requested', 'refused', 'returned', 'due', 'late', 'open'] as const
export type DeskList = (typeof DESK_LISTS)[number]

export type DeskBoard = {
  readonly deskId: Uuid
  readonly counts: Readonly<Record<DeskList, number>>
  /** Received and not yet passed on, by what is due first. */
  readonly toForward: readonly QueueRow[]
  /** Results that wait for their owners. */
  readonly toReturn: readonly ReadyResult[]
}

/** A row of a day's list. `at`: when that happened which the list is of. */
export type DayRow = {
  readonly id: Uuid
  readonly code: string
  readonly procedureName: string
  readonly applicantName: string
  readonly status: Status
  readonly at: Instant
  readonly receivedAt: Instant | null
  readonly dueAt: Instant | null
}

/** A submission that is refused or asked to be corrected was filed within this time, or it is not found: the desk's ids are read from here on. */
const INTAKE_DAYS = 60

/** Which rows of `dossier.dossier d` make a figure, and the moment that is shown. One place: a figure and its rows cannot differ. */
const listOf = (ctx: Ctx, list: DeskList) => {
  const today = instantAt(dayNumberOf(ctx.now))
  const from = sql`${new Date(today).toISOString()}::timestamptz`
  const recent = sql`d.id >= ${uuidv7Floor(instant(today - INTAKE_DAYS * MS_PER_DAY))}::uuid`
  const running = sql`d.open and d.status in ('received', 'processing')`
  switch (list) {
    case 'received':
      return { where: sql`d.id >= ${uuidv7Floor(today)}::uuid and d.channel <> 'online' and d.received_at >= ${from}`, at: sql`d.received_at` }
    case 'accepted':
      return { where: sql`${recent} and d.channel = 'online' and d.received_at >= ${from}`, at: sql`d.received_at` }
    case 'requested':
      return {
        where: sql`${recent} and d.channel = 'online' and exists (select from dossier.completion_request q where q.dossier_id = d.id and q.asked_at >= ${from})`,
        at: sql`(select max(q.asked_at) from dossier.completion_request q where q.dossier_id = d.id)`,
      }
    case 'refused':
      return { where: sql`${recent} and d.refused_at >= ${from}`, at: sql`d.refused_at` }
    case 'returned':
      return { where: sql`d.returned_at >= ${from}`, at: sql`d.returned_at` }
    case 'due':
      return { where: sql`${running} and d.due_on = ${dateOf(ctx.now)}::date and not ${pastDue(ctx.now)}`, at: sql`d.received_at` }
    case 'late':
      return { where: sql`${running} and ${pastDue(ctx.now)}`, at: sql`d.received_at` }
    case 'open':
      return { where: sql`d.open and d.received_at is not null`, at: sql`d.received_at` }
  }
}

/** Of `dossier.dossier d` at a desk: what a delegation for some procedures leaves out is neither counted nor shown. */
const atDesk = (ctx: Ctx, deskId: Uuid) => {
  const procedures = proceduresFor(ctx.actor, 'dossier.receive', { unitId: deskId })
  return procedures === null ? sql`d.desk_id = ${deskId}` : sql`d.desk_id = ${deskId} and d.procedure_code = any(${procedures}::text[])`
}

/** QUERY. Today at a desk; that its names were read is recorded. @throws Forbidden outside the actor's desk */
export const deskBoard = async (ctx: Ctx, deskId: Uuid): Promise<DeskBoard> => {
  authorise(ctx, 'dossier.receive', { unitId: deskId, forSome: true })
  recordAccess(ctx, { kind: 'list', unitId: deskId, reason: 'desk-day' })
  const counts = DESK_LISTS.map((list) => sql`select ${sql.lit(list)} as list, count(*)::int as n from dossier.dossier d where ${atDesk(ctx, deskId)} and ${listOf(ctx, list).where}`)
  const [counted, toForward, toReturn] = await Promise.all([
    sql<{ list: DeskList; n: number }>`/* prepared */ ${sql.join(counts, sql` union all `)}`.execute(ctx.db),
    queueRows(ctx, [{ unit: deskId, step: 'RECEIVE', own: null, procedures: proceduresFor(ctx.actor, 'dossier.receive', { unitId: deskId }) }], 200),
    readyToReturn(ctx, deskId, 200),
  ])
  const of = new Map(counted.rows.map(({ list, n }) => [list, n]))
  return { deskId, counts: Object.fromEntries(DESK_LISTS.map((list) => [list, of.get(list) ?? 0])) as Record<DeskList, number>, toForward, toReturn }
}

/** QUERY. The rows of a figure of the desk's day, newest first; of what is still open, by what is due first; the reading is recorded. @throws Forbidden outside the actor's desk */
export const listDeskDay = async (ctx: Ctx, deskId: Uuid, list: DeskList, limit = 500): Promise<readonly DayRow[]> => {
  authorise(ctx, 'dossier.receive', { unitId: deskId, forSome: true })
  recordAccess(ctx, { kind: 'list', unitId: deskId, reason: 'desk-day' })
  const { where, at } = listOf(ctx, list)
  const byDue = list === 'due' || list === 'late' || list === 'open'
  const { rows } = await sql<DayRow>`
    select q.id, c.code, r.name as "procedureName", q."applicantName", q.status, q.at, q."receivedAt", q."dueAt"
      from (select d.id, d.revision_id, d.applicant_name as "applicantName", d.status, ${at} as at, d.received_at as "receivedAt", d.due_at as "dueAt"
              from dossier.dossier d where ${atDesk(ctx, deskId)} and ${where}
             order by ${byDue ? sql`d.due_at, d.id` : sql`${at} desc, d.id desc`} limit ${limit}) q
      join dossier.code c on c.id = q.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = q.revision_id
     order by ${byDue ? sql`q."dueAt", q.id` : sql`q.at desc, q.id desc`}`.execute(ctx.db)
  return rows
}

/** QUERY. How many online submissions of this desk wait for an answer: the figure at the menu. @throws Forbidden outside the actor's desk */
export const countSubmissions = async (ctx: Ctx, deskId: Uuid): Promise<number> => {
  authorise(ctx, 'dossier.receive', { unitId: deskId, forSome: true })
  const procedures = proceduresFor(ctx.actor, 'dossier.receive', { unitId: deskId })
  const { rows } = await sql<{ n: number }>`/* prepared */
    select count(*)::int as n from dossier.dossier d
     where d.open and d.holder_unit_id = ${deskId} and d.step = 'INTAKE' and (${procedures}::text[] is null or d.procedure_code = any(${procedures}::text[]))`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

export type ReadyResult = QueueRow & { readonly delivery: Delivery }

/** QUERY. Results at this desk that wait for their owners, the earliest promise first; the reading is recorded. @throws Forbidden outside the actor's desk */
export const listReadyToReturn = async (ctx: Ctx, deskId: Uuid, limit = 200): Promise<readonly ReadyResult[]> => {
  authorise(ctx, 'dossier.return', { unitId: deskId, forSome: true })
  recordAccess(ctx, { kind: 'list', unitId: deskId, reason: 'return' })
  return readyToReturn(ctx, deskId, limit)
}

const readyToReturn = async (ctx: Ctx, deskId: Uuid, limit: number): Promise<readonly ReadyResult[]> => {
  const rows = await queueRows(ctx, [{ unit: deskId, step: 'RETURN', own: null, procedures: proceduresFor(ctx.actor, 'dossier.return', { unitId: deskId }) }], limit)
  const { rows: ways } = await sql<{ id: Uuid; delivery: Delivery }>`/* prepared */
    select id, delivery from dossier.dossier where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(ctx.db)
  const deliveries = new Map(ways.map((way) => [way.id, way.delivery]))
  return rows.map((row) => ({ ...row, delivery: deliveries.get(row.id) ?? 'counter' }))
}
