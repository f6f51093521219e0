/** PURE. When a scheduled task is due: `00:30` every day, `*:20` every hour, in Vietnamese time. */
import { type Instant, MS_PER_DAY, MS_PER_MINUTE, VN_OFFSET_MS, dayNumberOf, instantAt } from '#kernel/plain-date.ts'

const MINUTES_PER_DAY = 1_440
const MS_PER_HOUR = 3_600_000

/** Undefined hour: every hour. @throws RangeError */
const parse = (due: string): { readonly hour: number | undefined; readonly minute: number } => {
  const match = /^(\*|[01]\d|2[0-3]):([0-5]\d)$/.exec(due)
  if (match === null) throw new RangeError(`not a time of day: ${due}`)
  return { hour: match[1] === '*' ? undefined : Number(match[1]), minute: Number(match[2]) }
}

/** graphile-worker's clock is UTC. `00:30` → `30 17 * * *`. @throws RangeError */
export const cronOf = (due: string): string => {
  const { hour, minute } = parse(due)
  if (hour === undefined) return `${minute} * * * *`
  const utc = (hour * 60 + minute - VN_OFFSET_MS / MS_PER_MINUTE + MINUTES_PER_DAY) % MINUTES_PER_DAY
  return `${utc % 60} ${Math.floor(utc / 60)} * * *`
}

/** The next moment after `now`. @throws RangeError */
export const nextDue = (now: Instant, due: string): Instant => {
  const { hour, minute } = parse(due)
  const step = hour === undefined ? MS_PER_HOUR : MS_PER_DAY
  const first = instantAt(dayNumberOf(now), ((hour ?? 0) * 60 + minute) * MS_PER_MINUTE)
  return first > now ? first : ((first + (Math.floor((now - first) / step) + 1) * step) as Instant)
}
