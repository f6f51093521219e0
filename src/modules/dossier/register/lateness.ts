/** How an open dossier stands to its promise, as one word: what the board counts and its list shows. In SQL, of `dossier.dossier d`; every open one has exactly one. */
import { type Instant, addDays, dateOf } from '#kernel/plain-date.ts'
import { sql } from '#platform/db/db.ts'
import { pastDue } from '../officer-queue.ts'

/** `intake`: not received yet. `paused`: the clock stands. `ready`: the result waits for its owner, the clock has stopped. `soon`: within three days. */
export const LATENESS = ['late', 'today', 'soon', 'later', 'paused', 'intake', 'ready'] as const
export type Lateness = (typeof LATENESS)[number]

const SOON_DAYS = 3

export const latenessOf = (now: Instant) => sql<Lateness>`
  case when d.status in ('submitted', 'awaiting-completion') then 'intake'
       when d.status in ('finished', 'stopped', 'withdrawn', 'refused') then 'ready'
       when d.due_at is null or d.status in ('awaiting-supplement', 'awaiting-payment', 'halted') then 'paused'
       when ${pastDue(now)} then 'late'
       when d.due_on = ${dateOf(now)}::date then 'today'
       when d.due_on <= ${addDays(dateOf(now), SOON_DAYS)}::date then 'soon'
       else 'later' end`

/** Its result came after the promise: `punctualityOf` for one that is done. */
export const wasLate = sql<boolean>`(d.finished_at is not null and case d.limit_unit when 'hour' then d.finished_at > d.due_at else d.finished_on > d.due_on end)`
