import type { Uuid } from '#kernel/ids.ts'
import { uuidv7Floor } from '#kernel/ids.ts'
import { dateOf, dayNumberOf, instantAt } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Delivery } from './lifecycle/state.ts'
import { type QueueRow, pastDue, queueRows } from './officer-queue.ts'

export type DeskBoard = {
  readonly deskId: Uuid
  readonly receivedToday: number
  readonly returnedToday: number
  /** Of all open dossiers that this desk received, wherever they are now. */
  readonly open: number
  readonly dueToday: number
  readonly late: number
  /** Received and not yet passed on, by what is due first. */
  readonly toForward: readonly QueueRow[]
  /** Results that wait for their owners. */
  readonly toReturn: readonly ReadyResult[]
}

/** QUERY. Today at a desk. @throws Forbidden outside the actor's desk */
export const deskBoard = async (ctx: Ctx, deskId: Uuid): Promise<DeskBoard> => {
  authorise(ctx, 'dossier.receive', { unitId: deskId })
  const today = instantAt(dayNumberOf(ctx.now))
  const from = new Date(today).toISOString()
  const [counts, toForward, toReturn] = await Promise.all([
    sql<Pick<DeskBoard, 'receivedToday' | 'returnedToday' | 'open' | 'dueToday' | 'late'>>`/* prepared */
      select o.*, r.*, b.*
        from (select count(*)::int as open,
                     count(*) filter (where status in ('received', 'processing') and ${pastDue(ctx.now)})::int as late,
                     count(*) filter (where status in ('received', 'processing') and due_on = ${dateOf(ctx.now)}::date and not ${pastDue(ctx.now)})::int as "dueToday"
                from dossier.dossier d where open and desk_id = ${deskId}) o,
             (select count(*)::int as "receivedToday" from dossier.dossier where desk_id = ${deskId} and id >= ${uuidv7Floor(today)}::uuid) r,
             (select count(*)::int as "returnedToday" from dossier.dossier where desk_id = ${deskId} and returned_at >= ${from}::timestamptz) b`.execute(ctx.db),
    queueRows(ctx, [{ unit: deskId, step: 'RECEIVE', own: null }], 200),
    listReadyToReturn(ctx, deskId),
  ])
  return { deskId, ...counts.rows[0]!, toForward, toReturn }
}

export type ReadyResult = QueueRow & { readonly delivery: Delivery }

/** QUERY. Results at this desk that wait for their owners, the earliest promise first. @throws Forbidden outside the actor's desk */
export const listReadyToReturn = async (ctx: Ctx, deskId: Uuid, limit = 200): Promise<readonly ReadyResult[]> => {
  authorise(ctx, 'dossier.return', { unitId: deskId })
  const rows = await queueRows(ctx, [{ unit: deskId, step: 'RETURN', own: null }], limit)
  const { rows: ways } = await sql<{ id: Uuid; delivery: Delivery }>`/* prepared */
    select id, delivery from dossier.dossier where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(ctx.db)
  const deliveries = new Map(ways.map((way) => [way.id, way.delivery]))
  return rows.map((row) => ({ ...row, delivery: deliveries.get(row.id) ?? 'counter' }))
}
