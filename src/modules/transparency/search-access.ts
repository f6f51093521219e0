import { isUuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { NOTHING, peopleNamed, withinDays } from './sql-filters.ts'

export type AccessSearch = {
  /** Who looked, or whose data or account it was: an id, or part of the looker's name. */
  readonly person?: string
  /** `read`, `refused`, `sign-in` … */
  readonly kind?: string
  /** Vietnamese days, both included. */
  readonly from?: PlainDate
  readonly to?: PlainDate
  readonly page?: number
}

export type AccessLine = {
  readonly at: Instant
  readonly kind: string
  readonly personName: string | null
  readonly unitName: string | null
  /** `person:<id>`, `dossier:<id>`, `account:<id>` */
  readonly subject: string | null
  readonly reason: string | null
}

export type AccessPage = { readonly lines: readonly AccessLine[]; readonly page: number; readonly hasNext: boolean }

const PER_PAGE = 50
const LAST_PAGE = 200

/** QUERY. Who signed in, was refused, looked at whose personal data; newest first. @throws Forbidden */
export const searchAccess = async (ctx: Ctx, search: AccessSearch): Promise<AccessPage> => {
  authorise(ctx, 'audit.read')
  const page = Math.min(Math.max(search.page ?? 1, 1), LAST_PAGE)
  const kindIs = search.kind === undefined || search.kind === '' ? NOTHING : sql`and a.kind = ${search.kind}`
  const { rows } = await sql<AccessLine>`
    select a.at, a.kind, p.name as "personName", u.name as "unitName", a.subject, a.reason
      from log.access a left join organisation.pub_person p on p.id = a.person_id left join organisation.pub_unit u on u.id = a.unit_id
     where true ${personIs(search.person)} ${kindIs} ${withinDays('a', search)}
     order by a.at desc, a.id desc limit ${PER_PAGE + 1} offset ${(page - 1) * PER_PAGE}`.execute(ctx.db)
  return { lines: rows.slice(0, PER_PAGE), page, hasNext: rows.length > PER_PAGE && page < LAST_PAGE }
}

const personIs = (person: string | undefined) => {
  if (person === undefined || person === '') return NOTHING
  if (!isUuid(person)) return sql`and a.person_id in ${peopleNamed(person)}`
  return sql`and (a.person_id = ${person} or a.subject in (${`person:${person}`}, ${`dossier:${person}`}, ${`account:${person}`}))`
}
