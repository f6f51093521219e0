import { uuidv7Floor, type Uuid } from '#kernel/ids.ts'
import { type Instant, instant } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Channel, Delivery } from '../lifecycle/state.ts'
import { type RegisterFilter, conditionsOf, matchText } from './filter.ts'
import { placesAsked } from './find-in-register.ts'
import { isAt } from './reach.ts'

/** A line of the register (Sổ theo dõi hồ sơ), domain.md §4.2: its columns in their order. */
export type RegisterEntry = {
  readonly id: Uuid
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly sets: number
  readonly applicantName: string
  readonly applicantAddress: string | null
  readonly applicantPhone: string | null
  readonly agencyName: string
  readonly channel: Channel
  readonly receivedAt: Instant | null
  readonly dueAt: Instant | null
  /** As promised at first, where a letter gave a new date, or a correction did; null otherwise. */
  readonly firstDueAt: Instant | null
  readonly correctedAt: Instant | null
  readonly reopenedAt: Instant | null
  readonly finishedAt: Instant | null
  readonly returnedAt: Instant | null
  readonly delivery: Delivery
  /** Who took the result, and what was signed. */
  readonly recipientName: string | null
  readonly signature: string | null
  readonly remark: string | null
  /** When the citizen first came with this need, in this dossier or an earlier attempt. */
  readonly firstContactAt: Instant
  readonly attempts: number
  /** The answer that the citizen has: of what was opened again the last; null: not yet. */
  readonly lastEndedAt: Instant | null
}

const BATCH = 1_000

/**
 * QUERY. All lines that the filter finds, the oldest first, a thousand at a time: for paper and spreadsheet, never in memory at once.
 * `after` is not looked at. The reading is recorded once.
 * @throws Forbidden outside what one may see, before the first line
 */
export const registerRows = async function* (ctx: Ctx, filter: RegisterFilter): AsyncGenerator<RegisterEntry> {
  const post = authorise(ctx, 'dossier.find')
  const places = await placesAsked(ctx, filter)
  const match = await matchText(ctx, filter.text)
  recordAccess(ctx, { kind: 'list', ...(post !== undefined && { unitId: filter.unitId ?? post.unitId }), reason: 'register-export' })
  if (match === 'nothing' || places.length === 0) return
  const at = sql`(${sql.join(places.map((p) => isAt(p)), sql` or `)})`
  const conditions = sql.join([sql`${at}`, ...conditionsOf(filter, ctx.now), ...(match === undefined ? [] : [match.indexed])], sql` and `)
  let last = uuidv7Floor(instant(0))
  for (;;) {
    const { rows } = await sql<RegisterEntry>`
      select d.id, c.code, d.procedure_code as "procedureCode", r.name as "procedureName", d.sets, d.applicant_name as "applicantName",
             d.applicant_address as "applicantAddress", d.applicant_phone as "applicantPhone", a.name as "agencyName", d.channel,
             d.received_at as "receivedAt", d.due_at as "dueAt", case when d.extensions > 0 or (d.corrected_at is not null and d.due_original_at is distinct from d.due_at) then d.due_original_at end as "firstDueAt", d.corrected_at as "correctedAt", d.reopened_at as "reopenedAt", d.finished_at as "finishedAt", d.returned_at as "returnedAt", d.delivery,
             d.recipient_name as "recipientName", d.recipient_signature as signature, d.remark,
             coalesce(d.first_contact_at, d.submitted_at, d.received_at) as "firstContactAt", case when d.status in ('finished', 'returned', 'stopped', 'withdrawn') then coalesce(d.last_ended_at, d.ended_at) else d.refused_at end as "lastEndedAt",
             case when d.first_contact_at is null then 1 else 1 + (select count(*)::int from dossier.earlier_attempt e where e.dossier_id = d.id and e.unlinked_at is null) end as attempts
        from (select * from dossier.dossier d where ${conditions} and d.id > ${last}::uuid order by d.id limit ${BATCH}) d
        join dossier.code c on c.id = d.id and c.kind = 'dossier'
        join catalogue.pub_revision r on r.id = d.revision_id
        join organisation.pub_unit a on a.id = d.agency_id
       order by d.id`.execute(ctx.db)
    yield* rows
    if (rows.length < BATCH) return
    last = rows.at(-1)!.id
  }
}
