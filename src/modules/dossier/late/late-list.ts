/** What is late or near it, and the letters that wait for a signature, by whoever may see them. Only open rows, and the few with a letter, by indexes of their own. */
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { type WorkingCalendar, getWorkingCalendar, workingDateAfter, workingDatesBetween } from '#modules/calendar'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { ApologyKind } from '../lifecycle/extension.ts'
import type { LimitKept } from '../lifecycle/state.ts'
import type { Status } from '../lifecycle/status.ts'
import { pastDue } from '../officer-queue.ts'
import { RUNNING } from '../register/lateness.ts'
import { type Place, isAt, placesOf } from '../register/reach.ts'
import { LEVEL_OF_CHAIR, cityChairPost } from './city-chair.ts'

/** `letters`: to sign · `soon`: due within three working days · `late`: past its promise · `escalated`: come before the control office or the chair. */
export const LATE_TABS = ['letters', 'soon', 'late', 'escalated'] as const
export type LateTab = (typeof LATE_TABS)[number]

export type LateRow = {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly procedureName: string
  readonly applicantName: string
  readonly agencyName: string
  readonly status: Status
  readonly step: string | null
  /** Who has it: the person, else the post, else the unit. */
  readonly holder: string
  readonly limitUnit: LimitKept['unit']
  readonly dueAt: Instant
  readonly dueOriginalAt: Instant
  /** Working days past the promise; 0 on the day itself and before. */
  readonly days: number
  readonly level: number
  readonly letter: { readonly kind: ApologyKind; readonly reason: string; readonly proposedDueAt: Instant | null } | null
  /** The last letter that went out. */
  readonly sent: { readonly kind: ApologyKind; readonly at: Instant } | null
}

export type LateList = { readonly rows: readonly LateRow[]; readonly counts: Readonly<Record<LateTab, number>> }

/** Due in so many working days or fewer: amber (domain.md §2.6, alert ladder). */
const SOON_DAYS = 3
const SHOWN = 200
/** Enough to say "more than". */
const COUNTED = 2_000
const OPEN = sql`d.open and d.due_at is not null and ${RUNNING}`
/** From the control office up. */
const HIGH = 3

/** QUERY. At most 200 rows of one tab, the longest due first, and how many there are in each; the reading is recorded. @throws Forbidden */
export const lateList = async (ctx: Ctx, tab: LateTab): Promise<LateList> => {
  const post = authorise(ctx, 'dossier.monitor')
  recordAccess(ctx, { kind: 'list', ...(post !== undefined && { unitId: post.unitId }), reason: 'late' })
  const calendar = await getWorkingCalendar(ctx)
  const today = dateOf(ctx.now)
  const where = await whereOf(ctx, calendar)
  const counts = await countsWhere(ctx, where)
  const rows = await rowsOfTab(ctx, where, tab)
  return {
    rows: rows.map((row) => ({ ...row, days: Math.max(0, workingDatesBetween(calendar, dateOf(row.dueAt), today)) })),
    counts,
  }
}

/** QUERY. How many there are in each tab, without anybody's name. @throws Forbidden */
export const countLate = async (ctx: Ctx): Promise<LateList['counts']> => {
  authorise(ctx, 'dossier.monitor')
  return countsWhere(ctx, await whereOf(ctx, await getWorkingCalendar(ctx)))
}

const whereOf = async (ctx: Ctx, calendar: WorkingCalendar): Promise<Reach> => ({ ...(await reachOf(ctx)), soon: workingDateAfter(calendar, dateOf(ctx.now), SOON_DAYS) })

const countsWhere = async (ctx: Ctx, where: Reach): Promise<LateList['counts']> =>
  Object.fromEntries(await Promise.all(LATE_TABS.map(async (name) => [name, await countOf(ctx, where, name)] as const))) as LateList['counts']

type Reach = { readonly places: readonly Place[]; /** Of the whole city what has come before its chair: they may open it too (`dossier-view.ts`). */ readonly ofChair: boolean; readonly soon: PlainDate }

/** As the board: each list leads to what its reader may open. */
const reachOf = async (ctx: Ctx): Promise<Omit<Reach, 'soon'>> => ({ places: placesOf(ctx.actor, 'dossier.monitor'), ofChair: (await cityChairPost(ctx)) !== undefined })

/** Each begins with what its index is of. */
const conditionOf = (ctx: Ctx, { places, ofChair, soon }: Reach, tab: LateTab) => {
  const at = places.length === 0 ? sql`false` : sql`(${sql.join(places.map((place) => isAt(place)), sql` or `)})`
  switch (tab) {
    case 'letters':
      return sql`d.apology_kind is not null and ${at}`
    case 'soon':
      return sql`${OPEN} and not ${pastDue(ctx.now)} and d.due_on <= ${soon}::date and ${at}`
    case 'late':
      return sql`${OPEN} and ${pastDue(ctx.now)} and ${at}`
    case 'escalated':
      return sql`d.open and d.late_level > 0 and d.late_level >= ${HIGH} and d.due_at is not null and ${RUNNING} and (${at}${ofChair ? sql` or (d.late_level >= ${LEVEL_OF_CHAIR} and d.late_for = d.due_at)` : sql``})`
  }
}

const countOf = async (ctx: Ctx, reach: Reach, tab: LateTab): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select from dossier.dossier d where ${conditionOf(ctx, reach, tab)} limit ${COUNTED}) d`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

const rowsOfTab = async (ctx: Ctx, reach: Reach, tab: LateTab): Promise<readonly Omit<LateRow, 'days'>[]> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql<Omit<LateRow, 'days'>>`
    select d.id, d.version, c.code, r.name as "procedureName", d.applicant_name as "applicantName", a.name as "agencyName", d.status, d.step,
           coalesce(h.name, h.title, u.name, '') as holder, d.limit_unit as "limitUnit", d.due_at as "dueAt", d.due_original_at as "dueOriginalAt", d.late_level as level,
           (select jsonb_build_object('kind', f.kind, 'reason', f.reason, 'proposedDueAt', (extract(epoch from f.proposed_due_at) * 1000)::bigint)
              from dossier.apology_draft f where f.dossier_id = d.id and d.apology_kind is not null) as letter,
           (select jsonb_build_object('kind', s.kind, 'at', (extract(epoch from s.sent_at) * 1000)::bigint) from dossier.apology s where s.dossier_id = d.id order by s.n desc limit 1) as sent
      from (select * from dossier.dossier d where ${conditionOf(ctx, reach, tab)} order by d.due_at, d.id limit ${SHOWN}) d
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
      join organisation.pub_unit a on a.id = d.agency_id
      left join organisation.pub_unit u on u.id = d.holder_unit_id
      left join lateral (
        select t.title, n.name from organisation.pub_post t
          left join organisation.pub_held_post k on k.post_id = t.id and k.valid_from <= ${today}::date and (k.valid_to is null or k.valid_to > ${today}::date)
          left join organisation.pub_person n on n.id = k.person_id
         where t.id = d.holder_post_id limit 1) h on true
     order by d.due_at, d.id`.execute(ctx.db)
  return rows
}
