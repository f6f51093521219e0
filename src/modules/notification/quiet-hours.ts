/** PURE. When a message may leave: not at night, and not before what happens in the next minutes can go with it. */
import { type Instant, MS_PER_DAY, MS_PER_MINUTE, dayNumberOf, instantAt, timeOfDay } from '#kernel/plain-date.ts'

/** Minutes since Vietnamese midnight. `from` = `to`: never quiet. */
export type QuietHours = { readonly from: number; readonly to: number }

/** The moment itself, or the end of the quiet hours that it lies in. `from` is quiet, `to` is not. */
export const afterQuiet = (at: Instant, quiet: QuietHours): Instant => {
  const [from, to, time] = [quiet.from * MS_PER_MINUTE, quiet.to * MS_PER_MINUTE, timeOfDay(at)]
  const isQuiet = from <= to ? time >= from && time < to : time >= from || time < to
  if (!isQuiet) return at
  const end = instantAt(dayNumberOf(at), to)
  return end > at ? end : ((end + MS_PER_DAY) as Instant)
}

/** When news of this moment goes out. @param window minutes to wait for what else happens */
export const leavesAt = (at: Instant, window: number, quiet: QuietHours): Instant => afterQuiet((at + window * MS_PER_MINUTE) as Instant, quiet)
