import type { Json } from '#kernel/digest.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { NOTHING, peopleNamed, withinDays } from './sql-filters.ts'

export type AuditSearch = {
  /** Who acted: an id, or part of a name, accents not needed. */
  readonly person?: string
  /** In whose name: a unit, or an agency with all its units. */
  readonly unit?: Uuid
  /** `dossier.received`, or a whole group: `dossier` */
  readonly type?: string
  /** Vietnamese days, both included. */
  readonly from?: PlainDate
  readonly to?: PlainDate
  /** What it happened to: the id of a stream, or the code of a dossier, procedure or unit. */
  readonly stream?: string
  /** From 1. */
  readonly page?: number
}

export type AuditLine = {
  readonly stream: Uuid
  readonly seq: number
  readonly kind: string
  readonly at: Instant
  readonly type: string
  /** Null where no person acted, or where the person is no longer known. */
  readonly personName: string | null
  readonly postTitle: string | null
  readonly unitName: string | null
  readonly job: string | null
  /** The human code of the stream, if it has one. */
  readonly code: string | null
  /** As it stands in the log: personal values are digests. */
  readonly data: Json
}

export type AuditPage = { readonly lines: readonly AuditLine[]; readonly page: number; readonly hasNext: boolean }

const PER_PAGE = 50
/** Nobody leafs further; a narrower search finds it. It keeps the database from counting through millions. */
const LAST_PAGE = 200

/** QUERY. The events that match, newest first, fifty a page. @throws Forbidden */
export const searchAudit = async (ctx: Ctx, search: AuditSearch): Promise<AuditPage> => {
  authorise(ctx, 'audit.read')
  const page = Math.min(Math.max(search.page ?? 1, 1), LAST_PAGE)
  const { rows } = await sql<AuditLine>`
    with found as (
      select e.* from transparency.audit_entry e where true ${personIs(search.person)} ${unitIs(search.unit)} ${typeIs(search.type)} ${withinDays('e', search)} ${streamIs(search.stream)}
       order by e.at desc, e.position desc limit ${PER_PAGE + 1} offset ${(page - 1) * PER_PAGE})
    select e.stream, e.seq, e.kind, e.at, e.type, p.name as "personName", t.title as "postTitle", u.name as "unitName", e.job, l.data,
           (select c.code from transparency.audit_entry c where c.stream = e.stream and c.code is not null order by c.seq desc limit 1) as code
      from found e
      left join log.event l on l.kind = e.kind and l.stream = e.stream and l.seq = e.seq
      left join organisation.pub_person p on p.id = e.person_id
      left join organisation.pub_post t on t.id = e.post_id
      left join organisation.pub_unit u on u.id = e.unit_id
     order by e.at desc, e.position desc`.execute(ctx.db)
  return { lines: rows.slice(0, PER_PAGE), page, hasNext: rows.length > PER_PAGE && page < LAST_PAGE }
}

const personIs = (person: string | undefined) => {
  if (person === undefined || person === '') return NOTHING
  if (isUuid(person)) return sql`and e.person_id = ${person}`
  return sql`and e.person_id in ${peopleNamed(person)}`
}

const unitIs = (unit: Uuid | undefined) => (unit === undefined ? NOTHING : sql`and e.unit_id in (select id from organisation.pub_unit where id = ${unit} or agency_id = ${unit})`)

const typeIs = (type: string | undefined) => {
  if (type === undefined || type === '') return NOTHING
  return type.includes('.') ? sql`and e.type = ${type}` : sql`and e.type >= ${`${type}.`} and e.type < ${`${type}/`}`
}

const streamIs = (stream: string | undefined) => {
  if (stream === undefined || stream === '') return NOTHING
  return isUuid(stream) ? sql`and e.stream = ${stream}` : sql`and e.stream in (select stream from transparency.audit_entry where code = ${stream})`
}
