/** How an open dossier stands to its promise, as one word: what the board counts and its list shows. In SQL, of `dossier.dossier d`; every open one has exactly one. */
import { type Instant, addDays, dateOf } from '#kernel/plain-date.ts'
import { sql } from '#platform/db/db.ts'

/** `intake`: not received yet. `paused`: the clock stands, and had not run out before. `ready`: the result waits for its owner, the clock has stopped. `soon`: within three days. */
export const LATENESS = ['late', 'today', 'soon', 'later', 'paused', 'intake', 'ready'] as const
export type Lateness = (typeof LATENESS)[number]

const SOON_DAYS = 3

/** `punctualityOf` of one that is open: past its promise, and one that waits by when it began to. */
const wasOrIsPastDue = (now: Instant) => sql<boolean>`
  case d.limit_unit when 'hour' then d.due_at < coalesce(d.paused_at, ${new Date(now).toISOString()}::timestamptz)
       else d.due_on < coalesce((d.paused_at at time zone 'Asia/Ho_Chi_Minh')::date, ${dateOf(now)}::date) end`

export const latenessOf = (now: Instant) => sql<Lateness>`
  case when d.status in ('submitted', 'awaiting-completion') then 'intake'
       when d.status in ('finished', 'stopped', 'withdrawn', 'refused') then 'ready'
       when ${wasOrIsPastDue(now)} then 'late'
       when d.due_at is null or d.status in ('awaiting-supplement', 'awaiting-payment', 'halted') then 'paused'
       when d.due_on = ${dateOf(now)}::date then 'today'
       when d.due_on <= ${addDays(dateOf(now), SOON_DAYS)}::date then 'soon'
       else 'later' end`

/** Its clock may run: with `due_at is not null` it does (`extension.ts`). The literal predicate of an index. */
export const RUNNING = sql<boolean>`d.status in ('received', 'processing', 'awaiting-supplement', 'awaiting-payment', 'halted')`

/** Its result, or its end without one, came after the promise: `punctualityOf` for one that is done. */
export const wasLate = sql<boolean>`(d.ended_at is not null and case d.limit_unit when 'hour' then d.ended_at > d.due_at else d.ended_on > d.due_on end)`

/** The same against the date of the law, which no letter of apology moves (domain.md §2.6). */
export const wasLateByLaw = sql<boolean>`(d.ended_at is not null and case d.limit_unit when 'hour' then d.ended_at > d.due_law_at
  else d.ended_on > (d.due_law_at at time zone 'Asia/Ho_Chi_Minh')::date end)`
