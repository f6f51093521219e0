import { type PlainDate, addDays, dayNumber, instantAt } from '#kernel/plain-date.ts'
import { fold } from '#kernel/text.ts'
import { sql } from '#platform/db/db.ts'

export const NOTHING = sql``

const isoDay = (day: PlainDate): string => new Date(instantAt(dayNumber(day))).toISOString()

/** `at` of the row within these Vietnamese days, both included. */
export const withinDays = (alias: string, { from, to }: { readonly from?: PlainDate; readonly to?: PlainDate }) => {
  const at = sql.ref(`${alias}.at`)
  const since = from === undefined ? NOTHING : sql`and ${at} >= ${isoDay(from)}::timestamptz`
  return to === undefined ? since : sql`${since} and ${at} < ${isoDay(addDays(to, 1))}::timestamptz`
}

/** People whose name contains this, accents and case aside. */
export const peopleNamed = (name: string) => sql`(select id from organisation.pub_person where name_fold like ${`%${fold(name).replace(/[%_\\]/g, '\\$&')}%`})`
